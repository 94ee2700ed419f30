// Package handbook holds what the people in the room need to know: one short
// text for each of facilitator, evaluator and participant, in both languages.
//
// A text is a title, a lead and sections of paragraphs, lists and steps, in a
// small part of Markdown: "# ", "## ", "- ", "1. ", **bold** and `command`.
// A line {keys} stands for the shortcuts of the console, {ratings} for the
// definitions of the four ratings, so that both are said in one place.
package handbook

import (
	"embed"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"saban/engine"
	"saban/scoring"
)

//go:embed text
var texts embed.FS

// Reader is whom a handbook is for.
type Reader string

// The readers.
const (
	Facilitator Reader = "facilitator"
	Evaluator   Reader = "evaluator"
	Participant Reader = "participant"
)

// Readers lists them all.
var Readers = []Reader{Facilitator, Evaluator, Participant}

// Title names a reader.
func (r Reader) Title() engine.Text {
	return map[Reader]engine.Text{Facilitator: engine.Both("Người điều khiển", "Facilitator"), Evaluator: engine.Both("Đánh giá viên", "Evaluator"),
		Participant: engine.Both("Người tham gia", "Participant")}[r]
}

// Handbook is one text.
type Handbook struct {
	Title    string    `json:"title"`
	Lead     Line      `json:"lead"`
	Sections []Section `json:"sections"`
}

// Section is a heading and what stands under it.
type Section struct {
	Title  string  `json:"title"`
	Blocks []Block `json:"blocks"`
}

// Kind is how the lines of a block belong together.
type Kind string

// The kinds.
const (
	Paragraph Kind = "paragraph" // one line
	List      Kind = "list"
	Steps     Kind = "steps" // in order
	Keys      Kind = "keys"  // each line begins with its keys
)

// Block is a paragraph, a list, steps or keys.
type Block struct {
	Kind  Kind   `json:"kind"`
	Lines []Line `json:"lines"`
}

// Line is one paragraph or one point of a list.
type Line struct {
	Keys []string `json:"keys,omitempty"`
	Runs []Run    `json:"runs"`
}

// Run is a piece of a line: plain, bold, or a command to type.
type Run struct {
	Text    string `json:"text"`
	Bold    bool   `json:"bold,omitempty"`
	Command bool   `json:"command,omitempty"`
}

// String is the line without its marks.
func (l Line) String() string {
	var out strings.Builder
	for _, r := range l.Runs {
		out.WriteString(r.Text)
	}
	return out.String()
}

// Of reads the handbook of a reader.
func Of(r Reader, lang engine.Lang) (*Handbook, error) {
	text, err := texts.ReadFile("text/" + string(r) + "." + string(lang) + ".md")
	if err != nil {
		return nil, fmt.Errorf("handbook of %q in %q: %w", r, lang, err)
	}
	h := &Handbook{}
	for line := range strings.Lines(string(text)) {
		h.add(strings.TrimSpace(line), lang)
	}
	return h, nil
}

var step = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\d+\. `) })

// add takes one line of a text in.
func (h *Handbook) add(line string, lang engine.Lang) {
	if title, ok := strings.CutPrefix(line, "## "); ok {
		h.Sections = append(h.Sections, Section{Title: title})
		return
	}
	if title, ok := strings.CutPrefix(line, "# "); ok {
		h.Title = title
		return
	}
	switch {
	case line == "":
	case len(h.Sections) == 0:
		h.Lead = Line{Runs: runs(line)}
	case line == "{keys}":
		for _, s := range Shortcuts(lang) {
			h.put(Keys, Line{s.Keys, []Run{{Text: s.Does}}})
		}
	case line == "{ratings}":
		for _, r := range []scoring.Rating{scoring.Performed, scoring.Some, scoring.Major, scoring.Unable} {
			name, rest, _ := strings.Cut(r.Meaning().In(lang), ":")
			h.put(List, Line{Runs: []Run{{Text: string(r) + " · " + name, Bold: true}, {Text: ":" + rest}}})
		}
	case strings.HasPrefix(line, "- "):
		h.put(List, Line{Runs: runs(line[2:])})
	case step().MatchString(line):
		h.put(Steps, Line{Runs: runs(step().ReplaceAllString(line, ""))})
	default:
		h.put(Paragraph, Line{Runs: runs(line)})
	}
}

// put adds a line to the block it belongs to.
func (h *Handbook) put(kind Kind, line Line) {
	s := &h.Sections[len(h.Sections)-1]
	if n := len(s.Blocks); kind == Paragraph || n == 0 || s.Blocks[n-1].Kind != kind {
		s.Blocks = append(s.Blocks, Block{Kind: kind})
	}
	last := &s.Blocks[len(s.Blocks)-1]
	last.Lines = append(last.Lines, line)
}

var mark = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile("\\*\\*[^*]+\\*\\*|`[^`]+`") })

// runs takes a line apart at its marks.
func runs(line string) (out []Run) {
	at := 0
	for _, m := range mark().FindAllStringIndex(line, -1) {
		if m[0] > at {
			out = append(out, Run{Text: line[at:m[0]]})
		}
		marked := line[m[0]:m[1]]
		out = append(out, Run{Text: strings.Trim(marked, "*`"), Bold: marked[0] == '*', Command: marked[0] == '`'})
		at = m[1]
	}
	if at < len(line) {
		out = append(out, Run{Text: line[at:]})
	}
	return out
}
