package engine

import (
	"maps"
	"slices"
)

// Fork returns a second drill that stands where d stands: whatever happens to
// one from now on leaves the other alone. Both play the same Compiled.
func (d *Drill) Fork() *Drill {
	f := NewDrill(d.c)
	d.ForkInto(f)
	return f
}

// ForkInto is Fork into the memory of a drill that is no longer needed, for
// those who fork many thousand times. What f was is lost, its events with it.
func (d *Drill) ForkInto(f *Drill) {
	if f.c != d.c {
		f.c, f.machine = d.c, d.c.NewMachine()
	}
	f.machine.SetState(d.State())
	f.seq, f.now, f.wall, f.phase, f.fault, f.start = d.seq, d.now, d.wall, d.phase, d.fault, d.start
	f.state, f.entered, f.enterSeq, f.forcedIn = d.state, d.entered, d.enterSeq, d.forcedIn
	f.agenda, f.unsettled, f.by = d.agenda, d.unsettled, d.by
	f.lastID, f.lastRole, f.asking = d.lastID, d.lastRole, nil
	f.kept, f.from = d.kept, d.from
	f.out = f.out[:0]
	if d.kept {
		f.out = append(f.out, d.out...)
	} else {
		f.from = 0
	}
	f.pending, f.look = append(f.pending[:0], d.pending...), append(f.look[:0], d.look...)
	f.unread, f.clocks = append(f.unread[:0], d.unread...), append(f.clocks[:0], d.clocks...)
	f.facts, f.values = append(f.facts[:0], d.facts...), append(f.values[:0], d.values...)
	f.byID, f.keys = maps.Clone(d.byID), maps.Clone(d.keys)
	d.forkLists(f)
}

// forkLists copies what has lists of its own.
func (d *Drill) forkLists(f *Drill) {
	f.injects = slices.Grow(f.injects[:0], len(d.injects))[:len(d.injects)]
	for i := range d.injects {
		told, answered := f.injects[i].told, f.injects[i].answered
		f.injects[i] = d.injects[i]
		f.injects[i].told = append(told[:0], d.injects[i].told...)
		f.injects[i].answered = append(answered[:0], d.injects[i].answered...)
	}
	f.acts = slices.Grow(f.acts[:0], len(d.acts))[:len(d.acts)]
	for i := range d.acts {
		records := f.acts[i].records
		f.acts[i] = d.acts[i]
		f.acts[i].records = append(records[:0], d.acts[i].records...)
	}
	f.flags = slices.Grow(f.flags[:0], len(d.flags))[:len(d.flags)]
	for i := range d.flags {
		f.flags[i].records = append(f.flags[i].records[:0], d.flags[i].records...)
	}
	f.roles = slices.Grow(f.roles[:0], len(d.roles))[:len(d.roles)]
	for i := range d.roles {
		persons, devices := f.roles[i].persons, f.roles[i].devices
		f.roles[i] = d.roles[i]
		f.roles[i].persons = append(persons[:0], d.roles[i].persons...)
		f.roles[i].devices = append(devices[:0], d.roles[i].devices...)
	}
}

// Holds reports whether the guard of transition i, counted in the file, is
// true now. It does not ask whether the machine is where the transition
// leaves from, nor whether that state still has to last.
func (d *Drill) Holds(i int) bool { return d.holds(d.c.moves[i].guard) }

// WhenHolds reports whether the condition of inject i, counted in the file,
// is true now; an inject without one waits for nothing.
func (d *Drill) WhenHolds(i int) bool { return d.c.whens[i] < 0 || d.holds(d.c.whens[i]) }

// InjectStatusOf returns where inject i, counted in the file, stands.
func (d *Drill) InjectStatusOf(i int) InjectStatus { return d.injects[i].status }

// Choices returns the transitions, counted in the file, that a command would
// make possible in the present state, before the first of them is taken. The
// drill stays as it is.
func (d *Drill) Choices(cmd Command) []int {
	f := d.Fork()
	f.kept = false
	f.begin(cmd.Wall)
	f.advance(cmd.At, false)
	if f.permit(&cmd) != nil || f.carryOut(&cmd) != nil {
		return nil
	}
	f.lookAtAll()
	for f.releaseDue() || f.assumeReceipts() || f.passLimits() { // what comes before a move at this instant
		f.lookAtAll()
	}
	if f.now < f.entered+f.c.states[f.state].AtLeast || f.StateKind().Final() {
		return nil
	}
	var open []int
	for _, t := range f.c.from[f.state] {
		if f.holds(f.c.moves[t].guard) {
			open = append(open, t)
		}
	}
	return open
}
