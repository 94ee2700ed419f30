package pdf

import (
	"image/color"
	"math"

	"saban/report/document"
	"saban/report/figure"
	"saban/report/measure"
)

// picture is a figure as large as the column, and its caption above it.
func (s *setter) picture(p *document.Picture, width float64) []box {
	out := s.caption(p.Caption, width)
	if p.Figure == nil || p.Figure.W <= 0 || p.Figure.H <= 0 {
		return out
	}
	room := s.look.floor() - s.look.top - height(out) - 4
	scale := min(width/p.Figure.W, room/p.Figure.H)
	return append(out, box{gap: 1.5, h: p.Figure.H*scale + 1, draw: func(x, y float64) {
		paint := painter{s: s, scale: scale, x: x + (width-p.Figure.W*scale)/2, y: y}
		for i := range p.Figure.Shapes {
			paint.shape(&p.Figure.Shapes[i])
		}
	}})
}

// painter draws shapes from where a picture's upper left corner is.
type painter struct {
	s           *setter
	x, y, scale float64
	mono        bool // in black and white
}

// colour is that of a paint here.
func (p *painter) colour(paint figure.Paint) (color.RGBA, bool) {
	c, ok := paint.Colour()
	if white := (color.RGBA{255, 255, 255, 255}); p.mono && c != white {
		c = black
	}
	return c, ok
}

func (p *painter) at(x, y float64) (float64, float64) { return p.x + x*p.scale, p.y + y*p.scale }

func (p *painter) shape(s *figure.Shape) {
	if s.Class == "halo" {
		p.s.pdf.SetAlpha(0.28, "Normal")
		defer p.s.pdf.SetAlpha(1, "Normal")
	}
	switch s.Kind {
	case figure.Line:
		p.path([][2]float64{{s.X, s.Y}, {s.X2, s.Y2}}, false, figure.None, s.Stroke, s.Width, s.Dashed)
	case figure.Rect:
		p.rect(s)
	case figure.Text:
		p.text(s)
	case figure.Mark:
		p.mark(s.Glyph, s.X, s.Y)
	case figure.Arrow:
		p.path(s.Points, false, figure.None, s.Stroke, s.Width, s.Dashed)
		p.path(s.Head(), true, s.Stroke, figure.None, 0, false)
	}
}

// pen makes ready to fill and to stroke; it returns what fpdf calls a style.
func (p *painter) pen(fill, stroke figure.Paint, width float64, dashed bool) string {
	pdf, style := p.s.pdf, ""
	if c, ok := p.colour(fill); ok {
		pdf.SetFillColor(int(c.R), int(c.G), int(c.B))
		style = "F"
	}
	if c, ok := p.colour(stroke); ok && width > 0 {
		pdf.SetDrawColor(int(c.R), int(c.G), int(c.B))
		pdf.SetLineWidth(width * p.scale)
		pdf.SetLineCapStyle("butt")
		pdf.SetDashPattern(nil, 0)
		if dashed {
			pdf.SetDashPattern([]float64{2.5 * p.scale, 2 * p.scale}, 0)
		}
		style += "D"
	}
	return style
}

// lift leaves no dashes for what is drawn next.
func (p *painter) lift() {
	p.s.pdf.SetDashPattern(nil, 0)
	p.s.pdf.SetLineJoinStyle("miter")
}

func (p *painter) path(points [][2]float64, closed bool, fill, stroke figure.Paint, width float64, dashed bool) {
	style := p.pen(fill, stroke, width, dashed)
	if style == "" || len(points) < 2 {
		return
	}
	defer p.lift()
	p.s.pdf.SetLineJoinStyle("round")
	for i, at := range points {
		x, y := p.at(at[0], at[1])
		if i == 0 {
			p.s.pdf.MoveTo(x, y)
		} else {
			p.s.pdf.LineTo(x, y)
		}
	}
	if closed {
		p.s.pdf.ClosePath()
	}
	p.s.pdf.DrawPath(style)
}

func (p *painter) rect(s *figure.Shape) {
	style := p.pen(s.Fill, s.Stroke, s.Width, s.Dashed)
	w, h := max(s.X2-s.X, 0)*p.scale, (s.Y2-s.Y)*p.scale
	if style == "" || w <= 0 || h <= 0 {
		return
	}
	defer p.lift()
	x, y := p.at(s.X, s.Y)
	if s.Fill == figure.Hatch {
		p.hatch(x, y, w, h)
		if style = p.pen(figure.None, s.Stroke, s.Width, s.Dashed); style == "" {
			return
		}
	}
	if r := min(s.Round*p.scale, w/2, h/2); r > 0 {
		p.s.pdf.RoundedRect(x, y, w, h, r, "1234", style)
		return
	}
	p.s.pdf.Rect(x, y, w, h, style)
}

// hatch fills an area with strokes from the upper right to the lower left.
func (p *painter) hatch(x, y, w, h float64) {
	pdf := p.s.pdf
	pdf.Rect(x, y, w, h, "F")
	pdf.ClipRect(x, y, w, h, false)
	c, ground := shade(figure.Warn), shade(figure.Hatch)
	mixed := color.RGBA{mix(c.R, ground.R), mix(c.G, ground.G), mix(c.B, ground.B), 255}
	pdf.SetDrawColor(int(mixed.R), int(mixed.G), int(mixed.B))
	pdf.SetLineWidth(1.6 * p.scale)
	pdf.SetDashPattern(nil, 0)
	step := 5 * math.Sqrt2 * p.scale
	for at := step / 2; at < w+h; at += step {
		pdf.Line(x+at, y, x+at-h, y+h)
	}
	pdf.ClipEnd()
}

// mix is a colour that covers four tenths of its ground.
func mix(over, ground uint8) uint8 { return uint8((int(over)*4 + int(ground)*6) / 10) }

func (p *painter) text(s *figure.Shape) {
	c, ok := s.Fill.Colour()
	if !ok {
		return
	}
	f := face{Face: measure.Face{Sans: true, Bold: s.Bold, Size: s.Size * p.scale / point}, ink: c}
	words := p.s.fonts.shown(s.Text, f)
	x, y := p.at(s.X, s.Y)
	switch s.Anchor {
	case figure.Middle:
		x -= p.s.fonts.wide(words, f) / 2
	case figure.End:
		x -= p.s.fonts.wide(words, f)
	}
	p.s.write(words, x, y, f)
}

// mark draws a mark in the middle of x, y.
func (p *painter) mark(g figure.Glyph, x, y float64) {
	const half = figure.MarkSize / 2
	for _, piece := range figure.Marks[g] {
		points := make([][2]float64, len(piece.Points))
		for i, at := range piece.Points {
			points[i] = [2]float64{at[0] + x - half, at[1] + y - half}
		}
		switch {
		case len(points) == 1:
			p.circle(points[0], &piece)
		case piece.Closed && piece.Radius > 0 && len(points) == 4:
			p.rect(&figure.Shape{X: points[0][0], Y: points[0][1], X2: points[2][0], Y2: points[2][1], Fill: piece.Fill, Stroke: piece.Stroke, Width: piece.Width, Round: piece.Radius})
		default:
			p.path(points, piece.Closed, piece.Fill, piece.Stroke, piece.Width, piece.Dashed)
		}
	}
}

func (p *painter) circle(at [2]float64, piece *figure.Piece) {
	if style := p.pen(piece.Fill, piece.Stroke, piece.Width, piece.Dashed); style != "" {
		x, y := p.at(at[0], at[1])
		p.s.pdf.Circle(x, y, piece.Radius*p.scale, style)
		p.lift()
	}
}
