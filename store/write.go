package store

import (
	"bytes"
	"io"
	"unicode/utf8"

	"saban/engine"
)

// Writer appends to a drill file. It encodes each event once.
type Writer struct {
	Limits Limits // set before the first Append; zero = the caps of Read

	w      io.Writer
	chain  chain
	lines  int // whole lines in the file
	events int
	bytes  int64
	stood  []byte // hash to go back to when a batch is refused
	head   string
	object []byte
	batch  []byte
	closed bool
	failed error
}

// NewWriter writes the header and, when w has a Sync method, syncs it.
// A format of 0 and an absent sha256 are filled in.
func NewWriter(w io.Writer, h Header) (*Writer, error) {
	if h.Format == 0 {
		h.Format = Format
	}
	for _, p := range []*Pinned{&h.Scenario, &h.Rubric} {
		if p.SHA256 == "" {
			*p = Pin(p.Name, []byte(p.Bytes))
		}
	}
	if h.Site != nil && h.Site.SHA256 == "" {
		site := Pin(h.Site.Name, []byte(h.Site.Bytes))
		h.Site = &site
	}
	if text := h.fault(); !text.Empty() {
		return nil, &UnfitError{Text: text}
	}
	if !h.valid() {
		return nil, &UnfitError{Text: notUTF8()}
	}
	out := &Writer{w: w}
	line := out.chain.seal(nil, encode(h))
	if most := out.Limits.filled().Header; len(line) > most {
		return nil, &UnfitError{Text: engine.Both("dài quá %d byte", "longer than %d bytes", most)}
	}
	if err := out.write(line); err != nil {
		return nil, err
	}
	return out, nil
}

// Continue appends to a file that Resume has read. w must stand at the offset
// that Resume gave, the rest of the file cut off.
func Continue(w io.Writer, f *DrillFile) (*Writer, error) {
	if f.Closed {
		return nil, ErrClosed
	}
	out := &Writer{w: w, lines: f.Lines, events: len(f.Events), bytes: f.Whole}
	out.chain.take([]byte(f.Head))
	return out, nil
}

// Append writes events as whole lines, all in one Write, and syncs them.
// Their Seq must go on where the file stands. On an error nothing may be
// published: after an *UnfitError nothing was written, after a *WriteError the
// writer is of no more use.
func (w *Writer) Append(events []engine.Event) error {
	switch {
	case w.failed != nil:
		return w.failed
	case w.closed:
		return ErrClosed
	case len(events) == 0:
		return nil
	}
	w.stood = append(w.stood[:0], w.chain.prev...)
	w.batch = w.batch[:0]
	limits := w.Limits.filled()
	for i := range events {
		e := &events[i]
		w.object = e.AppendJSON(w.object[:0])
		if text := w.unfit(e, w.events+i+1, limits); !text.Empty() {
			w.chain.take(w.stood)
			return &UnfitError{Seq: e.Seq, Text: text}
		}
		w.batch = w.chain.seal(w.batch, w.object)
	}
	if w.bytes+int64(len(w.batch)) > limits.Bytes {
		w.chain.take(w.stood)
		return &UnfitError{Seq: events[0].Seq, Text: engine.Both("tệp sẽ dài quá %d byte", "the file would grow over %d bytes", limits.Bytes)}
	}
	if err := w.write(w.batch); err != nil {
		return err
	}
	w.events += len(events)
	return nil
}

// unfit says why the event just encoded could not be read back.
func (w *Writer) unfit(e *engine.Event, want int, limits Limits) engine.Text {
	switch {
	case e.Seq != int64(want):
		return engine.Both("số thứ tự phải là %d", "its seq should be %d", want)
	case want > limits.Events:
		return engine.Both("quá %d sự kiện", "more than %d events", limits.Events)
	case len(w.object)+suffixLen > limits.Line:
		return engine.Both("dài quá %d byte", "longer than %d bytes", limits.Line)
	case !utf8.Valid(w.object):
		return notUTF8()
	}
	return engine.Text{}
}

func notUTF8() engine.Text {
	return engine.Both("có chữ không phải UTF-8", "holds text that is not UTF-8")
}

// Head is the hash of the last line written, the closed line excepted.
func (w *Writer) Head() string {
	if w.closed {
		return w.head
	}
	return string(w.chain.prev)
}

// Lines counts the whole lines of the file.
func (w *Writer) Lines() int { return w.lines }

// Close ends the drill: it writes the closed line and gives the head hash, to
// be shown and kept apart from the file. The writer below stays open.
func (w *Writer) Close() (head string, err error) {
	if w.failed != nil {
		return "", w.failed
	}
	if w.closed {
		return "", ErrClosed
	}
	w.head = w.Head()
	line := w.chain.seal(w.batch[:0], encode(closing{Type: "closed", Count: w.events, Head: w.head}))
	if err := w.write(line); err != nil {
		return "", err
	}
	w.closed = true
	return w.head, nil
}

// write puts whole lines into the file. What a failed Sync has left on disk
// nobody knows, so only what was synced before counts then.
func (w *Writer) write(lines []byte) error {
	n, err := w.w.Write(lines)
	n = max(0, min(n, len(lines)))
	if err == nil && n < len(lines) {
		err = io.ErrShortWrite
	}
	if err != nil {
		w.failed = &WriteError{Line: w.lines + bytes.Count(lines[:n], []byte("\n")), Err: err}
		return w.failed
	}
	if s, ok := w.w.(interface{ Sync() error }); ok {
		if err := s.Sync(); err != nil {
			w.failed = &WriteError{Line: w.lines, Err: err}
			return w.failed
		}
	}
	w.lines += bytes.Count(lines, []byte("\n"))
	w.bytes += int64(len(lines))
	return nil
}
