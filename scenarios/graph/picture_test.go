package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"saban/engine"
	"saban/scenarios"
	"saban/scenarios/graph"
	"saban/scenarios/scenariotest"
)

// shipped compiles a shipped scenario.
func shipped(t testing.TB, id string) *engine.Compiled {
	t.Helper()
	f := scenariotest.Read(t, id)
	return f.Compiled
}

// wander is a path that comes into every state, goes along every other
// transition and is forced along the rest of its way.
func wander(c *engine.Compiled) *graph.Path {
	p := &graph.Path{Steps: []graph.Step{{State: c.Initial()}}, Over: true, End: engine.Hour}
	here := c.Initial()
	for i, e := range graph.Edges(c) {
		if i%2 == 1 {
			continue
		}
		at := engine.Millis(i+1) * engine.Minute
		if e.From != here {
			p.Steps = append(p.Steps, graph.Step{State: e.From, At: at, Forced: true, Reason: "thử"})
		}
		p.Steps = append(p.Steps, graph.Step{State: e.To, At: at, Via: e.ID})
		here = e.To
	}
	return p
}

// An arrow that comes down where the name of a further sheet would begin moves
// the name aside, never over the edge.
func TestTheNameOfAFurtherSheetStaysOnIt(t *testing.T) {
	s := scenario()
	s.States, s.Transitions = nil, nil
	for i := range 13 {
		kind := engine.Normal
		switch i {
		case 0:
			kind = engine.Initial
		case 4:
			kind = engine.Contained
		case 11:
			kind = engine.Escalated
		}
		s.States = append(s.States, engine.State{ID: fmt.Sprint("s", i), Kind: kind})
	}
	path := &graph.Path{}
	for i, to := range []string{"s0", "s11", "s0", "s4"} {
		path.Steps = append(path.Steps, graph.Step{State: to, At: engine.Millis(i) * engine.Minute, Forced: i > 0})
	}
	c := compiled(t, s)
	for n := range 40 {
		s.Title = engine.Text{VI: strings.Repeat("a", n)}
		sound(t, c, graph.Lay(c, graph.Options{Path: path}))
	}
}

// Every shipped scenario, in both languages, on every page, with and without a
// path: nothing lies over anything else, nothing is too small, and the machine
// is on the first sheet as a whole.
func TestPicturesOfShippedScenarios(t *testing.T) {
	for _, id := range scenarios.Shipped() {
		c := shipped(t, id)
		for _, lang := range []engine.Lang{engine.VI, engine.EN} {
			for _, page := range graph.Pages {
				for _, path := range []*graph.Path{nil, {}, wander(c)} {
					steps := 0
					if path != nil {
						steps = len(path.Steps)
					}
					t.Run(fmt.Sprint(id, "/", lang, "/", page, "/", steps), func(t *testing.T) {
						p := graph.Lay(c, graph.Options{Lang: lang, Page: page, Path: path})
						sound(t, c, p)
						if page == graph.Phone && p.Width != 360 && !forced(p) {
							t.Errorf("%v px wide", p.Width)
						}
						if path == nil && p.Sheets > 1 {
							for _, n := range p.Nodes {
								if n.Box.Bottom() > p.Height/float64(p.Sheets) {
									t.Errorf("%s is not on the first sheet", n.State)
								}
							}
						}
					})
				}
			}
		}
	}
}

func forced(p *graph.Picture) bool {
	return slices.ContainsFunc(p.Arrows, func(a graph.Arrow) bool { return a.Forced() })
}

// judge is what testing and rapid have in common.
type judge interface {
	Helper()
	Errorf(format string, args ...any)
}

// sound holds a picture against what makes it readable.
func sound(t judge, c *engine.Compiled, p *graph.Picture) {
	t.Helper()
	complete(t, c, p)
	texts := labels(p)
	paper := graph.Rect{W: p.Width, H: p.Height}
	for i, a := range texts {
		if !a.box.In(paper) {
			t.Errorf("%s is not on the paper: %v in %v", a.name, a.box, paper)
		}
		for _, b := range texts[:i] {
			if a.box.Overlaps(b.box) && a.within != b.name && b.within != a.name {
				t.Errorf("%s lies over %s: %v %v", a.name, b.name, a.box, b.box)
			}
		}
	}
	least := 9.0
	if p.Unit == "px" {
		least = 12
	}
	for _, l := range lines(p) {
		if l.Size < least {
			t.Errorf("%q is set in %v %s", l.Text, l.Size, p.Unit)
		}
	}
	for i := range p.Arrows {
		clear(t, p, &p.Arrows[i], texts)
	}
	joins(t, p)
	sheets(t, p)
}

