package scenarios

import "saban/engine"

// question asks whether some guards can be true and others false at one
// instant right after a move, so that no time has passed in the state and no
// prohibited act was seen in it.
type question struct {
	s      *engine.Scenario
	wants  []want
	atoms  []atom
	number map[atom]int
	value  []verdict
	budget *int // facts that may still be looked at
}

type want struct {
	tree  *engine.GuardNode
	truth bool
}

// atom is a fact that may be true or not.
type atom struct {
	fact    engine.FactKind
	id      string
	atLeast engine.Millis
}

type verdict int8

const (
	open verdict = iota
	yes
	no
)

func (v verdict) not() verdict {
	switch v {
	case yes:
		return no
	case no:
		return yes
	}
	return open
}

func (q *question) want(tree *engine.GuardNode, truth bool) {
	q.wants = append(q.wants, want{tree, truth})
	if q.number == nil {
		q.number = map[atom]int{}
	}
	tree.Atoms(func(n *engine.GuardNode) {
		a := atom{n.Fact, n.ID, n.AtLeast}
		if _, known := q.number[a]; !known && fixed(n) == open {
			q.number[a] = len(q.atoms)
			q.atoms = append(q.atoms, a)
		}
	})
}

// fixed is the value of facts that are no matter of choice.
func fixed(n *engine.GuardNode) verdict {
	switch {
	case n.Fact == engine.FactElapsed && n.AtLeast > 0, n.Fact == engine.FactProhibited:
		return no
	case n.Fact == engine.FactElapsed, n.Fact == engine.FactClock && n.AtLeast == 0:
		return yes
	}
	return open
}

// satisfiable tries values until all wants hold. When its budget is spent it
// says no.
func (q *question) satisfiable() bool {
	q.value = make([]verdict, len(q.atoms))
	return q.try(0)
}

func (q *question) try(next int) bool {
	if *q.budget < 0 {
		return false
	}
	all := yes
	for _, w := range q.wants {
		got := q.eval(w.tree)
		if !w.truth {
			got = got.not()
		}
		if got == no {
			return false
		}
		if got == open {
			all = open
		}
	}
	if all == yes {
		return true
	}
	for _, v := range []verdict{yes, no} {
		q.value[next] = v
		if q.agrees(next) && q.try(next+1) {
			return true
		}
	}
	q.value[next] = open
	return false
}

func (q *question) eval(n *engine.GuardNode) verdict {
	switch n.Op {
	case engine.Not:
		return q.eval(n.Kids[0]).not()
	case engine.And, engine.Or:
		end, out := no, yes
		if n.Op == engine.Or {
			end, out = yes, no
		}
		for _, kid := range n.Kids {
			switch v := q.eval(kid); v {
			case end:
				return end
			case open:
				out = open
			}
		}
		return out
	}
	*q.budget--
	if v := fixed(n); v != open {
		return v
	}
	return q.value[q.number[atom{n.Fact, n.ID, n.AtLeast}]]
}

// agrees reports whether the value just given to atom i fits those given
// before.
func (q *question) agrees(i int) bool {
	for j := range q.atoms {
		if j == i || q.value[j] == open {
			continue
		}
		for _, pair := range [][2]int{{i, j}, {j, i}} {
			a, b := pair[0], pair[1]
			if q.value[a] == yes && q.implies(q.atoms[a], q.atoms[b]) && q.value[b] == no ||
				q.value[a] == yes && q.value[b] == yes && q.excludes(q.atoms[a], q.atoms[b]) {
				return false
			}
		}
	}
	return true
}

// implies reports whether b holds whenever a does.
func (q *question) implies(a, b atom) bool {
	happened := b.fact == engine.FactInject || b.fact == engine.FactDone || b.fact == engine.FactFlag
	switch a.fact {
	case engine.FactLate:
		return b.fact == engine.FactDone && b.id == a.id
	case engine.FactSince:
		return b.id == a.id && (happened || b.fact == engine.FactSince && b.atLeast <= a.atLeast) ||
			b.fact == engine.FactClock && b.atLeast <= a.atLeast || b.fact == engine.FactDone && q.wayOf(a.id, b.id)
	case engine.FactClock:
		return b.fact == engine.FactClock && b.atLeast <= a.atLeast
	case engine.FactDone:
		return b.fact == engine.FactDone && q.wayOf(a.id, b.id)
	}
	return false
}

// excludes reports whether a and b cannot both hold.
func (q *question) excludes(a, b atom) bool {
	if a.fact == engine.FactMissed {
		return (b.fact == engine.FactDone || b.fact == engine.FactLate || b.fact == engine.FactSince) && (b.id == a.id || q.wayOf(b.id, a.id))
	}
	if a.fact != engine.FactDone || b.fact != engine.FactDone || a.id == b.id {
		return false
	}
	r, _ := q.s.FindWay(a.id)
	return r != nil && q.wayOf(b.id, r.ID)
}

func (q *question) wayOf(way, response string) bool {
	r, _ := q.s.FindWay(way)
	return r != nil && r.ID == response
}
