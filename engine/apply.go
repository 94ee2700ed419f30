package engine

import "slices"

// Apply takes an event that was decided before, here or elsewhere. It never
// refuses: what is in the log has happened. Events come in order of Seq.
func (d *Drill) Apply(e *Event) {
	d.unsettled = true
	d.apply(e)
	if e.Type == Moved || e.Type == Forced {
		d.machine.SetState(d.State())
	}
}

// Replay returns the drill that a log leads to.
func Replay(c *Compiled, log []Event) *Drill {
	d := NewDrill(c)
	for i := range log {
		d.Apply(&log[i])
	}
	return d
}

func (d *Drill) apply(e *Event) {
	d.seq, d.now, d.wall = e.Seq, max(d.now, e.At), e.Recorded
	if e.Key != "" {
		if d.keys == nil {
			d.keys = map[string]int64{}
		}
		if _, before := d.keys[e.Key]; !before {
			d.keys[e.Key] = e.Seq
		}
	}
	switch e.Type {
	case Started:
		d.applyStart(e)
	case Paused, Gap, Recovered, ResumedReal:
		d.phase = paused
	case Faulted:
		d.phase, d.fault = paused, e.Mode
	case Resumed:
		d.phase, d.fault = running, ""
	case StoppedReal:
		d.phase = stopped
	case Ended:
		d.phase = over
	case Moved, Forced:
		d.applyState(e)
	case Responded, Observed, ProhibitedAct, Missed, Marked:
		d.applyAct(e)
	case Flagged:
		if r, ok := d.lookup(e.ID); ok && r.kind == kindFlag {
			d.flags[r.index].records = append(d.flags[r.index].records, record{e.Seq, e.Seq, e.At, -1})
			d.remember(e, r.index)
			d.changed(signalFlag, r.index)
		}
	case Rated, Overridden, Noted:
		d.remember(e, -1)
	case Retracted:
		d.applyRetract(e.Of)
	case Assigned, Joined, Left:
		d.applySeat(e)
	default:
		d.applyInject(e)
	}
}

func (d *Drill) remember(e *Event, subject int) {
	role, ok := d.role(e.Role)
	if !ok {
		role = -1
	}
	d.facts = append(d.facts, factRef{e.Seq, e.Type, subject, role, false})
}

func (d *Drill) applyStart(e *Event) {
	d.phase = running
	if e.Start == nil {
		return
	}
	d.start = *e.Start
	for _, seat := range e.Start.Seats {
		if i, ok := d.role(seat.Role); ok {
			d.roles[i].persons = append(d.roles[i].persons[:0], seat.Persons...)
			if seat.Factor > 0 {
				d.roles[i].factor = seat.Factor
			}
		}
	}
	for _, cover := range e.Start.Covers {
		i, ok1 := d.role(cover.Role)
		by, ok2 := d.role(cover.By)
		if ok1 && ok2 {
			d.roles[i].coverBy = by
		}
	}
	d.lookAtAll()
	for i := range d.roles {
		d.changed(signalRole, i)
	}
}

func (d *Drill) applyState(e *Event) {
	r, ok := d.lookup(e.To)
	if !ok || r.kind != kindState {
		return
	}
	d.state, d.entered, d.enterSeq, d.forcedIn = r.index, e.At, e.Seq, e.Type == Forced
	d.agenda.moves = stale
	for _, g := range d.c.stateful {
		d.forget(g)
	}
	for _, i := range d.pending {
		if in := &d.injects[i]; len(in.def.OnlyIn) > 0 || in.def.When != "" {
			d.lookAgain(i) // its state may have come, or a final one
		}
	}
}

func (d *Drill) applyAct(e *Event) {
	switch e.Type {
	case Responded:
		d.applyAnswer(e)
		return
	case Marked:
		d.applyMark(e)
		return
	}
	r, ok := d.lookup(e.ID)
	if !ok || !r.kind.act() {
		return
	}
	if e.Type == Missed {
		d.acts[r.index].missed = true
		d.acted(r.index)
		return
	}
	d.record(e, r.index)
	d.remember(e, r.index)
}

// record notes that act a was done, and with a way its response.
func (d *Drill) record(e *Event, a int) {
	parent := d.acts[a].parent
	way := -1
	if parent != a {
		way = a
	}
	of := e.Seq
	if e.Type == Marked {
		of = e.Of
	}
	d.acts[parent].records = append(d.acts[parent].records, record{e.Seq, of, e.At, way})
	d.acted(parent)
	for _, w := range d.acts[parent].ways {
		d.changed(signalAct, w)
	}
}

func (d *Drill) applyAnswer(e *Event) {
	in, ok := d.lookup(e.ID)
	if !ok || in.kind != kindInject {
		return
	}
	role, ok := d.role(e.Role)
	if ok && len(e.Choices) > 0 {
		d.injects[in.index].answered = append(d.injects[in.index].answered, role)
	}
	for _, id := range e.Choices {
		if r, ok := d.lookup(id); ok && r.kind.act() {
			d.record(e, r.index)
		}
	}
	d.remember(e, in.index)
}

// applyMark records a response that free text turned out to be.
func (d *Drill) applyMark(e *Event) {
	r, ok := d.lookup(e.ID)
	d.remember(e, r.index)
	if !ok || !r.kind.act() || e.Of == 0 || e.Mode != "text" {
		return
	}
	d.record(e, r.index)
}

func (d *Drill) applyRetract(of int64) {
	f := d.fact(of)
	if f == nil {
		return
	}
	f.gone = true
	d.lookAtAll()
	switch f.kind {
	case Flagged:
		d.flags[f.subject].records = without(d.flags[f.subject].records, of)
		d.changed(signalFlag, f.subject)
		return
	case Skipped:
		d.injects[f.subject].status = Pending
		d.list(f.subject)
		return
	case Responded:
		in := &d.injects[f.subject]
		in.answered = slices.DeleteFunc(in.answered, func(role int) bool { return role == f.role })
	}
	for a := range d.acts {
		if before := len(d.acts[a].records); before > 0 {
			d.acts[a].records = without(d.acts[a].records, of)
			if len(d.acts[a].records) != before {
				d.acted(a)
				for _, w := range d.acts[a].ways {
					d.changed(signalAct, w)
				}
			}
		}
	}
}

// fact returns the retractable event with number seq, or nil.
func (d *Drill) fact(seq int64) *factRef {
	for i := len(d.facts) - 1; i >= 0; i-- {
		if d.facts[i].seq == seq {
			return &d.facts[i]
		}
	}
	return nil
}

func without(records []record, seq int64) []record {
	return slices.DeleteFunc(records, func(r record) bool { return r.seq == seq || r.of == seq })
}
