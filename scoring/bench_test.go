package scoring_test

import (
	"math/rand/v2"
	"testing"

	"saban/engine"
	"saban/scoring"
)

func rng(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 7)) }

// hour is a log of about sixty events: the worked example amid the traffic of
// a real drill.
func hour() (*engine.Scenario, []engine.Event) {
	s, core := worked()
	l := new(logbook)
	for _, e := range core {
		l.add(e.At, e.Type, e.Body)
		if e.Type == engine.Observed || e.Type == engine.Released {
			for range 5 {
				l.add(e.At, engine.Joined, engine.Body{Role: "guard", Device: "d1"})
			}
		}
	}
	return s, l.events
}

func BenchmarkScore(b *testing.B) {
	s, log := hour()
	b.Run("card", func(b *testing.B) {
		b.ReportAllocs()
		b.ReportMetric(float64(len(log)), "events")
		for b.Loop() {
			scoring.Score(s, scoring.Default(), log)
		}
	})
	b.Run("figures", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			sc := scoring.NewScorer(s, scoring.Default())
			for i := range log {
				sc.Add(&log[i])
			}
			sc.Figures()
		}
	})
}

func BenchmarkAdd(b *testing.B) {
	s, log := hour()
	var quiet []engine.Event
	for _, e := range log {
		if !e.Subject() && e.Type != engine.Started {
			quiet = append(quiet, e)
		}
	}
	sc := scoring.NewScorer(s, scoring.Default())
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		sc.Add(&quiet[i%len(quiet)])
	}
}

func TestAddAllocatesOnlyForRecords(t *testing.T) {
	s := tiny()
	sc := scoring.NewScorer(s, scoring.Default())
	for _, e := range new(logbook).begin(s).events {
		sc.Add(&e)
	}
	for _, e := range []engine.Event{
		{Type: engine.Released, Body: engine.Body{ID: "I"}},
		{Type: engine.Received, Body: engine.Body{ID: "I", Mode: "device"}},
		{Type: engine.Recalled, Body: engine.Body{ID: "I"}},
		{Type: engine.Missed, Body: engine.Body{ID: "R"}},
		{Type: engine.Assigned, Body: engine.Body{Role: "guard", Person: "p1"}},
		{Type: engine.Joined, Body: engine.Body{Role: "guard", Device: "d"}},
		{Type: engine.Flagged, Body: engine.Body{ID: "F"}},
		{Type: engine.Noted, Body: engine.Body{Text: "…"}},
		{Type: engine.Paused}, {Type: engine.Ended},
	} {
		if n := testing.AllocsPerRun(100, func() { sc.Add(&e) }); n > 0 {
			t.Errorf("%s allocates %v times", e.Type, n)
		}
	}
}
