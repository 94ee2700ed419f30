package html

import (
	"fmt"
	"strings"

	"saban/report/document"
	"saban/report/figure"
)

func (p *page) blocks(list []document.Block) {
	for _, b := range list {
		p.block(b)
	}
}

func (p *page) block(b document.Block) {
	switch b := b.(type) {
	case *document.Heading:
		p.heading(b.Level+2, strings.TrimSpace(dot(b.Number)+" "+b.Text), b.ID)
	case *document.Paragraph:
		p.put("<p class=\"%s\">", [...]string{"body", "lead", "notice", "small"}[b.Style])
		p.runs(b.Runs)
		p.put("</p>\n")
	case *document.List:
		p.list(b)
	case *document.Table:
		p.table(b)
	case *document.Numbers:
		p.numbers(b)
	case *document.Columns:
		p.columns(b)
	case *document.Picture:
		p.picture(b)
	case *document.Details:
		p.details(b)
	case *document.Signatures:
		p.signatures(b)
	case *document.Card:
		p.card(b)
	case *document.Writing:
		p.put("<p>%s</p>\n", text(b.Label))
		for range b.Lines {
			p.put("<div class=\"pen\"></div>\n")
		}
	default:
		p.err = fmt.Errorf("html: no way to write a %T", b)
	}
}

func dot(number string) string {
	if number == "" || strings.HasSuffix(number, ".") {
		return number
	}
	return number + "."
}

// heading is never more than one level below the one before it.
func (p *page) heading(level int, words, id string) {
	level = min(level, p.level+1)
	p.level = level
	p.put("<h%d%s>%s</h%d>\n", level, p.id(id), text(words), level)
}

func (p *page) runs(list []document.Run) {
	for i := range list {
		p.run(&list[i])
	}
}

func (p *page) run(r *document.Run) {
	words := text(r.Text)
	if r.Blank {
		words = "<span class=\"blank\">" + words + "</span>"
	}
	for _, look := range []struct {
		on  bool
		tag string
	}{{r.Code, "code"}, {r.Struck, "s"}, {r.Italic, "i"}, {r.Bold, "b"}} {
		if look.on {
			words = "<" + look.tag + ">" + words + "</" + look.tag + ">"
		}
	}
	if r.Link != "" && p.known[r.Link] {
		words = fmt.Sprintf("<a href=\"#%s\">%s</a>", anchor(r.Link), words)
	}
	if id := p.id(r.Name); id != "" {
		words = "<span" + id + ">" + words + "</span>"
	}
	p.put("%s", words)
}

// sign is a mark beside words, which say the same.
func sign(g figure.Glyph) string {
	if figure.Glyphs()[g] == "" {
		return ""
	}
	return `<svg class="sign" width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">` + figure.Glyphs()[g] + `</svg>`
}

func (p *page) list(l *document.List) {
	if len(l.Points) == 0 {
		return
	}
	tag := "ul"
	if l.Ordered {
		tag = "ol"
	}
	p.put("<%s class=\"points\">\n", tag)
	for _, point := range l.Points {
		mark := sign(point.Mark)
		if l.Ticks {
			mark = "<span class=\"tick\"></span>"
		}
		if mark != "" {
			p.put("<li class=\"marked\">%s<div>", mark)
			p.runs(point.Runs)
			p.put("</div></li>\n")
			continue
		}
		p.put("<li>")
		p.runs(point.Runs)
		p.put("</li>\n")
	}
	p.put("</%s>\n", tag)
}

// card is what is cut out and handed over.
func (p *page) card(c *document.Card) {
	p.put("<section class=\"card\"><p><b class=\"big\">%s</b> <b class=\"drill\">%s</b></p>\n", text(c.ID), text(c.Mark))
	p.put("<p class=\"strong\">%s</p>\n", text(c.Title))
	p.blocks(c.Blocks)
	p.put("<p class=\"small\">%s</p></section>\n", text(c.Foot))
}

