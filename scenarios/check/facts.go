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

// since is when an atom became true, or will if nothing else happens, or
// nowhere. For a way it is when the response was made in that way.
func (x *explorer) since(p *config, n *engine.GuardNode) engine.Millis {
	switch n.Fact {
	case engine.FactClock:
		return n.AtLeast
	case engine.FactElapsed:
		return p.entered + n.AtLeast
	case engine.FactMissed:
		return p.responses[x.g.responseNo[n.ID]].missed
	case engine.FactProhibited:
		if p.here(x.g.freeNo[n.ID]) {
			return p.d.Now()
		}
		return nowhere
	case engine.FactFilled, engine.FactState:
		return nowhere
	}
	fact := x.g.factNo(n.ID)
	if fact < len(p.responses) {
		if way := x.g.responses[fact].wayNo(n.ID); way >= 0 && way != int(p.responses[fact].way) {
			return nowhere
		}
	}
	at := p.happened(fact)
	if n.Fact == engine.FactSince && at != nowhere {
		at += n.AtLeast
	}
	return at
}

// so reports whether an atom of a guard is true. The drill answers that as
// well, but only for where it stands, and not for the moments between two
// moves of one instant.
func (x *explorer) so(p *config, n *engine.GuardNode, at engine.Millis) bool {
	since := x.since(p, n)
	switch n.Fact {
	case engine.FactState:
		return x.g.stateNo[n.ID] == p.state
	case engine.FactFilled:
		return !slices.Contains(x.empty, n.ID)
	case engine.FactProhibited:
		return since != nowhere
	case engine.FactMissed:
		return since != nowhere && p.responses[x.g.responseNo[n.ID]].at == nowhere
	case engine.FactLate:
		return since > p.responses[x.g.responseNo[n.ID]].limitAt
	}
	return since != nowhere && at >= since
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
