package report_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"saban/engine"
	"saban/report"
	"saban/scenarios"
	"saban/scenarios/scenariotest"
	"saban/scoring"
)

var manyOfOne = regexp.MustCompile(`[^\d.,:]1 (responses|injects|things|people|roles|answers|acts|times|boxes|orders|choices|other things)\b`)

// What an author wrote is a sentence of its own, so it never stands within one
// of ours; a role is named as a label, without "by" before it; and one of a
// thing is not many.
func TestSentencesAreWhole(t *testing.T) {
	for _, id := range scenarios.Shipped() {
		file := scenariotest.Read(t, id)
		for _, src := range scenarios.Rehearsals(id) {
			name := filepath.Base(src.Name)
			if !strings.HasPrefix(name, "p0") && !strings.HasPrefix(name, "silent") && !strings.HasPrefix(name, "by-another") && !strings.HasPrefix(name, "mixed") {
				continue
			}
			log := scenariotest.Rehearse(t, file, src)
			r := report.Build(file.Scenario, scoring.Score(file.Scenario, scoring.Default(), log), log, report.Meta{})
			english := rendered(t, r, engine.EN)
			if bad := manyOfOne.FindString(english); bad != "" {
				t.Errorf("%s, %s: %q", id, name, bad)
			}
			for _, role := range file.Scenario.Roles {
				if strings.Contains(english, " by "+role.Title.EN) {
					t.Errorf("%s, %s: “by %s”", id, name, role.Title.EN)
				}
			}
			both := rendered(t, r, engine.VI) + english
			for _, why := range whys(file.Scenario) {
				for _, before := range []string{"vì ", "because "} {
					if strings.Contains(both, before+why) {
						t.Errorf("%s, %s: “%s%s”", id, name, before, why)
					}
				}
			}
		}
	}
}

// whys are the sentences of the author that say why.
func whys(s *engine.Scenario) (all []string) {
	for i := range s.Transitions {
		all = append(all, s.Transitions[i].Why.VI, s.Transitions[i].Why.EN)
	}
	for i := range s.Prohibited {
		all = append(all, s.Prohibited[i].Why.VI, s.Prohibited[i].Why.EN)
	}
	kept := all[:0]
	for _, why := range all {
		if why != "" {
			kept = append(kept, why)
		}
	}
	return kept
}

// An action about many tasks names a few of them in words, and each other by
// its id.
func TestAnActionIsShortEnoughToRead(t *testing.T) {
	for _, id := range scenarios.Shipped() {
		file := scenariotest.Read(t, id)
		for _, src := range scenarios.Rehearsals(id) {
			if name := filepath.Base(src.Name); !strings.HasPrefix(name, "late") && !strings.HasPrefix(name, "silent") && !strings.HasPrefix(name, "slow") {
				continue
			}
			log := scenariotest.Rehearse(t, file, src)
			r := report.Build(file.Scenario, scoring.Score(file.Scenario, scoring.Default(), log), log, report.Meta{})
			for _, a := range r.Plan {
				if n := strings.Count(a.Proposed.VI, "“"); n > 4 {
					t.Errorf("%s, %s: %d tasks in words: %s", id, src.Name, n, a.Proposed.VI)
				}
				for _, of := range a.IDs[min(len(a.IDs), 4):] {
					if !strings.Contains(a.Proposed.VI, of) && a.Proposed.VI != "" && strings.Contains(a.Proposed.VI, "việc khác") {
						t.Errorf("%s, %s: %s is in no words: %s", id, src.Name, of, a.Proposed.VI)
					}
				}
			}
		}
	}
}
