package scoring_test

import (
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"saban/engine"
	"saban/scenarios"
	"saban/scenarios/scenariotest"
	"saban/scoring"
)

// added is what the parts of an explanation come to.
func added(x *scoring.Explanation) scoring.Points {
	sum := x.Base + x.Order.Points + x.Clamped
	for i := range x.Items {
		sum += x.Items[i].Points
	}
	for i := range x.Penalties {
		sum += x.Penalties[i].Points
	}
	for i := range x.Gates {
		sum += x.Gates[i].Points
	}
	return sum
}

var formulas = []string{
	"", "100 * (T + C) / 2 - penalty", "min(100, 40 + 30 * T + 30 * C * O) - penalty / 2", "100 * T * C * O",
	"max(20 * T, 100 * C) / (1 + penalty)", "-10 + 120 * T", "100 * O / T", "90 - 3 * penalty * (1 - T)", "T * 100 / (C - C)",
}

func TestExplainedPartsAddUpToTheTotal(t *testing.T) {
	plays := uint64(1000)
	if os.Getenv("SABAN_LONG") == "" {
		plays = 200
	}
	for seed := range plays {
		s, log := randomDrill(rng(seed))
		for _, total := range formulas {
			rubric := scoring.Default()
			rubric.Total = total
			x := scoring.Explain(s, rubric, log)
			card := scoring.Score(s, rubric, log)
			if (x.Total == nil) != (card.Total == nil) || x.Total != nil && *x.Total != *card.Total {
				t.Fatalf("seed %d: the explanation is of another total", seed)
			}
			if x.Total == nil {
				if got := added(&x); got != 0 {
					t.Fatalf("seed %d: no total, but parts of %s", seed, got)
				}
				continue
			}
			if got := added(&x); got != *x.Total {
				t.Fatalf("seed %d, formula %q: the parts add up to %s, the total is %s", seed, total, got, *x.Total)
			}
		}
	}
}

// Each part is what domain.md §5.2 makes it, to the hundredth.
func TestExplainedPartsAreTheModels(t *testing.T) {
	for seed := range uint64(300) {
		s, log := randomDrill(rng(seed))
		x := scoring.Explain(s, scoring.Default(), log)
		card := x.Card()
		if x.Total == nil {
			continue
		}
		var weight float64
		for _, it := range card.Items {
			if it.Triggered {
				weight += float64(it.Weight)
			}
		}
		of := 1.0
		if card.Order.Applicable == 0 {
			of = 1 / 0.85
		}
		for i, it := range card.Items {
			want := 0.0
			if it.Triggered {
				want = float64(it.Weight) / weight * of * (40*float64(*it.Timeliness) + 45*float64(*it.Correctness)) / float64(engine.Whole)
			}
			if got := float64(x.Items[i].Points) / 100; math.Abs(got-want) > 0.01 {
				t.Fatalf("seed %d: %s brings %.2f, want %.4f", seed, it.ID, got, want)
			}
		}
		if got, want := -penaltyPoints(&x), float64(card.PenaltyTotal)/100; math.Abs(got-want) > 0.02 {
			t.Fatalf("seed %d: penalties take %.2f, want %.2f", seed, got, want)
		}
	}
}

func penaltyPoints(x *scoring.Explanation) (sum float64) {
	for i := range x.Penalties {
		sum += float64(x.Penalties[i].Points) / 100
	}
	return sum
}

// What an explanation says full marks would have brought is what scoring
// brings when a hand sets those facts.
func TestFullMarksAreScoredNotGuessed(t *testing.T) {
	yes, whole := true, engine.Whole
	for seed := range uint64(200) {
		s, log := randomDrill(rng(seed))
		x := scoring.Explain(s, scoring.Default(), log)
		card := x.Card()
		for i := range x.Items {
			it, full := &card.Items[i], x.Items[i].Full
			if perfect := it.Triggered && *it.Timeliness == whole && *it.Correctness == whole; (full == nil) != (perfect || !it.Triggered) {
				t.Fatalf("seed %d: %s has full marks: %t, says %v", seed, it.ID, perfect, full)
			}
			if full == nil {
				continue
			}
			at := engine.Millis(*it.Received + it.Target)
			if it.Done {
				at = min(at, engine.Millis(*it.Observed))
			}
			more := append(slices.Clone(log), engine.Event{Seq: int64(len(log) + 1), Type: engine.Overridden, At: seconds(1000),
				Body: engine.Body{ID: it.ID, Override: &engine.FactsOverride{Done: &yes, Observed: &at, Owner: &whole, Content: &whole}}})
			if want := score(s, more).Total; full.Total != *want {
				t.Fatalf("seed %d: full marks for %s bring %s, scored %s", seed, it.ID, full.Total, *want)
			}
		}
	}
}

