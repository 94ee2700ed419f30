package docx

import (
	"fmt"
	"strings"

	"saban/report/figure"
)

// style is one of the document's. Names that Word knows are in English, as it
// wants them; it shows them in the reader's language.
type style struct {
	id, name, base string
	par, run       string
}

const (
	bold   = `<w:b/><w:bCs/>`
	italic = `<w:i/><w:iCs/>`
	centre = `<w:jc w:val="center"/>`
)

func sized(size float64) string {
	return `<w:sz w:val="` + half(size) + `"/><w:szCs w:val="` + half(size) + `"/>`
}

func coloured(p figure.Paint) string { return `<w:color w:val="` + p.Hex() + `"/>` }

// spacing before a paragraph, in points, and the line as a share of its
// letters.
func spacing(before, after, line float64) string {
	return fmt.Sprintf(`<w:spacing w:before="%d" w:after="%d" w:line="%d" w:lineRule="auto"/>`, int(before*20), int(after*20), int(line*240))
}

// the styles, each after the one it is based on.
func (w *writer) sheetStyles() []style {
	tabs := func(width int) string {
		return fmt.Sprintf(`<w:tabs><w:tab w:val="right" w:pos="%d"/></w:tabs>`, width)
	}
	edge := `<w:pBdr><w:top w:val="single" w:sz="4" w:space="3" w:color="` + figure.Rule.Hex() + `"/></w:pBdr>`
	soft := coloured(figure.Ink3)
	width := looks[1].width()
	return []style{
		{"Sheet", "Sheet", "", spacing(0, 0, 1.1), `<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>` + coloured(figure.Ink) + sized(10.5)},
		{"SheetTitle", "Sheet title", "Sheet", `<w:keepNext/>` + spacing(0, 2, 1.1), bold + sized(19)},
		{"SheetAbout", "Sheet about", "Sheet", spacing(0, 2, 1.1), soft},
		{"SheetHeading", "Sheet heading", "Sheet", `<w:keepNext/>` + spacing(10, 3, 1.1) + `<w:outlineLvl w:val="1"/>`, bold + sized(12.5)},
		{"SheetBody", "Sheet text", "Sheet", spacing(5, 0, 1.15), ""},
		{"SheetLead", "Sheet lead", "Sheet", spacing(8, 8, 1.2), sized(14.5)},
		{"SheetSmall", "Sheet source", "Sheet", spacing(4, 0, 1.1), soft + sized(9)},
		{"SheetNotice", "Sheet notice", "Sheet", `<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="` + figure.Control.Hex() + `"/></w:pBdr>` + spacing(10, 0, 1.15) + `<w:ind w:left="200"/>`, coloured(figure.Ink2) + sized(10)},
		{"SheetCaption", "Sheet caption", "Sheet", `<w:keepNext/>` + spacing(10, 3, 1.1), sized(9.5)},
		{"SheetCell", "Sheet table", "Sheet", spacing(2, 2, 1.05), sized(9.5)},
		{"SheetHead", "Sheet table head", "SheetCell", `<w:keepNext/>`, bold + soft},
		{"SheetOffice", "Sheet office", "Sheet", `<w:keepNext/>` + centre, bold},
		{"SheetSignHere", "Sheet sign here", "Sheet", `<w:keepNext/>` + centre, italic + sized(9.5)},
		{"SheetSigner", "Sheet signatory", "Sheet", fmt.Sprintf(`<w:spacing w:before="%d" w:after="0"/>`, mm(20)) + centre, bold},
		{"SheetFooter", "Sheet footer", "Sheet", edge + tabs(width), soft + sized(8)},
		{"NumberLabel", "Number label", "Sheet", `<w:keepNext/>` + spacing(3, 0, 1.05), soft + sized(9.3)},
		{"NumberValue", "Number value", "Sheet", `<w:keepNext/>` + spacing(0, 0, 1.05), bold + sized(21)},
		{"NumberNote", "Number note", "Sheet", spacing(0, 3, 1.05), sized(9.3)},
	}
}

