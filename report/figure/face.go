package figure

import (
	"sync"
	"unicode"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// faces are the fonts of a picture.
type faces struct{ regular, bold *sfnt.Font }

// letterFaces reads them once; they are never changed.
var letterFaces = sync.OnceValues(func() (faces, error) {
	regular, err := sfnt.Parse(liberationsansregular.TTF)
	if err != nil {
		return faces{}, err
	}
	bold, err := sfnt.Parse(liberationsansbold.TTF)
	return faces{regular, bold}, err
})

// text draws a line of letters. Glyphs are taken in font units, so that a
// picture's letters stand alike at every scale.
func (c *canvas) text(s *Shape) {
	src := c.paint(s.Fill, false)
	if src == nil {
		return
	}
	face := c.faces.regular
	if s.Bold {
		face = c.faces.bold
	}
	letters, long := line(face, s.Text)
	unit := s.Size / float64(face.UnitsPerEm())
	x := s.X
	switch s.Anchor {
	case Middle:
		x -= long * unit / 2
	case End:
		x -= long * unit
	}
	var o outline
	for _, l := range letters {
		o = append(o, l.outline(face, x+l.at*unit, s.Y, unit)...)
	}
	c.fill(o, src)
}

// letter is a glyph and where it stands on its line, in font units.
type letter struct {
	glyph sfnt.GlyphIndex
	at    float64
}

// line sets letters beside each other. What has no shape, such as a mark of
// the direction of writing, takes no room.
func line(face *sfnt.Font, text string) ([]letter, float64) {
	var buf sfnt.Buffer
	em := fixed.I(int(face.UnitsPerEm()))
	var out []letter
	x := 0.0
	for _, r := range text {
		if unicode.In(r, unicode.Cf, unicode.Cc) {
			continue
		}
		g, err := face.GlyphIndex(&buf, r)
		if err != nil {
			continue
		}
		if n := len(out); n > 0 {
			if k, err := face.Kern(&buf, out[n-1].glyph, g, em, font.HintingNone); err == nil {
				x += units(k)
			}
		}
		out = append(out, letter{g, x})
		if w, err := face.GlyphAdvance(&buf, g, em, font.HintingNone); err == nil {
			x += units(w)
		}
	}
	return out, x
}

func units(x fixed.Int26_6) float64 { return float64(x) / 64 }

// outline is a letter's, at its place in the picture.
func (l letter) outline(face *sfnt.Font, x, y, unit float64) outline {
	var buf sfnt.Buffer
	segments, err := face.LoadGlyph(&buf, l.glyph, fixed.I(int(face.UnitsPerEm())), nil)
	if err != nil {
		return nil
	}
	points := map[sfnt.SegmentOp]int{sfnt.SegmentOpMoveTo: 1, sfnt.SegmentOpLineTo: 1, sfnt.SegmentOpQuadTo: 2, sfnt.SegmentOpCubeTo: 3}
	var o outline
	for _, s := range segments {
		t := turn{move: s.Op == sfnt.SegmentOpMoveTo}
		for _, p := range s.Args[:points[s.Op]] {
			t.to = append(t.to, point{x + units(p.X)*unit, y + units(p.Y)*unit})
		}
		o = append(o, t)
	}
	return o
}
