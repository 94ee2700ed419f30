package main

import (
	"os"
	"path/filepath"
	"strings"
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

	aar := strings.TrimSuffix(mixed, ".drill.jsonl") + ".aar.yaml"
	output(t, "report", mixed, "--draft", aar)
	draft, err := os.ReadFile(aar)
	if err != nil {
		t.Fatal(err)
	}
	own := strings.Replace(string(draft), "\nplan:\n", "\nplan:\n  - issue: \"Loa nhỏ\"\n  - {of: [R01], issue: \"Muộn\", owner: \"Tổ 1\", done: \"2026-04-20\"}\n", 1)
	if err := os.WriteFile(aar, []byte(own), 0o644); err != nil || own == string(draft) {
		t.Fatal("the draft has no plan", err)
	}
	conforming(t, "report", 0, "report", mixed)
	conforming(t, "report", 0, "report", good, "--previous", mixed)
	conforming(t, "compare", 0, "compare", mixed, good)
}
