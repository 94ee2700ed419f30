package engine

import "math"

// agenda says when each part of an instant has to be looked at again: before
// then time alone changes nothing. What a fact may have changed is stale, to
// be looked at now.
type agenda struct{ injects, receipts, limits, moves Millis }

const (
	stale Millis = -1
	never Millis = math.MaxInt64
)

// lookAtAll has everything looked at again.
func (d *Drill) lookAtAll() {
	d.agenda = agenda{stale, stale, stale, stale}
	for i := range d.look {
		d.look[i] = stale
	}
}

func (d *Drill) lookAgain(inject int) { d.look[inject], d.agenda.injects = stale, stale }

// NextDue returns the next instant at which time alone changes something, and
// whether there is one: a planned inject, a limit, a threshold in a guard,
// the end of a dwell, an assumed receipt, the end of an unattended drill.
func (d *Drill) NextDue() (Millis, bool) {
	if d.phase != running {
		return 0, false
	}
	until := d.start.Until
	if until > 0 && d.now >= until {
		return until, true
	}
	next := min(d.injectsDue(), d.receiptsDue(), d.limitsDue(), d.movesDue())
	if until > 0 {
		next = min(next, until)
	}
	return next, next != never
}

// sooner returns the earlier of next and at, if at is still to come.
func (d *Drill) sooner(next, at Millis) Millis {
	if at > d.now && at < next {
		return at
	}
	return next
}

func (d *Drill) injectsDue() Millis {
	if d.now < d.agenda.injects {
		return d.agenda.injects
	}
	next := never
	for _, i := range d.pending {
		if d.now < d.look[i] {
			next = min(next, d.look[i])
		} else {
			next = min(next, d.injectDue(i))
		}
	}
	d.agenda.injects = next
	return next
}

// injectDue returns when time alone may next change what becomes of an inject
// that is pending or waiting.
func (d *Drill) injectDue(i int) Millis {
	in := &d.injects[i]
	if in.status != Pending || in.def.Hand {
		return never
	}
	next := d.sooner(never, in.at)
	g := d.c.whensOf(i)
	if g < 0 {
		return next
	}
	if in.def.Until > 0 {
		next = d.sooner(next, in.def.Until+1)
	}
	if d.now >= in.at {
		next = d.sooner(next, d.wake(g))
	}
	return next
}

// whensOf returns the guard of inject i, or -1; ad hoc injects have none.
func (c *Compiled) whensOf(i int) int {
	if i < len(c.whens) {
		return c.whens[i]
	}
	return -1
}

func (d *Drill) receiptsDue() Millis {
	if d.now < d.agenda.receipts {
		return d.agenda.receipts
	}
	next := never
	for _, i := range d.unread {
		next = d.sooner(next, d.injects[i].releasedAt+assumedAfter)
	}
	d.agenda.receipts = next
	return next
}

func (d *Drill) limitsDue() Millis {
	if d.now < d.agenda.limits {
		return d.agenda.limits
	}
	next := never
	for _, a := range d.clocks {
		next = d.sooner(next, d.acts[a].limitAt)
	}
	d.agenda.limits = next
	return next
}

func (d *Drill) movesDue() Millis {
	if d.now < d.agenda.moves {
		return d.agenda.moves
	}
	next := never
	state := &d.c.states[d.state]
	switch {
	case state.Kind.Final():
	case d.now < d.entered+state.AtLeast:
		next = d.entered + state.AtLeast
	default:
		for _, t := range d.c.from[d.state] {
			next = d.sooner(next, d.wake(d.c.moves[t].guard))
		}
	}
	d.agenda.moves = next
	return next
}

// Advance lets time alone do what is due up to and including at. While the
// exercise clock stands it does nothing. The events are valid until the next
// Decide or Advance.
func (d *Drill) Advance(at Millis, wall int64) []Event {
	d.begin(wall)
	d.advance(at, true)
	return d.out[d.from:]
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
			d.emit(&Event{Type: Ended, Body: Body{Mode: "until"}})
		}
	}
	if d.phase == running {
		d.now = max(d.now, at)
	}
}
