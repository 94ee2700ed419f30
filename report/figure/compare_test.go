package figure_test

import (
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"saban/engine"
	"saban/report/figure"
	"saban/scoring"
)

// twoDrills are a drill and one before it of the same scenario, which went
// otherwise: half as quick, and one thing in five not done.
func twoDrills(t *testing.T) (p played, before *scoring.Scorecard) {
	t.Helper()
	_, p = frozenAt(t, 60*engine.Minute)
	then := p.card
	then.Items = slices.Clone(p.card.Items)
	for i := range then.Items {
		it := &then.Items[i]
		switch {
		case i%5 == 4:
			it.Done, it.Actual = false, nil
			it.Value = new(engine.Ratio(0))
		case it.Actual != nil:
			it.Actual = new(*it.Actual / 2)
			it.Value = new(engine.Whole - engine.Whole/engine.Ratio(3+i%4))
		}
	}
	return p, &then
}

func TestTheBarsAndDumbbellsFit(t *testing.T) {
	everyRehearsal(t, func(t *testing.T, p played, _ engine.Millis) {
		for _, lang := range []engine.Lang{engine.VI, engine.EN} {
			fits(t, p.name+", bars", figure.Objectives(p.sc, &p.card, &p.card, lang, 784))
			fits(t, p.name+", by role", figure.Pace(p.sc, &p.card, &p.card, figure.PaceByRole, lang, 520))
			fits(t, p.name+", by response", figure.Pace(p.sc, &p.card, nil, figure.PaceByResponse, lang, 784))
		}
	})
}

// Every triggered response is in the dumbbells, done or not: what was never
// done stands open, right of the scale, and is no good median.
func TestWhatWasNeverDoneIsNeverLeftOut(t *testing.T) {
	p, before := twoDrills(t)
	p.card = *before
	triggered, never := 0, 0
	for i := range p.card.Items {
		if it := &p.card.Items[i]; it.Triggered {
			triggered++
			if !it.Done {
				never++
			}
		}
	}
	f := figure.Pace(p.sc, &p.card, nil, figure.PaceByResponse, engine.EN, 784)
	open, closed := 0, 0
	for _, s := range f.Shapes {
		switch {
		case s.Kind == figure.Mark && s.Glyph == figure.Beyond:
			open++
		case s.Kind == figure.Mark:
			closed++
		}
	}
	if never == 0 || open != never || open+closed != triggered {
		t.Errorf("%d open marks and %d others, want %d and %d in all", open, closed, never, triggered)
	}
	if len(f.Table.Rows) != triggered {
		t.Errorf("%d rows in the table, want %d", len(f.Table.Rows), triggered)
	}
	said := 0
	for _, row := range f.Table.Rows {
		if row[1] == "> EndEx" {
			said++
		}
	}
	if said != never {
		t.Errorf("the table says %d times that it was not done, want %d", said, never)
	}
}

// The bars show the weighted means of the scorecard, and name the lowest.
func TestBarsShowTheScorecard(t *testing.T) {
	p, before := twoDrills(t)
	f := figure.Objectives(p.sc, &p.card, before, engine.EN, 784)
	tasks := 0
	for i, o := range p.sc.Objectives {
		sum, weight := 0.0, 0
		for _, it := range p.card.Items {
			if it.Objective == o.ID && it.Triggered && it.Weight > 0 {
				sum += float64(it.Weight) * float64(*it.Value) / float64(engine.Whole)
				weight += it.Weight
			}
		}
		row := f.Table.Rows[i]
		if want := number(math.Floor(sum/float64(weight)*100 + 0.5)); row[1] != want {
			t.Errorf("%s: %s points, want %s", o.ID, row[1], want)
		}
		tasks += strings.Count(row[4], ",") + 1
	}
	for _, row := range f.Table.Rows[len(p.sc.Objectives):] {
		tasks += strings.Count(row[4], ",") + 1
	}
	if tasks != len(p.card.Items) {
		t.Errorf("%d tasks are rated, want %d", tasks, len(p.card.Items))
	}
	if !strings.Contains(f.Name, "the lowest is") || !strings.Contains(f.Name, "before") {
		t.Errorf("the name does not say what the picture shows: %s", f.Name)
	}
}

func number(x float64) string { return engine.Ratio(x * float64(engine.Whole)).String() }

// A drill of another version of the scenario is no measure.
func TestAnotherVersionIsForReferenceOnly(t *testing.T) {
	p, before := twoDrills(t)
	other := *before
	other.Scenario.SHA256 = "another"
	for name, f := range map[string]*figure.Figure{
		"bars": figure.Objectives(p.sc, &p.card, &other, engine.VI, 784), "pace": figure.Pace(p.sc, &p.card, &other, figure.PaceByRole, engine.VI, 520),
	} {
		if !strings.Contains(f.Caption, "chỉ tham khảo") {
			t.Errorf("%s: %s", name, f.Caption)
		}
	}
}

// A drill in which nothing happened has pictures too.
func TestPicturesOfADrillWithNothingInIt(t *testing.T) {
	_, p := frozen(t)
	p.card = scoring.Score(p.sc, scoring.Default(), nil)
	fits(t, "bars", figure.Objectives(p.sc, &p.card, nil, engine.VI, 784))
	fits(t, "pace", figure.Pace(p.sc, &p.card, nil, figure.PaceByRole, engine.VI, 520))
}

