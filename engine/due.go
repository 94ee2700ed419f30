package engine

// NextDue returns the next instant at which time alone changes something, and
// whether there is one: a planned inject, a limit, a threshold in a guard,
// the end of a dwell, an assumed receipt, the end of an unattended drill.
func (d *Drill) NextDue() (Millis, bool) {
	if d.phase != running {
		return 0, false
	}
	next := Millis(-1)
	soonest := func(at Millis) {
		if at > d.now && (next < 0 || at < next) {
			next = at
		}
	}
	for i := range d.injects {
		d.injectDue(i, soonest)
	}
	for a := range d.acts {
		if act := &d.acts[a]; act.triggered && !act.missed && len(act.records) == 0 {
			soonest(d.limitAt(a))
		}
	}
	d.moveDue(soonest)
	if d.start.Until > 0 {
		if d.now >= d.start.Until {
			return d.start.Until, true
		}
		soonest(d.start.Until)
	}
	return next, next >= 0
}

func (d *Drill) injectDue(i int, soonest func(Millis)) {
	in := &d.injects[i]
	if in.status == Out && !in.received {
		soonest(in.releasedAt + assumedAfter)
	}
	if in.status != Pending || in.def.Hand {
		return
	}
	soonest(in.at)
	if g := d.c.whensOf(i); g >= 0 {
		if in.def.Until > 0 {
			soonest(in.def.Until + 1)
		}
		if d.now >= in.at {
			d.holds(g)
			soonest(d.values[g].wake)
		}
	}
}

// whensOf returns the guard of inject i, or -1; ad hoc injects have none.
func (c *Compiled) whensOf(i int) int {
	if i < len(c.whens) {
		return c.whens[i]
	}
	return -1
}

func (d *Drill) moveDue(soonest func(Millis)) {
	state := &d.c.states[d.state]
	if state.Kind.Final() {
		return
	}
	soonest(d.entered + dwell(state))
	for _, t := range d.c.from[d.state] {
		g := d.c.moves[t].guard
		d.holds(g)
		soonest(d.values[g].wake)
	}
}

// Advance lets time alone do what is due up to and including at. While the
// exercise clock stands it does nothing. The events are valid until the next
// Decide or Advance.
func (d *Drill) Advance(at Millis, wall int64) []Event {
	d.out, d.by, d.wall = d.out[:0], author{}, wall
	d.advance(at, true)
	return d.out
}

// advance plays the instants due before at, and with inclusive at itself.
func (d *Drill) advance(at Millis, inclusive bool) {
	for {
		due, ok := d.NextDue()
		if !ok || due > at || due == at && !inclusive {
			break
		}
		d.now = max(d.now, due)
		d.settle()
		if d.phase == running && d.start.Until > 0 && d.now >= d.start.Until {
			d.emit(Event{Type: Ended, Body: Body{Mode: "until"}})
		}
	}
	if d.phase == running {
		d.now = max(d.now, at)
	}
}
