package check

import "saban/engine"

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
	out, acts := make([][]bool, len(g.states)), len(g.responses)+len(g.free)
	for s := range out {
		out[s] = make([]bool, acts)
	}
	for t := range g.s.Transitions {
		g.c.TransitionGuard(t).Tree.Atoms(func(n *engine.GuardNode) {
			if act := g.factNo(n.ID); act >= 0 && act < acts {
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
