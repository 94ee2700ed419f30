package check

import "saban/engine"

// move looks at a transition that fired, before p follows it.
func (v *sightings) move(x *explorer, p *config, t int, at engine.Millis) {
	v.see(&v.fired[t], x, at)
	v.others(x, p, t, at)
	from, to := p.state, v.g.to(t)
	if v.g.kind(from) == engine.Escalated && !bad(v.g.kind(to)) && v.free[t] == nil {
		wasOpen := at == p.entered
		for n, way := range v.g.out[from] {
			wasOpen = wasOpen || way == t && n < 64 && p.open>>n&1 == 1
		}
		if wasOpen && !v.didSince(p, t) {
			v.free[t] = x.sight(at)
		}
	}
	if v.g.kind(to) == engine.Escalated && p.last[to] != nowhere && v.old[t] == nil && v.allOld(x, p, t, p.last[to]) {
		v.old[t] = x.sight(at)
	}
}

// others looks at the ways out that were not taken.
func (v *sightings) others(x *explorer, p *config, taken int, at engine.Millis) {
	for _, t := range v.g.out[p.state] {
		if t <= taken {
			v.weigh(x, p, t, v.g.c.TransitionGuard(t).Tree, t == taken, at)
		}
		if t == taken || v.falseSeen[t] && (v.fired[t] != nil || v.beaten[t] != nil) {
			continue
		}
		if x.holds(p, t, at) {
			v.see(&v.beaten[t], x, at)
		} else {
			v.falseSeen[t] = true
		}
	}
}

// weigh looks for prohibited actions that the value of a guard hangs on.
func (v *sightings) weigh(x *explorer, p *config, guard int, tree *engine.GuardNode, value bool, at engine.Millis) {
	for i := range v.g.free {
		act, key := &v.g.free[i], [2]int{i, guard}
		if act.verb != engine.Prohibit || v.effect[i] != nil || v.weighs[key] != nil {
			continue
		}
		otherwise := func(n *engine.GuardNode) bool {
			could := n.ID == act.id && (n.Fact != engine.FactProhibited || at > p.entered)
			return x.so(p, n, at) != could
		}
		if tree.Eval(otherwise) != value {
			v.weighs[key] = x.sight(at)
		}
	}
}

// entered looks at the state that p has just come to.
func (v *sightings) entered(x *explorer, p *config) {
	s := p.state
	v.see(&v.states[s], x, p.entered)
	kind := v.g.kind(s)
	if kind == engine.Escalated {
		if p.d.Entered() == p.entered && p.d.State() == v.g.states[s].ID {
			for n, t := range v.g.out[s] {
				if n < 64 && p.d.Holds(t) {
					p.open |= 1 << n
				}
			}
		}
		if p.entries[s] >= 3 {
			v.see(&v.rounds[s], x, p.entered)
		}
	}
	if kind == engine.Contained {
		for no := range v.g.responses {
			m := &p.responses[no]
			if v.g.responses[no].Critical && m.from != nowhere && m.at == nowhere {
				v.see(&v.missing[no], x, p.entered, no)
			}
		}
	}
	if kind.Final() {
		if v.longest == nil || p.entered > v.longest.at {
			v.longest = x.sight(p.entered)
		}
		if v.shortest == nil || p.entered < v.shortest.at {
			v.shortest = x.sight(p.entered)
		}
	}
}

// answered notes that somebody did something about a state.
func (v *sightings) answered(p *config, s step) {
	for state, reads := range v.relevant {
		if reads[v.g.actNo(s)] {
			p.entries[state] = 0
		}
	}
}

// didSince reports whether an act that a guard reads was made since the
// present state was entered.
func (v *sightings) didSince(p *config, t int) bool {
	did := false
	v.g.c.TransitionGuard(t).Tree.Atoms(func(n *engine.GuardNode) {
		if no, ok := v.g.responseNo[n.ID]; ok {
			did = did || p.responses[no].count > p.since
		} else if i, ok := v.g.freeNo[n.ID]; ok {
			did = did || p.here(i)
		}
	})
	return did
}

// allOld reports whether everything that makes a guard true had happened by
// some time.
func (v *sightings) allOld(x *explorer, p *config, t int, by engine.Millis) bool {
	old := true
	positive(v.g.c.TransitionGuard(t).Tree, true, func(n *engine.GuardNode) {
		if since := x.since(p, n); since > by && since <= p.d.Now() { // later facts are not what made it true
			old = false
		}
	})
	return old
}

// positive visits the atoms that have to be true for a tree to be.
func positive(n *engine.GuardNode, truth bool, visit func(n *engine.GuardNode)) {
	if n.Op == engine.Not {
		positive(n.Kids[0], !truth, visit)
		return
	}
	if n.Op == engine.Atom && truth {
		visit(n)
	}
	for _, kid := range n.Kids {
		positive(kid, truth, visit)
	}
}
