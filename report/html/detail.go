package html

import "saban/report/document"

// details unfold one by one. A link leads to what is inside, since only then
// does a browser unfold what it leads to.
func (p *page) details(d *document.Details) {
	p.put("<section class=\"why\">\n")
	level := p.level
	p.heading(level+1, d.Title, "")
	for i := range d.Each {
		p.detail(&d.Each[i], d.Seen)
	}
	p.level = level
	p.put("</section>\n")
}

func (p *page) detail(one *document.Detail, seen string) {
	p.put("<details><summary>%s</summary>\n<div%s>\n", text(one.Title), p.id(one.ID))
	p.plainList(one.Points)
	if len(one.End) > 0 {
		p.put("<p class=\"end\">")
		p.runs(one.End)
		p.put("</p>\n")
	}
	if len(one.Seen) > 0 {
		p.put("<p class=\"seen\">%s</p>\n", text(seen))
		p.plainList(one.Seen)
	}
	p.put("</div></details>\n")
}

func (p *page) plainList(each [][]document.Run) {
	if len(each) == 0 {
		return
	}
	p.put("<ul class=\"points\">\n")
	for _, runs := range each {
		p.put("<li>")
		p.runs(runs)
		p.put("</li>\n")
	}
	p.put("</ul>\n")
}
