package pdf

import (
	"saban/report/document"
)

const (
	gutter  = 9.0  // between columns, mm
	sigGap  = 6.0  // above signatures, mm
	sigRoom = 20.0 // to sign in, mm
)

// columns stand side by side when a page can hold them so, else below each
// other.
func (s *setter) columns(c *document.Columns, width float64) []box {
	n := len(c.Each)
	if n == 0 {
		return nil
	}
	each := (width - gutter*float64(n-1)) / float64(n)
	sides, tallest := make([][]box, n), 0.0
	for i := range c.Each {
		sides[i] = s.section(&c.Each[i], each)
		tallest = max(tallest, height(sides[i]))
	}
	if tallest > (s.look.floor()-s.look.top)*0.7 || each < 50 {
		var out []box
		for i := range c.Each {
			out = append(out, s.section(&c.Each[i], width)...)
		}
		return out
	}
	return []box{{gap: 5, h: tallest, draw: func(x, y float64) {
		for i := range sides {
			stack(sides[i], x+float64(i)*(each+gutter), y)
		}
	}}}
}

// section is titled blocks.
func (s *setter) section(part *document.Section, width float64) []box {
	var out []box
	if part.Title != "" {
		f := s.body()
		f.Bold = true
		if s.look.sans {
			f.Size += 2
		}
		out = tie(s.lines(document.Plain(part.Title), text{face: f, width: width, gap: s.look.gap}))
		if !s.look.grid {
			out = append(out, box{h: 1.4, keep: true, draw: func(x, y float64) { s.rule(x, y+1, x+width, s.look.rule, 0.2) }})
		}
	}
	return append(out, s.blocks(part.Blocks, width)...)
}

const perRow = 4

// numbers are the few figures a reader looks for first, four to a row.
func (s *setter) numbers(n *document.Numbers, width float64) []box {
	var out []box
	for from := 0; from < len(n.Each); from += perRow {
		out = append(out, s.numberRow(n.Each[from:min(from+perRow, len(n.Each))], width))
	}
	return out
}

// figures is one of the numbers, set.
type figures struct {
	label, value, note []box
}

func (s *setter) numberRow(list []document.Number, width float64) box {
	each := width / float64(len(list))
	sets := make([]figures, len(list))
	var label, value, note float64
	for i := range list {
		sets[i] = s.number(&list[i], each-5)
		label = max(label, height(sets[i].label))
		value = max(value, height(sets[i].value))
		note = max(note, height(sets[i].note))
	}
	const pad = 2.0
	h := pad + label + value + note + pad
	return box{gap: 4, h: h + 1, draw: func(x, y float64) {
		s.rule(x, y, x+width, s.look.ink, 0.35)
		s.rule(x, y+h, x+width, s.look.rule, 0.25)
		for i := range sets {
			at, inset := x+float64(i)*each, 0.0
			if i > 0 {
				s.line(at, y, at, y+h, s.look.rule, 0.25)
				inset = 3.5
			}
			stack(sets[i].label, at+inset, y+pad)
			stack(sets[i].value, at+inset, y+pad+label)
			stack(sets[i].note, at+inset, y+pad+label+value)
		}
	}}
}

func (s *setter) number(n *document.Number, width float64) figures {
	small := s.body()
	small.Size -= 1.2
	soft := small
	soft.ink = s.look.soft
	big, unit := s.body(), s.body()
	big.Size, big.Bold = 21, true
	runs := s.lines(document.Plain(n.Value), text{face: big, width: width, lead: 1.12})
	out := figures{label: s.lines(document.Plain(n.Label), text{face: soft, width: width}), value: runs}
	if len(runs) == 1 && n.Unit != "" {
		at := s.fonts.wide(s.fonts.shown(n.Value, big), big) + 0.8
		words := s.fonts.shown(n.Unit, unit)
		draw, high := runs[0].draw, runs[0].h
		if at+s.fonts.wide(words, unit) > width {
			out.value = append(runs, s.lines(document.Plain(n.Unit), text{face: unit, width: width})...)
		} else {
			runs[0].draw = func(x, y float64) {
				draw(x, y)
				s.write(words, x+at, y+base(big.Size, high), unit)
			}
		}
	} else if n.Unit != "" {
		out.value = append(runs, s.lines(document.Plain(n.Unit), text{face: unit, width: width})...)
	}
	if n.Note != "" {
		out.note = s.note(n, small, width)
	}
	return out
}

// note is the comparison below a number, with its mark.
func (s *setter) note(n *document.Number, f face, width float64) []box {
	t := text{face: f, width: width}
	if n.Mark == "" {
		return s.lines(document.Plain(n.Note), t)
	}
	size := f.Size * point
	t.inset = size + 1.2
	boxes := s.lines(document.Plain(n.Note), t)
	draw, high, mark := boxes[0].draw, boxes[0].h, n.Mark
	boxes[0].draw = func(x, y float64) {
		s.glyph(mark, x+size/2, y+high/2, size)
		draw(x, y)
	}
	return boxes
}

// signatures stand side by side, as many as have room, in one piece.
func (s *setter) signatures(all *document.Signatures, width float64) []box {
	strong, small := s.body(), s.body()
	strong.Bold, small.Italic = true, true
	small.Size--
	var out []box
	for from := 0; from < len(all.Each); from += perRow {
		list := all.Each[from:min(from+perRow, len(all.Each))]
		each := width / float64(len(list))
		sides, tallest := make([][]box, len(list)), 0.0
		for i := range list {
			side := append(s.centred(list[i].Office, strong, each-4, 0), s.centred(list[i].Note, small, each-4, 0)...)
			side = append(side, space(sigRoom))
			sides[i] = append(side, s.centred(orDots(list[i].Name, 30), strong, each-4, 0)...)
			tallest = max(tallest, height(sides[i]))
		}
		if tallest > s.look.floor()-s.look.top {
			return s.listed(all, width)
		}
		out = append(out, box{gap: sigGap, h: tallest, draw: func(x, y float64) {
			for i := range sides {
				stack(sides[i], x+float64(i)*each+2, y)
			}
		}})
	}
	return out
}

// listed are signatures below each other, whose words are too long for a row.
func (s *setter) listed(all *document.Signatures, width float64) []box {
	strong := s.body()
	strong.Bold = true
	var out []box
	for i := range all.Each {
		one := &all.Each[i]
		out = append(out, s.centred(one.Office, strong, width, sigGap)...)
		out = append(append(out, s.centred(one.Note, s.body(), width, 0)...), space(sigRoom))
		out = append(out, s.centred(orDots(one.Name, 30), strong, width, 0)...)
	}
	return out
}
