package graph_test

import (
	"fmt"
	"log"

	"saban/engine"
	"saban/scenarios/graph"
)

func Example() {
	c, err := engine.Compile(&engine.Scenario{
		ID: "call", Duration: engine.Hour, Title: engine.Text{EN: "A call"},
		Roles: []engine.Role{{ID: "guard"}},
		States: []engine.State{
			{ID: "normal", Kind: engine.Initial, Title: engine.Text{EN: "Normal"}},
			{ID: "safe", Kind: engine.Contained, Title: engine.Text{EN: "Safe"}},
		},
		Transitions: []engine.Transition{{From: "normal", To: "safe", When: "inject(I01) and elapsed >= 10m"}},
		Injects:     []engine.Inject{{ID: "I01", At: engine.Minute}},
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, e := range graph.Edges(c) {
		fmt.Println(e.From, "→", e.To, "when", e.Words.EN)
	}
	fmt.Print(graph.DOT(c, graph.Options{Lang: engine.EN}))
	// Output:
	// normal → safe when I01 released and 10 min in this state
	// digraph "call" {
	//   graph [rankdir=TB, labelloc=t, fontname="Noto Sans", label="A call"];
	//   node [fontname="Noto Sans", style=filled];
	//   edge [fontname="Noto Sans", fontsize=10];
	//   "normal" [label="Normal\n(initial)", shape=ellipse, fillcolor="#EDF1FD", color="#2450C8"];
	//   "safe" [label="Safe\n(contained)", shape=ellipse, peripheries=2, fillcolor="#E4F3EB", color="#0B7548"];
	//   "-" [label="", shape=point];
	//   "-" -> "normal";
	//   "normal" -> "safe" [id="normal-safe-1", label="I01 released and 10 min in this\nstate", tooltip="inject(I01) and elapsed >= 10m"];
	// }
}

// A picture can be drawn by anything that draws lines and texts.
func ExampleLay() {
	c, err := engine.Compile(&engine.Scenario{
		ID: "call", Duration: engine.Hour, Title: engine.Text{EN: "A call"},
		States: []engine.State{
			{ID: "normal", Kind: engine.Initial, Title: engine.Text{EN: "Normal"}},
			{ID: "safe", Kind: engine.Contained, Title: engine.Text{EN: "Safe"}},
		},
		Transitions: []engine.Transition{{From: "normal", To: "safe", When: "elapsed >= 10m"}},
	})
	if err != nil {
		log.Fatal(err)
	}
	path := &graph.Path{Steps: []graph.Step{{State: "normal"}, {State: "safe", At: 10 * engine.Minute, Via: "normal-safe-1"}}}
	p := graph.Lay(c, graph.Options{Lang: engine.EN, Page: graph.Figure, Path: path})
	for _, n := range p.Nodes {
		fmt.Println(n.State, n.Box, n.Lines[1].Text, n.Stops[0].Line.Text)
	}
	for _, a := range p.Arrows {
		fmt.Println(a.Number, a.Points)
	}
	// Output:
	// normal {132 30 190 60} Normal 00:00
	// safe {132 114 190 60} Safe 10:00
	// 1 [{227 90} {227 114}]
}
