package pdf_test

import (
	"bytes"
	"errors"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"saban/engine"
	"saban/report/document"
	"saban/report/document/documenttest"
	"saban/report/figure"
	"saban/report/measure"
	"saban/report/pdf"
)

var langs = []engine.Lang{engine.VI, engine.EN}

func written(t *testing.T, d *document.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := pdf.Write(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// near holds lengths in millimetres against each other.
func near(t *testing.T, what string, got, want, by float64) {
	t.Helper()
	if math.Abs(got-want) > by {
		t.Errorf("%s is %.2f, want %.2f ± %.2f", what, got, want, by)
	}
}

// wide is how wide a stretch is printed, in millimetres.
func wide(t *testing.T, w stretch) float64 {
	t.Helper()
	fonts, err := measure.New()
	if err != nil {
		t.Fatal(err)
	}
	style := strings.TrimPrefix(strings.TrimPrefix(w.font, "utf8liberationserif"), "utf8liberationsans")
	return fonts.Wide(w.text, measure.Face{Sans: strings.HasPrefix(w.font, "utf8liberationsans"), Bold: strings.Contains(style, "B"), Italic: strings.Contains(style, "I"), Size: w.size})
}

// The layout of Decree 30/2020/NĐ-CP, Appendix I, measured in the file.
func TestTheOfficialPartKeepsToDecree30(t *testing.T) {
	first := readBack(t, written(t, documenttest.Sample(engine.VI)))[0]
	for _, c := range []struct {
		text, style string
		least, most float64
	}{
		{"TÀI LIỆU DIỄN TẬP", "B", 13, 14},
		{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "B", 12, 13},
		{"Độc lập - Tự do - Hạnh phúc", "B", 13, 14},
		{"BAN CHỈ ĐẠO", "", 12, 13},
		{"TỔ ĐIỀU HÀNH", "B", 12, 13},
		{"Số: 05/BC-TĐH", "", 13, 13},
		{"Lai Châu, ngày 05 tháng 01 năm 2026", "I", 13, 14},
		{"BÁO CÁO", "B", 13, 14},
		{"Rút kinh nghiệm", "B", 13, 14},
		{"Kính gửi", "", 13, 14},
		{"I. Thông tin chung", "B", 13, 14},
		{"Buổi ", "", 13, 14},
	} {
		w := first.find(t, c.text)
		if want := "utf8liberationserif" + c.style; w.font != want {
			t.Errorf("%q is set in %s, want %s", c.text, w.font, want)
		}
		if w.size < c.least || w.size > c.most {
			t.Errorf("%q has %v pt, want %v to %v", c.text, w.size, c.least, c.most)
		}
	}
	t.Run("the name of the nation has one line, the motto's rule its length", func(t *testing.T) {
		if got := first.find(t, "CỘNG HÒA").text; got != "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" {
			t.Errorf("the line is %q", got)
		}
		motto := first.find(t, "Độc lập")
		rule := first.below(t, motto)
		near(t, "the rule's length", rule.x2-rule.x, wide(t, motto), 0.3)
		near(t, "the rule's start", rule.x, motto.x, 0.3)
	})
	t.Run("the rule of the issuing body and that of the subject are a third to a half as long", func(t *testing.T) {
		body := first.find(t, "TỔ ĐIỀU HÀNH")
		rule := first.below(t, body)
		if share := (rule.x2 - rule.x) / wide(t, body); share < 1.0/3 || share > 0.6 {
			t.Errorf("the rule is %.2f of the name", share)
		}
	})
	t.Run("the first line of a paragraph is drawn in by 1 cm or 1.27 cm", func(t *testing.T) {
		near(t, "the indent", first.find(t, "Buổi ").x-30, 10, 0.1)
	})
	t.Run("lines are between single and one and a half", func(t *testing.T) {
		a, b := first.find(t, "Buổi "), first.find(t, "duyệt; ")
		if step := (b.y - a.y) / (a.size * mm); step < 1.149 || step > 1.5*1.149 {
			t.Errorf("a line takes %.2f of its letters", step)
		}
	})
	t.Run("lines reach from margin to margin", func(t *testing.T) {
		a, b := first.find(t, "Buổi "), first.lastOf(first.find(t, "Buổi ").y)
		near(t, "the left", a.x, 40, 0.1)
		near(t, "the right", b.x+wide(t, stretch{font: b.font, size: b.size, text: strings.TrimRight(b.text, " ")}), 195, 0.3)
	})
}

// below is the level rule next below a stretch.
func (s *sheet) below(t *testing.T, w stretch) stroke {
	t.Helper()
	for _, r := range s.strokes {
		if r.y == r.y2 && r.y > w.y && r.y < w.y+6 && r.x < w.x+wide(t, w) && r.x2 > w.x {
			return r
		}
	}
	t.Fatalf("there is no rule below %q", w.text)
	return stroke{}
}

func (s *sheet) lastOf(y float64) stretch {
	var last stretch
	for _, w := range s.words {
		if math.Abs(w.y-y) < 0.01 && w.x > last.x {
			last = w
		}
	}
	return last
}

func TestWhoSignsAndWhoGetsCopies(t *testing.T) {
	sheets := readBack(t, written(t, documenttest.Sample(engine.VI)))
	for i := range sheets {
		for _, w := range sheets[i].words {
			if w.text != "Nơi nhận:" {
				continue
			}
			if w.font != "utf8liberationserifBI" || w.size != 12 {
				t.Errorf("nơi nhận is in %s %v", w.font, w.size)
			}
			if c := sheets[i].find(t, "- Lưu: VT, TĐH."); c.size != 11 {
				t.Errorf("the list has %v pt", c.size)
			}
			for _, text := range []string{"TM. TỔ ĐIỀU HÀNH", "TỔ TRƯỞNG", "Người ký giả định"} {
				if s := sheets[i].find(t, text); s.font != "utf8liberationserifB" || s.size < 13 || s.size > 14 || s.x < 110 {
					t.Errorf("%q stands at %.0f mm in %s %v", text, s.x, s.font, s.size)
				}
			}
			return
		}
	}
	t.Error("there is no nơi nhận")
}

// Every part counts its pages from 1; the number stands in the middle of the
// upper margin, and not on the first page.
func TestNumbersOfPages(t *testing.T) {
	var got []string
	for _, s := range readBack(t, written(t, documenttest.Sample(engine.VI))) {
		number := "-"
		for _, w := range s.words {
			if w.y < 20 && w.size >= 13 && w.size <= 14 && strings.Trim(w.text, "0123456789") == "" {
				number = w.text
				near(t, "the number's middle", w.x+wide(t, w)/2, 105, 0.2)
			}
		}
		got = append(got, number)
	}
	if want := "- 2 - - 2"; strings.Join(got, " ") != want {
		t.Errorf("pages are numbered %v, want %s", got, want)
	}
}

func TestEveryPageNamesTheDrillAndItsLog(t *testing.T) {
	d := documenttest.Sample(engine.EN)
	for i, s := range readBack(t, written(t, d)) {
		if text := all([]sheet{s}); !strings.Contains(text, d.Running) || !strings.Contains(text, d.Seal) {
			t.Errorf("page %d has no foot", i+1)
		}
	}
}

func TestTheSameDocumentGivesTheSameBytes(t *testing.T) {
	for _, lang := range langs {
		if !bytes.Equal(written(t, documenttest.Hostile(lang)), written(t, documenttest.Hostile(lang))) {
			t.Errorf("%s: two files differ", lang)
		}
	}
}

func TestNoTextIsLostAndNoneLeavesTheMargins(t *testing.T) {
	for _, lang := range langs {
		sheets := readBack(t, written(t, documenttest.Hostile(lang)))
		for i := range sheets {
			inMargins(t, i+1, &sheets[i])
		}
		documenttest.NothingLost(t, string(lang), all(sheets), "漢", "[U+6F22]", "字", "[U+5B57]", "😀", "[U+1F600]")
	}
}

// inMargins wants all text between the decree's margins but for the number and
// the foot, which stand in them.
func inMargins(t *testing.T, number int, s *sheet) {
	t.Helper()
	for _, w := range s.words {
		if strings.TrimSpace(w.text) == "" {
			continue
		}
		left := 30.0
		if strings.HasPrefix(w.font, "utf8liberationsans") {
			left = 20
		}
		end := w.x + wide(t, stretch{font: w.font, size: w.size, text: strings.TrimRight(w.text, " ")})
		if w.x < left-0.1 || end > 195.1 || w.y < 10 || w.y > 287 {
			t.Errorf("page %d: %q stands from %.1f to %.1f mm at %.1f", number, w.text, w.x, end, w.y)
		}
		if body := w.size > 8.1 && w.y > 16; body && w.y > 277 {
			t.Errorf("page %d: %q stands in the lower margin, at %.1f mm", number, w.text, w.y)
		}
	}
	for _, r := range s.strokes {
		if min(r.x, r.x2) < 19.9 || max(r.x, r.x2) > 195.2 || min(r.y, r.y2) < 15 || max(r.y, r.y2) > 284 {
			t.Errorf("page %d: a line leads from %.1f, %.1f to %.1f, %.1f", number, r.x, r.y, r.x2, r.y2)
		}
	}
}

func TestHeadsOfTablesAreRepeated(t *testing.T) {
	sheets := readBack(t, written(t, documenttest.Sample(engine.VI)))
	for _, i := range []int{len(sheets) - 2, len(sheets) - 1} {
		head := sheets[i].find(t, "Hành động cần đạt")
		for _, w := range sheets[i].words {
			if strings.HasPrefix(w.text, "R") && len(w.text) == 3 && w.y <= head.y {
				t.Errorf("page %d: %s stands above the head", i+1, w.text)
			}
		}
	}
}

func TestAnEmptyDocumentIsAFile(t *testing.T) {
	for _, d := range []*document.Document{{Lang: engine.VI}, {Lang: engine.EN, Parts: []document.Part{{Kind: document.Official, Close: &document.Closing{}, Head: &document.Letterhead{}}}}} {
		if !bytes.HasPrefix(written(t, d), []byte("%PDF-")) {
			t.Error("this is no PDF")
		}
	}
}

// tool finds a program of poppler; a machine of CI has to have it.
func tool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if errors.Is(err, exec.ErrNotFound) && os.Getenv("CI") != "true" {
		t.Skipf("no %s here: install poppler-utils", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// Another reader gets the words in the order they are read, diacritics whole.
func TestTextComesOutInReadingOrder(t *testing.T) {
	pdftotext := tool(t, "pdftotext")
	for lang, order := range map[engine.Lang][]string{
		engine.VI: {"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Lai Châu, ngày 05 tháng 01 năm 2026", "BÁO CÁO", "Kính gửi:", "I. Thông tin chung",
			"Buổi diễn tập được tiến hành trên sa bàn, có bấm giờ,", "Bảng 1. Thông tin chung về buổi diễn tập", "1. Ưu điểm", "Cổng phụ không ai phụ trách.", "./.", "Nơi nhận:", "Khá, 78/100 điểm.", "Hình 1.", "Làm tốt, cần giữ", "Phụ lục I", "R60"},
		engine.EN: {"SOCIALIST REPUBLIC OF VIET NAM", "REPORT", "I. General information", "Table 1.", "Copies to:", "Good, 78 of 100 points.", "Annex I", "R60"},
	} {
		path := filepath.Join(t.TempDir(), "report.pdf")
		if err := os.WriteFile(path, written(t, documenttest.Sample(lang)), 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(pdftotext, "-enc", "UTF-8", path, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		rest := strings.Join(strings.Fields(string(out)), " ")
		for _, want := range order {
			_, after, found := strings.Cut(rest, want)
			if !found {
				t.Errorf("%s: %q does not follow in the text", lang, want)
				continue
			}
			rest = after
		}
	}
}

// Every Vietnamese letter survives, in each face the report uses.
func TestEveryVietnameseLetterIsDrawn(t *testing.T) {
	fonts, err := measure.New()
	if err != nil {
		t.Fatal(err)
	}
	letters := "aăâbcdđeêghiklmnoôơpqrstuưvxy"
	for _, base := range "aăâeêioôơuưy" {
		for _, tone := range []string{"\u0300", "\u0309", "\u0303", "\u0301", "\u0323"} {
			letters += norm.NFC.String(string(base) + tone)
		}
	}
	letters += strings.ToUpper(letters) + "0123456789“”–—…×→≤≥▲●○■♦·"
	for i := range 6 {
		face := measure.Face{Sans: i > 3, Bold: i%2 == 1, Italic: i == 2 || i == 3, Size: 13}
		if got := fonts.Shown(letters, face); got != letters {
			t.Errorf("face %s draws %s", strconv.Itoa(i), got)
		}
	}
}

func TestNoKindOfBlockIsLeftOut(t *testing.T) {
	for _, lang := range langs {
		d := documenttest.Sample(lang)
		documenttest.EveryBlock(t, d, all(readBack(t, written(t, d))), "Details")
	}
	t.Run("one it does not know is an error", func(t *testing.T) {
		d := documenttest.Sample(engine.VI)
		d.Parts[0].Blocks = append(d.Parts[0].Blocks, struct{ document.Block }{})
		if err := pdf.Write(&bytes.Buffer{}, d); err == nil {
			t.Error("it was left out")
		}
	})
}

// The foot has the approved hash whole, and says where the name of a drill
// was too long for it.
func TestTheFootHoldsTheWholeSeal(t *testing.T) {
	for lang, seal := range map[engine.Lang]string{
		engine.VI: "Nhật ký SHA-256 0123ab…cdef45 · đã duyệt 0123456789ab", engine.EN: "Log SHA-256 0123ab…cdef45 · approved 0123456789ab",
	} {
		d := documenttest.Sample(lang)
		d.Seal, d.Running = seal, strings.Repeat("Diễn tập rất dài ", 20)+"hết"
		for i, s := range readBack(t, written(t, d)) {
			foot, lines := "", 0
			for _, w := range s.words {
				if w.y > 280 {
					foot += w.text
				}
				if w.y > 280 && strings.Contains(w.text, "dài") {
					lines++
				}
			}
			if !strings.Contains(foot, seal) {
				t.Errorf("%s: page %d has the foot %q", lang, i+1, foot)
			}
			if lines != 2 || strings.Contains(foot, "hết") || strings.Count(foot, "…") != 2 {
				t.Errorf("%s: page %d cuts the name of the drill without a sign: %q", lang, i+1, foot)
			}
		}
	}
}

// A picture as tall as a page stands on it with the whole of its caption.
func TestATallPictureKeepsItsCaption(t *testing.T) {
	for _, kind := range []document.Kind{document.Official, document.Graphic} {
		tall := &figure.Figure{W: 700, H: 1500, Shapes: []figure.Shape{{Kind: figure.Text, X: 10, Y: 1490, Text: "dưới cùng", Size: 12, Fill: figure.Ink, Anchor: figure.Start}}}
		d := &document.Document{Lang: engine.VI, Parts: []document.Part{{Kind: kind, Title: "X", Blocks: []document.Block{
			&document.Paragraph{Runs: document.Plain("Trước")},
			&document.Picture{Caption: "Hình 1. đầu " + strings.Repeat("cách đọc hình này ", 14) + "cuối", Figure: tall},
		}}}}
		pages := map[string]int{}
		for i, s := range readBack(t, written(t, d)) {
			for _, w := range s.words {
				for _, word := range []string{"đầu", "cuối", "dưới"} {
					if strings.Contains(w.text, word) {
						pages[word] = i + 1
					}
				}
			}
		}
		if pages["đầu"] == 0 || pages["đầu"] != pages["cuối"] || pages["đầu"] != pages["dưới"] {
			t.Errorf("part %v: the caption begins on page %d and ends on %d, its picture is on %d", kind, pages["đầu"], pages["cuối"], pages["dưới"])
		}
	}
}
