package photo_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"strings"
	"testing"

	"saban/engine"
	"saban/server/photo"
	"saban/server/photo/phototest"
)

func clean(t *testing.T, sent []byte) (kept []byte, picture image.Image) {
	t.Helper()
	kept, err := photo.Clean(sent)
	if err != nil {
		t.Fatal(err)
	}
	picture, err = jpeg.Decode(bytes.NewReader(kept))
	if err != nil {
		t.Fatal(err)
	}
	return kept, picture
}

func TestNothingButThePictureIsLeft(t *testing.T) {
	sent := phototest.Telling(t, phototest.Corners(640, 480), 1)
	for _, secret := range phototest.Secrets {
		if !bytes.Contains(sent, []byte(secret)) {
			t.Fatalf("the photo sent does not hold %q: nothing would be proved", secret)
		}
	}
	kept, _ := clean(t, sent)
	for _, secret := range phototest.Secrets {
		if bytes.Contains(kept, []byte(secret)) {
			t.Errorf("%q is kept", secret)
		}
	}
	for i := 2; kept[i+1] != 0xda; i += 2 + int(kept[i+2])<<8 + int(kept[i+3]) { // up to the points
		if marker := kept[i+1]; marker >= 0xe0 {
			t.Errorf("a segment %x is kept", marker)
		}
	}
	if !bytes.HasSuffix(kept, []byte{0xff, 0xd9}) {
		t.Error("something follows the picture")
	}
	again, _ := clean(t, sent)
	if !bytes.Equal(again, kept) {
		t.Error("the same photo gives other bytes")
	}
}

// TestAPhotoStandsAsItWasHeld writes one picture turned in each of the eight
// ways, with the orientation that says so.
func TestAPhotoStandsAsItWasHeld(t *testing.T) {
	upright := map[string][2]int{"red": {0, 0}, "green": {1, 0}, "blue": {1, 1}, "white": {0, 1}}
	// stored says which quarter of the upright picture a camera wrote at the
	// top left, top right, bottom right and bottom left.
	for orientation, stored := range map[uint16][4]string{
		1: {"red", "green", "blue", "white"}, 2: {"green", "red", "white", "blue"}, 3: {"blue", "white", "red", "green"}, 4: {"white", "blue", "green", "red"},
		5: {"red", "white", "blue", "green"}, 6: {"green", "blue", "white", "red"}, 7: {"blue", "green", "red", "white"}, 8: {"white", "red", "green", "blue"},
	} {
		w, h := 400, 240
		if orientation > 4 {
			w, h = h, w
		}
		_, got := clean(t, phototest.Telling(t, quarters(w, h, stored), orientation))
		if got.Bounds().Dx() != 400 || got.Bounds().Dy() != 240 {
			t.Errorf("orientation %d: %v", orientation, got.Bounds())
			continue
		}
		for want, at := range upright {
			if is := named(got.At(100+200*at[0], 60+120*at[1])); is != want {
				t.Errorf("orientation %d: %s where %s was", orientation, is, want)
			}
		}
	}
}

var colours = map[string]color.RGBA{"red": {230, 0, 0, 255}, "green": {0, 200, 0, 255}, "blue": {0, 0, 230, 255}, "white": {255, 255, 255, 255}}

func quarters(w, h int, clockwise [4]string) image.Image {
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			p.SetRGBA(x, y, colours[clockwise[[4]int{0, 1, 3, 2}[2*(2*y/h)+2*x/w]]])
		}
	}
	return p
}

func named(c color.Color) string {
	r, g, b, _ := c.RGBA()
	switch {
	case r > 0xc000 && g > 0xc000 && b > 0xc000:
		return "white"
	case r > g && r > b:
		return "red"
	case g > b:
		return "green"
	}
	return "blue"
}

func TestALargePhotoIsMadeSmall(t *testing.T) {
	for name, size := range map[string][4]int{"wide": {4000, 1000, 1600, 400}, "tall": {900, 3300, 436, 1600}, "just too wide": {1700, 850, 1600, 800},
		"small": {300, 200, 300, 200}, "a line": {5000, 1, 1600, 1}} {
		kept, got := clean(t, phototest.JPEG(t, phototest.Corners(size[0], size[1])))
		if got.Bounds().Dx() != size[2] || got.Bounds().Dy() != size[3] || len(kept) > photo.MaxKept {
			t.Errorf("%s: %v, %d bytes", name, got.Bounds(), len(kept))
		}
	}
}

func TestNoiseStaysWithinItsBytes(t *testing.T) {
	noise, random := image.NewRGBA(image.Rect(0, 0, 1600, 1600)), rand.New(rand.NewPCG(1, 2))
	for i := range noise.Pix {
		noise.Pix[i] = byte(random.Uint32()) | byte(255*(i%4/3))
	}
	kept, got := clean(t, phototest.JPEG(t, noise))
	if len(kept) > photo.MaxKept || got.Bounds().Dx() < 400 {
		t.Errorf("%d bytes, %v", len(kept), got.Bounds())
	}
}

func TestOtherPictures(t *testing.T) {
	clear := image.NewNRGBA(image.Rect(0, 0, 40, 20)) // nothing but glass
	var out bytes.Buffer
	if err := png.Encode(&out, clear); err != nil {
		t.Fatal(err)
	}
	if _, got := clean(t, out.Bytes()); named(got.At(20, 10)) != "white" {
		t.Errorf("glass is drawn %v", got.At(20, 10))
	}
	webp := []byte("RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00")
	if _, got := clean(t, webp); got.Bounds().Dx() != 1 {
		t.Errorf("a WebP is %v", got.Bounds())
	}
}

