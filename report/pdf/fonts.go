package pdf

import (
	"image/color"
	"strings"

	"codeberg.org/go-pdf/fpdf"

	"saban/report/measure"
)

const point = measure.Point

// face is how letters look.
type face struct {
	measure.Face
	struck bool
	ink    color.RGBA
}

// high is the height of a line of this face.
func (f face) high() float64 { return f.Size * leading * point }

// fonts puts fonts into a file as they are needed.
type fonts struct {
	*measure.Fonts
	pdf  *fpdf.Fpdf
	have map[string]bool
	key  string // in use on this page
	size float64
}

func (f *fonts) wide(text string, in face) float64 { return f.Wide(text, in.Face) }

func (f *fonts) shown(text string, in face) string { return f.Shown(text, in.Face) }

// use selects a face for what is written next.
func (f *fonts) use(in face) {
	family, style := in.Font()
	key := family + style
	if f.key == key && f.size == in.Size {
		return
	}
	if !f.have[key] {
		f.pdf.AddUTF8FontFromBytes(family, style, in.TTF())
		f.have[key] = true
	}
	f.pdf.SetFont(family, style, in.Size)
	f.key, f.size = key, in.Size
}

// forget says that another page has begun, which knows of no font.
func (f *fonts) forget() { f.key = "" }

// cut shortens a text that has one line.
func (f *fonts) cut(text string, in face, width float64) string {
	text = f.shown(strings.ReplaceAll(text, "\n", " "), in)
	if f.wide(text, in) <= width {
		return text
	}
	letters := []rune(text)
	for len(letters) > 0 && f.wide(string(letters)+"…", in) > width {
		letters = letters[:len(letters)-1]
	}
	return string(letters) + "…"
}
