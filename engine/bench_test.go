package engine_test

import (
	"testing"

	"saban/engine"
)

// started is a market drill in which everybody is there.
func started(tb testing.TB) *engine.Drill {
	tb.Helper()
	d := engine.NewDrill(compiled(tb, market()))
	restart(tb, d)
	return d
}

func restart(tb testing.TB, d *engine.Drill) {
	d.Reset()
	start := engine.Start{Seats: engine.FullSeats(d.Compiled().Scenario()), Led: true}
	if _, err := d.Decide(engine.Command{Do: engine.StartEx, Body: engine.Body{Start: &start}}); err != nil {
		tb.Fatal(err)
	}
}

// BenchmarkStep is what one command costs. Compare with `make bench`, which
// puts it beside a bare state machine on the same day.
func BenchmarkStep(b *testing.B) {
	observe := engine.Command{Do: engine.Observe, Actor: "p9", Body: engine.Body{ID: "R2", Role: "head", Content: engine.Whole}}
	b.Run("still", func(b *testing.B) {
		d := started(b)
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			if i%1000 == 999 { // a drill is not as long as a benchmark
				restart(b, d)
			}
			if _, err := d.Decide(observe); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("refused", func(b *testing.B) {
		d := started(b)
		b.ReportAllocs()
		for b.Loop() {
			if _, err := d.Decide(engine.Command{Do: engine.Resume}); err == nil {
				b.Fatal("not refused")
			}
		}
	})
	b.Run("drill", func(b *testing.B) {
		d := started(b)
		b.ReportAllocs()
		for b.Loop() {
			restart(b, d)
			d.Advance(30*engine.Minute, 0)
		}
	})
	b.Run("due", func(b *testing.B) {
		d := started(b)
		b.ReportAllocs()
		for b.Loop() {
			d.NextDue()
		}
	})
}

func BenchmarkCompile(b *testing.B) {
	s := market()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := engine.Compile(s); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEvent(b *testing.B) {
	e := engine.Event{Seq: 47, Type: engine.Observed, At: 125_000, Recorded: 1_769_846_525_000, Actor: "p3", Key: "k0000047",
		Body: engine.Body{ID: "R1", Role: "guard", Observed: 125_000, Content: engine.Over(6, 7)}}
	line := e.AppendJSON(nil)
	b.Run("write", func(b *testing.B) {
		buf := make([]byte, 0, 512)
		b.ReportAllocs()
		for b.Loop() {
			buf = e.AppendJSON(buf[:0])
		}
	})
	b.Run("read", func(b *testing.B) {
		decoder := engine.NewDecoder()
		b.ReportAllocs()
		for b.Loop() {
			if err := decoder.Decode(line, &e); err != nil {
				b.Fatal(err)
			}
		}
	})
}