func TestWhatIsNoPhotoIsRefused(t *testing.T) {
	good := phototest.JPEG(t, phototest.Corners(64, 48))
	var page bytes.Buffer
	if err := png.Encode(&page, phototest.Corners(64, 48)); err != nil {
		t.Fatal(err)
	}
	huge := bytes.Clone(page.Bytes())
	copy(huge[16:], []byte{0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30}) // 30,000 by 30,000
	binary.BigEndian.PutUint32(huge[29:], crc32.ChecksumIEEE(huge[12:29]))
	scan := bytes.Index(good, []byte{0xff, 0xda})
	for name, c := range map[string]struct {
		sent []byte
		says string
	}{
		"nothing":               {nil, "is no JPEG"},
		"words":                 {[]byte("xin chào"), "is no JPEG"},
		"a page":                {[]byte("<html><script>alert(1)</script>"), "is no JPEG"},
		"a drawing":             {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), "is no JPEG"},
		"a GIF":                 {[]byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"), "is no JPEG"},
		"half a photo":          {good[:len(good)/2], "damaged"},
		"its first bytes":       {good[:3], "damaged"},
		"a torn PNG":            {page.Bytes()[:60], "damaged"},
		"a size too far":        {huge, "more than 24 million"},
		"too many bytes":        {append(bytes.Clone(good), make([]byte, photo.MaxSent)...), "larger than 12 MB"},
		"full colour in passes": {jpegHead(0xc2, 0x11, 0x11, 0x11), "too much memory"},
		"red, green and blue":   {append(append([]byte{0xff, 0xd8, 0xff, 0xee, 0, 14}, "Adobe\x00\x64\x00\x00\x00\x00\x00"...), jpegHead(0xc0, 0x11, 0x11, 0x11)[2:]...), "too much memory"},
		"printers' colours":     {jpegHead(0xc2, 0x11, 0x11, 0x11, 0x11), "CMYK"},
		"a PNG of 16 bits":      {pngHead(t, 16, 0), "too much memory"},
		"a PNG in passes":       {pngHead(t, 8, 1), "too much memory"},
		"16 bits in passes":     {pngHead(t, 16, 1), "too much memory"},
		"a PNG begun late":      {late(pngHead(t, 8, 0)), "damaged"},
		"a thousand passes":     {append(bytes.Clone(good[:scan]), bytes.Repeat(good[scan:len(good)-2], 100)...), "damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			kept, err := photo.Clean(c.sent)
			told, ok := err.(*photo.Error)
			if !ok || !strings.Contains(told.Error(), c.says) || told.Try.In(engine.VI) == "" {
				t.Errorf("%d bytes, %v", len(kept), err)
			}
		})
	}
}

// TestWhatFitsIsRead: what is refused for its size is taken when it is smaller
// or plainer, as far as its head goes.
func TestWhatFitsIsRead(t *testing.T) {
	for name, sent := range map[string][]byte{
		"full colour at once": jpegHead(0xc0, 0x11, 0x11, 0x11),
		"less colour at once": jpegHead(0xc0, 0x22, 0x11, 0x11),
		"grey in passes":      jpegHead(0xc2, 0x22),
		"a plain PNG":         pngHead(t, 8, 0),
	} {
		if _, err := photo.Clean(sent); err == nil || !strings.Contains(err.Error(), "damaged") { // for there is no picture behind the head
			t.Errorf("%s: %v", name, err)
		}
	}
}

// jpegHead is the head of a JPEG of 4000 by 6000, sampled so, up to its points.
func jpegHead(frame byte, sampling ...byte) []byte {
	b := []byte{0xff, 0xd8, 0xff, frame, 0, byte(8 + 3*len(sampling)), 8, 6000 >> 8, 6000 & 255, 4000 >> 8, 4000 & 255, byte(len(sampling))}
	for i, s := range sampling {
		b = append(b, byte(i+1), s, 0)
	}
	return append(b, 0xff, 0xda, 0, 2)
}

// pngHead is the head of a PNG of 4000 by 6000 with glass.
func pngHead(t *testing.T, depth, interlace byte) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewNRGBA(image.Rect(0, 0, 1, 1))); err != nil {
		t.Fatal(err)
	}
	b := out.Bytes()[:33]
	binary.BigEndian.PutUint32(b[16:], 4000)
	binary.BigEndian.PutUint32(b[20:], 6000)
	b[24], b[25], b[28] = depth, 6, interlace
	binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
	return b
}

// late puts something before the head of a PNG.
func late(head []byte) []byte {
	note := append([]byte{0, 0, 0, 0}, "tEXt"...)
	note = binary.BigEndian.AppendUint32(note, crc32.ChecksumIEEE(note[4:]))
	return append(append(bytes.Clone(head[:8]), note...), head[8:]...)
}

func FuzzClean(f *testing.F) {
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x20Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00\xff\xd9"))
	f.Add([]byte("\x89PNG\r\n\x1a\n"))
	f.Fuzz(func(t *testing.T, sent []byte) {
		kept, err := photo.Clean(sent)
		if err == nil && (len(kept) > photo.MaxKept || !bytes.HasPrefix(kept, []byte{0xff, 0xd8})) {
			t.Errorf("%d bytes of %d", len(kept), len(sent))
		}
	})
}
