package scoring_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"saban/engine"
	"saban/scoring"
)

func TestDefaultRubricIsSound(t *testing.T) {
	if faults := scoring.Default().Faults(); faults != nil {
		t.Error(faults)
	}
}

func TestPatch(t *testing.T) {
	var p scoring.RubricPatch
	p.Gates.Failed = ptr(engine.Whole * 30)
	p.Penalties.AgainAfter = ptr(seconds(60))
	p.Total = ptr("100 * T")
	want := scoring.Default()
	want.Gates.Failed, want.Penalties.AgainAfter, want.Total = 30*engine.Whole, seconds(60), "100 * T"
	if diff := cmp.Diff(want, scoring.Default().With(p)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(want, want.With(scoring.RubricPatch{})); diff != "" {
		t.Error(diff)
	}
}

func TestRubricJSON(t *testing.T) {
	t.Run("reads back the same", func(t *testing.T) {
		r := scoring.Default()
		r.Item.Timeliness, r.Item.Correctness = engine.Whole*100/3, 100*engine.Whole-engine.Whole*100/3
		r.Penalties.AgainAfter = 90_250
		r.Total = `100 * T - penalty & "<>" đ`
		b, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		var back scoring.Rubric
		if err := json.Unmarshal(b, &back); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(r, back); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("has the keys of a rubric file", func(t *testing.T) {
		b, err := json.MarshalIndent(scoring.Default(), "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		golden(t, "default.json", append(b, '\n'))
	})
	t.Run("what is missing has its default", func(t *testing.T) {
		var r scoring.Rubric
		if err := json.Unmarshal([]byte(`{"rubric": 1, "gates": {"failed": 30}}`), &r); err != nil {
			t.Fatal(err)
		}
		want := scoring.Default()
		want.Gates.Failed = 30 * engine.Whole
		if diff := cmp.Diff(want, r); diff != "" {
			t.Error(diff)
		}
	})
	for name, text := range map[string]string{
		"an unknown key":         `{"rubric": 1, "bonus": 3}`,
		"an unknown key further": `{"rubric": 1, "penalties": {"tiny": 3}}`,
		"another format":         `{"rubric": 2}`,
		"a bare number for time": `{"rubric": 1, "penalties": {"again_after": 300}}`,
		"a negative share":       `{"rubric": 1, "own_share": -1}`,
	} {
		t.Run(name+" is refused", func(t *testing.T) {
			var r scoring.Rubric
			if err := json.Unmarshal([]byte(text), &r); err == nil {
				t.Errorf("read as %+v", r)
			}
		})
	}
}

func TestRubricFaults(t *testing.T) {
	whole := engine.Whole
	cases := []struct {
		name   string
		change func(*scoring.Rubric)
	}{
		{"parts do not sum to 100", func(r *scoring.Rubric) { r.Parts.Order = 20 * whole }},
		{"a part out of range", func(r *scoring.Rubric) { r.Parts.Order = 120 * whole }},
		{"item does not sum to 100", func(r *scoring.Rubric) { r.Item.Timeliness = whole / 2 }},
		{"a factor above 1", func(r *scoring.Rubric) { r.Factors.Late = whole * 3 / 2 }},
		{"a penalty above 100", func(r *scoring.Rubric) { r.Penalties.Life = 1000 * whole }},
		{"a negative time", func(r *scoring.Rubric) { r.Penalties.AgainAfter = -1 }},
		{"a gate above 100", func(r *scoring.Rubric) { r.Gates.Failed = 101 * whole }},
		{"grades in the wrong order", func(r *scoring.Rubric) { r.Grades.Good = 90 * whole }},
		{"two grades alike", func(r *scoring.Rubric) { r.Grades.Pass = 70 * whole }},
		{"ratings in the wrong order", func(r *scoring.Rubric) {
			r.Ratings.MajorBelow, r.Ratings.CapabilityMajorBelow = whole/10, whole*95/100
		}},
		{"a share above 1", func(r *scoring.Rubric) { r.OwnShare = 50 * whole }},
		{"another format", func(r *scoring.Rubric) { r.Format = 2 }},
		{"several at once", func(r *scoring.Rubric) { r.Gates.Failed, r.OwnShare, r.Total = -1, -1, "Z" }},
	}
	for _, f := range []string{
		"100 * t", "100 * (T", "T > 0.5", "T ? 1 : 0", "let x = T; x", "all([1], true)", "$env", "T ** 2", "10 % 3", "max()",
		"T / 0", "T / (2 - 2)", "1e12 + T", "0.1234567891", "'T'", "pi + T", "min(T, [1])", "Điểm + T", "now()", "T .. 3", "T; C",
		strings.Repeat("(", 21) + "T" + strings.Repeat(")", 21), strings.Repeat("T + ", 101) + "T",
	} {
		cases = append(cases, struct {
			name   string
			change func(*scoring.Rubric)
		}{f, func(r *scoring.Rubric) { r.Total = f }})
	}
	var out strings.Builder
	for _, c := range cases {
		r := scoring.Default()
		c.change(&r)
		faults := r.Faults()
		if len(faults) == 0 {
			t.Errorf("%s: no fault", c.name)
		}
		name := c.name
		if len(name) > 60 {
			name = name[:60] + "…"
		}
		fmt.Fprintf(&out, "# %s\n", name)
		for _, f := range faults {
			fmt.Fprintf(&out, "%s +%d\n  vi: %s\n  en: %s\n", f.Path, f.Offset, f.Text.VI, f.Text.EN)
			if !f.Hint.Empty() {
				fmt.Fprintf(&out, "  vi: → %s\n  en: → %s\n", f.Hint.VI, f.Hint.EN)
			}
		}
	}
	golden(t, "rubric_faults.txt", []byte(out.String()))
}

func TestFormula(t *testing.T) {
	total := func(formula string) scoring.Scorecard {
		s, log := worked()
		r := scoring.Default()
		r.Total = formula
		if faults := r.Faults(); faults != nil {
			t.Fatalf("%s: %v", formula, faults)
		}
		return scoring.Score(s, r, log)
	}
	for formula, want := range map[string]string{
		"100*(0.40*T + 0.45*C + 0.15*O) - penalty": "64.94", // what the default says
		"100 * T":            "54.55",
		"100 * min(T, C, O)": "54.55",
		"max(10, -5) / 3":    "3.33",
		"100 * O":            "69.00", // the gate still bites
		"-T":                 "0.00",
		"penalty * (1 + 1)":  "10.00",
		"2 - 1 - 1 + 8 / 2":  "4.00",
		"  ":                 "64.94",
	} {
		if c := total(formula); c.Total.String() != want {
			t.Errorf("%s = %s, want %s", formula, c.Total, want)
		}
	}
	t.Run("says that it divides by zero", func(t *testing.T) {
		c := total("T / (penalty - 5)")
		if *c.Total != 0 || finding(c, "formula_zero") == nil {
			t.Errorf("total %s, findings %+v", c.Total, c.Findings)
		}
	})
	t.Run("parts are not shown", func(t *testing.T) {
		if c := total("100 * T"); c.Points != nil || c.PointsOf != nil {
			t.Errorf("%+v", c.Points)
		}
	})
	t.Run("equals the default model for any log", func(t *testing.T) {
		r := scoring.Default()
		r.Total = "100*(0.40*T + 0.45*C + 0.15*O) - penalty"
		for seed := range uint64(500) {
			s, log := randomDrill(rng(seed))
			plain, formula := score(s, log), scoring.Score(s, r, log)
			if diff := cmp.Diff(plain.Total, formula.Total); diff != "" {
				t.Fatalf("seed %d: %s", seed, diff)
			}
		}
	})
}

func TestOrderWithoutPairsIsShared(t *testing.T) {
	s := tiny()
	s.Injects[0].Expects = s.Injects[0].Expects[:1]
	l := new(logbook).begin(s)
	l.receive(0, "I")
	l.see(seconds(120), "R", "guard", engine.Whole)
	c := score(s, l.end(seconds(900)))
	// (40·0.5 + 45·1) · 100/85
	if c.Total.String() != "76.47" || c.Order.Share.String() != "0.764705882" || c.PointsOf.Order != 0 || c.PointsOf.Timeliness != 4706 {
		t.Errorf("total %s, share %s, of %+v", c.Total, c.Order.Share, c.PointsOf)
	}
	t.Run("even when order is all that counts", func(t *testing.T) {
		r := scoring.Default()
		r.Parts = scoring.Parts{Order: 100 * engine.Whole}
		if c := scoring.Score(s, r, l.events); c.Total.String() != "75.00" {
			t.Errorf("total %s", c.Total)
		}
	})
}

func FuzzFormula(f *testing.F) {
	for _, seed := range []string{"100*(0.40*T+0.45*C+0.15*O)-penalty", "min(T,C)/max(O,1)", "T/(C-C)", "((T))", "1/0", "-+-T", "T | min(3)", "9999999999*T", "a.b", "[1]"} {
		f.Add(seed)
	}
	s, log := worked()
	f.Fuzz(func(t *testing.T, formula string) {
		r := scoring.Default()
		r.Total = formula
		for _, fault := range r.Faults() {
			if fault.Path != "total" || fault.Offset < 0 || fault.Offset > len(formula) || fault.Text.VI == "" || fault.Text.EN == "" {
				t.Fatalf("%q: %+v", formula, fault)
			}
		}
		c := scoring.Score(s, r, log) // a faulty formula is left out, never a panic
		if *c.Total < 0 || *c.Total > 6900 {
			t.Fatalf("%q: total %s", formula, c.Total)
		}
	})
}
