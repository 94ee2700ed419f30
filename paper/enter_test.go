package paper_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"saban/engine"
	"saban/paper"
	"saban/paper/papertest"
	"saban/scenarios"
	"saban/scenarios/scenariotest"
	"saban/scoring"
)

// facts are what a log says of the drill, whoever noted it down and how an
// inject came to be given out.
func facts(log []engine.Event, held bool) []string {
	var out []string
	for i := range log {
		e := log[i]
		if e.Type == engine.Started || !held && (e.Type == engine.Held || e.Type == engine.Unheld || e.Type == engine.Due) {
			continue
		}
		e.Seq, e.Recorded, e.Actor, e.Key, e.Cause, e.Of = 0, 0, "", "", 0, 0
		if e.Type == engine.Released {
			e.Mode = ""
		}
		out = append(out, string(e.AppendJSON(nil)))
	}
	return out
}

// result is a scorecard but for event ids and the limit that it was typed in.
func result(t *testing.T, f *scenarios.File, log []engine.Event) any {
	t.Helper()
	card := scoring.Score(f.Scenario, scoring.Default().With(f.Rubric), log)
	card.Limits = slices.DeleteFunc(card.Limits, func(x scoring.Finding) bool { return x.Code == "paper" })
	text, err := json.Marshal(card)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(text, &tree); err != nil {
		t.Fatal(err)
	}
	return withoutEvents(tree)
}

func withoutEvents(tree any) any {
	switch x := tree.(type) {
	case map[string]any:
		delete(x, "events")
		delete(x, "event")
		for _, v := range x {
			withoutEvents(v)
		}
	case []any:
		for _, v := range x {
			withoutEvents(v)
		}
	}
	return tree
}

func entered(t *testing.T, f *scenarios.File, text []byte) []engine.Event {
	t.Helper()
	d, found := scenarios.ReadDraft(scenarios.Source{Name: "x.paper.yaml", Bytes: text}, f.Scenario)
	if found.Failed() {
		t.Fatalf("%s\n%s", found.Format(engine.EN), text)
	}
	seats, covers := d.Seating(f)
	log, found := paper.Enter(f.Compiled, d, engine.Start{Seats: seats, Covers: covers})
	if found.Failed() {
		t.Fatalf("%s\n%s", found.Format(engine.EN), text)
	}
	return log
}

// A drill played live and the same drill typed in from paper in shuffled
// order give the same facts, path and scorecard.
func TestTypedInIsAsPlayed(t *testing.T) {
	plays, seen := 15, map[engine.EventType]int{}
	if testing.Short() {
		plays = 4
	}
	for _, id := range scenarios.Shipped() {
		f := scenariotest.Read(t, id)
		for seed := range plays {
			for _, way := range papertest.Ways {
				t.Run(fmt.Sprintf("%s %s %d", id, way, seed), func(t *testing.T) {
					w := papertest.Play(t, f, seed, way)
					draft := w.Draft()
					got := entered(t, f, draft)
					for i := range got {
						seen[got[i].Type]++
					}
					if diff := gocmp.Diff(facts(w.Log, !w.GivenOut), facts(got, !w.GivenOut)); diff != "" {
						t.Fatalf("facts differ: %s\n%s", diff, draft)
					}
					if diff := gocmp.Diff(result(t, f, w.Log), result(t, f, got)); diff != "" {
						t.Fatalf("scorecards differ: %s\n%s", diff, draft)
					}
					if diff := gocmp.Diff(got, entered(t, f, w.Draft())); diff != "" {
						t.Fatalf("in another order of the rows: %s", diff)
					}
				})
			}
		}
	}
	for _, one := range []engine.EventType{engine.Started, engine.Paused, engine.Resumed, engine.Ended, engine.Due, engine.Released, engine.Received, engine.Held, engine.Unheld, engine.Skipped, engine.Relayed,
		engine.Written, engine.Responded, engine.Observed, engine.ProhibitedAct, engine.Missed, engine.Marked, engine.Rated, engine.Flagged, engine.Moved, engine.Forced, engine.Noted} {
		if seen[one] == 0 {
			t.Errorf("no play had anything %s: %v", one, seen)
		}
	}
}

