package pdf

import (
	"image/color"

	"saban/report/document"
)

const (
	cardPad  = 4.0 // within the frame, mm
	cardGap  = 5.0 // between cards: room for scissors
	penLine  = 8.0 // of a line to write on
	cardHead = 17.0
)

// card sets a card, in several pieces when it is higher than a page.
func (s *setter) card(c *document.Card, width float64) []box {
	inner := width - 2*cardPad
	f := s.body()
	f.Size, f.Bold = 12, true
	title := s.lines(document.Plain(c.Title), text{face: f, width: inner})
	small := s.body()
	small.Size, small.Bold = 8.5, true
	foot := s.centred(c.Foot, small, inner, 0)
	around := cardHead + height(title) + height(foot) + 2*cardPad + 5
	body := s.blocks(c.Blocks, inner)
	var out []box
	for room := s.look.floor() - s.look.top - around; len(body) > 0 || len(out) == 0; {
		n := fitting(body, room)
		out = append(out, s.framed(c, title, body[:n], foot, width))
		body = body[n:]
	}
	return out
}

// fitting is how many boxes a piece of a card holds: at least one.
func fitting(boxes []box, room float64) int {
	n, fits := 0, 0
	for n < len(boxes) && (height(boxes[:n+1]) <= room || n == 0) {
		n++
		if !boxes[n-1].keep {
			fits = n
		}
	}
	if n == len(boxes) || fits == 0 {
		return n
	}
	return fits
}

// framed is a piece of a card.
func (s *setter) framed(c *document.Card, title, body, foot []box, width float64) box {
	big, mark := s.body(), s.body()
	big.Size, big.Bold = 26, true
	mark.Size, mark.Bold = 13, true
	h := cardHead + height(title) + 3 + height(body) + 2 + height(foot) + cardPad
	return box{gap: cardGap, h: h, draw: func(x, y float64) {
		s.pdf.SetDrawColor(0, 0, 0)
		s.pdf.SetLineWidth(0.5)
		s.pdf.Rect(x, y, width, h, "D")
		words := s.fonts.shown(c.Mark, mark)
		room := s.fonts.wide(words, mark) + 8
		if words != "" {
			s.inverted(words, x+width-cardPad-room, y+5, mark)
		}
		for big.Size > mark.Size && s.fonts.wide(s.fonts.shown(c.ID, big), big) > width-3*cardPad-room {
			big.Size--
		}
		s.write(s.fonts.cut(c.ID, big, width-3*cardPad-room), x+cardPad, y+13, big)
		y += cardHead
		stack(title, x+cardPad, y)
		y += height(title) + 1.5
		s.rule(x, y, x+width, color.RGBA{A: 255}, 0.25)
		stack(body, x+cardPad, y+1.5)
		stack(foot, x+cardPad, y+1.5+height(body)+2)
	}}
}

// writing is lines to write on; a short label stands on the first of them.
func (s *setter) writing(w *document.Writing, width float64) []box {
	f := s.body()
	label := s.fonts.shown(w.Label, f)
	var out []box
	from := s.fonts.wide(label, f) + 2
	if label == "" {
		from = 0
	} else if from > width*0.6 {
		out, from, label = tie(s.lines(document.Plain(w.Label), text{face: f, width: width, gap: s.look.gap})), 0, ""
	}
	for i := range w.Lines {
		words, start := "", 0.0
		if i == 0 {
			words, start = label, from
		}
		out = append(out, box{h: penLine, keep: i == 0 && w.Lines > 1, draw: func(x, y float64) {
			s.write(words, x, y+penLine-1, f)
			s.rule(x+start, y+penLine-0.5, x+width, s.look.rule, 0.2)
		}})
	}
	return out
}
