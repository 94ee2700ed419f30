package server

import (
	"bytes"
	"compress/flate"
	"runtime"
	"sync"
)

// A stream that never ends can still be packed, and packed once for all its
// readers: each region is deflated by itself, referring to nothing before it,
// and what differs from reader to reader goes between them as it is. A gzip
// header before, and any browser reads the whole as one file.
const gzipHeader = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"

// frame is one message of a stream, as it goes over the wire.
type frame struct {
	out    []byte
	plain  []byte // to be written before what comes next
	packed bool
}

// frames are shared by all streams: each needs one for a moment only.
var frames = sync.Pool{New: func() any { return new(frame) }}

func newFrame(packed bool) *frame {
	f := frames.Get().(*frame)
	f.out, f.plain, f.packed = f.out[:0], f.plain[:0], packed
	return f
}

func (f *frame) release() { frames.Put(f) }

// add takes a region's text, packed where the reader can unpack.
func (f *frame) add(r *region) {
	if !f.packed {
		f.plain = append(f.plain, r.json...)
		return
	}
	f.store()
	f.out = append(f.out, r.deflated()...)
}

// text is a message without regions.
func (f *frame) text(words string) []byte {
	f.plain = append(f.plain, words...)
	return f.bytes()
}

// store writes the plain bytes as deflate's stored blocks.
func (f *frame) store() {
	for rest := f.plain; len(rest) > 0; {
		n := min(len(rest), 1<<16-1)
		f.out = append(f.out, 0, byte(n), byte(n>>8), ^byte(n), ^byte(n>>8))
		f.out = append(f.out, rest[:n]...)
		rest = rest[n:]
	}
	f.plain = f.plain[:0]
}

// bytes is the message whole.
func (f *frame) bytes() []byte {
	if !f.packed {
		return f.plain
	}
	f.store()
	return f.out
}

// deflaters are kept for good, as many as work at once: each holds some
// hundred kilobytes, and a pool would have them made anew for every inject.
var deflaters = make(chan *flate.Writer, runtime.GOMAXPROCS(0))

// deflate packs a text so that it ends with a whole byte.
func deflate(text []byte) []byte {
	var w *flate.Writer
	select {
	case w = <-deflaters:
	default:
		w, _ = flate.NewWriter(nil, flate.BestSpeed) // a region is too short for more to gain
	}
	var out bytes.Buffer
	w.Reset(&out)
	_, _ = w.Write(text) // memory takes everything
	_ = w.Flush()
	select {
	case deflaters <- w:
	default:
	}
	return out.Bytes()
}
