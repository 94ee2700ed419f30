package figure

import (
	"fmt"
	"strings"
	"sync"
)

// Piece is a stroke or an area of a mark, in a field of 14 by 14: a circle
// around its one point, or a line through its points, closed to an area with
// corners of a Radius.
type Piece struct {
	Points       [][2]float64
	Radius       float64
	Closed       bool
	Fill, Stroke Paint
	Width        float64
	Dashed       bool
}

// MarkSize is the side of the field a mark is drawn in.
const MarkSize = glyph

// Marks are the marks as pieces, from the lowest to the topmost.
var Marks = map[Glyph][]Piece{
	OnTime: {
		{Points: [][2]float64{{7, 7}}, Radius: 6.1, Fill: OK},
		{Points: [][2]float64{{4.2, 7.3}, {6.1, 9.2}, {9.8, 5.2}}, Stroke: On, Width: 1.5},
	},
	Slow: {
		{Points: [][2]float64{{7, 0.5}, {13.5, 7}, {7, 13.5}, {0.5, 7}}, Closed: true, Fill: Warn},
		{Points: [][2]float64{{7, 4}, {7, 7}, {8.8, 8.2}}, Stroke: On, Width: 1.4},
	},
	Missed: {
		{Points: [][2]float64{{1, 1}, {13, 1}, {13, 13}, {1, 13}}, Closed: true, Radius: 2.1, Fill: Bad},
		{Points: [][2]float64{{4.4, 4.4}, {9.6, 9.6}}, Stroke: On, Width: 1.6},
		{Points: [][2]float64{{9.6, 4.4}, {4.4, 9.6}}, Stroke: On, Width: 1.6},
	},
	Waiting: {
		{Points: [][2]float64{{7, 7}}, Radius: 6, Fill: Surface},
		{Points: [][2]float64{{7, 7}}, Radius: 5.4, Stroke: Ink2, Width: 1.4, Dashed: true},
	},
	Before: {
		{Points: [][2]float64{{7, 7}}, Radius: 4, Fill: Surface, Stroke: Ink3, Width: 1.4},
	},
	Beyond: {
		{Points: [][2]float64{{2.5, 1.5}, {12.5, 7}, {2.5, 12.5}}, Closed: true, Fill: Surface, Stroke: Bad, Width: 1.6},
	},
	BeyondBefore: {
		{Points: [][2]float64{{3.5, 3}, {10.8, 7}, {3.5, 11}}, Closed: true, Fill: Surface, Stroke: Ink3, Width: 1.2},
	},
	ByHand: {
		{Points: [][2]float64{{7, 7}}, Radius: 8.6, Stroke: Ink, Width: 1.1},
	},
}

// Glyphs are the marks as SVG in a field of 14 by 14; a page's words beside
// figures use them too.
var Glyphs = sync.OnceValue(func() map[Glyph]string {
	all := map[Glyph]string{}
	for name, pieces := range Marks {
		var b strings.Builder
		for i := range pieces {
			pieces[i].svg(&b)
		}
		all[name] = b.String()
	}
	return all
})

func (p *Piece) svg(b *strings.Builder) {
	look := ` fill="none"`
	if p.Fill != None {
		look = fmt.Sprintf(` class="f-%s"`, p.Fill)
	}
	if p.Stroke != None {
		look = fmt.Sprintf(` fill="none" class="s-%s" stroke-width="%s" stroke-linecap="round" stroke-linejoin="round"`, p.Stroke, num(p.Width))
		if p.Fill != None {
			look = fmt.Sprintf(` class="f-%s s-%s" stroke-width="%s" stroke-linejoin="round"`, p.Fill, p.Stroke, num(p.Width))
		}
	}
	if p.Dashed {
		look += dashes
	}
	first := p.Points[0]
	switch {
	case len(p.Points) == 1:
		fmt.Fprintf(b, `<circle cx="%s" cy="%s" r="%s"%s/>`, num(first[0]), num(first[1]), num(p.Radius), look)
	case p.Closed && p.Radius > 0:
		far := p.Points[2]
		fmt.Fprintf(b, `<rect x="%s" y="%s" width="%s" height="%s" rx="%s"%s/>`, num(first[0]), num(first[1]), num(far[0]-first[0]), num(far[1]-first[1]), num(p.Radius), look)
	default:
		end := ""
		if p.Closed {
			end = "z"
		}
		fmt.Fprintf(b, `<path d="%s%s"%s/>`, through(p.Points), end, look)
	}
}

// through is the path of a line through points.
func through(points [][2]float64) string {
	var b strings.Builder
	for i, p := range points {
		fmt.Fprintf(&b, "%c%s %s", "ML"[min(i, 1)], num(p[0]), num(p[1]))
	}
	return b.String()
}
