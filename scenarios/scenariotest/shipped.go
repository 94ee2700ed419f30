// Package scenariotest reads and rehearses shipped scenarios for the tests of
// other packages.
package scenariotest

import (
	"testing"

	"saban/engine"
	"saban/scenarios"
)

// Read reads a shipped scenario.
func Read(tb testing.TB, id string) *scenarios.File {
	tb.Helper()
	src, err := scenarios.Open(id)
	if err != nil {
		tb.Fatal(err)
	}
	file, found := scenarios.ReadScenario(src)
	if found.Failed() {
		tb.Fatal(found.Format(engine.EN))
	}
	return file
}

// Rehearse plays a script and returns the log.
func Rehearse(tb testing.TB, file *scenarios.File, script scenarios.Source) []engine.Event {
	tb.Helper()
	play, found := scenarios.ReadPlay(script, file.Scenario)
	if found.Failed() {
		tb.Fatalf("%s: %s\n%s", script.Name, found.Format(engine.EN), script.Bytes)
	}
	done, err := scenarios.Rehearse(file.Compiled, play)
	if err != nil {
		tb.Fatalf("%s: %v\n%s", script.Name, err, script.Bytes)
	}
	return done.Log
}
