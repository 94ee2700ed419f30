package docx

import (
	"fmt"
	"slices"
	"strings"

	"saban/report/document"
	"saban/report/figure"
	"saban/report/measure"
)

// open begins a table with columns of widths in twips.
func (w *writer) open(style string, widths []int, about string) {
	sum := 0
	for _, x := range widths {
		sum += x
	}
	w.raw(fmt.Sprintf(`<w:tbl><w:tblPr><w:tblStyle w:val="%s"/><w:tblW w:w="%d" w:type="dxa"/><w:tblLayout w:type="fixed"/>`, style, sum))
	if style == "TableNormal" {
		w.raw(`<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>`)
	}
	if about != "" {
		w.raw(`<w:tblDescription w:val="` + escape(strings.ReplaceAll(about, "\n", " ")) + `"/>`)
	}
	w.raw(`</w:tblPr><w:tblGrid>`)
	for _, x := range widths {
		w.raw(fmt.Sprintf(`<w:gridCol w:w="%d"/>`, x))
	}
	w.raw(`</w:tblGrid>`)
}

// cell begins a cell; what stands in it ends with a paragraph.
func (w *writer) cell(width, span int, more string) {
	w.raw(fmt.Sprintf(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, width))
	if span > 1 {
		w.raw(fmt.Sprintf(`<w:gridSpan w:val="%d"/>`, span))
	}
	w.raw(more + `</w:tcPr>`)
}

const (
	pad = 80 // of a cell at each side, twips
	// whole is how many letters a row may have to stay in one piece: a row
	// that is higher than a page would lose its end.
	whole = 500
)

