package main

import (
	"slices"
	"strconv"

	"golang.org/x/text/unicode/norm"
)

// item is one line of a menu.
type item struct {
	text  string
	note  string // fainter, behind the text
	style style
}

// menu is a numbered list: a digit picks. With most > 0 digits toggle, and
// Enter takes what is ticked. What does not fit is on further pages.
type menu struct {
	title string
	intro func(c *console, w int) []line // above the list
	items []item
	least int
	most  int
	then  func(c *console, picked []int)

	ticked []int // in the order they were ticked
	first  int   // first item of the page shown
	shown  int   // how many are on it
}

// draw fits as many items as there is room for, nine at most.
func (m *menu) draw(c *console, a area) {
	y := a.title(m.title)
	if m.intro != nil {
		y = a.lines(y, m.intro(c, a.w)) + 1
	}
	m.shown = 0
	for i := m.first; i < len(m.items) && m.shown < 9; i++ {
		lines := m.item(i, a.w)
		last := i == len(m.items)-1
		if need := len(lines); y+need > a.h || !last && y+need > a.h-1 && m.shown > 0 {
			break
		}
		y = a.lines(y, lines)
		m.shown++
	}
	m.shown = max(m.shown, 1)
	if len(m.items) > m.shown {
		a.put(0, min(y, a.h-1), c.app.say(" 0  xem tiếp (%d–%d trong %d)", " 0  more (%d–%d of %d)", m.first+1, m.first+m.shown, len(m.items)), faint)
	}
}

func (m *menu) item(i, w int) []line {
	it := m.items[i]
	number := " " + strconv.Itoa(i-m.first+1) + "  "
	if m.most > 0 {
		box := "[ ] "
		if slices.Contains(m.ticked, i) {
			box = "[x] "
		}
		number += box
	}
	lead := span{blanks(columns(number)), plain}
	room := w - columns(number) - 1
	var out []line
	for n, part := range fold(it.text, room) {
		if out = append(out, line{lead, {part, it.style}}); n == 0 {
			out[0][0] = span{number, accent}
		}
	}
	last := &out[len(out)-1]
	switch {
	case it.note == "":
	case columns((*last)[1].text)+2+columns(it.note) <= room:
		*last = append(*last, span{"  " + it.note, faint})
	default:
		for _, part := range fold(it.note, room) {
			out = append(out, line{lead, {part, faint}})
		}
	}
	return out
}

func blanks(n int) string {
	b := make([]byte, max(n, 0))
	for i := range b {
		b[i] = ' '
	}
	return string(b)
}

func (m *menu) key(c *console, k key) {
	d := k.digit()
	switch {
	case k.name == keyEsc:
		c.show(nil)
	case d == 0:
		if m.first += m.shown; m.first >= len(m.items) {
			m.first = 0
		}
	case d > 0:
		if i := m.first + d - 1; d <= m.shown && i < len(m.items) {
			m.pick(c, i)
		}
	case m.most > 0 && (k.is('*') || k.is('a')):
		m.tickAll()
	case m.most > 0 && k.name == keyEnter:
		m.take(c)
	}
}

func (m *menu) pick(c *console, i int) {
	if m.most == 0 {
		m.then(c, []int{i})
		return
	}
	if at := slices.Index(m.ticked, i); at >= 0 {
		m.ticked = slices.Delete(m.ticked, at, at+1)
		return
	}
	if len(m.ticked) == m.most {
		c.say(warn, "chỉ chọn %d; bỏ bớt một cái trước", "choose %d only; untick one first", m.most)
		return
	}
	m.ticked = append(m.ticked, i)
}

func (m *menu) tickAll() {
	if m.most < len(m.items) {
		return
	}
	full := len(m.ticked) == len(m.items)
	m.ticked = m.ticked[:0]
	for i := range m.items {
		if !full {
			m.ticked = append(m.ticked, i)
		}
	}
}

func (m *menu) take(c *console) {
	if len(m.ticked) < m.least {
		c.say(warn, "chọn %d", "choose %d", m.least)
		return
	}
	m.then(c, slices.Clone(m.ticked))
}

func (m *menu) keys(c *console) string {
	switch {
	case m.most == 0:
		return c.app.say("1–9 chọn · Esc quay lại", "1–9 choose · Esc back")
	case m.most < len(m.items):
		return c.app.say("1–9 đánh dấu · Enter xong · Esc quay lại", "1–9 tick · Enter done · Esc back")
	}
	return c.app.say("1–9 đánh dấu · * tất cả · Enter xong · Esc quay lại", "1–9 tick · * all · Enter done · Esc back")
}

// entry takes one line of text.
type entry struct {
	title string
	intro func(c *console, w int) []line
	empty bool // may be left empty
	then  func(c *console, text string)

	text []rune
}

// longest is how much may be typed: a drill file takes no giant lines.
const longest = 2000

func (e *entry) draw(c *console, a area) {
	y := a.title(e.title)
	if e.intro != nil {
		y = a.lines(y, e.intro(c, a.w)) + 1
	}
	text := norm.NFC.String(string(e.text))
	lines := foldTyped(text, a.w-4)
	if room := max(1, a.h-y); len(lines) > room {
		lines = lines[len(lines)-room:]
	}
	for i, l := range lines {
		lead := "   "
		if i == 0 {
			lead = " › "
		}
		x := a.put(0, y, lead, accent)
		x = a.put(x, y, l, plain)
		a.c.cursor = [2]int{a.x + min(x, a.w-1), a.y + y}
		y++
	}
}

// foldTyped breaks text being typed, keeping every space.
func foldTyped(s string, n int) []string {
	var out []string
	for {
		head, tail := breakAt(s, max(n, 2))
		out = append(out, head)
		if tail == "" {
			return out
		}
		s = tail
	}
}

func (e *entry) key(c *console, k key) {
	switch k.name {
	case keyEsc:
		c.show(nil)
	case keyBackspace:
		// One code point, not one letter: input methods that rewrite a letter
		// count what they send in code points.
		if n := len(e.text); n > 0 {
			e.text = e.text[:n-1]
		}
	case keyLetter:
		if len(e.text) < longest {
			e.text = append(e.text, k.letter)
		}
	case keyEnter:
		text := trimmed(string(e.text))
		if text == "" && !e.empty {
			c.say(warn, "viết một câu, hoặc Esc để quay lại", "write a sentence, or Esc to go back")
			return
		}
		e.then(c, text)
	}
}

func (e *entry) keys(c *console) string {
	return c.app.say("Enter xong · Esc quay lại", "Enter done · Esc back")
}

// sheet is a text to read; 0 turns the page.
type sheet struct {
	title string
	lines func(c *console, w int) []line
	first int
	room  int
	total int
}

func (s *sheet) draw(c *console, a area) {
	y := a.title(s.title)
	all := s.lines(c, a.w)
	s.room, s.total = max(1, a.h-y), len(all)
	if s.first >= s.total {
		s.first = 0
	}
	end := min(s.total, s.first+s.room)
	if end < s.total || s.first > 0 {
		s.room = max(1, s.room-1)
		end = min(s.total, s.first+s.room)
		a.put(0, a.h-1, c.app.say(" 0  trang sau", " 0  next page"), faint)
	}
	a.lines(y, all[s.first:end])
}

func (s *sheet) key(c *console, k key) {
	if k.digit() == 0 && s.total > s.room {
		if s.first += s.room; s.first >= s.total {
			s.first = 0
		}
		return
	}
	c.show(nil)
}

func (s *sheet) keys(c *console) string {
	return c.app.say("phím bất kỳ: quay lại", "any key: back")
}
