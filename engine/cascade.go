package engine

import "slices"

// maxMoves is how often the machine may move within one act; a scenario that
// wants more goes in circles.
const maxMoves = 10

// assumedAfter is when an inject that no device has shown counts as received.
const assumedAfter = 30 * Second

// emit appends an event that is decided and takes it into the drill.
func (d *Drill) emit(e *Event) {
	*d.room(e.Type) = *e
	d.take()
}

// tell is emit for the many events that have an id and a mode only.
func (d *Drill) tell(t EventType, id, mode string) {
	e := d.room(t)
	e.ID, e.Mode = id, mode
	d.take()
}

// room returns where the next event is to be written: an Event is large, and
// most of what happens is worked out faster in its place than copied there.
func (d *Drill) room(t EventType) *Event {
	n := len(d.out)
	d.out = slices.Grow(d.out, 1)[:n+1]
	e := &d.out[n]
	*e = Event{}
	e.Type = t
	return e
}

// take signs and applies the event that was written last.
func (d *Drill) take() {
	e := &d.out[len(d.out)-1]
	e.Seq, e.At, e.Recorded = d.seq+1, d.now, d.wall
	if d.by.first > 0 {
		e.Cause = d.by.first
	} else if d.by.acting {
		e.Actor, e.Key = d.by.actor, d.by.key
		d.by.first = e.Seq
	}
	d.apply(e)
}

// settle plays out one instant: injects due or newly true in file order, then
// receipts and limits, then one move; again until nothing changes.
func (d *Drill) settle() {
	if d.unsettled {
		d.lookAtAll()
	}
	d.unsettled = true
	for moves := 0; d.phase == running; {
		changed := d.releaseDue()
		changed = d.assumeReceipts() || changed
		changed = d.passLimits() || changed
		t := d.nextMove()
		if t < 0 {
			if !changed {
				d.unsettled = false
				return
			}
			continue
		}
		if moves++; moves > maxMoves {
			d.emit(&Event{Type: Faulted, Body: Body{Mode: "cascade", From: d.State(), Via: d.c.moves[t].id}})
			return
		}
		d.move(t)
	}
}

// nextMove returns the first transition that fires now, or -1.
func (d *Drill) nextMove() int {
	if d.now < d.agenda.moves {
		return -1
	}
	next := never
	switch state := &d.c.states[d.state]; {
	case state.Kind.Final():
	case d.now < d.entered+state.AtLeast:
		next = d.entered + state.AtLeast
	default:
		for _, t := range d.c.from[d.state] {
			v := d.valueOf(d.c.moves[t].guard)
			if v.value {
				return t
			}
			next = min(next, v.wake)
		}
	}
	d.agenda.moves = next
	return -1
}

// move asks the state machine to go. That it went, and did not refuse, is the
// fact.
func (d *Drill) move(t int) {
	m := &d.c.moves[t]
	from, to := d.State(), d.c.states[m.to].ID
	if err := d.machine.Event(d.ctx, m.id); err != nil {
		d.emit(&Event{Type: Faulted, Body: Body{Mode: "machine", From: from, Via: m.id, Text: err.Error()}})
		return
	}
	d.lastID = found{to, ref{kindState, m.to}, true}
	e := d.room(Moved)
	e.From, e.To, e.Via = from, to, m.id
	d.take()
}

// releaseDue gives out, holds or withdraws what this instant brings.
func (d *Drill) releaseDue() bool {
	if d.now < d.agenda.injects {
		return false
	}
	changed, next := false, never
	d.agenda.injects = never
	for n := 0; n < len(d.pending); {
		i := d.pending[n]
		if at := d.look[i]; d.now < at {
			next = min(next, at)
			n++
			continue
		}
		if d.tryInject(i) {
			changed = true
		} else {
			d.look[i] = d.injectDue(i)
		}
		if n < len(d.pending) && d.pending[n] == i {
			next = min(next, d.look[i])
			n++ // else it is out, and the next one stands in its place
		}
	}
	if d.agenda.injects != stale { // nothing that came out has to do with the others
		d.agenda.injects = next
	}
	return changed
}

