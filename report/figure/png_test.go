package figure_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"testing"

	"saban/engine"
	"saban/report/figure"
)

// drawn is a figure as pixels. With SABAN_PICTURES set to a folder, it is
// kept there to be looked at.
func drawn(t *testing.T, name string, f *figure.Figure, scale float64) image.Image {
	t.Helper()
	data, err := figure.PNG(f, scale)
	if err != nil {
		t.Fatal(err)
	}
	again, err := figure.PNG(f, scale)
	if err != nil || !bytes.Equal(data, again) {
		t.Errorf("%s: drawn twice it is not the same bytes (%v)", name, err)
	}
	if dir := os.Getenv("SABAN_PICTURES"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name+".png"), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func TestAPictureHasTheSizeOfItsFigure(t *testing.T) {
	_, p := frozenAt(t, 20*engine.Minute)
	for name, f := range map[string]*figure.Figure{
		"machine": figure.Machine(p.sc, p.card.Path, engine.VI, 784),
		"lanes":   figure.Lanes(p.sc, &p.card, p.then.Injects, p.log, engine.EN, figure.LaneSize{W: 784, Names: 132, Row: 30, Until: p.sc.Duration, Now: 20 * engine.Minute, Coming: true}),
	} {
		img := drawn(t, name, f, 2)
		if got, want := img.Bounds().Size(), image.Pt(int(math.Ceil(2*f.W)), int(math.Ceil(2*f.H))); got != want {
			t.Errorf("%s: %v pixels, want %v", name, got, want)
		}
	}
}

// Every shape is there, in its colour, at its place.
func TestAPictureShowsItsShapes(t *testing.T) {
	f := &figure.Figure{W: 100, H: 60, Shapes: []figure.Shape{
		{Kind: figure.Rect, X: 10, Y: 10, X2: 30, Y2: 20, Fill: figure.OKWeak, Stroke: figure.OK, Width: 1},
		{Kind: figure.Rect, X: 40, Y: 10, X2: 60, Y2: 20, Fill: figure.Hatch},
		{Kind: figure.Line, X: 10, Y: 30, X2: 60, Y2: 30, Stroke: figure.Ink, Width: 2},
		{Kind: figure.Line, X: 10, Y: 35, X2: 60, Y2: 35, Stroke: figure.Ink, Width: 2, Dashed: true},
		{Kind: figure.Arrow, Points: [][2]float64{{10, 40}, {60, 40}}, Stroke: figure.Bad, Width: 2},
		{Kind: figure.Mark, X: 80, Y: 20, Glyph: figure.Missed},
		{Kind: figure.Text, X: 70, Y: 50, Text: "Ế", Size: 14, Fill: figure.Ink, Anchor: figure.Start},
	}}
	img := drawn(t, "shapes", f, 4)
	for name, c := range map[string]struct {
		x, y  float64
		paint figure.Paint
	}{
		"the paper": {5, 5, figure.Surface}, "in the area": {20, 15, figure.OKWeak}, "on its border": {20, 10, figure.OK},
		"on the line": {30, 30, figure.Ink}, "at its very end": {59.5, 30, figure.Ink}, "behind it": {61, 30, figure.Surface},
		"on a dash": {11, 35, figure.Ink}, "in a gap": {13.5, 35, figure.Surface},
		"the head of the arrow": {55, 42, figure.Bad}, "the mark": {76, 20, figure.Bad}, "the cross in it": {80, 20, figure.On},
	} {
		want, _ := c.paint.Colour()
		if got := color.RGBAModel.Convert(img.At(int(c.x*4), int(c.y*4))); got != color.Color(want) {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
	if dark := share(img, image.Rect(70*4, 34*4, 82*4, 54*4)); dark < 0.02 || dark > 0.5 {
		t.Errorf("%.3f of the letter's field is dark", dark)
	}
	if dark := share(img, image.Rect(40*4, 10*4, 60*4, 20*4)); dark == 0 {
		t.Error("nothing is hatched")
	}
}

// share is how much of a field is darker than pale.
func share(img image.Image, r image.Rectangle) float64 {
	dark := 0
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y < 230 {
				dark++
			}
		}
	}
	return float64(dark) / float64(r.Dx()*r.Dy())
}

func TestAPictureWithoutASizeIsRefused(t *testing.T) {
	for name, c := range map[string]struct{ w, h, scale float64 }{
		"no scale": {10, 10, 0}, "a negative scale": {10, 10, -1}, "no number": {10, 10, math.NaN()}, "no height": {10, 0, 1}, "too large": {10000, 10000, 10},
	} {
		if data, err := figure.PNG(&figure.Figure{W: c.w, H: c.h}, c.scale); err == nil {
			t.Errorf("%s gave a picture of %d bytes", name, len(data))
		}
	}
}

// The font of pictures has a shape for each Vietnamese letter and for each
// sign the figures use, and none of two letters is alike.
func TestThePicturesFontIsComplete(t *testing.T) {
	const letters = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ" +
		"AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬBCDĐEÈẺẼÉẸÊỀỂỄẾỆGHIÌỈĨÍỊKLMNOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢPQRSTUÙỦŨÚỤƯỪỬỮỨỰVXYỲỶỸÝỴ" + "0123456789▲▼●○×÷→–…“”<>≥%*"
	seen := map[string]rune{}
	for _, r := range letters + "\U0010FFFD" {
		f := &figure.Figure{W: 30, H: 30, Shapes: []figure.Shape{{Kind: figure.Text, X: 5, Y: 22, Text: string(r), Size: 16, Fill: figure.Ink}}}
		data, err := figure.PNG(f, 3)
		if err != nil {
			t.Fatal(err)
		}
		if other, ok := seen[string(data)]; ok {
			t.Errorf("%q and %q look the same", r, other)
		}
		seen[string(data)] = r
	}
}

// Marks that say nothing but how letters run have no shape; what they stand
// between is not lost.
func TestDirectionMarksTakeNoRoom(t *testing.T) {
	pic := func(text string) []byte {
		data, err := figure.PNG(&figure.Figure{W: 60, H: 30, Shapes: []figure.Shape{{Kind: figure.Text, X: 5, Y: 22, Text: text, Size: 16, Fill: figure.Ink}}}, 2)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	if !bytes.Equal(pic("a\u202Eb\u200F"), pic("ab")) {
		t.Error("marks of direction are drawn")
	}
}
