// Package pdf writes a document as PDF: its official part and the annexes in
// the layout of Decree 30/2020/NĐ-CP, Appendix I (A4, margins 20, 20, 30 and
// 15 mm, a serif of Times metrics, 13 to 14 pt, the number of a page in the
// middle of the upper margin and none on the first), its graphic part by
// pictures. Fonts are embedded, pictures are vectors, and the same document
// gives the same bytes.
//
// What the fonts cannot draw is written by its code point, [U+4E2D], so that
// no text is lost without a trace; marks that turn the direction of text are
// dropped.
package pdf

import (
	"fmt"
	"image/color"
	"io"
	"strconv"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"saban/engine"
	"saban/report/document"
	"saban/report/measure"
)

// Paper is A4, in millimetres.
const (
	paperW = 210.0
	paperH = 297.0
)

// Write renders a document.
func Write(w io.Writer, d *document.Document) error {
	letters, err := measure.New()
	if err != nil {
		return fmt.Errorf("pdf: %w", err)
	}
	s := &setter{doc: d, pdf: fpdf.New("P", "mm", "A4", ""), anchors: map[string]int{}}
	s.fonts = fonts{Fonts: letters, pdf: s.pdf, have: map[string]bool{}}
	s.setUp()
	for i := range d.Parts {
		s.part(&d.Parts[i], i == 0)
	}
	if len(d.Parts) == 0 {
		s.pdf.AddPage()
	}
	s.edges()
	s.connect()
	if err := s.pdf.Output(w); err != nil {
		return fmt.Errorf("pdf: %w", err)
	}
	return nil
}

// setter sets a document, page by page.
type setter struct {
	doc     *document.Document
	pdf     *fpdf.Fpdf
	fonts   fonts
	look    *look
	y       float64
	fresh   bool // nothing stands on the page yet
	inTable bool
	pages   []page
	links   []link
	anchors map[string]int
}

// page is what is known of a page before its margins are written.
type page struct {
	part   *document.Part
	number int
}

// link is a place that leads to another once that is known.
type link struct {
	page       int
	x, y, w, h float64
	to         string
}

func (s *setter) setUp() {
	p := s.pdf
	when := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	if t, err := time.Parse(time.DateOnly, s.doc.Date); err == nil {
		when = t
	}
	p.SetCreationDate(when)
	p.SetModificationDate(when)
	p.SetCatalogSort(true)
	p.SetAutoPageBreak(false, 0)
	p.SetMargins(0, 0, 0)
	p.SetCellMargin(0)
	p.SetTitle(measure.Printable(s.doc.Title), true)
	p.SetSubject(measure.Printable(s.doc.Subject), true)
	p.SetCreator("saban", true)
	p.SetProducer("saban", true)
	p.SetLang(map[engine.Lang]string{engine.VI: "vi-VN", engine.EN: "en-GB"}[s.doc.Lang])
	p.SetDisplayMode("fullwidth", "continuous")
}

// say picks the words of the document's language.
func (s *setter) say(vi, en string) string { return engine.Text{VI: vi, EN: en}.In(s.doc.Lang) }

func (s *setter) part(part *document.Part, first bool) {
	s.look = looks[part.Kind]
	s.newPage(part)
	s.fonts.use(s.body()) // fpdf writes a bookmark in the encoding of the font in use
	s.pdf.Bookmark(s.label(part), 0, 0)
	s.anchor(part.ID)
	s.flow(s.opening(part, first))
	text := s.blocks(part.Blocks, s.look.width())
	if part.Close == nil {
		s.flow(text)
		return
	}
	tie(text[max(len(text)-2, 0):]) // nobody signs an empty page
	s.flow(append(text, s.closing(part.Close)...))
}

// label names a part in the outline.
func (s *setter) label(part *document.Part) string {
	text := part.Title
	switch {
	case text == "":
		text = part.Number
	case part.Number != "":
		text = part.Number + ". " + text
	}
	return measure.Printable(text)
}

func (s *setter) newPage(part *document.Part) {
	s.pdf.AddPage()
	s.fonts.forget()
	number := 1
	if n := len(s.pages); n > 0 && s.pages[n-1].part == part {
		number = s.pages[n-1].number + 1
	}
	s.pages = append(s.pages, page{part, number})
	s.y, s.fresh = s.look.top, true
}

// box is what a page break may not cut: a line, a row, a picture.
type box struct {
	gap  float64 // above it, but not at the top of a page
	h    float64
	keep bool // on the same page as the next
	head *box // stands above it when it begins a page
	draw func(x, y float64)
}

// flow puts boxes below each other, page after page.
func (s *setter) flow(boxes []box) {
	part := s.pages[len(s.pages)-1].part
	for i := range boxes {
		b := &boxes[i]
		if !s.fresh && s.y+s.chain(boxes[i:]) > s.look.floor() {
			s.newPage(part)
		}
		if !s.fresh {
			s.y += b.gap
		} else if b.head != nil {
			b.head.draw(s.look.left, s.y)
			s.y += b.head.h
		}
		b.draw(s.look.left, s.y)
		s.y += b.h
		s.fresh = false
	}
}

