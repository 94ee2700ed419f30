package main

import (
	"path/filepath"
	"testing"
)

// supposedConform holds what-if answers, comparisons and re-scorings against
// their schemas.
func supposedConform(t *testing.T, dir string) {
	gate := commonFolder + "/gate.yaml"
	play := func(name, play string) string {
		t.Helper()
		file := filepath.Join(dir, "supposed-"+name+".drill.jsonl")
		conforming(t, "scorecard", 0, "run", gate, "--play", play, "--out", file)
		return file
	}
	mixed, good := play("mixed", commonFolder+"/mixed.yaml"), play("good", commonFolder+"/on-time.yaml")
	conforming(t, "whatif", 0, "whatif", mixed, "--set", "R01=30s", "--set", "R03=done")
	conforming(t, "whatif", 0, "whatif", good, "--set", "R01=not-done")
	forced := play("forced", written(t, "forced.yaml", "play: 1\nscenario: gate\nsteps:\n  - {at: 5m, done: R01, by: guard}\n  - {at: 6m, force: safe, reason: \"113\"}\n"))
	conforming(t, "whatif", 0, "whatif", forced, "--set", "R01=20s", "--set", "R02=30s")
	conforming(t, "rescore", 0, "score", mixed, "--diff", "--rubric", written(t, "other.yaml", "rubric: 1\nfactors: {late: 0.25}\npenalties: {life: 20}\n"))
	conforming(t, "compare", 0, "compare", mixed, good, mixed)
}
