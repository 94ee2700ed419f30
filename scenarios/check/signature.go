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
	h = mix(h, uint64(p.firstOpen(at)))
	for no, read := range k.responses {
		if read {
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
		return v | k.age(no, m.at, at)<<12
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
func (k *cone) age(fact int, when, at engine.Millis) uint64 {
	if k.since[fact] == 0 {
		return 0
	}
	return uint64(min(at-when, k.since[fact]+just))
}

func (x *explorer) injectTrait(p *config, k *cone, i int, at engine.Millis) uint64 {
	v := p.status(i)
	if p.released[i] != nowhere {
		v |= k.age(len(p.responses)+len(p.free)+i, p.released[i], at) << 4
	}
	return v
}

// status is where an inject stands, as far as it matters later.
func (p *config) status(i int) uint64 {
	switch p.d.InjectStatusOf(i) {
	case engine.Out:
		return 1
	case engine.Waiting:
		return 2
	case engine.SkippedOver, engine.Gone:
		return 3
	}
	return 0
}

func (x *explorer) freeTrait(p *config, k *cone, i int, at engine.Millis) uint64 {
	v := uint64(0)
	if p.here(i) {
		v = 1
	}
	if p.free[i].first != nowhere && k.ever[i] {
		v |= 2 | k.age(len(p.responses)+i, p.free[i].first, at)<<4
	}
	return v
}

// timeless is the signature of what is so, whenever it came about: facts, and
// which of the times that guards wait for are over.
func (x *explorer) timeless(p *config) uint64 {
	k := x.live[p.state]
	h := mix(uint64(p.state), 1)
	for no, read := range k.responses {
		m := &p.responses[no]
		v := uint64(0)
		switch {
		case !read:
			continue
		case m.at != nowhere:
			v = 1 + 8*uint64(m.way+1)
			if k.late[no] && m.at > m.limitAt {
				v |= 2
			}
		case m.missed != nowhere:
			v = 3
		case m.from != nowhere:
			v = 4
		}
		h = mix(h, v)
	}
	for i, read := range k.injects {
		if read {
			h = mix(h, p.status(i))
		}
	}
	for i := range k.free {
		if k.inVisit[i] && p.here(i) {
			h = mix(h, uint64(i)<<1)
		}
		if k.ever[i] && p.free[i].first != nowhere {
			h = mix(h, uint64(i)<<1|1)
		}
	}
	for i := range k.waits {
		if x.over(p, &k.waits[i]) {
			h = mix(h, uint64(i)<<8)
		}
	}
	return h
}

// over reports whether the time a guard waits for is over.
func (x *explorer) over(p *config, w *wait) bool {
	return (w.Fact != engine.FactElapsed || w.state == p.state) && x.so(p, w.GuardNode, p.d.Now())
}

func mix(h, v uint64) uint64 {
	h = (h ^ v) * 0x9E3779B97F4A7C15
	h = (h ^ h>>32) * 0xD6E8FEB86659FD93
	return h ^ h>>29
}
