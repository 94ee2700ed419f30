package pdf

import (
	"strings"
	"unicode"

	"saban/report/document"
	"saban/report/figure"
)

// atom is a stretch of letters of one kind: a word or part of one, or a space.
type atom struct {
	text       string
	face       face
	w          float64
	space, end bool // end = of a line, asked for
	blank      bool // dots to write on
	link, name string
}

// line is what stands beside each other.
type line struct {
	atoms []atom
	w     float64
	last  bool // of its paragraph
}

// atoms takes runs apart.
func (s *setter) atoms(runs []document.Run, base face) []atom {
	var out []atom
	for i := range runs {
		r := &runs[i]
		f := base
		f.Bold = f.Bold || r.Bold
		f.Italic = f.Italic || r.Italic
		f.struck = r.Struck
		if r.Link != "" && s.look.sans {
			f.ink = shade(figure.Accent)
		}
		if r.Code {
			f.Size *= 0.92
		}
		start := len(out)
		out = s.words(out, s.fonts.shown(r.Text, f), f)
		if r.Blank {
			out = s.blank(out, r.Text, base)
		}
		for k := start; k < len(out); k++ {
			out[k].link = r.Link
		}
		if r.Name != "" {
			out = append(out, atom{face: f, name: r.Name})
		}
	}
	return out
}

// blank is room to write in, behind a hint if there is one.
func (s *setter) blank(out []atom, hint string, f face) []atom {
	dots := strings.Repeat(".", 24)
	if s.inTable {
		dots = dots[:8]
	}
	if hint != "" {
		out = append(out, s.atom(" ", f))
	}
	a := s.atom(dots, f)
	a.blank = true
	return append(out, a)
}

func (s *setter) atom(text string, f face) atom {
	return atom{text: text, face: f, w: s.fonts.wide(text, f), space: text == " "}
}

// words takes a text apart where a line may break.
func (s *setter) words(out []atom, text string, f face) []atom {
	word := 0
	flush := func(end int) {
		if end > word {
			out = append(out, s.atom(text[word:end], f))
		}
	}
	for i, r := range text {
		switch {
		case r == '\n':
			flush(i)
			out = append(out, atom{face: f, end: true})
			word = i + 1
		case unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f':
			flush(i)
			if n := len(out); n > 0 && !out[n-1].space {
				out = append(out, s.atom(" ", f))
			}
			word = i + len(string(r))
		}
	}
	flush(len(text))
	return out
}

// breaker fills lines with words.
type breaker struct {
	s     *setter
	lines []line
	line  line
	room  float64 // of a line
	left  float64 // of the present one, with its indent taken off
}

// fill breaks runs into lines of a width, the first of them shorter by an
// indent. There is always at least one.
func (s *setter) fill(runs []document.Run, f face, width, indent float64) []line {
	b := breaker{s: s, room: width, left: width - indent}
	atoms := s.atoms(runs, f)
	for i := 0; i < len(atoms); {
		if atoms[i].end {
			b.line.last = true
			b.flush()
			i++
			continue
		}
		if atoms[i].space {
			b.add(atoms[i])
			i++
			continue
		}
		n := i
		for n < len(atoms) && !atoms[n].space && !atoms[n].end {
			n++
		}
		b.word(atoms[i:n])
		i = n
	}
	b.line.last = true
	b.flush()
	return b.lines
}

func (b *breaker) add(a atom) {
	b.line.atoms = append(b.line.atoms, a)
	b.line.w += a.w
}

// flush ends a line; spaces at its end are not written.
func (b *breaker) flush() {
	for n := len(b.line.atoms); n > 0 && b.line.atoms[n-1].space; n-- {
		b.line.w -= b.line.atoms[n-1].w
		b.line.atoms = b.line.atoms[:n-1]
	}
	b.lines = append(b.lines, b.line)
	b.line, b.left = line{}, b.room
}

const hair = 0.001 // sums of widths are not exact

