package graph

import (
	"math"

	"saban/engine"
)

const gutter = 16 // between two columns of a list

// lists pours the lists into the columns below y and those of further sheets,
// and returns where they end. Below the machine a list begins only if it ends
// there, or if that saves a sheet: the machine on a sheet of its own is easier
// to find one's way in.
func (m *machine) lists(p *Picture, c *engine.Compiled, y float64) (end float64) {
	n := float64(m.columns)
	room := down((m.width - 2*m.margin - gutter*(n-1)) / n)
	sections := m.sections(c, room)
	fresh := m.poured(&Picture{}, sections, room, y, true)
	tight := m.poured(&Picture{}, sections, room, y, false)
	return m.poured(p, sections, room, y, fresh <= tight)
}

// poured pours sections, with fresh on a new sheet what does not end below the
// machine, and returns where they end.
func (m *machine) poured(p *Picture, sections [][]block, room, y float64, fresh bool) (end float64) {
	t := &pot{machine: m, picture: p, room: room, top: y, at: y}
	if m.height == 0 {
		for _, blocks := range sections {
			t.pour(blocks)
		}
		return t.at + m.margin
	}
	first := math.Floor(y / m.height)
	t.sheet = first
	for _, blocks := range sections {
		trial := *t
		trial.picture = &Picture{}
		if trial.pour(blocks); fresh && t.sheet == first && trial.sheet > first {
			t.turn()
		}
		t.pour(blocks)
	}
	return (t.sheet + 1) * m.height
}

// pot is where the next block goes.
type pot struct {
	*machine
	picture *Picture
	room    float64
	sheet   float64
	column  int
	top, at float64 // of the column
}

// turn goes on to the next sheet.
func (t *pot) turn() {
	t.sheet++
	t.column, t.top = 0, t.ceiling(t.sheet)
	t.at = t.top
}

// advance goes on to the next column or, from the last one, or where so little
// is left below the machine that nothing fits, to the next sheet.
func (t *pot) advance() {
	if t.at > t.top && t.column+1 < t.columns {
		t.column, t.at = t.column+1, t.top
		return
	}
	t.turn()
}

func (t *pot) pour(blocks []block) {
	for i := 0; i < len(blocks); {
		run, high := 1, blocks[i].high // what has to stay together
		for i+run < len(blocks) && blocks[i+run-1].head {
			high += blocks[i+run].high
			run++
		}
		for t.height > 0 && t.at+high > t.floor(t.sheet) && t.top+t.at > 2*t.ceiling(t.sheet) {
			t.advance()
		}
		for ; run > 0; run, i = run-1, i+1 {
			x := t.margin + float64(t.column)*(t.room+gutter)
			t.at = t.put(t.picture, &blocks[i], x, t.at, t.room)
		}
	}
}

// put adds a block to the picture at its place and returns where it ends.
func (m *machine) put(p *Picture, b *block, x, y, room float64) float64 {
	move := func(l Line) Line {
		l.Box.X, l.Box.Y, l.Base = l.Box.X+x, l.Box.Y+y, l.Base+y
		return l
	}
	if b.rule {
		p.Rules = append(p.Rules, Rect{X: x, Y: y, W: room})
	}
	for _, l := range b.lines {
		p.Lines = append(p.Lines, move(l))
	}
	for _, tag := range b.badges {
		tag.Line = move(tag.Line)
		tag.Box.X, tag.Box.Y = tag.Box.X+x, tag.Box.Y+y
		p.Badges = append(p.Badges, tag)
	}
	return y + b.high
}