// label is something that takes up room of its own.
type label struct {
	name   string
	within string // the name of what it belongs in
	box    graph.Rect
}

// labels are the boxes of states, badges, texts and samples.
func labels(p *graph.Picture) (out []label) {
	add := func(name, within string, box graph.Rect) {
		out = append(out, label{fmt.Sprintf("%d %s", len(out), name), within, box})
	}
	for _, n := range p.Nodes {
		add("state "+n.State, "", n.Box)
		state := out[len(out)-1].name
		for _, l := range n.Lines {
			add(l.Text, state, l.Box)
		}
		for _, s := range n.Stops {
			add("time "+s.Line.Text, state, s.Line.Box)
			if s.Step > 0 {
				add("step", state, s.Mark)
			}
		}
	}
	for _, b := range p.Badges {
		add("badge "+b.Line.Text, "", b.Box)
	}
	for _, s := range p.Samples {
		add("sample of "+s.Line.Text, "", s.Box)
		add(s.Line.Text, "", s.Line.Box)
	}
	for _, l := range p.Lines {
		add(l.Text, "", l.Box)
	}
	return out
}

func lines(p *graph.Picture) []graph.Line {
	out := append([]graph.Line{}, p.Lines...)
	for _, n := range p.Nodes {
		out = append(out, n.Lines...)
		for _, s := range n.Stops {
			out = append(out, s.Line)
		}
	}
	for _, b := range p.Badges {
		out = append(out, b.Line)
	}
	for _, s := range p.Samples {
		out = append(out, s.Line)
	}
	return out
}

// complete: every state once, with its texts inside it, and every transition
// once, from its state to the other.
func complete(t judge, c *engine.Compiled, p *graph.Picture) {
	t.Helper()
	boxes := map[string]graph.Rect{}
	for _, n := range p.Nodes {
		boxes[n.State] = n.Box
		for _, l := range n.Lines {
			if !l.Box.In(n.Box) {
				t.Errorf("%q leaves the box of %s", l.Text, n.State)
			}
		}
		for _, s := range n.Stops {
			if !s.Line.Box.In(n.Box) || s.Step > 0 && !s.Mark.In(n.Box) {
				t.Errorf("%q leaves the box of %s", s.Line.Text, n.State)
			}
		}
	}
	if len(p.Nodes) != len(boxes) || len(boxes) != len(c.Scenario().Situations()) {
		t.Errorf("%d boxes for %d states", len(p.Nodes), len(c.Scenario().Situations()))
	}
	edges, drawn := graph.Edges(c), map[int]bool{}
	for i := range p.Arrows {
		a := &p.Arrows[i]
		first, last := a.Points[0], a.Points[len(a.Points)-1]
		if !touches(boxes[a.From], first) || !touches(boxes[a.To], last) {
			t.Errorf("arrow %d from %s to %s goes from %v to %v", a.Number, a.From, a.To, first, last)
		}
		if a.Forced() {
			continue
		}
		if e := edges[a.Number-1]; drawn[a.Number] || e.ID != a.ID || e.From != a.From || e.To != a.To {
			t.Errorf("arrow %d is %s from %s to %s", a.Number, a.ID, a.From, a.To)
		}
		drawn[a.Number] = true
	}
	if len(drawn) != len(edges) {
		t.Errorf("%d of %d transitions drawn", len(drawn), len(edges))
	}
}

// touches reports whether a point is at the edge of a box; its shape may lie
// up to 18 within.
func touches(b graph.Rect, at graph.Point) bool {
	in := func(x, from, to float64) bool { return x >= from && x <= to }
	return in(at.X, b.X, b.Right()) && in(at.Y, b.Y, b.Bottom()) &&
		(at.X-b.X <= 18 || b.Right()-at.X <= 18 || at.Y == b.Y || at.Y == b.Bottom())
}

