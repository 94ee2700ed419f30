package engine

// Need is one transition out of the present state and what it waits for: the
// parts of its guard that all have to be true.
type Need struct {
	Transition *Transition
	Parts      []NeedPart
	From       Millis // the state is not left before; when it was entered, without a dwell
}

// NeedPart is one condition that stands by itself.
type NeedPart struct {
	Guard *Guard
	Tree  *GuardNode
	Holds bool
	At    Millis // when time alone makes it true
	Timed bool   // At counts: it is not true yet and a clock for it runs
}

// Needs lists the transitions out of the present state in file order, so that
// a facilitator sees what the situation hangs on. A final state has none.
func (d *Drill) Needs() []Need {
	state := &d.c.states[d.state]
	if state.Kind.Final() {
		return nil
	}
	var out []Need
	for _, t := range d.c.from[d.state] {
		move := &d.c.moves[t]
		g := d.c.guards[move.guard]
		need := Need{Transition: &d.c.scenario.Transitions[t], From: d.entered + state.AtLeast}
		parts := []*GuardNode{g.Tree}
		if g.Tree.Op == And {
			parts = g.Tree.Kids
		}
		for _, tree := range parts {
			need.Parts = append(need.Parts, d.needPart(g, tree))
		}
		out = append(out, need)
	}
	return out
}

func (d *Drill) needPart(g *Guard, tree *GuardNode) NeedPart {
	p := NeedPart{Guard: g, Tree: tree}
	p.Holds = tree.Eval(func(n *GuardNode) bool {
		a := &g.atoms[n.atom]
		return a.holds(d, a.index)
	})
	if tree.Op == Atom && tree.Fact.Timed() && !p.Holds {
		p.At, p.Timed = d.reachedAt(&d.c.thresholds[tree.index])
	}
	return p
}
