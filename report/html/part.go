package html

import (
	"fmt"

	"saban/report/document"
)

var kinds = map[document.Kind]string{document.Official: "official", document.Graphic: "graphic", document.Annex: "annex", document.Sheet: "sheet"}

// part writes one part, which begins on a new page.
func (p *page) part(i int) {
	part := &p.doc.Parts[i]
	heading := fmt.Sprintf("part-title-%d", i+1)
	p.put("<article class=\"part %s\"%s aria-labelledby=\"%s\">\n", kinds[part.Kind], p.id(part.ID), heading)
	if p.doc.Marking != "" && part.Kind == document.Official {
		p.put("<p class=\"marking\">%s</p>\n", text(p.doc.Marking))
	}
	if part.Head != nil {
		p.letterhead(part.Head)
	}
	if part.Number != "" {
		p.put("<p class=\"number\">%s</p>\n", text(part.Number))
	}
	p.put("<h2 id=\"%s\">%s</h2>\n", heading, text(part.Title))
	p.level = 2
	if part.About != "" {
		p.put("<p class=\"about\">%s</p>\n", text(part.About))
	}
	if part.Head != nil && len(part.Head.To) > 0 {
		p.put("<div class=\"to\"><p>%s</p>\n<ul>\n", p.pick("Kính gửi:", "To:"))
		to := part.Head.To
		if len(to) > 1 {
			to = document.Ended(to)
		}
		for _, line := range to {
			p.put("<li>%s</li>\n", text(line))
		}
		p.put("</ul></div>\n")
	}
	p.blocks(part.Blocks)
	if part.Close != nil {
		p.closing(part.Close)
	}
	p.put("</article>\n")
}

// dots are for people to write over.
func dots(s string) string {
	if s == "" {
		return "……………"
	}
	return text(s)
}

func (p *page) letterhead(h *document.Letterhead) {
	p.put("<div class=\"letterhead\">\n<div><p>%s</p><p class=\"strong ruled\">%s</p><p class=\"no\">%s</p></div>\n", dots(h.Parent), dots(h.Body), text(h.Number))
	p.put("<div><p class=\"strong\">%s</p><p class=\"strong motto\">%s</p><p class=\"dated\">%s</p></div>\n</div>\n", text(h.Nation), text(h.Motto), text(h.Dated))
}

func (p *page) closing(c *document.Closing) {
	p.put("<div class=\"closing\">\n<div><p class=\"copies\">%s</p>\n<ul>\n", p.pick("Nơi nhận:", "Copies to:"))
	for _, line := range document.Ended(c.Copies) {
		p.put("<li>%s</li>\n", text(line))
	}
	p.put("</ul></div>\n<div class=\"signed\">")
	if c.Office != "" {
		p.put("<p class=\"strong\">%s</p>", text(c.Office))
	}
	p.put("<p class=\"strong\">%s</p>", text(c.Rank))
	p.name(c.Name, p.pick("(ký, ghi rõ họ tên)", "(signature, full name)"))
	p.put("</div>\n</div>\n")
}

// name leaves room to sign in above a name.
func (p *page) name(name, note string) {
	if note != "" {
		p.put("<p class=\"sign\">%s</p>", text(note))
	}
	p.put("<p class=\"strong signer\">%s</p>", text(name))
}

func (p *page) signatures(s *document.Signatures) {
	p.put("<div class=\"signatures\">\n")
	for _, one := range s.Each {
		p.put("<div><p class=\"strong\">%s</p>", text(one.Office))
		p.name(one.Name, one.Note)
		p.put("</div>\n")
	}
	p.put("</div>\n")
}
