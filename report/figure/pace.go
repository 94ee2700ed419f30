package figure

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"saban/engine"
	"saban/scoring"
)

// PaceBy says what a row of Pace stands for.
type PaceBy uint8

// The rows of Pace.
const (
	PaceByRole     PaceBy = iota // the median of a role's responses, and each of few
	PaceByResponse               // one response
)

// Pace draws how long responses took, as parts of their targets: a ring where
// the drill before stood, a line to the mark of this one. What was never done
// took longer than until EndEx: it stands right of the scale, open, and counts
// in the median as the slowest. before may be nil.
func Pace(sc *engine.Scenario, card, before *scoring.Scorecard, by PaceBy, lang engine.Lang, width float64) *Figure {
	p := pace{sc: sc, lang: lang, by: by, fig: &Figure{W: width}}
	p.gather(card, before)
	p.draw()
	p.words(card, before)
	return p.fig
}

type pace struct {
	sc   *engine.Scenario
	lang engine.Lang
	by   PaceBy
	fig  *Figure
	rows []paceRow
	most float64 // right end of the scale
}

// paceRow is the responses of a role, or one. A share is time ÷ target,
// infinite for what was never done.
type paceRow struct {
	id, title string
	now, then []float64 // sorted
}

// fewPoints is up to how many responses each has a point of its own.
const fewPoints = 12

// gather sorts responses into rows, in the order of the scenario.
func (p *pace) gather(card, before *scoring.Scorecard) {
	for i := range p.sc.Roles {
		if p.by == PaceByRole {
			p.rows = append(p.rows, paceRow{id: p.sc.Roles[i].ID, title: p.sc.Roles[i].Title.In(p.lang)})
		}
	}
	for i := range card.Items {
		if it := &card.Items[i]; p.by == PaceByResponse {
			p.rows = append(p.rows, paceRow{id: it.ID, title: it.ID + "  " + it.Do.In(p.lang)})
		}
	}
	p.most = 2
	for n := range p.rows {
		row := &p.rows[n]
		row.now, row.then = p.shares(card, row.id), p.shares(before, row.id)
		for _, x := range slices.Concat(row.now, row.then) {
			if !math.IsInf(x, 1) {
				p.most = min(max(p.most, math.Ceil(x)), mostTargets)
			}
		}
	}
	p.rows = slices.DeleteFunc(p.rows, func(row paceRow) bool { return len(row.now) == 0 })
}

// mostTargets is how long the scale gets; what lies beyond stands at its end,
// with its figure.
const mostTargets = 5

func (p *pace) shares(card *scoring.Scorecard, id string) []float64 {
	if card == nil {
		return nil
	}
	var out []float64
	for i := range card.Items {
		it := &card.Items[i]
		mine := p.by == PaceByRole && it.By == id || p.by == PaceByResponse && it.ID == id
		if !mine || !it.Triggered || it.Pending {
			continue
		}
		share := math.Inf(1)
		if it.Done && it.Actual != nil {
			share = float64(*it.Actual) / float64(max(it.Target, 1))
		}
		out = append(out, share)
	}
	slices.Sort(out)
	return out
}

