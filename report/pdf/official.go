package pdf

import (
	"strings"

	"saban/report/document"
	"saban/report/figure"
)

// opening is what stands above the text of a part.
func (s *setter) opening(part *document.Part, first bool) []box {
	var out []box
	if first && s.doc.Marking != "" {
		out = append(out, s.marking())
	}
	if part.Kind == document.Graphic || part.Kind == document.Sheet {
		return append(out, s.sheet(part)...)
	}
	if part.Head != nil {
		out = append(out, s.letterhead(part.Head)...)
	}
	bold := s.letters(14)
	bold.Bold = true
	centred := text{face: bold, width: s.look.width(), align: document.Center}
	titles := 0.0
	for _, line := range []string{part.Number, part.Title} {
		if line == "" {
			continue
		}
		centred.gap = max(7-7*titles, 0.8)
		titles++
		out = append(out, tie(s.lines(document.Plain(line), centred))...)
	}
	if part.About != "" {
		centred.gap = 0.8
		out = append(out, tie(s.lines(document.Plain(part.About), centred))...)
	}
	if part.Kind == document.Official {
		out = append(out, s.under(s.look.width()*0.4/2.4, 1.2))
	}
	if part.Head != nil && len(part.Head.To) > 0 {
		out = append(out, s.addressees(part.Head.To)...)
	}
	return append(out, box{h: 2, draw: func(float64, float64) {}})
}

// sheet is the head of the graphic part.
func (s *setter) sheet(part *document.Part) []box {
	f := s.body()
	small := f
	small.ink = s.look.soft
	w := s.look.width()
	var out []box
	if part.Number != "" {
		out = append(out, s.lines(document.Plain(part.Number), text{face: small, width: w})...)
	}
	f.Size, f.Bold = 19, true
	out = append(out, tie(s.lines(document.Plain(part.Title), text{face: f, width: w, gap: 1.5}))...)
	if part.About != "" {
		out = append(out, s.lines(document.Plain(part.About), text{face: small, width: w, gap: 1})...)
	}
	return out
}

// marking is the frame that says how far a document may be passed on.
func (s *setter) marking() box {
	f := s.letters(13)
	f.Bold = true
	w := s.look.width()
	lines := s.fill(document.Plain(s.doc.Marking), f, w-6, 0)
	high, wide := f.high(), 0.0
	for i := range lines {
		wide = max(wide, lines[i].w)
	}
	h := high*float64(len(lines)) + 2
	return box{h: h + 4, keep: true, draw: func(x, y float64) {
		s.pdf.SetDrawColor(int(f.ink.R), int(f.ink.G), int(f.ink.B))
		s.pdf.SetLineWidth(0.25)
		s.pdf.Rect(x+(w-wide)/2-3, y, wide+6, h, "D")
		for i := range lines {
			s.set(&lines[i], x, y+1+high*float64(i), w, high, document.Center, false)
		}
	}}
}

// under is a rule in the middle of the column, below what it belongs to.
func (s *setter) under(wide, gap float64) box {
	w := s.look.width()
	return box{h: gap + 1, draw: func(x, y float64) { s.rule(x+(w-wide)/2, y+gap, x+(w+wide)/2, s.look.ink, 0.25) }}
}

// letterhead is the body that issues the document on the left, the nation on
// the right. The name of the nation keeps to one line.
func (s *setter) letterhead(h *document.Letterhead) []box {
	plain := s.letters(12)
	bold, motto, dated, number := plain, plain, plain, plain
	bold.Bold, bold.Size = true, 12.5
	motto.Bold, motto.Size = true, 13
	number.Size = 13
	dated.Italic, dated.Size = true, 13
	w := s.look.width()
	right := max(s.fonts.wide(s.fonts.shown(h.Nation, bold), bold)+1, w*0.55)
	right = min(right, w*0.62)
	left := w - right - 3
	var a, b []box
	if h.Parent != "" {
		a = append(a, s.centred(h.Parent, plain, left, 0)...)
	}
	a = append(a, s.centred(orDots(h.Body, 30), bold, left, 0)...)
	a = append(a, s.stroke(left, left*0.4), space(1.5))
	a = append(a, s.centred(h.Number, number, left, 0)...)
	b = append(b, s.centred(h.Nation, bold, right, 0)...)
	b = append(b, s.centred(h.Motto, motto, right, 0)...)
	b = append(b, s.stroke(right, s.fonts.wide(s.fonts.shown(h.Motto, motto), motto)), space(1.5))
	if d := height(a) - height(b) - number.high(); d > 0 {
		b = append(b, space(d))
	}
	b = append(b, s.centred(h.Dated, dated, right, 0)...)
	return beside(a, b, left+3)
}

