package check

import "saban/engine"

// signature is a number that two configs share when the same can still come
// of both, as far as the cone of the present state reads.
func (x *explorer) signature(p *config, at engine.Millis, phase int) uint64 {
	k := x.live[p.state]
	h := mix(uint64(at), uint64(phase)<<32|uint64(p.state))
	stay := at - p.entered
	if stay > x.longest[p.state] {
		stay = -1
	}
	h = mix(h, uint64(stay))
	h = mix(h, uint64(p.option))
	for no, as := range k.responses {
		if as != ignored {
			h = mix(h, x.traitOf(p, k, no, at))
		}
	}
	for i, read := range k.injects {
		if read {
			h = mix(h, x.injectTrait(p, k, i, at))
		}
	}
	for i := range k.free {
		if k.free[i] {
			h = mix(h, x.freeTrait(p, k, i, at))
		}
	}
	for s, n := range p.entries {
		if n > 1 && x.g.kind(s) == engine.Escalated {
			h = mix(h, uint64(s)<<8|uint64(n))
		}
	}
	return h
}

func (x *explorer) traitOf(p *config, k *cone, no int, at engine.Millis) uint64 {
	m := &p.responses[no]
	switch {
	case m.at != nowhere:
		v := uint64(1)
		if k.late[no] && m.at > m.limitAt {
			v |= 2
		}
		if len(k.ways[no]) > 0 {
			v |= uint64(m.way+1) << 2
		}
		return v | x.age(k, x.g.responses[no].ID, m.at, at)<<12
	case m.from == nowhere:
		return 0
	}
	v := uint64(m.limitAt) << 4
	if m.declined {
		v |= 4
	} else if m.due != never {
		v = mix(v, uint64(m.due))
	}
	if m.missed != nowhere {
		v |= 8
	}
	return v
}

// age is how long ago something was, as far as a since(…) still counts.
func (x *explorer) age(k *cone, id string, when, at engine.Millis) uint64 {
	span, read := k.since[id]
	if !read {
		return 0
	}
	return uint64(min(at-when, span+just))
}

func (x *explorer) injectTrait(p *config, k *cone, i int, at engine.Millis) uint64 {
	v := uint64(0)
	switch p.d.InjectStatusOf(i) {
	case engine.Out:
		v = 1
	case engine.Waiting:
		v = 2
	case engine.SkippedOver, engine.Gone:
		v = 3
	}
	if p.released[i] != nowhere {
		v |= x.age(k, x.g.s.Injects[i].ID, p.released[i], at) << 4
	}
	return v
}

func (x *explorer) freeTrait(p *config, k *cone, i int, at engine.Millis) uint64 {
	v := uint64(0)
	if p.here(i) {
		v = 1
	}
	if p.free[i].first != nowhere && k.ever[i] {
		v |= 2 | x.age(k, x.g.free[i].id, p.free[i].first, at)<<4
	}
	return v
}

func mix(h, v uint64) uint64 {
	h = (h ^ v) * 0x9E3779B97F4A7C15
	h = (h ^ h>>32) * 0xD6E8FEB86659FD93
	return h ^ h>>29
}
