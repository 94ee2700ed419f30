package check

import (
	"saban/engine"
)

// sighting is a play that shows something: what was done otherwise than the
// base would have, and when it showed.
type sighting struct {
	base  base
	empty []string
	steps []step
	omit  []int // responses never made, beside those the steps decline
	at    engine.Millis
}

// sightings is all that a search has seen of a scenario.
type sightings struct {
	g *game

	states    []*sighting
	fired     []*sighting
	released  []*sighting          // the earliest known
	effect    []*sighting          // of a free act: it moved something at once
	weighs    map[[2]int]*sighting // by prohibited action and guard: it would be otherwise, were that so
	falseSeen []bool               // transitions whose guard was false where it counts
	heldBack  []*sighting          // transitions whose guard was true while the state still had to last
	beaten    []*sighting          // transitions whose guard was true when one before them fired
	waited    []bool               // injects whose condition was false when it began to count
	over      []*sighting          // injects whose condition was true once the machine had ended

	free     []*sighting // by transition: recovery with nothing done
	rounds   []*sighting // by escalated state
	old      []*sighting // by transition: it led back by nothing new
	missing  []*sighting // by response: contained without it
	order    map[[2]int]*sighting
	asked    map[uint64]bool // late answers, by what the ways out read
	relevant [][]bool        // by escalated state: acts that its ways in and out read, responses first

	longest, shortest *sighting
	fault             *sighting
}

func newSightings(g *game) *sightings {
	transitions, injects, states := len(g.s.Transitions), len(g.s.Injects), len(g.states)
	v := &sightings{g: g, states: make([]*sighting, states), fired: make([]*sighting, transitions), released: make([]*sighting, injects),
		effect: make([]*sighting, len(g.free)), weighs: map[[2]int]*sighting{}, falseSeen: make([]bool, transitions), heldBack: make([]*sighting, transitions), beaten: make([]*sighting, transitions),
		waited: make([]bool, injects), over: make([]*sighting, injects), free: make([]*sighting, transitions), rounds: make([]*sighting, states),
		old: make([]*sighting, transitions), missing: make([]*sighting, len(g.responses)), order: map[[2]int]*sighting{}, asked: map[uint64]bool{},
		relevant: g.relevant()}
	v.states[g.start] = &sighting{base: promptly}
	before := engine.NewDrill(g.c) // the initial state lasts until StartEx
	for _, t := range g.out[g.start] {
		v.falseSeen[t] = !before.Holds(t)
	}
	return v
}

// relevant returns by state which acts the transitions into and out of it
// read.
func (g *game) relevant() [][]bool {
	out := make([][]bool, len(g.states))
	for s := range out {
		out[s] = make([]bool, len(g.responses)+len(g.free))
	}
	for t := range g.s.Transitions {
		g.c.TransitionGuard(t).Tree.Atoms(func(n *engine.GuardNode) {
			act := -1
			if no, ok := g.responseNo[n.ID]; ok {
				act = no
			} else if i, ok := g.freeNo[n.ID]; ok {
				act = len(g.responses) + i
			}
			if act >= 0 {
				out[g.from(t)][act], out[g.to(t)][act] = true, true
			}
		})
	}
	return out
}

// see keeps the first play that shows something.
func (v *sightings) see(into **sighting, x *explorer, at engine.Millis, omit ...int) {
	if *into == nil {
		*into = x.sight(at, omit...)
	}
}

// sight is the play that x is on.
func (x *explorer) sight(at engine.Millis, omit ...int) *sighting {
	if x.without >= 0 {
		omit = append(omit, x.without)
	}
	return &sighting{base: x.base, empty: x.empty, steps: append([]step(nil), x.trace...), omit: omit, at: at}
}

// release notes that an inject came out, and keeps the earliest time.
func (v *sightings) release(x *explorer, p *config, i int, at engine.Millis) {
	if guard := v.g.c.InjectGuard(i); guard != nil {
		v.weigh(x, p, len(v.fired)+i, guard.Tree, true, at)
	}
	if v.released[i] == nil || at < v.released[i].at {
		v.released[i] = x.sight(at)
	}
	if v.g.s.Injects[i].When != "" && at > v.g.s.Injects[i].At {
		v.waited[i] = true
	}
}

// settled looks at the guards of the present state while it lasts.
func (v *sightings) settled(x *explorer, p *config) {
	rests, final := v.g.states[p.state].AtLeast > 0, p.final(x.g)
	for _, t := range v.g.out[p.state] {
		if v.falseSeen[t] && (!rests || v.heldBack[t] != nil) {
			continue
		}
		if !p.d.Holds(t) {
			v.falseSeen[t] = true
		} else {
			v.see(&v.heldBack[t], x, p.d.Now())
		}
	}
	for i := range v.g.s.Injects {
		in := &v.g.s.Injects[i]
		if in.When == "" || v.waited[i] && !final {
			continue
		}
		status := p.d.InjectStatusOf(i)
		if status == engine.Pending && p.d.Now() >= in.At {
			v.waited[i] = true
		}
		if final && v.released[i] == nil && status != engine.Out && p.d.WhenHolds(i) {
			v.see(&v.over[i], x, p.d.Now())
		}
	}
}

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
	if v.g.kind(to) == engine.Escalated && p.last[to] != nowhere && v.old[t] == nil && v.allOld(p, t, p.last[to]) {
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
	act := s.response
	if act < 0 {
		act = len(v.g.responses) + s.free
	}
	for state, reads := range v.relevant {
		if reads[act] {
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
func (v *sightings) allOld(p *config, t int, by engine.Millis) bool {
	old := true
	v.positive(v.g.c.TransitionGuard(t).Tree, true, func(n *engine.GuardNode) {
		var when engine.Millis
		switch no, response := v.g.responseNo[n.ID]; {
		case n.Fact == engine.FactElapsed:
			when = p.entered + n.AtLeast
		case n.Fact == engine.FactClock:
			when = n.AtLeast
		case n.Fact == engine.FactMissed:
			when = p.responses[no].missed
		case response:
			when = p.responses[no].at
		default:
			when = v.happened(p, n)
		}
		if n.Fact == engine.FactSince && when != nowhere {
			when += n.AtLeast
		}
		if when > by && when <= p.d.Now() { // later facts are not what made it true
			old = false
		}
	})
	return old
}

// happened is when an inject came out, or a free act was first seen; what
// counts anew in each state is never old.
func (v *sightings) happened(p *config, n *engine.GuardNode) engine.Millis {
	if i, ok := v.g.injectNo[n.ID]; ok {
		return p.released[i]
	}
	i, ok := v.g.freeNo[n.ID]
	switch {
	case !ok:
		return nowhere
	case n.Fact == engine.FactProhibited && p.here(i):
		return p.d.Now()
	case n.Fact == engine.FactProhibited:
		return nowhere
	}
	return p.free[i].first
}

// positive visits the atoms that have to be true for a tree to be.
func (v *sightings) positive(n *engine.GuardNode, truth bool, visit func(n *engine.GuardNode)) {
	if n.Op == engine.Not {
		v.positive(n.Kids[0], !truth, visit)
		return
	}
	if n.Op == engine.Atom && truth {
		visit(n)
	}
	for _, kid := range n.Kids {
		v.positive(kid, truth, visit)
	}
}