// chain is how much room a box takes with those it may not be parted from, or
// alone when they would fill more than a page.
func (s *setter) chain(boxes []box) float64 {
	h, room := 0.0, s.look.floor()-s.look.top
	for i := range boxes {
		h += boxes[i].gap + boxes[i].h
		if !boxes[i].keep {
			break
		}
	}
	if h-boxes[0].gap > room { // no gap stands at the head of a page
		return boxes[0].gap + boxes[0].h
	}
	return h
}

// height of boxes below each other.
func height(boxes []box) float64 {
	h := 0.0
	for i := range boxes {
		h += boxes[i].h
		if i > 0 {
			h += boxes[i].gap
		}
	}
	return h
}

// edges writes what stands in the margins: the number of the page above, which
// drill it is below.
func (s *setter) edges() {
	for i, p := range s.pages {
		s.pdf.SetPage(i + 1)
		s.fonts.forget()
		s.look = looks[p.part.Kind]
		if s.look.numbered && p.number > 1 {
			f := s.letters(13)
			text := strconv.Itoa(p.number)
			s.write(text, (paperW-s.fonts.wide(text, f))/2, 14, f)
		}
		s.foot(i)
		s.banner()
	}
}

// banner is the mark at the head of a page.
func (s *setter) banner() {
	if s.doc.Mark == "" {
		return
	}
	f := s.letters(12)
	f.Bold = true
	text := s.fonts.cut(s.doc.Mark, f, s.look.width()-8)
	s.inverted(text, (paperW-s.fonts.wide(text, f))/2-4, 7, f)
}

// inverted writes white on black, in a field around the words.
func (s *setter) inverted(text string, x, y float64, f face) {
	high := f.high() + 1
	s.pdf.SetFillColor(0, 0, 0)
	s.pdf.Rect(x, y, s.fonts.wide(text, f)+8, high, "F")
	f.ink = color.RGBA{R: 255, G: 255, B: 255, A: 255}
	s.write(text, x+4, y+base(f.Size, high), f)
}

// foot writes the line at the foot of a page.
func (s *setter) foot(i int) {
	const at = paperH - 11.0
	f := s.letters(8)
	f.ink = s.look.soft
	right := ""
	if !s.look.numbered {
		right = fmt.Sprintf(s.say("Trang %d/%d", "Page %d/%d"), s.pages[i].number, s.count(i))
	}
	seal := s.fonts.cut(s.doc.Seal, f, s.look.width()*0.5)
	room := s.look.width() - s.fonts.wide(seal, f) - s.fonts.wide(right, f) - 8
	s.rule(s.look.left, at-3.4, s.look.left+s.look.width(), s.look.rule, 0.15)
	lines := s.atMost(2, s.fill(document.Plain(strings.ReplaceAll(s.doc.Running, "\n", " ")), f, room, 0), f, room)
	for n := range lines {
		s.set(&lines[n], s.look.left, at-base(f.Size, f.high())+float64(n)*f.high(), room, f.high(), document.Left, false)
	}
	end := s.look.left + s.look.width() - s.fonts.wide(right, f)
	s.write(right, end, at, f)
	if right != "" {
		end -= 6
	}
	s.write(seal, end-s.fonts.wide(seal, f), at, f)
}

// atMost keeps the first n lines; the last of them says when there were more.
func (s *setter) atMost(n int, lines []line, f face, room float64) []line {
	if len(lines) <= n {
		return lines
	}
	rest := ""
	for _, l := range lines[n-1:] {
		for _, a := range l.atoms {
			rest += a.text
		}
		rest += " "
	}
	a := s.atom(s.fonts.cut(rest, f, room), f)
	return append(lines[:n-1:n-1], line{atoms: []atom{a}, w: a.w, last: true})
}

// count is how many pages the part of a page has.
func (s *setter) count(i int) int {
	n := 0
	for _, p := range s.pages {
		if p.part == s.pages[i].part {
			n++
		}
	}
	return n
}

// anchor makes the present place one that links lead to.
func (s *setter) anchor(id string) { s.anchorAt(id, s.y) }

func (s *setter) anchorAt(id string, y float64) {
	if id == "" || s.anchors[id] != 0 {
		return
	}
	s.anchors[id] = s.pdf.AddLink()
	s.pdf.SetLink(s.anchors[id], y, s.pdf.PageNo())
}

// connect makes links of those whose end was found.
func (s *setter) connect() {
	for _, l := range s.links {
		if to := s.anchors[l.to]; to != 0 {
			s.pdf.SetPage(l.page)
			s.pdf.Link(l.x, l.y, l.w, l.h, to)
		}
	}
	s.pdf.SetPage(s.pdf.PageCount()) // fpdf writes pages up to the present one
}
