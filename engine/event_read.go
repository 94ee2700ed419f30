package engine

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// Decoder reads event after event, and saves the words that come again in a
// log from being copied each time. It is not safe for use by several
// goroutines at once.
type Decoder struct{ r eventReader }

// NewDecoder returns a Decoder that has seen nothing yet.
func NewDecoder() *Decoder { return &Decoder{eventReader{words: make(words, 256)}} }

// Decode reads an event as AppendJSON writes it. Unknown and repeated keys are
// refused.
func (d *Decoder) Decode(b []byte, e *Event) error {
	d.r = eventReader{b: b, buf: d.r.buf, words: d.r.words}
	return e.decode(&d.r)
}

// UnmarshalJSON is Decode for a single event.
func (e *Event) UnmarshalJSON(b []byte) error { return e.decode(&eventReader{b: b}) }

func (e *Event) decode(r *eventReader) error {
	*e = Event{}
	r.want('{')
	seen, next := uint64(0), 0
	for r.err == nil {
		key := r.str()
		i := eventField(key, next)
		if r.err == nil && (i < 0 || seen&(1<<i) != 0) {
			return fmt.Errorf("unknown or repeated key %q", key)
		}
		if r.want(':'); r.err != nil {
			break
		}
		seen |= 1 << i
		next = i + 1
		eventFields[i].read(r, e)
		if r.err == nil && r.i < len(r.b) && r.b[r.i] == ',' {
			r.i++
			continue
		}
		r.want('}')
		break
	}
	if r.err == nil && r.i != len(r.b) {
		r.err = errors.New("something follows the event")
	}
	if r.err != nil {
		return fmt.Errorf("event: byte %d: %w", r.i, r.err)
	}
	if e.Seq <= 0 || !e.Type.wellFormed() || e.At < 0 {
		return errors.New("event: seq, type or at is missing or ill-formed")
	}
	if seen&(1<<observedField) == 0 {
		e.Observed = e.At
	}
	return nil
}

// eventFields are the keys of an event in the order they are written.
var eventFields = []struct {
	key  string
	read func(r *eventReader, e *Event)
}{
	{"seq", func(r *eventReader, e *Event) { e.Seq = r.num() }},
	{"type", func(r *eventReader, e *Event) { e.Type = EventType(r.word()) }},
	{"at", func(r *eventReader, e *Event) { e.At = Millis(r.num()) }},
	{"recorded", func(r *eventReader, e *Event) { e.Recorded = r.recorded() }},
	{"actor", func(r *eventReader, e *Event) { e.Actor = r.word() }},
	{"key", func(r *eventReader, e *Event) { e.Key = string(r.str()) }},
	{"cause", func(r *eventReader, e *Event) { e.Cause = r.num() }},
	{"id", func(r *eventReader, e *Event) { e.ID = r.word() }},
	{"role", func(r *eventReader, e *Event) { e.Role = r.word() }},
	{"person", func(r *eventReader, e *Event) { e.Person = r.word() }},
	{"device", func(r *eventReader, e *Event) { e.Device = r.word() }},
	{"from", func(r *eventReader, e *Event) { e.From = r.word() }},
	{"to", func(r *eventReader, e *Event) { e.To = r.word() }},
	{"via", func(r *eventReader, e *Event) { e.Via = r.word() }},
	{"mode", func(r *eventReader, e *Event) { e.Mode = r.word() }},
	{"of", func(r *eventReader, e *Event) { e.Of = r.num() }},
	{"moment", func(r *eventReader, e *Event) { e.Moment = Millis(r.num()) }},
	{"tap", func(r *eventReader, e *Event) { e.Tap = Millis(r.num()) }},
	{"observed", func(r *eventReader, e *Event) { e.Observed = Millis(r.num()) }},
	{"content", func(r *eventReader, e *Event) { e.Content = r.share() }},
	{"rating", func(r *eventReader, e *Event) { e.Rating = r.word() }},
	{"choices", func(r *eventReader, e *Event) { r.nested(&e.Choices) }},
	{"boxes", func(r *eventReader, e *Event) { r.nested(&e.Boxes) }},
	{"text", func(r *eventReader, e *Event) { e.Text = string(r.str()) }},
	{"photo", func(r *eventReader, e *Event) { e.Photo = string(r.str()) }},
	{"words", func(r *eventReader, e *Event) { r.nested(&e.Words) }},
	{"reason", func(r *eventReader, e *Event) { e.Reason = string(r.str()) }},
	{"override", func(r *eventReader, e *Event) { r.nested(&e.Override) }},
	{"start", func(r *eventReader, e *Event) { r.nested(&e.Start) }},
	{"inject", func(r *eventReader, e *Event) { r.nested(&e.Inject) }},
}

