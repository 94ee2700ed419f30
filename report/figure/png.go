package figure

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"slices"

	"golang.org/x/image/vector"
)

// mostPixels bounds a picture in memory: 64 million are 256 MB.
const mostPixels = 64e6

// PNG draws a figure on white, scale pixels to a unit: at 3, a figure of 784
// units across is printed 170 mm wide with 350 pixels to the inch. Letters are
// Liberation Sans. The same figure gives the same bytes. It fails for a scale
// that is not above 0, and for a picture of more than 64 million pixels.
func PNG(f *Figure, scale float64) ([]byte, error) {
	w, h := math.Ceil(f.W*scale), math.Ceil(f.H*scale)
	if !(scale > 0) || !(w >= 1) || !(h >= 1) {
		return nil, fmt.Errorf("a picture of %g × %g at a scale of %g has no size", f.W, f.H, scale)
	}
	if w*h > mostPixels {
		return nil, fmt.Errorf("a picture of %.0f × %.0f pixels is too large", w, h)
	}
	faces, err := letterFaces()
	if err != nil {
		return nil, err
	}
	c := canvas{img: image.NewRGBA(image.Rect(0, 0, int(w), int(h))), scale: scale, faces: faces}
	draw.Draw(c.img, c.img.Bounds(), image.White, image.Point{}, draw.Src)
	for i := range f.Shapes {
		c.shape(&f.Shapes[i])
	}
	var b bytes.Buffer
	err = png.Encode(&b, c.img)
	return b.Bytes(), err
}

// canvas is a picture being drawn, in pixels.
type canvas struct {
	img   *image.RGBA
	scale float64
	area  vector.Rasterizer
	faces faces
}

type point = [2]float64

// outline is areas to fill together. All turn the same way, so that where two
// meet nothing is cut out.
type outline []turn

// turn is a step of an outline: on to a point, over control points if there
// are any.
type turn struct {
	move bool
	to   []point
}

func polygon(points []point) outline {
	var o outline
	for i, p := range points {
		o = append(o, turn{move: i == 0, to: []point{p}})
	}
	return o
}

// fill paints what lies within an outline in units.
func (c *canvas) fill(o outline, src image.Image) {
	lo, hi := point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, t := range o {
		for _, p := range t.to {
			for i := range p {
				lo[i], hi[i] = min(lo[i], p[i]*c.scale), max(hi[i], p[i]*c.scale)
			}
		}
	}
	if !(lo[0] <= hi[0]) {
		return
	}
	r := image.Rect(int(math.Floor(lo[0])), int(math.Floor(lo[1])), int(math.Ceil(hi[0])), int(math.Ceil(hi[1]))).Intersect(c.img.Bounds())
	if r.Empty() {
		return
	}
	c.area.Reset(r.Dx(), r.Dy())
	at := func(p point) (float32, float32) {
		return float32(p[0]*c.scale - float64(r.Min.X)), float32(p[1]*c.scale - float64(r.Min.Y))
	}
	for i, t := range o {
		if t.move && i > 0 {
			c.area.ClosePath()
		}
		x, y := at(t.to[len(t.to)-1])
		switch {
		case t.move:
			c.area.MoveTo(x, y)
		case len(t.to) == 1:
			c.area.LineTo(x, y)
		case len(t.to) == 2:
			bx, by := at(t.to[0])
			c.area.QuadTo(bx, by, x, y)
		default:
			bx, by := at(t.to[0])
			cx, cy := at(t.to[1])
			c.area.CubeTo(bx, by, cx, cy, x, y)
		}
	}
	c.area.ClosePath()
	c.area.Draw(c.img, r, src, r.Min)
}

// paint is what a paint looks like, faint where a shape is a halo.
func (c *canvas) paint(p Paint, faint bool) image.Image {
	rgb, ok := p.Colour()
	switch {
	case !ok:
		return nil
	case p == Hatch:
		return hatched{c.scale}
	case faint:
		return image.NewUniform(color.NRGBA{rgb.R, rgb.G, rgb.B, 71})
	}
	return image.NewUniform(rgb)
}

// area draws a closed line and what is in it.
func (c *canvas) closed(points []point, fill, stroke Paint, width float64, dashed, faint bool) {
	if src := c.paint(fill, faint); src != nil {
		c.fill(polygon(points), src)
	}
	c.stroke(append(slices.Clone(points), points[0]), stroke, width, dashed, faint)
}

func (c *canvas) shape(s *Shape) {
	faint := s.Class == "halo"
	switch s.Kind {
	case Line:
		c.stroke([]point{{s.X, s.Y}, {s.X2, s.Y2}}, s.Stroke, s.Width, s.Dashed, faint)
	case Rect:
		corners := []point{{s.X, s.Y}, {max(s.X2, s.X), s.Y}, {max(s.X2, s.X), s.Y2}, {s.X, s.Y2}}
		c.closed(rounded(corners, s.Round), s.Fill, s.Stroke, s.Width, s.Dashed, faint)
	case Arrow:
		c.stroke(s.Points, s.Stroke, s.Width, s.Dashed, faint)
		if src := c.paint(s.Stroke, faint); src != nil {
			c.fill(polygon(s.Head()), src)
		}
	case Mark:
		for _, p := range Marks[s.Glyph] {
			c.piece(p, s.X-glyph/2, s.Y-glyph/2)
		}
	case Text:
		c.text(s)
	}
}

func (c *canvas) piece(p Piece, x, y float64) {
	points := make([]point, len(p.Points))
	for i, at := range p.Points {
		points[i] = point{at[0] + x, at[1] + y}
	}
	switch {
	case len(points) == 1:
		c.closed(circle(points[0], p.Radius), p.Fill, p.Stroke, p.Width, p.Dashed, false)
	case p.Closed:
		c.closed(rounded(points, p.Radius), p.Fill, p.Stroke, p.Width, p.Dashed, false)
	default:
		c.stroke(points, p.Stroke, p.Width, p.Dashed, false)
	}
}
