package graph

import (
	"math"
	"strconv"

	"saban/engine"
)

// stops sets when the drill came into a box, in rows as wide as the box takes,
// and when it ended there. Their places are relative to the box's middle, and
// to the top of the first row.
func (m *machine) stops(b *box) (stops []Stop) {
	if m.path == nil {
		return nil
	}
	for _, n := range m.path.visits(b.state.ID) {
		stops = append(stops, m.stop(n, m.path.Steps[n-1].At.Clock()))
	}
	if m.last(b) && m.path.Over {
		stops = append(stops, m.stop(0, engine.Both("hết %s", "end %s", m.path.End.Clock()).In(m.lang)))
	}
	m.rows(stops, b.W-2*inside)
	return stops
}

// last reports whether the drill is in a box when its log ends.
func (m *machine) last(b *box) bool {
	n := 0
	if m.path != nil {
		n = len(m.path.Steps)
	}
	return n > 0 && m.path.Steps[n-1].State == b.state.ID
}

func (m *machine) stop(step int, label string) Stop {
	s := Stop{Step: step, Line: Line{Text: label, Size: m.small, Bold: true, Fate: Taken}}
	s.Line.Box.W = width(label, m.small, true)
	if step > 0 {
		s.Mark.H = m.small + 3
		s.Mark.W = max(s.Mark.H, width(strconv.Itoa(step), m.small, true)+5)
	}
	return s
}

func (m *machine) stopHeight() float64 { return leading(m.small) + 2 }

const besideMark = 3

func (s *Stop) width() float64 {
	if s.Step == 0 {
		return s.Line.Box.W
	}
	return s.Mark.W + besideMark + s.Line.Box.W
}

// rows breaks stops into rows and centres each.
func (m *machine) rows(stops []Stop, room float64) {
	const between = 8
	y := 0.0
	for first := 0; first < len(stops); {
		last, wide := first, stops[first].width()
		for last+1 < len(stops) && wide+between+stops[last+1].width() <= room {
			last++
			wide += between + stops[last].width()
		}
		x := -down(wide / 2)
		for i := first; i <= last; i++ {
			s := &stops[i]
			s.Mark.X, s.Mark.Y = x, y+(m.stopHeight()-s.Mark.H)/2
			at := x
			if s.Step > 0 {
				at += s.Mark.W + besideMark
			}
			s.Line = m.line(s.Line, at, y+1)
			x += s.width() + between
		}
		y += m.stopHeight()
		first = last + 1
	}
}

// stopRows counts the rows of stops that have been set.
func stopRows(stops []Stop) int {
	rows, y := 0, math.Inf(-1)
	for i := range stops {
		if stops[i].Line.Box.Y > y {
			rows, y = rows+1, stops[i].Line.Box.Y
		}
	}
	return rows
}

// line measures a line of text and puts its top left corner at x, y.
func (m *machine) line(l Line, x, y float64) Line {
	high := leading(l.Size)
	l.Box = Rect{x, y, width(l.Text, l.Size, l.Bold), high}
	l.Base = y + down(high/2+l.Size*0.36)
	return l
}
