package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"saban/engine"
	"saban/store"
)

// concurrent lets many drills go on at once, each with three writers that
// race for the next Seq.
func concurrent(t *testing.T, c Config) {
	const drills, writers, each = 16, 3, 12
	ctx := context.Background()
	s := c.Open(t)
	var wg sync.WaitGroup
	acknowledged := make([][]string, drills)
	var mu sync.Mutex
	for d := range drills {
		drill := fmt.Sprint("drill-", d)
		ok(t, s.Create(ctx, Header(drill)))
		for w := range writers {
			wg.Go(func() {
				for i := range each {
					key := fmt.Sprintf("%d-%d", w, i)
					if !race(t, s, drill, key) {
						return
					}
					mu.Lock()
					acknowledged[d] = append(acknowledged[d], key)
					mu.Unlock()
				}
			})
		}
	}
	wg.Wait()
	for d := range drills {
		log, err := s.Events(ctx, fmt.Sprint("drill-", d), 0)
		ok(t, err)
		var kept []string
		for i, e := range log {
			same(t, "seq", e.Seq, int64(i+1))
			kept = append(kept, e.Key)
		}
		slices.Sort(kept)
		slices.Sort(acknowledged[d])
		same(t, "what was acknowledged", kept, acknowledged[d])
		same(t, "how many", len(kept), writers*each)
	}
}

// race appends one event, as often as somebody else was first.
func race(t *testing.T, s store.Store, drill, key string) bool {
	ctx := context.Background()
	var last int64
	for {
		e := Event(last + 1)
		e.Key = key
		err := s.Append(ctx, drill, []engine.Event{e})
		if err == nil {
			return true
		}
		var conflict *store.ConflictError
		if !errors.As(err, &conflict) || conflict.Last < last {
			t.Errorf("%s: %v after %d", drill, err, last)
			return false
		}
		last = conflict.Last
	}
}

