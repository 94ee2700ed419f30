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
	progressive bool   // drawn in passes, so that all of it is held at once
	sampling    []byte // of each component: how many samples across (high four bits) and down
	direct      bool   // red, green and blue, which are drawn a second time
}

// The markers of a JPEG that matter here.
const (
	startOfImage = 0xd8
	endOfImage   = 0xd9
	startOfScan  = 0xda
	app1         = 0xe1
	app14        = 0xee
	frame        = 0xc0 // baseline; the next two are extended and progressive
	progressive  = 0xc2
)

// segments walks the segments of a JPEG, told by its first bytes; of anything
// else it says nothing.
func segments(b []byte) insight {
	look := insight{orientation: 1}
	if len(b) < 4 || b[0] != 0xff || b[1] != startOfImage {
		return look
	}
	for i := 2; i+4 <= len(b); {
		if b[i] != 0xff {
			i++ // points of a scan, or what does not belong
			continue
		}
		marker := b[i+1]
		switch {
		case marker == endOfImage:
			return look
		case marker == 0xff:
			i++
			continue
		case marker == 0 || marker >= 0xd0 && marker <= startOfImage || marker == 1: // stand alone
			i += 2
			continue
		}
		size := int(binary.BigEndian.Uint16(b[i+2:]))
		body := b[i+4 : min(max(i+4, i+2+size), len(b))]
		look.read(marker, body)
		i += 2 + max(size, 2)
	}
	return look
}

// read takes what one segment says.
func (look *insight) read(marker byte, body []byte) {
	switch {
	case marker == startOfScan:
		look.passes++
	case marker == app1 && look.orientation == 1:
		look.orientation = orientationIn(body)
	case marker == app14 && bytes.HasPrefix(body, []byte("Adobe")) && len(body) > 11:
		look.direct = look.direct || body[11] == 0
	case marker >= frame && marker <= progressive && look.sampling == nil:
		look.progressive = marker == progressive
		var names []byte
		for c := body[min(6, len(body)):]; len(c) >= 3; c = c[3:] {
			names, look.sampling = append(names, c[0]), append(look.sampling, c[1])
		}
		look.direct = look.direct || string(names) == "RGB"
	}
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
