package engine_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"saban/engine"
)

// TestDrillRemembersWhatItWouldFind sends the same commands to a drill and to
// one that forgets all it has worked out before each: when to look again at
// injects, limits and moves, the values of guards, the last ids looked up.
func TestDrillRemembersWhatItWouldFind(t *testing.T) {
	full, plain := compiled(t, market()), compiled(t, plainMarket())
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom([]*engine.Compiled{full, plain}).Draw(t, "market")
		mindful, forgetful := engine.NewDrill(c), engine.NewDrill(c)
		same := func(what string, a, b any) {
			if diff := cmp.Diff(a, b, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("%s differs (-mindful +forgetful):\n%s", what, diff)
			}
		}
		now := engine.Millis(0)
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			now += engine.Millis(rapid.SampledFrom([]int64{0, 0, 1, 1000, 29999, 60000, 180000}).Draw(t, "wait"))
			forgetful.Forget()
			if rapid.IntRange(0, 3).Draw(t, "act") == 0 {
				same("what time brings", mindful.Advance(now, 0), forgetful.Advance(now, 0))
			} else {
				cmd := randomCommand(t, now, mindful.Seq())
				a, errA := mindful.Decide(cmd)
				b, errB := forgetful.Decide(cmd)
				same("what a command brings", a, b)
				same("a refusal", errA, errB)
			}
			forgetful.Forget()
			dueA, okA := mindful.NextDue()
			dueB, okB := forgetful.NextDue()
			if dueA != dueB || okA != okB {
				t.Fatalf("at %s what is due next differs: %s %v, %s %v", now, dueA, okA, dueB, okB)
			}
		}
	})
}

// plainMarket has nothing that begins anew with each state, and no inject that
// waits for one: there a drill has the least reason to look again.
func plainMarket() *engine.Scenario {
	s := market()
	for i, when := range []string{"inject(I1)", "done(R1)", "done(R2)", "missed(R1)", "done(P1)"} {
		s.Transitions[i].When = when
	}
	for i := range s.States {
		s.States[i].AtLeast = 0
	}
	s.Injects[1].When, s.Injects[1].At = "", 2*engine.Minute
	s.Injects[2].OnlyIn, s.Injects[4].OnlyIn = nil, nil
	return s
}

func TestForcedStateIsLeftWhenItsGuardHolds(t *testing.T) {
	d := engine.NewDrill(compiled(t, plainMarket()))
	do := func(cmd engine.Command) {
		t.Helper()
		if _, err := d.Decide(cmd); err != nil {
			t.Fatal(err)
		}
	}
	do(engine.Command{Do: engine.StartEx})
	do(engine.Command{Do: engine.Prohibit, At: engine.Second, Body: engine.Body{ID: "P1", Role: "guard"}})
	do(engine.Command{Do: engine.Force, At: 2 * engine.Second, Body: engine.Body{To: "panic", Reason: "as planned"}})
	if d.State() != "lost" {
		t.Errorf("the drill stays in %s", d.State())
	}
}

func TestInjectByHandFollowsOneThatAsksNothing(t *testing.T) {
	c := compiled(t, plainMarket())
	d := engine.NewDrill(c)
	do := func(cmd engine.Command) {
		t.Helper()
		if _, err := d.Decide(cmd); err != nil {
			t.Fatal(err)
		}
	}
	do(engine.Command{Do: engine.StartEx, Body: engine.Body{Start: &engine.Start{Seats: engine.FullSeats(c.Scenario())}}})
	for _, id := range []string{"R1", "R2", "R3"} {
		do(engine.Command{Do: engine.Observe, At: 3 * engine.Minute, Body: engine.Body{ID: id}})
	}
	out := func() engine.InjectStatus { return d.Snapshot().Injects[3].Status }
	if got := out(); got != engine.Pending {
		t.Errorf("I4 is %s before I3 is out", got)
	}
	d.Advance(4*engine.Minute, 0)
	if got := out(); got != engine.Out {
		t.Errorf("I4 is %s once I3 is out", got)
	}
}

func TestKeptLogIsWhatWasDecided(t *testing.T) {
	c := compiled(t, market())
	play := func(d *engine.Drill) (log []engine.Event) {
		take := func(events []engine.Event, err error) {
			if err != nil {
				t.Fatal(err)
			}
			log = append(log, events...)
		}
		take(d.Decide(engine.Command{Do: engine.StartEx, Body: engine.Body{Start: &engine.Start{Seats: engine.FullSeats(c.Scenario())}}}))
		take(d.Decide(engine.Command{Do: engine.Observe, At: 30 * engine.Second, Body: engine.Body{ID: "R1", Role: "guard"}}))
		take(d.Advance(10*engine.Minute, 0), nil)
		return log
	}
	kept := engine.NewDrill(c)
	kept.KeepLog()
	want := play(engine.NewDrill(c))
	for range 2 {
		if diff := cmp.Diff(want, play(kept)); diff != "" {
			t.Errorf("a kept log differs (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(want, kept.Log()); diff != "" {
			t.Errorf("Log differs (-want +got):\n%s", diff)
		}
		kept.Reset()
	}
}
