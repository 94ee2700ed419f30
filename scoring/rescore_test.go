package scoring_test

import (
	"encoding/json"
	"strings"
	"testing"

	"saban/engine"
	"saban/scoring"
)

func TestRescoringNamesTheRulesThatMadeTheDifference(t *testing.T) {
	s, log := worked()
	strict := scoring.Default()
	strict.Factors.Late, strict.Penalties.Major, strict.Gates.CriticalMissed = engine.Whole/4, 8*engine.Whole, 60*engine.Whole
	was, is := scoring.Explain(s, scoring.Default(), log), scoring.Explain(s, strict, log)
	r := scoring.Rescore(&was, &is)
	if *r.Was.Total != *score(s, log).Total || *r.Is.Total != *scoring.Score(s, strict, log).Total {
		t.Fatalf("%v → %v", *r.Was.Total, *r.Is.Total)
	}
	var rules []string
	for _, c := range r.Rules {
		rules = append(rules, c.Text().EN)
	}
	want := "factor past the limit: 0.5 → 0.25 | penalty, major: 5 → 8 | ceiling with one critical response failed: 69 → 60"
	if got := strings.Join(rules, " | "); got != want {
		t.Errorf("rules: %s", got)
	}
	before := was.Card()
	for i, it := range r.Items {
		late := before.Items[i].ID == it.ID && before.Items[i].Late
		if changed := it.Was != it.Is; changed != late {
			t.Errorf("%s: late %t, changed %t", it.ID, late, changed)
		}
		if late && (len(it.Why) == 0 || !strings.Contains(it.Why[0].EN, "factor past the limit")) {
			t.Errorf("%s: %v", it.ID, it.Why)
		}
	}
	for _, p := range r.Penalties {
		if p.Points.Was-p.Points.Is != 300 && len(p.Why) > 0 {
			t.Errorf("%+v", p)
		}
	}
}

func TestTheSameRubricChangesNothing(t *testing.T) {
	for seed := range uint64(50) {
		s, log := randomDrill(rng(seed))
		was, is := scoring.Explain(s, scoring.Default(), log), scoring.Explain(s, scoring.Default(), log)
		r := scoring.Rescore(&was, &is)
		if len(r.Rules) > 0 {
			t.Fatal(r.Rules)
		}
		for _, it := range r.Items {
			if it.Was != it.Is || it.Points.Was != it.Points.Is || len(it.Why) > 0 {
				t.Fatalf("seed %d: %+v", seed, it)
			}
		}
	}
}

// Every key of a rubric is compared: one that is added is not forgotten here.
func TestEveryRuleIsCompared(t *testing.T) {
	raw, err := json.Marshal(scoring.Default())
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.NewReplacer("0,", "1,", "0}", "1}", "5,", "6,", "5}", "6}", "9,", "8,", "9}", "8}", "2,", "3,", "6,", "7,", "7,", "6,", `"5m"`, `"6m"`, `"total":""`, `"total":"100 * T"`).Replace(string(raw))
	var other scoring.Rubric
	if err := json.Unmarshal([]byte(changed), &other); err != nil {
		t.Fatalf("%v: %s", err, changed)
	}
	s, log := worked()
	was, is := scoring.Explain(s, scoring.Default(), log), scoring.Explain(s, other, log)
	keys := strings.Count(string(raw), ":") - strings.Count(string(raw), "{") // of groups and the whole: no rules
	if got := len(scoring.Rescore(&was, &is).Rules); got != keys {
		t.Errorf("%d rules changed, %d are named:\n%s\n%s", keys, got, raw, changed)
	}
}
