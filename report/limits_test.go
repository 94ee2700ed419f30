package report_test

import (
	"slices"
	"strings"
	"testing"

	"saban/engine"
	"saban/report"
	"saban/scoring"
)

// limitsOf are the limits of a drill whose log was changed.
func limitsOf(change func(*logbook)) []report.Fact {
	s, log := scenario(), logbook(drill())
	change(&log)
	return report.Build(s, scoring.Score(s, scoring.Default(), log), log, report.Meta{}).Limits
}

// People take their seats before StartEx and leave them after EndEx.
func TestADeviceIsOfflineWhileTheDrillRuns(t *testing.T) {
	left := func(l *logbook) { l.add(30*engine.Minute, engine.Left, "p1", engine.Body{Role: "guard", Device: "d1"}) }
	for name, c := range map[string]struct {
		change func(*logbook)
		said   bool
	}{
		"after EndEx": {left, false},
		"before StartEx": {func(l *logbook) {
			left(l)
			*l = slices.Insert((*l)[:len(*l)-1], 0, (*l)[len(*l)-1])
			for i := range *l {
				(*l)[i].Seq = int64(i + 1)
			}
		}, false},
		"while it runs": {func(l *logbook) {
			end := (*l)[len(*l)-1]
			*l = (*l)[:len(*l)-1]
			left(l)
			l.add(end.At, end.Type, end.Actor, end.Body)
		}, true},
		"while it runs, and it has no end yet": {func(l *logbook) { *l = (*l)[:len(*l)-1]; left(l) }, true},
	} {
		t.Run(name, func(t *testing.T) {
			said := slices.ContainsFunc(limitsOf(c.change), func(f report.Fact) bool { return strings.Contains(f.Text.EN, "offline") })
			if said != c.said {
				t.Errorf("said: %t, want %t", said, c.said)
			}
		})
	}
}