func (w *writer) officialStyles() []style {
	width := looks[0].width()
	return []style{
		{"Heading1", "heading 1", "Normal", `<w:keepNext/><w:keepLines/>` + spacing(10, 0, 1.1) + `<w:ind w:firstLine="0"/><w:jc w:val="left"/><w:outlineLvl w:val="0"/>`, bold},
		{"Heading2", "heading 2", "Heading1", spacing(8, 0, 1.1) + `<w:outlineLvl w:val="1"/>`, ""},
		{"Heading3", "heading 3", "Heading1", spacing(6, 0, 1.1) + `<w:outlineLvl w:val="2"/>`, italic},
		{"Plain", w.say("Không thụt dòng", "No indent"), "Normal", spacing(0, 0, 1) + `<w:ind w:firstLine="0"/><w:jc w:val="left"/>`, ""},
		{"Title", "Title", "Plain", `<w:keepNext/>` + spacing(18, 0, 1.1) + centre, bold + sized(14)},
		{"Subtitle", "Subtitle", "Plain", `<w:keepNext/>` + spacing(2, 0, 1.1) + centre, bold + sized(14)},
		{"Marking", w.say("Dấu lưu hành", "Marking"), "Plain", spacing(0, 8, 1.1) + centre, bold + sized(13)},
		{"Nation", w.say("Quốc hiệu", "Nation"), "Plain", centre, bold + sized(12)},
		{"Motto", w.say("Tiêu ngữ", "Motto"), "Plain", centre, bold + sized(13)},
		{"Parent", w.say("Cơ quan chủ quản", "Parent body"), "Plain", centre, sized(12)},
		{"Issuer", w.say("Cơ quan ban hành", "Issuing body"), "Plain", centre, bold + sized(12)},
		{"Number", w.say("Số, ký hiệu", "Number"), "Plain", spacing(2, 0, 1) + centre, sized(13)},
		{"Dated", w.say("Địa danh, ngày tháng", "Place and date"), "Plain", spacing(2, 0, 1) + centre, italic + sized(13)},
		{"To", w.say("Kính gửi", "Addressees"), "Plain", spacing(4, 0, 1.1), sized(13)},
		{"Stroke", w.say("Nét kẻ", "Rule"), "Plain", `<w:spacing w:before="20" w:after="0" w:line="80" w:lineRule="exact"/>`, sized(2)},
		{"Break", w.say("Ngắt phần", "Break"), "Plain", `<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>`, sized(1)},
		{"Lead", w.say("Kết luận", "Lead"), "Normal", "", bold},
		{"Notice", w.say("Lưu ý", "Notice"), "Normal", `<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="` + figure.Control.Hex() + `"/></w:pBdr>` + `<w:ind w:left="200" w:firstLine="0"/>`, ""},
		{"Small", w.say("Ghi chú", "Source"), "Normal", `<w:ind w:firstLine="0"/>`, italic + sized(11.5)},
		{"ListParagraph", "List Paragraph", "Normal", "", ""},
		{"Caption", "caption", "Plain", `<w:keepNext/>` + spacing(8, 3, 1.1), italic + sized(12)},
		{"Cell", w.say("Ô bảng", "Table text"), "Plain", spacing(2, 2, 1), sized(11.5)},
		{"CellHead", w.say("Đầu bảng", "Table head"), "Cell", `<w:keepNext/>` + centre, bold},
		{"AnnexCell", w.say("Ô bảng phụ lục", "Annex table text"), "Cell", "", sized(10.5)},
		{"AnnexHead", w.say("Đầu bảng phụ lục", "Annex table head"), "AnnexCell", `<w:keepNext/>` + centre, bold},
		{"CopiesLabel", w.say("Nơi nhận", "Copies label"), "Plain", "", bold + italic + sized(12)},
		{"Copies", w.say("Danh sách nơi nhận", "Copies"), "Plain", "", sized(11)},
		{"Office", w.say("Chức vụ ký", "Office"), "Plain", centre, bold + sized(13)},
		{"Signer", w.say("Người ký", "Signatory"), "Plain", fmt.Sprintf(`<w:spacing w:before="%d" w:after="0"/>`, mm(24)) + centre, bold + sized(13)},
		{"SignHere", w.say("Chỗ ký", "Sign here"), "Plain", centre, italic + sized(12)},
		{"Header", "header", "Plain", centre, sized(13)},
		{"Footer", "footer", "Plain", `<w:pBdr><w:top w:val="single" w:sz="4" w:space="3" w:color="000000"/></w:pBdr>` + fmt.Sprintf(`<w:tabs><w:tab w:val="right" w:pos="%d"/></w:tabs>`, width), sized(8)},
	}
}

