//go:build !windows

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A kill in the middle of a row loses that row only; the same command goes on.
func TestTypingSurvivesAKill(t *testing.T) {
	dir := t.TempDir()
	drill := filepath.Join(dir, "x.drill.jsonl")
	x := atTerminal(t, "enter", commonFolder+"/gate.yaml", "-o", drill, "--lang", "en")
	x.press("2026-03-14\r08:30\r\r\r08:30:40\rR01\r\r\r08:31\rrefuse\r")
	x.until(`which role \[head\]`)
	if err := x.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	x.exit()
	text, err := os.ReadFile(filepath.Join(dir, "x.paper.yaml"))
	if err != nil || !strings.Contains(string(text), "{at: \"08:30:40\", done: R01, by: guard}") || strings.Contains(string(text), "refuse") {
		t.Fatalf("%v: the draft is\n%s", err, text)
	}
	x = atTerminal(t, "enter", commonFolder+"/gate.yaml", "-o", drill, "--lang", "en")
	x.until(`R01 done`)
	x.until(`when:`)
	x.press("done\r")
	if code, all := x.exit(); code != exitGood {
		t.Fatalf("exit code %d\n%s", code, all)
	}
	if code, out, errors := saban("verify", drill); code != exitGood {
		t.Error(out, errors)
	}
}
