package docx_test

import (
	"bytes"
	"image/png"
	"math"
	"strings"
	"testing"

	"saban/engine"
	"saban/report/document"
	"saban/report/document/documenttest"
	"saban/report/docx"
	"saban/report/measure"
)

var langs = []engine.Lang{engine.VI, engine.EN}

const twips = 1440 / 25.4 // to a millimetre

// manner is what a style comes to with those it is based on.
type manner struct {
	bold, italic, centred bool
	size                  int // half points
}

func (b *book) style(t *testing.T, id string) manner {
	t.Helper()
	for _, s := range b.parts["word/styles.xml"].all("w:style") {
		if s.attrs["w:styleId"] != id {
			continue
		}
		m := manner{size: 26}
		if base := s.at("w:basedOn"); base != nil {
			m = b.style(t, base.attrs["w:val"])
		}
		m.bold = m.bold || s.at("w:rPr", "w:b") != nil
		m.italic = m.italic || s.at("w:rPr", "w:i") != nil
		if jc := s.at("w:pPr", "w:jc"); jc != nil {
			m.centred = jc.attrs["w:val"] == "center"
		}
		if sz := s.at("w:rPr", "w:sz"); sz != nil {
			m.size = sz.number(t, "w:val")
		}
		return m
	}
	t.Fatalf("there is no style %q", id)
	return manner{}
}

// paragraph is the first that begins with a text, with the style it has.
func (b *book) paragraph(t *testing.T, text string) (*node, manner) {
	t.Helper()
	for _, p := range b.text().all("w:p") {
		if strings.HasPrefix(p.words(), text) {
			id := "Normal"
			if s := p.at("w:pPr", "w:pStyle"); s != nil {
				id = s.attrs["w:val"]
			}
			return p, b.style(t, id)
		}
	}
	t.Fatalf("no paragraph begins with %q", text)
	return nil, manner{}
}