const smallDraft = `paper: 1
scenario: bomb-threat
day: "2026-03-14"
start: "08:30"
steps:
`

// What did not happen as planned is said at its time, and the plan gives way.
func TestGivenOutOtherwise(t *testing.T) {
	f := scenariotest.Read(t, "bomb-threat")
	first, second := f.Scenario.Injects[0].ID, f.Scenario.Injects[1].ID
	log := entered(t, f, []byte(smallDraft+"  - {at: \"08:33:20\", release: "+first+"}\n  - {at: 40m, skip: "+second+", reason: \"quên\"}\n"))
	at := map[string]engine.Millis{}
	for i := range log {
		if e := &log[i]; e.Type == engine.Received {
			at[e.ID] = e.At
		}
	}
	if got, ok := at[first]; !ok || got != 200*engine.Second {
		t.Errorf("%s was received at %s, %v", first, got, ok)
	}
	if got, ok := at[second]; ok {
		t.Errorf("%s was left out and received at %s", second, got)
	}
	card := scoring.Score(f.Scenario, scoring.Default(), log)
	if !slices.ContainsFunc(card.Limits, func(x scoring.Finding) bool { return x.Code == "paper" }) || card.Provisional {
		t.Errorf("provisional %v, limits %v", card.Provisional, card.Limits)
	}
}

// All that cannot have happened so is found in one run, each at its place.
func TestWhatCannotHaveHappenedIsFound(t *testing.T) {
	f := scenariotest.Read(t, "bomb-threat")
	in := f.Scenario.Injects[0]
	text := smallDraft + "  - {at: 20s, respond: {inject: I09, role: director, choices: [1]}}\n" +
		"  - {at: 10m, release: " + in.ID + "}\n  - {at: 11m, release: " + in.ID + "}\n"
	d, found := scenarios.ReadDraft(scenarios.Source{Name: "x.paper.yaml", Bytes: []byte(text)}, f.Scenario)
	if found.Failed() {
		t.Fatal(found.Format(engine.EN))
	}
	_, found = paper.Enter(f.Compiled, d, engine.Start{Seats: engine.FullSeats(f.Scenario)})
	var got []string
	for _, one := range found {
		got = append(got, fmt.Sprintf("%d:%d %s", one.Line, one.Col, one.Code))
	}
	if diff := gocmp.Diff([]string{"6:33 SB505", "8:24 SB505"}, got); diff != "" {
		t.Errorf("%s\n%s", diff, found.Format(engine.EN))
	}
}

// Whatever a draft says, the engine takes it or there are findings.
func FuzzEnter(f *testing.F) {
	file := scenariotest.Read(f, "bomb-threat")
	f.Add("  - {at: 1m, done: R03}\n  - {at: \"08:40\", release: I04}\n  - {at: 5m, pause: 2m}\n  - {at: 5m, order: 9, skip: I04, reason: x}\n")
	f.Add("  - {at: 5m, hold: I02}\n  - {at: 20m, unhold: I02}\n  - {at: 20m, respond: {inject: I02, role: director, choices: [1]}}\n  - {rate: R03, rating: S}\n")
	f.Add("  - {at: 2m, inject: {id: X1, to: all, text: x, expects: [{id: X2, by: guard, do: x}]}}\n  - {at: 3m, force: panic, reason: x}\n  - {mark: X2, content: 1/2}\n")
	f.Fuzz(func(t *testing.T, steps string) {
		d, found := scenarios.ReadDraft(scenarios.Source{Name: "x.paper.yaml", Bytes: []byte(smallDraft + steps)}, file.Scenario)
		if d == nil || found.Failed() {
			return
		}
		log, found := paper.Enter(file.Compiled, d, engine.Start{Seats: engine.FullSeats(file.Scenario)})
		if found.Failed() {
			return
		}
		if last := engine.Replay(file.Compiled, log); !last.Over() {
			t.Errorf("the drill is not over, and nothing is said of it")
		}
	})
}
