package graph

import (
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"

	"saban/engine"
)

// SVG draws the machine for a browser or a printer. The kind of a state is
// told by shape and word, never by colour alone; nothing is smaller than 9 pt
// on paper and 12 px on a phone.
func SVG(w io.Writer, c *engine.Compiled, o Options) error {
	_, err := io.WriteString(w, Lay(c, o).SVG())
	return err
}

// SVG writes the picture as an SVG document. It looks right by its attributes
// alone, where a page's policy forbids style sheets; the style adds the dark
// theme and the size of paper.
func (p *Picture) SVG() string {
	d := &pen{}
	d.open(p)
	for i := range p.Rules {
		r := p.Rules[i]
		d.f(`<path class="hair" d="M%s %sh%s" stroke="#D0CEC6" stroke-width=".8"/>`+"\n", n(r.X), n(r.Y), n(r.W))
	}
	d.arrows(p)
	for i := range p.Nodes {
		d.node(&p.Nodes[i])
	}
	for i := range p.Badges {
		d.badge(&p.Badges[i])
	}
	for i := range p.Samples {
		d.sample(&p.Samples[i])
	}
	for i := range p.Lines {
		d.line(&p.Lines[i], "")
	}
	d.f("</svg>\n")
	return d.String()
}

// pen writes the parts of an SVG.
type pen struct{ strings.Builder }

func (d *pen) f(format string, args ...any) { fmt.Fprintf(d, format, args...) }

// n writes a length.
func n(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

func (d *pen) open(p *Picture) {
	wide, high := n(p.Width)+p.Unit, n(p.Height)+p.Unit
	if p.Page == A4 {
		wide, high = "210mm", fmt.Sprintf("%dmm", 297*p.Sheets)
	}
	d.f(`<svg xmlns="http://www.w3.org/2000/svg" class="machine" viewBox="0 0 %s %s" width="%s" height="%s" role="img" aria-labelledby="%s-title %[5]s-desc" lang="%[6]s" font-family="%[7]s" fill="#17191E">`+"\n",
		n(p.Width), n(p.Height), wide, high, text(p.ID), p.Lang, text(fonts))
	d.f("<title id=\"%s-title\">%s</title>\n<desc id=\"%[1]s-desc\">%[3]s</desc>\n", text(p.ID), text(p.Title), text(p.About))
	d.WriteString(style(p))
	d.f(`<rect class="paper" width="%s" height="%s" fill="#fff"/>`+"\n", n(p.Width), n(p.Height))
}

func style(p *Picture) string {
	size := ""
	switch p.Page {
	case A4:
		size = "@page{size:A4 portrait;margin:0}"
	case Phone:
		size = fmt.Sprintf(".machine{width:100%%;min-width:%spx;max-width:480px;height:auto}", n(p.Width))
	}
	return "<style>" + size + dark + "</style>\n"
}

// dark repaints everything for those whose screen is dark.
const dark = `@media screen and (prefers-color-scheme:dark){.machine{fill:#F3F4F6}.machine .paper,.machine .under,.machine .tag{fill:#15181E}.machine .casing{stroke:#15181E}` +
	`.machine .quiet,.machine .pale{fill:#A6ADB9}.machine .hair{stroke:#3A3F4A}.machine .line,.machine .tag,.machine .shape{stroke:#A6ADB9}.machine .tip{fill:#A6ADB9}` +
	`.machine .shape{fill:#15181E}.machine .initial.shape{fill:#18223D;stroke:#93B2FF}.machine .escalated.shape{fill:#2C2110;stroke:#F2B54D}.machine .contained.shape{fill:#10271D;stroke:#4FC78E}.machine .failed.shape{fill:#331719;stroke:#FF8085}` +
	`.machine .inner{fill:none}.machine .escalated.line{stroke:#F2B54D}.machine .failed.line{stroke:#FF8085}.machine .escalated.tip{fill:#F2B54D}.machine .failed.tip{fill:#FF8085}` +
	`.machine .faint.shape{fill:#15181E;stroke:#5C6370}.machine .faint.line{stroke:#5C6370}.machine .faint.tip{fill:#5C6370}.machine .went.line,.machine .went.tag{stroke:#F3F4F6}.machine .went.tip,.machine .went.tag,.machine .step{fill:#F3F4F6}.machine .onink{fill:#15181E}}`

// text escapes what goes into XML.
func text(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(plain(s))) // a Builder takes everything
	return b.String()
}

// line writes a text; class "onink" is white on a filled mark.
func (d *pen) line(l *Line, class string) {
	attrs := ""
	x := l.Box.X
	if l.Centre {
		x += l.Box.W / 2
		attrs += ` text-anchor="middle"`
	}
	if l.Bold {
		attrs += ` font-weight="700"`
	}
	switch {
	case class != "":
		attrs += ` class="` + class + `" fill="#fff"`
	case l.Fate == Pale:
		attrs += ` class="pale" fill="#666B74"`
	case l.Ink == Quiet:
		attrs += ` class="quiet" fill="#454952"`
	}
	d.f(`<text x="%s" y="%s" font-size="%s"%s>%s</text>`+"\n", n(x), n(l.Base), n(l.Size), attrs, text(l.Text))
}
