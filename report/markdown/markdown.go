// Package markdown renders a report as GitHub-flavoured Markdown. Tables carry
// what pictures show; links within the report are left out, because renderers
// of Markdown do not agree on them.
package markdown

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strings"

	"saban/engine"
	"saban/report/document"
	"saban/report/figure"
)

// Write renders a document. Its error is what w failed with, or a
// block it does not know.
func Write(w io.Writer, d *document.Document) error {
	p := &page{w: bufio.NewWriter(w), doc: d}
	drill := p.pick("DIỄN TẬP – DIỄN TẬP – DIỄN TẬP", "EXERCISE – EXERCISE – EXERCISE")
	p.line("**%s**\n", drill)
	p.line("**%s**\n", escape(d.Marking))
	for i := range d.Parts {
		p.part(&d.Parts[i])
	}
	if d.Running != "" {
		p.line("%s\n", escape(strings.Trim(d.Running+" · "+d.Seal, " ·")))
	}
	p.line("**%s**", drill)
	return cmp.Or(p.err, p.w.Flush())
}

// page writes one document. The writer keeps its first error.
type page struct {
	w   *bufio.Writer
	doc *document.Document
	err error // of a block it does not know
}

// line writes markup of our own; what goes into it is escaped by then.
func (p *page) line(format string, args ...any) { fmt.Fprintf(p.w, format+"\n", args...) }

func (p *page) pick(vi, en string) string { return engine.Text{VI: vi, EN: en}.In(p.doc.Lang) }

func (p *page) part(part *document.Part) {
	if h := part.Head; h != nil {
		p.letterhead(h)
	}
	title := escape(part.Title)
	if part.Number != "" {
		title = escape(part.Number) + ". " + title
	}
	p.line("# %s\n", title)
	if part.About != "" {
		p.line("**%s**\n", escape(part.About))
	}
	if part.Head != nil && len(part.Head.To) > 0 {
		p.line("%s %s\n", p.pick("Kính gửi:", "To:"), escape(strings.Join(part.Head.To, "; ")))
	}
	for _, b := range part.Blocks {
		p.block(b)
	}
	if part.Close != nil {
		p.closing(part.Close)
	}
}

func (p *page) letterhead(h *document.Letterhead) {
	p.line("| %s<br>**%s** | **%s**<br>**%s** |", dots(h.Parent), dots(h.Body), escape(h.Nation), escape(h.Motto))
	p.line("|:---:|:---:|")
	p.line("| %s | *%s* |\n", escape(h.Number), escape(h.Dated))
}

func dots(s string) string {
	if s == "" {
		return "……………"
	}
	return escape(s)
}

func (p *page) closing(c *document.Closing) {
	copies := make([]string, len(c.Copies))
	for i, line := range document.Ended(c.Copies) {
		copies[i] = "- " + escape(line)
	}
	office := escape(c.Rank)
	if c.Office != "" {
		office = escape(c.Office) + "<br>" + office
	}
	p.line("| ***%s***<br>%s | **%s** |", p.pick("Nơi nhận:", "Copies to:"), strings.Join(copies, "<br>"), office)
	p.line("|:---|:---:|")
	name := "*" + p.pick("(ký, ghi rõ họ tên)", "(signature, full name)") + "*"
	if c.Name != "" {
		name = "**" + escape(c.Name) + "**"
	}
	p.line("| | %s |\n\n./.\n", name)
}

func (p *page) block(b document.Block) {
	switch b := b.(type) {
	case *document.Heading:
		number := ""
		if b.Number != "" {
			number = escape(b.Number) + ". "
			number = strings.Replace(number, `\.`, ".", 1)
		}
		p.line("%s %s%s\n", strings.Repeat("#", b.Level+1), number, escape(b.Text))
	case *document.Paragraph:
		p.paragraph(b)
	case *document.List:
		p.list(b)
	case *document.Table:
		p.table(b)
	case *document.Numbers:
		for _, n := range b.Each {
			p.line("- %s%s: **%s**%s (%s)", mark(n.Mark), escape(n.Label), escape(n.Value), escape(n.Unit), escape(n.Note))
		}
		p.line("")
	case *document.Columns:
		for _, s := range b.Each {
			p.line("### %s\n", escape(s.Title))
			for _, inner := range s.Blocks {
				p.block(inner)
			}
		}
	case *document.Picture:
		p.picture(b)
	case *document.Details:
		p.details(b)
	case *document.Signatures:
		p.signatures(b)
	case *document.Card:
		p.line("---\n\n**%s** · **%s**\n\n**%s**\n", escape(b.ID), escape(b.Mark), escape(b.Title))
		for _, inner := range b.Blocks {
			p.block(inner)
		}
		p.line("*%s*\n", escape(b.Foot))
	case *document.Writing:
		p.line("%s %s\n", escape(b.Label), strings.TrimSpace(strings.Repeat("………………………… ", max(b.Lines, 1))))
	default:
		p.err = fmt.Errorf("markdown: no way to write a %T", b)
	}
}

