package check

import (
	"slices"

	"saban/engine"
)

// stuckness finds configs from which no end can be reached any more, however
// long the drill would last, and machines that go round by themselves.
type stuckness struct {
	g     *game
	known map[uint64]bool // by what is so, whatever the time
	quick *explorer       // conducts what is tried first
	more  *explorer       // searches when that is not enough

	stuck map[int]*sighting // by state
	round *sighting
	at    engine.Millis // when the round had closed

	searches int
}

// Bounds of looking for a way out.
const (
	mostRounds = 200  // moves without an act
	wayOut     = 3000 // configs
	waysOut    = 200  // searches
	farOff     = 3 * engine.Hour
)

func newStuckness(g *game) *stuckness {
	s := &stuckness{g: g, known: map[uint64]bool{}, stuck: map[int]*sighting{}}
	s.quick, s.more = newExplorer(g), newExplorer(g)
	for _, x := range []*explorer{s.quick, s.more} {
		x.harm, x.end, x.base = false, g.end+farOff, silently
	}
	return s
}

// look asks of a config that a search has come to whether it is stuck.
func (s *stuckness) look(x *explorer, p *config) bool {
	if len(s.g.s.States) == 0 || p.final(s.g) {
		return true
	}
	key := s.timeless(x, p)
	if s.known[key] {
		return true
	}
	s.known[key] = true
	if s.stuck[p.state] == nil && !s.escapes(p) {
		s.stuck[p.state] = x.sight(p.d.Now())
	}
	if s.round == nil && s.circles(p) {
		s.round = x.acts(p)
	}
	return true
}

// timeless is the signature of what is so, whenever it came about.
func (s *stuckness) timeless(x *explorer, p *config) uint64 {
	k := x.live[p.state]
	h := mix(uint64(p.state), 1)
	for no, as := range k.responses {
		m := &p.responses[no]
		v := uint64(0)
		switch {
		case as == ignored:
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
			h = mix(h, x.injectTrait(p, noSince, i, 0)&15)
		}
	}
	for i := range k.free {
		if k.free[i] && k.ever[i] && p.free[i].first != nowhere {
			h = mix(h, uint64(i))
		}
	}
	return h
}

// noSince reads no since(…).
var noSince = &cone{}

// escapes reports whether some end can still be reached: if everybody now
// does everything, if nobody does anything, or as a search finds it.
func (s *stuckness) escapes(p *config) bool {
	q := s.quick.take()
	defer s.quick.give(q)
	p.copyTo(q)
	if s.everything(q) {
		return true
	}
	p.copyTo(q)
	if ended, _ := s.nothing(q); ended {
		return true
	}
	if s.searches++; s.searches > waysOut {
		return true // not proved is not stuck
	}
	x := s.more
	clear(x.memo)
	x.configs, x.steps, x.bound, x.stop, x.cut, x.trace = 0, 0, wayOut, false, false, x.trace[:0]
	x.seen.shortest = nil
	x.moments = s.g.plainMoments(x.all)
	now := p.d.Now()
	x.moments.fixed = append(x.moments.fixed, now+just, max(now, s.g.end)+just, max(now, s.g.end)+farOff/2)
	slices.Sort(x.moments.fixed)
	x.watch = func(*config) bool {
		x.stop = x.stop || x.seen.shortest != nil
		return true
	}
	p.copyTo(q)
	x.explore(q, unlimited)
	return x.seen.shortest != nil || x.cut
}

// everything makes each response as soon as it is asked for and reports
// whether the machine comes to an end.
func (s *stuckness) everything(p *config) bool {
	for range mostRounds {
		for no := range p.responses {
			m := &p.responses[no]
			if p.final(s.g) {
				return true
			}
			if s.quick.all.responses[no] != ignored && m.from != nowhere && m.at == nowhere {
				s.quick.do(p, step{at: p.d.Now(), response: no, free: -1})
			}
		}
		due, ok := p.d.NextDue()
		if p.final(s.g) || !ok || p.d.Fault() != "" {
			return p.final(s.g)
		}
		s.quick.follow(p, p.d.Advance(due, 0))
	}
	return false
}

// nothing lets time pass and reports whether the machine comes to an end, or
// to where it was before.
func (s *stuckness) nothing(p *config) (ended, round bool) {
	been := map[uint64]bool{}
	for moves := p.count; p.count < moves+mostRounds; {
		due, ok := p.d.NextDue()
		if p.final(s.g) || !ok || p.d.Fault() != "" {
			return p.final(s.g), false
		}
		before := p.count
		s.quick.follow(p, p.d.Advance(due, 0))
		if p.count == before {
			continue
		}
		key := s.timeless(s.quick, p)
		if been[key] {
			return false, true
		}
		been[key] = true
	}
	return false, false
}

func (s *stuckness) circles(p *config) bool {
	q := s.quick.take()
	defer s.quick.give(q)
	p.copyTo(q)
	_, round := s.nothing(q)
	s.at = q.d.Now()
	return round && s.at <= s.g.end
}

// acts is the play x is on with everything in it said, so that nobody does
// anything afterwards.
func (x *explorer) acts(p *config) *sighting {
	out := &sighting{base: silently, empty: x.empty, at: p.d.Now()}
	for _, s := range x.trace {
		if s.response < 0 {
			out.steps = append(out.steps, s)
		}
	}
	for no := range p.responses {
		if m := &p.responses[no]; m.at != nowhere {
			out.steps = append(out.steps, step{at: m.at, response: no, free: -1, way: max(int(m.way), 0)})
		}
	}
	slices.SortStableFunc(out.steps, func(a, b step) int { return int(a.at - b.at) })
	return out
}
