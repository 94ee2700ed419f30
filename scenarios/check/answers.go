package check

import (
	"slices"

	"saban/engine"
)

// before looks at what a late answer would make possible, before it is given:
// once for all plays in which the ways out read the same.
func (v *sightings) before(x *explorer, p *config, s step, cmd *engine.Command) {
	m := &p.responses[s.response]
	if s.at <= m.limitAt || m.from == nowhere || len(v.g.out[p.state]) < 2 {
		return
	}
	key := mix(x.readings(p, s.at), uint64(s.response))
	if v.asked[key] {
		return
	}
	v.asked[key] = true
	good, evil := -1, -1
	anyway := p.d.Choices(engine.Command{Do: engine.Note, At: s.at, Body: engine.Body{Text: "-"}})
	for _, t := range p.d.Choices(*cmd) {
		if slices.Contains(anyway, t) {
			continue // time alone makes it true at this instant
		}
		if bad(v.g.kind(v.g.to(t))) {
			if evil < 0 {
				evil = t
			}
		} else if good < 0 {
			good = t
		}
	}
	if good < 0 || evil < 0 || v.order[[2]int{evil, good}] != nil {
		return
	}
	found := x.sight(s.at)
	found.steps = append(found.steps, s)
	v.order[[2]int{evil, good}] = found
}

// after looks at what came of a free act.
func (v *sightings) after(x *explorer, s step, events []engine.Event) {
	if v.effect[s.free] != nil {
		return
	}
	for i := range events {
		switch events[i].Type {
		case engine.Moved, engine.Released, engine.Withdrawn, engine.Skipped:
			v.effect[s.free] = x.sight(s.at)
			return
		}
	}
}
