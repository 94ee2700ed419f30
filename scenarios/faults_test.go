package scenarios_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"saban/engine"
	"saban/scenarios"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const faultsDir = "../testdata/faults"

// valid is the scenario that every broken file is a variation of.
func valid(t testing.TB) *scenarios.File {
	t.Helper()
	f, found := scenarios.ReadScenario(source(t, filepath.Join(faultsDir, "valid.yaml")))
	if len(found) > 0 {
		t.Fatalf("the valid scenario is not:\n%s", found.Format(engine.EN))
	}
	return f
}

func source(t testing.TB, path string) scenarios.Source {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return scenarios.Source{Name: filepath.Base(path), Bytes: b}
}

// findings reads a file as what its name says it is.
func findings(t testing.TB, src scenarios.Source) scenarios.Findings {
	kind, _, _ := strings.Cut(src.Name, "-")
	switch kind {
	case "site":
		site, found := scenarios.ReadSite(src, valid(t))
		if site == nil || found.Failed() {
			return found
		}
		_, merged := scenarios.Merge(valid(t), site)
		return append(found, merged...)
	case "play":
		_, found := scenarios.ReadPlay(src, valid(t).Scenario)
		return found
	case "paper":
		_, found := scenarios.ReadDraft(src, valid(t).Scenario)
		return found
	case "rubric":
		_, found := scenarios.ReadRubric(src)
		return found
	}
	_, found := scenarios.ReadScenario(src)
	return found
}

// TestFaults holds the exact words of every finding in both languages.
func TestFaults(t *testing.T) {
	files, err := filepath.Glob(faultsDir + "/*.yaml")
	if err != nil || len(files) < 55 {
		t.Fatalf("%d broken files, %v", len(files), err)
	}
	for _, path := range files {
		name := strings.TrimSuffix(filepath.Base(path), ".yaml")
		t.Run(name, func(t *testing.T) {
			found := findings(t, source(t, path))
			got := found.Format(engine.VI) + "\n\n" + found.Format(engine.EN) + "\n"
			if len(found) == 0 {
				got = "no findings\n"
			}
			golden(t, strings.TrimSuffix(path, ".yaml")+".golden", got)
		})
	}
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
