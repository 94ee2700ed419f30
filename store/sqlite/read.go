package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io"
	"strings"

	"saban/engine"
	"saban/store"
)

// cursor reads the lines of a drill from seq next up to seq until, a chunk at
// a time: a slow reader of a long log keeps no transaction open.
type cursor struct {
	s           *Store
	ctx         context.Context
	d           *drill
	next, until int64
	rest        []byte
}

// missing says that lines which were acknowledged are not there.
func missing(drill string) error {
	return &store.DamageError{Drill: drill, What: engine.Both("thiếu dòng", "lines are missing")}
}

// Read implements io.Reader.
func (c *cursor) Read(p []byte) (int, error) {
	for len(c.rest) == 0 {
		if c.next > c.until {
			return 0, io.EOF
		}
		if err := c.fetch(); err != nil {
			return 0, err
		}
	}
	n := copy(p, c.rest)
	c.rest = c.rest[n:]
	return n, nil
}

// line takes one whole line.
func (c *cursor) line() ([]byte, error) {
	if len(c.rest) == 0 {
		if err := c.fetch(); err != nil {
			return nil, err
		}
	}
	end := bytes.IndexByte(c.rest, '\n') + 1
	line := c.rest[:end]
	c.rest = c.rest[end:]
	return line, nil
}

func (c *cursor) fetch() error {
	// Between the two questions the lines may be packed, so they are asked
	// again before lines count as missing.
	for range 3 {
		for _, ask := range []func() error{c.fetchPacked, c.fetchRecent} {
			if err := ask(); err != nil || len(c.rest) > 0 {
				return err
			}
		}
	}
	return missing(c.d.entry.Drill)
}

func (c *cursor) fetchPacked() error {
	var last int64
	var lines []byte
	err := c.s.read.QueryRowContext(c.ctx, "SELECT last, lines FROM chunk WHERE drill = $1 AND last >= $2 ORDER BY last LIMIT 1", c.d.id, c.next).Scan(&last, &lines)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	first := last - int64(bytes.Count(lines, []byte("\n"))) + 1
	if c.next < first || !bytes.HasSuffix(lines, []byte("\n")) {
		return missing(c.d.entry.Drill)
	}
	for ; first < c.next; first++ {
		lines = lines[bytes.IndexByte(lines, '\n')+1:]
	}
	if last > c.until {
		end := 0
		for range c.until - c.next + 1 {
			end += bytes.IndexByte(lines[end:], '\n') + 1
		}
		lines, last = lines[:end], c.until
	}
	c.rest, c.next = lines, last+1
	return nil
}

func (c *cursor) fetchRecent() error {
	rows, err := c.s.read.QueryContext(c.ctx, "SELECT seq, line FROM recent WHERE drill = $1 AND seq BETWEEN $2 AND $3 ORDER BY seq LIMIT 2000", c.d.id, c.next, c.until)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var seq int64
		var line sql.RawBytes
		if err := rows.Scan(&seq, &line); err != nil {
			return err
		}
		if seq != c.next || !bytes.HasSuffix(line, []byte("\n")) {
			return missing(c.d.entry.Drill)
		}
		c.rest = append(c.rest, line...)
		c.next++
	}
	return rows.Err()
}

// Events implements store.Store.
func (s *Store) Events(ctx context.Context, name string, after int64) ([]engine.Event, error) {
	d, e, err := s.find(ctx, name)
	if err != nil {
		return nil, err
	}
	if after = max(after, 0); after >= e.Events {
		return nil, d.damage
	}
	return s.events(ctx, d, e, after)
}

// events reads and checks the lines behind after, up to where e stands.
func (s *Store) events(ctx context.Context, d *drill, e store.Entry, after int64) ([]engine.Event, error) {
	if d.damage != nil {
		return nil, d.damage
	}
	c := &cursor{s: s, ctx: ctx, d: d, next: max(after, 1), until: e.Events}
	var before []byte // the line they follow
	var err error
	if after == 0 {
		before, err = s.headerLine(ctx, d)
	} else {
		before, err = c.line()
	}
	if err != nil {
		return nil, readFault(e.Drill, err)
	}
	rd := store.NewReaderAfter(c, store.Tail{Events: after, Head: store.HashOf(before)}, store.Limits{})
	events, err := rd.Rest()
	if err == nil && (rd.Tail().Events != e.Events || rd.Head() != e.Head) {
		err = missing(e.Drill)
	}
	if err != nil {
		return nil, readFault(e.Drill, err)
	}
	return events, nil
}

// Export implements store.Store. What it writes is checked on the way.
func (s *Store) Export(ctx context.Context, name string, w io.Writer) error {
	d, e, err := s.find(ctx, name)
	if err != nil {
		return err
	}
	if d.damage != nil {
		return d.damage
	}
	header, err := s.headerLine(ctx, d)
	if err != nil {
		return readFault(name, err)
	}
	closed := ""
	if e.Closed {
		s.mu.Lock()
		closed = d.closed
		s.mu.Unlock()
	}
	lines := io.MultiReader(bytes.NewReader(header), &cursor{s: s, ctx: ctx, d: d, next: 1, until: e.Events}, strings.NewReader(closed))
	rd, err := store.NewReader(io.TeeReader(lines, w), store.Limits{})
	for err == nil {
		var event engine.Event
		err = rd.Next(&event)
	}
	if errors.Is(err, io.EOF) {
		if err = nil; rd.Head() != e.Head {
			err = missing(name)
		}
	}
	return readFault(name, err)
}
