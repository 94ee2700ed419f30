package graph

import (
	"cmp"
	"math"
	"slices"

	"saban/engine"
)

// Lay lays a machine out on a page: what it is, what the shapes mean, the
// states with the good way from top to bottom and what goes wrong at its side,
// and then, but for Figure, the path, the transitions in the order they are
// tried, and what the ids in their conditions stand for.
func Lay(c *engine.Compiled, o Options) *Picture {
	o.Lang, o.Page, o.ID = cmp.Or(o.Lang, engine.VI), cmp.Or(o.Page, A4), cmp.Or(o.ID, "machine")
	m := newMachine(c, o)
	s := c.Scenario()
	p := &Picture{ID: o.ID, Lang: o.Lang, Page: o.Page, Unit: m.unit, Title: caption(s, o), About: about(c, o)}
	m.across()
	y := m.head(p, s)
	m.place(math.Ceil(y/m.grid) * m.grid)
	end := m.draw(p) + m.margin
	if m.columns > 0 {
		end = m.lists(p, c, end)
	}
	p.Width, p.Height, p.Sheets = m.width, up(end), 1
	if m.height > 0 {
		p.Sheets = int(math.Ceil(end / m.height))
		p.Height = float64(p.Sheets) * m.height
		m.feet(p)
	}
	return p
}

// draw puts boxes and arrows into the picture and returns where they end.
func (m *machine) draw(p *Picture) (end float64) {
	for _, b := range m.boxes {
		p.Nodes = append(p.Nodes, m.node(b))
		end = max(end, b.Bottom())
	}
	for _, a := range m.arrows {
		points := m.points(a)
		for _, at := range points {
			end = max(end, at.Y)
		}
		one := Arrow{Number: a.number, ID: a.id, From: a.from.state.ID, To: a.to.state.ID, Points: points,
			Trunk: -1 - len(p.Arrows), Kind: a.to.state.Kind, Fate: m.fate(a.steps), Steps: a.steps}
		if a.trunk != nil {
			one.Trunk = slices.Index(m.trunks, a.trunk)
		}
		p.Arrows = append(p.Arrows, one)
		p.Badges = append(p.Badges, m.badge(a, points))
	}
	// what the drill did lies over what it did not
	slices.SortStableFunc(p.Arrows, func(a, b Arrow) int {
		return cmp.Or(-cmp.Compare(a.Fate, b.Fate), cmp.Compare(a.Trunk, b.Trunk))
	})
	return end
}

// badge sits on an arrow where it leaves its box.
func (m *machine) badge(a *arrow, points []Point) Badge {
	at, high, wide := points[0], m.badgeHeight(), m.badgeWidth(a.label)
	box := Rect{W: wide, H: high}
	switch {
	case a.trunk == nil:
		room := min(points[1].Y-at.Y, m.loose) // it may lead to the next sheet
		box.X, box.Y = at.X-wide/2, at.Y+down((room-tipLength-high)/2)+1
	case a.trunk.corridor.edge(a.from) == right:
		box.X, box.Y = a.from.Right()+4, at.Y-high/2
	default:
		box.X, box.Y = a.from.X-4-wide, at.Y-high/2
	}
	return m.tag(a.label, box, m.fate(a.steps), a.number == 0)
}

func (m *machine) tag(label string, box Rect, fate Fate, forced bool) Badge {
	line := m.line(Line{Text: label, Size: m.small, Bold: true, Centre: true, Fate: fate}, box.X, box.Y)
	line.Box.W, line.Box.H = box.W, box.H
	line.Base = box.Y + down(box.H/2+m.small*0.36)
	return Badge{Line: line, Box: box, Fate: fate, Forced: forced}
}

func (m *machine) node(b *box) Node {
	n := Node{State: b.state.ID, Kind: b.state.Kind, Box: b.Rect, Fate: m.fate(m.path.visits(b.state.ID)), Last: m.last(b)}
	rows := float64(stopRows(b.stops))
	high := rows * m.stopHeight()
	if rows > 0 {
		high += 2
	}
	for _, l := range b.lines {
		high += leading(l.Size)
	}
	y := b.Y + down((b.H-high)/2)
	for _, l := range b.lines {
		l.Centre, l.Fate = true, n.Fate
		l = m.line(l, 0, y)
		l.Box.X = b.X + down((b.W-l.Box.W)/2)
		n.Lines = append(n.Lines, l)
		y += l.Box.H
	}
	for _, s := range b.stops {
		dx, dy := b.X+down(b.W/2), y+2
		s.Mark.X, s.Mark.Y = s.Mark.X+dx, s.Mark.Y+dy
		s.Line.Box.X, s.Line.Box.Y, s.Line.Base = s.Line.Box.X+dx, s.Line.Box.Y+dy, s.Line.Base+dy
		n.Stops = append(n.Stops, s)
	}
	return n
}
