// Package photo makes of a picture somebody sends a small JPEG that holds the
// picture and nothing else: no place, no time, no name of the camera, nothing
// hidden behind the end. Clean is the way in.
//
// What is sent is not trusted. Its size, and how much room reading it takes,
// are known before its points are read, a JPEG of very many passes is refused, and the points are drawn anew; so a file of
// two kinds at once leaves as one.
package photo

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"net/http"

	"golang.org/x/image/draw"
	"golang.org/x/image/webp"

	"saban/engine"
)

// What is taken and what is made of it.
const (
	MaxSent   = 12 << 20   // bytes of a file
	MaxPoints = 24_000_000 // width times height
	MaxKept   = 640 << 10  // bytes of what Clean gives
	Side      = 1600       // points of its longer side
)

// Kind is the media type of what Clean gives.
const Kind = "image/jpeg"

// Error says why a file is not taken.
type Error struct{ Why, Try engine.Text }

func (e *Error) Error() string { return e.Why.EN }

// decoders are what is read, by the media type the first bytes tell.
var decoders = map[string]struct {
	size func(*bytes.Reader) (image.Config, error)
	read func(*bytes.Reader) (image.Image, error)
}{
	"image/jpeg": {func(r *bytes.Reader) (image.Config, error) { return jpeg.DecodeConfig(r) }, func(r *bytes.Reader) (image.Image, error) { return jpeg.Decode(r) }},
	"image/png":  {func(r *bytes.Reader) (image.Config, error) { return png.DecodeConfig(r) }, func(r *bytes.Reader) (image.Image, error) { return png.Decode(r) }},
	"image/webp": {func(r *bytes.Reader) (image.Config, error) { return webp.DecodeConfig(r) }, func(r *bytes.Reader) (image.Image, error) { return webp.Decode(r) }},
}

// Clean reads a JPEG, PNG or WebP, turns it the way it was held, makes it
// small and writes it as a JPEG. The same file gives the same bytes. It takes
// some 150 MB at most (mostDrawn), so callers take turns. It fails with an *Error.
func Clean(sent []byte) ([]byte, error) {
	if len(sent) > MaxSent {
		return nil, &Error{engine.Both("ảnh lớn quá %d MB", "the photo is larger than %d MB", MaxSent>>20), engine.Both("chụp ở cỡ nhỏ hơn", "take it at a smaller size")}
	}
	kind := http.DetectContentType(sent)
	d, ok := decoders[kind]
	if !ok {
		return nil, &Error{engine.Both("tệp này không phải ảnh JPEG, PNG hay WebP", "this file is no JPEG, PNG or WebP picture"),
			engine.Both("chụp lại, hoặc lưu ảnh thành JPEG rồi chọn", "take it again, or save it as a JPEG first")}
	}
	size, err := d.size(bytes.NewReader(sent))
	if err != nil || size.Width <= 0 || size.Height <= 0 {
		return nil, broken()
	}
	look := segments(sent)
	if look.passes > mostPasses || kind == "image/png" && string(sent[pngHead:][:4]) != "IHDR" {
		return nil, broken()
	}
	if err := fits(sent, kind, size, look); err != nil {
		return nil, err
	}
	full, err := d.read(bytes.NewReader(sent))
	if err != nil {
		return nil, broken()
	}
	return written(turned(shrunk(full, Side), look.orientation))
}

func broken() error {
	return &Error{engine.Both("ảnh hỏng, không đọc được", "the photo is damaged and cannot be read"), engine.Both("chụp lại", "take it again")}
}

// shrunk draws a picture on white, its longer side at most so long. It goes
// down by halves: each point is the mean of four, and no step needs more room
// than the one before.
func shrunk(from image.Image, side int) *image.RGBA {
	to := from.Bounds()
	for {
		w, h := to.Dx(), to.Dy()
		long := max(w, h)
		switch {
		case long > 2*side:
			w, h = max(1, w/2), max(1, h/2)
		case long > side:
			w, h = max(1, w*side/long), max(1, h*side/long)
		}
		to = image.Rect(0, 0, w, h)
		out := image.NewRGBA(to)
		draw.Draw(out, to, image.White, image.Point{}, draw.Src)
		draw.ApproxBiLinear.Scale(out, to, from, from.Bounds(), draw.Over, nil)
		if max(w, h) <= side {
			return out
		}
		from = out
	}
}

// turned gives a picture as it was seen, after one of the eight orientations
// of EXIF.
func turned(p *image.RGBA, orientation int) *image.RGBA {
	if orientation < 2 || orientation > 8 {
		return p
	}
	w, h := p.Rect.Dx(), p.Rect.Dy()
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if orientation > 4 {
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			tx, ty := x, y
			switch orientation {
			case 2:
				tx = w - 1 - x
			case 3:
				tx, ty = w-1-x, h-1-y
			case 4:
				ty = h - 1 - y
			case 5:
				tx, ty = y, x
			case 6:
				tx, ty = h-1-y, x
			case 7:
				tx, ty = h-1-y, w-1-x
			case 8:
				tx, ty = y, w-1-x
			}
			copy(out.Pix[out.PixOffset(tx, ty):][:4], p.Pix[p.PixOffset(x, y):][:4])
		}
	}
	return out
}

// written is the picture as a JPEG of at most MaxKept bytes: coarser first,
// then smaller, which noise alone needs.
func written(p *image.RGBA) ([]byte, error) {
	for {
		for _, quality := range []int{82, 65, 45} {
			var out bytes.Buffer
			if err := jpeg.Encode(&out, p, &jpeg.Options{Quality: quality}); err != nil {
				return nil, fmt.Errorf("photo: %w", err)
			}
			if out.Len() <= MaxKept {
				return out.Bytes(), nil
			}
		}
		p = shrunk(p, max(p.Rect.Dx(), p.Rect.Dy())*2/3)
	}
}
