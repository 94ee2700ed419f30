// Package docx writes a document as an Office Open XML text (ECMA-376,
// transitional) for people to edit: real styles and captions, heads of tables
// that repeat, headers and footers by part, pictures with a description. The
// official part and the annexes keep the layout of Decree 30/2020/NĐ-CP,
// Appendix I: A4, margins 20, 20, 30 and 15 mm, Times New Roman of 13 to 14 pt,
// the number of a page in the middle of the upper margin and none on the first.
//
// Fonts are named and not embedded: Times New Roman and Arial may not be passed
// on, every Windows and macOS has them, and elsewhere Liberation Serif and
// Sans, whose letters are as wide, stand in. The same document gives the same
// bytes.
package docx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"

	"saban/engine"
	"saban/report/document"
	"saban/report/measure"
)

// Write renders a document.
func Write(out io.Writer, d *document.Document) error {
	fonts, err := measure.New()
	if err != nil {
		return fmt.Errorf("docx: %w", err)
	}
	w := &writer{doc: d, fonts: fonts, anchors: anchors(d), written: map[string]bool{}}
	for i := range d.Parts {
		w.part(&d.Parts[i], i == 0, i == len(d.Parts)-1)
	}
	if len(d.Parts) == 0 {
		w.look = looks[document.Official]
		w.raw(w.section())
	}
	if w.err != nil {
		return fmt.Errorf("docx: %w", w.err)
	}
	return w.pack(out)
}

// writer writes the text of a document.
type writer struct {
	doc     *document.Document
	fonts   *measure.Fonts
	look    *look
	body    bytes.Buffer
	anchors map[string]int // ids that links may lead to, with their numbers
	written map[string]bool
	images  [][]byte
	ordered int // lists with numbers so far
	inTable bool
	err     error
}

// look is how a kind of part is laid out: twips, 20 to a point, and points.
type look struct {
	left, right, top, bottom int
	sheet                    bool    // pictures first, without serifs
	cell                     float64 // size of letters in tables, pt
}

const paperW, paperH = 11906, 16838 // A4

func (l *look) width() int { return paperW - l.left - l.right }

var looks = map[document.Kind]*look{
	document.Official: {left: mm(30), right: mm(15), top: mm(20), bottom: mm(20), cell: 11.5},
	document.Annex:    {left: mm(30), right: mm(15), top: mm(20), bottom: mm(20), cell: 10.5},
	document.Graphic:  {left: mm(20), right: mm(15), top: mm(16), bottom: mm(20), cell: 9.5, sheet: true},
	document.Sheet:    {left: mm(18), right: mm(14), top: mm(19), bottom: mm(18), cell: 9.5, sheet: true},
}

// mm is a length in twips.
func mm(x float64) int { return int(x*1440/25.4 + 0.5) }

func (w *writer) raw(s string) { w.body.WriteString(s) }

func (w *writer) say(vi, en string) string { return engine.Text{VI: vi, EN: en}.In(w.doc.Lang) }

func (w *writer) language() string {
	return map[engine.Lang]string{engine.VI: "vi-VN", engine.EN: "en-GB"}[w.doc.Lang]
}

func (w *writer) part(part *document.Part, first, last bool) {
	w.look = looks[part.Kind]
	w.opening(part, first)
	for i, b := range part.Blocks {
		w.block(b, w.look.width(), part.Close != nil && i == len(part.Blocks)-1)
	}
	if part.Close != nil {
		w.closing(part.Close)
	}
	if last {
		w.raw(w.section())
		return
	}
	w.par(par{style: "Break", section: w.section()}, nil)
}

// section is the page of a part: its margins, what stands in them, and a count
// of pages of its own.
func (w *writer) section() string {
	l, head, foot := w.look, "rIdPage", "rIdFoot"
	if l.sheet {
		head, foot = "rIdBare", "rIdSheet"
	}
	ref := func(kind, place, id string) string {
		return fmt.Sprintf(`<w:%sReference w:type="%s" r:id="%s"/>`, kind, place, id)
	}
	return `<w:sectPr>` + ref("header", "default", head) + ref("header", "first", "rIdBare") + ref("footer", "default", foot) + ref("footer", "first", foot) +
		`<w:type w:val="nextPage"/>` + fmt.Sprintf(`<w:pgSz w:w="%d" w:h="%d"/>`, paperW, paperH) +
		fmt.Sprintf(`<w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" w:gutter="0"/>`, l.top, l.right, l.bottom, l.left, mm(9), mm(8)) +
		`<w:pgNumType w:start="1"/><w:titlePg/></w:sectPr>`
}

// pack puts the files together. Entries have no time, so that the same
// document gives the same bytes.
func (w *writer) pack(out io.Writer) error {
	z := zip.NewWriter(out)
	files := w.files()
	for i, image := range w.images {
		files = append(files, file{imageName(i), image})
	}
	for _, f := range files {
		entry, err := z.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate})
		if err != nil {
			return fmt.Errorf("docx: %s: %w", f.name, err)
		}
		if _, err := entry.Write(f.data); err != nil {
			return fmt.Errorf("docx: %s: %w", f.name, err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("docx: %w", err)
	}
	return nil
}
