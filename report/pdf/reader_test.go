package pdf_test

import (
	"bytes"
	"compress/zlib"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
)

// sheet is a page read back from a file: millimetres from the upper left
// corner, points for letters.
type sheet struct {
	words   []stretch
	strokes []stroke
}

type stretch struct {
	x, y float64 // of the baseline
	size float64
	font string // utf8liberationserifB
	text string
}

type stroke struct{ x, y, x2, y2 float64 }

const mm = 25.4 / 72

var (
	object   = regexp.MustCompile(`(?s)(\d+) 0 obj\n(.*?)\nendobj`)
	baseFont = regexp.MustCompile(`/Subtype /Type0\n/BaseFont /(\S+)`)
	fontName = regexp.MustCompile(`/F(\w+) (\d+) 0 R`)
	contents = regexp.MustCompile(`/Contents (\d+) 0 R`)
	operator = regexp.MustCompile(`(?s)BT /F(\w+) ([\d.]+) Tf ET|BT ([-\d.]+) ([-\d.]+) Td \(((?:[^\\)]|\\.)*)\) Tj ET|([-\d.]+) ([-\d.]+) m ([-\d.]+) ([-\d.]+) l S|([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+) re S`)
)

// readBack takes a file of ours apart.
func readBack(t *testing.T, file []byte) []sheet {
	t.Helper()
	objects, order := map[string]string{}, []string{}
	for _, m := range object.FindAllSubmatch(file, -1) {
		objects[string(m[1])] = string(m[2])
		order = append(order, string(m[1]))
	}
	fonts := map[string]string{}
	for _, m := range fontName.FindAllStringSubmatch(objects["2"], -1) {
		if base := baseFont.FindStringSubmatch(objects[m[2]]); base != nil {
			fonts[m[1]] = base[1]
		}
	}
	var sheets []sheet
	for _, id := range order {
		if m := contents.FindStringSubmatch(objects[id]); m != nil {
			_, packed, _ := strings.Cut(objects[m[1]], "stream\n")
			sheets = append(sheets, readSheet(t, packed, fonts))
		}
	}
	if len(sheets) == 0 {
		t.Fatal("no page was found in the file")
	}
	return sheets
}

func readSheet(t *testing.T, packed string, fonts map[string]string) sheet {
	t.Helper()
	z, err := zlib.NewReader(strings.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	var s sheet
	font, size := "", 0.0
	for _, m := range operator.FindAllSubmatch(plain, -1) {
		n := func(i int) float64 {
			x, err := strconv.ParseFloat(string(m[i]), 64)
			if err != nil {
				t.Fatal(err)
			}
			return x
		}
		switch {
		case m[1] != nil:
			font, size = fonts[string(m[1])], n(2)
		case m[3] != nil:
			s.words = append(s.words, stretch{n(3) * mm, 297 - n(4)*mm, size, font, decode(m[5])})
		case m[6] != nil:
			s.strokes = append(s.strokes, stroke{n(6) * mm, 297 - n(7)*mm, n(8) * mm, 297 - n(9)*mm})
		default:
			x, y := n(10)*mm, 297-n(11)*mm
			s.strokes = append(s.strokes, stroke{x, y, x + n(12)*mm, y - n(13)*mm})
		}
	}
	return s
}

// decode reads a string of UTF-16 with its escapes.
func decode(raw []byte) string {
	raw = regexp.MustCompile(`(?s)\\(.)`).ReplaceAllFunc(raw, func(b []byte) []byte {
		if b[1] == 'r' {
			return []byte{'\r'}
		}
		return b[1:]
	})
	var units []uint16
	for i := 0; i+1 < len(raw); i += 2 {
		units = append(units, uint16(raw[i])<<8|uint16(raw[i+1]))
	}
	return string(utf16.Decode(units))
}

// find is the stretch that begins with a text.
func (s *sheet) find(t *testing.T, text string) stretch {
	t.Helper()
	for _, w := range s.words {
		if strings.HasPrefix(w.text, text) {
			return w
		}
	}
	t.Fatalf("nothing on the page begins with %q", text)
	return stretch{}
}

// all is every text of some pages, one after the other.
func all(sheets []sheet) string {
	var b bytes.Buffer
	for i := range sheets {
		for _, w := range sheets[i].words {
			b.WriteString(w.text)
		}
	}
	return b.String()
}
