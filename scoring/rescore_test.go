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

// Of all rules changed at once a response, a penalty or a ceiling names those
// that, changed alone, make it another, and no rule that changes nothing of it.
func TestRescoringBlamesNoOtherRule(t *testing.T) {
	type change struct {
		words string // how the rule is told
		to    func(*scoring.Rubric)
	}
	changes := []change{
		{"factor past the limit", func(r *scoring.Rubric) { r.Factors.Late = engine.Whole / 5 }},
		{"factor for another owner", func(r *scoring.Rubric) { r.Factors.OtherOwner = engine.Whole / 4 }},
		{"in the value of a response", func(r *scoring.Rubric) { r.Item.Timeliness, r.Item.Correctness = 40*engine.Whole, 60*engine.Whole }},
		{"part of", func(r *scoring.Rubric) { r.Parts.Timeliness, r.Parts.Correctness = 30*engine.Whole, 55*engine.Whole }},
		{"rated U with", func(r *scoring.Rubric) { r.Ratings.UnableBelow = engine.Whole / 2 }},
		{"rated M with", func(r *scoring.Rubric) { r.Ratings.MajorBelow = engine.Whole * 8 / 10 }},
		{"rated P with", func(r *scoring.Rubric) { r.Ratings.PerformedFrom = engine.Whole * 85 / 100 }},
		{"a capability rated M", func(r *scoring.Rubric) { r.Ratings.CapabilityMajorBelow = engine.Whole * 8 / 10 }},
		{"a capability rated P", func(r *scoring.Rubric) { r.Ratings.CapabilityPerformedFrom = engine.Whole * 95 / 100 }},
		{"penalty, major", func(r *scoring.Rubric) { r.Penalties.Major = 7 * engine.Whole }},
		{"penalty, danger to life", func(r *scoring.Rubric) { r.Penalties.Life = 9 * engine.Whole }},
		{"ceiling with an act", func(r *scoring.Rubric) { r.Gates.LifeAction = 60 * engine.Whole }},
		{"Good from", func(r *scoring.Rubric) { r.Grades.Good = 71 * engine.Whole }},
	}
	all := scoring.Default()
	for _, c := range changes {
		c.to(&all)
	}
	named := 0
	for seed := range uint64(40) {
		s, log := randomDrill(rng(seed))
		before, after := scoring.Explain(s, scoring.Default(), log), scoring.Explain(s, all, log)
		together := scoring.Rescore(&before, &after)
		for _, c := range changes {
			rubric := scoring.Default()
			c.to(&rubric)
			after := scoring.Explain(s, rubric, log)
			alone := scoring.Rescore(&before, &after)
			for i := range alone.Items {
				one, it := &alone.Items[i], &together.Items[i]
				touched := one.Was != one.Is || one.Points.Was != one.Points.Is
				says := strings.Contains(said(it.Why), c.words)
				if says {
					named++
				}
				if says && !touched && it.Was.Correctness == it.Is.Correctness || !says && touched && it.Was != it.Is && one.Was != one.Is {
					t.Errorf("seed %d, %s, “%s”: alone it makes a difference: %t, named: %t: %s", seed, it.ID, c.words, touched, says, said(it.Why))
				}
			}
			for i := range alone.Penalties {
				if says := strings.Contains(said(together.Penalties[i].Why), c.words); says && !strings.Contains(c.words, "penalty") {
					t.Errorf("seed %d, penalty %s names “%s”", seed, together.Penalties[i].ID, c.words)
				}
			}
			for _, g := range together.Gates {
				if strings.Contains(said(g.Why), c.words) && (strings.Contains(c.words, "capability") || strings.Contains(c.words, "rated P") || strings.Contains(c.words, "penalty")) {
					t.Errorf("seed %d, ceiling %s names “%s”", seed, g.ID, c.words)
				}
			}
		}
	}
	if named < 100 {
		t.Errorf("rules are named %d times", named)
	}
}

func said(texts []engine.Text) string {
	out := make([]string, len(texts))
	for i := range texts {
		out[i] = texts[i].EN
	}
	return strings.Join(out, " | ")
}