func (p *page) paragraph(b *document.Paragraph) {
	text := p.runs(b.Runs)
	switch b.Style {
	case document.Lead:
		text = "**" + strings.ReplaceAll(text, "**", "") + "**"
	case document.Notice:
		text = "> " + text
	}
	p.line("%s\n", text)
}

func (p *page) list(b *document.List) {
	for i, point := range b.Points {
		dash := "-"
		if b.Ordered {
			dash = fmt.Sprintf("%d.", i+1)
		}
		if b.Ticks {
			dash = "- [ ]"
		}
		p.line("%s %s%s", dash, mark(point.Mark), p.runs(point.Runs))
	}
	p.line("")
}

func (p *page) details(d *document.Details) {
	p.line("#### %s\n", escape(d.Title))
	for _, one := range d.Each {
		p.line("**%s**\n", escape(one.Title))
		for _, runs := range one.Points {
			p.line("- %s", p.runs(runs))
		}
		if len(one.End) > 0 {
			p.line("\n> %s", p.runs(one.End))
		}
		p.line("\n%s:\n", escape(d.Seen))
		for _, runs := range one.Seen {
			p.line("- %s", p.runs(runs))
		}
		p.line("")
	}
}

// mark is a glyph in letters.
func mark(g figure.Glyph) string {
	switch g {
	case figure.OnTime:
		return "✓ "
	case figure.Slow:
		return "◆ "
	case figure.Missed:
		return "✗ "
	case figure.Waiting:
		return "◌ "
	}
	return ""
}

func (p *page) table(t *document.Table) {
	p.line("*%s*\n", escape(t.Caption))
	if len(t.Rows) == 0 {
		p.line("%s\n", escape(t.Empty))
		return
	}
	heads := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		heads[i] = escape(c.Title)
	}
	p.line("| %s |", strings.Join(heads, " | "))
	rule := "|"
	for _, c := range t.Columns {
		rule += map[document.Align]string{document.Left: " --- |", document.Right: " ---: |", document.Center: " :---: |"}[c.Align]
	}
	p.line("%s", rule)
	for _, r := range t.Rows {
		cells := make([]string, len(t.Columns))
		for i := range r.Cells {
			cells[i] = p.runs(r.Cells[i])
		}
		if r.Span {
			cells[0] = "**" + cells[0] + "**"
		}
		p.line("| %s |", strings.Join(cells, " | "))
	}
	p.line("")
}

// picture says in words and figures what it shows.
func (p *page) picture(b *document.Picture) {
	p.line("*%s*\n", escape(b.Caption))
	p.line("%s\n", escape(b.Figure.Name))
	t := &b.Figure.Table
	if len(t.Rows) == 0 {
		return
	}
	p.line("| %s |", strings.Join(escaped(t.Head), " | "))
	p.line("|%s", strings.Repeat(" --- |", len(t.Head)))
	for _, r := range t.Rows {
		p.line("| %s |", strings.Join(escaped(r), " | "))
	}
	p.line("")
}

func escaped(cells []string) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = escape(c)
	}
	return out
}

func (p *page) signatures(b *document.Signatures) {
	cells := make([]string, len(b.Each))
	for i, s := range b.Each {
		cells[i] = "**" + escape(s.Office) + "**<br>*" + escape(s.Note) + "*"
		if s.Name != "" {
			cells[i] += "<br>**" + escape(s.Name) + "**"
		}
	}
	p.line("| %s |", strings.Join(cells, " | "))
	p.line("|%s\n", strings.Repeat(":---:|", len(cells)))
}

// isNumber tells the number of an event, which needs no escape.
func isNumber(s string) bool { return len(s) > 1 && s[0] == '#' && digits(s[1:]) }

// runs renders text; marks of emphasis stand at words, or they would be read
// as letters.
func (p *page) runs(runs []document.Run) string {
	var b strings.Builder
	for _, r := range runs {
		text := escape(r.Text)
		if isNumber(r.Text) {
			text = r.Text
		}
		lead := r.Text != "" && r.Text[0] == ' '
		trail := len(r.Text) > 1 && r.Text[len(r.Text)-1] == ' '
		switch {
		case r.Blank:
			text = "………… *(" + text + ")*"
		case text == "":
		case r.Code:
			text = span(r.Text)
		case r.Struck:
			text = "~~" + text + "~~"
		}
		if text != "" && r.Italic && !r.Blank {
			text = "*" + text + "*"
		}
		if text != "" && r.Bold && !r.Blank {
			text = "**" + text + "**"
		}
		if lead {
			b.WriteByte(' ')
		}
		b.WriteString(text)
		if trail {
			b.WriteByte(' ')
		}
	}
	return strings.TrimSpace(b.String())
}
