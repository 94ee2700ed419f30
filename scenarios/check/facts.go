package check

import (
	"slices"

	"saban/engine"
)

// happened is when a fact first was so, or nowhere.
func (p *config) happened(fact int) engine.Millis {
	if fact < len(p.responses) {
		return p.responses[fact].at
	}
	if fact -= len(p.responses); fact < len(p.free) {
		return p.free[fact].first
	}
	return p.released[fact-len(p.free)]
}

// since is when what an atom asks for first was so, or nowhere: with a way,
// when the response was made in that way.
func (x *explorer) since(p *config, id string) engine.Millis {
	fact := x.g.factNo(id)
	if fact < len(p.responses) {
		if way := x.g.responses[fact].wayNo(id); way >= 0 && way != int(p.responses[fact].way) {
			return nowhere
		}
	}
	return p.happened(fact)
}

// so reports whether an atom of a guard is true. The drill
// answers that as well, but only for where it stands, and not for the moments
// between two moves of one instant.
func (x *explorer) so(p *config, n *engine.GuardNode, at engine.Millis) bool {
	switch n.Fact {
	case engine.FactClock:
		return at >= n.AtLeast
	case engine.FactElapsed:
		return at >= p.entered+n.AtLeast
	case engine.FactState:
		return x.g.stateNo[n.ID] == p.state
	case engine.FactFilled:
		return !slices.Contains(x.empty, n.ID)
	case engine.FactProhibited:
		return p.here(x.g.freeNo[n.ID])
	case engine.FactMissed:
		m := &p.responses[x.g.responseNo[n.ID]]
		return m.missed != nowhere && m.at == nowhere
	}
	since := x.since(p, n.ID)
	switch n.Fact {
	case engine.FactLate:
		return since > p.responses[x.g.responseNo[n.ID]].limitAt
	case engine.FactSince:
		return since != nowhere && at >= since+n.AtLeast
	}
	return since != nowhere
}

// holds reports whether the guard of a transition is true.
func (x *explorer) holds(p *config, t int, at engine.Millis) bool {
	return x.g.c.TransitionGuard(t).Tree.Eval(func(n *engine.GuardNode) bool { return x.so(p, n, at) })
}

// readings is a number that two configs share in which the ways out of the
// state read the same.
func (x *explorer) readings(p *config, at engine.Millis) uint64 {
	h := uint64(p.state)
	for _, t := range x.g.out[p.state] {
		x.g.c.TransitionGuard(t).Tree.Atoms(func(n *engine.GuardNode) {
			v := uint64(0)
			if x.so(p, n, at) {
				v = 1
			}
			h = mix(h, v)
		})
	}
	return h
}
