package engine_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"saban/engine"
)

// A fork goes on exactly as the drill it was taken from would have, and
// neither notices the other.
func TestForkIsASecondDrill(t *testing.T) {
	c := compiled(t, market())
	used := engine.NewDrill(c) // memory with a past
	rapid.Check(t, func(t *rapid.T) {
		d, twin := engine.NewDrill(c), engine.NewDrill(c)
		var seq int64
		var now engine.Millis
		one := func(on ...*engine.Drill) {
			now += engine.Millis(rapid.Int64Range(0, 90_000).Draw(t, "step"))
			cmd := randomCommand(t, now, seq)
			for _, each := range on {
				_, _ = each.Decide(cmd)
				each.Advance(now, cmd.Wall)
			}
			seq = on[0].Seq()
		}
		for range rapid.IntRange(0, 25).Draw(t, "before") {
			one(d, twin)
		}
		fork := used
		if rapid.Bool().Draw(t, "new") {
			fork = d.Fork()
		} else {
			d.ForkInto(used)
		}
		for range rapid.IntRange(0, 10).Draw(t, "apart") {
			one(fork)
		}
		same(t, "the drill after its fork went on", twin, d)
		twin.ForkInto(fork)
		now = max(now, twin.Now())
		for range rapid.IntRange(0, 25).Draw(t, "together") {
			one(twin, fork)
		}
		same(t, "the fork beside the drill", twin, fork)
		due, ok := twin.NextDue()
		if got, gotOK := fork.NextDue(); got != due || gotOK != ok {
			t.Fatalf("the fork is due at %v %v, the drill at %v %v", got, gotOK, due, ok)
		}
	})
}

func same(t *rapid.T, what string, want, got *engine.Drill) {
	if diff := cmp.Diff(want.Snapshot(), got.Snapshot(), cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("%s (-want +got):\n%s", what, diff)
	}
}

func TestForkKeepsTheLog(t *testing.T) {
	d := engine.NewDrill(compiled(t, market()))
	d.KeepLog()
	_, _ = d.Decide(engine.Command{Do: engine.StartEx, Body: engine.Body{Start: &engine.Start{Seats: engine.FullSeats(d.Compiled().Scenario())}}})
	d.Advance(2*engine.Minute, 0)
	f := d.Fork()
	if diff := cmp.Diff(d.Log(), f.Log()); diff != "" {
		t.Errorf("(-drill +fork):\n%s", diff)
	}
	before := len(d.Log())
	f.Advance(20*engine.Minute, 0)
	if len(d.Log()) != before || len(f.Log()) <= before {
		t.Errorf("the drill has %d events, had %d; the fork %d", len(d.Log()), before, len(f.Log()))
	}
}

// What a guard says can be asked without moving the machine.
func TestChoices(t *testing.T) {
	d := started(t)
	d.Advance(3*engine.Minute, 0) // R1 is missed, panic
	if got := d.State(); got != "panic" {
		t.Fatal(got)
	}
	if !d.Holds(1) || d.Holds(3) {
		t.Errorf("missed(R1) holds: %v, done(R3): %v", d.Holds(1), d.Holds(3))
	}
	if !d.WhenHolds(1) || d.WhenHolds(4) || !d.WhenHolds(0) {
		t.Error("state(panic) holds, done(P1) does not, I1 waits for nothing")
	}
	do := func(at engine.Millis) []int {
		return d.Choices(engine.Command{Do: engine.Observe, At: at, Body: engine.Body{ID: "R3", Content: engine.Whole}})
	}
	seq := d.Seq()
	if got := do(4 * engine.Minute); got != nil {
		t.Errorf("during the dwell: %v", got)
	}
	if got := do(6 * engine.Minute); !slices.Equal(got, []int{3}) {
		t.Errorf("after the dwell: %v, want [3]", got)
	}
	if d.Seq() != seq || d.State() != "panic" {
		t.Error("asking changed the drill")
	}
	if d.InjectStatusOf(1) != engine.Out {
		t.Errorf("I2 is %s", d.InjectStatusOf(1))
	}
}

func BenchmarkFork(b *testing.B) {
	d := started(b)
	d.Advance(10*engine.Minute, 0)
	f := d.Fork()
	b.ReportAllocs()
	for b.Loop() {
		d.ForkInto(f)
	}
}
