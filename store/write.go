package store

import (
	"bytes"
	"io"

	"saban/engine"
)

// Writer appends to a drill file. It encodes each event once.
type Writer struct {
	Limits Limits // set before the first Append; zero = the caps of Read

	w      io.Writer
	sealer Sealer
	tail   Tail
	lines  int // whole lines in the file
	batch  []byte
	failed error
}

// NewWriter writes the header and, when w has a Sync method, syncs it.
// A format of 0 and an absent sha256 are filled in.
func NewWriter(w io.Writer, h Header) (*Writer, error) {
	out := &Writer{w: w}
	line, tail, err := out.sealer.Header(nil, h)
	if err != nil {
		return nil, err
	}
	if err := out.write(line, tail); err != nil {
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
	return &Writer{w: w, lines: f.Lines, tail: Tail{Events: int64(len(f.Events)), Bytes: f.Whole, Head: f.Head}}, nil
}

// Append writes events as whole lines, all in one Write, and syncs them.
// Their Seq must go on where the file stands. On an error nothing may be
// published: after an *UnfitError nothing was written, after a *WriteError the
// writer is of no more use.
func (w *Writer) Append(events []engine.Event) error {
	if w.failed != nil {
		return w.failed
	}
	w.sealer.Limits = w.Limits
	batch, tail, err := w.sealer.Events(w.batch[:0], w.tail, events)
	if err != nil || len(events) == 0 {
		return err
	}
	w.batch = batch
	return w.write(batch, tail)
}

// Head is the hash of the last line written, the closed line excepted.
func (w *Writer) Head() string { return w.tail.Head }

// Lines counts the whole lines of the file.
func (w *Writer) Lines() int { return w.lines }

// Close ends the drill: it writes the closed line and gives the head hash, to
// be shown and kept apart from the file. The writer below stays open.
func (w *Writer) Close() (head string, err error) {
	if w.failed != nil {
		return "", w.failed
	}
	line, tail, err := w.sealer.Close(w.batch[:0], w.tail)
	if err != nil {
		return "", err
	}
	return tail.Head, w.write(line, tail)
}

// write puts whole lines into the file. What a failed Sync has left on disk
// nobody knows, so only what was synced before counts then.
func (w *Writer) write(lines []byte, tail Tail) error {
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
	w.tail = tail
	return nil
}
