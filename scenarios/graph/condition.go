package graph

import (
	"fmt"
	"strings"

	"saban/engine"
)

// Machines that leave this program are fed with events, in the order of a
// drill's log:
//
//	fact.inject.I01   inject I01 is released
//	fact.done.R01     a response, way, prohibited action or distractor is done
//	fact.late.R01     and its limit had passed
//	fact.missed.R01   the limit of R01 passes and it is not done
//	fact.flag.x       the facilitator states x
//	fact.filled.r     somebody holds role r
//	fact.prohibited.P01   P01 is seen
//	undo.…            any of these is taken back
//	time              nothing but time has passed
//	settle            make the next move, if one is due
//	force.s           the facilitator puts the machine into state s
//
// Each carries `at`, the exercise time in milliseconds. One settle makes one
// move at most, so that injects released by a move come before the next, as
// in the engine; send it until nothing changes, ten times at most.

// condition says when a transition is open, as a JavaScript expression over
// now, entered, facts (time of each by its name) and here (prohibited actions
// seen since the state was entered).
func condition(g *engine.Guard, atLeast engine.Millis) string {
	cond := "true"
	if g != nil && g.Tree != nil {
		cond = expression(g.Tree)
	}
	if atLeast > 0 {
		return fmt.Sprintf("now - entered >= %d && (%s)", int64(atLeast), cond)
	}
	return cond
}

func expression(n *engine.GuardNode) string {
	switch n.Op {
	case engine.Not:
		return "!(" + expression(n.Kids[0]) + ")"
	case engine.And, engine.Or:
		sign := map[engine.GuardOp]string{engine.And: " && ", engine.Or: " || "}[n.Op]
		parts := make([]string, len(n.Kids))
		for i, k := range n.Kids {
			parts[i] = expression(k)
		}
		return "(" + strings.Join(parts, sign) + ")"
	}
	known := func(kind engine.FactKind) string { return fmt.Sprintf("facts['%s.%s'] !== undefined", kind, n.ID) }
	switch n.Fact {
	case engine.FactProhibited:
		return fmt.Sprintf("here['%s'] === true", n.ID)
	case engine.FactElapsed:
		return fmt.Sprintf("now - entered >= %d", int64(n.AtLeast))
	case engine.FactClock:
		return fmt.Sprintf("now >= %d", int64(n.AtLeast))
	case engine.FactMissed:
		return fmt.Sprintf("(%s && !(%s))", known(engine.FactMissed), known(engine.FactDone))
	case engine.FactSince:
		var any, long []string
		for _, kind := range []engine.FactKind{engine.FactInject, engine.FactDone, engine.FactFlag} {
			any = append(any, known(kind))
			long = append(long, fmt.Sprintf("now - facts['%s.%s'] >= %d", kind, n.ID, int64(n.AtLeast)))
		}
		parts := make([]string, len(any))
		for i := range any {
			parts[i] = "(" + any[i] + " && " + long[i] + ")"
		}
		return "(" + strings.Join(parts, " || ") + ")"
	}
	return known(n.Fact)
}
