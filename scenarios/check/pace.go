package check

import (
	"slices"

	"saban/engine"
)

// follow takes in what the engine says happened.
func (x *explorer) follow(p *config, events []engine.Event) {
	for i := range events {
		switch e := &events[i]; e.Type {
		case engine.Released:
			p.released[x.g.injectNo[e.ID]] = e.At
			x.seen.release(x, p, x.g.injectNo[e.ID], e.At)
		case engine.Received:
			x.receive(p, x.g.injectNo[e.ID], e.At)
		case engine.Missed:
			p.responses[x.g.responseNo[e.ID]].missed = e.At
		case engine.Moved:
			x.move(p, e)
		}
	}
}

func (x *explorer) receive(p *config, inject int, at engine.Millis) {
	for _, no := range x.g.ofInject[inject] {
		r := &x.g.responses[no]
		if !p.d.ResponseAt(r.place).Triggered {
			continue
		}
		p.responses[no].from, p.responses[no].limitAt = at, at+r.Limit
		x.time(p, no)
	}
}

func (x *explorer) move(p *config, e *engine.Event) {
	t := x.g.via[e.Via]
	x.seen.move(x, p, t, e.At)
	p.count++
	p.state, p.entered, p.since = x.g.to(t), e.At, p.count
	p.entries[p.state]++
	p.last[p.state] = e.At
	p.open = 0
	x.seen.entered(x, p)
}

// acted notes an act of the search's own.
func (x *explorer) acted(p *config, s step, taken bool) {
	if !taken {
		return
	}
	p.count++
	if s.response < 0 {
		f := &p.free[s.free]
		f.last = p.count
		if f.first == nowhere {
			f.first = s.at
		}
	} else if m := &p.responses[s.response]; m.at == nowhere {
		m.at, m.count, m.way, m.declined = s.at, p.count, int16(s.way), false
		for _, later := range x.g.responses[s.response].before {
			x.time(p, later)
		}
	}
	x.seen.answered(p, s)
}

// time works out when the pace makes a response: its share of the target or
// limit after receipt, and a second after all it waits for. It is the rule of
// scenarios.Rehearse, which has the last word on every witness.
func (x *explorer) time(p *config, no int) {
	m, r := &p.responses[no], &x.g.responses[no]
	m.due = never
	if x.base.pace == 0 || m.from == nowhere || m.at != nowhere || !x.all.responses[no] || no == x.without {
		return
	}
	span := r.Target
	if x.base.ofLimit {
		span = r.Limit
	}
	at := m.from + share(span, x.base.pace)
	for _, before := range r.after {
		if p.responses[before].at == nowhere {
			return
		}
		at = max(at, p.responses[before].at+engine.Second)
	}
	m.due = at
}

// soonest returns the response that the pace makes next.
func (x *explorer) soonest(p *config) (next int, at engine.Millis) {
	next, at = -1, never
	for no := range p.responses {
		m := &p.responses[no]
		if m.due == never || m.declined || m.at != nowhere {
			continue
		}
		if due := max(m.due, p.d.Now()); due < at {
			next, at = no, due
		}
	}
	return next, at
}

// nextOption returns the next moment at which something might be done
// otherwise than by the pace.
func (x *explorer) nextOption(p *config) engine.Millis {
	at, any := never, false
	k := x.live[p.state]
	for no, read := range k.responses {
		m := &p.responses[no]
		if !read || m.from == nowhere || m.at != nowhere || no == x.without {
			continue
		}
		any = true
		for _, own := range [2]engine.Millis{m.limitAt, m.limitAt + just} {
			if own > p.decided && own < at {
				at = own
			}
		}
	}
	if !any {
		for i := range k.free {
			any = any || x.mayDo(p, k, i)
		}
	}
	if !any {
		return at
	}
	for _, stay := range x.moments.stays[p.state] {
		if m := p.entered + stay; m > p.decided {
			at = min(at, m)
			break
		}
	}
	for _, i := range x.moments.unplanned {
		if m := p.released[i] + just; p.released[i] != nowhere && m > p.decided {
			at = min(at, m)
		}
	}
	return min(at, after(x.moments.fixed, p.decided))
}

// after returns the first of a sorted list that is later than at.
func after(list []engine.Millis, at engine.Millis) engine.Millis {
	low, high := 0, len(list)
	for low < high {
		if mid := (low + high) / 2; list[mid] > at {
			high = mid
		} else {
			low = mid + 1
		}
	}
	if low == len(list) {
		return never
	}
	return list[low]
}

// mayDo reports whether it is worth trying a free act now.
func (x *explorer) mayDo(p *config, k *cone, i int) bool {
	if !k.free[i] || x.twin[i] != i || !x.harm && x.g.free[i].verb == engine.Prohibit {
		return false
	}
	if k.ever[i] && p.free[i].first == nowhere {
		return true
	}
	return x.asks[p.state][i] && !p.here(i)
}

// options lists what might be done at a moment otherwise than by the pace.
func (x *explorer) options(p *config, at engine.Millis) {
	k := x.live[p.state]
	general, first := x.general(p, at), p.firstOpen(at)
	for no, read := range k.responses {
		m := &p.responses[no]
		if !read || m.from == nowhere || m.at != nowhere || no == x.without || no < first || !m.declined && m.due == at ||
			!general && at != m.limitAt && at != m.limitAt+just {
			continue
		}
		cost := 1
		if m.declined {
			cost = 0
		}
		for _, way := range x.all.options(no) {
			x.some = append(x.some, option{step{at: at, response: no, free: -1, way: way}, cost})
		}
	}
	if !general {
		return
	}
	for i := range k.free {
		if len(k.responses)+i >= first && x.mayDo(p, k, i) {
			x.some = append(x.some, option{step{at: at, response: -1, free: i}, 1})
		}
	}
}

// general reports whether a moment is one for every act, and not for one
// response alone.
func (x *explorer) general(p *config, at engine.Millis) bool {
	if after(x.moments.fixed, at-1) == at {
		return true
	}
	for _, stay := range x.moments.stays[p.state] {
		if p.entered+stay == at {
			return true
		}
	}
	return slices.ContainsFunc(x.moments.unplanned, func(i int) bool { return p.released[i] != nowhere && p.released[i]+just == at })
}
