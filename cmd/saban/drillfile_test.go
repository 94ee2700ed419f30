package main

import (
	"path/filepath"
	"testing"
)

// What is pinned in the drills of one call is compiled once; a drill at
// another site is another scenario.
func TestDrillsShareWhatIsPinnedInThem(t *testing.T) {
	dir := t.TempDir()
	common := filepath.Join("..", "..", "testdata", "scripts", "common")
	play := func(name string, more ...string) string {
		out := filepath.Join(dir, name+".drill.jsonl")
		output(t, append([]string{"run", filepath.Join(common, "gate.yaml"), "--play", filepath.Join(common, "on-time.yaml"), "--out", out}, more...)...)
		return out
	}
	a := newApp()
	open := func(path string) *played {
		p, err := a.openDrill(path)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	one, two, elsewhere := open(play("one")), open(play("two")), open(play("three", "--site", filepath.Join(common, "site.yaml")))
	if one.scenario != two.scenario {
		t.Error("the same scenario was compiled twice")
	}
	if one.scenario == elsewhere.scenario || one.scenario.Scenario.Site.Name == elsewhere.scenario.Scenario.Site.Name {
		t.Error("two sites have one scenario")
	}
}
