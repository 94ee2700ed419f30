package figure

import (
	"fmt"
	"strings"

	"saban/engine"
	"saban/scoring"
)

// Objectives draws a bar for what each objective reached, of 100, beside the
// ratings of its tasks: a tick where the drill before stood, hatched where it
// is below the threshold from which the rubric speaks of major challenges.
// Responses of no objective have a bar of their own; a scenario without
// objectives has bars by capability. before may be nil.
func Objectives(sc *engine.Scenario, card, before *scoring.Scorecard, lang engine.Lang, width float64) *Figure {
	b := bars{sc: sc, lang: lang, fig: &Figure{W: width}, threshold: percent(card.Rubric.Ratings.CapabilityMajorBelow)}
	b.gather(card, before)
	b.draw()
	b.words(card, before)
	return b.fig
}

type bars struct {
	sc        *engine.Scenario
	lang      engine.Lang
	fig       *Figure
	threshold float64
	rows      []bar
}

// bar is what the responses of an objective reached together.
type bar struct {
	id, title string
	now, then *float64 // of 100; nil: nothing to go by
	tasks     []*scoring.Item
	idle      int // never triggered, or without weight
}

func percent(r engine.Ratio) float64 { return float64(r) / float64(engine.Whole) * 100 }

// gather finds the bars, in the order of the scenario.
func (b *bars) gather(card, before *scoring.Scorecard) {
	byObjective := len(b.sc.Objectives) > 0
	key := func(it *scoring.Item) string {
		if byObjective {
			return it.Objective
		}
		return string(it.Capability)
	}
	for _, o := range b.sc.Objectives {
		b.rows = append(b.rows, bar{id: o.ID, title: o.Text.In(b.lang)})
	}
	if !byObjective {
		for _, c := range card.CapabilityDetails {
			b.rows = append(b.rows, bar{id: string(c.Code), title: c.Title.In(b.lang)})
		}
	}
	other := bar{title: engine.Both("Việc không gắn mục tiêu", "Responses of no objective").In(b.lang)}
	for i := range card.Items {
		it, row := &card.Items[i], &other
		for n := range b.rows {
			if b.rows[n].id == key(it) {
				row = &b.rows[n]
			}
		}
		row.tasks = append(row.tasks, it)
		if !counts(it) {
			row.idle++
		}
	}
	if len(other.tasks) > 0 {
		b.rows = append(b.rows, other)
	}
	for n := range b.rows {
		row := &b.rows[n]
		mine := func(it *scoring.Item) bool { return key(it) == row.id }
		row.now, row.then = reached(card, mine), reached(before, mine)
	}
}

func counts(it *scoring.Item) bool { return it.Triggered && it.Weight > 0 && it.Value != nil }

// reached is the weighted mean value of responses, of 100.
func reached(card *scoring.Scorecard, mine func(*scoring.Item) bool) *float64 {
	if card == nil {
		return nil
	}
	sum, weight := 0.0, 0.0
	for i := range card.Items {
		if it := &card.Items[i]; counts(it) && mine(it) {
			sum += float64(it.Weight) * percent(*it.Value)
			weight += float64(it.Weight)
		}
	}
	if weight == 0 {
		return nil
	}
	mean := sum / weight
	return &mean
}

// Columns of the picture, of its width: words, scale, figures, ratings.
const (
	barsFrom   = 0.28
	barsUntil  = 0.57
	barsValue  = 0.63
	barsChange = 0.645
	barsCount  = 0.735
	barsTiles  = 0.80
	tileW      = 21.0
	tileGap    = 4.0
	tileH      = 18.0
)

// draw sets the rows below each other, each as tall as its words and tiles
// ask for.
func (b *bars) draw() {
	f := b.fig
	b.head()
	perLine := max(int((f.W-f.W*barsTiles+tileGap)/(tileW+tileGap)), 1)
	y := 22.0
	for n := range b.rows {
		row := &b.rows[n]
		lines := fold(strings.TrimSpace(row.id+"  "+row.title), 11.5, false, f.W*barsFrom-12, 3)
		tiles := (len(row.tasks) + perLine - 1) / perLine
		height := max(14*float64(len(lines)), (tileH+tileGap)*float64(tiles), tileH) + 8
		mid := y + height/2
		for i, text := range lines {
			f.add(Shape{Kind: Text, X: 0, Y: mid + 4 + 14*(float64(i)-float64(len(lines)-1)/2), Text: text, Size: 11.5, Fill: Ink, Anchor: Start})
		}
		b.bar(row, mid)
		for i, it := range row.tasks {
			top := mid + (tileH+tileGap)*(float64(i/perLine)-float64(tiles)/2) + tileGap/2
			b.tile(it, f.W*barsTiles+float64(i%perLine)*(tileW+tileGap), top)
		}
		y += height
	}
	b.scale(y)
	f.H = y + 20
}

