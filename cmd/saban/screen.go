package main

import (
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// style is how a text looks. No style says anything that words or shapes do
// not say too.
type style uint8

const (
	plain  style = iota
	faint        // what may be skipped
	strong       // what leads
	strip        // the exercise strip, and nothing else
	alarm        // a real incident
	accent       // what can be done now
	good         // in time
	warn         // past target
	bad          // past limit, prohibited
	adhoc        // not in the scenario
	banner       // paused
)

// sgr are the codes of each style: with colour, and without. The colours are
// such that they can be read on dark and on light.
var sgr = [...][2]string{
	plain:  {"", ""},
	faint:  {"2", "2"},
	strong: {"1", "1"},
	strip:  {"38;5;16;48;5;221", "7"},
	alarm:  {"1;38;5;231;48;5;160", "1;7"},
	accent: {"38;5;32", ""},
	good:   {"38;5;28", ""},
	warn:   {"38;5;166", "1"},
	bad:    {"1;38;5;160", "1"},
	adhoc:  {"38;5;98", ""},
	banner: {"1;7", "1;7"},
}

// cell is one column of one row. A wide character fills its cell and leaves
// the next one empty.
type cell struct {
	text  string
	style style
}

// canvas is a screen being drawn.
type canvas struct {
	w, h   int
	cells  []cell
	cursor [2]int // where text is entered: column and row; -1 = nowhere
}

func newCanvas(w, h int) *canvas {
	c := &canvas{w: w, h: h, cells: make([]cell, w*h), cursor: [2]int{-1, -1}}
	for i := range c.cells {
		c.cells[i].text = " "
	}
	return c
}

// area is a part of a canvas; what is put outside of it is cut off.
type area struct {
	c          *canvas
	x, y, w, h int
}

func (c *canvas) all() area { return area{c, 0, 0, c.w, c.h} }

// sub is a part of an area.
func (a area) sub(x, y, w, h int) area {
	x, y = min(max(x, 0), a.w), min(max(y, 0), a.h)
	return area{a.c, a.x + x, a.y + y, max(0, min(w, a.w-x)), max(0, min(h, a.h-y))}
}

// put writes a text and returns the column after it.
func (a area) put(x, y int, s string, st style) int {
	if y < 0 || y >= a.h {
		return x
	}
	for _, r := range norm.NFC.String(s) {
		n := runeColumns(r)
		at := (a.y+y)*a.c.w + a.x + x
		switch {
		case n == 0 && x > 0 && x <= a.w && r >= 0x20:
			a.c.cells[at-1].text += string(r)
			continue
		case n == 0:
			continue
		case x < 0 || x+n > a.w:
			return x
		}
		a.c.cells[at] = cell{string(r), st}
		if n == 2 {
			a.c.cells[at+1] = cell{"", st}
		}
		x += n
	}
	return x
}

// right writes a text that ends at the area's right edge, less a margin.
func (a area) right(y, margin int, s string, st style) {
	a.put(max(0, a.w-margin-columns(s)), y, s, st)
}

// fill gives a whole row one style.
func (a area) fill(y int, st style) {
	a.put(0, y, strings.Repeat(" ", a.w), st)
}

// span is a piece of a line in one style; a line is written piece by piece.
type span struct {
	text  string
	style style
}

type line []span

// lines writes lines from row y on and returns the row after them.
func (a area) lines(y int, lines []line) int {
	for _, l := range lines {
		x := 0
		for _, s := range l {
			x = a.put(x, y, s.text, s.style)
		}
		y++
	}
	return y
}

// display shows canvases on a terminal and sends only the rows that changed.
type display struct {
	out   io.Writer
	color bool
	shown *canvas
}

// open takes over the terminal: another screen, no cursor, no wrapping at the
// right edge, pastes marked as such.
func (d *display) open() error {
	_, err := io.WriteString(d.out, "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h\x1b[2J")
	return err
}

// close gives the terminal back as it was.
func (d *display) close() {
	_, _ = io.WriteString(d.out, "\x1b[0m\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l")
}

func (d *display) show(c *canvas) error {
	var b strings.Builder
	fresh := d.shown == nil || d.shown.w != c.w || d.shown.h != c.h
	if fresh {
		b.WriteString("\x1b[0m\x1b[2J")
	}
	for y := range c.h {
		row := c.cells[y*c.w : (y+1)*c.w]
		if !fresh && equalRows(row, d.shown.cells[y*c.w:(y+1)*c.w]) {
			continue
		}
		fmt.Fprintf(&b, "\x1b[%d;1H", y+1)
		d.row(&b, row)
	}
	if c.cursor[0] >= 0 {
		fmt.Fprintf(&b, "\x1b[%d;%dH\x1b[?25h", c.cursor[1]+1, c.cursor[0]+1)
	} else if fresh || d.shown.cursor[0] >= 0 {
		b.WriteString("\x1b[?25l")
	}
	d.shown = c
	if b.Len() == 0 {
		return nil
	}
	_, err := io.WriteString(d.out, b.String())
	return err
}

func equalRows(a, b []cell) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// row writes one row; blank plain cells at its end are erased instead.
func (d *display) row(b *strings.Builder, row []cell) {
	end := len(row)
	for end > 0 && row[end-1] == (cell{" ", plain}) {
		end--
	}
	now := plain
	for _, c := range row[:end] {
		if c.style != now {
			b.WriteString("\x1b[0m")
			if code := d.code(c.style); code != "" {
				b.WriteString("\x1b[" + code + "m")
			}
			now = c.style
		}
		b.WriteString(c.text)
	}
	if now != plain {
		b.WriteString("\x1b[0m")
	}
	if end < len(row) {
		b.WriteString("\x1b[K")
	}
}

func (d *display) code(s style) string {
	if d.color {
		return sgr[s][0]
	}
	return sgr[s][1]
}
