// Package html renders a report as one file that needs nothing else: its
// fonts, pictures and style are in it, there is no script, and a policy in its
// head forbids a browser to load or run anything. It reads on a phone and
// prints on A4, each part with pages of its own.
//
// What people wrote is escaped and stands apart from the line around it where
// it could turn the direction of letters. An event or item is a link to its
// row; a picture has its data below it, to unfold.
package html

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"strings"
	"unicode"

	"saban/engine"
	"saban/report/document"
)

// Write renders a document. Its error is what w failed with, or a
// block it does not know.
func Write(w io.Writer, d *document.Document) error {
	p := pageOf(d)
	p.w = bufio.NewWriter(w)
	p.head()
	for i := range d.Parts {
		p.part(i)
	}
	p.put("</main>\n</body>\n</html>\n")
	return cmp.Or(p.err, p.w.Flush())
}

// Policy is the content security policy in the head of a document's page, for
// a server that sends it as a header too.
func Policy(d *document.Document) string { return policy(pageOf(d).style()) }

func policy(css string) string {
	sum := sha256.Sum256([]byte(css))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; font-src data:; base-uri 'none'; form-action 'none'"
}

func pageOf(d *document.Document) *page {
	p := &page{doc: d, known: map[string]bool{}, used: map[string]bool{}, widths: map[int]bool{}}
	p.collect()
	return p
}

// page writes one document. The writer keeps its first error.
type page struct {
	w      *bufio.Writer
	doc    *document.Document
	known  map[string]bool // ids that links may lead to
	used   map[string]bool // ids that are given away
	widths map[int]bool    // of columns, in thousandths of a line
	level  int             // of the last heading
	tables int
	pics   int
	err    error // of a block it does not know
}

// put writes markup of our own; what goes into it is escaped by then.
func (p *page) put(format string, args ...any) { fmt.Fprintf(p.w, format, args...) }

func (p *page) pick(vi, en string) string { return engine.Text{VI: vi, EN: en}.In(p.doc.Lang) }

// text escapes what people wrote. Marks of the direction of writing hold to
// the end of the text, not of the line.
func text(s string) string {
	clean := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	out := html.EscapeString(clean)
	if strings.ContainsFunc(clean, turns) {
		return "<bdi>" + out + "</bdi>"
	}
	return out
}

func turns(r rune) bool {
	return unicode.Is(unicode.Bidi_Control, r) || unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko)
}

// attr escapes a text for an attribute; a mark of direction has no place in
// one.
func attr(s string) string {
	return html.EscapeString(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD")))
}

// collect finds the ids that links may lead to, and the widths the style has
// to name.
func (p *page) collect() {
	for i := range p.doc.Parts {
		part := &p.doc.Parts[i]
		p.known[part.ID] = true
		p.collectBlocks(part.Blocks)
	}
	delete(p.known, "")
}

func (p *page) collectBlocks(blocks []document.Block) {
	runs := func(list []document.Run) {
		for _, r := range list {
			p.known[r.Name] = true
		}
	}
	for _, b := range blocks {
		switch b := b.(type) {
		case *document.Heading:
			p.known[b.ID] = true
		case *document.Paragraph:
			runs(b.Runs)
		case *document.List:
			for _, point := range b.Points {
				runs(point.Runs)
			}
		case *document.Table:
			for _, c := range b.Columns {
				p.widths[thousandths(c.Width)] = true
			}
			for _, r := range b.Rows {
				p.known[r.ID] = true
				for _, cell := range r.Cells {
					runs(cell)
				}
			}
		case *document.Columns:
			for _, s := range b.Each {
				p.collectBlocks(s.Blocks)
			}
		case *document.Details:
			for _, one := range b.Each {
				p.known[one.ID] = true
			}
		case *document.Card:
			p.collectBlocks(b.Blocks)
		}
	}
}

// id gives an id away once: a second heading of the same name has none.
func (p *page) id(id string) string {
	if id == "" || p.used[id] {
		return ""
	}
	p.used[id] = true
	return fmt.Sprintf(` id="%s"`, anchor(id))
}

// anchor is an id as HTML and addresses take it: it begins with a letter.
func anchor(id string) string {
	var b strings.Builder
	for i, r := range id {
		switch {
		case r < 128 && (unicode.IsLetter(r) || i > 0 && (unicode.IsDigit(r) || r == '-' || r == '_')):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "x%x-", r)
		}
	}
	return b.String()
}

// head begins the page: policy, style, and a table of contents.
func (p *page) head() {
	css := p.style()
	p.put("<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", p.doc.Lang)
	p.put("<meta http-equiv=\"Content-Security-Policy\" content=\"%s\">\n", policy(css))
	p.put("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>%s</title>\n", attr(p.doc.Title))
	p.put("<style>%s</style>\n</head>\n<body>\n", css)
	p.put("<header class=\"top\">\n<p class=\"drill\">%s</p>\n<h1>%s</h1>\n", p.pick("DIỄN TẬP", "EXERCISE"), text(p.doc.Title))
	p.put("<nav aria-label=\"%s\">\n<ul>\n", p.pick("Các phần", "Parts"))
	for i := range p.doc.Parts {
		part := &p.doc.Parts[i]
		p.put("<li><a href=\"#%s\">%s</a></li>\n", anchor(part.ID), text(titleOf(part)))
	}
	p.put("</ul>\n</nav>\n</header>\n<main>\n")
}

func titleOf(part *document.Part) string {
	if part.Number != "" {
		return part.Number + ". " + part.Title
	}
	return part.Title
}
