package engine

import "slices"

// applyInject takes the events of an inject's life.
func (d *Drill) applyInject(e *Event) {
	if e.Type == Written {
		d.applyWritten(e)
		return
	}
	r, ok := d.lookup(e.ID)
	if !ok || r.kind != kindInject {
		return
	}
	in := &d.injects[r.index]
	d.agenda.receipts = stale
	switch e.Type {
	case Due:
		in.status = Waiting
	case Released:
		in.status, in.releasedAt, in.held = Out, e.At, false
		d.changed(signalInject, r.index)
	case Received:
		d.applyReceipt(e, in)
	case Held:
		in.held = true
	case Unheld:
		in.held = false
	case Postponed:
		in.at, in.status = e.Moment, Pending
	case Skipped:
		in.status = SkippedOver
		d.remember(e, r.index)
	case Withdrawn:
		in.status = Gone
	case Edited:
		in.words = e.Words
	case Relayed:
		if role, ok := d.role(e.Role); ok {
			in.told = append(in.told, role)
		}
	case Recalled:
		d.agenda.limits = stale
		in.status, in.held, in.received = Waiting, true, false
		for _, a := range in.responses {
			d.acts[a].triggered, d.acts[a].missed = false, false
			d.acted(a)
		}
		d.changed(signalInject, r.index)
	}
	d.list(r.index)
}

// list puts inject i on the lists it belongs on.
func (d *Drill) list(i int) {
	in := &d.injects[i]
	d.pending = listed(d.pending, i, in.status == Pending || in.status == Waiting)
	d.unread = listed(d.unread, i, in.status == Out && !in.received)
	if in.status == Pending || in.status == Waiting {
		d.lookAgain(i)
	}
	for _, h := range d.c.byHand {
		d.lookAgain(h)
	}
}

// listed returns a sorted list with i in it or not. Lists are short; what comes
// mostly goes to the end, and what goes stands in front.
func listed(list []int, i int, in bool) []int {
	if !in {
		if place := slices.Index(list, i); place >= 0 {
			return slices.Delete(list, place, place+1)
		}
		return list
	}
	place := len(list)
	for place > 0 && list[place-1] > i {
		place--
	}
	if place > 0 && list[place-1] == i {
		return list
	}
	return slices.Insert(list, place, i)
}

// applyReceipt triggers the responses that somebody can make.
func (d *Drill) applyReceipt(e *Event, in *injectState) {
	if in.received {
		return
	}
	in.received, in.receivedAt, in.receipt = true, e.At, e.Mode
	for _, a := range in.responses {
		act := &d.acts[a]
		factor := Whole
		if len(act.owners) > 0 {
			factor = d.roles[act.owners[0]].factor
		}
		act.target, act.limit = act.response.Target.times(factor), act.response.Limit.times(factor)
		act.limitAt = e.At + act.limit
		act.triggered = d.somebodyOwns(act)
		d.acted(a)
	}
}

func (d *Drill) somebodyOwns(a *actState) bool {
	for _, role := range a.owners {
		if d.filled(role) {
			return true
		}
	}
	return false
}

// applyWritten adds an inject written during the drill. No guard knows it.
func (d *Drill) applyWritten(e *Event) {
	if d.byID == nil {
		d.byID = map[string]ref{}
	}
	in := e.Inject
	if in == nil || d.takesKnownIDs(in) {
		return
	}
	index := len(d.injects)
	d.byID[in.ID] = ref{kindInject, index}
	d.lastID = found{}
	state := injectState{def: in, status: Pending, at: e.At, adhoc: true}
	for i := range in.Expects {
		r := &in.Expects[i]
		parent := d.addAct(act{kind: kindResponse, id: r.ID, response: r, inject: index, owners: d.c.names.owners(r)})
		state.responses = append(state.responses, parent)
		for w := range r.Ways {
			way := d.addAct(act{kind: kindWay, id: r.Ways[w].ID, response: r, inject: index})
			d.acts[way].parent = parent
			d.acts[parent].ways = append(d.acts[parent].ways, way)
		}
	}
	d.injects, d.look = append(d.injects, state), append(d.look, stale)
	d.list(index)
}

// takesKnownIDs reports whether an inject brings an id that is there already. No
// command does, but a log may come from anywhere: two things of one name would
// be told apart by nothing.
func (d *Drill) takesKnownIDs(in *Inject) bool {
	ids := in.ids()
	return slices.ContainsFunc(ids, func(id string) bool {
		_, known := d.lookup(id)
		return known
	}) || len(slices.Compact(slices.Sorted(slices.Values(ids)))) < len(ids)
}

func (d *Drill) addAct(a act) int {
	a.parent = len(d.acts)
	d.byID[a.id] = ref{a.kind, a.parent}
	d.lastID = found{}
	d.acts = append(d.acts, actState{act: &a})
	return a.parent
}

func (d *Drill) applySeat(e *Event) {
	i, ok := d.role(e.Role)
	if !ok {
		return
	}
	r := &d.roles[i]
	switch e.Type {
	case Assigned:
		if e.Person == "" {
			r.persons = nil
		} else if !slices.Contains(r.persons, e.Person) {
			r.persons = append(r.persons, e.Person)
		}
		d.changed(signalRole, i)
	case Joined:
		if !slices.Contains(r.devices, e.Device) {
			r.devices = append(r.devices, e.Device)
		}
	case Left:
		r.devices = slices.DeleteFunc(r.devices, func(device string) bool { return device == e.Device })
	}
}
