package engine

// Guard is a condition of a transition or of a contingency inject, in the
// closed language of the README: facts joined by and, or, not and brackets.
type Guard struct {
	Source string     // as the author wrote it
	Tree   *GuardNode // what it means, ids still by name

	atoms      []atom // the different facts it reads
	form       *form
	thresholds []int // indices into Compiled.thresholds
	perState   bool  // reads something that begins anew with each state
	inject     int   // it belongs to, or -1
}

// atom is a fact of a drill, ready to be asked for.
type atom struct {
	holds func(d *Drill, index int) bool
	index int
}

// GuardOp is the kind of a GuardNode.
type GuardOp uint8

// The kinds of node. And and Or have two Kids or more, Not has one.
const (
	Atom GuardOp = iota
	And
	Or
	Not
)

// FactKind names a fact a guard may ask for.
type FactKind string

// The facts.
const (
	FactInject     FactKind = "inject"     // released
	FactDone       FactKind = "done"       // done, from the first time on
	FactLate       FactKind = "late"       // done after its limit
	FactMissed     FactKind = "missed"     // limit passed and not done
	FactFlag       FactKind = "flag"       // stated by the facilitator
	FactFilled     FactKind = "filled"     // somebody holds the role
	FactProhibited FactKind = "prohibited" // seen since this state was entered
	FactState      FactKind = "state"      // the drill is there now
	FactSince      FactKind = "since"      // so long ago at least
	FactClock      FactKind = "clock"      // so long after StartEx at least
	FactElapsed    FactKind = "elapsed"    // so long in this state at least
)

// Timed reports whether the fact is a comparison with a time.
func (k FactKind) Timed() bool { return k == FactSince || k == FactClock || k == FactElapsed }

// GuardNode is one node of a guard's tree. An Atom asks for Fact of ID; a
// timed one holds once it is at least AtLeast.
type GuardNode struct {
	Op      GuardOp
	Kids    []*GuardNode
	Fact    FactKind
	ID      string
	AtLeast Millis
	Bound   string // the right side as written: 10m, limit(R03), police_eta
	Offset  int    // byte in Source

	index int // of ID in its kind, or of the threshold
	atom  int // place in Guard.atoms
}

// Eval computes the tree for given facts.
func (n *GuardNode) Eval(holds func(atom *GuardNode) bool) bool {
	switch n.Op {
	case And:
		for _, k := range n.Kids {
			if !k.Eval(holds) {
				return false
			}
		}
		return true
	case Or:
		for _, k := range n.Kids {
			if k.Eval(holds) {
				return true
			}
		}
		return false
	case Not:
		return !n.Kids[0].Eval(holds)
	default:
		return holds(n)
	}
}

// Atoms calls visit for each atom, in the order written.
func (n *GuardNode) Atoms(visit func(atom *GuardNode)) {
	if n.Op == Atom {
		visit(n)
	}
	for _, k := range n.Kids {
		k.Atoms(visit)
	}
}