func TestEveryReasonIsWholeInBothLanguagesAndNamesItsEvents(t *testing.T) {
	for seed := range uint64(200) {
		s, log := randomDrill(rng(seed))
		x := scoring.Explain(s, scoring.Default(), log)
		check := func(where string, reasons []scoring.Reason, evidence []scoring.Evidence) {
			if len(reasons) == 0 {
				t.Fatalf("seed %d: %s has no reason", seed, where)
			}
			told := map[int64]bool{}
			for _, e := range evidence {
				if e.What.VI == "" || e.What.EN == "" || e.AtMS != log[e.Event-1].At {
					t.Fatalf("seed %d: %s: %+v", seed, where, e)
				}
				told[e.Event] = true
			}
			for _, r := range reasons {
				for _, text := range []string{r.Text.VI, r.Text.EN} {
					if len(text) < 6 || strings.Contains(text, "%s") || strings.Contains(text, "%!") {
						t.Fatalf("seed %d, %s: %q", seed, where, text)
					}
				}
				for _, seq := range r.Events {
					if seq < 1 || seq > int64(len(log)) || r.Code != "order" && r.Code != "gate" && !told[seq] {
						t.Fatalf("seed %d, %s, %s: event %d is not among the evidence", seed, where, r.Code, seq)
					}
				}
			}
		}
		for _, a := range x.Items {
			check(a.ID, a.Reasons, a.Evidence)
		}
		for _, a := range x.Penalties {
			check(a.ID, a.Reasons, a.Evidence)
		}
		for _, a := range x.Capabilities {
			check(string(a.Code), a.Reasons, a.Evidence)
		}
	}
}

// reasons are what an account says, one code to a line.
func reasons(list []scoring.Reason) string {
	lines := make([]string, len(list))
	for i, r := range list {
		lines[i] = r.Code + ": " + r.Text.EN
	}
	return strings.Join(lines, "\n")
}

func TestReasonsOfOneResponse(t *testing.T) {
	s := tiny()
	boxes := func(ids ...string) engine.Ticks { return engine.Ticks{Response: "R", Boxes: ids} }
	for name, c := range map[string]struct {
		id   string
		log  func(l *logbook)
		want string
	}{
		"boxes": {"R", func(l *logbook) {
			l.answer(seconds(120), "I", "guard", []string{"R"}, boxes("location", "kind"))
			l.answer(seconds(150), "I", "guard", nil, boxes("access"))
		}, `clock: timed from 00:00, when inject I reached the players
times: target 1 min, limit 3 min
done: Guard: done at 02:00, after 2 min
timeliness: timeliness 0.5: from target to limit it falls in a line, (3 min − 2 min) / (3 min − 1 min)
content: content 0.429: 3 of 7 boxes, checked by nobody; missing: Whether it is a major incident, Hazards present, Number and severity of casualties, Emergency services present and needed
weight: weight 2 of 5 of all that counts: 40.00 points at most
points: timeliness 47.059 × 2/5 × 0.5 + correctness 52.941 × 2/5 × 0.429 = 18.49 points`},
		"late, by another, in a weak way, and in the wrong order": {"Q", func(l *logbook) {
			l.see(seconds(301), "later", "guard", engine.Whole)
		}, `clock: timed from 00:00, when inject I reached the players
times: target 2 min, limit 5 min
done: Guard: done at 05:01, after 5 min 1 s
timeliness: timeliness 0: at the limit nothing is left of it
content: content 0.3: the way “later” counts 0.3
owner: Guard is not in charge of it (in charge: Medic or Chief): times 0.5
late: past the limit: times 0.5
correctness: correctness: 0.3 × 0.5 × 0.5 = 0.075
weight: weight 3 of 5 of all that counts: 51.00 points at most
points: timeliness 40 × 3/5 × 0 + correctness 45 × 3/5 × 0.075 = 2.03 points
order: R had to come before Q: the order was not kept`},
	} {
		t.Run(name, func(t *testing.T) {
			l := new(logbook).begin(s)
			l.receive(0, "I")
			c.log(l)
			x := scoring.Explain(s, scoring.Default(), l.end(seconds(600)))
			got := reasons(x.Item(c.id).Reasons)
			if got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
}

// Every rehearsal of the shipped scenarios adds up, too.
func TestRehearsalsAddUp(t *testing.T) {
	for _, id := range scenarios.Shipped() {
		file := scenariotest.Read(t, id)
		for _, rehearsal := range scenarios.Rehearsals(id) {
			log := scenariotest.Rehearse(t, file, rehearsal)
			x := scoring.Explain(file.Scenario, scoring.Default().With(file.Rubric), log)
			if x.Total != nil && added(&x) != *x.Total {
				t.Errorf("%s: the parts add up to %s, the total is %s", rehearsal.Name, added(&x), *x.Total)
			}
		}
	}
}