// median of sorted shares; between something and never it is never.
func median(sorted []float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	return (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
}

func (p *pace) left() float64 {
	if p.by == PaceByResponse {
		return p.fig.W * 0.44
	}
	return min(p.fig.W*0.30, 190)
}

// Right of the scale stand what was never done, the figures, and how many
// there were.
const (
	neverW = 56.0
	valueW = 54.0
	countW = 44.0
)

func (p *pace) right() float64 {
	if p.by == PaceByResponse {
		return p.fig.W - neverW - valueW
	}
	return p.fig.W - neverW - valueW - countW
}

func (p *pace) x(share float64) float64 {
	if math.IsInf(share, 1) {
		return p.right() + neverW/2
	}
	return p.left() + (p.right()-p.left())*min(share, p.most)/p.most
}

func (p *pace) draw() {
	f := p.fig
	const head, foot = 20.0, 20.0
	bottom := head
	heights := make([]float64, len(p.rows))
	names := make([][]string, len(p.rows))
	for n := range p.rows {
		names[n] = fold(p.rows[n].title, 11.5, false, p.left()-12, 2)
		heights[n] = max(26, 14*float64(len(names[n]))+8)
		bottom += heights[n]
	}
	f.H = bottom + foot
	f.add(Shape{Kind: Rect, X: p.x(0), Y: head, X2: p.x(1), Y2: bottom, Fill: OKWeak},
		Shape{Kind: Line, X: p.x(1), Y: head, X2: p.x(1), Y2: bottom, Stroke: OK, Width: 1.2},
		Shape{Kind: Line, X: p.right() + 4, Y: head, X2: p.right() + 4, Y2: bottom, Stroke: Control, Width: 0.8, Dashed: true},
		Shape{Kind: Text, X: p.x(math.Inf(1)), Y: 12, Text: engine.Both("không làm", "not done").In(p.lang), Size: 10.5, Fill: Ink3, Anchor: Middle})
	if p.by == PaceByRole {
		f.add(Shape{Kind: Text, X: f.W, Y: 12, Text: engine.Both("đã làm", "done").In(p.lang), Size: 10.5, Fill: Ink3, Anchor: End})
	}
	for at := 0.0; at <= p.most; at++ {
		if at > 1 {
			f.add(Shape{Kind: Line, X: p.x(at), Y: head, X2: p.x(at), Y2: bottom, Stroke: Rule, Width: 1})
		}
		f.add(Shape{Kind: Text, X: p.x(at), Y: bottom + 14, Text: p.tickLabel(at), Size: 10.5, Fill: Ink3, Anchor: Middle})
	}
	y := head
	for n := range p.rows {
		mid := y + heights[n]/2
		for i, text := range names[n] {
			f.add(Shape{Kind: Text, X: 0, Y: mid + 4 + 14*(float64(i)-float64(len(names[n])-1)/2), Text: text, Size: 11.5, Fill: Ink, Anchor: Start})
		}
		p.row(&p.rows[n], mid)
		y += heights[n]
	}
}

func (p *pace) tickLabel(at float64) string {
	switch at {
	case 0:
		return "0"
	case 1:
		return engine.Both("chuẩn", "target").In(p.lang)
	}
	return fmt.Sprintf("%.0f×", at)
}

// row draws a dumbbell.
func (p *pace) row(row *paceRow, mid float64) {
	f := p.fig
	now := median(row.now)
	if p.by == PaceByRole && len(row.now) > 1 && len(row.now) <= fewPoints {
		for _, x := range row.now {
			f.add(Shape{Kind: Rect, X: p.x(x) - 1.6, Y: mid + 8.4, X2: p.x(x) + 1.6, Y2: mid + 11.6, Fill: Ink3, Round: 1.6})
		}
	}
	if then := median(row.then); !math.IsNaN(then) {
		f.add(Shape{Kind: Line, X: p.x(then), Y: mid, X2: p.x(now), Y2: mid, Stroke: Control, Width: 1.4},
			Shape{Kind: Mark, X: p.x(then), Y: mid, Glyph: glyphOf(then, Before, Before, BeyondBefore)})
	}
	f.add(Shape{Kind: Mark, X: p.x(now), Y: mid, Glyph: glyphOf(now, OnTime, Slow, Beyond)},
		Shape{Kind: Text, X: p.right() + neverW + valueW, Y: mid + 4, Text: p.times(now), Size: 10.5, Fill: Ink, Bold: true, Anchor: End})
	if p.by == PaceByRole {
		f.add(Shape{Kind: Text, X: f.W, Y: mid + 4, Text: fmt.Sprintf("%d/%d", done(row.now), len(row.now)), Size: 10.5, Fill: Ink2, Anchor: End})
	}
}

func glyphOf(share float64, good, slow, never Glyph) Glyph {
	switch {
	case math.IsInf(share, 1):
		return never
	case share > 1:
		return slow
	}
	return good
}

func done(shares []float64) int {
	n := 0
	for _, x := range shares {
		if !math.IsInf(x, 1) {
			n++
		}
	}
	return n
}

// times is a share of the target in words.
func (p *pace) times(share float64) string {
	switch {
	case math.IsNaN(share):
		return "–"
	case math.IsInf(share, 1):
		return "> EndEx"
	}
	en := strconv.FormatFloat(share, 'f', 2, 64)
	return engine.Text{VI: strings.Replace(en, ".", ",", 1), EN: en}.In(p.lang) + "×"
}