// head names the columns.
func (b *bars) head() {
	f := b.fig
	for _, c := range []struct {
		at     float64
		anchor Anchor
		text   engine.Text
	}{
		{barsFrom, Start, engine.Both("Điểm trên 100", "Of 100")},
		{barsCount, Start, engine.Both("số việc", "n")},
		{barsTiles, Start, engine.Both("Mức từng việc", "Rating by task")},
	} {
		f.add(Shape{Kind: Text, X: f.W * c.at, Y: 12, Text: c.text.In(b.lang), Size: 10.5, Fill: Ink3, Anchor: c.anchor})
	}
}

func (b *bars) x(of100 float64) float64 {
	w := b.fig.W
	return w*barsFrom + (w*barsUntil-w*barsFrom)*min(max(of100, 0), 100)/100
}

// scale draws the axis below the bars, and the threshold through them.
func (b *bars) scale(bottom float64) {
	f := b.fig
	axis := []Shape{}
	for _, at := range []float64{0, 50, 100} {
		axis = append(axis, Shape{Kind: Line, X: b.x(at), Y: 18, X2: b.x(at), Y2: bottom, Stroke: Rule, Width: 1},
			Shape{Kind: Text, X: b.x(at), Y: bottom + 14, Text: fmt.Sprint(at), Size: 10.5, Fill: Ink3, Anchor: Middle})
	}
	if b.threshold > 0 && b.threshold < 100 {
		axis = append(axis, Shape{Kind: Line, X: b.x(b.threshold), Y: 18, X2: b.x(b.threshold), Y2: bottom, Stroke: Ink2, Width: 1, Dashed: true})
		if b.threshold > 60 && b.threshold < 90 {
			axis = append(axis, Shape{Kind: Text, X: b.x(b.threshold), Y: bottom + 14, Text: whole(b.threshold), Size: 10.5, Bold: true, Fill: Ink2, Anchor: Middle})
		}
	}
	f.Shapes = append(axis, f.Shapes...)
}

func (b *bars) bar(row *bar, mid float64) {
	f := b.fig
	count := len(row.tasks) - row.idle
	f.add(Shape{Kind: Text, X: f.W * barsCount, Y: mid + 4, Text: fmt.Sprintf("%d/%d", count, len(row.tasks)), Size: 10.5, Fill: Ink2, Anchor: Start})
	if row.now == nil {
		f.add(Shape{Kind: Text, X: b.x(0) + 5, Y: mid + 4, Text: engine.Both("không có gì để chấm", "nothing to score").In(b.lang), Size: 10.5, Fill: Ink3, Anchor: Start})
	} else {
		fill, stroke := Bar, Ink3
		if b.below(row) {
			fill, stroke = Hatch, Warn
		}
		f.add(Shape{Kind: Rect, X: b.x(0), Y: mid - 7, X2: b.x(*row.now), Y2: mid + 7, Fill: fill, Stroke: stroke, Width: 0.8, Round: 1.5},
			Shape{Kind: Text, X: f.W * barsValue, Y: mid + 4.5, Text: whole(*row.now), Size: 13, Bold: true, Fill: Ink, Anchor: End})
	}
	if row.then == nil {
		return
	}
	f.add(Shape{Kind: Line, X: b.x(*row.then), Y: mid - 11, X2: b.x(*row.then), Y2: mid + 11, Stroke: Ink, Width: 2})
	if row.now != nil {
		f.add(Shape{Kind: Text, X: f.W * barsChange, Y: mid + 4.5, Text: change(*row.now, *row.then), Size: 10.5, Fill: Ink2, Anchor: Start})
	}
}

func (b *bars) below(row *bar) bool { return row.now != nil && *row.now < b.threshold }

// change is the step from then to now, as the printed figures have it.
func change(now, then float64) string {
	switch d := round(now) - round(then); {
	case d > 0:
		return fmt.Sprintf("▲ %d", d)
	case d < 0:
		return fmt.Sprintf("▼ %d", -d)
	}
	return "= 0"
}

