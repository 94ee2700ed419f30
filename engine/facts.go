package engine

// factOf answers each fact for the thing or threshold of an index.
var factOf = map[FactKind]func(d *Drill, index int) bool{
	FactInject: (*Drill).released, FactDone: (*Drill).done, FactLate: (*Drill).late, FactMissed: (*Drill).missed,
	FactFlag: (*Drill).flagged, FactFilled: (*Drill).filled, FactProhibited: (*Drill).prohibitedHere, FactState: (*Drill).in,
	FactSince: (*Drill).reached, FactClock: (*Drill).reached, FactElapsed: (*Drill).reached,
}

func (d *Drill) released(i int) bool { return d.injects[i].status == Out }

func (d *Drill) missed(a int) bool { return d.acts[a].missed && !d.done(a) }

func (d *Drill) flagged(f int) bool { return len(d.flags[f].records) > 0 }

func (d *Drill) in(state int) bool { return d.state == state }

// done reports whether act a stands as done. Of several ways recorded for
// one response the first stands.
func (d *Drill) done(a int) bool {
	if d.acts[a].kind != kindWay {
		return len(d.acts[a].records) > 0
	}
	parent := d.acts[d.acts[a].parent].records
	return len(parent) > 0 && parent[0].way == a
}

// doneAt returns when act a was first known to be done.
func (d *Drill) doneAt(a int) Millis { return d.acts[d.acts[a].parent].records[0].at }

func (d *Drill) late(a int) bool {
	return d.done(a) && d.acts[a].triggered && d.doneAt(a) > d.acts[a].limitAt
}

// prohibitedHere reports whether act a was recorded since the present state
// was entered.
func (d *Drill) prohibitedHere(a int) bool {
	r := d.acts[a].records
	return len(r) > 0 && r[len(r)-1].seq > d.enterSeq
}

// filled reports whether somebody holds the role, or a held role covers it.
func (d *Drill) filled(i int) bool {
	r := &d.roles[i]
	if r.def.Simulated {
		return false
	}
	return len(r.persons) > 0 || r.coverBy >= 0 && len(d.roles[r.coverBy].persons) > 0
}

// reached reports whether threshold t has come.
func (d *Drill) reached(t int) bool {
	at, ok := d.reachedAt(&d.c.thresholds[t])
	return ok && d.now >= at
}

// reachedAt returns when a threshold comes, if its clock runs.
func (d *Drill) reachedAt(t *threshold) (Millis, bool) {
	switch t.fact {
	case FactElapsed:
		return d.entered + t.atLeast, true
	case FactClock:
		return t.atLeast, true
	}
	switch r := t.ref; r.kind {
	case kindInject:
		in := &d.injects[r.index]
		return in.releasedAt + t.atLeast, in.status == Out
	case kindFlag:
		records := d.flags[r.index].records
		if len(records) == 0 {
			return 0, false
		}
		return records[0].at + t.atLeast, true
	default:
		if !d.done(r.index) {
			return 0, false
		}
		return d.doneAt(r.index) + t.atLeast, true
	}
}

// holds returns the value of a guard, computing it only when a fact it reads
// has changed or a threshold has come since.
func (d *Drill) holds(g int) bool { return d.valueOf(g).value }

// wake returns when time alone may next change the value of a guard.
func (d *Drill) wake(g int) Millis { return d.valueOf(g).wake }

func (d *Drill) valueOf(g int) *guardValue {
	v := &d.values[g]
	if v.known && d.now < v.wake {
		return v
	}
	guard := d.c.guards[g]
	v.known, v.value, v.wake = true, d.evaluate(guard), never
	for _, t := range guard.thresholds {
		if at, ok := d.reachedAt(&d.c.thresholds[t]); ok {
			v.wake = d.sooner(v.wake, at)
		}
	}
	return v
}

// evaluate looks up what expr answers for the facts as they are, or asks it
// when there are too many of them for a table.
func (d *Drill) evaluate(g *Guard) bool {
	if len(g.atoms) > maxTabled {
		d.asking = g
		out, err := d.vm.Run(g.form.program, d.env)
		return err == nil && out.(bool)
	}
	row := 0
	for i := range g.atoms {
		if a := &g.atoms[i]; a.holds(d, a.index) {
			row |= 1 << i
		}
	}
	return g.form.table>>row&1 == 1
}

// changed forgets the guards that read one fact.
func (d *Drill) changed(signal, index int) {
	if index >= len(d.c.readers[signal]) {
		return // of an ad hoc inject: no guard knows it
	}
	for _, g := range d.c.readers[signal][index] {
		d.forget(g)
	}
}

// forget drops the value of a guard: the move or inject behind it has to be
// looked at again.
func (d *Drill) forget(g int) {
	d.values[g].known = false
	if i := d.c.guards[g].inject; i >= 0 {
		d.lookAgain(i)
	} else {
		d.agenda.moves = stale
	}
}

// acted forgets what was known of act a: it is done, missed or asked for, or
// no longer so.
func (d *Drill) acted(a int) {
	d.clocks = listed(d.clocks, a, d.acts[a].clockRuns())
	if d.acts[a].triggered && d.acts[a].limitAt <= d.agenda.limits {
		d.agenda.limits = stale // it was the next to pass, or is now
	}
	for _, i := range d.c.byHand {
		d.lookAgain(i) // it may wait for the responses before it
	}
	d.changed(signalAct, a)
}
