package main

import (
	"os"
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
	block := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindSubmatch(readme)
	if block == nil {
		t.Fatal("the README shows no scenario")
	}
	file, found := scenarios.ReadScenario(scenarios.Source{Name: "README.md", Bytes: block[1]})
	if len(found) > 0 {
		t.Fatal(found.Format(engine.EN))
	}
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
