package docx

import (
	"strings"

	"saban/report/document"
	"saban/report/measure"
)

// opening is what stands above the text of a part.
func (w *writer) opening(part *document.Part, first bool) {
	if first && w.doc.Marking != "" {
		w.marking()
	}
	if w.look.sheet {
		if part.Number != "" {
			w.line(par{style: "SheetAbout"}, part.Number)
		}
		w.line(par{style: "SheetTitle", anchor: part.ID}, part.Title)
		if part.About != "" {
			w.line(par{style: "SheetAbout"}, part.About)
		}
		return
	}
	if part.Head != nil {
		w.letterhead(part.Head)
	}
	style, anchor := "Title", part.ID
	for _, line := range []string{part.Number, part.Title} {
		if line != "" {
			w.line(par{style: style, anchor: anchor}, line)
			style = "Subtitle"
		}
	}
	if part.About != "" {
		w.line(par{style: "Subtitle"}, part.About)
	}
	if part.Kind == document.Official {
		w.stroke(w.look.width(), float64(w.look.width())*0.4/2.4)
	}
	if part.Head != nil {
		w.addressees(part.Head.To)
	}
}

// wide is how wide a line of bold text is, in twips.
func (w *writer) wide(text string, size float64) float64 {
	f := measure.Face{Bold: true, Size: size}
	return w.fonts.Wide(w.fonts.Shown(text, f), f) / measure.Point * 20
}

// marking is the frame that says how far a document may be passed on; it is as
// wide as its words, if they have one line.
func (w *writer) marking() {
	var frame string
	for _, side := range []string{"top", "left", "bottom", "right"} {
		frame += `<w:` + side + ` w:val="single" w:sz="6" w:space="4" w:color="000000"/>`
	}
	aside := max(int((float64(w.look.width())-w.wide(w.doc.Marking, 13)*1.04)/2)-80, 100)
	w.line(par{style: "Marking", border: frame, left: aside, right: aside}, w.doc.Marking)
}

// stroke is a rule in the middle of a column: the border of a paragraph that is
// drawn in at both sides.
func (w *writer) stroke(width int, wide float64) {
	aside := max(int((float64(width)-wide)/2), 0)
	w.line(par{style: "Stroke", border: `<w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/>`, left: aside, right: aside}, "")
}

// letterhead is the body that issues the document on the left, the nation on
// the right. The name of the nation keeps to one line.
func (w *writer) letterhead(h *document.Letterhead) {
	width := w.look.width()
	right := min(max(int(w.wide(h.Nation, 12))+120, width*55/100), width*62/100)
	widths := []int{width - right, right}
	w.open("TableNormal", widths, "")
	w.raw(`<w:tr>`)
	w.cell(widths[0], 1, "")
	if h.Parent != "" {
		w.line(par{style: "Parent"}, h.Parent)
	}
	w.line(par{style: "Issuer"}, orDots(h.Body, 30))
	w.stroke(widths[0], float64(widths[0])*0.4)
	w.raw(`</w:tc>`)
	w.cell(widths[1], 1, "")
	w.line(par{style: "Nation"}, h.Nation)
	w.line(par{style: "Motto"}, h.Motto)
	w.stroke(widths[1], w.wide(h.Motto, 13))
	w.raw(`</w:tc></w:tr><w:tr>`)
	w.cell(widths[0], 1, "")
	w.line(par{style: "Number"}, h.Number)
	w.raw(`</w:tc>`)
	w.cell(widths[1], 1, "")
	w.line(par{style: "Dated"}, h.Dated)
	w.raw(`</w:tc></w:tr></w:tbl>`)
}

func orDots(text string, n int) string {
	if text == "" {
		return strings.Repeat(".", n)
	}
	return text
}

// addressees are whom the report is for: one on a line with the words, several
// on lines of their own.
func (w *writer) addressees(to []string) {
	label := w.say("Kính gửi:", "To:")
	switch len(to) {
	case 0:
		return
	case 1:
		w.line(par{style: "To", align: "center"}, label+" "+to[0])
		return
	}
	inset := w.look.width() / 4
	w.line(par{style: "To", keep: true, left: inset - mm(10)}, label)
	for _, line := range document.Ended(to) {
		w.line(par{style: "To", left: inset}, "- "+line)
	}
}

// closing is whom copies go to on the left, who signs on the right.
func (w *writer) closing(c *document.Closing) {
	widths := even(w.look.width(), 2)
	w.line(par{style: "Plain", keep: true}, "")
	w.open("TableNormal", widths, "")
	w.raw(`<w:tr>`)
	if len(c.Copies) < 30 {
		w.raw(`<w:trPr><w:cantSplit/></w:trPr>`)
	}
	w.cell(widths[0], 1, "")
	if len(c.Copies) > 0 {
		w.line(par{style: "CopiesLabel", keep: true}, w.say("Nơi nhận:", "Copies to:"))
	}
	for _, line := range document.Ended(c.Copies) {
		w.line(par{style: "Copies"}, "- "+line)
	}
	if len(c.Copies) == 0 {
		w.line(par{style: "Copies"}, "")
	}
	w.raw(`</w:tc>`)
	w.cell(widths[1], 1, "")
	for _, line := range []string{c.Office, c.Rank} {
		if line != "" {
			w.line(par{style: "Office", keep: true}, line)
		}
	}
	w.line(par{style: "Signer"}, orDots(c.Name, 40))
	w.raw(`</w:tc></w:tr></w:tbl>`)
	w.line(par{style: "Break"}, "")
}
