package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"saban/engine"
	"saban/scenarios"
	"saban/scoring"
)

// TestReadmeScenario holds the README's page on writing a scenario to its
// word: the file checks clean, and a team in time brings it to 100.
func TestReadmeScenario(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllSubmatch(readme, -1)
	if len(blocks) != 4 {
		t.Fatalf("the README shows %d files, want a draft, a scenario, a site and a play", len(blocks))
	}
	readmeDraft(t, blocks[0][1])
	blocks = blocks[1:]
	file, found := scenarios.ReadScenario(scenarios.Source{Name: "README.md", Bytes: blocks[0][1]})
	if len(found) > 0 {
		t.Fatal(found.Format(engine.EN))
	}
	readmeSite(t, file, blocks[1][1])
	readmePlay(t, file, blocks[2][1])
	for pace, want := range map[string]string{"{target: 0.8}": "100.00", "{limit: 9}": "0.00"} {
		play, found := scenarios.ReadPlay(scenarios.Source{Name: "play", Bytes: []byte("play: 1\nscenario: market-fire\npace: " + pace + "\n")}, file.Scenario)
		if found.Failed() {
			t.Fatal(found.Format(engine.EN))
		}
		conduct, err := scenarios.Rehearse(file.Compiled, play)
		if err != nil {
			t.Fatal(err)
		}
		card := scoring.Score(file.Scenario, scoring.Default(), conduct.Log)
		if card.Total == nil || card.Total.String() != want {
			t.Errorf("pace %s brings %v, want %s", pace, card.Total, want)
		}
	}
}

// readmeDraft types the README's drill on paper in.
func readmeDraft(t *testing.T, text []byte) {
	t.Helper()
	drill := filepath.Join(t.TempDir(), "x.drill.jsonl")
	if code, _, errors := saban("enter", "bomb-threat", "--from", written(t, "readme.paper.yaml", string(text)), "-o", drill); code != exitGood {
		t.Error(errors)
	}
}

// readmeSite lays the README's site over its scenario.
func readmeSite(t *testing.T, file *scenarios.File, text []byte) {
	t.Helper()
	site, found := scenarios.ReadSite(scenarios.Source{Name: "README.md", Bytes: text}, file)
	if len(found) > 0 {
		t.Fatal(found.Format(engine.EN))
	}
	if _, found = scenarios.Merge(file, site); len(found) > 0 {
		t.Fatal(found.Format(engine.EN))
	}
}

// readmePlay rehearses the README's play.
func readmePlay(t *testing.T, file *scenarios.File, text []byte) {
	t.Helper()
	play, found := scenarios.ReadPlay(scenarios.Source{Name: "README.md", Bytes: text}, file.Scenario)
	if len(found) > 0 {
		t.Fatal(found.Format(engine.EN))
	}
	conduct, err := scenarios.Rehearse(file.Compiled, play)
	if err != nil {
		t.Fatal(err)
	}
	if missed := play.Judge(scoring.Score(file.Scenario, scoring.Default(), conduct.Log), conduct.Log); len(missed) > 0 {
		t.Error(missed[0].Format(engine.EN))
	}
}

// TestReadmeNamesEveryVerb keeps the table of verbs whole.
func TestReadmeNamesEveryVerb(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, cmd := range newApp().root().Commands() {
		if !cmd.Hidden && !strings.Contains(string(readme), "`saban "+cmd.Name()) && !strings.Contains(string(readme), "`"+cmd.Name()+"`") {
			t.Errorf("the README does not name saban %s", cmd.Name())
		}
	}
}
