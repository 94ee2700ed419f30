// Package document is an after-action report as a sequence of blocks in one
// language, drawn up once for every format to render: what is said, in which
// order, in which table, under which heading. It knows nothing of pages,
// fonts or markup.
//
// A document has parts: the official one, in the layout of an administrative
// document, the graphic one, pictures first, and annexes with numbers of
// their own. A renderer escapes every text; what people wrote may hold
// anything.
package document

import (
	"strings"

	"saban/engine"
	"saban/report/figure"
)

// Document is a report ready to be rendered.
type Document struct {
	Lang    engine.Lang
	Title   string // for lists of files and readers aloud
	Subject string
	Marking string // of circulation, in a frame: for internal use
	Running string // at the foot of every page: which drill
	Seal    string // at the foot of every page: the head of the log, shortened
	Mark    string // at the head of every page, large: that all this is an exercise
	Date    string // of the document, 2026-03-05; empty = not dated
	Parts   []Part
}

// Kind says how a part is laid out.
type Kind uint8

// The kinds of part. Official is an administrative document with letterhead
// and signature, Graphic the pages with pictures, Annex a numbered one, Sheet
// one to work on with a pen.
const (
	Official Kind = iota
	Graphic
	Annex
	Sheet
)

// Part is a piece of the document that begins on a new page and numbers its
// pages from 1.
type Part struct {
	Kind   Kind
	ID     string // for links, unique in the document
	Number string // Phụ lục I; of an Annex
	Title  string // BÁO CÁO
	About  string // the line under the title
	Head   *Letterhead
	Blocks []Block
	Close  *Closing
}

// Letterhead is what stands above an administrative document. Empty fields
// are blanks for people to fill in.
type Letterhead struct {
	Nation, Motto string
	Parent, Body  string
	Number        string // Số: 05/BC-TĐH
	Dated         string // Lai Châu, ngày 05 tháng 01 năm 2026
	To            []string
}

// Closing is what stands below it.
type Closing struct {
	Copies []string // nơi nhận, the last line is the archive's
	Office string   // TM. BAN CHỈ ĐẠO
	Rank   string   // TRƯỞNG BAN
	Name   string
}

// Ended are the lines of a list of bodies as the decree ends them: each with a
// semicolon, the last with a full stop.
func Ended(bodies []string) []string {
	lines := make([]string, len(bodies))
	for i, name := range bodies {
		lines[i] = strings.TrimRight(strings.TrimPrefix(name, "- "), ";.") + ";"
		if i == len(bodies)-1 {
			lines[i] = strings.TrimSuffix(lines[i], ";") + "."
		}
	}
	return lines
}

// Block is a piece of a part: *Heading, *Paragraph, *List, *Table, *Numbers,
// *Columns, *Picture, *Details, *Signatures, *Card, *Writing. A renderer knows
// them all: one it does not know is an error.
type Block interface{ block() }

// Heading begins a section: level 1 is I., level 2 is 1.
type Heading struct {
	Level  int
	Number string
	Text   string
	ID     string // for links, unique in the document
}

// Style is how a paragraph is set apart.
type Style uint8

// The styles. Lead is the sentence a reader takes away, Notice is marked off
// (the limits of a result), Small is a source or a remark.
const (
	Body Style = iota
	Lead
	Notice
	Small
)

// Paragraph is running text.
type Paragraph struct {
	Style Style
	Runs  []Run
}

// Run is a stretch of text in one manner.
type Run struct {
	Text   string
	Bold   bool
	Italic bool
	Struck bool
	Code   bool   // an id, a hash
	Blank  bool   // for people to fill in; Text is a hint or empty
	Link   string // id of a Heading, Part, row or Detail in this document
	Name   string // an anchor: what links lead here
}

// List is a list of points, each with a mark, a box to tick or a dash.
type List struct {
	Ordered bool
	Ticks   bool
	Points  []Point
}

// Point is one of a list.
type Point struct {
	Mark figure.Glyph // none = a dash
	Runs []Run
}

// Align is where a cell's text stands.
type Align uint8

// The alignments.
const (
	Left Align = iota
	Right
	Center
)

// Table is rows of cells under a head. Width of its columns are shares of
// the line; the head is repeated on every page. Rows with Span stand across.
type Table struct {
	Caption string // Bảng 1. …
	Columns []Column
	Rows    []Row
	Empty   string // said when there is no row
}

// Column is a column of a table.
type Column struct {
	Title string
	Width float64
	Align Align
}

// Row is a line of a table.
type Row struct {
	ID    string // for links
	Cells [][]Run
	Span  bool // one cell across, a group's title
	Lines int  // as high as so many at least, for people to write in
}

// Numbers are the few figures a reader looks for first.
type Numbers struct {
	Each []Number
}

// Number is one of them.
type Number struct {
	Label, Value, Unit string
	Note               string // the comparison that gives it a meaning
	Mark               figure.Glyph
}

// Columns stand side by side where there is room, else below each other.
type Columns struct {
	Each []Section
}

// Section is titled blocks.
type Section struct {
	Title  string
	Blocks []Block
}

// Picture is a figure with what it says and how to read it.
type Picture struct {
	Caption string // Hình 1. …: how to read it
	Figure  *figure.Figure
}

// Signatures stand side by side with room to sign in; they are not torn apart
// by the end of a page.
type Signatures struct {
	Each []Signature
}

// Signature is one of them.
type Signature struct {
	Office string // ĐẠI DIỆN ĐƠN VỊ
	Note   string // Ký, ghi rõ họ tên
	Name   string
}

// Card is a piece of paper to cut out and hand over: framed, and kept in one
// piece when a page can hold it. What is continued repeats its head.
type Card struct {
	ID     string // large, for whoever hands it over: I03
	Mark   string // beside it, inverted: that all this is an exercise
	Title  string // whom it is for
	Blocks []Block
	Foot   string // the last line
}

// Writing is ruled lines to write on, behind a label.
type Writing struct {
	Label string
	Lines int
}

func (*Details) block()    {}
func (*Heading) block()    {}
func (*Paragraph) block()  {}
func (*List) block()       {}
func (*Table) block()      {}
func (*Numbers) block()    {}
func (*Columns) block()    {}
func (*Picture) block()    {}
func (*Signatures) block() {}
func (*Card) block()       {}
func (*Writing) block()    {}

// Plain is a run of text as it is.
func Plain(text string) []Run { return []Run{{Text: text}} }
