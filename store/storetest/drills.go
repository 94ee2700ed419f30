package storetest

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"saban/engine"
	"saban/store"
)

func asError[E error](err error) (E, bool) {
	var e E
	return e, errors.As(err, &e)
}

func drills(t *testing.T, c Config) {
	ctx := context.Background()
	s := c.Open(t)
	list, err := s.Drills(ctx)
	ok(t, err)
	if len(list) != 0 {
		t.Fatalf("a new store has %v", list)
	}
	before := time.Now().UnixMilli()
	for _, drill := range []string{"b", "c", "a"} {
		ok(t, s.Create(ctx, Header(drill)))
	}
	list, err = s.Drills(ctx)
	ok(t, err)
	var names []string
	for _, e := range list {
		names = append(names, e.Drill)
		if e.Created < before || e.Created > time.Now().UnixMilli() {
			t.Errorf("created %d", e.Created)
		}
	}
	same(t, "newest first", names, []string{"a", "c", "b"})
	if err := s.Create(ctx, Header("b")); !errors.Is(err, store.ErrExists) {
		t.Errorf("created twice: %v", err)
	}
	whole(t, s, "b", nil, false)

	h, err := s.Header(ctx, "c")
	ok(t, err)
	want := Header("c")
	want.Format = store.Format
	same(t, "header", h, want)

	bare := store.Header{Drill: "bare", Scenario: store.Pinned{Name: "x", Bytes: "saban: 1\n"}, Rubric: store.Pinned{Name: "r", Bytes: "rubric: 1\n"}}
	ok(t, s.Create(ctx, bare))
	h, err = s.Header(ctx, "bare")
	ok(t, err)
	if h.Scenario.SHA256 != store.Pin("", []byte("saban: 1\n")).SHA256 || h.Site != nil || entry(t, s, "bare").Site != "" {
		t.Errorf("%+v", h)
	}
	broken := Header("broken")
	broken.Scenario.Bytes += "x"
	fails[*store.UnfitError](t, "bytes that do not match their hash", s.Create(ctx, broken))
	broken = Header("broken")
	broken.Scenario.Bytes = strings.Repeat("x", 9<<20)
	broken.Scenario.SHA256 = ""
	fails[*store.UnfitError](t, "a header over 8 MiB", s.Create(ctx, broken))
	unknown(t, s, "broken")
}

// unknown checks that nothing knows the drill.
func unknown(t testing.TB, s store.Store, drill string) {
	t.Helper()
	ctx := context.Background()
	_, headerErr := s.Header(ctx, drill)
	_, eventsErr := s.Events(ctx, drill, 0)
	_, closeErr := s.CloseLog(ctx, drill)
	_, beatErr := s.LastBeat(ctx, drill)
	for name, err := range map[string]error{
		"Header": headerErr, "Events": eventsErr, "CloseLog": closeErr, "LastBeat": beatErr,
		"Append": s.Append(ctx, drill, Events(0, 1)), "Append nothing": s.Append(ctx, drill, nil),
		"Beat": s.Beat(ctx, drill, store.Beat{At: 1}), "Export": s.Export(ctx, drill, &strings.Builder{}),
	} {
		if !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s of an unknown drill: %v", name, err)
		}
	}
}

func appends(t *testing.T, c Config) {
	ctx := context.Background()
	s := c.Open(t)
	for _, drill := range []string{"one", "other"} {
		ok(t, s.Create(ctx, Header(drill)))
	}
	all := Events(0, 12)
	ok(t, s.Append(ctx, "one", all[:1]))
	ok(t, s.Append(ctx, "one", all[1:5]))
	ok(t, s.Append(ctx, "one", nil))
	for name, batch := range map[string][]engine.Event{
		"again":     all[:1],
		"the last":  all[4:6],
		"a gap":     all[6:7],
		"seq 0":     {{Seq: 0, Type: engine.Noted}},
		"seq below": {{Seq: -5, Type: engine.Noted}},
	} {
		if e := is[*store.ConflictError](t, name, s.Append(ctx, "one", batch)); e.Last != 5 {
			t.Errorf("%s: the last is %d", name, e.Last)
		}
	}
	gap := []engine.Event{all[5], all[7]}
	if e := is[*store.UnfitError](t, "a gap inside", s.Append(ctx, "one", gap)); e.Seq != 8 {
		t.Errorf("a gap inside: %+v", e)
	}
	whole(t, s, "one", all[:5], false)
	ok(t, s.Append(ctx, "one", all[5:]))
	whole(t, s, "one", all, false)
	whole(t, s, "other", nil, false)
	for after := int64(-1); after <= 13; after++ {
		got, err := s.Events(ctx, "one", after)
		ok(t, err)
		want := all[min(max(after, 0), 12):]
		if !slices.EqualFunc(got, want, func(a, b engine.Event) bool { return a.Seq == b.Seq && a.Text == b.Text }) {
			t.Errorf("after %d: %d events", after, len(got))
		}
	}
	all[3].Text = "sửa sau" // what was handed in is not the store's
	got, err := s.Events(ctx, "one", 3)
	ok(t, err)
	got[0].Text = "sửa sau"
	whole(t, s, "one", Events(0, 12), false)
}

