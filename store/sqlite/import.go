package sqlite

import (
	"context"
	"errors"
	"io"
	"strings"

	"saban/store"
)

// Import implements store.Store.
func (s *Store) Import(ctx context.Context, r io.Reader) (store.Entry, error) {
	in, err := store.ReadImport(r)
	if err != nil {
		return store.Entry{}, err
	}
	if e, err := s.imported(ctx, in); !errors.Is(err, store.ErrNotFound) {
		return e, err
	}
	e := listed(in.Name, &in.Header, in.Tail)
	e.Last, e.Recorded, e.Imported = in.Last, in.Recorded, true
	d := s.newDrill(e, in.Tail)
	if err := s.bring(ctx, d, in); err != nil {
		_ = s.ask(context.WithoutCancel(ctx), &request{do: func(c *conn) error { return forget(c, d.id) }}) // else at the next start
		if errors.Is(err, store.ErrExists) {                                                                // somebody else brought the same file meanwhile
			return s.imported(ctx, in)
		}
		return store.Entry{}, err
	}
	return e, nil
}

// bring writes the chunks first and the drill last: until then nobody sees
// them, and a long file does not keep others waiting.
func (s *Store) bring(ctx context.Context, d *drill, in *store.Imported) error {
	header, chunks, closed := pieces(in)
	d.closed = closed
	d.kept = keptRow{entry: d.entry, closed: closed}
	d.kept.entry.Bytes -= int64(len(closed))
	err := s.ask(ctx, &request{do: func(c *conn) error { return c.exec("INSERT INTO arriving (drill) VALUES (?)", d.id) }})
	if err != nil {
		return err
	}
	for _, p := range chunks {
		err := s.ask(ctx, &request{do: func(c *conn) error {
			return c.exec("INSERT INTO chunk (drill, last, lines) VALUES (?, ?, ?)", d.id, p.last, p.lines)
		}})
		if err != nil {
			return err
		}
	}
	return s.ask(ctx, &request{
		do: func(c *conn) error {
			if err := d.kept.insert(c, d.id, header); err != nil {
				return err
			}
			return c.exec("DELETE FROM arriving WHERE drill = ?", d.id)
		},
		after: func(err error) {
			if err == nil {
				s.enter(d)
			}
		},
	})
}

// forget takes away what a broken off import has left; a drill that arrived
// after all is not touched.
func forget(c *conn, id int64) error {
	err := c.exec("DELETE FROM chunk WHERE drill = (SELECT drill FROM arriving WHERE drill = ?)", id)
	if err != nil {
		return err
	}
	return c.exec("DELETE FROM arriving WHERE drill = ?", id)
}

// imported gives the entry that holds the very same bytes. ErrNotFound when
// none does, ErrExists when the name is taken by others.
func (s *Store) imported(ctx context.Context, in *store.Imported) (store.Entry, error) {
	for _, name := range []string{in.Name, in.Header.Drill} {
		// The chain covers every byte: the same head over as many events is
		// the same file.
		_, e, err := s.find(ctx, name)
		if err == nil && e.Head == in.Tail.Head && e.Events == in.Tail.Events && e.Closed == in.Tail.Closed {
			return e, nil
		}
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return store.Entry{}, err
		}
		if err == nil && name == in.Name {
			return store.Entry{}, store.ErrExists
		}
	}
	return store.Entry{}, store.ErrNotFound
}

type piece struct {
	last  int64
	lines string
}

// pieces cuts a drill file into its header, chunks of a good size and its
// closed line.
func pieces(in *store.Imported) (header string, chunks []piece, closed string) {
	const size = 256 << 10
	file := string(in.File)
	header = file[:in.Ends[0]]
	from := in.Ends[0]
	for i := int64(1); i <= in.Tail.Events; i++ {
		if end := in.Ends[i]; end-from >= size || i == in.Tail.Events {
			chunks = append(chunks, piece{last: i, lines: file[from:end]})
			from = end
		}
	}
	return header, chunks, strings.Clone(file[from:])
}
