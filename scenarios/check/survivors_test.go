package check_test

import (
	"fmt"
	"slices"
	"strings"

	"saban/engine"
)

// survivor is damage that neither check nor a rehearsal notices, and why
// nobody needs to. It counts as not noticed. where is how its place begins.
type survivor struct{ scenario, kind, where, why string }

// survivors are those for which sameEitherWay finds no reason.
var survivors = []survivor{
	{"armed-assailant", otherOrder, "sheltering → spreading (missed(R05))",
		"the limits pass at 6:30 and 8:00, and no way into sheltering lets R04 or R05 through when missed"},
	{"armed-assailant", otherOrder, "police_inside → spreading (missed(R09))",
		"R14 is asked only once R09 is done"},
	{"bomb-threat", otherOrder, "evacuation → exposed (missed(R12))",
		"R12 is missed at 37:00, the second item is found at 20:00, and no way in lets R12 through when missed"},
	{"drone-dam", otherOrder, "sighted → watching",
		"R02 would be missed at 7:00, R03 only at 7:30"},
	{"drone-dam", otherOrder, "sighted → exposed",
		"R02 is missed at 7:00, R03 at 7:30, and I06 comes at 8:00"},
	{"drone-dam", otherOrder, "watching → exposed",
		"R03 is missed at 7:30, I06 comes at 8:00, and no way in lets either through"},
	{"hostage", otherOrder, "hostages_held → provoked (missed",
		"R04 is missed at 14:00, five minutes after R02 and seven after R06"},
	{"hostage", otherOrder, "isolating → exposed (missed",
		"the limits of R03, R04 and R05 pass a minute or more apart, and no way in lets two of them through"},
	{"ot-cyber", otherOrder, "blind → tripped",
		"with R04 not done the first leads out after 8 minutes, the second after 15"},
	{"ramming-arson", otherOrder, "gathering → agitated",
		"R02 is missed at 8:00, I05 comes at 12:00"},
	{"ramming-arson", otherOrder, "burning → endangered (missed",
		"the rumour comes at 32:00, limits pass up to 28:00 and from 33:00 on, and no way in lets two of them through"},
	{"ramming-arson", otherOrder, "rescue → endangered (missed",
		"the rumour comes at 32:00, R11 and R17 are missed after 33:00, and no way in lets two of them through"},
	{"drone-dam", otherReader, "I24, I25", "I24 asks nobody, and I25 still reaches the role it asks: who else reads them is the author's choice"},
	{"telecom-sabotage", otherReader, "I24, I25", "I24 asks nobody, and I25 still reaches the role it asks: who else reads them is the author's choice"},
	{"hostage", otherReader, "I23, I24", "I24 asks nobody, and I23 still reaches the role it asks: who else reads them is the author's choice"},
}

// The kinds of damage that survivors are of.
const (
	otherOrder  = "two ways out tried in the other order"
	otherReader = "an inject to somebody else"
)

// reason says why damage may go unnoticed, or nothing.
func (w *watch) reason(kind, where string) string {
	if kind == otherOrder {
		if why := w.sameEitherWay(where); why != "" {
			return why
		}
	}
	for _, one := range survivors {
		if one.scenario == w.id && one.kind == kind && strings.HasPrefix(where, one.where) {
			w.used[one] = true
			return one.why
		}
	}
	return ""
}

// stale lists reasons for damage of this scenario that is noticed, or can no
// longer be done.
func (w *watch) stale() (all []string) {
	for _, one := range survivors {
		if one.scenario == w.id && !w.used[one] {
			all = append(all, one.kind+": "+one.where)
		}
	}
	return all
}

// sameEitherWay proves that the order of two ways out makes no difference, or
// says how little.
func (w *watch) sameEitherWay(where string) string {
	list := w.whole.transitions()
	i := 0
	for list[i].called()+", "+list[i+1].called() != where {
		i++
	}
	a, b := w.original.Compiled.TransitionGuard(i).Tree, w.original.Compiled.TransitionGuard(i+1).Tree
	from := w.original.Scenario.State(list[i].text("from"))
	switch {
	case list[i].text("to") == list[i+1].text("to"):
		return "both lead to " + list[i].text("to")
	case !possible(nil, a, b):
		return "they are never true at once"
	case from.Kind != engine.Escalated && !possible(prohibited, a, b): // escalated ones wait before they move
		return "a prohibited act moves the drill at once: both are true only where the other becomes true in that very second"
	}
	return ""
}

func prohibited(n *engine.GuardNode) bool { return n.Fact == engine.FactProhibited }

// possible reports whether some facts make all guards true, with those that
// are ruled out being false. Nothing is both done and missed.
func possible(ruledOut func(*engine.GuardNode) bool, guards ...*engine.GuardNode) bool {
	type fact struct {
		kind    engine.FactKind
		id      string
		atLeast engine.Millis
	}
	of := func(n *engine.GuardNode) fact { return fact{n.Fact, n.ID, n.AtLeast} }
	var facts []fact
	for _, g := range guards {
		g.Atoms(func(n *engine.GuardNode) {
			if !slices.Contains(facts, of(n)) {
				facts = append(facts, of(n))
			}
		})
	}
	if len(facts) > 20 {
		panic(fmt.Sprintf("%d facts are too many to try", len(facts)))
	}
	for row := range 1 << len(facts) {
		holds := func(f fact) bool { i := slices.Index(facts, f); return i >= 0 && row>>i&1 == 1 }
		sound := !slices.ContainsFunc(facts, func(f fact) bool {
			return f.kind == engine.FactMissed && holds(f) && holds(fact{engine.FactDone, f.id, 0})
		})
		all := sound
		for _, g := range guards {
			all = all && g.Eval(func(n *engine.GuardNode) bool { return holds(of(n)) && (ruledOut == nil || !ruledOut(n)) })
		}
		if all {
			return true
		}
	}
	return false
}