func keys(t *testing.T, c Config) {
	ctx := context.Background()
	s := c.Open(t)
	for _, drill := range []string{"one", "other"} {
		ok(t, s.Create(ctx, Header(drill)))
	}
	all := Events(0, 8)
	ok(t, s.Append(ctx, "one", all[:4]))
	used := slices.Clone(all[4:])
	used[1].Key = "k2"
	if e := is[*store.KeyError](t, "a key used before", s.Append(ctx, "one", used)); e.Key != "k2" || e.Seq != 2 {
		t.Errorf("%+v", e)
	}
	used[1].Key, used[3].Key = "new", "new"
	if e := is[*store.KeyError](t, "a key twice at once", s.Append(ctx, "one", used)); e.Key != "new" || e.Seq != 6 {
		t.Errorf("%+v", e)
	}
	whole(t, s, "one", all[:4], false)
	ok(t, s.Append(ctx, "other", all)) // another drill has keys of its own
	ok(t, s.Append(ctx, "one", all[4:]))
	whole(t, s, "one", all, false)
	whole(t, s, "other", all, false)
}

func unfit(t *testing.T, c Config) {
	ctx := context.Background()
	s := c.Open(t)
	ok(t, s.Create(ctx, Header("one")))
	ok(t, s.Append(ctx, "one", Events(0, 2)))
	for name, spoil := range map[string]func(*engine.Event){
		"over 64 KiB":   func(e *engine.Event) { e.Text = strings.Repeat("đ", 40<<10) },
		"key not UTF-8": func(e *engine.Event) { e.Key = "\xc3" },
		"another seq":   func(e *engine.Event) { e.Seq = 4; e.Key = "\xff" },
	} {
		batch := Events(2, 3)
		spoil(&batch[1])
		if e := is[*store.UnfitError](t, name, s.Append(ctx, "one", batch)); e.Seq != 4 || e.Text.VI == "" || e.Text.EN == "" {
			t.Errorf("%s: %+v", name, e)
		}
		whole(t, s, "one", Events(0, 2), false)
	}
	ok(t, s.Append(ctx, "one", Events(2, 3)))
	whole(t, s, "one", Events(0, 5), false)
}

func closing(t *testing.T, c Config) {
	ctx := context.Background()
	s := c.Open(t)
	for _, drill := range []string{"empty", "one"} {
		ok(t, s.Create(ctx, Header(drill)))
	}
	ok(t, s.Append(ctx, "one", Events(0, 3)))
	for drill, n := range map[string]int{"empty": 0, "one": 3} {
		_, want := File(t, Header(drill), Events(0, n), true)
		for range 3 {
			head, err := s.CloseLog(ctx, drill)
			ok(t, err)
			same(t, "head", head, want)
		}
		for _, batch := range [][]engine.Event{Events(int64(n), 1), Events(0, 1), nil} {
			if err := s.Append(ctx, drill, batch); !errors.Is(err, store.ErrClosed) {
				t.Errorf("appended to a closed log: %v", err)
			}
		}
		whole(t, s, drill, Events(0, n), true)
		file := export(t, s, drill)
		if v, err := store.Verify(strings.NewReader(string(file)), want); err != nil || !v.OK() || !v.Closed {
			t.Errorf("%+v, %v", v, err)
		}
	}
}