// clear: an arrow goes level or upright, passes through no box and under no
// label but its own.
func clear(t judge, p *graph.Picture, a *graph.Arrow, texts []label) {
	t.Helper()
	own := 0
	for i := 1; i < len(a.Points); i++ {
		from, to := a.Points[i-1], a.Points[i]
		if from.X != to.X && from.Y != to.Y {
			t.Errorf("arrow %d is slanted", a.Number)
		}
		stretch := graph.Rect{X: min(from.X, to.X), Y: min(from.Y, to.Y), W: max(from.X, to.X) - min(from.X, to.X), H: max(from.Y, to.Y) - min(from.Y, to.Y)}
		if !stretch.In(graph.Rect{W: p.Width, H: p.Height}) {
			t.Errorf("arrow %d leaves the paper", a.Number)
		}
		for _, l := range texts {
			if !crosses(stretch, l.box) {
				continue
			}
			if l.name == fmt.Sprintf("%s badge %d", l.name[:indexSpace(l.name)], a.Number) || a.Forced() && isForced(p, l.box) {
				own++
				continue
			}
			if l.within == "" && (l.name[indexSpace(l.name):] == " state "+a.From || l.name[indexSpace(l.name):] == " state "+a.To) && i != 2 {
				continue // the shape lies within the box
			}
			t.Errorf("arrow %d from %s to %s passes through %s: %v", a.Number, a.From, a.To, l.name, stretch)
		}
	}
	if own != 1 {
		t.Errorf("arrow %d from %s to %s passes %d badges of its own", a.Number, a.From, a.To, own)
	}
}

func indexSpace(s string) int {
	for i := range s {
		if s[i] == ' ' {
			return i
		}
	}
	return len(s)
}

func isForced(p *graph.Picture, box graph.Rect) bool {
	for _, b := range p.Badges {
		if b.Box == box {
			return b.Forced
		}
	}
	return false
}

// crosses reports whether a stretch has more than an end in common with a box.
func crosses(s, b graph.Rect) bool {
	return s.X < b.Right() && b.X < s.Right() && s.Y > b.Y && s.Y < b.Bottom() ||
		s.Y < b.Bottom() && b.Y < s.Bottom() && s.X > b.X && s.X < b.Right()
}

// joins: stretches lie over each other only where arrows lead to one state.
func joins(t judge, p *graph.Picture) {
	t.Helper()
	type stretch struct {
		arrow          *graph.Arrow
		level          bool
		at, from, till float64
	}
	var all []stretch
	for i := range p.Arrows {
		a := &p.Arrows[i]
		for k := 1; k < len(a.Points); k++ {
			f, to := a.Points[k-1], a.Points[k]
			if f.Y == to.Y {
				all = append(all, stretch{a, true, f.Y, min(f.X, to.X), max(f.X, to.X)})
			} else {
				all = append(all, stretch{a, false, f.X, min(f.Y, to.Y), max(f.Y, to.Y)})
			}
		}
	}
	for i, s := range all {
		for _, o := range all[:i] {
			if s.arrow.Trunk != o.arrow.Trunk && s.level == o.level && s.at-o.at < 2 && o.at-s.at < 2 && s.from < o.till && o.from < s.till {
				t.Errorf("arrows %d and %d lie over each other at %v", s.arrow.Number, o.arrow.Number, s.at)
			}
			if s.arrow.Trunk == o.arrow.Trunk && s.arrow.To != o.arrow.To {
				t.Errorf("arrows %d and %d join and lead to different states", s.arrow.Number, o.arrow.Number)
			}
		}
	}
}

// sheets: no text or state comes within 8 mm of the edge of a sheet, where
// printers do not print.
func sheets(t judge, p *graph.Picture) {
	t.Helper()
	if p.Page != graph.A4 {
		return
	}
	high := p.Height / float64(p.Sheets)
	const edge = 8 / 25.4 * 72
	for _, l := range labels(p) {
		top := l.box.Y - float64(int(l.box.Y/high))*high
		if top < edge || top+l.box.H > high-edge || l.box.X < edge || l.box.Right() > p.Width-edge {
			t.Errorf("%s is cut by the edge of a sheet", l.name)
		}
	}
}
