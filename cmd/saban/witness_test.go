package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Each witness that check writes for a fixture is played by run --play and
// passes as a rehearsal: what it shows comes about. What it shows is held
// against the finding in scenarios/check.
func TestEveryWitnessIsPlayed(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(checkFolder, "*.yaml"))
	if err != nil || len(files) < 50 {
		t.Fatalf("%d fixtures, %v", len(files), err)
	}
	played := 0
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".yaml"), func(t *testing.T) {
			folder := t.TempDir()
			saban("check", file, "--witness", folder)
			witnesses, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
			if err != nil {
				t.Fatal(err)
			}
			for _, witness := range witnesses {
				code, out, errors := saban("run", file, "--play", witness, "--lang", "en")
				if code != 0 || out == "" {
					t.Errorf("run --play %s: exit code %d\n%s%s", filepath.Base(witness), code, out, errors)
				}
				code, out, errors = saban("test", "--scenario", file, witness, "--lang", "en")
				if text, _ := os.ReadFile(witness); code != 0 || !strings.Contains(out, "1 passed, 0 failed") {
					t.Errorf("test %s: exit code %d\n%s%s\n%s", filepath.Base(witness), code, out, errors, text)
				}
				played++
			}
		})
	}
	if played < 25 {
		t.Errorf("only %d witnesses were played", played)
	}
}
