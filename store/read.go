package store

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"saban/engine"
)

// DrillFile is a drill file in memory.
type DrillFile struct {
	Header Header
	Events []engine.Event
	Closed bool
	Head   string // hash of the last line, the closed line excepted
	Lines  int    // whole lines, header and closed line included
	Whole  int64  // bytes of those lines
}

// Reader takes a drill file apart line by line and checks each: hash, exact
// form, order. Read keeps the events; a Reader leaves that to its user.
type Reader struct {
	limits Limits
	in     *bufio.Reader
	header Header
	chain  chain
	head   string
	lines  int
	events int
	whole  int64
	last   int64 // bytes of the last line accepted
	closed bool
	err    error // what Next gives from now on
	buf    []byte

	decoder *engine.Decoder
}

// NewReader reads and checks the header. Its error is a *Problem, or what r
// failed with.
func NewReader(r io.Reader, limits Limits) (*Reader, error) {
	rd := newReader(r, limits)
	line, err := rd.line(rd.limits.Header)
	if errors.Is(err, io.EOF) {
		p := problem(1, "tệp rỗng", "the file is empty")
		p.Torn = true
		err = p
	}
	if err != nil {
		return rd, err
	}
	if err := rd.readHeader(line); err != nil {
		return rd, err
	}
	return rd, nil
}

func newReader(r io.Reader, limits Limits) *Reader {
	limits = limits.filled()
	return &Reader{limits: limits, in: bufio.NewReaderSize(r, limits.Line+1), decoder: engine.NewDecoder()}
}

func (r *Reader) readHeader(line []byte) error {
	body, hash, ok := split(line)
	if !ok {
		return unhashed(1, line)
	}
	if string(r.chain.next(nil, body)) != string(hash) {
		return problem(1, "dòng đầu không khớp mã băm của nó: đã bị sửa", "the header does not match its hash: it was altered")
	}
	r.buf = append(append(r.buf[:0], body...), '}')
	exact, err := r.header.read(r.buf)
	if err != nil {
		return problem(1, "không phải dòng đầu của tệp buổi diễn tập: %v", "not the header of a drill file: %v", err)
	}
	if text := r.header.fault(); !text.Empty() {
		return &Problem{Line: 1, Text: text}
	}
	if !exact {
		return inexact(1)
	}
	r.accept(line, hash)
	return nil
}

// Next reads the next event into e. It gives io.EOF after the last one, of a
// closed drill or not; a *Problem where the file is damaged.
func (r *Reader) Next(e *engine.Event) error {
	if r.err == nil {
		r.err = r.next(e)
	}
	return r.err
}

func (r *Reader) next(e *engine.Event) error {
	line, err := r.line(r.limits.Line)
	if err != nil {
		return err
	}
	number := r.lines + 1
	if r.closed {
		return problem(number, "còn dòng sau dòng kết thúc", "there is a line after the closed line")
	}
	body, hash, ok := split(line)
	if !ok {
		return unhashed(number, line)
	}
	if string(r.chain.next(r.chain.prev, body)) != string(hash) {
		return r.diagnose(number, body, hash)
	}
	r.buf = append(append(r.buf[:0], body...), '}')
	if bytes.HasPrefix(body, []byte(closedPrefix)) {
		return r.readClosed(number, line, hash)
	}
	if r.events == r.limits.Events {
		return problem(number, "quá %d sự kiện", "more than %d events", r.limits.Events)
	}
	if err := r.decoder.Decode(r.buf, e); err != nil {
		return problem(number, "không phải sự kiện: %v", "not an event: %v", err)
	}
	if e.Seq != int64(r.events+1) {
		return problem(number, "số thứ tự %d, phải là %d", "seq %d, it should be %d", e.Seq, r.events+1)
	}
	// What was hashed is what AppendJSON writes: the object is written again
	// behind the one that was read.
	r.buf = e.AppendJSON(r.buf)
	if size := len(body) + 1; !bytes.Equal(r.buf[:size], r.buf[size:]) {
		return inexact(number)
	}
	r.events++
	r.accept(line, hash)
	return nil
}

