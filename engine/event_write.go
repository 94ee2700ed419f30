package engine

import (
	"encoding/json"
	"strconv"
	"unicode/utf8"
)

// AppendJSON appends the event's canonical bytes: one JSON object, keys in a
// fixed order, empty ones left out.
func (e *Event) AppendJSON(b []byte) []byte {
	b = append(b, `{"seq":`...)
	b = strconv.AppendInt(b, e.Seq, 10)
	b = append(b, `,"type":`...)
	b = appendString(b, string(e.Type))
	b = append(b, `,"at":`...)
	b = strconv.AppendInt(b, int64(e.At), 10)
	b = append(b, `,"recorded":"`...)
	b = appendRecorded(b, e.Recorded)
	b = append(b, '"')
	b = appendText(b, "actor", e.Actor)
	b = appendText(b, "key", e.Key)
	b = appendInt(b, "cause", e.Cause)
	b = e.appendBody(b)
	return append(b, '}')
}

func (e *Event) appendBody(b []byte) []byte {
	b = appendText(b, "id", e.ID)
	b = appendText(b, "role", e.Role)
	b = appendText(b, "person", e.Person)
	b = appendText(b, "device", e.Device)
	b = appendText(b, "from", e.From)
	b = appendText(b, "to", e.To)
	b = appendText(b, "via", e.Via)
	b = appendText(b, "mode", e.Mode)
	b = appendInt(b, "of", e.Of)
	b = appendInt(b, "moment", int64(e.Moment))
	b = appendInt(b, "tap", int64(e.Tap))
	if e.Subject() && e.Observed != e.At {
		b = append(b, `,"observed":`...)
		b = strconv.AppendInt(b, int64(e.Observed), 10)
	}
	if e.Type == Observed || e.Type == Marked {
		b = append(b, `,"content":`...)
		b = e.Content.append(b)
	}
	b = appendText(b, "rating", e.Rating)
	if len(e.Choices) > 0 {
		b = append(b, `,"choices":`...)
		b = appendList(b, e.Choices)
	}
	if len(e.Boxes) > 0 {
		b = appendBoxes(b, e.Boxes)
	}
	b = appendText(b, "text", e.Text)
	b = appendText(b, "photo", e.Photo)
	if e.Words != nil {
		b = appendValue(b, "words", e.Words)
	}
	b = appendText(b, "reason", e.Reason)
	if e.Override != nil {
		b = appendValue(b, "override", e.Override)
	}
	if e.Start != nil {
		b = appendValue(b, "start", e.Start)
	}
	if e.Inject != nil {
		b = appendValue(b, "inject", e.Inject)
	}
	return b
}

func appendKey(b []byte, key string) []byte {
	b = append(b, ',', '"')
	b = append(b, key...)
	return append(b, '"', ':')
}

func appendText(b []byte, key, value string) []byte {
	if value == "" {
		return b
	}
	return appendString(appendKey(b, key), value)
}

func appendInt(b []byte, key string, value int64) []byte {
	if value == 0 {
		return b
	}
	return strconv.AppendInt(appendKey(b, key), value, 10)
}

func appendList(b []byte, list []string) []byte {
	b = append(b, '[')
	for i, s := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(b, s)
	}
	return append(b, ']')
}

func appendBoxes(b []byte, boxes []Ticks) []byte {
	b = append(b, `,"boxes":[`...)
	for i, t := range boxes {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, `{"response":`...)
		b = appendString(b, t.Response)
		b = append(b, `,"boxes":`...)
		b = append(appendList(b, t.Boxes), '}')
	}
	return append(b, ']')
}

// appendValue writes the rare, nested parts. They hold no maps, so their
// bytes are fixed too.
func appendValue(b []byte, key string, v any) []byte {
	raw, err := json.Marshal(v)
	if err != nil {
		return b // only a type without a JSON form fails, and these have one
	}
	return append(appendKey(b, key), raw...)
}

// appendString writes s as a JSON string: only what must be escaped is, and
// bytes that are no UTF-8 become U+FFFD.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
			i++
		case c < 0x20 || c == 0x7f:
			const hex = "0123456789abcdef"
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
			i++
		case c < utf8.RuneSelf:
			b = append(b, c)
			i++
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			b = utf8.AppendRune(b, r)
			i += n
		}
	}
	return append(b, '"')
}
