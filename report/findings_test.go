package report_test

import (
	"strings"
	"testing"

	"saban/engine"
	"saban/report"
	"saban/scoring"
)

// worsened are the codes of the findings that are said to have made the
// situation worse, with the log changed.
func worsened(t *testing.T, when string, change func(*logbook)) string {
	t.Helper()
	s, log := scenario(), logbook(drill())
	s.Transitions[1].When = when
	change(&log)
	var codes []string
	r := report.Build(s, scoring.Score(s, scoring.Default(), log), log, report.Meta{})
	for _, f := range r.Weaknesses {
		if strings.Contains(f.Text.EN, "So the situation got worse") {
			codes = append(codes, f.Code)
		}
	}
	return strings.Join(codes, " ")
}

// What came after the situation had got worse is not why it did.
func TestOnlyWhatCameBeforeMadeTheSituationWorse(t *testing.T) {
	const harm = 9 // the event in which P01 was seen
	keep := func(*logbook) {}
	later := func(l *logbook) {
		(*l)[harm].ID = "P99"
		l.add(29*engine.Minute, engine.ProhibitedAct, "p8", engine.Body{ID: "P01", Role: "guard"})
	}
	again := func(l *logbook) {
		l.add(29*engine.Minute, engine.Retracted, "p8", engine.Body{Of: harm + 1, Reason: "ghi nhầm"})
		l.add(29*engine.Minute, engine.ProhibitedAct, "p8", engine.Body{ID: "P01", Role: "guard"})
	}
	for name, c := range map[string]struct {
		when   string
		change func(*logbook)
		want   string
	}{
		"harm before":                      {"prohibited(P01)", keep, "prohibited"},
		"harm after":                       {"prohibited(P01) or missed(R02)", later, "late"},
		"harm before, taken back":          {"prohibited(P01) or missed(R02)", again, "late"},
		"missed before":                    {"missed(R02)", keep, "late"},
		"not missed yet":                   {"missed(R04)", keep, ""},
		"late, but done after":             {"late(R02)", keep, ""},
		"not done is no event":             {"not done(R02)", keep, "late"},
		"another response of like letters": {"missed(R021)", keep, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := worsened(t, c.when, c.change); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// A minor prohibited action is not as pressing as one that endangers.
func TestPriorityGoesBySeverity(t *testing.T) {
	for severity, want := range map[engine.Severity]int{engine.Minor: 3, engine.Major: 1, engine.Life: 1} {
		s := scenario()
		s.Prohibited[0].Severity = severity
		log := drill()
		r := report.Build(s, scoring.Score(s, scoring.Default(), log), log, report.Meta{})
		got := 0
		for _, a := range r.Plan {
			if len(a.IDs) == 1 && a.IDs[0] == "P01" {
				got = a.Priority
			}
		}
		if got != want {
			t.Errorf("%s: priority %d, want %d", severity, got, want)
		}
	}
}
