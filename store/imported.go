package store

import (
	"bytes"
	"errors"
	"io"

	"saban/engine"
)

// Imported is a drill file that was read whole and verified, to be kept as it
// is.
type Imported struct {
	Name     string // ImportName
	Header   Header
	Tail     Tail
	Last     engine.EventType // type of the last event
	Recorded int64            // its wall clock
	File     []byte
	Ends     []int // where each line of File ends, header and closed line included
}

// ReadImport reads a drill file for Import. Its error is a *Problem, or what r
// failed with.
func ReadImport(r io.Reader) (*Imported, error) {
	limits := Limits{}.filled()
	file, err := io.ReadAll(io.LimitReader(r, limits.Bytes+1))
	if err != nil {
		return nil, err
	}
	rd, err := NewReader(bytes.NewReader(file), limits)
	in := &Imported{File: file}
	for err == nil {
		in.Ends = append(in.Ends, int(rd.whole))
		var e engine.Event
		if err = rd.Next(&e); err == nil {
			in.Last, in.Recorded = e.Type, e.Recorded
		}
	}
	if !errors.Is(err, io.EOF) {
		return nil, err
	}
	if rd.closed {
		in.Ends = append(in.Ends, int(rd.whole))
	}
	in.Header, in.Tail, in.Name = rd.header, rd.Tail(), ImportName(rd.header.Drill, file)
	return in, nil
}