// twins lets drills of one name begin at once while others go on: one of them
// is, the rest are refused, and nobody is taken along.
func twins(t *testing.T, c Config) {
	const drills, events, names, each = 16, 40, 10, 8
	ctx := context.Background()
	s := c.Open(t)
	var wg sync.WaitGroup
	for d := range drills {
		drill := fmt.Sprint("drill-", d)
		ok(t, s.Create(ctx, Header(drill)))
		wg.Go(func() {
			for i := range int64(events) {
				if err := s.Append(ctx, drill, Events(i, 1)); err != nil {
					t.Errorf("%s: %v", drill, err)
					return
				}
			}
		})
	}
	for n := range names {
		name := fmt.Sprint("twin-", n)
		errs := make([]error, each)
		var born sync.WaitGroup
		for i := range errs {
			born.Go(func() { errs[i] = s.Create(ctx, Header(name)) })
		}
		born.Wait()
		refused := 0
		for _, err := range errs {
			if errors.Is(err, store.ErrExists) {
				refused++
			} else if err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		same(t, "refused "+name, refused, each-1)
	}
	wg.Wait()
	for d := range drills {
		whole(t, s, fmt.Sprint("drill-", d), Events(0, events), false)
	}
	for n := range names {
		whole(t, s, fmt.Sprint("twin-", n), nil, false)
	}
}

// readers see a whole log at every moment, and never less than before.
func readers(t *testing.T, c Config) {
	const total = 300
	ctx := context.Background()
	s := c.Open(t)
	ok(t, s.Create(ctx, Header("one")))
	var wg sync.WaitGroup
	for r := range 4 {
		wg.Go(func() {
			var seen int64
			for seen < total {
				events, err := s.Events(ctx, "one", seen)
				if err != nil {
					t.Error(err)
					return
				}
				for i := range events {
					if events[i].Seq != seen+1 {
						t.Errorf("reader %d: %d after %d", r, events[i].Seq, seen)
						return
					}
					seen++
				}
				if list, err := s.Drills(ctx); err != nil || list[0].Events < seen {
					t.Errorf("reader %d: listed %+v, %v with %d seen", r, list, err, seen)
					return
				}
			}
		})
	}
	for seq := int64(0); seq < total; seq += 3 {
		if err := s.Append(ctx, "one", Events(seq, 3)); err != nil {
			t.Fatal(err)
		}
	}
	wg.Wait()
}

func contexts(t *testing.T, c Config) {
	ctx := context.Background()
	s := c.Open(t)
	ok(t, s.Create(ctx, Header("one")))
	ended, cancel := context.WithCancel(ctx)
	cancel()
	_, headerErr := s.Header(ended, "one")
	_, eventsErr := s.Events(ended, "one", 0)
	_, listErr := s.Drills(ended)
	_, getErr := s.Get(ended, "plan", "a")
	_, recordsErr := s.Records(ended, "plan")
	for name, err := range map[string]error{
		"Header": headerErr, "Events": eventsErr, "Drills": listErr, "Get": getErr, "Records": recordsErr,
		"Create": s.Create(ended, Header("two")), "Append": s.Append(ended, "one", Events(0, 1)), "Put": s.Put(ended, "plan", "a", []byte("1")),
	} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// A call that is given up while it waits may count all the same, but
	// never in part, and the store goes on.
	var next int64
	for i := range 60 {
		soon, cancel := context.WithTimeout(ctx, time.Duration(i*20)*time.Microsecond)
		err := s.Append(soon, "one", Events(next, 3))
		cancel()
		if err != nil && !errors.Is(err, context.DeadlineExceeded) {
			t.Fatal(err)
		}
		next = settled(t, s, "one", next, err == nil)
	}
	ok(t, s.Append(ctx, "one", Events(next, 3)))
	whole(t, s, "one", Events(0, int(next)+3), false)
}

// settled gives how far the log has come once a given up Append is through.
func settled(t *testing.T, s store.Store, drill string, before int64, acknowledged bool) int64 {
	t.Helper()
	ok(t, s.Put(context.Background(), "barrier", "x", []byte("x"))) // queued behind it
	n := entry(t, s, drill).Events
	if n != before+3 && (acknowledged || n != before) {
		t.Fatalf("%d events after %d, acknowledged: %v", n, before, acknowledged)
	}
	return n
}

func closingWhileAppending(t *testing.T, c Config) {
	ctx := context.Background()
	s := c.Open(t)
	const drills = 8
	acknowledged := make([]int64, drills)
	var wg sync.WaitGroup
	started := make(chan struct{}, drills)
	for d := range drills {
		drill := fmt.Sprint("drill-", d)
		ok(t, s.Create(ctx, Header(drill)))
		wg.Go(func() {
			for {
				err := s.Append(ctx, drill, Events(acknowledged[d], 2))
				if errors.Is(err, store.ErrStopped) {
					return
				}
				if err != nil {
					t.Error(err)
					return
				}
				if acknowledged[d] += 2; acknowledged[d] == 10 {
					started <- struct{}{}
				}
			}
		})
	}
	for range drills {
		<-started
	}
	ok(t, s.Close())
	wg.Wait()
	if _, err := s.Drills(ctx); !errors.Is(err, store.ErrStopped) {
		t.Errorf("Drills after Close: %v", err)
	}
	for name, err := range map[string]error{
		"Create": s.Create(ctx, Header("late")), "Put": s.Put(ctx, "a", "b", nil), "Beat": s.Beat(ctx, "drill-1", store.Beat{At: 1}), "Close": ignoreNil(s.Close()),
	} {
		if !errors.Is(err, store.ErrStopped) {
			t.Errorf("%s after Close: %v", name, err)
		}
	}
	if c.Reopen == nil {
		return
	}
	s = c.Reopen(t, s)
	for d := range drills {
		whole(t, s, fmt.Sprint("drill-", d), Events(0, int(acknowledged[d])), false)
	}
}

// closingALongLog closes a log right behind many lines, which a store may
// still be putting in their place.
func closingALongLog(t *testing.T, c Config) {
	const events = 1100
	ctx := context.Background()
	s := c.Open(t)
	ok(t, s.Create(ctx, Header("one")))
	ok(t, s.Append(ctx, "one", Events(0, 5)))
	ok(t, s.Append(ctx, "one", Events(5, events-5)))
	_, err := s.CloseLog(ctx, "one")
	ok(t, err)
	whole(t, s, "one", Events(0, events), true)
	if c.Reopen != nil {
		whole(t, c.Reopen(t, s), "one", Events(0, events), true)
	}
}

// ignoreNil lets a second Close be quiet or refused, as a store likes.
func ignoreNil(err error) error {
	if err == nil {
		return store.ErrStopped
	}
	return err
}

func reopening(t *testing.T, c Config) {
	if c.Reopen == nil {
		return
	}
	ctx := context.Background()
	s := c.Open(t)
	ok(t, s.Create(ctx, Header("open")))
	ok(t, s.Create(ctx, Header("over")))
	file, _ := File(t, Header("far"), Events(0, 40), true)
	far, err := s.Import(ctx, bytesReader(file))
	ok(t, err)
	n := 0
	for round := range 4 {
		for range 3 {
			ok(t, s.Append(ctx, "open", Events(int64(n), 2)))
			n += 2
		}
		ok(t, s.Put(ctx, "name", "p1", []byte(fmt.Sprint("vòng ", round))))
		s = c.Reopen(t, s)
		whole(t, s, "open", Events(0, n), false)
		v, err := s.Get(ctx, "name", "p1")
		ok(t, err)
		same(t, "record", string(v), fmt.Sprint("vòng ", round))
		same(t, "imported", entry(t, s, far.Drill), far)
		if e := is[*store.ConflictError](t, "an old seq", s.Append(ctx, "open", Events(0, 1))); e.Last != int64(n) {
			t.Errorf("%+v", e)
		}
		used := Events(int64(n), 1)
		used[0].Key = "k1"
		fails[*store.KeyError](t, "an old key", s.Append(ctx, "open", used))
	}
	_, err = s.CloseLog(ctx, "over")
	ok(t, err)
	s = c.Reopen(t, s)
	whole(t, s, "over", nil, true)
	if err := s.Append(ctx, far.Drill, Events(40, 1)); !errors.Is(err, store.ErrReadOnly) {
		t.Error(err)
	}
}