func (r *Reader) accept(line, hash []byte) {
	r.chain.take(hash)
	r.lines++
	r.last = int64(len(line)) + 1
	r.whole += r.last
}

func (r *Reader) readClosed(number int, line, hash []byte) error {
	var c closing
	if err := decode(r.buf, &c); err != nil {
		return problem(number, "không phải dòng kết thúc: %v", "not a closed line: %v", err)
	}
	if !bytes.Equal(encode(c), r.buf) {
		return inexact(number)
	}
	if c.Count != r.events {
		return problem(number, "dòng kết thúc ghi %d sự kiện, tệp có %d", "the closed line counts %d events, the file has %d", c.Count, r.events)
	}
	if c.Head != string(r.chain.prev) {
		return problem(number, "mã đầu chuỗi trong dòng kết thúc khác mã băm của dòng trên nó", "the head in the closed line is not the hash of the line before it")
	}
	r.head, r.closed = c.Head, true
	r.accept(line, hash)
	return r.next(nil) // nothing may follow
}

// line gives the next line without its newline, valid until the next call;
// io.EOF at a clean end.
func (r *Reader) line(most int) ([]byte, error) {
	number := r.lines + 1
	line, err := r.in.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) && most > len(line) {
		long := bytes.Clone(line)
		for errors.Is(err, bufio.ErrBufferFull) && len(long) <= most {
			line, err = r.in.ReadSlice('\n')
			long = append(long, line...)
		}
		line = long
	}
	size := len(bytes.TrimSuffix(line, []byte("\n")))
	switch {
	case err == io.EOF && len(line) == 0:
		return nil, io.EOF
	case size > most || errors.Is(err, bufio.ErrBufferFull):
		return nil, problem(number, "dài quá %d byte", "longer than %d bytes", most)
	case r.whole+int64(len(line)) > r.limits.Bytes:
		return nil, problem(number, "tệp dài quá %d byte", "the file is longer than %d bytes", r.limits.Bytes)
	case err == io.EOF && r.closed:
		return nil, problem(number, "còn chữ sau dòng kết thúc", "there is text after the closed line")
	case err == io.EOF:
		p := problem(number, "dòng bị cắt ngang, không có dấu xuống dòng", "the line is cut short, it does not end in a newline")
		p.Torn = true
		return nil, p
	case err != nil:
		return nil, err
	}
	return line[:size], nil
}

// Header is line 1.
func (r *Reader) Header() Header { return r.header }

// Head is the hash of the last line read, the closed line excepted.
func (r *Reader) Head() string {
	if r.closed {
		return r.head
	}
	return string(r.chain.prev)
}

// Closed reports whether the closed line was read: the drill is over.
func (r *Reader) Closed() bool { return r.closed }

// Read reads a drill file whole. With an error, a *Problem or what r failed
// with, the DrillFile holds everything before the place.
func Read(r io.Reader, limits Limits) (*DrillFile, error) {
	var f DrillFile
	rd, err := NewReader(r, limits)
	f.Header = rd.header
	if err == nil {
		f.Events, err = rd.Rest()
	}
	f.Events = f.Events[:rd.events]
	f.Closed, f.Head, f.Lines, f.Whole = rd.closed, rd.Head(), rd.lines, rd.whole
	return &f, err
}

// Resume reads a drill that was interrupted. A line the crash has torn is
// left out: cut the file at offset and hand it to Continue. A drill that is
// over gives ErrClosed, other damage a *Problem.
func Resume(r io.Reader, limits Limits) (f *DrillFile, offset int64, err error) {
	f, err = Read(r, limits)
	var p *Problem
	if errors.As(err, &p) && p.Torn && f.Lines > 0 {
		err = nil
	}
	if err == nil && f.Closed {
		err = ErrClosed
	}
	return f, f.Whole, err
}