func (d *Drill) tryInject(i int) bool {
	in := &d.injects[i]
	contingent := in.def.When != ""
	if contingent && d.StateKind().Final() {
		return d.withdraw(in, "final")
	}
	if in.status == Pending {
		if contingent && in.def.Until > 0 && d.now > in.def.Until {
			return d.withdraw(in, "until")
		}
		if !d.due(i) {
			return false
		}
	}
	switch {
	case in.held:
		return d.wait(in, "hold")
	case len(in.def.OnlyIn) > 0 && !d.inOneOf(d.c.onlyIn[i]):
		if in.def.Otherwise == "skip" {
			d.tell(Skipped, in.def.ID, "only_in")
			return true
		}
		return d.wait(in, "only_in")
	}
	d.release(i, d.releaseMode(in))
	return true
}

func (d *Drill) releaseMode(in *injectState) string {
	switch {
	case in.adhoc:
		return "adhoc"
	case in.def.When != "":
		return "when"
	case in.def.Hand:
		return "hand"
	}
	return "planned"
}

// due reports whether a pending inject's moment is now or past.
func (d *Drill) due(i int) bool {
	in := &d.injects[i]
	switch {
	case in.adhoc:
		return true
	case in.def.Hand:
		return !d.start.Led && d.handTurn(i)
	case d.now < in.at:
		return false
	case in.def.When != "":
		return d.holds(d.c.whens[i])
	}
	return true
}

// handTurn reports whether everything planned before inject i is out or
// skipped and every response of that is done or past its limit.
func (d *Drill) handTurn(i int) bool {
	for j := range d.injects[:i] {
		in := &d.injects[j]
		if in.adhoc || in.def.When != "" {
			continue
		}
		if in.status == Pending || in.status == Waiting || in.status == Out && !in.received {
			return false
		}
		if in.status != Out {
			continue
		}
		for _, a := range in.responses {
			if d.acts[a].triggered && !d.done(a) && !d.acts[a].missed {
				return false
			}
		}
	}
	return true
}

func (d *Drill) inOneOf(states []int) bool {
	for _, s := range states {
		if s == d.state {
			return true
		}
	}
	return false
}

func (d *Drill) withdraw(in *injectState, mode string) bool {
	d.tell(Withdrawn, in.def.ID, mode)
	return true
}

// wait says once that an inject is due but kept back.
func (d *Drill) wait(in *injectState, mode string) bool {
	if in.status == Waiting {
		return false
	}
	d.tell(Due, in.def.ID, mode)
	return true
}

// release gives inject i out; without a device to show it, it is received at
// once.
func (d *Drill) release(i int, mode string) {
	id := d.injects[i].def.ID
	d.lastID = found{id, ref{kindInject, i}, true}
	d.tell(Released, id, mode)
	if !d.devicesOnline(i) {
		d.tell(Received, id, "no_device")
	}
}

// devicesOnline reports whether some role the inject is addressed to has a
// device online.
func (d *Drill) devicesOnline(i int) bool {
	for r := range d.roles {
		if len(d.roles[r].devices) > 0 && d.injects[i].def.Reads(d.roles[r].def.ID) {
			return true
		}
	}
	return false
}

func (d *Drill) assumeReceipts() bool {
	if d.now < d.agenda.receipts {
		return false
	}
	changed, next := false, never
	for n := 0; n < len(d.unread); {
		in := &d.injects[d.unread[n]]
		if at := in.releasedAt + assumedAfter; at > d.now {
			next = min(next, at)
			n++
			continue
		}
		d.tell(Received, in.def.ID, "assumed")
		changed = true
	}
	d.agenda.receipts = next
	return changed
}

// passLimits notes the responses whose limit is reached undone.
func (d *Drill) passLimits() bool {
	if d.now < d.agenda.limits {
		return false
	}
	changed, next := false, never
	for n := 0; n < len(d.clocks); {
		a := d.clocks[n]
		if at := d.acts[a].limitAt; at > d.now {
			next = min(next, at)
			n++
			continue
		}
		d.tell(Missed, d.acts[a].id, "")
		changed = true
	}
	d.agenda.limits = next
	return changed
}
