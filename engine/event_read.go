package engine

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"
	"unicode/utf8"
)

// UnmarshalJSON reads an event as AppendJSON writes it. Unknown and repeated
// keys are refused.
func (e *Event) UnmarshalJSON(b []byte) error {
	*e = Event{}
	r := eventReader{b: b}
	r.want('{')
	seen := uint64(0)
	observed := false
	for r.err == nil {
		key := string(r.str())
		r.want(':')
		if r.err != nil {
			break
		}
		bit, ok := eventKeys[key]
		if !ok || seen&(1<<bit) != 0 {
			return fmt.Errorf("unknown or repeated key %q", key)
		}
		seen |= 1 << bit
		r.field(e, key)
		observed = observed || key == "observed"
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
	if e.Seq <= 0 || e.Type == "" || e.At < 0 {
		return errors.New("event: seq, type or at is missing")
	}
	if !observed {
		e.Observed = e.At
	}
	return nil
}

var eventKeys = func() map[string]uint {
	keys := map[string]uint{}
	for i, k := range []string{"seq", "type", "at", "recorded", "actor", "key", "cause", "id", "role", "person", "device",
		"from", "to", "via", "mode", "of", "moment", "observed", "content", "rating", "choices", "boxes", "text", "words",
		"reason", "override", "start", "inject"} {
		keys[k] = uint(i)
	}
	return keys
}()

func (r *eventReader) field(e *Event, key string) {
	switch key {
	case "seq":
		e.Seq = r.num()
	case "type":
		e.Type = EventType(intern(r.str()))
	case "at":
		e.At = Millis(r.num())
	case "recorded":
		e.Recorded = r.recorded()
	case "actor":
		e.Actor = intern(r.str())
	case "key":
		e.Key = string(r.str())
	case "cause":
		e.Cause = r.num()
	case "of":
		e.Of = r.num()
	case "moment":
		e.Moment = Millis(r.num())
	case "observed":
		e.Observed = Millis(r.num())
	case "content":
		raw := r.raw()
		v, ok := ParseRatio(string(raw))
		if !ok {
			r.fail("content is no share")
		}
		e.Content = v
	default:
		r.body(&e.Body, key)
	}
}

func (r *eventReader) body(b *Body, key string) {
	switch key {
	case "id":
		b.ID = intern(r.str())
	case "role":
		b.Role = intern(r.str())
	case "person":
		b.Person = intern(r.str())
	case "device":
		b.Device = intern(r.str())
	case "from":
		b.From = intern(r.str())
	case "to":
		b.To = intern(r.str())
	case "via":
		b.Via = intern(r.str())
	case "mode":
		b.Mode = intern(r.str())
	case "rating":
		b.Rating = intern(r.str())
	case "text":
		b.Text = string(r.str())
	case "reason":
		b.Reason = string(r.str())
	default:
		r.nested(b, key)
	}
}

func (r *eventReader) nested(b *Body, key string) {
	raw := r.raw()
	if r.err != nil {
		return
	}
	var into any
	switch key {
	case "choices":
		into = &b.Choices
	case "boxes":
		into = &b.Boxes
	case "words":
		into = &b.Words
	case "override":
		into = &b.Override
	case "start":
		into = &b.Start
	case "inject":
		into = &b.Inject
	}
	if err := json.Unmarshal(raw, into); err != nil {
		r.err = err
	}
}

// eventReader walks one JSON object. It is not a general reader: it takes the
// canonical form, without blanks.
type eventReader struct {
	b   []byte
	i   int
	buf []byte
	err error
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
	n, err := strconv.ParseInt(string(r.b[start:r.i]), 10, 64)
	if err != nil {
		r.fail("a whole number is missing")
	}
	return n
}

// str reads a string. Without escapes it is a piece of the input.
func (r *eventReader) str() []byte {
	r.want('"')
	start := r.i
	for r.err == nil && r.i < len(r.b) {
		switch c := r.b[r.i]; {
		case c == '"':
			r.i++
			out := r.b[start : r.i-1]
			if !utf8.Valid(out) {
				r.fail("invalid UTF-8")
			}
			return out
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
	t, err := time.Parse(recordedLayout, string(raw))
	if err != nil {
		r.fail("recorded is no time such as 2026-01-31T08:00:00.000Z")
	}
	return t.UnixMilli()
}

// intern saves the words that come again in every log from being copied.
func intern(b []byte) string {
	if s, ok := common[string(b)]; ok {
		return s
	}
	return string(b)
}

var common = func() map[string]string {
	words := map[string]string{}
	for _, t := range []EventType{Started, Paused, Resumed, Ended, Due, Released, Received, Held, Unheld, Postponed, Skipped,
		Withdrawn, Edited, Recalled, Relayed, Written, Responded, Observed, ProhibitedAct, Missed, Marked, Rated, Overridden,
		Retracted, Flagged, Moved, Forced, Noted, Assigned, Joined, Left, StoppedReal, ResumedReal, Gap, Recovered, Faulted} {
		words[string(t)] = string(t)
	}
	for _, w := range []string{"planned", "when", "hand", "by", "adhoc", "no_device", "device", "read", "assumed", "P", "S", "M", "U"} {
		words[w] = w
	}
	return words
}()
