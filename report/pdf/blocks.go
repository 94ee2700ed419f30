package pdf

import (
	"strconv"
	"strings"

	"saban/report/document"
	"saban/report/figure"
	"saban/report/measure"
)

// blocks sets blocks in a column of a width.
func (s *setter) blocks(list []document.Block, width float64) []box {
	var out []box
	for _, b := range list {
		switch b := b.(type) {
		case *document.Heading:
			out = append(out, s.heading(b, width)...)
		case *document.Paragraph:
			out = append(out, s.paragraph(b, width)...)
		case *document.List:
			out = append(out, s.list(b, width)...)
		case *document.Table:
			out = append(out, s.table(b, width)...)
		case *document.Numbers:
			out = append(out, s.numbers(b, width)...)
		case *document.Columns:
			out = append(out, s.columns(b, width)...)
		case *document.Picture:
			out = append(out, s.picture(b, width)...)
		case *document.Card:
			out = append(out, s.card(b, width)...)
		case *document.Writing:
			out = append(out, s.writing(b, width)...)
		case *document.Signatures:
			out = append(out, s.signatures(b, width)...)
		case *document.Details: // for a screen, that can fold them up
		default:
			s.pdf.SetErrorf("no way to set a %T", b)
		}
	}
	return out
}

// letters are those of the part at a size.
func (s *setter) letters(size float64) face {
	return face{Face: measure.Face{Sans: s.look.sans, Size: size}, ink: s.look.ink}
}

func (s *setter) body() face {
	return s.letters(s.look.size)
}

// text is how lines are set.
type text struct {
	face      face
	width     float64
	inset     float64 // from the left
	indent    float64 // of the first line
	gap       float64
	align     document.Align
	justified bool
	lead      float64 // 0 = the usual
}

// lines sets runs; no line of a paragraph stands on a page by itself.
func (s *setter) lines(runs []document.Run, t text) []box {
	high := t.face.high()
	if t.lead > 0 {
		high = t.face.Size * t.lead * point
	}
	lines := s.fill(runs, t.face, t.width-t.inset, t.indent)
	out := make([]box, len(lines))
	for i := range lines {
		l, shift := &lines[i], t.inset
		if i == 0 {
			shift += t.indent
		}
		out[i] = box{h: high, keep: i == 0 && len(lines) > 1 || i == len(lines)-2, draw: func(x, y float64) {
			s.set(l, x+shift, y, t.width-shift, high, t.align, t.justified)
		}}
	}
	out[0].gap = t.gap
	return out
}

// tie keeps boxes on the page of what follows.
func tie(boxes []box) []box {
	for i := range boxes {
		boxes[i].keep = true
	}
	return boxes
}

// named makes a link to the first of some boxes possible.
func (s *setter) named(id string, boxes []box) []box {
	if id == "" || len(boxes) == 0 {
		return boxes
	}
	draw := boxes[0].draw
	boxes[0].draw = func(x, y float64) {
		s.anchorAt(id, y)
		draw(x, y)
	}
	return boxes
}

func (s *setter) heading(h *document.Heading, width float64) []box {
	f := s.body()
	f.Bold = true
	gap := s.look.gap * 1.6
	if s.look.sans {
		f.Size += 3.5 - float64(min(h.Level, 3))
		gap = 4.5
	} else if h.Level > 2 {
		f.Italic = true
	}
	title := strings.TrimSpace(number(h.Number) + " " + h.Text)
	boxes := s.lines(document.Plain(title), text{face: f, width: width, gap: gap})
	draw, level := boxes[0].draw, min(h.Level, 3)
	boxes[0].draw = func(x, y float64) {
		s.pdf.Bookmark(strings.ReplaceAll(measure.Printable(title), "\n", " "), level, y)
		draw(x, y)
	}
	return tie(s.named(h.ID, boxes))
}

// number is that of a heading with a full stop behind it.
func number(n string) string {
	if n == "" || strings.HasSuffix(n, ".") || strings.HasSuffix(n, ")") {
		return n
	}
	return n + "."
}

func (s *setter) paragraph(p *document.Paragraph, width float64) []box {
	t := text{face: s.body(), width: width, gap: s.look.gap, indent: s.look.indent, justified: s.look.justified}
	switch p.Style {
	case document.Lead:
		if s.look.sans {
			t.face.Size += 4
			t.gap, t.lead = 4, 1.4
		} else {
			t.face.Bold = true
		}
	case document.Notice:
		return s.notice(p.Runs, t)
	case document.Small:
		t.face.Size -= 1.5
		t.face.ink = s.look.soft
		t.face.Italic = !s.look.sans
		t.indent = 0
	}
	return s.lines(p.Runs, t)
}

// notice marks lines off with a bar at their side.
func (s *setter) notice(runs []document.Run, t text) []box {
	t.inset, t.indent = 4, 0
	if s.look.sans {
		t.face.Size -= 0.5
		if !s.look.grid {
			t.face.ink = shade(figure.Ink2)
		}
		t.gap = 4
	}
	boxes := s.lines(runs, t)
	for i := range boxes {
		draw, high, up := boxes[i].draw, boxes[i].h, 0.0
		if i > 0 {
			up = 0.1
		}
		boxes[i].draw = func(x, y float64) {
			s.line(x+0.6, y-up, x+0.6, y+high, shade(figure.Control), 0.9)
			draw(x, y)
		}
	}
	return boxes
}

func (s *setter) list(l *document.List, width float64) []box {
	var out []box
	open := s.look.sans
	for i := range l.Points {
		p := &l.Points[i]
		t := text{face: s.body(), width: width, inset: 6, gap: s.look.gap, justified: s.look.justified}
		if !open {
			t.inset = s.look.indent
		}
		mark := s.mark(p, l, i, &t)
		boxes := s.lines(p.Runs, t)
		draw := boxes[0].draw
		boxes[0].draw = func(x, y float64) {
			mark(x, y)
			draw(x, y)
		}
		if open && !s.look.grid && i > 0 {
			s.ruled(boxes, width, t.gap)
		}
		out = append(out, boxes...)
	}
	return out
}

// ruled draws a rule above a point.
func (s *setter) ruled(boxes []box, width, gap float64) {
	draw := boxes[0].draw
	boxes[0].draw = func(x, y float64) {
		s.rule(x, y-gap/2, x+width, s.look.rule, 0.2)
		draw(x, y)
	}
}

// mark is what stands before a point.
func (s *setter) mark(p *document.Point, l *document.List, i int, t *text) func(x, y float64) {
	f, high := t.face, t.face.high()
	if p.Mark != "" {
		inset := t.inset
		return func(x, y float64) {
			size := f.Size * point
			s.glyph(p.Mark, x+max(inset-6, 0)+size/2+0.3, y+high/2, size)
		}
	}
	if l.Ticks {
		const side = 3.4
		return func(x, y float64) {
			s.pdf.SetDrawColor(0, 0, 0)
			s.pdf.SetLineWidth(0.3)
			s.pdf.Rect(x+0.5, y+(high-side)/2, side, side, "D")
		}
	}
	sign := "-"
	if l.Ordered {
		sign = strconv.Itoa(i+1) + "."
	}
	t.inset = max(t.inset, s.fonts.wide(sign, f)+2)
	inset := t.inset
	return func(x, y float64) {
		s.write(sign, x+inset-s.fonts.wide(sign+" ", f)-0.4, y+base(f.Size, high), f)
	}
}
