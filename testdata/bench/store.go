package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"saban/engine"
	"saban/store"
	"saban/store/sqlite"
)

// durable measures row 4: what it costs to have an event on disk, alone and
// with 64 drills at once. The yardstick lies on the same disk.
func durable(t *table) error {
	if !t.wants("4") {
		return nil
	}
	dir, err := os.MkdirTemp(".", "bench-") // not in /tmp, which may be memory
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	s, err := sqlite.Open(filepath.Join(dir, "data"))
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	raw, err := os.Create(filepath.Join(dir, "raw"))
	if err != nil {
		return err
	}
	defer raw.Close()
	var drills []*growing
	for i := range 64 {
		d := &growing{store: s, drill: fmt.Sprint("bench-", i)}
		if err := d.begin(); err != nil {
			return err
		}
		drills = append(drills, d)
	}
	if err := onItsOwn(t, drills[0], raw); err != nil {
		return err
	}
	return atOnce(t, drills)
}

// onItsOwn compares what one takes. A round counts as its median: what else
// uses the disk makes some of them wait ten times as long, on either side.
func onItsOwn(t *table, d *growing, raw *os.File) error {
	block := make([]byte, 256)
	res, err := race(4*rounds, 2*span, eachTimed(func() error { return d.append(1) }), eachTimed(func() error {
		if _, err := raw.Write(block); err != nil {
			return err
		}
		return dataSync(raw)
	}))
	if err != nil {
		return err
	}
	t.add(res.row(row{Goal: "4a", Work: "one durable event", Yardstick: "write(256 B) + fdatasync", Limit: 1.2}))
	return nil
}

// eachTimed times every turn and gives the median.
func eachTimed(do func() error) work {
	return func(n int) (float64, error) {
		took := make([]float64, n)
		for i := range took {
			began := time.Now()
			if err := do(); err != nil {
				return 0, err
			}
			took[i] = float64(time.Since(began))
		}
		return median(took), nil
	}
}

// atOnce compares rates: how many events a second reach the disk.
func atOnce(t *table, drills []*growing) error {
	res, err := race(2*rounds, 4*span, timed(drills[0].append), func(n int) (float64, error) {
		each := max(8, n/len(drills))
		errs := make([]error, len(drills))
		began := time.Now()
		var wg sync.WaitGroup
		for i, d := range drills {
			wg.Go(func() { errs[i] = d.append(each) })
		}
		wg.Wait()
		took := time.Since(began)
		for _, err := range errs {
			if err != nil {
				return 0, err
			}
		}
		return float64(took) / float64(each*len(drills)), nil
	})
	if err != nil {
		return err
	}
	t.add(res.row(row{Goal: "4b", Work: "one by one, an event", Yardstick: "64 drills at once, an event", Limit: 15, AtLeast: true}))
	return nil
}

// growing is a drill whose log grows.
type growing struct {
	store store.Store
	drill string
	seq   int64
}

func (g *growing) begin() error {
	return g.store.Create(context.Background(), store.Header{Engine: engine.Version, Drill: g.drill,
		Scenario: store.Pin("bench", []byte("saban: 1\n")), Rubric: store.Pin("default", []byte("rubric: 1\n"))})
}

// append adds n events, each on disk before the next. Their keys are as
// random as those of phones.
func (g *growing) append(n int) error {
	events := make([]engine.Event, 1)
	for range n {
		g.seq++
		at := engine.Millis(g.seq * 1000)
		events[0] = engine.Event{
			Seq: g.seq, Type: engine.Observed, At: at, Recorded: 1_769_846_525_000 + g.seq, Actor: "p3",
			Key:  fmt.Sprintf("%016x", uint64(g.seq)*0x9e3779b97f4a7c15),
			Body: engine.Body{ID: "R07", Role: "guard", Observed: at, Content: engine.Whole},
		}
		if err := g.store.Append(context.Background(), g.drill, events); err != nil {
			return err
		}
	}
	return nil
}
