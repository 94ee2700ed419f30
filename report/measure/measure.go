// Package measure knows how wide letters are in the fonts a report is printed
// in: Liberation Serif and Sans, whose letters are as wide as those of Times
// New Roman and Arial. Lengths are millimetres, sizes of letters points.
//
// It also says what of a text can be printed: nothing invisible that would
// change how the rest is read, and nothing a font has no letter for.
package measure

import (
	"fmt"
	"strings"
	"sync"
	"unicode"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"codeberg.org/go-fonts/liberation/liberationserifbold"
	"codeberg.org/go-fonts/liberation/liberationserifbolditalic"
	"codeberg.org/go-fonts/liberation/liberationserifitalic"
	"codeberg.org/go-fonts/liberation/liberationserifregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// Point is a typographic point in millimetres.
const Point = 25.4 / 72

// Face is one of the fonts at a size in points. The one without serifs has no
// italics.
type Face struct {
	Sans, Bold, Italic bool
	Size               float64
}

// Font is a font's family and style, as PDF writers name them.
func (f Face) Font() (family, style string) {
	family = "LiberationSerif"
	if f.Sans {
		family = "LiberationSans"
	}
	if f.Bold {
		style = "B"
	}
	if f.Italic && !f.Sans {
		style += "I"
	}
	return family, style
}

var files = map[string][]byte{
	"LiberationSerif":   liberationserifregular.TTF,
	"LiberationSerifB":  liberationserifbold.TTF,
	"LiberationSerifI":  liberationserifitalic.TTF,
	"LiberationSerifBI": liberationserifbolditalic.TTF,
	"LiberationSans":    liberationsansregular.TTF,
	"LiberationSansB":   liberationsansbold.TTF,
}

// TTF is the file of a face's font.
func (f Face) TTF() []byte {
	family, style := f.Font()
	return files[family+style]
}

var parsed = sync.OnceValues(func() (map[string]*sfnt.Font, error) {
	all := map[string]*sfnt.Font{}
	for key, file := range files {
		f, err := sfnt.Parse(file)
		if err != nil {
			return nil, fmt.Errorf("font %s: %w", key, err)
		}
		all[key] = f
	}
	return all, nil
})

// Fonts measures letters, and remembers what it has measured. It is for one
// document at a time.
type Fonts struct {
	buf   sfnt.Buffer
	fonts map[string]*sfnt.Font
	known map[string]map[rune]int
}

// New reads the fonts.
func New() (*Fonts, error) {
	fonts, err := parsed()
	return &Fonts{fonts: fonts, known: map[string]map[rune]int{}}, err
}

// advance is the width of a letter in thousandths of its size, below 0 if the
// font has none.
func (f *Fonts) advance(font string, widths map[rune]int, r rune) int {
	if w, ok := widths[r]; ok {
		return w
	}
	w := -1
	if r <= 0xFFFF {
		w = f.glyph(f.fonts[font], r)
	}
	widths[r] = w
	return w
}

func (f *Fonts) glyph(of *sfnt.Font, r rune) int {
	g, err := of.GlyphIndex(&f.buf, r)
	if err != nil || g == 0 {
		return -1
	}
	w, err := of.GlyphAdvance(&f.buf, g, fixed.I(1000), font.HintingNone)
	if err != nil {
		return -1
	}
	return w.Round()
}

func (f *Fonts) widths(in Face) (string, map[rune]int) {
	family, style := in.Font()
	widths := f.known[family+style]
	if widths == nil {
		widths = map[rune]int{}
		f.known[family+style] = widths
	}
	return family + style, widths
}

// Wide is how wide a text is as Shown gives it.
func (f *Fonts) Wide(text string, in Face) float64 {
	key, widths := f.widths(in)
	sum := 0
	for _, r := range text {
		sum += max(f.advance(key, widths, r), 0)
	}
	return float64(sum) * in.Size * Point / 1000
}

// Shown is a text as a face can show it. What it has no letter for is written
// by its code point, [U+4E2D].
func (f *Fonts) Shown(text string, in Face) string {
	key, widths := f.widths(in)
	text = Printable(text)
	missing := func(r rune) bool { return r != '\n' && f.advance(key, widths, r) < 0 }
	if !strings.ContainsFunc(text, missing) {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		other, known := alike[r]
		switch {
		case !missing(r):
			b.WriteRune(r)
		case known:
			b.WriteString(other)
		default:
			fmt.Fprintf(&b, "[U+%04X]", r)
		}
	}
	return b.String()
}

// alike are signs the fonts have by another name.
var alike = map[rune]string{'✕': "×", '✗': "×", '✓': "√", '✔': "√", '★': "*", '☆': "*", '⚠': "(!)", '⇒': "→", '\u2011': "-", '\u202f': "\u00a0", '\u2009': " "}

// Printable drops what nobody sees: control characters, and marks that would
// turn the direction of what follows. Lines stay apart, tabs become spaces.
func Printable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\u2028' || r == '\u2029':
			return '\n'
		case r == '\t':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == 0xFFFE, r == 0xFFFF:
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
}
