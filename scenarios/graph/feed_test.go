package graph_test

import (
	"math/rand"
	"testing"

	"saban/engine"
)

// randomPlay conducts a drill in which people do things in no order at all,
// some more eagerly than others.
func randomPlay(t *testing.T, c *engine.Compiled, r *rand.Rand) []engine.Event {
	t.Helper()
	s := c.Scenario()
	d := engine.NewDrill(c)
	d.KeepLog()
	decide := func(cmd engine.Command, at engine.Millis) {
		cmd.At, cmd.Wall, cmd.Actor = at, int64(at), "hand"
		_, _ = d.Decide(cmd) // what is refused has not happened
	}
	start := engine.Command{Do: engine.StartEx}
	start.Start = &engine.Start{Seats: engine.FullSeats(s), Speed: engine.Whole, Until: s.Duration}
	decide(start, 0)
	eager := 1 + r.Intn(120)
	for !d.Over() && d.Fault() == "" {
		due, ok := d.NextDue()
		if !ok {
			t.Fatal("the drill stands still")
		}
		at := d.Now() + engine.Millis(r.Int63n(int64(s.Duration)/int64(eager)+1))
		if at >= due {
			d.Advance(due, int64(due))
			continue
		}
		d.Advance(at, int64(at))
		decide(randomAct(s, r), at)
	}
	return d.Log()
}

// randomAct is mostly something that should be done, sometimes something that
// should not, and now and then an act of the facilitator.
func randomAct(s *engine.Scenario, r *rand.Rand) (cmd engine.Command) {
	pick := func(n int) int { return r.Intn(n) }
	switch n := pick(100); {
	case n < 6 && len(s.Prohibited) > 0:
		p := &s.Prohibited[pick(len(s.Prohibited))]
		cmd.Do, cmd.ID, cmd.Role = engine.Prohibit, p.ID, s.Roles[0].ID
	case n < 9 && len(s.Flags) > 0:
		cmd.Do, cmd.ID = engine.RaiseFlag, s.Flags[pick(len(s.Flags))].ID
	case n < 11:
		cmd.Do, cmd.To, cmd.Reason = engine.Force, s.Situations()[pick(len(s.Situations()))].ID, "thử (try)"
	case n < 13:
		cmd.Do, cmd.ID, cmd.Reason = engine.Skip, s.Injects[pick(len(s.Injects))].ID, "thử (try)"
	case n < 16:
		cmd.Do, cmd.ID = engine.Release, s.Injects[pick(len(s.Injects))].ID
	default:
		in := &s.Injects[pick(len(s.Injects))]
		if len(in.Expects) == 0 {
			return randomAct(s, r)
		}
		x := &in.Expects[pick(len(in.Expects))]
		cmd.Do, cmd.ID, cmd.Role, cmd.Content = engine.Observe, x.ID, x.By, engine.Whole
		if len(x.Ways) > 0 {
			cmd.ID = x.Ways[pick(len(x.Ways))].ID
		}
	}
	return cmd
}

// feed is what a machine is sent, and the state it should then be in.
type feed struct {
	sent  [][3]any
	state string
	moves int
	now   engine.Millis
	done  map[string]bool
	late  map[string]bool // the limit has passed
}

// feeding turns a log into what a machine is fed, by what the events say and
// nothing else. Between two instants some time passes in which nothing may
// move.
func feeding(c *engine.Compiled, log []engine.Event, r *rand.Rand) *feed {
	f := &feed{state: c.Initial(), done: map[string]bool{}, late: map[string]bool{}}
	s := c.Scenario()
	for i := range log {
		e := &log[i]
		if e.At > f.now {
			f.send("settle", f.now)
			if idle := f.now + engine.Millis(r.Int63n(int64(e.At-f.now))); idle > f.now {
				f.send("time", idle)
				f.send("settle", idle)
			}
			f.now = e.At
		}
		f.event(s, e)
	}
	f.send("settle", f.now)
	return f
}

func (f *feed) send(name string, at engine.Millis) {
	f.sent = append(f.sent, [3]any{name, int64(at), f.state})
}

func (f *feed) event(s *engine.Scenario, e *engine.Event) {
	switch e.Type {
	case engine.Started:
		for _, seat := range e.Start.Seats {
			f.send("fact.filled."+seat.Role, e.At)
		}
	case engine.Released:
		f.send("fact.inject."+e.ID, e.At)
	case engine.Flagged:
		f.send("fact.flag."+e.ID, e.At)
	case engine.Missed:
		f.late[e.ID] = true
		f.send("fact.missed."+e.ID, e.At)
	case engine.ProhibitedAct:
		f.act(e.ID, e.At)
		f.send("fact.prohibited."+e.ID, e.At)
	case engine.Observed:
		if parent, _ := s.FindWay(e.ID); parent != nil {
			if f.done[parent.ID] {
				return // the first way stands
			}
			f.act(parent.ID, e.At)
		}
		f.act(e.ID, e.At)
	case engine.Moved:
		f.moves++
		f.send("time", e.At)
		f.state = e.To
		f.send("settle", e.At)
	case engine.Forced:
		f.state = e.To
		f.send("force."+e.To, e.At)
	}
}

func (f *feed) act(id string, at engine.Millis) {
	if f.late[id] && !f.done[id] {
		f.send("fact.late."+id, at)
	}
	f.done[id] = true
	f.send("fact.done."+id, at)
}
