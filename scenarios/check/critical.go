package check

import "saban/engine"

// unproved lists the critical responses of which no play has shown that
// contained can do without them, although the guards do not ask for them.
func (a *analysis) unproved() (list []int) {
	for no := range a.g.responses {
		if a.g.responses[no].Critical && a.seen.missing[no] == nil && a.g.dispensable(no) {
			list = append(list, no)
		}
	}
	return list
}

// dispensable reports whether the guards let the machine come to a contained
// state with a response never made: whether there is a way there on which no
// transition asks for it.
func (g *game) dispensable(no int) bool {
	for s, there := range g.reach(g.start, func(t int) bool { return !g.demands(g.c.TransitionGuard(t).Tree, true, no) }) {
		if there && g.kind(s) == engine.Contained {
			return true
		}
	}
	return false
}

// demands reports whether a tree can be as true as said only once a response
// is made.
func (g *game) demands(n *engine.GuardNode, truth bool, no int) bool {
	if n.Op == engine.Not {
		return g.demands(n.Kids[0], !truth, no)
	}
	if n.Op == engine.Atom {
		of, ok := g.responseNo[n.ID]
		return truth && ok && of == no && n.Fact != engine.FactMissed
	}
	all := true
	for _, kid := range n.Kids {
		if g.demands(kid, truth, no) {
			if (n.Op == engine.And) == truth {
				return true
			}
		} else {
			all = false
		}
	}
	return all
}

// without searches for a way to a contained state on which a response is
// asked for and never made.
func (a *analysis) without(no, bound int) {
	x := newExplorer(a.g, a.g.responses[no].inject)
	x.seen, x.without = a.seen, no
	a.seek(x, bound, func() bool { return a.seen.missing[no] != nil }, func(*config) bool { return true })
}
