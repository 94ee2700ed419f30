package docx_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"saban/engine"
	"saban/report/document"
	"saban/report/document/documenttest"
)

// tool finds a program; a machine of CI has to have it.
func tool(t *testing.T, name, from string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if errors.Is(err, exec.ErrNotFound) && os.Getenv("CI") != "true" {
		t.Skipf("no %s here: install %s", name, from)
	}
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func saved(t *testing.T, folder, name string, d *document.Document) string {
	t.Helper()
	path := filepath.Join(folder, name)
	if err := os.WriteFile(path, written(t, d).bytes, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// word is one of a page as pdftotext finds it, in millimetres.
type word struct {
	x, y, x2, y2 float64
	text         string
}

var (
	pageOf = regexp.MustCompile(`(?s)<page [^>]*>(.*?)</page>`)
	lineOf = regexp.MustCompile(`(?s)<line [^>]*>(.*?)</line>`)
	wordOf = regexp.MustCompile(`<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>`)
)

// laidOut is what LibreOffice makes of files: for each its pages, of lines, of
// words.
func laidOut(t *testing.T, files ...string) [][][][]word {
	t.Helper()
	soffice, pdftotext := tool(t, "soffice", "libreoffice-writer-nogui"), tool(t, "pdftotext", "poppler-utils")
	folder := t.TempDir()
	args := append([]string{"--headless", "-env:UserInstallation=file://" + filepath.ToSlash(t.TempDir()), "--convert-to", "pdf", "--outdir", folder}, files...)
	if out, err := exec.Command(soffice, args...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
	var all [][][][]word
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".docx") + ".pdf"
		out, err := exec.Command(pdftotext, "-bbox-layout", filepath.Join(folder, name), "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		var pages [][][]word
		for _, page := range pageOf.FindAllStringSubmatch(string(out), -1) {
			var lines [][]word
			for _, line := range lineOf.FindAllStringSubmatch(page[1], -1) {
				lines = append(lines, wordsOf(t, line[1]))
			}
			pages = append(pages, lines)
		}
		all = append(all, pages)
	}
	return all
}

func wordsOf(t *testing.T, line string) []word {
	t.Helper()
	var words []word
	for _, m := range wordOf.FindAllStringSubmatch(line, -1) {
		var at [4]float64
		for i := range at {
			x, err := strconv.ParseFloat(m[i+1], 64)
			if err != nil {
				t.Fatal(err)
			}
			at[i] = x * 25.4 / 72
		}
		words = append(words, word{at[0], at[1], at[2], at[3], m[5]})
	}
	return words
}

func joined(line []word) string {
	texts := make([]string, len(line))
	for i := range line {
		texts[i] = line[i].text
	}
	return strings.Join(texts, " ")
}

// LibreOffice opens the file and lays it out as the decree wants it.
func TestLibreOfficeLaysItOut(t *testing.T) {
	if testing.Short() {
		t.Skip("takes LibreOffice some seconds to start")
	}
	folder := t.TempDir()
	books := laidOut(t, saved(t, folder, "sample.docx", documenttest.Sample(engine.VI)), saved(t, folder, "hostile.docx", documenttest.Hostile(engine.EN)))
	t.Run("the nation's name has one line", func(t *testing.T) {
		found := false
		for _, line := range books[0][0] {
			found = found || strings.Contains(joined(line), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
		}
		if !found {
			t.Error("it has not")
		}
	})
	t.Run("pages are numbered in the middle of the upper margin, but the first", func(t *testing.T) {
		var got []string
		for _, page := range books[0] {
			number := "-"
			for _, line := range page {
				if w := line[0]; w.y2 < 20 && strings.Trim(joined(line), "0123456789") == "" {
					number = w.text
					if mid := (w.x + w.x2) / 2; mid < 104 || mid > 121 {
						t.Errorf("the number stands at %.1f mm", mid)
					}
				}
			}
			got = append(got, number)
		}
		if text := strings.Join(got, " "); !strings.HasPrefix(text, "- ") || !strings.HasSuffix(text, "- 2") {
			t.Errorf("pages are numbered %v", got)
		}
	})
	t.Run("nothing leaves the margins", func(t *testing.T) {
		for b, pages := range books {
			for n, page := range pages {
				for _, line := range page {
					for _, w := range line {
						if w.x < 19.5 || w.x2 > 195.8 || w.y < 8 || w.y2 > 290 {
							t.Errorf("document %d, page %d: %q stands from %.1f to %.1f mm at %.1f", b, n+1, w.text, w.x, w.x2, w.y)
						}
					}
				}
			}
		}
	})
	t.Run("no row is lost", func(t *testing.T) {
		var all strings.Builder
		for _, page := range books[1] {
			for _, line := range page {
				all.WriteString(joined(line) + "\n")
			}
		}
		for i := range 300 {
			if row := fmt.Sprintf("hàng%03d", i); strings.Count(all.String(), row) != 1 {
				t.Errorf("%s stands there %d times", row, strings.Count(all.String(), row))
			}
		}
	})
}

const reader = `
import sys, docx
d = docx.Document(sys.argv[1])
print(len(d.sections), len(d.tables))
for s in d.sections:
    print(round(s.top_margin.mm), round(s.bottom_margin.mm), round(s.left_margin.mm), round(s.right_margin.mm), s.different_first_page_header_footer)
for p in d.paragraphs:
    print(p.style.name, "|", p.text)
for c in d.tables[0]._cells:
    for p in c.paragraphs:
        print(p.style.name, "|", p.text)
print(d.core_properties.title)
`

// A second reader, python-docx of Debian, finds the same.
func TestPythonReadsIt(t *testing.T) {
	python := "/usr/bin/python3" // Debian's, which has its packages
	if err := exec.Command(python, "-c", "import docx").Run(); err != nil {
		if os.Getenv("CI") != "true" {
			t.Skip("no python-docx here: install python3-docx")
		}
		t.Fatalf("python-docx: %v", err)
	}
	for name, c := range map[string]struct {
		doc  *document.Document
		want []string
	}{
		"sample": {documenttest.Sample(engine.VI), []string{"3 9\n", "20 20 30 15 True\n16 20 20 15 True\n20 20 30 15 True\n", "Title | BÁO CÁO\n", "Heading 1 | I. Thông tin chung\n", "Heading 2 | 1. Ưu điểm\n", "Caption | Bảng 1. ",
			"Quốc hiệu | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n", "Số, ký hiệu | Số: 05/BC-TĐH\n", "Báo cáo rút kinh nghiệm diễn tập\n"}},
		"hostile": {documenttest.Hostile(engine.EN), []string{`Heading 1 | <script>alert("x")</script>`, "=cmd|'/C calc'!A0", `C:\path\(a)\n %d %s %!`}},
	} {
		out, err := exec.Command(python, "-X", "utf8", "-c", reader, saved(t, t.TempDir(), name+".docx", c.doc)).CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
		for _, want := range c.want {
			if !strings.Contains(string(out), want) {
				t.Errorf("%s: python-docx does not find %q in\n%.2000s", name, want, out)
			}
		}
	}
}