func orDots(text string, n int) string {
	if text == "" {
		return strings.Repeat(".", n)
	}
	return text
}

func (s *setter) centred(words string, f face, width, gap float64) []box {
	if words == "" {
		return nil
	}
	return s.lines(document.Plain(words), text{face: f, width: width, gap: gap, align: document.Center})
}

// stroke is a rule in the middle of a column.
func (s *setter) stroke(width, wide float64) box {
	return box{h: 1.2, draw: func(x, y float64) { s.rule(x+(width-wide)/2, y+0.6, x+(width+wide)/2, s.look.ink, 0.25) }}
}

func space(h float64) box { return box{h: h, draw: func(float64, float64) {}} }

// beside puts two columns next to each other, the right one at an offset. What
// would make them higher than a good part of a page follows below.
func beside(left, right []box, offset float64) []box {
	const most = 110.0
	a, restA := head(left, most)
	b, restB := head(right, most)
	both := box{h: max(height(a), height(b)), draw: func(x, y float64) {
		stack(a, x, y)
		stack(b, x+offset, y)
	}}
	if len(left) > 0 {
		both.gap = left[0].gap
	}
	for i := range restB {
		draw := restB[i].draw
		restB[i].draw = func(x, y float64) { draw(x+offset, y) }
	}
	return append(append([]box{both}, restA...), restB...)
}

func head(boxes []box, most float64) (fit, rest []box) {
	n := len(boxes)
	for n > 1 && height(boxes[:n]) > most {
		n--
	}
	return boxes[:n], boxes[n:]
}

// stack draws boxes below each other.
func stack(boxes []box, x, y float64) {
	for i := range boxes {
		if i > 0 {
			y += boxes[i].gap
		}
		boxes[i].draw(x, y)
		y += boxes[i].h
	}
}

// addressees are whom the report is for: one on a line with the words, several
// on lines of their own.
func (s *setter) addressees(to []string) []box {
	f := s.letters(13)
	label := s.say("Kính gửi:", "To:")
	if len(to) == 1 {
		return s.lines(document.Plain(label+" "+to[0]), text{face: f, width: s.look.width(), gap: 4, align: document.Center})
	}
	inset := s.look.width() * 0.25
	out := tie(s.lines(document.Plain(label), text{face: f, width: s.look.width(), inset: inset - 10, gap: 4}))
	for _, line := range document.Ended(to) {
		out = append(out, s.lines(document.Plain("- "+line), text{face: f, width: s.look.width(), inset: inset, gap: 0.5})...)
	}
	return out
}

// closing is whom copies go to on the left, who signs on the right.
func (s *setter) closing(c *document.Closing) []box {
	w := s.look.width()
	left, right := w*0.5, w*0.5
	label, small, strong := s.letters(12), s.letters(11), s.letters(13)
	label.Bold, label.Italic, strong.Bold = true, true, true
	var a, b []box
	if len(c.Copies) > 0 {
		a = s.lines(document.Plain(s.say("Nơi nhận:", "Copies to:")), text{face: label, width: left - 4})
		for _, line := range document.Ended(c.Copies) {
			a = append(a, s.lines(document.Plain("- "+line), text{face: small, width: left - 4})...)
		}
	}
	for _, line := range []string{c.Office, c.Rank} {
		b = append(b, s.centred(line, strong, right, 0)...)
	}
	b = append(b, space(24))
	b = append(b, s.centred(orDots(c.Name, 40), strong, right, 0)...)
	out := beside(a, b, left)
	out[0].gap = 6
	return out
}

// glyph draws a mark of timing.
func (s *setter) glyph(g figure.Glyph, x, y, size float64) {
	p := painter{s: s, scale: size / figure.MarkSize, x: x, y: y, mono: !s.look.sans}
	p.mark(g, 0, 0)
}
