package graph

import (
	"strings"
	"unicode"
)

// fonts are what a picture is set in, best first. Its texts are measured with
// the widest of Inter 4, Noto Sans 2, Roboto 3 and Liberation Sans 2 (whose
// widths are Arial's), letter by letter, so that they fit whichever is there.
const fonts = "Inter,'Noto Sans',Roboto,'Segoe UI',Arial,'Liberation Sans',sans-serif"

// Advance widths of the ASCII characters from the space on, in hundredths of
// the type size.
var (
	regular = [95]uint8{
		29, 29, 47, 65, 65, 99, 74, 30, 37, 37, 56, 67, 29, 46, 29, 42, 64, 58, 61, 62, 65, 60, 62, 58, 62, 62, 29, 31, 67, 67, 67, 56,
		102, 69, 67, 73, 73, 67, 62, 78, 75, 34, 58, 68, 57, 91, 76, 79, 67, 79, 73, 67, 65, 75, 69, 99, 69, 68, 63, 37, 42, 37, 58, 56,
		34, 57, 62, 58, 62, 59, 37, 62, 62, 28, 26, 55, 26, 94, 62, 61, 62, 62, 42, 53, 37, 62, 57, 82, 55, 57, 56, 43, 56, 43, 68,
	}
	bold = [95]uint8{
		28, 34, 56, 65, 66, 102, 75, 34, 38, 38, 56, 68, 34, 47, 34, 42, 68, 58, 63, 65, 68, 63, 65, 59, 66, 65, 34, 35, 68, 68, 68, 62,
		102, 75, 73, 74, 74, 67, 62, 78, 77, 39, 59, 73, 62, 95, 82, 80, 67, 80, 73, 67, 67, 76, 75, 104, 74, 74, 67, 38, 43, 38, 59, 56,
		37, 60, 64, 59, 64, 60, 40, 64, 65, 30, 30, 62, 30, 98, 65, 63, 64, 64, 45, 56, 44, 65, 60, 86, 58, 61, 58, 47, 56, 47, 68,
	}
	// others have the regular width and the bold one. ơ and ư stand for
	// themselves with every tone.
	others = map[rune][2]uint8{
		'đ': {62, 65}, 'Đ': {74, 76}, 'ơ': {66, 72}, 'Ơ': {86, 86}, 'ư': {68, 76}, 'Ư': {86, 89},
		'“': {44, 54}, '”': {44, 54}, '‘': {27, 32}, '’': {27, 32}, '–': {66, 63}, '·': {34, 34}, '•': {57, 48}, '×': {67, 68}, '°': {46, 46},
	}
)

// bases are the letters that Vietnamese sets marks on, each followed by its
// marked forms.
var bases = func() map[rune]rune {
	out := map[rune]rune{}
	for _, row := range strings.Fields(`aàáảãạăằắẳẵặâầấẩẫậ eèéẻẽẹêềếểễệ iìíỉĩị oòóỏõọôồốổỗộ ơờớởỡợ uùúủũụ ưừứửữự yỳýỷỹỵ
		AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬ EÈÉẺẼẸÊỀẾỂỄỆ IÌÍỈĨỊ OÒÓỎÕỌÔỒỐỔỖỘ ƠỜỚỞỠỢ UÙÚỦŨỤ ƯỪỨỬỮỰ YỲÝỶỸỴ`) {
		letters := []rune(row)
		for _, r := range letters[1:] {
			out[r] = letters[0]
		}
	}
	return out
}()

// advance is the width of a character in hundredths of the type size. What no
// table has counts as a whole one, which is as wide as letters get.
func advance(r rune, heavy bool) int {
	if base, marked := bases[r]; marked {
		r = base
	}
	pick := 0
	table := &regular
	if heavy {
		pick, table = 1, &bold
	}
	if r >= ' ' && r <= '~' {
		return int(table[r-' '])
	}
	if w, known := others[r]; known {
		return int(w[pick])
	}
	if unicode.Is(unicode.Mn, r) {
		return 0
	}
	return 104
}

// width measures a text, rounded up to half a unit. All lengths of a picture
// are halves, so that every processor computes the same ones.
func width(s string, size float64, heavy bool) float64 {
	sum := 0
	for _, r := range s {
		sum += advance(r, heavy)
	}
	return up(float64(sum) * size / 100)
}

// up rounds up to half a unit, down rounds down.
func up(x float64) float64 {
	n := float64(int(x * 2))
	if n < x*2 {
		n++
	}
	return n / 2
}

func down(x float64) float64 { return -up(-x) }

// fill breaks a text into lines no wider than most: at spaces, and within a
// word that is wider by itself.
func fill(s string, size float64, heavy bool, most float64) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(plain(s)) {
		if line != "" && width(line+" "+word, size, heavy) <= most {
			line += " " + word
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		pieces := chop(word, size, heavy, most)
		lines = append(lines, pieces[:len(pieces)-1]...)
		line = pieces[len(pieces)-1]
	}
	return append(lines, line)
}

// chop cuts a word that is wider than most, after a hyphen where it has one.
func chop(word string, size float64, heavy bool, most float64) []string {
	var pieces []string
	letters := []rune(word)
	for {
		n, hyphen := 0, 0
		for n < len(letters) && (n == 0 || width(string(letters[:n+1]), size, heavy) <= most) {
			n++
			if letters[n-1] == '-' || letters[n-1] == '/' {
				hyphen = n
			}
		}
		if n == len(letters) {
			return append(pieces, string(letters))
		}
		if hyphen > 0 {
			n = hyphen
		}
		pieces = append(pieces, string(letters[:n]))
		letters = letters[n:]
	}
}

// plain keeps a text to one line and to its own direction: control
// characters and the marks that turn the text around them are left out.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\u200e' || r == '\u200f' || r == '\u061c' || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' || r == '\ufeff' {
			return -1
		}
		return r
	}, oneLine(s))
}
