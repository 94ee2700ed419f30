package check_test

import (
	"os"
	"testing"

	"gopkg.in/yaml.v3"

	"saban/scenarios"
	"saban/scenarios/check"
	"saban/scoring"
)

// mostMutants is how many places each kind of damage is done at, in each
// scenario.
const mostMutants = 4

// floor is what holds today, in percent; 95 is wanted.
const floor = 80

// Each shipped scenario is damaged in many ways, one at a time. Its reader, its
// rehearsals or a check of it have to notice.
func TestDamageIsNoticed(t *testing.T) {
	if slow || os.Getenv("SABAN_LONG") == "" {
		t.Skip("minutes of plays: set SABAN_LONG=1, without the race detector")
	}
	for _, id := range scenarios.Shipped() {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			src, err := scenarios.Open(id)
			if err != nil {
				t.Fatal(err)
			}
			original, _ := scenarios.ReadScenario(src)
			known := warnings(check.Scenario(original, check.Options{}).Findings)
			done, noticed := 0, 0
			var missed []string
			for _, kind := range damages {
				for _, m := range mutants(t, src, kind) {
					done++
					if why := notices(m.text, id, known); why != "" {
						noticed++
						continue
					}
					missed = append(missed, kind.name+": "+m.where)
				}
			}
			t.Logf("%s: %d kinds, %d mutants, %d noticed (%.1f %%)", id, len(damages), done, noticed, 100*float64(noticed)/float64(done))
			for _, m := range missed {
				t.Log("  not noticed: " + m)
			}
			if noticed*100 < done*floor {
				t.Errorf("%d of %d noticed: fewer than %d %%", noticed, done, floor)
			}
		})
	}
}

// notices says what notices a damaged scenario, or nothing.
func notices(text []byte, id string, known map[string]bool) string {
	file, found := scenarios.ReadScenario(scenarios.Source{Name: id + ".yaml", Bytes: text})
	if file == nil || found.Failed() {
		return "reader"
	}
	for _, src := range scenarios.Rehearsals(id) {
		if !passes(file, src) {
			return src.Name
		}
	}
	for _, quick := range []bool{true, false} {
		for w := range warnings(check.Scenario(file, check.Options{Shallow: quick}).Findings) {
			if !known[w] {
				return "check " + w
			}
		}
	}
	return ""
}

func passes(file *scenarios.File, src scenarios.Source) bool {
	play, found := scenarios.ReadPlay(src, file.Scenario)
	if found.Failed() {
		return false
	}
	conduct, err := scenarios.Rehearse(file.Compiled, play)
	if err != nil {
		return false
	}
	card := scoring.Score(file.Scenario, scoring.Default().With(file.Rubric), conduct.Log)
	return len(play.Judge(card, conduct.Log)) == 0
}

// warnings are findings without their places, which damage may shift.
func warnings(found scenarios.Findings) map[string]bool {
	all := map[string]bool{}
	for _, f := range found {
		all[string(f.Code)+" "+f.Text.EN] = true
	}
	return all
}

type mutant struct {
	where string
	text  []byte
}

// mutants does one kind of damage at up to mostMutants places, spread over the
// file.
func mutants(t *testing.T, src scenarios.Source, kind damage) []mutant {
	t.Helper()
	places := kind.places(parsed(t, src))
	step := max(1, (len(places)+mostMutants-1)/mostMutants)
	var out []mutant
	for i := 0; i < len(places) && len(out) < mostMutants; i += step {
		root := parsed(t, src) // a fresh tree for each
		again := kind.places(root)
		where := again[i]()
		text, err := yaml.Marshal(root.Node)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, mutant{where, text})
	}
	if len(out) == 0 {
		t.Errorf("%s finds no place", kind.name)
	}
	return out
}

func parsed(t *testing.T, src scenarios.Source) *tree {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal(src.Bytes, &doc); err != nil {
		t.Fatal(err)
	}
	return &tree{doc.Content[0]}
}
