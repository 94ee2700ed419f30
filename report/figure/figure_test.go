package figure_test

import (
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"saban/engine"
	"saban/report/figure"
	"saban/scenarios"
	"saban/scenarios/scenariotest"
	"saban/scoring"
	"saban/store"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// played is a drill as its pictures are drawn of it.
type played struct {
	name string
	sc   *engine.Scenario
	log  []engine.Event
	card scoring.Scorecard
	then engine.Snapshot
}

// upTo is the same drill as it stood at a time.
func (p played) upTo(c *engine.Compiled, at engine.Millis) played {
	n := 0
	for n < len(p.log) && p.log[n].At <= at {
		n++
	}
	p.log = p.log[:n]
	p.name = fmt.Sprintf("%s at %s", p.name, at.Clock())
	p.card = scoring.Score(p.sc, scoring.Default(), p.log)
	p.then = engine.Replay(c, p.log).Snapshot()
	return p
}

// everyRehearsal draws each rehearsal of the seven scenarios, half way and
// when it is over.
func everyRehearsal(t *testing.T, look func(t *testing.T, p played, now engine.Millis)) {
	t.Helper()
	for _, id := range scenarios.Shipped() {
		file := scenariotest.Read(t, id)
		plays := scenarios.Rehearsals(id)
		if testing.Short() {
			plays = plays[:2]
		}
		for _, one := range plays {
			log := scenariotest.Rehearse(t, file, one)
			whole := played{name: one.Name, sc: file.Scenario, log: log}
			for _, at := range []engine.Millis{file.Scenario.Duration / 2, file.Scenario.Duration} {
				look(t, whole.upTo(file.Compiled, at), at)
			}
		}
	}
}

type rect struct{ x, y, x2, y2 float64 }

func (r rect) inside(o rect) bool {
	const eps = 0.6
	return r.x >= o.x-eps && r.y >= o.y-eps && r.x2 <= o.x2+eps && r.y2 <= o.y2+eps
}

func (r rect) meets(o rect) bool { return r.x < o.x2 && o.x < r.x2 && r.y < o.y2 && o.y < r.y2 }

// long is about how wide letters are in Inter: thin ones 0.3 em, all others
// 0.56.
func long(s *figure.Shape) float64 {
	em := 0.0
	for _, r := range s.Text {
		if strings.ContainsRune("iìíỉĩịjlI tfr.,:;'“”", r) {
			em += 0.3
		} else {
			em += 0.56
		}
	}
	return em * s.Size
}

// reach is the area of a shape; letters stand 0.75 em above their line.
func reach(s *figure.Shape) rect {
	switch s.Kind {
	case figure.Text:
		w, x := long(s), s.X
		switch s.Anchor {
		case figure.Middle:
			x -= w / 2
		case figure.End:
			x -= w
		}
		return rect{x, s.Y - 0.75*s.Size, x + w, s.Y + 0.2*s.Size}
	case figure.Mark:
		return rect{s.X - 7, s.Y - 7, s.X + 7, s.Y + 7}
	case figure.Arrow:
		r := rect{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
		for _, p := range s.Points {
			r = rect{min(r.x, p[0]), min(r.y, p[1]), max(r.x2, p[0]), max(r.y2, p[1])}
		}
		return r
	}
	return rect{min(s.X, s.X2), min(s.Y, s.Y2), max(s.X, s.X2), max(s.Y, s.Y2)}
}

// fits fails the test for anything that lies outside the picture, and for
// texts that cover each other.
func fits(t *testing.T, name string, f *figure.Figure) {
	t.Helper()
	var texts []*figure.Shape
	for i := range f.Shapes {
		s := &f.Shapes[i]
		if !reach(s).inside(rect{0, 0, f.W, f.H}) {
			t.Errorf("%s: outside the picture of %.0f × %.0f: %+v", name, f.W, f.H, *s)
		}
		if s.Kind != figure.Text || s.Class == "now" {
			continue
		}
		for _, other := range texts {
			if reach(s).meets(reach(other)) {
				t.Errorf("%s: %q lies over %q", name, s.Text, other.Text)
			}
		}
		texts = append(texts, s)
	}
	if f.Name == "" || f.Caption == "" || len(f.Table.Head) == 0 {
		t.Errorf("%s says nothing to who cannot see it", name)
	}
}

func TestTheMachineFitsItsBoxes(t *testing.T) {
	everyRehearsal(t, func(t *testing.T, p played, _ engine.Millis) {
		for _, lang := range []engine.Lang{engine.VI, engine.EN} {
			f := figure.Machine(p.sc, p.card.Path, lang, 784)
			fits(t, p.name, f)
			for i := range f.Shapes {
				s := &f.Shapes[i]
				if s.Kind == figure.Text && !inABox(f, s) {
					t.Errorf("%s: %q stands in no box", p.name, s.Text)
				}
			}
		}
	})
}

func inABox(f *figure.Figure, text *figure.Shape) bool {
	for i := range f.Shapes {
		if s := &f.Shapes[i]; s.Kind == figure.Rect && reach(text).inside(reach(s)) {
			return true
		}
	}
	return false
}

func TestTheLanesFit(t *testing.T) {
	everyRehearsal(t, func(t *testing.T, p played, now engine.Millis) {
		size := figure.LaneSize{W: 784, Names: 132, Row: 30, Until: p.sc.Duration, Now: now, Coming: true}
		fits(t, p.name, figure.Lanes(p.sc, &p.card, p.then.Injects, p.log, engine.VI, size))
		size.From, size.Until = now/2, now+engine.Minute
		f := figure.Lanes(p.sc, &p.card, p.then.Injects, p.log, engine.EN, size)
		fits(t, p.name+", closer", f)
		if f.Axis == nil || f.Axis.From != size.From || f.Axis.Until != size.Until {
			t.Errorf("%s: the axis is %+v", p.name, f.Axis)
		}
	})
}

// A response that is waited for ends at the present, which a page moves; one
// that came has a mark of its own.
func TestWhatTheLanesSay(t *testing.T) {
	_, p := frozen(t)
	now := 8 * engine.Minute
	c, _ := frozen(t)
	p = p.upTo(c, now)
	f := figure.Lanes(p.sc, &p.card, p.then.Injects, p.log, engine.EN, figure.LaneSize{W: 784, Names: 132, Row: 30, Until: p.sc.Duration, Now: now, Coming: true})
	glyphs, grow := map[figure.Glyph]int{}, 0
	for _, s := range f.Shapes {
		if s.Kind == figure.Mark {
			glyphs[s.Glyph]++
		}
		if s.Class == "grow" {
			grow++
		}
	}
	on, slow, missed, open := 0, 0, 0, 0
	for _, it := range p.card.Items {
		switch {
		case !it.Triggered || it.Received == nil:
		case it.Done && *it.Actual <= it.Target:
			on++
		case it.Done:
			slow++
		case it.Pending:
			open++
		default:
			missed++
		}
	}
	want := map[figure.Glyph]int{figure.OnTime: on, figure.Slow: slow, figure.Missed: missed, figure.Waiting: open}
	for g, n := range want {
		if glyphs[g] != n {
			t.Errorf("%d marks %s, want %d", glyphs[g], g, n)
		}
	}
	if grow != open || open == 0 {
		t.Errorf("%d lines grow with %d open", grow, open)
	}
	if len(f.Table.Rows) != on+slow+missed+open {
		t.Errorf("%d rows in the table", len(f.Table.Rows))
	}
}

// frozen is a drill kept as it was played, scenario and all: its pictures do
// not change when somebody betters a text.
func frozen(t *testing.T) (*engine.Compiled, played) {
	t.Helper()
	f, err := os.Open("../../testdata/logs/bomb-threat-slow.drill.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	drill, err := store.Read(f, store.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	file, found := scenarios.ReadScenario(scenarios.Source{Name: "bomb-threat.yaml", Bytes: []byte(drill.Header.Scenario.Bytes)})
	if found.Failed() {
		t.Fatal(found)
	}
	return file.Compiled, played{name: "slow", sc: file.Scenario, log: drill.Events}
}

func frozenAt(t *testing.T, at engine.Millis) (*engine.Compiled, played) {
	t.Helper()
	c, p := frozen(t)
	return c, p.upTo(c, at)
}

func TestGoldenPictures(t *testing.T) {
	_, p := frozenAt(t, 20*engine.Minute)
	over, before := twoDrills(t)
	for name, f := range map[string]*figure.Figure{
		"bars.vi.svg":        figure.Objectives(over.sc, &over.card, before, engine.VI, 784),
		"pace-roles.vi.svg":  figure.Pace(over.sc, &over.card, before, figure.PaceByRole, engine.VI, 520),
		"pace-single.en.svg": figure.Pace(over.sc, before, &over.card, figure.PaceByResponse, engine.EN, 784),
		"machine.vi.svg":     figure.Machine(p.sc, p.card.Path, engine.VI, 784),
		"lanes.en.svg":       figure.Lanes(p.sc, &p.card, p.then.Injects, p.log, engine.EN, figure.LaneSize{W: 784, Names: 132, Row: 30, Until: p.sc.Duration, Now: 20 * engine.Minute, Coming: true}),
	} {
		t.Run(name, func(t *testing.T) {
			drawn(t, name, f, 2)
			svg := f.SVG()
			wellFormed(t, svg)
			svg = strings.ReplaceAll(svg, "><", ">\n<") + "\n"
			if *update {
				if err := os.WriteFile("testdata/"+name, []byte(svg), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile("testdata/" + name)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(string(want), svg); d != "" {
				t.Error(d)
			}
		})
	}
}

func wellFormed(t *testing.T, svg string) {
	t.Helper()
	for d := xml.NewDecoder(strings.NewReader(svg)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("not well-formed: %v", err)
		}
	}
}
