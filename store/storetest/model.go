package storetest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"testing"

	"pgregory.net/rapid"

	"saban/engine"
	"saban/store"
)

func bytesReader(b []byte) io.Reader { return bytes.NewReader(b) }

// plain is a store nobody could get wrong.
type plain struct {
	logs    map[string][]engine.Event
	closed  map[string]bool
	records map[string]string
}

func (p *plain) append(drill string, events []engine.Event) error {
	log, known := p.logs[drill]
	switch {
	case !known:
		return store.ErrNotFound
	case p.closed[drill]:
		return store.ErrClosed
	case len(events) == 0:
		return nil
	case events[0].Seq != int64(len(log)+1):
		return &store.ConflictError{Last: int64(len(log))}
	}
	for i, e := range events {
		if e.Seq != events[0].Seq+int64(i) {
			return &store.UnfitError{}
		}
	}
	used := map[string]bool{}
	for _, e := range log {
		used[e.Key] = true
	}
	for _, e := range events {
		if e.Key != "" && used[e.Key] {
			return &store.KeyError{}
		}
		used[e.Key] = true
	}
	p.logs[drill] = append(log, events...)
	return nil
}

// kind says which error it is, for errors are not compared by their text.
func kind(err error) string {
	var conflict *store.ConflictError
	var key *store.KeyError
	var unfit *store.UnfitError
	switch {
	case err == nil:
		return "good"
	case errors.Is(err, store.ErrNotFound):
		return "not found"
	case errors.Is(err, store.ErrExists):
		return "exists"
	case errors.Is(err, store.ErrClosed):
		return "closed"
	case errors.As(err, &conflict):
		return "conflict"
	case errors.As(err, &key):
		return "key"
	case errors.As(err, &unfit):
		return "unfit"
	}
	return err.Error()
}

// model holds a store against plain, whatever is asked in whatever order.
func model(t *testing.T, c Config) {
	ctx := context.Background()
	rapid.Check(t, func(rt *rapid.T) {
		s := c.Open(t)
		defer func() { ok(rt, s.Close()) }()
		p := &plain{logs: map[string][]engine.Event{}, closed: map[string]bool{}, records: map[string]string{}}
		drill := rapid.SampledFrom([]string{"a", "b", "ç"})
		id := rapid.SampledFrom([]string{"x", "y"})
		agree := func(got, want error) {
			if kind(got) != kind(want) {
				rt.Fatalf("%v, the model: %v", got, want)
			}
		}
		rt.Repeat(map[string]func(*rapid.T){
			"create": func(rt *rapid.T) {
				d := drill.Draw(rt, "drill")
				var want error
				if _, known := p.logs[d]; known {
					want = store.ErrExists
				} else {
					p.logs[d] = nil
				}
				agree(s.Create(ctx, Header(d)), want)
			},
			"append": func(rt *rapid.T) {
				d := drill.Draw(rt, "drill")
				events := drawEvents(rt, int64(len(p.logs[d])))
				agree(s.Append(ctx, d, events), p.append(d, events))
			},
			"close": func(rt *rapid.T) {
				d := drill.Draw(rt, "drill")
				_, err := s.CloseLog(ctx, d)
				var want error
				if _, known := p.logs[d]; !known {
					want = store.ErrNotFound
				} else {
					p.closed[d] = true
				}
				agree(err, want)
			},
			"put": func(rt *rapid.T) {
				k, value := id.Draw(rt, "id"), rapid.StringN(0, 5, -1).Draw(rt, "value")
				ok(rt, s.Put(ctx, "plan", k, []byte(value)))
				p.records[k] = value
			},
			"delete": func(rt *rapid.T) {
				k := id.Draw(rt, "id")
				ok(rt, s.Put(ctx, "plan", k, nil))
				delete(p.records, k)
			},
			"reopen": func(rt *rapid.T) {
				if c.Reopen != nil && rapid.IntRange(0, 9).Draw(rt, "dice") == 0 {
					s = c.Reopen(t, s)
				}
			},
			"": func(rt *rapid.T) { p.compare(rt, s) },
		})
	})
}

func drawEvents(rt *rapid.T, last int64) []engine.Event {
	from := last
	if rapid.IntRange(0, 4).Draw(rt, "miss") == 0 {
		from = rapid.Int64Range(0, last+2).Draw(rt, "from")
	}
	events := Events(from, rapid.IntRange(0, 4).Draw(rt, "n"))
	for i := range events {
		if rapid.IntRange(0, 5).Draw(rt, "reuse") == 0 {
			events[i].Key = rapid.SampledFrom([]string{"", "k1", "k2", "kx"}).Draw(rt, "key")
		}
		if rapid.IntRange(0, 19).Draw(rt, "skip") == 0 {
			events[i].Seq++
		}
	}
	return events
}

func (p *plain) compare(rt *rapid.T, s store.Store) {
	ctx := context.Background()
	list, err := s.Drills(ctx)
	ok(rt, err)
	same(rt, "drills", len(list), len(p.logs))
	for drill, log := range p.logs {
		got, err := s.Events(ctx, drill, 0)
		ok(rt, err)
		same(rt, "how many", len(got), len(log))
		for i := range log {
			same(rt, "event", got[i], log[i])
		}
	}
	for _, id := range []string{"x", "y"} {
		want, kept := p.records[id]
		v, err := s.Get(ctx, "plan", id)
		if kept != (err == nil) || string(v) != want {
			rt.Fatalf("record %s: %q, %v; want %q", id, v, err, want)
		}
	}
}