func (w *writer) table(t *document.Table, width int) {
	w.caption(t.Caption)
	if len(t.Rows) == 0 {
		w.line(par{style: w.styleOf(document.Small)}, t.Empty)
		return
	}
	style, text, head := "TableGrid", "Cell", "CellHead"
	switch {
	case w.look.sheet:
		style, text, head = "TableLevel", "SheetCell", "SheetHead"
	case w.look.cell < 11:
		text, head = "AnnexCell", "AnnexHead"
	}
	const twip = measure.Point / 20 // in millimetres
	face := measure.Face{Sans: w.look.sheet, Size: w.look.cell}
	widths, left := make([]int, len(t.Columns)), width
	for i, x := range w.fonts.Columns(t, float64(width)*twip, pad*twip, face) {
		widths[i] = min(int(x/twip+0.5), left)
		left -= widths[i]
	}
	w.open(style, widths, t.Caption)
	w.inTable = true
	defer func() { w.inTable = false }()
	w.raw(`<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
	for i, c := range t.Columns {
		p := par{style: head, keep: true}
		if w.look.sheet {
			p.align = aligned(c.Align)
		}
		w.cell(widths[i], 1, `<w:vAlign w:val="center"/>`)
		w.line(p, c.Title)
		w.raw(`</w:tc>`)
	}
	w.raw(`</w:tr>`)
	for i := range t.Rows {
		w.row(t, &t.Rows[i], widths, text)
	}
	w.raw(`</w:tbl>`)
	w.line(par{style: "Break"}, "")
}

func aligned(a document.Align) string {
	return map[document.Align]string{document.Right: "right", document.Center: "center"}[a]
}

func (w *writer) row(t *document.Table, r *document.Row, widths []int, style string) {
	letters := 0
	for _, c := range r.Cells {
		for i := range c {
			letters += len(c[i].Text)
		}
	}
	w.raw(`<w:tr>`)
	high := ""
	if r.Lines > 1 {
		high = fmt.Sprintf(`<w:trHeight w:val="%d"/>`, mm(4.5*float64(r.Lines)))
	}
	if letters < whole {
		high = `<w:cantSplit/>` + high
	}
	if high != "" {
		w.raw(`<w:trPr>` + high + `</w:trPr>`)
	}
	if r.Span {
		sum := 0
		for _, x := range widths {
			sum += x
		}
		runs := slices.Concat(r.Cells...)
		for i := range runs {
			runs[i].Bold = true
		}
		w.cell(sum, len(widths), "")
		w.par(par{style: style, keep: true, anchor: r.ID}, runs)
		w.raw(`</w:tc></w:tr>`)
		return
	}
	for i := range widths {
		p := par{style: style, align: aligned(t.Columns[i].Align)}
		var runs []document.Run
		if i < len(r.Cells) {
			runs = r.Cells[i]
		}
		if i == 0 {
			p.anchor = r.ID
		}
		w.cell(widths[i], 1, "")
		w.par(p, runs)
		w.raw(`</w:tc>`)
	}
	w.raw(`</w:tr>`)
}

// even shares a width among columns.
func even(width, n int) []int {
	widths := make([]int, n)
	for i := range widths {
		widths[i] = width / n
	}
	return widths
}

// numbers are the few figures a reader looks for first.
func (w *writer) numbers(n *document.Numbers, width int) {
	for from := 0; from < len(n.Each); from += 4 {
		list := n.Each[from:min(from+4, len(n.Each))]
		widths := even(width, len(list))
		w.line(par{style: "Break"}, "")
		w.open("TableLevel", widths, "")
		w.raw(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		for i := range list {
			side := ""
			if i > 0 {
				side = `<w:tcBorders>` + border("left", figure.Rule2.Hex(), 4) + `</w:tcBorders>`
			}
			w.cell(widths[i], 1, side)
			w.number(&list[i])
			w.raw(`</w:tc>`)
		}
		w.raw(`</w:tr></w:tbl>`)
		w.line(par{style: "Break"}, "")
	}
}

func (w *writer) number(n *document.Number) {
	w.line(par{style: "NumberLabel"}, n.Label)
	w.raw(`<w:p>` + (&par{style: "NumberValue"}).xml() + words(n.Value, ""))
	if n.Unit != "" {
		w.raw(words(" "+n.Unit, `<w:b w:val="0"/><w:bCs w:val="0"/>`+sized(10.5)))
	}
	w.raw(`</w:p><w:p>` + (&par{style: "NumberNote"}).xml())
	if n.Mark != "" {
		w.raw(w.sign(n.Mark) + words(" ", ""))
	}
	w.raw(words(n.Note, "") + `</w:p>`)
}

// columns stand side by side in a table without lines.
func (w *writer) columns(c *document.Columns, width int) {
	if len(c.Each) == 0 {
		return
	}
	widths := even(width, len(c.Each))
	w.line(par{style: "Break"}, "")
	w.open("TableNormal", widths, "")
	w.raw(`<w:tr>`)
	for i := range c.Each {
		gap := mm(4)
		if i == len(c.Each)-1 {
			gap = 0
		}
		w.cell(widths[i], 1, fmt.Sprintf(`<w:tcMar><w:right w:w="%d" w:type="dxa"/></w:tcMar>`, gap))
		w.sectionOf(&c.Each[i], widths[i]-gap)
		w.raw(`</w:tc>`)
	}
	w.raw(`</w:tr></w:tbl>`)
	w.line(par{style: "Break"}, "")
}

// signatures stand side by side, with room to sign in.
func (w *writer) signatures(s *document.Signatures, width int) {
	const perRow = 4
	office, note, name := "Office", "SignHere", "Signer"
	if w.look.sheet {
		office, note, name = "SheetOffice", "SheetSignHere", "SheetSigner"
	}
	for from := 0; from < len(s.Each); from += perRow {
		list := s.Each[from:min(from+perRow, len(s.Each))]
		widths := even(width, len(list))
		w.line(par{style: w.styleOf(document.Small), keep: true}, "")
		w.open("TableNormal", widths, "")
		w.raw(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		for i := range list {
			w.cell(widths[i], 1, "")
			w.line(par{style: office, keep: true}, list[i].Office)
			w.line(par{style: note, keep: true}, list[i].Note)
			w.line(par{style: name}, orDots(list[i].Name, 30))
			w.raw(`</w:tc>`)
		}
		w.raw(`</w:tr></w:tbl>`)
		w.line(par{style: "Break"}, "")
	}
}

// card is a frame around what is cut out and handed over.
func (w *writer) card(c *document.Card, width int) {
	w.open("TableGrid", []int{width}, "")
	w.raw(`<w:tr>`)
	w.cell(width, 1, "")
	head := w.styleOf(document.Lead)
	w.line(par{style: head, keep: true}, strings.TrimSpace(c.ID+"   "+c.Mark))
	w.par(par{style: w.styleOf(document.Body), keep: true}, []document.Run{{Text: c.Title, Bold: true}})
	for _, b := range c.Blocks {
		w.block(b, width-2*pad, false)
	}
	w.line(par{style: w.styleOf(document.Small)}, c.Foot)
	w.raw(`</w:tc></w:tr></w:tbl>`)
	w.line(par{style: "Break"}, "")
}

func (w *writer) sectionOf(s *document.Section, width int) {
	if s.Title != "" {
		style := "Heading3"
		if w.look.sheet {
			style = "SheetHeading"
		}
		w.line(par{style: style}, s.Title)
	}
	for _, b := range s.Blocks {
		w.block(b, width, false)
	}
	w.line(par{style: "Break"}, "")
}
