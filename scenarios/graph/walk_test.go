package graph_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"saban/engine"
	"saban/scenarios"
	"saban/scenarios/graph"
	"saban/scenarios/scenariotest"
)

const machines = "../../testdata/machines"

// Exported machines walk the engine's states in interpreters that know nothing
// of it: a thousand random plays of each shipped scenario.
func TestExportsWalkAsTheEngineDoes(t *testing.T) {
	plays := 1000
	if testing.Short() || slow || os.Getenv("SABAN_LONG") == "" {
		plays = 50
	}
	interpreters(t)
	for _, id := range scenarios.Shipped() {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			file := scenariotest.Read(t, id)
			dir, err := filepath.Abs(t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			moves := writePlays(t, filepath.Join(dir, "plays.jsonl"), file.Compiled, plays)
			walk(t, "scxml", dir, "machine.scxml", graph.SCXML(file.Compiled, engine.VI))
			// xstate is found from where its module lies
			module, err := filepath.Abs(filepath.Join(machines, "node_modules", ".walk", id))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.MkdirAll(module, 0o755); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { os.RemoveAll(module) })
			if err := os.Rename(filepath.Join(dir, "plays.jsonl"), filepath.Join(module, "plays.jsonl")); err != nil {
				t.Fatal(err)
			}
			walk(t, "xstate", module, "machine.mjs", graph.XState(file.Compiled, engine.VI))
			t.Logf("%d plays, %d moves", plays, moves)
			if moves < 2*plays {
				t.Errorf("%d plays make %d moves only: they try nothing", plays, moves)
			}
		})
	}
}

// interpreters makes sure that node and the two interpreters are there.
func interpreters(t *testing.T) {
	t.Helper()
	missing := func(why string) {
		t.Helper()
		if os.Getenv("CI") != "" {
			t.Fatal(why)
		}
		t.Skip(why)
	}
	if _, err := exec.LookPath("node"); err != nil {
		missing("node is not installed: exported machines are not walked")
	}
	for _, name := range []string{"xstate", "@scion-scxml/scxml"} {
		if _, err := os.Stat(filepath.Join(machines, "node_modules", name)); err != nil {
			missing("run `npm ci --prefix testdata/machines` to walk exported machines")
		}
	}
}

func walk(t *testing.T, kind, dir, name, machine string) {
	t.Helper()
	file := filepath.Join(dir, name)
	if err := os.WriteFile(file, []byte(machine), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", "walk.mjs", kind, file, filepath.Join(dir, "plays.jsonl"))
	cmd.Dir = machines
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%s: %v\n%.2000s", kind, err, out)
	}
}

// writePlays makes random plays and writes what the machines are to be fed,
// with the engine's state after each. It returns how many moves were made.
func writePlays(t *testing.T, path string, c *engine.Compiled, plays int) (moves int) {
	t.Helper()
	out, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(out)
	for seed := range plays {
		log := randomPlay(t, c, rand.New(rand.NewSource(int64(seed))))
		feed := feeding(c, log, rand.New(rand.NewSource(int64(seed))))
		moves += feed.moves
		line, err := json.Marshal(feed.sent)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(append(line, '\n')); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.Flush(), out.Close()); err != nil {
		t.Fatal(err)
	}
	return moves
}
