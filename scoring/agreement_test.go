package scoring_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"saban/engine"
	"saban/scoring"
)

// rated reads two evaluators' ratings of the same tasks, in a row each.
func rated(a, b string) []scoring.RatedTwice {
	var out []scoring.RatedTwice
	as, bs := strings.Fields(a), strings.Fields(b)
	for i := range as {
		out = append(out, scoring.RatedTwice{A: scoring.Rating(as[i]), B: scoring.Rating(bs[i])})
	}
	return out
}

func TestAgreementOfTwoEvaluators(t *testing.T) {
	thousandths := func(r *engine.Ratio) int64 { return (int64(*r) + 500_000) / 1_000_000 }
	t.Run("on the worked example", func(t *testing.T) {
		a := scoring.Agree(rated("P P S S M P S M U P S S", "P S S S M P S S U P M S"))
		if raw := a.Raw; thousandths(&raw) != 750 || thousandths(a.Kappa) != 629 || thousandths(a.Weighted) != 735 {
			t.Errorf("raw %v, kappa %v, weighted %v", a.Raw, *a.Kappa, *a.Weighted)
		}
		if !a.Reliable() || scoring.KappaBand(*a.Kappa).EN != "substantial" {
			t.Errorf("reliable: %v, %v", a.Reliable(), scoring.KappaBand(*a.Kappa))
		}
	})
	t.Run("is whole when they say the same", func(t *testing.T) {
		a := scoring.Agree(rated("P S M U", "P S M U"))
		if a.Raw != engine.Whole || *a.Kappa != engine.Whole || *a.Weighted != engine.Whole || a.Reliable() {
			t.Errorf("%+v", a)
		}
	})
	t.Run("is below chance when they say the opposite", func(t *testing.T) {
		a := scoring.Agree(rated("P U", "U P"))
		if a.Raw != 0 || *a.Kappa != -engine.Whole || *a.Weighted != -engine.Whole {
			t.Errorf("%v %v %v", a.Raw, *a.Kappa, *a.Weighted)
		}
	})
	t.Run("cannot be told from chance when both give one rating only", func(t *testing.T) {
		if a := scoring.Agree(rated("P P P", "P P P")); a.Raw != engine.Whole || a.Kappa != nil || a.Weighted != nil || a.Reliable() {
			t.Errorf("%+v", a)
		}
	})
	t.Run("is nothing without tasks", func(t *testing.T) {
		if a := scoring.Agree(nil); a.Raw != 0 || a.Kappa != nil || a.Weighted != nil {
			t.Errorf("%+v", a)
		}
	})
	t.Run("is the same both ways round, and never more than whole", func(t *testing.T) {
		dice := rand.New(rand.NewPCG(7, 7))
		for range 2000 {
			var tasks, turned []scoring.RatedTwice
			for range 1 + dice.IntN(20) {
				a, b := scoring.Rating("PSMU"[dice.IntN(4)]), scoring.Rating("PSMU"[dice.IntN(4)])
				tasks, turned = append(tasks, scoring.RatedTwice{A: a, B: b}), append(turned, scoring.RatedTwice{A: b, B: a})
			}
			a, b := scoring.Agree(tasks), scoring.Agree(turned)
			if a.Raw != b.Raw || cmp.Diff(a.Kappa, b.Kappa) != "" || cmp.Diff(a.Weighted, b.Weighted) != "" {
				t.Fatalf("%+v\n%+v", a, b)
			}
			for _, k := range []*engine.Ratio{a.Kappa, a.Weighted} {
				if k != nil && (*k > engine.Whole || *k < -engine.Whole || (*k == engine.Whole) != (a.Raw == engine.Whole)) {
					t.Fatalf("%v of %+v", *k, tasks)
				}
			}
		}
	})
}

func TestTwoEvaluatorsOfADrill(t *testing.T) {
	l := new(logbook).begin(tiny())
	by := func(who string, at engine.Millis, kind engine.EventType, b engine.Body) int64 {
		n := l.add(at, kind, b)
		l.events[len(l.events)-1].Actor = who
		return n
	}
	l.receive(0, "I")
	by("e1", seconds(60), engine.Observed, engine.Body{ID: "R", Role: "guard", Observed: seconds(30), Content: engine.Whole})
	by("e2", seconds(70), engine.Observed, engine.Body{ID: "R", Role: "guard", Observed: seconds(65), Content: engine.Whole})
	by("e1", seconds(80), engine.Observed, engine.Body{ID: "Q", Role: "medic", Observed: seconds(40), Content: engine.Whole})
	by("e2", seconds(80), engine.Observed, engine.Body{ID: "Q", Role: "medic", Observed: seconds(70), Content: engine.Whole})
	by("e1", seconds(900), engine.Rated, engine.Body{ID: "R", Rating: "M"})
	by("e1", seconds(901), engine.Rated, engine.Body{ID: "R", Rating: "P", Reason: "đủ nội dung"})
	other := by("e2", seconds(902), engine.Rated, engine.Body{ID: "R", Rating: "S", Reason: "nói lắp"})
	by("e2", seconds(903), engine.Rated, engine.Body{ID: "Q", Rating: "P"})

	t.Run("are compared by their last word on the same tasks, and by the times they saw", func(t *testing.T) {
		all := scoring.Agreements(l.events)
		if len(all) != 1 {
			t.Fatalf("%+v", all)
		}
		want := scoring.Agree([]scoring.RatedTwice{{Task: "R", A: "P", B: "S"}})
		want.A, want.B, want.Gaps = "e1", "e2", []scoring.TimeGap{{Task: "R", A: seconds(30), B: seconds(65)}}
		if diff := cmp.Diff(want, all[0]); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("who differ leave the suggested rating in place", func(t *testing.T) {
		c := score(tiny(), l.events)
		if it := item(t, c, "R"); !it.Disputed || it.Rating != it.Suggested || it.Rated != nil {
			t.Errorf("%+v", it)
		}
		if it := item(t, c, "Q"); it.Disputed || it.Rating != scoring.Performed || it.Rated == nil {
			t.Errorf("%+v", it)
		}
		if f := limit(c, "disputed_ratings"); f == nil || cmp.Diff([]string{"R"}, f.IDs) != "" {
			t.Errorf("%+v", f)
		}
	})
	t.Run("who differ no more are gone by", func(t *testing.T) {
		again := append([]engine.Event{}, l.events...)
		last := again[len(again)-1]
		again = append(again, engine.Event{Seq: last.Seq + 1, Type: engine.Retracted, At: last.At, Body: engine.Body{Of: other, Reason: "nghe lại băng"}})
		if it := item(t, score(tiny(), again), "R"); it.Disputed || it.Rating != scoring.Performed || it.Rated.By != "e1" {
			t.Errorf("%+v", it)
		}
	})
	t.Run("are settled by their lead, whatever is said afterwards", func(t *testing.T) {
		by("lead", seconds(910), engine.Rated, engine.Body{ID: "R", Rating: "S", Mode: engine.Settled, Reason: "cả hai nghe lại"})
		by("e1", seconds(911), engine.Rated, engine.Body{ID: "R", Rating: "P"})
		if it := item(t, score(tiny(), l.events), "R"); it.Disputed || it.Rating != scoring.Some || it.Rated.By != "lead" {
			t.Errorf("%+v", it)
		}
		if all := scoring.Agreements(l.events); len(all) != 1 || all[0].Tasks[0].A != scoring.Performed {
			t.Errorf("the lead is no third evaluator: %+v", all)
		}
	})
}
