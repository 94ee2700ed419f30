package scenarios

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
	"gopkg.in/yaml.v3"
)

// Source is a file: the name a person knows it by, and its bytes.
type Source struct {
	Name  string
	Bytes []byte
}

// page is a source cut into lines, to show places of.
type page struct {
	name  string
	lines []string

	// where split last looked: files are walked in order, and a file may be
	// one line of a megabyte
	mu                          sync.Mutex
	seenLine, seenCol, seenByte int
}

// place is where something stands in a page. Width is in characters; 0 means
// all of the node that is on its first line.
type place struct {
	page      *page
	line, col int
	width     int
	node      *yaml.Node // nil where a place has none
	path      string     // what it was asked for, where that is known
}

func (p *page) line(n int) string {
	if n < 1 || n > len(p.lines) {
		return ""
	}
	return p.lines[n-1]
}

// split cuts a line in front of a column.
func (p *page) split(line, col int) (before, after string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	text := p.line(line)
	if line != p.seenLine || col < p.seenCol {
		p.seenLine, p.seenCol, p.seenByte = line, 1, 0
	}
	for p.seenCol < col && p.seenByte < len(text) {
		_, size := utf8.DecodeRuneInString(text[p.seenByte:])
		p.seenByte += size
		p.seenCol++
	}
	at := min(p.seenByte, len(text))
	return text[:at], text[at:]
}

// of returns the place of a node.
func (p *page) of(n *yaml.Node) place {
	return place{page: p, line: n.Line, col: n.Column, node: n}
}

// size is how many characters of its line the place takes.
func (at place) size(rest string) int {
	n := at.node
	switch {
	case at.width > 0:
		return at.width
	case n == nil || n.Kind != yaml.ScalarNode || n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return 1
	case n.Style&yaml.DoubleQuotedStyle != 0:
		return quotedWidth([]rune(head(rest, longest)), '"')
	case n.Style&yaml.SingleQuotedStyle != 0:
		return quotedWidth([]rune(head(rest, longest)), '\'')
	}
	return max(1, min(utf8.RuneCountInString(n.Value), utf8.RuneCountInString(head(rest, longest))))
}

// head returns at most n characters from the beginning of text, tail from its
// end.
func head(text string, n int) string {
	for i := range text {
		if n--; n < 0 {
			return text[:i]
		}
	}
	return text
}

func tail(text string, n int) string {
	at := len(text)
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	return text[at:]
}

func quotedWidth(line []rune, quote rune) int {
	for i := 1; i < len(line); i++ {
		switch {
		case line[i] == '\\' && quote == '"':
			i++
		case line[i] == quote && quote == '\'' && i+1 < len(line) && line[i+1] == quote:
			i++
		case line[i] == quote:
			return i + 1
		}
	}
	return len(line)
}

// longest is how much of a line a finding shows, in characters.
const longest = 110

// finding describes a mistake at the place.
func (at place) finding(s Severity, code Code) Finding {
	f := Finding{Line: at.line, Col: at.col, Severity: s, Code: code, Width: 1, path: at.path}
	if at.page == nil {
		return f
	}
	f.File = at.page.name
	before, after := at.page.split(at.line, at.col)
	// a long line is cut so that two thirds of what is shown follow the place
	follows := min(utf8.RuneCountInString(head(after, longest)), longest*2/3)
	shown := tail(before, longest-follows)
	if len(shown) < len(before) {
		shown = "…" + shown
	}
	room := longest - utf8.RuneCountInString(shown)
	f.lead = columns(shown)
	marked := head(after, min(at.size(after), room))
	f.Width = max(columns(marked), 1)
	shown += head(after, room)
	if len(head(after, room)) < len(after) {
		shown += "…"
	}
	f.Excerpt = strings.ReplaceAll(shown, "\t", " ")
	return f
}

// columns is how many text takes in a terminal.
func columns(text string) int {
	n := 0
	for _, r := range text {
		switch kind := width.LookupRune(r).Kind(); {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case kind == width.EastAsianWide, kind == width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}

// within returns the place of byte offset in the value of scalar n. Folding,
// indentation and escapes make source and value differ; both hold the same
// characters once white space is left out, so they are walked side by side.
func (p *page) within(n *yaml.Node, offset int) place {
	w := walker{page: p, line: n.Line, col: n.Column}
	switch {
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		w.line, w.col = n.Line+1, 1
	case n.Style&yaml.DoubleQuotedStyle != 0:
		w.col, w.escape = n.Column+1, '\\'
	case n.Style&yaml.SingleQuotedStyle != 0:
		w.col, w.escape = n.Column+1, '\''
	}
	offset = min(max(offset, 0), len(n.Value))
	for i, r := range n.Value {
		if i >= offset {
			break
		}
		if !space(r) {
			w.toText()
			w.step()
		}
	}
	if offset < len(n.Value) && !space(rune(n.Value[offset])) {
		w.toText()
	}
	return place{page: p, line: w.line, col: w.col, width: max(utf8.RuneCountInString(firstWord(n.Value[offset:])), 1), node: n}
}

// firstWord is the word or sign text begins with.
func firstWord(text string) string {
	end := strings.IndexFunc(text, func(r rune) bool {
		return r != '_' && !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r)
	})
	switch {
	case end < 0:
		return text
	case end == 0:
		return head(text, 1)
	}
	return text[:end]
}

func space(r rune) bool { return r == ' ' || r == '\n' || r == '\t' }

// walker is a place in the source that moves over what is not white space.
type walker struct {
	page      *page
	line, col int
	escape    rune
	row       []rune
	rowOf     int
}

func (w *walker) rest() []rune {
	if w.rowOf != w.line {
		w.row, w.rowOf = []rune(w.page.line(w.line)), w.line
	}
	return w.row[min(w.col-1, len(w.row)):]
}

// toText moves to the next character that is not white space.
func (w *walker) toText() {
	for w.line <= len(w.page.lines) {
		rest, skip := w.rest(), 0
		for i, r := range rest {
			if r == '\\' && w.escape == r {
				if n := blankEscape(rest[i:]); n > 0 {
					skip = i + n
				}
			}
			if !space(r) && i >= skip {
				w.col += i
				return
			}
		}
		w.line, w.col = w.line+1, 1
	}
}

// blankEscape returns the length of an escape that stands for white space, or
// for a line that goes on.
func blankEscape(rest []rune) int {
	for _, e := range []string{`\t`, `\n`, `\ `, `\x20`, `\x09`, `\x0a`, `\u0020`, `\u000a`} {
		if strings.HasPrefix(strings.ToLower(string(rest[:min(len(rest), len(e))])), e) {
			return len(e)
		}
	}
	if len(rest) == 1 {
		return 1
	}
	return 0
}

// step moves over one character of the value: one in the source, or an escape.
func (w *walker) step() {
	rest := w.rest()
	n := 1
	if len(rest) > 1 && w.escape != 0 && rest[0] == w.escape {
		n = 2
		if w.escape == '\\' {
			n += map[rune]int{'x': 2, 'u': 4, 'U': 8}[rest[1]]
		}
	}
	w.col += n
}