// word puts a word on the line, or on the next. One that is wider than a line
// is broken between letters.
func (b *breaker) word(parts []atom) {
	w := 0.0
	for i := range parts {
		w += parts[i].w
	}
	if b.line.w+w > b.left+hair && len(b.line.atoms) > 0 {
		b.flush()
	}
	for len(b.line.atoms) == 0 && len(b.lines) > 0 && len(parts) > 0 && parts[0].space {
		parts = parts[1:]
	}
	for _, a := range parts {
		if b.line.w+a.w <= b.left+hair {
			b.add(a)
			continue
		}
		b.split(a)
	}
}

// split breaks a long word, behind a stroke or hyphen if one is near the end
// of the line.
func (b *breaker) split(a atom) {
	letters := []rune(a.text)
	for len(letters) > 0 {
		n, w := 0, b.line.w
		for n < len(letters) {
			next := b.s.fonts.wide(string(letters[n]), a.face)
			if w+next > b.left+hair {
				break
			}
			w += next
			n++
		}
		if n == 0 && len(b.line.atoms) > 0 {
			b.flush()
			continue
		}
		n = max(n, 1)
		if n < len(letters) {
			n = stop(letters[:n])
		}
		part := a
		part.text = string(letters[:n])
		part.w = b.s.fonts.wide(part.text, a.face)
		b.add(part)
		if letters = letters[n:]; len(letters) > 0 {
			b.flush()
		}
	}
}

// stop is where a long word had better end: behind the last / - _ . , of its
// second half, else at its end.
func stop(letters []rune) int {
	for n := len(letters); n > len(letters)/2; n-- {
		if strings.ContainsRune("/-_.,", letters[n-1]) {
			return n
		}
	}
	return len(letters)
}

// set writes a line into a field whose upper left corner is x, y.
func (s *setter) set(l *line, x, y, width, high float64, align document.Align, justified bool) {
	extra, spaces := 0.0, 0
	for i := range l.atoms {
		if l.atoms[i].space {
			spaces++
		}
		justified = justified && !l.atoms[i].blank
	}
	switch {
	case align == document.Right:
		x += width - l.w
	case align == document.Center:
		x += (width - l.w) / 2
	case justified && !l.last && spaces > 0 && l.w > width*0.6:
		extra = (width - l.w) / float64(spaces)
	}
	for i := 0; i < len(l.atoms); {
		a := l.atoms[i]
		n := i + 1
		w := a.w
		for n < len(l.atoms) && !(extra > 0 && l.atoms[n-1].space) && l.atoms[n].face == a.face && l.atoms[n].link == a.link && l.atoms[n].name == "" {
			a.text += l.atoms[n].text
			w += l.atoms[n].w
			n++
		}
		s.stretch(&a, x, y, w, high)
		if l.atoms[n-1].space {
			w += extra
		}
		x += w
		i = n
	}
}

// stretch writes letters of one face, with what is tied to them.
func (s *setter) stretch(a *atom, x, y, w, high float64) {
	if a.name != "" {
		s.anchorAt(a.name, y)
	}
	if a.text == "" {
		return
	}
	s.write(a.text, x, y+base(a.face.Size, high), a.face)
	if a.face.struck {
		s.rule(x, y+base(a.face.Size, high)-a.face.Size*point*0.25, x+w, a.face.ink, 0.2)
	}
	if a.link != "" {
		s.links = append(s.links, link{s.pdf.PageNo(), x, y, w, high, a.link})
	}
}

// base is where letters stand in a line: its ascent and descent, 0.891 and
// 0.216 of the size, in the middle.
func base(size, high float64) float64 {
	em := size * point
	return (high-(0.891+0.216)*em)/2 + 0.891*em
}

// write puts letters on a baseline.
func (s *setter) write(text string, x, baseline float64, f face) {
	if text == "" {
		return
	}
	s.fonts.use(f)
	s.pdf.SetTextColor(int(f.ink.R), int(f.ink.G), int(f.ink.B))
	s.pdf.Text(x, baseline, text)
}