func (p *page) numbers(n *document.Numbers) {
	p.put("<dl class=\"numbers\">\n")
	for _, one := range n.Each {
		p.put("<div><dt>%s%s</dt><dd><b>%s</b><span>%s</span></dd>", sign(one.Mark), text(one.Label), text(one.Value), text(one.Unit))
		if one.Note != "" {
			p.put("<dd class=\"note\">%s</dd>", text(one.Note))
		}
		p.put("</div>\n")
	}
	p.put("</dl>\n")
}

func (p *page) columns(c *document.Columns) {
	level := p.level
	p.put("<div class=\"columns\">\n")
	for _, s := range c.Each {
		p.level = level
		p.put("<div>\n")
		if s.Title != "" {
			p.heading(level+1, s.Title, "")
		}
		p.blocks(s.Blocks)
		p.put("</div>\n")
	}
	p.level = level
	p.put("</div>\n")
}

// picture is a figure that scrolls where it would be too small to read, its
// caption, and its data.
func (p *page) picture(b *document.Picture) {
	if b.Figure == nil {
		return
	}
	p.pics++
	own := *b.Figure
	own.ID = fmt.Sprintf("-%d", p.pics)
	title, rest, _ := strings.Cut(b.Caption, ". ")
	if head, more, ok := strings.Cut(rest, ". "); ok {
		title, rest = title+". "+head+".", more
	}
	p.put("<figure>\n<figcaption><b>%s</b> %s</figcaption>\n<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"%s\">%s</div>\n",
		text(title), text(rest), attr(title), own.SVG())
	p.put("<details><summary>%s</summary>\n<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"%s\">\n<table>\n<thead><tr>",
		p.pick("Số liệu của hình", "Data of the figure"), attr(p.pick("Số liệu: ", "Data: ")+title))
	for _, h := range b.Figure.Table.Head {
		p.put("<th scope=\"col\">%s</th>", text(h))
	}
	p.put("</tr></thead>\n<tbody>\n")
	for _, row := range b.Figure.Table.Rows {
		p.put("<tr>")
		for _, cell := range row {
			p.put("<td>%s</td>", text(cell))
		}
		p.put("</tr>\n")
	}
	p.put("</tbody>\n</table></div></details>\n</figure>\n")
}

func (p *page) table(t *document.Table) {
	p.tables++
	label := t.Caption
	if label == "" {
		label = fmt.Sprintf("%s %d", p.pick("Bảng", "Table"), p.tables)
	}
	p.put("<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"%s\">\n<table class=\"c%d\">\n", attr(label), min(len(t.Columns), 9))
	if t.Caption != "" {
		p.put("<caption>%s</caption>\n", text(t.Caption))
	}
	p.put("<colgroup>")
	for _, c := range t.Columns {
		p.put("<col class=\"w%d\">", thousandths(c.Width))
	}
	p.put("</colgroup>\n<thead><tr>")
	for _, c := range t.Columns {
		p.put("<th scope=\"col\"%s>%s</th>", side(c.Align), text(c.Title))
	}
	p.put("</tr></thead>\n<tbody>\n")
	for i := range t.Rows {
		p.row(t, &t.Rows[i])
	}
	if len(t.Rows) == 0 && t.Empty != "" {
		p.put("<tr><td colspan=\"%d\">%s</td></tr>\n", len(t.Columns), text(t.Empty))
	}
	p.put("</tbody>\n</table></div>\n")
}

func side(a document.Align) string {
	return [...]string{"", ` class="right"`, ` class="center"`}[a]
}

func (p *page) row(t *document.Table, r *document.Row) {
	room := ""
	if r.Lines > 1 {
		room = ` class="room"`
	}
	p.put("<tr%s%s>", p.id(r.ID), room)
	for i, cell := range r.Cells {
		switch {
		case r.Span:
			p.put("<th class=\"span\" scope=\"colgroup\" colspan=\"%d\">", len(t.Columns))
		case i < len(t.Columns):
			p.put("<td%s>", side(t.Columns[i].Align))
		default:
			p.put("<td>")
		}
		p.runs(cell)
		if r.Span {
			p.put("</th>")
			break
		}
		p.put("</td>")
	}
	for i := len(r.Cells); i < len(t.Columns) && !r.Span; i++ {
		p.put("<td></td>")
	}
	p.put("</tr>\n")
}
