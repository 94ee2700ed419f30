package photo

import (
	"bytes"
	"encoding/binary"
)

// mostPasses is how many scans a JPEG may be drawn in: cameras use one, the
// web ten or so. Each costs a walk over the whole picture, however short it is
// in the file.
const mostPasses = 64

// insight is what a JPEG says besides its points.
type insight struct {
	orientation int // 1 to 8 after EXIF; 1 when it says nothing
	passes      int
}

// The markers of a JPEG that matter here.
const (
	startOfImage = 0xd8
	endOfImage   = 0xd9
	startOfScan  = 0xda
	app1         = 0xe1
)

// segments walks the segments of a JPEG; it is told by its first bytes.
func segments(b []byte) (insight, bool) {
	look := insight{orientation: 1}
	if len(b) < 4 || b[0] != 0xff || b[1] != startOfImage {
		return look, false
	}
	for i := 2; i+4 <= len(b); {
		if b[i] != 0xff {
			i++ // points of a scan, or what does not belong
			continue
		}
		marker := b[i+1]
		switch {
		case marker == endOfImage:
			return look, true
		case marker == 0xff:
			i++
			continue
		case marker == 0 || marker >= 0xd0 && marker <= startOfImage || marker == 1: // stand alone
			i += 2
			continue
		}
		size := int(binary.BigEndian.Uint16(b[i+2:]))
		body := b[i+4 : min(max(i+4, i+2+size), len(b))]
		if marker == startOfScan {
			look.passes++
		}
		if marker == app1 && look.orientation == 1 {
			look.orientation = orientationIn(body)
		}
		i += 2 + max(size, 2)
	}
	return look, true
}

// orientationIn reads the tag of that name in the first directory of an EXIF
// segment; whatever is ill-formed says nothing.
func orientationIn(app []byte) int {
	const upright, tag, short = 1, 0x0112, 3
	tiff, ok := bytes.CutPrefix(app, []byte("Exif\x00\x00"))
	if !ok || len(tiff) < 8 {
		return upright
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return upright
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < 12 {
			break
		}
		if order.Uint16(entries) == tag && order.Uint16(entries[2:]) == short {
			if v := int(order.Uint16(entries[8:])); v >= 1 && v <= 8 {
				return v
			}
			return upright
		}
		entries = entries[12:]
	}
	return upright
}