// What is told by colour is told by shape too: turned to grey, bands, hatched
// areas, bars and marks differ.
func TestLegibleInGrey(t *testing.T) {
	grey := func(p figure.Paint) float64 {
		c, ok := p.Colour()
		if !ok {
			t.Fatalf("%s has no colour", p)
		}
		return 0.299*float64(c.R) + 0.587*float64(c.G) + 0.114*float64(c.B)
	}
	for _, pair := range [][2]figure.Paint{{figure.Ink, figure.Bar}, {figure.Bar, figure.Surface}, {figure.Bad, figure.Surface}, {figure.OK, figure.OKWeak}, {figure.Warn, figure.WarnWeak}, {figure.Bad, figure.BadWeak}, {figure.Control, figure.Surface}} {
		if d := math.Abs(grey(pair[0]) - grey(pair[1])); d < 40 {
			t.Errorf("%s and %s differ by %.0f of 255 in grey", pair[0], pair[1], d)
		}
	}
	outlines := map[string]figure.Glyph{}
	marks := maps.Clone(figure.Marks)
	t.Cleanup(func() { figure.Marks = marks })
	figure.Marks = map[figure.Glyph][]figure.Piece{}
	for g, pieces := range marks {
		pieces = slices.Clone(pieces)
		for i := range pieces {
			pieces[i].Fill, pieces[i].Stroke, pieces[i].Width = figure.None, figure.Ink, 1
		}
		figure.Marks[g] = pieces
		f := &figure.Figure{W: 20, H: 20, Shapes: []figure.Shape{{Kind: figure.Mark, X: 10, Y: 10, Glyph: g}}}
		data, err := figure.PNG(f, 4)
		if err != nil {
			t.Fatal(err)
		}
		if other, ok := outlines[string(data)]; ok {
			t.Errorf("without colour, %s looks like %s", g, other)
		}
		outlines[string(data)] = g
	}
}

// A pause, an inject written on the spot and what a person set by hand are
// marked in the lanes, and the caption says how.
func TestTheLanesShowWhatWasNotPlanned(t *testing.T) {
	_, p := frozenAt(t, 60*engine.Minute)
	lanes := func() *figure.Figure {
		return figure.Lanes(p.sc, &p.card, nil, p.log, engine.EN, figure.LaneSize{W: 784, Names: 132, Row: 30, Until: p.sc.Duration})
	}
	plain := lanes()
	for _, sign := range []string{"‖", "+", "Outer ring"} {
		if strings.Contains(plain.Caption, sign) {
			t.Errorf("a drill as planned has %q in its caption", sign)
		}
	}
	var id string
	for i := range p.card.Items {
		if it := &p.card.Items[i]; it.Triggered {
			it.AdHoc, it.Rated, id = true, &scoring.Hand{By: "p1"}, it.ID
			break
		}
	}
	at, n := 25*engine.Minute, 0
	for n < len(p.log) && p.log[n].At <= at {
		n++
	}
	wall := p.log[n-1].Recorded
	p.log = slices.Insert(slices.Clone(p.log), n, engine.Event{Type: engine.Paused, At: at, Recorded: wall}, engine.Event{Type: engine.Resumed, At: at, Recorded: wall + 95_000})
	f := lanes()
	texts, ring := map[string]bool{}, 0
	for _, s := range f.Shapes {
		texts[s.Text] = true
		if s.Kind == figure.Mark && s.Glyph == figure.ByHand {
			ring++
		}
	}
	if !texts["01:35"] || !texts["+"+id] || ring != 1 {
		t.Errorf("length of the pause drawn: %t, ad hoc: %t, rings: %d", texts["01:35"], texts["+"+id], ring)
	}
	for _, sign := range []string{"‖", "+", "Outer ring"} {
		if !strings.Contains(f.Caption, sign) {
			t.Errorf("the caption does not explain %q: %s", sign, f.Caption)
		}
	}
	fits(t, "lanes", f)
	drawn(t, "lanes-unplanned", f, 2)
}

func TestNothingIsMissedAfterTheEnd(t *testing.T) {
	_, p := frozenAt(t, 60*engine.Minute)
	end := 90 * engine.Second
	for i := range p.log {
		if p.log[i].Type == engine.Ended {
			p.log[i].At = end
		}
	}
	for i := range p.card.Items {
		if it := &p.card.Items[i]; it.Triggered {
			it.Done, it.Actual, it.Pending = false, nil, false
		}
	}
	f := figure.Lanes(p.sc, &p.card, nil, p.log, engine.EN, figure.LaneSize{W: 784, Names: 132, Row: 30, Until: p.sc.Duration})
	atEnd := f.Axis.X + f.Axis.W*float64(end)/float64(f.Axis.Until)
	missed := 0
	for i := range p.card.Items {
		it := &p.card.Items[i]
		if !it.Triggered || it.Received == nil || engine.Millis(*it.Received) > end {
			continue
		}
		missed++
	}
	for _, s := range f.Shapes {
		if s.Kind == figure.Mark && s.Glyph == figure.Missed && s.X <= atEnd+1 {
			missed--
		}
	}
	if missed != 0 {
		t.Errorf("%d marks stand after EndEx", missed)
	}
}

// While a drill runs, what there is still time for has not been left undone.
func TestThePaceLeavesOutWhatIsStillOpen(t *testing.T) {
	_, p := frozenAt(t, 10*engine.Minute)
	open, due := 0, 0
	for i := range p.card.Items {
		if it := &p.card.Items[i]; it.Triggered && it.Pending {
			open++
		} else if it.Triggered {
			due++
		}
	}
	f := figure.Pace(p.sc, &p.card, nil, figure.PaceByResponse, engine.EN, 784)
	if open == 0 || len(f.Table.Rows) != due {
		t.Errorf("%d rows for %d responses that are done or past their limit; %d are open", len(f.Table.Rows), due, open)
	}
}
