package check

import "slices"

// replay plays a script as the search would, up to its end, and returns what
// it saw on the way.
func (g *game) replay(c script) (*config, *sightings) {
	x := newExplorer(g)
	x.base, x.empty = c.base, c.empty
	p := x.take()
	x.follow(p, p.begin(g, c.empty))
	for _, no := range c.omit {
		p.responses[no].declined = true
	}
	steps := slices.Clone(c.steps)
	slices.SortStableFunc(steps, func(a, b step) int { return int(a.at - b.at) })
	for _, one := range steps {
		if one.response >= 0 {
			p.responses[one.response].declined = true
		}
	}
	for p.d.Fault() == "" {
		x.seen.settled(x, p)
		no, at := x.soonest(p)
		if due, ok := p.d.NextDue(); ok && due < at {
			no, at = -1, due
		}
		if len(steps) > 0 && max(steps[0].at, p.d.Now()) <= at {
			x.do(p, steps[0])
			steps = steps[1:]
			continue
		}
		if at > g.end {
			break
		}
		if no < 0 {
			x.follow(p, p.d.Advance(at, 0))
			continue
		}
		x.do(p, step{at: at, response: no, free: -1})
	}
	return p, x.seen
}
