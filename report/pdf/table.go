package pdf

import (
	"slices"
	"strings"

	"saban/report/document"
)

const (
	padX = 1.3 // of a cell, mm
	padY = 0.8
	// tallest is how high a row may be in one piece; a higher one may be
	// continued on the next page.
	tallest = 70.0
)

// grid is a table being set.
type grid struct {
	s      *setter
	table  *document.Table
	widths []float64
	width  float64
	face   face
	high   float64 // of a line
	head   box
}

// cell is the lines of one cell and where it stands.
type cell struct {
	lines []line
	x, w  float64
	align document.Align
}

func (s *setter) table(t *document.Table, width float64) []box {
	g := &grid{s: s, table: t, width: width, face: s.body()}
	g.face.Size = s.look.cell
	if len(t.Columns) > 6 {
		g.face.Size -= 1
	}
	g.high = g.face.Size * 1.18 * point
	g.widths = s.fonts.Columns(t, width, padX, g.face.Face)
	out := s.caption(t.Caption, width)
	if len(t.Rows) == 0 {
		f := g.face
		f.Italic = true
		return append(out, s.lines(document.Plain(t.Empty), text{face: f, width: width, gap: 1})...)
	}
	g.head = g.heads()
	first := g.head
	first.gap = 1.2
	out = append(out, first)
	s.inTable = true
	for i := range t.Rows {
		out = append(out, g.row(&t.Rows[i])...)
	}
	s.inTable = false
	return append(out, box{h: 1.5, draw: func(float64, float64) {}})
}

// caption is the line above a table or picture: its number in bold, the rest
// as it is.
func (s *setter) caption(words string, width float64) []box {
	if words == "" {
		return nil
	}
	f := s.body()
	f.Size -= 1
	f.Italic = !s.look.sans
	name, rest := words, ""
	if i := strings.Index(words, ". "); i > 0 {
		name, rest = words[:i+1], words[i+1:]
	}
	runs := []document.Run{{Text: name, Bold: true}, {Text: rest}}
	return tie(s.lines(runs, text{face: f, width: width, gap: s.look.gap * 1.4}))
}

// heads is the head of the table, which every page repeats.
func (g *grid) heads() box {
	f := g.face
	f.Bold = true
	align := document.Center
	if !g.s.look.grid {
		align = document.Left
		f.ink = g.s.look.soft
	}
	cells, x := make([]cell, len(g.table.Columns)), 0.0
	for i, c := range g.table.Columns {
		at := align
		if !g.s.look.grid {
			at = c.Align
		}
		cells[i] = cell{g.s.fill(document.Plain(c.Title), f, g.widths[i]-2*padX, 0), x, g.widths[i], at}
		x += g.widths[i]
	}
	b := g.pieces(cells, true)
	h := height(b)
	return box{h: h, keep: true, draw: func(x, y float64) {
		g.edge(x, y, true)
		for i := range b {
			b[i].draw(x, y)
			y += b[i].h
		}
		g.edge(x, y, true)
	}}
}

// row sets a line of the table, in pieces if it is high.
func (g *grid) row(r *document.Row) []box {
	var cells []cell
	f, x := g.face, 0.0
	if r.Span && len(r.Cells) > 0 {
		f.Bold = true
		cells = []cell{{g.s.fill(slices.Concat(r.Cells...), f, g.width-2*padX, 0), 0, g.width, document.Left}}
	} else {
		for i := range g.widths {
			var runs []document.Run
			if i < len(r.Cells) {
				runs = r.Cells[i]
			}
			cells = append(cells, cell{g.s.fill(runs, f, g.widths[i]-2*padX, 0), x, g.widths[i], g.table.Columns[i].Align})
			x += g.widths[i]
		}
	}
	for c := &cells[0]; len(c.lines) < r.Lines; {
		c.lines = append(c.lines, line{})
	}
	boxes := g.pieces(cells, false)
	for i := range boxes {
		boxes[i].head = &g.head
	}
	last := len(boxes) - 1
	draw, high := boxes[last].draw, boxes[last].h
	boxes[last].draw = func(x, y float64) {
		draw(x, y)
		g.edge(x, y+high, false)
	}
	boxes[last].keep = r.Span
	return g.s.named(r.ID, boxes)
}

// pieces cuts cells level into boxes that a page break may part.
func (g *grid) pieces(cells []cell, whole bool) []box {
	most := 1
	for i := range cells {
		most = max(most, len(cells[i].lines))
	}
	each := int(tallest / g.high)
	if whole || most <= each {
		each = most
	}
	var out []box
	for from := 0; from < most; from += each {
		until := min(from+each, most)
		up, down := 0.0, 0.0
		if from == 0 {
			up = padY
		}
		if until == most {
			down = padY
		}
		h := up + float64(until-from)*g.high + down
		out = append(out, box{h: h, draw: func(x, y float64) { g.piece(cells, from, until, x, y, up, h) }})
	}
	return out
}

// piece draws lines from and before until of every cell.
func (g *grid) piece(cells []cell, from, until int, x, y, up, h float64) {
	for i := range cells {
		c := &cells[i]
		for n := from; n < min(until, len(c.lines)); n++ {
			g.s.set(&c.lines[n], x+c.x+padX, y+up+float64(n-from)*g.high, c.w-2*padX, g.high, c.align, false)
		}
		if g.s.look.grid {
			g.s.line(x+c.x, y, x+c.x, y+h, black, 0.18)
		}
	}
	if g.s.look.grid {
		g.s.line(x+g.width, y, x+g.width, y+h, black, 0.18)
	}
}

// edge is a level line of the table.
func (g *grid) edge(x, y float64, strong bool) {
	ink, wide := black, 0.18
	if !g.s.look.grid {
		ink, wide = g.s.look.rule, 0.2
		if strong {
			ink, wide = g.s.look.ink, 0.3
		}
	}
	g.s.rule(x, y, x+g.width, ink, wide)
}