// styles is the sheet of styles.
func (w *writer) styles() string {
	var b strings.Builder
	b.WriteString(`<w:styles ` + spaces + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/>` +
		sized(13) + `<w:lang w:val="` + w.language() + `"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>`)
	b.WriteString(`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr>` + spacing(6, 0, 1.1) +
		fmt.Sprintf(`<w:ind w:firstLine="%d"/>`, mm(10)) + `<w:jc w:val="both"/></w:pPr><w:rPr>` + sized(13) + `</w:rPr></w:style>`)
	for _, s := range append(w.officialStyles(), w.sheetStyles()...) {
		fmt.Fprintf(&b, `<w:style w:type="paragraph" w:customStyle="%d" w:styleId="%s"><w:name w:val="%s"/>`, custom(s.name), s.id, escape(s.name))
		if s.base != "" {
			b.WriteString(`<w:basedOn w:val="` + s.base + `"/>`)
		}
		b.WriteString(`<w:qFormat/>`)
		if s.par != "" {
			b.WriteString(`<w:pPr>` + s.par + `</w:pPr>`)
		}
		if s.run != "" {
			b.WriteString(`<w:rPr>` + s.run + `</w:rPr>`)
		}
		b.WriteString(`</w:style>`)
	}
	return b.String() + letterStyles + tableStyles + `</w:styles>`
}

// custom tells the styles Word knows from those that are the document's own.
func custom(name string) int {
	switch name {
	case "Title", "Subtitle", "caption", "header", "footer", "List Paragraph", "heading 1", "heading 2", "heading 3":
		return 0
	}
	return 1
}

var letterStyles = `<w:style w:type="character" w:customStyle="1" w:styleId="Code"><w:name w:val="Id"/><w:qFormat/><w:rPr><w:noProof/></w:rPr></w:style>` +
	`<w:style w:type="character" w:customStyle="1" w:styleId="Link"><w:name w:val="Link in report"/><w:qFormat/></w:style>` +
	`<w:style w:type="character" w:customStyle="1" w:styleId="Blank"><w:name w:val="To fill in"/><w:qFormat/></w:style>`

const (
	margins = `<w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar>`
	none    = `<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>`
)

func border(side, ink string, eighths int) string {
	return fmt.Sprintf(`<w:%s w:val="single" w:sz="%d" w:space="0" w:color="%s"/>`, side, eighths, ink)
}

// tableStyles: one with all lines, one with level ones alone.
var tableStyles = none +
	`<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>` +
	border("top", "000000", 4) + border("left", "000000", 4) + border("bottom", "000000", 4) + border("right", "000000", 4) + border("insideH", "000000", 4) + border("insideV", "000000", 4) +
	`</w:tblBorders>` + margins + `</w:tblPr></w:style>` +
	`<w:style w:type="table" w:customStyle="1" w:styleId="TableLevel"><w:name w:val="Sheet Table"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>` +
	border("top", figure.Ink.Hex(), 8) + border("bottom", figure.Rule.Hex(), 4) + border("insideH", figure.Rule.Hex(), 4) +
	`</w:tblBorders>` + margins + `</w:tblPr></w:style>`