// The layout of Decree 30/2020/NĐ-CP, Appendix I, read from the file.
func TestTheOfficialPartKeepsToDecree30(t *testing.T) {
	b := written(t, documenttest.Sample(engine.VI))
	t.Run("paper and margins", func(t *testing.T) {
		for i, s := range b.text().all("w:sectPr") {
			if i == 1 {
				continue // the sheet of pictures
			}
			size, edge := s.at("w:pgSz"), s.at("w:pgMar")
			for _, c := range []struct {
				what        string
				got         int
				least, most float64
			}{
				{"width", size.number(t, "w:w"), 210, 210}, {"height", size.number(t, "w:h"), 297, 297},
				{"top", edge.number(t, "w:top"), 20, 25}, {"bottom", edge.number(t, "w:bottom"), 20, 25},
				{"left", edge.number(t, "w:left"), 30, 35}, {"right", edge.number(t, "w:right"), 15, 20},
			} {
				if got := math.Round(float64(c.got)/twips*10) / 10; got < c.least || got > c.most {
					t.Errorf("section %d: %s is %v mm, want %v to %v", i, c.what, got, c.least, c.most)
				}
			}
		}
	})
	t.Run("font", func(t *testing.T) {
		fonts := b.parts["word/styles.xml"].at("w:docDefaults", "w:rPrDefault", "w:rPr", "w:rFonts")
		if fonts.attrs["w:ascii"] != "Times New Roman" || fonts.attrs["w:hAnsi"] != "Times New Roman" {
			t.Errorf("the font is %v", fonts.attrs)
		}
	})
	for _, c := range []struct {
		text        string
		want        manner
		least, most int
	}{
		{"TÀI LIỆU DIỄN TẬP", manner{bold: true, centred: true}, 26, 28},
		{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", manner{bold: true, centred: true}, 24, 26},
		{"Độc lập - Tự do - Hạnh phúc", manner{bold: true, centred: true}, 26, 28},
		{"BAN CHỈ ĐẠO", manner{centred: true}, 24, 26},
		{"TỔ ĐIỀU HÀNH", manner{bold: true, centred: true}, 24, 26},
		{"Số: 05/BC-TĐH", manner{centred: true}, 26, 26},
		{"Lai Châu, ngày 05 tháng 01 năm 2026", manner{italic: true, centred: true}, 26, 28},
		{"BÁO CÁO", manner{bold: true, centred: true}, 26, 28},
		{"Rút kinh nghiệm", manner{bold: true, centred: true}, 26, 28},
		{"Kính gửi", manner{}, 26, 28},
		{"I. Thông tin chung", manner{bold: true}, 26, 28},
		{"Buổi diễn tập", manner{}, 26, 28},
		{"Nơi nhận:", manner{bold: true, italic: true}, 24, 24},
		{"- Lưu: VT, TĐH.", manner{}, 22, 22},
		{"TM. TỔ ĐIỀU HÀNH", manner{bold: true, centred: true}, 26, 28},
		{"Người ký giả định", manner{bold: true, centred: true}, 26, 28},
		{"Phụ lục I", manner{bold: true, centred: true}, 28, 28},
		{"BẢNG CHẤM", manner{bold: true, centred: true}, 26, 28},
	} {
		_, got := b.paragraph(t, c.text)
		size := got.size
		if got.size = 0; got != c.want || size < c.least || size > c.most {
			t.Errorf("%q is %+v of %v pt, want %+v of %v to %v", c.text, got, float64(size)/2, c.want, float64(c.least)/2, float64(c.most)/2)
		}
	}
	t.Run("running text", func(t *testing.T) {
		for _, s := range b.parts["word/styles.xml"].all("w:style") {
			if s.attrs["w:styleId"] != "Normal" {
				continue
			}
			space := s.at("w:pPr", "w:spacing")
			if space.number(t, "w:before")+space.number(t, "w:after") < 120 {
				t.Error("paragraphs are less than 6 pt apart")
			}
			if line := space.number(t, "w:line"); line < 240 || line > 360 {
				t.Errorf("lines are %d of 240", line)
			}
			if in := float64(s.at("w:pPr", "w:ind").number(t, "w:firstLine")) / twips; math.Abs(in-10) > 0.1 && math.Abs(in-12.7) > 0.1 {
				t.Errorf("the first line is drawn in by %.1f mm", in)
			}
			if s.at("w:pPr", "w:jc").attrs["w:val"] != "both" {
				t.Error("text is not justified")
			}
		}
	})
	t.Run("the rule below the motto is as long as it", func(t *testing.T) {
		fonts, err := measure.New()
		if err != nil {
			t.Fatal(err)
		}
		want := fonts.Wide("Độc lập - Tự do - Hạnh phúc", measure.Face{Bold: true, Size: 13})
		cell := cellOf(b.text(), "Độc lập")
		rule := cell.children[len(cell.children)-1]
		in := rule.at("w:pPr", "w:ind")
		width := cell.at("w:tcPr", "w:tcW").number(t, "w:w") - in.number(t, "w:left") - in.number(t, "w:right")
		if got := float64(width) / twips; rule.at("w:pPr", "w:pBdr", "w:bottom") == nil || math.Abs(got-want) > 0.5 {
			t.Errorf("the rule has %.1f mm, the motto %.1f", got, want)
		}
		nation := fonts.Wide("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", measure.Face{Bold: true, Size: 12})
		if room := float64(cell.at("w:tcPr", "w:tcW").number(t, "w:w")) / twips; nation > room {
			t.Errorf("the name of the nation has %.1f mm and needs %.1f", room, nation)
		}
	})
}

func cellOf(n *node, text string) *node {
	for _, c := range n.all("w:tc") {
		if strings.Contains(c.words(), text) {
			return c
		}
	}
	return nil
}

// Each part counts from 1 and shows no number on its first page.
func TestNumbersOfPages(t *testing.T) {
	b := written(t, documenttest.Sample(engine.VI))
	sections := b.text().all("w:sectPr")
	if len(sections) != 3 {
		t.Fatalf("there are %d sections", len(sections))
	}
	targets := map[string]string{}
	for _, r := range b.parts["word/_rels/document.xml.rels"].children {
		targets[r.attrs["Id"]] = "word/" + r.attrs["Target"]
	}
	for i, s := range sections {
		if s.at("w:titlePg") == nil || s.at("w:pgNumType").attrs["w:start"] != "1" {
			t.Errorf("section %d does not begin anew", i)
		}
		for _, ref := range s.all("w:headerReference") {
			head := b.parts[targets[ref.attrs["r:id"]]]
			counts := len(head.all("w:instrText")) == 1
			if want := ref.attrs["w:type"] == "default" && i != 1; counts != want {
				t.Errorf("section %d: the %s header shows a number: %v", i, ref.attrs["w:type"], counts)
			}
		}
		for _, ref := range s.all("w:footerReference") {
			if foot := b.parts[targets[ref.attrs["r:id"]]].words(); !strings.Contains(foot, "Nhật ký SHA-256") || !strings.Contains(foot, "bomb-threat") {
				t.Errorf("section %d: the foot says %q", i, foot)
			}
		}
	}
	if m := b.style(t, "Header"); m.size < 26 || m.size > 28 || !m.centred || m.bold || m.italic {
		t.Errorf("the number is %+v", m)
	}
}

func TestHeadsOfTablesAreRepeatedAndPicturesDescribed(t *testing.T) {
	b := written(t, documenttest.Sample(engine.VI))
	heads := 0
	for _, row := range b.text().all("w:tr") {
		if row.at("w:trPr", "w:tblHeader") != nil {
			heads++
		}
	}
	if heads != 3 {
		t.Errorf("%d tables repeat their head, want 3", heads)
	}
	if n := strings.Count(string(b.files["word/document.xml"]), " SEQ Bảng "); n != 3 {
		t.Errorf("%d captions of tables are counted, want 3", n)
	}
	for _, p := range b.text().all("wp:docPr") {
		if p.attrs["descr"] != "Bốn vai, hai lượt trễ" {
			t.Errorf("a picture is described as %q", p.attrs["descr"])
		}
	}
	image, err := png.DecodeConfig(bytes.NewReader(b.files["word/media/picture1.png"]))
	if err != nil || image.Width < 2000 {
		t.Errorf("the picture is %+v: %v", image, err)
	}
}

func TestEveryLinkHasAnEnd(t *testing.T) {
	for _, d := range []*document.Document{documenttest.Sample(engine.VI), documenttest.Hostile(engine.EN)} {
		b := written(t, d)
		names, ids := map[string]bool{}, map[string]bool{}
		for _, m := range b.text().all("w:bookmarkStart") {
			if names[m.attrs["w:name"]] || ids[m.attrs["w:id"]] {
				t.Errorf("the bookmark %s stands there twice", m.attrs["w:name"])
			}
			names[m.attrs["w:name"]], ids[m.attrs["w:id"]] = true, true
		}
		links := b.text().all("w:hyperlink")
		if len(links) == 0 {
			t.Error("there are no links")
		}
		for _, l := range links {
			if !names[l.attrs["w:anchor"]] {
				t.Errorf("a link leads to %s, which is nowhere", l.attrs["w:anchor"])
			}
		}
		styles := map[string]bool{}
		for _, s := range b.parts["word/styles.xml"].all("w:style") {
			styles[s.attrs["w:styleId"]] = true
		}
		for _, kind := range []string{"w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn"} {
			for _, part := range b.parts {
				for _, s := range part.all(kind) {
					if !styles[s.attrs["w:val"]] {
						t.Errorf("%s names the style %q, which there is not", kind, s.attrs["w:val"])
					}
				}
			}
		}
	}
}

func TestTheSameDocumentGivesTheSameBytes(t *testing.T) {
	for _, lang := range langs {
		a, b := written(t, documenttest.Sample(lang)), written(t, documenttest.Sample(lang))
		if !bytes.Equal(a.bytes, b.bytes) {
			t.Errorf("%s: two files differ", lang)
		}
		if a.names[0] != "[Content_Types].xml" {
			t.Errorf("the first file is %s", a.names[0])
		}
	}
}

func TestNoTextIsLostOrTakenForMarkup(t *testing.T) {
	for _, lang := range langs {
		b := written(t, documenttest.Hostile(lang))
		documenttest.NothingLost(t, string(lang), b.text().words())
	}
}

func TestNoKindOfBlockIsLeftOut(t *testing.T) {
	for _, lang := range langs {
		d := documenttest.Sample(lang)
		documenttest.EveryBlock(t, d, written(t, d).text().words(), "Details")
	}
	t.Run("one it does not know is an error", func(t *testing.T) {
		d := documenttest.Sample(engine.VI)
		d.Parts[0].Blocks = append(d.Parts[0].Blocks, struct{ document.Block }{})
		if err := docx.Write(&bytes.Buffer{}, d); err == nil {
			t.Error("it was left out")
		}
	})
}
