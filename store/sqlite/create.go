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
	d.kept = keptRow{entry: d.entry}
	return s.ask(ctx, &request{
		do: func(c *conn) error { return d.kept.insert(c, d.id, string(line)) },
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
