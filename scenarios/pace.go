package scenarios

import (
	"math"

	"saban/engine"
)

// pacing makes the responses that a play leaves to its pace. It works out when
// by following the log, so that a step costs what it changes and not a look at
// the whole drill.
type pacing struct {
	pace     *Pace
	paced    []paced          // in file order
	byInject map[string][]int // by the inject they answer
	waiting  map[string][]int // by what they wait for: a response or one of its ways
}

// paced is one response left to the pace.
type paced struct {
	response *engine.Response
	place    int           // in the drill
	after    []int         // places of what it waits for
	at       engine.Millis // when it is made; notYet while that is open
	made     bool
}

const notYet engine.Millis = math.MaxInt64

// newPacing takes the responses of the scenario that are not scripted.
func newPacing(c *engine.Compiled, pace *Pace, scripted map[string]bool) pacing {
	s := c.Scenario()
	p := pacing{pace: pace, byInject: map[string][]int{}, waiting: map[string][]int{}}
	if pace == nil {
		return p
	}
	for i := range s.Injects {
		in := &s.Injects[i]
		for j := range in.Expects {
			x := &in.Expects[j]
			if scripted[x.ID] {
				continue
			}
			place := len(p.paced)
			one := paced{response: x, place: c.ResponsePlace(x.ID), at: notYet}
			for _, id := range x.After {
				one.after = append(one.after, c.ResponsePlace(id))
			}
			p.paced = append(p.paced, one)
			p.byInject[in.ID] = append(p.byInject[in.ID], place)
			p.waitsFor(s, x.After, place)
		}
	}
	return p
}

func (p *pacing) waitsFor(s *engine.Scenario, after []string, place int) {
	for _, id := range after {
		p.waiting[id] = append(p.waiting[id], place)
		_, before := s.FindResponse(id)
		for w := range before.Ways {
			p.waiting[before.Ways[w].ID] = append(p.waiting[before.Ways[w].ID], place)
		}
	}
}

func (p *pacing) reset() {
	for i := range p.paced {
		p.paced[i].at, p.paced[i].made = notYet, false
	}
}

// follow takes note of what an event of the drill changes.
func (p *pacing) follow(d *engine.Drill, e *engine.Event) {
	switch e.Type {
	case engine.Received:
		p.time(d, p.byInject[e.ID])
	case engine.Observed, engine.Marked:
		p.time(d, p.waiting[e.ID])
	case engine.Responded:
		for _, id := range e.Choices {
			p.time(d, p.waiting[id])
		}
	case engine.Recalled, engine.Retracted:
		for i := range p.paced {
			p.paced[i].at = p.moment(d, &p.paced[i])
		}
	}
}

func (p *pacing) time(d *engine.Drill, places []int) {
	for _, i := range places {
		p.paced[i].at = p.moment(d, &p.paced[i])
	}
}

// moment is when the pace makes a response: its share of the target or limit
// after receipt, and a second after everything it waits for.
func (p *pacing) moment(d *engine.Drill, one *paced) engine.Millis {
	v := d.ResponseAt(one.place)
	if !v.Triggered {
		return notYet
	}
	span := v.Target
	if p.pace.OfLimit {
		span = v.Limit
	}
	at := v.From + engine.Millis(engine.MulDiv(int64(span), int64(p.pace.Factor), int64(engine.Whole)))
	for _, place := range one.after {
		before := d.ResponseAt(place)
		if !before.Done {
			return notYet
		}
		at = max(at, before.DoneAt+engine.Second)
	}
	return at
}

// soonest returns the response that comes first, the earlier in the file at
// one instant, or nil. What should have been made before now is made now.
func (p *pacing) soonest(now engine.Millis) (next *paced, at engine.Millis) {
	at = notYet
	for i := range p.paced {
		if one := &p.paced[i]; !one.made && one.at != notYet && max(one.at, now) < at {
			next, at = one, max(one.at, now)
		}
	}
	return next, at
}
