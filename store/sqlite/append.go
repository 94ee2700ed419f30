package sqlite

import (
	"bytes"
	"context"

	"saban/engine"
	"saban/store"
)

// row is one line on its way into the table of recent ones.
type row struct {
	drill *drill
	seq   int64
	key   string
	line  string
}

// take waits for the drill's turn: events of one drill are sealed one behind
// the other.
func (d *drill) take(ctx context.Context) error {
	select {
	case d.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (d *drill) give() { <-d.turn }

// Append implements store.Store.
func (s *Store) Append(ctx context.Context, name string, events []engine.Event) error {
	d, _, err := s.find(ctx, name)
	if err != nil {
		return err
	}
	if err := d.take(ctx); err != nil {
		return err
	}
	r, err := s.sealed(ctx, d, events)
	if err == nil && r != nil {
		err = s.hand(ctx, r)
	}
	if err != nil || r == nil {
		d.give()
		return err
	}
	return r.wait(ctx)
}

// sealed turns events into a request, or refuses them. It gives none for no
// events.
func (s *Store) sealed(ctx context.Context, d *drill, events []engine.Event) (*request, error) {
	switch {
	case d.entry.Imported:
		return nil, store.ErrReadOnly
	case d.tail.Closed:
		return nil, store.ErrClosed
	case len(events) == 0:
		return nil, nil
	}
	if err := s.known(ctx, d); err != nil {
		return nil, err
	}
	if events[0].Seq != d.tail.Events+1 {
		return nil, &store.ConflictError{Last: d.tail.Events}
	}
	lines, tail, err := d.sealer.Events(nil, d.tail, events)
	if err != nil {
		return nil, err
	}
	if err := store.FreshKeys(d.keys, events); err != nil {
		return nil, err
	}
	r := &request{rows: make([]row, len(events))}
	for i := range events {
		end := bytes.IndexByte(lines, '\n') + 1
		r.rows[i] = row{drill: d, seq: events[i].Seq, key: events[i].Key, line: string(lines[:end])}
		lines = lines[end:]
	}
	last := events[len(events)-1]
	r.after = func(err error) {
		if err == nil {
			for i := range r.rows {
				if key := r.rows[i].key; key != "" {
					d.keys[key] = r.rows[i].seq
				}
			}
			d.tail = tail
			s.publish(d, &last)
		}
		d.give()
	}
	return r, nil
}

// known reads the log once after a start: it has to be whole up to where the
// next line goes, and it says which keys are used.
func (s *Store) known(ctx context.Context, d *drill) error {
	if d.keys != nil {
		return nil
	}
	log, err := s.events(ctx, d, d.entry, 0)
	if err != nil {
		return err
	}
	d.keys = map[string]int64{}
	for i := range log {
		if key := log[i].Key; key != "" {
			d.keys[key] = log[i].Seq
		}
	}
	return nil
}

// Rows go in together: it halves the time. OR ROLLBACK saves SQLite a copy of
// what each statement changes.
const maxRows = 24

var insertRows = func() (queries [maxRows]string) {
	query := "INSERT OR ROLLBACK INTO recent (drill, seq, key, line) VALUES (?, ?, ?, ?)"
	for i := range queries {
		queries[i] = query
		query += ", (?, ?, ?, ?)"
	}
	return queries
}()

// insert writes the rows of a batch.
func (w *writer) insert() error {
	rows := w.rows
	for len(rows) > 0 {
		n := min(len(rows), maxRows)
		w.args = w.args[:0]
		for i := range rows[:n] {
			r := &rows[i]
			if r.key == "" {
				w.args = named(w.args, r.drill.id, r.seq, nil, r.line)
			} else {
				w.args = named(w.args, r.drill.id, r.seq, r.key, r.line)
			}
		}
		if err := w.strict.execNamed(insertRows[n-1], w.args); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// CloseLog implements store.Store.
func (s *Store) CloseLog(ctx context.Context, name string) (head string, err error) {
	d, _, err := s.find(ctx, name)
	if err != nil {
		return "", err
	}
	if err := d.take(ctx); err != nil {
		return "", err
	}
	r, err := s.ending(ctx, d)
	if err == nil && r != nil {
		err = s.hand(ctx, r)
	}
	if err != nil || r == nil {
		head = d.tail.Head
		d.give()
		return head, err
	}
	if err := r.wait(ctx); err != nil {
		return "", err
	}
	_, e, err := s.find(ctx, name)
	return e.Head, err
}

func (s *Store) ending(ctx context.Context, d *drill) (*request, error) {
	switch {
	case d.entry.Imported:
		return nil, store.ErrReadOnly
	case d.tail.Closed:
		return nil, nil
	}
	if err := s.known(ctx, d); err != nil {
		return nil, err
	}
	line, tail, err := d.sealer.Close(nil, d.tail)
	if err != nil {
		return nil, err
	}
	var next keptRow
	return &request{
		do: func(c *conn) error { // lines may have been packed meanwhile
			next = d.kept
			next.closed = string(line)
			return next.update(c, d.id)
		},
		after: func(err error) {
			if err == nil {
				d.kept, d.tail = next, tail
				s.mu.Lock()
				d.closed = next.closed
				s.mu.Unlock()
				s.publish(d, nil)
			}
			d.give()
		},
	}, nil
}
