package photo

import (
	"image"
	"image/color"

	"saban/engine"
)

// mostDrawn is how many bytes a picture may take while it is read: 24 million
// points of a plain JPEG or of a PNG of 8 bits fit, 8 million of a JPEG of
// several passes at full colour, for which all its coefficients are held.
const mostDrawn = 120_000_000

// fits refuses a picture too large to be read here, before it is.
func fits(sent []byte, kind string, size image.Config, look insight) error {
	switch {
	case int64(size.Width)*int64(size.Height) > MaxPoints:
		return &Error{engine.Both("ảnh %d × %d điểm, lớn quá %d triệu điểm", "the photo has %d × %d points, more than %d million", size.Width, size.Height, MaxPoints/1_000_000),
			engine.Both("chụp ở cỡ nhỏ hơn", "take it at a smaller size")}
	case size.ColorModel == color.CMYKModel:
		return &Error{engine.Both("ảnh dùng màu của máy in (CMYK)", "the photo has the colours of a printing press (CMYK)"), engine.Both("lưu thành JPEG thường rồi gửi", "save it as an ordinary JPEG, then send it")}
	case need(sent, kind, size, look) > mostDrawn:
		return &Error{engine.Both("mở ảnh này tốn quá nhiều bộ nhớ", "this photo takes too much memory to open"), engine.Both("lưu thành JPEG thường, hoặc thu nhỏ, rồi gửi", "save it as an ordinary JPEG, or smaller, then send it")}
	}
	return nil
}

// need is how many bytes reading a picture takes, from what its head says:
// what is drawn, and what the decoder holds besides.
func need(sent []byte, kind string, size image.Config, look insight) int64 {
	points := int64(size.Width) * int64(size.Height)
	switch kind {
	case "image/jpeg":
		return look.need(points)
	case "image/png":
		each := int64(4)
		if sent[pngDepth] == 16 {
			each = 8
		}
		if sent[pngInterlace] != 0 { // each pass is a picture of its own first
			each *= 2
		}
		return points * each
	}
	return points * 5 // four bytes drawn, or brightness, colour and glass, and the glass apart
}

// Where the head of a PNG, which comes first, says what it is.
const (
	pngHead      = 12
	pngDepth     = 24
	pngInterlace = 28
)

func (look insight) need(points int64) int64 {
	var samples, full int64 = 0, 1
	for i, c := range look.sampling {
		across, down := int64(c>>4), int64(c&15)
		if i == 0 {
			full = max(1, across*down)
		}
		samples += across * down
	}
	if len(look.sampling) == 1 {
		samples = full
	}
	bytes := points * samples / full
	if look.progressive {
		bytes += 4 * bytes
	}
	if look.direct {
		bytes += 4 * points
	}
	return bytes
}
