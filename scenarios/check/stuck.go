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

	stuck  map[int]*sighting // by state
	rounds map[int]*sighting // by a state of theirs

	bound   int
	configs int // looked at
	steps   int // of time alone
}

// Bounds of looking for a way out.
const (
	mostRounds = 200  // moves without an act
	wayOut     = 3000 // configs
	farOff     = 3 * engine.Hour
)

func newStuckness(g *game, bound int) *stuckness {
	s := &stuckness{g: g, bound: bound, known: map[uint64]bool{}, stuck: map[int]*sighting{}, rounds: map[int]*sighting{}}
	s.quick, s.more = newExplorer(g), newExplorer(g)
	for _, x := range []*explorer{s.quick, s.more} {
		x.harm, x.end, x.base = false, g.end+farOff, silently
	}
	return s
}

// cut reports whether there was too much to look at.
func (s *stuckness) cut() bool { return s.configs > s.bound || s.steps > stepsPerConfig*s.bound }

// look asks of a config that a search has come to whether it is stuck.
func (s *stuckness) look(x *explorer, p *config) bool {
	if len(s.g.s.States) == 0 || p.final(s.g) || s.cut() {
		return true
	}
	key := x.timeless(p)
	if s.known[key] {
		return true
	}
	s.known[key] = true
	if s.stuck[p.state] == nil && !s.escapes(p) {
		s.stuck[p.state] = x.sight(p.d.Now())
	}
	if s.rounds[p.state] == nil && s.circles(p) {
		s.rounds[p.state] = x.acts(p)
	}
	return true
}

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
	x := s.more
	clear(x.memo)
	x.configs, x.steps, x.bound, x.stop, x.cut, x.trace = 0, 0, wayOut, false, false, x.trace[:0]
	x.seen.shortest = nil
	x.moments = s.g.plainMoments(x.all)
	now := p.d.Now()
	x.moments.fixed = append(x.moments.fixed, now, now+just, max(now, s.g.end)+just, max(now, s.g.end)+farOff/2)
	slices.Sort(x.moments.fixed)
	x.watch = func(*config) bool {
		x.stop = x.stop || x.seen.shortest != nil
		return true
	}
	p.copyTo(q)
	q.decided, q.option = now-1, 0
	x.explore(q, unlimited)
	s.configs += x.configs
	return x.seen.shortest != nil || x.cut // not proved is not stuck
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
			if s.quick.all.responses[no] && m.from != nowhere && m.at == nowhere {
				s.quick.do(p, step{at: p.d.Now(), response: no, free: -1})
			}
		}
		due, ok := p.d.NextDue()
		if p.final(s.g) || !ok || p.d.Fault() != "" {
			return p.final(s.g)
		}
		s.quick.follow(p, p.d.Advance(due, 0))
		s.steps++
	}
	return false
}

// nothing lets time pass and reports whether the machine comes to an end,
// or, within the drill, to where it was before.
func (s *stuckness) nothing(p *config) (ended, round bool) {
	been := map[uint64]bool{}
	for moves := p.count; p.count < moves+mostRounds; {
		due, ok := p.d.NextDue()
		if p.final(s.g) || !ok || p.d.Fault() != "" {
			return p.final(s.g), false
		}
		if round && due > s.g.end {
			break
		}
		before := p.count
		s.quick.follow(p, p.d.Advance(due, 0))
		s.steps++
		if p.count == before {
			continue
		}
		key := s.quick.timeless(p)
		round = round || been[key] && due <= s.g.end
		been[key] = true
	}
	return false, round
}

func (s *stuckness) circles(p *config) bool {
	q := s.quick.take()
	defer s.quick.give(q)
	p.copyTo(q)
	_, round := s.nothing(q)
	return round
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
