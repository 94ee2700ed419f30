package check

import (
	"slices"
	"strings"

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

// told is what happens in a play, in a line: what was not done, then in order
// of time what was done otherwise than by the pace, and the states.
func (g *game) told(o *outcome) engine.Text {
	var vi, en []string
	add := func(t engine.Text) { vi, en = append(vi, t.VI), append(en, t.EN) }
	c := &o.script
	switch {
	case c.base.pace == 0 && len(c.steps) == 0:
		add(engine.Both("không ai làm gì", "nobody acts"))
	case c.base.pace == 0:
		add(engine.Both("chỉ làm những việc sau", "only this is done"))
	case c.base.ofLimit:
		add(engine.Both("việc gì cũng muộn", "everything is late"))
	default:
		add(engine.Both("mọi việc đúng giờ", "everything in time"))
	}
	for _, role := range c.empty {
		add(engine.Both("không ai giữ vai %s", "nobody holds %s", role))
	}
	for _, no := range c.omit {
		add(engine.Both("không làm %s", "%s not done", g.responses[no].ID))
	}
	events := slices.Clone(o.path[1:])
	for _, s := range c.steps {
		events = append(events, visit{state: c.id(g, s), at: s.at, seq: -1})
	}
	slices.SortStableFunc(events, func(a, b visit) int {
		if a.at == b.at {
			return int(min(a.seq, 0) - min(b.seq, 0)) // what was done before what came of it
		}
		return int(a.at - b.at)
	})
	for _, e := range events {
		add(engine.Same(e.state + " " + e.at.Clock()))
	}
	return engine.Text{VI: strings.Join(vi, " · "), EN: strings.Join(en, " · ")}
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
	g := newGame(f.Compiled)
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
