package store

import (
	"errors"
	"io"
	"unicode/utf8"

	"saban/engine"
)

// Tail is where a drill file stands: all that its next line depends on.
type Tail struct {
	Events int64  // how many
	Bytes  int64  // of whole lines, header and closed line included
	Head   string // hash of the last line, the closed line excepted
	Closed bool
}

// Sealer turns events into lines of drill files. It works from one Tail to
// the next and keeps nothing but scratch, so that one Sealer serves many
// drills, and what could not be stored is undone by keeping the old Tail.
type Sealer struct {
	Limits Limits // zero = the caps of Read

	chain  chain
	object []byte
}

// Header appends line 1 to dst. A format of 0 and an absent sha256 are filled
// in. Its error is an *UnfitError.
func (s *Sealer) Header(dst []byte, h Header) ([]byte, Tail, error) {
	h = h.filled()
	if text := h.fault(); !text.Empty() {
		return dst, Tail{}, &UnfitError{Text: text}
	}
	if !h.valid() {
		return dst, Tail{}, &UnfitError{Text: notUTF8()}
	}
	s.chain.prev = s.chain.prev[:0]
	out := s.chain.seal(dst, encode(h))
	size := len(out) - len(dst)
	if most := s.Limits.filled().Header; size > most {
		return dst, Tail{}, &UnfitError{Text: engine.Both("dài quá %d byte", "longer than %d bytes", most)}
	}
	return out, Tail{Bytes: int64(size), Head: string(s.chain.prev)}, nil
}

// Events appends a line for each event to dst. Their Seq must go on from the
// Tail. Its error is an *UnfitError, or ErrClosed; dst is as it was then.
func (s *Sealer) Events(dst []byte, from Tail, events []engine.Event) ([]byte, Tail, error) {
	if from.Closed {
		return dst, from, ErrClosed
	}
	limits := s.Limits.filled()
	s.chain.prev = append(s.chain.prev[:0], from.Head...)
	out := dst
	for i := range events {
		e := &events[i]
		s.object = e.AppendJSON(s.object[:0])
		if text := s.unfit(e, from.Events+int64(i)+1, limits); !text.Empty() {
			return dst, from, &UnfitError{Seq: e.Seq, Text: text}
		}
		out = s.chain.seal(out, s.object)
	}
	size := from.Bytes + int64(len(out)-len(dst))
	if size > limits.Bytes {
		return dst, from, &UnfitError{Seq: events[0].Seq, Text: engine.Both("tệp sẽ dài quá %d byte", "the file would grow over %d bytes", limits.Bytes)}
	}
	return out, Tail{Events: from.Events + int64(len(events)), Bytes: size, Head: string(s.chain.prev)}, nil
}

// unfit says why the event just encoded could not be read back.
func (s *Sealer) unfit(e *engine.Event, want int64, limits Limits) engine.Text {
	switch {
	case e.Seq != want:
		return engine.Both("số thứ tự phải là %d", "its seq should be %d", want)
	case want > int64(limits.Events):
		return engine.Both("quá %d sự kiện", "more than %d events", limits.Events)
	case len(s.object)+suffixLen > limits.Line:
		return engine.Both("dài quá %d byte", "longer than %d bytes", limits.Line)
	case !utf8.ValidString(e.Key) || !utf8.Valid(s.object): // another key would be read back
		return notUTF8()
	}
	return engine.Text{}
}

func notUTF8() engine.Text {
	return engine.Both("có chữ không phải UTF-8", "holds text that is not UTF-8")
}

// Close appends the closed line to dst. Its error is ErrClosed.
func (s *Sealer) Close(dst []byte, from Tail) ([]byte, Tail, error) {
	if from.Closed {
		return dst, from, ErrClosed
	}
	s.chain.prev = append(s.chain.prev[:0], from.Head...)
	out := s.chain.seal(dst, encode(closing{Type: "closed", Count: int(from.Events), Head: from.Head}))
	from.Bytes += int64(len(out) - len(dst))
	from.Closed = true
	return out, from, nil
}

// NewReaderAfter reads on in a drill file whose lines up to the Tail stay
// unread: r begins with the line behind them. It has no Header.
func NewReaderAfter(r io.Reader, from Tail, limits Limits) *Reader {
	rd := newReader(r, limits)
	rd.chain.take([]byte(from.Head))
	rd.events, rd.lines, rd.whole = int(from.Events), int(from.Events)+1, from.Bytes
	return rd
}

// Tail is where the file stands behind what was read.
func (r *Reader) Tail() Tail {
	return Tail{Events: int64(r.events), Bytes: r.whole, Head: r.Head(), Closed: r.closed}
}

// Rest gives all events up to the end of the file, or to its fault.
func (r *Reader) Rest() ([]engine.Event, error) {
	var events []engine.Event
	for {
		events = append(events, engine.Event{})
		if err := r.Next(&events[len(events)-1]); err != nil {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return events[:len(events)-1], err
		}
	}
}
