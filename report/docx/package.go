package docx

import (
	"fmt"
	"strings"
	"time"

	"saban/report/measure"
)

// file is one of those a .docx is packed of.
type file struct {
	name string
	data []byte
}

const (
	declared = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	spaces   = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"`
	kinds    = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	office   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

// piece is a file beside the text, by what it is.
type piece struct{ id, kind, name, xml string }

func (w *writer) pieces() []piece {
	mark := ""
	if w.doc.Mark != "" {
		mark = `<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>` + words(w.doc.Mark, bold) + `</w:p>`
	}
	return []piece{
		{"rIdStyles", "styles", "styles.xml", w.styles()},
		{"rIdLists", "numbering", "numbering.xml", w.numbering()},
		{"rIdSettings", "settings", "settings.xml", settings},
		{"rIdPage", "header", "header1.xml", `<w:hdr ` + spaces + `>` + mark + `<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>` + field("PAGE", "2", "") + `</w:p></w:hdr>`},
		{"rIdBare", "header", "header2.xml", `<w:hdr ` + spaces + `>` + mark + `<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr></w:p></w:hdr>`},
		{"rIdFoot", "footer", "footer1.xml", w.foot("Footer", "")},
		{"rIdSheet", "footer", "footer2.xml", w.foot("SheetFooter", w.say("Trang ", "Page "))},
	}
}

// foot is the line at the foot of each page: which drill, which log.
func (w *writer) foot(style, page string) string {
	small := measure.Face{Sans: page != "", Size: 8}
	between := `<w:r><w:tab/></w:r>`
	if w.fonts.Wide(w.fonts.Shown(w.doc.Running+w.doc.Seal+page, small), small) > 145 {
		between = `<w:r><w:br/></w:r>`
	}
	text := words(w.doc.Running, "") + between + words(w.doc.Seal, "")
	if page != "" {
		text += words("  ·  "+page, "") + field("PAGE", "1", "")
	}
	return `<w:ftr ` + spaces + `><w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>` + text + `</w:p></w:ftr>`
}

// field is what the reader's program counts, with what it last was.
func field(code, last, manner string) string {
	return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ` + code + ` </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + words(last, manner) + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`
}

const settings = `<w:settings ` + spaces + `><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`

func (w *writer) files() []file {
	var types, links strings.Builder
	pieces := w.pieces()
	for _, p := range pieces {
		fmt.Fprintf(&types, `<Override PartName="/word/%s" ContentType="%s%s+xml"/>`, p.name, kinds, p.kind)
		fmt.Fprintf(&links, `<Relationship Id="%s" Type="%s%s" Target="%s"/>`, p.id, office, p.kind, p.name)
	}
	for i := range w.images {
		fmt.Fprintf(&links, `<Relationship Id="%s" Type="%simage" Target="%s"/>`, imageID(i), office, strings.TrimPrefix(imageName(i), "word/"))
	}
	files := []file{
		{"[Content_Types].xml", []byte(declared + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="` + kinds + `document.main+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` + types.String() + `</Types>`)},
		{"_rels/.rels", []byte(declared + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + office + `officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`)},
		{"docProps/core.xml", []byte(declared + w.properties())},
		{"word/document.xml", []byte(declared + `<w:document ` + spaces + `><w:body>` + w.body.String() + `</w:body></w:document>`)},
		{"word/_rels/document.xml.rels", []byte(declared + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + links.String() + `</Relationships>`)},
	}
	for _, p := range pieces {
		files = append(files, file{"word/" + p.name, []byte(declared + p.xml)})
	}
	return files
}

func (w *writer) properties() string {
	when := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	if t, err := time.Parse(time.DateOnly, w.doc.Date); err == nil {
		when = t
	}
	at := when.Format("2006-01-02T15:04:05Z")
	return `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		`<dc:title>` + escape(w.doc.Title) + `</dc:title><dc:subject>` + escape(w.doc.Subject) + `</dc:subject><dc:creator>saban</dc:creator><dc:language>` + w.language() + `</dc:language>` +
		`<dcterms:created xsi:type="dcterms:W3CDTF">` + at + `</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">` + at + `</dcterms:modified></cp:coreProperties>`
}

func imageName(i int) string { return fmt.Sprintf("word/media/picture%d.png", i+1) }
func imageID(i int) string   { return fmt.Sprintf("rIdPicture%d", i+1) }
