package graph_test

import (
	"context"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/looplab/fsm"

	"saban/engine"
	"saban/scenarios/graph"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// scenario has every kind of state and texts that neither format may stumble
// over.
func scenario() *engine.Scenario {
	state := func(id string, kind engine.StateKind, vi, en string) engine.State {
		return engine.State{ID: id, Kind: kind, Title: engine.Text{VI: vi, EN: en}}
	}
	return &engine.Scenario{
		ID: "demo", Lang: engine.VI, Duration: engine.Hour,
		Title: engine.Text{VI: "Thử \"sơ đồ\": 100% & \\N", EN: "A \"graph\": 100% & \\N"},
		Roles: []engine.Role{{ID: "guard"}, {ID: "medic"}},
		Flags: []engine.Flag{{ID: "crowd_gone"}},
		States: []engine.State{
			state("normal", engine.Initial, "Bình thường", "Normal"),
			state("end", engine.Normal, "Nhận tin \"đe dọa\"; chờ #1 `x` %% <b>đậm</b> {a} [b] \\N &lt;", "Threat \"taken\"; wait #1 `x` %% <b>bold</b> {a} [b] \\N &lt;"),
			state("panic", engine.Escalated, "Hoảng loạn\n:: lan rộng", "Panic\n:: spreads"),
			state("note", engine.Contained, "", ""),
			state("lost", engine.Failed, "Mất kiểm soát tòa nhà điều hành và toàn bộ khu vực cổng", "Building lost"),
		},
		Transitions: []engine.Transition{
			{From: "normal", To: "end", When: "inject(I01)", Why: engine.Text{VI: "có tin", EN: "news"}},
			{From: "end", To: "panic", When: "elapsed >= limit(R01) and not done(R01) or prohibited(P01)"},
			{ID: "calm", From: "panic", To: "note", When: "done(R01) and (flag(crowd_gone) or since(I01) >= 10m)"},
			{From: "panic", To: "lost", When: "clock >= 3000 and not (done(R01) or filled(medic))"},
			{From: "panic", To: "lost", When: "missed(R01)"},
		},
		Injects: []engine.Inject{{
			ID: "I01", At: engine.Minute, Text: engine.Text{VI: "a", EN: "a"},
			Expects: []engine.Response{{ID: "R01", By: "guard", Target: engine.Minute, Limit: 5 * engine.Minute, Weight: 3}},
		}},
		Prohibited: []engine.Prohibited{{ID: "P01", Severity: engine.Major, Capability: engine.KV}},
	}
}

func compiled(t testing.TB, s *engine.Scenario) *engine.Compiled {
	t.Helper()
	c, err := engine.Compile(s)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// sameMachine holds the edges against looplab/fsm, the authority.
func sameMachine(t *testing.T, c *engine.Compiled) {
	t.Helper()
	edges := graph.Edges(c)
	machine := fsm.NewFSM(c.Initial(), c.FSMEvents(), fsm.Callbacks{})
	ways := 0
	for _, e := range c.FSMEvents() {
		ways += len(e.Src)
	}
	if ways != len(edges) {
		t.Errorf("%d edges drawn, the machine has %d", len(edges), ways)
	}
	for _, e := range edges {
		machine.SetState(e.From)
		if err := machine.Event(context.Background(), e.ID); err != nil {
			t.Errorf("%s: %v", e.ID, err)
		}
		if machine.Current() != e.To {
			t.Errorf("%s leads from %s to %s, drawn to %s", e.ID, e.From, machine.Current(), e.To)
		}
	}
}

func TestEdgesAreTheMachines(t *testing.T) {
	c := compiled(t, scenario())
	sameMachine(t, c)
	e := graph.Edges(c)[0]
	want := graph.Edge{ID: "normal-end-1", From: "normal", To: "end", Guard: "inject(I01)",
		Words: engine.Text{VI: "đã phát I01", EN: "I01 released"}, Why: engine.Text{VI: "có tin", EN: "news"}}
	if d := cmp.Diff(want, e); d != "" {
		t.Error(d)
	}
}

func TestGolden(t *testing.T) {
	c := compiled(t, scenario())
	for name, text := range map[string]string{
		"demo.vi.mmd": graph.Mermaid(c, graph.Options{Lang: engine.VI}), "demo.en.mmd": graph.Mermaid(c, graph.Options{Lang: engine.EN}),
		"demo.vi.dot": graph.DOT(c, graph.Options{Lang: engine.VI}), "demo.en.dot": graph.DOT(c, graph.Options{Lang: engine.EN}),
	} {
		t.Run(name, func(t *testing.T) {
			file := "testdata/" + name
			if *update {
				if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(string(want), text); d != "" {
				t.Error(d)
			}
		})
	}
}

// Every state and every edge is in both pictures, once.
func TestNothingIsLeftOut(t *testing.T) {
	c := compiled(t, scenario())
	mermaid, dot := graph.Mermaid(c, graph.Options{Lang: engine.EN}), graph.DOT(c, graph.Options{Lang: engine.EN})
	for _, s := range c.Scenario().Situations() {
		for text, want := range map[string]string{
			mermaid: "\" as s_" + s.ID + "\n",
			dot:     "  \"" + s.ID + "\" [label=",
		} {
			if strings.Count(text, want) != 1 {
				t.Errorf("%q not once in\n%s", want, text)
			}
		}
		kind := "(" + s.Kind.Title().EN + ")\""
		if !strings.Contains(mermaid, kind) || !strings.Contains(dot, kind) {
			t.Errorf("%s is not written out", kind)
		}
	}
	for _, e := range graph.Edges(c) {
		for text, want := range map[string]string{
			mermaid: "    %% " + e.ID + ": " + e.Guard + "\n    s_" + e.From + " --> s_" + e.To + " : ",
			dot:     "  \"" + e.From + "\" -> \"" + e.To + "\" [id=\"" + e.ID + "\", ",
		} {
			if strings.Count(text, want) != 1 {
				t.Errorf("%q not once in\n%s", want, text)
			}
		}
	}
}

// What Mermaid would read as its own never stands in a text.
func TestMermaidTextsAreHarmless(t *testing.T) {
	for line := range strings.Lines(graph.Mermaid(compiled(t, scenario()), graph.Options{Lang: engine.VI})) {
		line = strings.TrimSpace(line)
		text := ""
		if rest, ok := strings.CutPrefix(line, `state "`); ok {
			text = rest[:strings.LastIndex(rest, `" as`)]
		} else if _, label, ok := strings.Cut(line, " : "); ok && strings.Contains(line, "-->") {
			text = label
		}
		for i, r := range text {
			if r == '#' || r == ';' {
				continue // only ever #code;
			}
			if strings.ContainsRune("\"`%<>{}[]:\\*~|$^&@", r) {
				t.Errorf("%q at %d in %q", r, i, text)
			}
		}
	}
}

func TestScenarioWithoutStates(t *testing.T) {
	s := scenario()
	s.States, s.Transitions = nil, nil
	c := compiled(t, s)
	sameMachine(t, c)
	for _, text := range []string{graph.Mermaid(c, graph.Options{Lang: engine.EN}), graph.DOT(c, graph.Options{Lang: engine.EN})} {
		if !strings.Contains(text, "Under way (initial)") && !strings.Contains(text, `Under way\n(initial)`) {
			t.Error(text)
		}
	}
}