func round(x float64) int { return int(x + 0.5) }

func whole(x float64) string { return fmt.Sprint(round(x)) }

// tile is a task's rating: the worse, the darker.
func (b *bars) tile(it *scoring.Item, x, y float64) {
	looks := map[scoring.Rating][3]Paint{
		scoring.Performed: {OKWeak, OK, OK}, scoring.Some: {AccentWeak, Accent, Accent},
		scoring.Major: {Hatch, Warn, Ink}, scoring.Unable: {Bad, Bad, On},
	}
	look, ok := looks[it.Rating]
	letter := string(it.Rating)
	if !ok || !it.Triggered {
		look, letter = [3]Paint{Surface, Control, Ink3}, "–"
	}
	box := Shape{Kind: Rect, X: x, Y: y, X2: x + tileW, Y2: y + tileH, Fill: look[0], Stroke: look[1], Width: 0.9, Round: 4, Dashed: letter == "–"}
	b.fig.add(box, Shape{Kind: Text, X: x + tileW/2, Y: y + 13, Text: letter, Size: 10.5, Bold: true, Fill: look[2], Anchor: Middle})
}

// words says what the bars show and how to read them.
func (b *bars) words(card, before *scoring.Scorecard) {
	rated, good := 0, 0
	var worst *bar
	for n := range b.rows {
		row := &b.rows[n]
		if row.now != nil {
			rated++
			if !b.below(row) {
				good++
			}
			if worst == nil || *row.now < *worst.now {
				worst = row
			}
		}
		b.tabulate(row)
	}
	name := engine.Both("Kết quả theo mục tiêu: không có gì để chấm", "Results by objective: nothing to score")
	if worst != nil {
		label := worst.id
		if label == "" {
			label = worst.title
		}
		name = engine.Both("Kết quả theo mục tiêu: %d trên %d đạt từ %s điểm; thấp nhất là %s, %s điểm", "Results by objective: %d of %d reach %s points; the lowest is %s with %s",
			good, rated, whole(b.threshold), label, whole(*worst.now))
		if worst.then != nil {
			name = engine.Fill("%s, lần trước %s", "%s, %s before", name, engine.Same(whole(*worst.then)))
		}
	}
	b.fig.Name = name.In(b.lang)
	caption := engine.Both("Thanh: điểm trung bình có trọng số của các việc. Gạch chéo: dưới ngưỡng %s (nét đứt). Ô bên phải: mức từng việc, P tốt, S vướng nhỏ, M vướng lớn, U không làm được, – chưa phát sinh.",
		"Bar: weighted mean of the responses. Hatched: below the threshold of %s (dashed). Boxes: rating of each task, P performed, S some challenges, M major challenges, U unable, – not triggered.", whole(b.threshold))
	if before != nil {
		caption = engine.Fill("%s Vạch đen: lần trước%s.", "%s Black tick: the drill before%s.", caption, otherScenario(card, before))
	}
	b.fig.Caption = caption.In(b.lang)
	b.fig.Table.Head = []string{engine.Both("Mục tiêu", "Objective").In(b.lang), engine.Both("Điểm", "Points").In(b.lang), engine.Both("Lần trước", "Before").In(b.lang),
		engine.Both("Số việc được tính", "Responses counted").In(b.lang), engine.Both("Mức từng việc", "Rating by task").In(b.lang)}
}

// otherScenario warns where two drills did not play the same scenario.
func otherScenario(card, before *scoring.Scorecard) engine.Text {
	if card.Scenario == before.Scenario {
		return engine.Text{}
	}
	return engine.Both(" (khác phiên bản kịch bản, chỉ tham khảo)", " (another version of the scenario: for reference only)")
}

func (b *bars) tabulate(row *bar) {
	say := func(x *float64) string {
		if x == nil {
			return "–"
		}
		return whole(*x)
	}
	var tasks []string
	for _, it := range row.tasks {
		rating := string(it.Rating)
		if rating == "" || !it.Triggered {
			rating = "–"
		}
		tasks = append(tasks, it.ID+" "+rating)
	}
	b.fig.Table.Rows = append(b.fig.Table.Rows, []string{strings.TrimSpace(row.id + " " + row.title), say(row.now), say(row.then),
		fmt.Sprintf("%d/%d", len(row.tasks)-row.idle, len(row.tasks)), strings.Join(tasks, ", ")})
}
