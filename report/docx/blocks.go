package docx

import (
	"cmp"
	"fmt"
	"strings"

	"saban/report/document"
	"saban/report/figure"
)

// block writes a block in a column of a width in twips. keep holds it on the
// page of what follows.
func (w *writer) block(b document.Block, width int, keep bool) {
	switch b := b.(type) {
	case *document.Heading:
		w.heading(b)
	case *document.Paragraph:
		w.par(par{style: w.styleOf(b.Style), keep: keep}, b.Runs)
	case *document.List:
		w.list(b, keep)
	case *document.Table:
		w.table(b, width)
	case *document.Numbers:
		w.numbers(b, width)
	case *document.Columns:
		w.columns(b, width)
	case *document.Picture:
		w.picture(b, width)
	case *document.Card:
		w.card(b, width)
	case *document.Writing:
		w.line(par{style: w.styleOf(document.Body), keep: keep}, strings.TrimSpace(b.Label+" "+strings.Repeat(strings.Repeat(".", 60)+" ", max(b.Lines, 1))))
	case *document.Signatures:
		w.signatures(b, width)
	case *document.Details: // for a screen, that can fold them up
	default:
		w.err = cmp.Or(w.err, fmt.Errorf("no way to write a %T", b))
	}
}

func (w *writer) heading(h *document.Heading) {
	style := fmt.Sprintf("Heading%d", min(max(h.Level, 1), 3))
	if w.look.sheet {
		style = "SheetHeading"
	}
	number := h.Number
	if number != "" && !strings.HasSuffix(number, ".") && !strings.HasSuffix(number, ")") {
		number += "."
	}
	w.line(par{style: style, anchor: h.ID}, strings.TrimSpace(number+" "+h.Text))
}

func (w *writer) styleOf(s document.Style) string {
	name := map[document.Style]string{document.Lead: "Lead", document.Notice: "Notice", document.Small: "Small"}[s]
	if w.look.sheet {
		if name == "" {
			name = "Body"
		}
		return "Sheet" + name
	}
	return name
}

// Numbers of lists in numbering.xml: dashes, then one for each list with
// numbers, so that each begins with 1.
const (
	dashes       = 1
	firstOrdered = 2
)

// signs are the marks of timing in letters every computer has.
var signs = map[figure.Glyph]struct {
	sign string
	ink  figure.Paint
}{
	figure.OnTime: {"●", figure.OK}, figure.Slow: {"♦", figure.Warn}, figure.Missed: {"■", figure.Bad}, figure.Waiting: {"○", figure.Ink2},
}

func (w *writer) sign(g figure.Glyph) string {
	s, known := signs[g]
	if !known {
		s.sign, s.ink = "▪", figure.Ink2
	}
	ink := coloured(s.ink)
	if !w.look.sheet {
		ink = ""
	}
	return words(s.sign, ink)
}

func (w *writer) list(l *document.List, keep bool) {
	number := dashes
	if l.Ordered {
		number = firstOrdered + w.ordered
		w.ordered++
	}
	style := "ListParagraph"
	if w.look.sheet {
		style = "SheetBody"
	}
	for i := range l.Points {
		p := par{style: style, left: mm(10), hang: mm(5), keep: keep && i >= len(l.Points)-2}
		if w.look.sheet {
			p.left = mm(5)
		}
		if l.Ticks {
			w.par(p, append([]document.Run{{Text: "□ "}}, l.Points[i].Runs...))
			continue
		}
		if l.Points[i].Mark == "" {
			p.list = number
			w.par(p, l.Points[i].Runs)
			continue
		}
		w.raw(`<w:p>` + p.xml() + w.sign(l.Points[i].Mark) + `<w:r><w:tab/></w:r>`)
		for k := range l.Points[i].Runs {
			w.raw(w.run(&l.Points[i].Runs[k]))
		}
		w.raw(`</w:p>`)
	}
}

// numbering is the file of lists.
func (w *writer) numbering() string {
	level := func(format, text string) string {
		return `<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="` + format + `"/><w:lvlText w:val="` + text + `"/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>`
	}
	var b strings.Builder
	b.WriteString(`<w:numbering ` + spaces + `><w:abstractNum w:abstractNumId="0">` + level("bullet", "-") + `<w:abstractNum w:abstractNumId="1">` + level("decimal", "%1.") + `<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`)
	for i := range w.ordered {
		fmt.Fprintf(&b, `<w:num w:numId="%d"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>`, firstOrdered+i)
	}
	return b.String() + `</w:numbering>`
}

// pixels is how many a picture has to a unit of its own: printed as wide as the
// page, a figure of 720 units has over 300 to the inch.
const pixels = 3

// picture writes a figure below its caption, with what it shows for who cannot
// see it.
func (w *writer) picture(p *document.Picture, width int) {
	w.caption(p.Caption)
	if p.Figure == nil || p.Figure.W <= 0 || p.Figure.H <= 0 {
		return
	}
	image, err := figure.PNG(p.Figure, pixels)
	if err != nil {
		w.err = err
		return
	}
	w.images = append(w.images, image)
	n := len(w.images)
	const emu = 635 // to a twip
	cx := width * emu
	cy := int(float64(cx) * p.Figure.H / p.Figure.W)
	if most := (paperH - w.look.top - w.look.bottom) * emu * 85 / 100; cy > most {
		cx, cy = int(float64(cx)*float64(most)/float64(cy)), most
	}
	name := escape(strings.ReplaceAll(p.Figure.Name, "\n", " "))
	w.raw(`<w:p><w:pPr><w:pStyle w:val="Plain"/><w:jc w:val="center"/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">` +
		fmt.Sprintf(`<wp:extent cx="%d" cy="%d"/><wp:docPr id="%d" name="Picture %d" descr="%s"/>`, cx, cy, n, n, name) +
		`<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>` +
		fmt.Sprintf(`<pic:nvPicPr><pic:cNvPr id="%d" name="picture%d.png" descr="%s"/><pic:cNvPicPr/></pic:nvPicPr>`, n, n, name) +
		`<pic:blipFill><a:blip r:embed="` + imageID(n-1) + `"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>` +
		fmt.Sprintf(`<a:ext cx="%d" cy="%d"/>`, cx, cy) + `</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`)
}
