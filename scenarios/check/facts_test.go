package check_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"saban/scenarios"
	"saban/scenarios/check"
)

// The search works out guards by itself for moments between two moves: it
// comes to what the engine says.
func TestSearchReadsGuardsAsTheEngineDoes(t *testing.T) {
	for seed, checked := uint64(1), 0; checked < 20; seed++ {
		text := machineOf(rand.New(rand.NewPCG(seed, 8)))
		f, _ := scenarios.ReadScenario(scenarios.Source{Name: "random.yaml", Bytes: []byte(text)})
		if f == nil || f.Compiled == nil {
			continue
		}
		checked++
		if list := check.Disagreements(f, 5_000); len(list) > 0 {
			t.Fatalf("seed %d: %s\n%s", seed, strings.Join(list, "\n"), text)
		}
	}
}
