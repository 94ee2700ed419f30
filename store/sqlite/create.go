package sqlite

import (
	"context"
	"errors"
	"time"

	"saban/store"
)

// Create implements store.Store.
func (s *Store) Create(ctx context.Context, h store.Header) error {
	if err := store.CheckName(h.Drill); err != nil {
		return err
	}
	switch _, _, err := s.find(ctx, h.Drill); {
	case err == nil:
		return store.ErrExists
	case !errors.Is(err, store.ErrNotFound):
		return err
	}
	var sealer store.Sealer
	line, tail, err := sealer.Header(nil, h)
	if err != nil {
		return err
	}
	d := s.newDrill(listed(h.Drill, &h, tail), tail)
	return s.ask(ctx, &request{
		do: func(c *conn) error { return insertDrill(c, d, string(line), nil) },
		after: func(err error) {
			if err == nil {
				s.enter(d)
			}
		},
	})
}

// listed is the entry of a drill that begins now.
func listed(name string, h *store.Header, tail store.Tail) store.Entry {
	e := store.Entry{
		Drill: name, Created: time.Now().UnixMilli(), Scenario: h.Scenario.Name,
		Events: tail.Events, Bytes: tail.Bytes, Head: tail.Head, Closed: tail.Closed,
	}
	if h.Site != nil {
		e.Site = h.Site.Name
	}
	return e
}

func insertDrill(c *conn, d *drill, header string, closed any) error {
	e := &d.entry
	imported := int64(0)
	if e.Imported {
		imported = 1
	}
	return c.exec(`INSERT INTO drill (id, name, created, imported, scenario, site, header, closed, events, bytes, head, last, recorded)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		d.id, e.Drill, e.Created, imported, e.Scenario, e.Site, header, closed, e.Events, d.packed, e.Head, string(e.Last), e.Recorded)
}
