package graph

import (
	"encoding/xml"
	"fmt"
	"strings"

	"saban/engine"
)

// Visit is a state that a drill was in, from At on.
type Visit struct {
	State string
	At    engine.Millis
}

// Picture says how SVG draws.
type Picture struct {
	Lang   engine.Lang
	Phone  bool    // the list of transitions below the machine, not beside it
	Bare   bool    // no list of transitions
	Visits []Visit // the path a drill took, if one is to be shown
}

// SVG draws the machine: the good way from top to bottom, where things go
// wrong at its side. Arrows have the numbers of their transitions; a list says
// when each is taken and why. The kind of a state is told by shape, mark and
// word. It is readable on a page of A4, or with Phone on a phone's screen.
func SVG(c *engine.Compiled, o Picture) string {
	p := lay(c, o.Lang)
	trail := follow(p, o.Visits)
	d := &drawing{}
	width, height := float64(drawnWidth), p.height
	listX, listY, listWidth := width+14, topMargin, listBeside
	if o.Phone {
		listX, listY, listWidth = 8, p.height+10, width-16
	}
	entries := list(c, o.Lang, listWidth)
	if !o.Bare {
		if o.Phone {
			height = listY + entriesHeight(entries)
		} else {
			width, height = listX+listWidth+8, max(height, listY+entriesHeight(entries))
		}
	}
	d.open(c, o.Lang, width, height)
	for _, a := range p.arrows {
		d.arrow(a, trail)
	}
	for _, b := range p.boxes {
		d.box(b, trail)
	}
	for _, a := range p.arrows {
		d.numbers(a, trail)
	}
	if !o.Bare {
		d.list(entries, listX, listY, trail)
	}
	d.b.WriteString("</svg>\n")
	return d.b.String()
}

// drawing writes the parts of an SVG.
type drawing struct{ b strings.Builder }

func (d *drawing) f(format string, args ...any) { fmt.Fprintf(&d.b, format, args...) }

func (d *drawing) open(c *engine.Compiled, lang engine.Lang, width, height float64) {
	s := c.Scenario()
	name := title(&engine.State{ID: s.ID, Title: s.Title}, lang)
	d.f("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" width=\"100%%\" style=\"max-width:%.0fpx\" role=\"img\" aria-labelledby=\"t d\" lang=\"%s\" font-family=\"'Be Vietnam Pro','Noto Sans','Segoe UI',Roboto,sans-serif\">\n",
		width, height, width*1.4, lang)
	d.f("<title id=\"t\">%s</title>\n<desc id=\"d\">%s</desc>\n", text(name), text(describe(c, lang)))
	d.b.WriteString(svgStyle)
	d.f("<rect class=\"paper\" width=\"%.0f\" height=\"%.0f\"/>\n", width, height)
	d.f("<text x=\"8\" y=\"20\" class=\"name\">%s</text>\n", text(name))
}

// describe says the machine in a few words, for those who hear the picture.
func describe(c *engine.Compiled, lang engine.Lang) string {
	s := c.Scenario()
	var titles []string
	situations := s.Situations()
	for i := range situations {
		titles = append(titles, title(&situations[i], lang)+" ("+situations[i].Kind.Title().In(lang)+")")
	}
	return engine.Both("Sơ đồ %d trạng thái, %d đường chuyển: %s.", "State machine of %d states and %d transitions: %s.",
		len(situations), len(s.Transitions), strings.Join(titles, "; ")).In(lang)
}

// text escapes what goes into XML.
func text(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(oneLine(s))) // a Builder takes everything
	return b.String()
}

const svgStyle = `<style>
.paper{fill:#fff}.name{font-size:14px;font-weight:700;fill:#17191E}
.st{fill:#fff;stroke:#827F75;stroke-width:1.2}.st.initial{fill:#EDF1FD;stroke:#2450C8}.st.escalated{fill:#FBF0DA;stroke:#8F5600;stroke-width:1.8}
.st.contained{fill:#E4F3EB;stroke:#0B7548;stroke-width:1.8}.st.failed{fill:#FCEAEA;stroke:#BE2530;stroke-width:3}.in{fill:none;stroke-width:1}
.t{font-size:12px;fill:#17191E;text-anchor:middle}.k{font-size:10px;font-weight:700;fill:#17191E;text-anchor:middle}
.a{fill:none;stroke:#5E5B53;stroke-width:1.2}.a.bad{stroke:#8F5600}.a.lost{stroke:#BE2530}.tip{fill:#5E5B53}.tip.bad{fill:#8F5600}.tip.lost{fill:#BE2530}
.n{font-size:10px;font-weight:700;fill:#17191E;paint-order:stroke;stroke:#fff;stroke-width:3px;text-anchor:middle}
.l{font-size:10.5px;fill:#17191E}.l.b{font-weight:700}.l.w{font-style:italic;fill:#4A483F}
.pale{opacity:.28}.went{stroke-width:2.8}.at{font-size:10px;font-weight:700;fill:#2450C8;text-anchor:end}
@media (prefers-color-scheme:dark){.paper{fill:#17191E}.name,.t,.k,.n,.l{fill:#F2F0EA}.n{stroke:#17191E}.l.w{fill:#C9C6BC}
.st{fill:#22252C;stroke:#9C998F}.st.initial{fill:#1B2547;stroke:#8CA5F5}.st.escalated{fill:#3A2C10;stroke:#E5A93C}.st.contained{fill:#10301F;stroke:#58C08D}.st.failed{fill:#3D1518;stroke:#F07A82}
.a{stroke:#B5B2A8}.a.bad{stroke:#E5A93C}.a.lost{stroke:#F07A82}.tip{fill:#B5B2A8}.tip.bad{fill:#E5A93C}.tip.lost{fill:#F07A82}.at{fill:#8CA5F5}}
@media print{.paper{fill:#fff}}
</style>
`
