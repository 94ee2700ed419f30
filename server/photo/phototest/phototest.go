// Package phototest makes photos as telephones write them, with all they tell
// besides the picture.
package phototest

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"testing"
)

// Secrets are what a photo of Telling holds and nobody is to find again.
var Secrets = []string{"GPS-21.0285N-105.8542E", "Điện thoại X200", "http://ns.adobe.com/xap/1.0/", "rdf:RDF", "SN-0042", "ghi chú trong ảnh", "PK\x03\x04 sau đuôi ảnh", "Exif\x00\x00"}

// Corners is a picture wider than it is tall with a red, a green, a blue and
// a white quarter, clockwise from the top left.
func Corners(w, h int) *image.RGBA {
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	quarters := []color.RGBA{{230, 0, 0, 255}, {0, 200, 0, 255}, {255, 255, 255, 255}, {0, 0, 230, 255}}
	for y := range h {
		for x := range w {
			p.SetRGBA(x, y, quarters[2*(2*y/h)+2*x/w])
		}
	}
	return p
}

// Telling is a JPEG with an orientation, a place, the name of the camera, an
// XMP packet, a comment, a thumbnail in its EXIF and bytes behind its end.
func Telling(t testing.TB, p image.Image, orientation uint16) []byte {
	t.Helper()
	plain := JPEG(t, p)
	var thumb bytes.Buffer
	if err := jpeg.Encode(&thumb, Corners(16, 8), nil); err != nil {
		t.Fatal(err)
	}
	exif := append([]byte("Exif\x00\x00"), tiff(orientation, thumb.Bytes())...)
	xmp := []byte("http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta><rdf:RDF><exif:GPSLatitude>GPS-21.0285N-105.8542E</exif:GPSLatitude><serial>SN-0042</serial></rdf:RDF></x:xmpmeta>")
	out := bytes.Clone(plain[:2])
	out = append(out, segment(0xe1, exif)...)
	out = append(out, segment(0xe1, xmp)...)
	out = append(out, segment(0xfe, []byte("ghi chú trong ảnh"))...)
	out = append(out, plain[2:]...)
	return append(out, "PK\x03\x04 sau đuôi ảnh GPS-21.0285N-105.8542E"...)
}

// JPEG writes a picture and nothing else.
func JPEG(t testing.TB, p image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, p, &jpeg.Options{Quality: 92}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func segment(marker byte, body []byte) []byte {
	out := binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(body)+2))
	return append(out, body...)
}

// tiff is the body of an EXIF segment: orientation, camera, place, thumbnail.
func tiff(orientation uint16, thumb []byte) []byte {
	b := []byte("MM\x00*\x00\x00\x00\x08\x00\x03")
	entry := func(tag, kind uint16, count uint32, value [4]byte) {
		b = binary.BigEndian.AppendUint16(b, tag)
		b = binary.BigEndian.AppendUint16(b, kind)
		b = binary.BigEndian.AppendUint32(b, count)
		b = append(b, value[:]...)
	}
	camera, place := []byte("Điện thoại X200\x00"), []byte("GPS-21.0285N-105.8542E\x00")
	at := uint32(8 + 2 + 3*12 + 4)
	entry(0x010f, 2, uint32(len(camera)), [4]byte(binary.BigEndian.AppendUint32(nil, at)))
	entry(0x0112, 3, 1, [4]byte{byte(orientation >> 8), byte(orientation)})
	entry(0x8825, 2, uint32(len(place)), [4]byte(binary.BigEndian.AppendUint32(nil, at+uint32(len(camera)))))
	b = append(b, 0, 0, 0, 0)
	return append(append(append(b, camera...), place...), thumb...)
}