var observedField = eventField([]byte("observed"), 0)

// eventField returns the number of a key, or -1. It looks from next on first,
// where the key is when all are in order.
func eventField(key []byte, next int) int {
	for i := next; i < len(eventFields); i++ {
		if eventFields[i].key == string(key) {
			return i
		}
	}
	for i := range next {
		if eventFields[i].key == string(key) {
			return i
		}
	}
	return -1
}

func (r *eventReader) nested(into any) {
	raw := r.raw()
	if r.err == nil {
		r.err = json.Unmarshal(raw, into)
	}
}

// eventReader walks one JSON object. It is not a general reader: it takes the
// canonical form, without blanks.
type eventReader struct {
	b     []byte
	i     int
	buf   []byte
	words words
	err   error
}

func (r *eventReader) fail(why string) {
	if r.err == nil {
		r.err = errors.New(why)
	}
}

func (r *eventReader) want(c byte) {
	if r.err == nil && r.i < len(r.b) && r.b[r.i] == c {
		r.i++
		return
	}
	r.fail(fmt.Sprintf("%q is missing", c))
}

func (r *eventReader) num() int64 {
	start := r.i
	for r.i < len(r.b) && (r.b[r.i] >= '0' && r.b[r.i] <= '9' || r.b[r.i] == '-') {
		r.i++
	}
	text := r.b[start:r.i]
	if len(text) > 0 && len(text) < 19 { // too few digits to overflow
		if n, ok := digits(text); ok {
			return n
		}
	}
	n, err := strconv.ParseInt(string(text), 10, 64)
	if err != nil {
		r.fail("a whole number is missing")
	}
	return n
}

func (r *eventReader) share() Ratio {
	v, ok := ParseRatio(string(r.raw()))
	if !ok {
		r.fail("content is no share")
	}
	return v
}

// str reads a string. Without escapes it is a piece of the input.
func (r *eventReader) str() []byte {
	r.want('"')
	start, ascii := r.i, true
	for r.err == nil && r.i < len(r.b) {
		switch c := r.b[r.i]; {
		case c == '"':
			r.i++
			out := r.b[start : r.i-1]
			if !ascii && !utf8.Valid(out) {
				r.fail("invalid UTF-8")
			}
			return out
		case c >= utf8.RuneSelf:
			ascii = false
		case c == '\\':
			return r.escaped(start)
		case c < 0x20:
			r.fail("a control character in a string")
		}
		r.i++
	}
	r.fail("a string does not end")
	return nil
}

func (r *eventReader) escaped(start int) []byte {
	for r.i < len(r.b) && r.b[r.i] != '"' {
		if r.b[r.i] == '\\' {
			r.i++
		}
		r.i++
	}
	if r.i >= len(r.b) {
		r.fail("a string does not end")
		return nil
	}
	r.i++
	var s string
	if err := json.Unmarshal(r.b[start-1:r.i], &s); err != nil {
		r.fail("a string is badly escaped")
	}
	r.buf = append(r.buf[:0], s...)
	return r.buf
}

// raw returns the bytes of one value, whatever it is.
func (r *eventReader) raw() []byte {
	start, depth := r.i, 0
	for r.err == nil && r.i < len(r.b) {
		switch r.b[r.i] {
		case '"':
			r.str()
			continue
		case '[', '{':
			depth++
		case ']', '}':
			if depth == 0 {
				return r.b[start:r.i]
			}
			depth--
		case ',':
			if depth == 0 {
				return r.b[start:r.i]
			}
		}
		r.i++
	}
	return r.b[start:r.i]
}

func (r *eventReader) recorded() int64 {
	raw := r.str()
	if r.err != nil {
		return 0
	}
	ms, ok := parseRecorded(raw)
	if !ok {
		r.fail("recorded is no time such as 2026-01-31T08:00:00.000Z")
	}
	return ms
}

// word reads a string that probably came before: a type, an id, a person.
func (r *eventReader) word() string { return r.words.keep(r.str()) }

// words holds words read before, each in the one place its bytes lead to; a
// second word of the same place puts the first one out. So its memory is
// bounded, whatever a log holds.
type words []string

const longestWord = 32

func (w words) keep(b []byte) string {
	if len(w) == 0 || len(b) > longestWord {
		return string(b)
	}
	sum := uint32(2_166_136_261) // FNV-1a
	for _, c := range b {
		sum = (sum ^ uint32(c)) * 16_777_619
	}
	place := &w[sum%uint32(len(w))]
	if *place != string(b) {
		*place = string(b)
	}
	return *place
}
