package graph_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"saban/engine"
	"saban/scenarios/graph"
)

// played conducts a drill that is forced on its way.
func played(t *testing.T) (*engine.Compiled, *graph.Path) {
	t.Helper()
	c := compiled(t, scenario())
	d := engine.NewDrill(c)
	d.KeepLog()
	if p := graph.Follow(c, d.Log()); len(p.Steps) != 0 || p.Over {
		t.Errorf("before StartEx: %+v", p)
	}
	act := func(at engine.Millis, cmd engine.Command) {
		t.Helper()
		d.Advance(at, int64(at))
		cmd.At, cmd.Wall, cmd.Actor = at, int64(at), "hand"
		if _, err := d.Decide(cmd); err != nil {
			t.Fatal(err)
		}
	}
	act(0, engine.Command{Do: engine.StartEx, Body: engine.Body{Start: &engine.Start{Seats: engine.FullSeats(c.Scenario()), Speed: engine.Whole, Led: true}}})
	act(2*engine.Minute, engine.Command{Do: engine.Force, Body: engine.Body{To: "note", Reason: "xem \"thử\""}})
	act(3*engine.Minute, engine.Command{Do: engine.Force, Body: engine.Body{To: "end", Reason: "trở lại"}})
	act(4*engine.Minute, engine.Command{Do: engine.End})
	return c, graph.Follow(c, d.Log())
}

func TestFollow(t *testing.T) {
	_, got := played(t)
	want := &graph.Path{Over: true, End: 4 * engine.Minute, Steps: []graph.Step{
		{State: "normal"},
		{State: "end", At: engine.Minute, Via: "normal-end-1"},
		{State: "note", At: 2 * engine.Minute, Forced: true, Reason: "xem \"thử\""},
		{State: "end", At: 3 * engine.Minute, Forced: true, Reason: "trở lại"},
	}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// A path is in the geometry: the steps in their boxes, transitions gone along,
// forced moves as arrows of their own, and what was never entered.
func TestAPathIsLaidOut(t *testing.T) {
	c, path := played(t)
	p := graph.Lay(c, graph.Options{Lang: engine.EN, Page: graph.Figure, Path: path})
	sound(t, c, p)
	stops, fates, last := map[string]string{}, map[string]graph.Fate{}, ""
	for _, n := range p.Nodes {
		var at []string
		for _, s := range n.Stops {
			at = append(at, s.Line.Text)
		}
		stops[n.State], fates[n.State] = strings.Join(at, ", "), n.Fate
		if n.Last {
			last += n.State
		}
	}
	if d := cmp.Diff(map[string]string{"normal": "00:00", "end": "01:00, 03:00, end 04:00", "panic": "", "note": "02:00", "lost": ""}, stops); d != "" {
		t.Error(d)
	}
	if fates["panic"] != graph.Pale || fates["end"] != graph.Taken || last != "end" {
		t.Errorf("%v, last in %q", fates, last)
	}
	arrows := map[string][]int{}
	for _, a := range p.Arrows {
		if a.Fate == graph.Taken {
			arrows[a.From+" "+a.To+" "+a.ID] = a.Steps
		}
	}
	if d := cmp.Diff(map[string][]int{"normal end normal-end-1": {2}, "end note ": {3}, "note end ": {4}}, arrows); d != "" {
		t.Error(d)
	}
}

func TestAPathInMermaidAndDOT(t *testing.T) {
	c, path := played(t)
	o := graph.Options{Lang: engine.EN, Path: path}
	for text, wants := range map[string][]string{
		graph.Mermaid(c, o): {"s_normal --> s_end : I01 released#58; step 2, 01#58;00\n", "s_end --> s_note : forced#58; step 3, 02#58;00\n",
			"(contained)#58; step 3, 02#58;00\" as s_note\n", "class s_panic pale\n", "class s_note contained\n"},
		graph.DOT(c, o): {`label="I01 released: step 2, 01:00", tooltip="inject(I01)", penwidth=2.4];`, `"end" -> "note" [label="forced: step 3, 02:00", style=dashed, penwidth=2.4];`,
			`\nstep 2, 01:00; step 4, 03:00"`, `color="#A9ABAE", fontcolor="#666B74"`},
	} {
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("%s is not in\n%s", want, text)
			}
		}
	}
}
