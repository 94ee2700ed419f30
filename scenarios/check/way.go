package check

import (
	"saban/engine"
	"saban/scenarios"
)

// way describes the play to an end, or nil.
func (a *analysis) way(w *sighting, name engine.Text) *Play {
	if w == nil {
		return nil
	}
	c, ok := a.shown(w, func(o *outcome) bool { return o.err == nil && o.endsAt(a.g) == w.at })
	if !ok {
		c = w.script()
	}
	p := a.written(c, w.at, name)
	return &p
}

// endsAt is when a play came to a final state, or -1.
func (o *outcome) endsAt(g *game) engine.Millis {
	for _, v := range o.path {
		if g.kind(g.stateNo[v.state]).Final() {
			return v.at
		}
	}
	return -1
}

// Tell says in a line what happens in the witness of a finding, or nothing
// where there is none.
func Tell(f *scenarios.File, found scenarios.Finding) engine.Text {
	if found.Witness == "" || f.Compiled == nil {
		return engine.Text{}
	}
	p, faults := scenarios.ReadPlay(scenarios.Source{Name: "witness", Bytes: []byte(found.Witness)}, f.Scenario)
	if faults.Failed() {
		return engine.Text{}
	}
	g := newGame(f)
	c := g.scriptOf(p)
	s := &stage{g: g}
	return g.told(s.conduct(&c))
}

// scriptOf reads a witness back.
func (g *game) scriptOf(p *scenarios.Play) script {
	c := script{base: silently, end: p.End}
	if p.Pace != nil {
		c.base = base{"", p.Pace.Factor, p.Pace.OfLimit}
	}
	for _, id := range p.Omit {
		c.omit = append(c.omit, g.responseNo[id])
	}
	for _, seat := range p.Seats {
		if len(seat.Persons) == 0 {
			c.empty = append(c.empty, seat.Role)
		}
	}
	for i := range p.Steps {
		one := step{at: p.Steps[i].At, response: -1, free: -1}
		id := p.Steps[i].Command.ID
		if no, ok := g.responseNo[id]; ok {
			one.response, one.way = no, max(g.responses[no].wayNo(id), 0)
		} else {
			one.free = g.freeNo[id]
		}
		c.steps = append(c.steps, one)
	}
	return c
}
