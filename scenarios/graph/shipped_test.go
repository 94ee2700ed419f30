package graph_test

import (
	"strings"
	"testing"

	"saban/engine"
	"saban/scenarios"
	"saban/scenarios/graph"
	"saban/scenarios/scenariotest"
)

func TestShippedScenariosAreDrawnAsTheyRun(t *testing.T) {
	for _, id := range scenarios.Shipped() {
		t.Run(id, func(t *testing.T) {
			f := scenariotest.Read(t, id)
			c := compiled(t, f.Scenario)
			sameMachine(t, c)
			for _, e := range graph.Edges(c) {
				for _, words := range []string{e.Words.VI, e.Words.EN} {
					if words == "" || strings.ContainsAny(words, ">%") {
						t.Errorf("%s: %q says %q", e.ID, e.Guard, words)
					}
				}
			}
			for _, lang := range []engine.Lang{engine.VI, engine.EN} {
				if graph.Mermaid(c, graph.Options{Lang: lang}) == "" || graph.DOT(c, graph.Options{Lang: lang}) == "" {
					t.Error("nothing drawn")
				}
			}
		})
	}
}
