package storetest

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"testing"

	"saban/store"
)

func beats(t *testing.T, c Config) {
	ctx := context.Background()
	s := c.Open(t)
	for _, drill := range []string{"one", "other"} {
		ok(t, s.Create(ctx, Header(drill)))
	}
	last := func(drill string) store.Beat {
		b, err := s.LastBeat(ctx, drill)
		ok(t, err)
		return b
	}
	same(t, "none", last("one"), store.Beat{})
	for i := range int64(20) {
		ok(t, s.Beat(ctx, "one", store.Beat{At: 1000, Wall: 1_769_846_525_000 + i}))
		same(t, "at once", last("one"), store.Beat{At: 1000, Wall: 1_769_846_525_000 + i})
	}
	ok(t, s.Append(ctx, "one", Events(0, 2)))
	same(t, "other", last("other"), store.Beat{})
	whole(t, s, "one", Events(0, 2), false)
	if c.Reopen != nil {
		s = c.Reopen(t, s)
		same(t, "after a proper end", last("one"), store.Beat{At: 1000, Wall: 1_769_846_525_019})
	}
}

func records(t *testing.T, c Config) {
	ctx := context.Background()
	s := c.Open(t)
	get := func(kind, id string) string {
		t.Helper()
		v, err := s.Get(ctx, kind, id)
		ok(t, err)
		return string(v)
	}
	missing := func(kind, id string) {
		t.Helper()
		if _, err := s.Get(ctx, kind, id); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s %s: %v", kind, id, err)
		}
	}
	missing("plan", "a")
	list, err := s.Records(ctx, "plan")
	ok(t, err)
	same(t, "none", len(list), 0)
	binary := make([]byte, 256)
	for i := range binary {
		binary[i] = byte(i)
	}
	value := bytes.Clone(binary)
	ok(t, s.Put(ctx, "plan", "b", value))
	value[0] = 'x' // what was handed in is not the store's
	ok(t, s.Put(ctx, "plan", "a", []byte("1")))
	ok(t, s.Put(ctx, "plan", "ă", []byte{}))
	ok(t, s.Put(ctx, "plan", "B", []byte("2")))
	ok(t, s.Put(ctx, "name", "a", []byte("của loại khác")))
	same(t, "binary", get("plan", "b"), string(binary))
	ok(t, s.Put(ctx, "plan", "a", []byte("thay")))
	same(t, "replaced", get("plan", "a"), "thay")
	same(t, "another kind", get("name", "a"), "của loại khác")
	same(t, "empty is not absent", get("plan", "ă"), "")
	list, err = s.Records(ctx, "plan")
	ok(t, err)
	same(t, "in byte order", list, []store.Record{{ID: "B", Value: []byte("2")}, {ID: "a", Value: []byte("thay")}, {ID: "b", Value: binary}, {ID: "ă", Value: []byte{}}})

	for range 2 {
		ok(t, s.Put(ctx, "plan", "a", nil))
		missing("plan", "a")
	}
	same(t, "another kind stays", get("name", "a"), "của loại khác")
	ok(t, s.Put(ctx, "plan", "big", make([]byte, store.MaxRecord)))
	fails[*store.UnfitError](t, "too big", s.Put(ctx, "plan", "bigger", make([]byte, store.MaxRecord+1)))
	missing("plan", "bigger")
}

func erasing(t *testing.T, c Config) {
	ctx := context.Background()
	s := c.Open(t)
	for _, id := range []string{"p1", "p2"} {
		ok(t, s.Put(ctx, "name d", id, []byte("tên của "+id)))
		ok(t, s.Put(ctx, "guest d", id, []byte{}))
	}
	ok(t, s.Put(ctx, "photo d", "large", bytes.Repeat([]byte{1}, store.MaxPicked+1)))
	ok(t, s.Put(ctx, "photo d", "small", bytes.Repeat([]byte{1}, store.MaxPicked)))
	ok(t, s.Create(ctx, Header("d")))
	ok(t, s.Append(ctx, "d", Events(0, 3)))
	before := export(t, s, "d")
	_, err := s.Erase(ctx, func(all []store.Kept) (gone []store.Kept) {
		same(t, "is asked about all", len(all), 6)
		for _, k := range all {
			if k.Kind == "photo d" {
				same(t, "is shown of "+k.ID, len(k.Value), map[string]int{"small": store.MaxPicked}[k.ID])
			}
			if k.ID == "p1" {
				gone = append(gone, k)
			}
		}
		return gone
	}, []string{"tên của p1"})
	ok(t, err)
	for _, kind := range []string{"name d", "guest d"} {
		list, err := s.Records(ctx, kind)
		ok(t, err)
		if len(list) != 1 || list[0].ID != "p2" {
			t.Errorf("%s: %v is left", kind, list)
		}
	}
	same(t, "the log", string(export(t, s, "d")), string(before))
	large, err := s.Get(ctx, "photo d", "large")
	ok(t, err)
	same(t, "what is large", len(large), store.MaxPicked+1)
	ok(t, s.Append(ctx, "d", Events(3, 2)))
	ok(t, s.Close())
	if _, err := s.Erase(ctx, func([]store.Kept) []store.Kept { return nil }, nil); !errors.Is(err, store.ErrStopped) {
		t.Errorf("of a closed store: %v", err)
	}
}

var hostileNames = []string{
	"../../etc/passwd", `a'; DROP TABLE drills; --`, `"`, "%", "_", "*", "a b", " a", "a ", "A", "a", "đ", "đ" + "\u0301", "日本",
	"a/b", `a\b`, "NULL", "0", "a@b", "\u202e", "\u2028", "🧯",
}

func hostile(t *testing.T, c Config) {
	ctx := context.Background()
	s := c.Open(t)
	for i, name := range hostileNames {
		ok(t, s.Create(ctx, Header(name)))
		ok(t, s.Append(ctx, name, Events(0, i+1)))
		ok(t, s.Put(ctx, name, "x", []byte(name)))
		ok(t, s.Put(ctx, "x", name, []byte(name)))
	}
	for i, name := range hostileNames {
		whole(t, s, name, Events(0, i+1), false)
		for _, at := range [][2]string{{name, "x"}, {"x", name}} {
			v, err := s.Get(ctx, at[0], at[1])
			ok(t, err)
			same(t, "record", string(v), name)
		}
	}
	list, err := s.Records(ctx, "x")
	ok(t, err)
	var got []string
	for _, r := range list {
		got = append(got, r.ID)
	}
	want := slices.Clone(hostileNames)
	slices.Sort(want)
	same(t, "records", got, want)
	long := string(bytes.Repeat([]byte("x"), store.MaxName+1))
	for _, name := range []string{"", "a\nb", "\x00", "a\x00b", "\x7f", "\xff", long} {
		fails[*store.UnfitError](t, "drill", s.Create(ctx, Header(name)))
		fails[*store.UnfitError](t, "kind", s.Put(ctx, name, "x", nil))
		fails[*store.UnfitError](t, "id", s.Put(ctx, "x", name, []byte("x")))
		unknown(t, s, name)
		if _, err := s.Get(ctx, "x", name); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%q: %v", name, err)
		}
	}
	ok(t, s.Create(ctx, Header(long[1:])))
}
