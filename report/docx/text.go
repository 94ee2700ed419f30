package docx

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"saban/report/document"
	"saban/report/measure"
)

// par is the manner of a paragraph. Its fields stand in the order the
// standard's sequence wants them written.
type par struct {
	style             string
	keep              bool // on the page of the next
	list              int  // its number in numbering.xml, 0 = none
	border            string
	left, right, hang int
	align             string
	section           string
	anchor            string
}

func (p *par) xml() string {
	var b strings.Builder
	b.WriteString(`<w:pPr>`)
	if p.style != "" {
		b.WriteString(`<w:pStyle w:val="` + p.style + `"/>`)
	}
	if p.keep {
		b.WriteString(`<w:keepNext/>`)
	}
	if p.list > 0 {
		fmt.Fprintf(&b, `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="%d"/></w:numPr>`, p.list)
	}
	if p.border != "" {
		b.WriteString(`<w:pBdr>` + p.border + `</w:pBdr>`)
	}
	switch {
	case p.hang > 0:
		fmt.Fprintf(&b, `<w:ind w:left="%d" w:right="%d" w:hanging="%d"/>`, p.left, p.right, p.hang)
	case p.left > 0 || p.right > 0:
		fmt.Fprintf(&b, `<w:ind w:left="%d" w:right="%d"/>`, p.left, p.right)
	}
	if p.align != "" {
		b.WriteString(`<w:jc w:val="` + p.align + `"/>`)
	}
	return b.String() + p.section + `</w:pPr>`
}

// par writes a paragraph of runs.
func (w *writer) par(p par, runs []document.Run) {
	w.raw(`<w:p>` + p.xml() + w.mark(p.anchor))
	for i := range runs {
		w.raw(w.run(&runs[i]))
	}
	w.raw(`</w:p>`)
}

// line writes a paragraph of plain text.
func (w *writer) line(p par, text string) { w.par(p, document.Plain(text)) }

// mark is a place that links lead to. Only the first of a name counts.
func (w *writer) mark(id string) string {
	n, known := w.anchors[id]
	if !known || w.written[id] {
		return ""
	}
	w.written[id] = true
	return fmt.Sprintf(`<w:bookmarkStart w:id="%d" w:name="_saban%d"/><w:bookmarkEnd w:id="%d"/>`, n, n, n)
}

func (w *writer) run(r *document.Run) string {
	text := w.mark(r.Name)
	manner := ""
	switch {
	case r.Code:
		manner = `<w:rStyle w:val="Code"/>`
	case r.Link != "":
		manner = `<w:rStyle w:val="Link"/>`
	}
	if r.Bold {
		manner += `<w:b/><w:bCs/>`
	}
	if r.Italic {
		manner += `<w:i/><w:iCs/>`
	}
	if r.Struck {
		manner += `<w:strike/>`
	}
	text += words(r.Text, manner)
	if r.Blank {
		dots := strings.Repeat(".", 24)
		if w.inTable {
			dots = dots[:8]
		}
		if r.Text != "" {
			dots = " " + dots
		}
		text += words(dots, `<w:rStyle w:val="Blank"/>`)
	}
	if n, known := w.anchors[r.Link]; known {
		return fmt.Sprintf(`<w:hyperlink w:anchor="_saban%d" w:history="1">%s</w:hyperlink>`, n, text)
	}
	return text
}

// words are a run of text in a manner.
func words(text, manner string) string {
	text = measure.Printable(text)
	if text == "" {
		return ""
	}
	if manner != "" {
		manner = `<w:rPr>` + manner + `</w:rPr>`
	}
	var b strings.Builder
	b.WriteString(`<w:r>` + manner)
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			b.WriteString(`<w:br/>`)
		}
		if line != "" {
			b.WriteString(`<w:t xml:space="preserve">` + escape(line) + `</w:t>`)
		}
	}
	return b.String() + `</w:r>`
}

var entities = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// escape makes a text harmless in XML.
func escape(text string) string { return entities.Replace(measure.Printable(text)) }

var numbered = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(\pL+) (\d+)(\.\s.*)$`) })

// caption writes a caption whose number Word counts on when one is put in
// before it.
func (w *writer) caption(text string) {
	if text == "" {
		return
	}
	style := "Caption"
	if w.look.sheet {
		style = "SheetCaption"
	}
	p := par{style: style, keep: true}
	w.raw(`<w:p>` + p.xml())
	if m := numbered().FindStringSubmatch(measure.Printable(text)); m != nil {
		w.raw(words(m[1]+" ", bold) + field("SEQ "+m[1]+` \* ARABIC`, m[2], bold) + words(m[3], ""))
	} else {
		w.raw(words(text, ""))
	}
	w.raw(`</w:p>`)
}

// anchors numbers everything a link may lead to.
func anchors(d *document.Document) map[string]int {
	all := map[string]int{}
	add := func(id string) {
		if _, known := all[id]; id != "" && !known {
			all[id] = len(all) + 1
		}
	}
	for i := range d.Parts {
		add(d.Parts[i].ID)
		for _, b := range d.Parts[i].Blocks {
			anchorsOf(b, add)
		}
	}
	return all
}

func anchorsOf(b document.Block, add func(string)) {
	runs := func(list []document.Run) {
		for i := range list {
			add(list[i].Name)
		}
	}
	switch b := b.(type) {
	case *document.Heading:
		add(b.ID)
	case *document.Paragraph:
		runs(b.Runs)
	case *document.List:
		for i := range b.Points {
			runs(b.Points[i].Runs)
		}
	case *document.Table:
		for i := range b.Rows {
			add(b.Rows[i].ID)
			for _, c := range b.Rows[i].Cells {
				runs(c)
			}
		}
	case *document.Columns:
		for i := range b.Each {
			for _, inner := range b.Each[i].Blocks {
				anchorsOf(inner, add)
			}
		}
	case *document.Card:
		for _, inner := range b.Blocks {
			anchorsOf(inner, add)
		}
	}
}

// half is a size in half points, as the standard counts.
func half(size float64) string { return strconv.Itoa(int(size*2 + 0.5)) }
