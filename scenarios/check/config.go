package check

import (
	"math"
	"slices"

	"saban/engine"
)

const (
	never   engine.Millis = math.MaxInt64
	nowhere engine.Millis = -1 // has not happened
)

// config is one point of a play: the drill as the engine has it, and what the
// search keeps beside it.
type config struct {
	d       *engine.Drill
	state   int
	entered engine.Millis
	since   int // number of the entry

	responses []made
	free      []done
	released  []engine.Millis // by inject
	count     int             // of acts and moves so far

	entries []uint8         // of a state, with nobody doing anything about it
	last    []engine.Millis // when a state was last entered
	open    uint64          // ways out that were true when the present state was entered
	decided engine.Millis   // what might be done up to here was decided
	option  int             // of those a millisecond later, the first rank still open
}

// made is where one response stands.
type made struct {
	from, limitAt engine.Millis
	due           engine.Millis // by the pace
	at            engine.Millis
	missed        engine.Millis
	count         int
	way           int16
	declined      bool // not when the pace would have
}

// done is where one free act stands.
type done struct {
	first engine.Millis
	last  int // number of the last time
}

func newConfig(g *game) *config {
	return &config{d: engine.NewDrill(g.c), responses: make([]made, len(g.responses)), free: make([]done, len(g.free)),
		released: make([]engine.Millis, len(g.s.Injects)), entries: make([]uint8, len(g.states)), last: make([]engine.Millis, len(g.states))}
}

// begin puts the config at StartEx, with some roles empty.
func (p *config) begin(g *game, empty []string) []engine.Event {
	p.d.Reset()
	p.state, p.entered, p.since, p.count, p.open, p.decided, p.option = g.start, 0, 0, 0, 0, -1, 0
	for i := range p.responses {
		p.responses[i] = made{from: nowhere, limitAt: never, due: never, at: nowhere, missed: nowhere, way: -1}
	}
	for i := range p.free {
		p.free[i] = done{nowhere, -1}
	}
	fill(p.released, nowhere)
	fill(p.last, nowhere)
	fill(p.entries, 0)
	p.last[g.start], p.entries[g.start] = 0, 1
	seats := slices.Clone(g.seats)
	for i := range seats {
		for _, role := range empty {
			if seats[i].Role == role {
				seats[i].Persons = nil
			}
		}
	}
	// Nothing ends the drill but the search: it may want to look beyond.
	events, _ := p.d.Decide(engine.Command{Do: engine.StartEx, Body: engine.Body{Start: &engine.Start{Seats: seats, Speed: engine.Whole, Virtual: true}}})
	return events
}

func fill[T any](list []T, with T) {
	for i := range list {
		list[i] = with
	}
}

// copyTo makes q a config of its own that stands where p does.
func (p *config) copyTo(q *config) {
	p.d.ForkInto(q.d)
	drill, responses, frees, released, entries, last := q.d, q.responses, q.free, q.released, q.entries, q.last
	*q = *p
	q.d, q.responses, q.free, q.released, q.entries, q.last = drill, responses, frees, released, entries, last
	copy(q.responses, p.responses)
	copy(q.free, p.free)
	copy(q.released, p.released)
	copy(q.entries, p.entries)
	copy(q.last, p.last)
}

// firstOpen is the first rank that may still be tried at a moment.
func (p *config) firstOpen(at engine.Millis) int {
	if at == p.decided+1 {
		return p.option
	}
	return 0
}

// here reports whether a free act was seen since the present state was
// entered.
func (p *config) here(i int) bool { return p.free[i].last > p.since }

// final reports whether the machine has come to an end.
func (p *config) final(g *game) bool { return g.kind(p.state).Final() }
