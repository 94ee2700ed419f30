package scenarios_test

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"saban/engine"
	"saban/scenarios"
	"saban/scoring"
)

// Every shipped scenario is free of errors and does what its rehearsals say.
func TestShipped(t *testing.T) {
	ids := scenarios.Shipped()
	if len(ids) == 0 || !slices.IsSorted(ids) {
		t.Fatalf("shipped: %v", ids)
	}
	for _, id := range ids {
		t.Run(id, func(t *testing.T) {
			src, err := scenarios.Open(id)
			if err != nil {
				t.Fatal(err)
			}
			f, found := scenarios.ReadScenario(src)
			if len(found) > 0 {
				t.Error(found.Format(engine.EN))
			}
			if f == nil || f.Compiled == nil {
				t.Fatal("it does not compile")
			}
			if f.Scenario.ID != id {
				t.Errorf("its id is %s", f.Scenario.ID)
			}
			for _, play := range scenarios.Rehearsals(id) {
				t.Run(play.Name, func(t *testing.T) { rehearse(t, f, play) })
			}
		})
	}
}

func rehearse(t *testing.T, f *scenarios.File, src scenarios.Source) {
	p, found := scenarios.ReadPlay(src, f.Scenario)
	if len(found) > 0 {
		t.Fatal(found.Format(engine.EN))
	}
	conduct, err := scenarios.Rehearse(f.Compiled, p)
	if err != nil {
		t.Fatal(err)
	}
	card := scoring.Score(f.Scenario, scoring.Default().With(f.Rubric), conduct.Log)
	if missed := p.Judge(card, conduct.Log); len(missed) > 0 {
		t.Error(scenarios.Findings(missed).Format(engine.EN))
	}
}

func TestSites(t *testing.T) {
	for _, src := range scenarios.Sites() {
		t.Run(src.Name, func(t *testing.T) {
			for _, id := range scenarios.Shipped() {
				base := open(t, id)
				s, found := scenarios.ReadSite(src, base)
				if found.Failed() && found[0].Code == scenarios.WrongScenario {
					continue
				}
				if _, merged := scenarios.Merge(base, s); len(found)+len(merged) > 0 {
					t.Error(append(found, merged...).Format(engine.EN))
				}
				return
			}
			t.Error("made for no shipped scenario")
		})
	}
}

func open(t *testing.T, id string) *scenarios.File {
	t.Helper()
	src, err := scenarios.Open(id)
	if err != nil {
		t.Fatal(err)
	}
	f, _ := scenarios.ReadScenario(src)
	return f
}

func TestOpenRefuses(t *testing.T) {
	for _, id := range []string{"", "none", "../go", "rehearsals/bomb-threat/late", `..\go`, "bomb-threat.yaml"} {
		if _, err := scenarios.Open(id); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%q: %v", id, err)
		}
	}
}

// A beginner finds the channels in the comment above the injects.
func TestTheScaffoldNamesEveryChannel(t *testing.T) {
	for _, lang := range []engine.Lang{engine.VI, engine.EN} {
		files, err := scenarios.Scaffold("market-fire", engine.Text{}, lang)
		if err != nil {
			t.Fatal(err)
		}
		if line := "# channel: " + strings.Join(scenarios.Channels, ", ") + ".\n"; !strings.Contains(string(files[0].Bytes), line) {
			t.Errorf("%s: %s is not there", lang, line)
		}
	}
}
