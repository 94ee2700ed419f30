package graph_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"saban/engine"
	"saban/scenarios/graph"
)

// words that titles are made of: short and long, with marks above and below,
// and what no font or format may stumble over.
var odd = []string{"a", "Ở", "Ệ", "nghiêng", "<b>", "&amp;", `"`, "\u202eabc", "\u200f", "]]>", "-->", "漢字漢字", "🙂", "W", "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW", "sơ-tán-và-phong-tỏa-toàn-bộ-khu-vực", "\x01", "e\u0301"}

func title(t *rapid.T) engine.Text {
	text := ""
	for _, w := range rapid.SliceOfN(rapid.SampledFrom(odd), 0, 6).Draw(t, "title") {
		text += w + " "
	}
	return engine.Text{VI: text, EN: text}
}

// drawn is any machine and any path over it, the likely and the absurd.
func drawn(t *rapid.T) (*engine.Scenario, *graph.Path) {
	s := scenario()
	s.Title, s.States, s.Transitions = title(t), nil, nil
	kinds := []engine.StateKind{engine.Normal, engine.Escalated, engine.Contained, engine.Failed}
	count := rapid.IntRange(1, 14).Draw(t, "states")
	for i := range count {
		st := engine.State{ID: fmt.Sprintf("s%d", i), Kind: engine.Initial, Title: title(t)}
		if i > 0 {
			st.Kind = rapid.SampledFrom(kinds).Draw(t, "kind")
		}
		s.States = append(s.States, st)
	}
	for range rapid.IntRange(0, 40).Draw(t, "transitions") {
		from, to := rapid.IntRange(0, count-1).Draw(t, "from"), rapid.IntRange(0, count-1).Draw(t, "to")
		if from != to && !s.States[from].Kind.Final() {
			s.Transitions = append(s.Transitions, engine.Transition{From: s.States[from].ID, To: s.States[to].ID, When: fmt.Sprintf("clock >= %d", len(s.Transitions)+1), Why: title(t)})
		}
	}
	if rapid.Bool().Draw(t, "no path") {
		return s, nil
	}
	p := &graph.Path{Over: rapid.Bool().Draw(t, "over")}
	for i := range rapid.IntRange(0, 12).Draw(t, "steps") {
		step := graph.Step{State: s.States[0].ID, At: engine.Millis(i) * 11 * engine.Minute}
		if i > 0 && len(s.Transitions) > 0 && rapid.Bool().Draw(t, "moved") {
			k := rapid.IntRange(0, len(s.Transitions)-1).Draw(t, "by")
			step.State, step.Via = s.Transitions[k].To, engine.TransitionID(&s.Transitions[k], k)
		} else if i > 0 {
			step.State, step.Forced, step.Reason = s.States[rapid.IntRange(0, count-1).Draw(t, "to")].ID, true, "\"&\u202e"
		}
		p.Steps = append(p.Steps, step)
	}
	return s, p
}

// What a machine looks like is not for its author to care about: any is drawn
// with nothing over anything else.
func TestAnyMachineIsReadable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, path := drawn(t)
		c, err := engine.Compile(s)
		if err != nil {
			t.Fatal(err)
		}
		o := graph.Options{Lang: rapid.SampledFrom([]engine.Lang{engine.VI, engine.EN}).Draw(t, "lang"), Page: rapid.SampledFrom(graph.Pages).Draw(t, "page"), Path: path}
		p := graph.Lay(c, o)
		sound(t, c, p)
		wellFormed(t, p.SVG())
	})
}

// A machine far beyond what a drill needs is laid out all the same, though not
// as tidily.
func TestAHugeMachineIsDrawn(t *testing.T) {
	s := scenario()
	s.States, s.Transitions = nil, nil
	for i := range 40 {
		kind := engine.Normal
		switch {
		case i == 0:
			kind = engine.Initial
		case i%3 == 0:
			kind = engine.Escalated
		}
		s.States = append(s.States, engine.State{ID: fmt.Sprint("s", i), Kind: kind})
	}
	for i := range 300 {
		if from, to := i*7%40, (i*i+13*i+1)%40; from != to {
			s.Transitions = append(s.Transitions, engine.Transition{From: s.States[from].ID, To: s.States[to].ID, When: fmt.Sprint("clock >= ", i+1)})
		}
	}
	c := compiled(t, s)
	for _, page := range []graph.Page{graph.Phone, graph.Figure} {
		sound(t, c, graph.Lay(c, graph.Options{Page: page}))
	}
}
