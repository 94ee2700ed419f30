package pdf

import (
	"image/color"

	"saban/report/document"
	"saban/report/figure"
)

// look is how a kind of part is set: millimetres, and points for letters.
type look struct {
	sans                     bool
	left, right, top, bottom float64
	size                     float64 // of running text
	cell                     float64 // of text in tables
	indent                   float64 // of a paragraph's first line
	gap                      float64 // before a paragraph
	justified, numbered      bool
	grid                     bool // tables have all lines, not the level ones alone
	ink, soft, rule          color.RGBA
}

func (l *look) width() float64 { return paperW - l.left - l.right }
func (l *look) floor() float64 { return paperH - l.bottom }

// leading is the height of a line as a share of its letters, between single
// spacing (1.15 for these fonts) and one and a half.
const leading = 1.22

var black = color.RGBA{A: 255}

func shade(p figure.Paint) color.RGBA {
	c, _ := p.Colour()
	return c
}

// looks of the kinds of part. The graphic one is a picture sheet after the
// program's own pages; sheets to work on are black alone, for any printer; the
// others follow the decree.
var looks = func() map[document.Kind]*look {
	official := look{left: 30, right: 15, top: 20, bottom: 20, size: 13, cell: 11.5, indent: 10, gap: 6 * point,
		justified: true, numbered: true, grid: true, ink: black, soft: black, rule: black}
	annex := official
	annex.cell = 10.5
	graphic := look{sans: true, left: 20, right: 15, top: 16, bottom: 20, size: 10.5, cell: 9.5, gap: 2.2,
		ink: shade(figure.Ink), soft: shade(figure.Ink3), rule: shade(figure.Rule)}
	sheet := look{sans: true, left: 18, right: 14, top: 19, bottom: 18, size: 10.5, cell: 9.5, gap: 2,
		grid: true, ink: black, soft: black, rule: black}
	return map[document.Kind]*look{document.Official: &official, document.Annex: &annex, document.Graphic: &graphic, document.Sheet: &sheet}
}()

func (s *setter) rule(x, y, x2 float64, c color.RGBA, width float64) { s.line(x, y, x2, y, c, width) }

func (s *setter) line(x, y, x2, y2 float64, c color.RGBA, width float64) {
	s.pdf.SetDrawColor(int(c.R), int(c.G), int(c.B))
	s.pdf.SetLineWidth(width)
	s.pdf.Line(x, y, x2, y2)
}
