package report_test

import (
	"strings"
	"testing"

	"saban/engine"
	"saban/report"
	"saban/scoring"
)

// again is the drill of these tests played anew, the log changed.
func again(change func(*logbook)) scoring.Scorecard {
	s, log := scenario(), logbook(drill())
	change(&log)
	return scoring.Score(s, scoring.Default(), log)
}

func TestAnActionOfTheLastPlanIsLookedAtAgain(t *testing.T) {
	const late, harm = 17, 9 // the events in which R02 came late, and P01 was seen
	same := func(*logbook) {}
	sooner := func(at engine.Millis, content engine.Ratio) func(*logbook) {
		return func(l *logbook) {
			(*l)[late].At, (*l)[late].Observed, (*l)[late].Content = at, at, content
			(*l)[late+1].Type, (*l)[late+1].Body = engine.Noted, engine.Body{Text: "x"}
		}
	}
	before := again(same)
	for name, c := range map[string]struct {
		of   []string
		now  func(*logbook)
		want report.Outcome
		says string
	}{
		"made in time now":           {[]string{"R02"}, sooner(3*engine.Minute, engine.Whole), report.Met, "R02: 9 min 10 s (M) → 1 min 40 s (P)"},
		"sooner, with small trouble": {[]string{"R02"}, sooner(6*engine.Minute, engine.Whole), report.Met, "(S)"},
		"better, not yet well":       {[]string{"R02"}, sooner(3*engine.Minute, engine.Whole*55/100), report.Better, "(M)"},
		"as before":                  {[]string{"R02"}, same, report.NotMet, "R02: 9 min 10 s (M) → 9 min 10 s (M)"},
		"never asked this time":      {[]string{"R03"}, func(l *logbook) { (*l)[14].Type, (*l)[15].Type = engine.Noted, engine.Noted }, report.NotExercised, "R03: did not come up"},
		"no harm now":                {[]string{"P01"}, func(l *logbook) { (*l)[harm].Type = engine.Noted }, report.Met, "P01, times seen: 1 → 0"},
		"harm again":                 {[]string{"P01"}, same, report.NotMet, "P01, times seen: 1 → 1"},
		"one of two":                 {[]string{"R02", "P01"}, sooner(3*engine.Minute, engine.Whole), report.Better, "(P); P01, times seen: 1 → 1"},
		"about nothing that is seen": {nil, same, report.Untold, ""},
	} {
		t.Run(name, func(t *testing.T) {
			now := again(c.now)
			kept := report.WhatWasKept([]report.Action{{IDs: c.of, Measure: engine.Same("mend it")}}, &before, &now)
			if len(kept) != 1 || kept[0].Outcome != c.want || !strings.Contains(kept[0].Text.EN, c.says) {
				t.Errorf("%+v, want %s, %q", kept, c.want, c.says)
			}
		})
	}
	t.Run("of another scenario nothing is", func(t *testing.T) {
		other := before
		other.Scenario.ID = "another"
		if kept := report.WhatWasKept([]report.Action{{IDs: []string{"R02"}}}, &before, &other); kept[0].Outcome != report.NotExercised {
			t.Errorf("%+v", kept)
		}
	})
}

// The report says what became of the plan that was made after the drill before.
func TestTheReportLooksBackAtTheLastPlan(t *testing.T) {
	s, log, before := scenario(), drill(), again(func(l *logbook) { (*l)[17].Type = engine.Noted })
	plan := []report.Action{{IDs: []string{"R02"}, Issue: engine.Same("chưa làm"), Measure: text("Cử hai người dẫn", "Name two people"), Responsible: "Tổ 1", Due: "2026-03-01", Done: "2026-02-20"}}
	for name, c := range map[string]struct {
		plan []report.Action
		want []string
	}{
		"a plan":  {plan, []string{"7. Against the drill before", "Name two people", "Tổ 1", "1 March 2026; 20 February 2026", "better, not yet met", "R02: not done"}},
		"no plan": {nil, []string{"7. Against the drill before", "No plan was written down after the drill before."}},
	} {
		t.Run(name, func(t *testing.T) {
			card := scoring.Score(s, scoring.Default(), log)
			r := report.Build(s, card, log, report.Meta{Previous: &report.Previous{Drill: "D-0", Card: before, Log: log, Plan: c.plan}})
			got := rendered(t, r, engine.EN)
			for _, want := range c.want {
				if !strings.Contains(got, want) {
					t.Errorf("%q is missing:\n%s", want, got[strings.Index(got, "### 7"):][:900])
				}
			}
		})
	}
}

// The ids of one scenario mean nothing in another: of a drill that played
// another only the results are compared.
func TestAnotherScenarioIsNotCompared(t *testing.T) {
	s, log, before := scenario(), drill(), again(func(*logbook) {})
	before.Scenario.ID = "another"
	card := scoring.Score(s, scoring.Default(), log)
	r := report.Build(s, card, log, report.Meta{Previous: &report.Previous{Drill: "D-0", Card: before, Log: log}})
	got := rendered(t, r, engine.EN)
	for _, bad := range []string{"Black tick", "Open ring", "Better than the drill before"} {
		if strings.Contains(got, bad) {
			t.Errorf("%q is in it", bad)
		}
	}
	if strings.Count(got, "The drill before played another scenario") != 2 || !strings.Contains(got, "Results of both drills") {
		t.Error("it does not say so")
	}
}
