// Package storetest is what every store.Store must pass. A fault found in one
// of them is mended by adding to this suite, so that no other has it.
package storetest

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"saban/engine"
	"saban/store"
)

// Config says how the store under test is had.
type Config struct {
	// Open gives an empty store and closes it when the test ends.
	Open func(t testing.TB) store.Store
	// Reopen closes the store and opens what it kept once more; nil for a
	// store that keeps nothing beyond its process.
	Reopen func(t testing.TB, s store.Store) store.Store
}

// Run runs the whole suite.
func Run(t *testing.T, c Config) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, Config)
	}{
		{"drills", drills},
		{"appends", appends},
		{"keys", keys},
		{"unfit events", unfit},
		{"closing a log", closing},
		{"drill file", drillFile},
		{"imports", imports},
		{"imports beside own drills", importsBeside},
		{"beats", beats},
		{"records", records},
		{"erasing", erasing},
		{"hostile names", hostile},
		{"concurrent appends", concurrent},
		{"one name at once", twins},
		{"readers beside a writer", readers},
		{"contexts", contexts},
		{"closing while appending", closingWhileAppending},
		{"closing a long log", closingALongLog},
		{"reopening", reopening},
		{"model", model},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, c) })
	}
}

// Header is a header with both optional parts and text that must survive.
func Header(drill string) store.Header {
	site := store.Pin("site.yaml", []byte("site: 1\nname: \"Cơ sở \\\"A\\\" <b>\"\n"))
	return store.Header{
		Engine: engine.Version, Drill: drill, Seed: 1<<64 - 1,
		Scenario: store.Pin("thử", []byte("saban: 1\nid: thử\ntitle: \"Đe dọa & \u2028 giả định\"\n")),
		Site:     &site,
		Rubric:   store.Pin("default", []byte("rubric: 1\n")),
	}
}

// Event is a note; every third one has no key.
func Event(seq int64) engine.Event {
	e := engine.Event{
		Seq: seq, Type: engine.Noted, At: engine.Millis(seq) * 100, Recorded: 946684800000 + seq*100, Actor: "p1",
		Body: engine.Body{Text: fmt.Sprintf("ghi chú %d \"có\" \\ <b>\n\t và \u2028 dấu", seq), Observed: engine.Millis(seq) * 100},
	}
	if seq%3 != 0 {
		e.Key = fmt.Sprint("k", seq)
	}
	return e
}

// Events are n of them with a Seq over after.
func Events(after int64, n int) []engine.Event {
	events := make([]engine.Event, n)
	for i := range events {
		events[i] = Event(after + int64(i) + 1)
	}
	return events
}

// File is what a store.Writer writes, and its head hash.
func File(t testing.TB, h store.Header, events []engine.Event, closed bool) (file []byte, head string) {
	t.Helper()
	var b bytes.Buffer
	w, err := store.NewWriter(&b, h)
	ok(t, err)
	ok(t, w.Append(events))
	if closed {
		_, err := w.Close()
		ok(t, err)
	}
	return b.Bytes(), w.Head()
}

// failer is what *testing.T and *rapid.T have in common.
type failer interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

func ok(t failer, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func same(t failer, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("%s (-want +got):\n%s", what, diff)
	}
}

func is[E error](t testing.TB, what string, err error) E {
	t.Helper()
	got, is := asError[E](err)
	if !is {
		t.Fatalf("%s: %v, want a %T", what, err, got)
	}
	return got
}

// fails is is for an error that says no more than its type.
func fails[E error](t testing.TB, what string, err error) {
	t.Helper()
	_ = is[E](t, what, err)
}

func export(t testing.TB, s store.Store, drill string) []byte {
	t.Helper()
	var b bytes.Buffer
	ok(t, s.Export(context.Background(), drill, &b))
	return b.Bytes()
}

// whole checks that a drill is exactly these events, by every way to read it.
func whole(t testing.TB, s store.Store, drill string, events []engine.Event, closed bool) {
	t.Helper()
	ctx := context.Background()
	got, err := s.Events(ctx, drill, 0)
	ok(t, err)
	if len(got) != len(events) {
		t.Fatalf("%s has %d events, want %d", drill, len(got), len(events))
	}
	for i := range events {
		same(t, fmt.Sprintf("event %d", i+1), got[i], events[i])
	}
	file, head := File(t, Header(drill), events, closed)
	if !bytes.Equal(export(t, s, drill), file) {
		t.Fatalf("%s: the file is not what a Writer writes", drill)
	}
	e := entry(t, s, drill)
	want := store.Entry{
		Drill: drill, Created: e.Created, Scenario: "thử", Site: "site.yaml", Events: int64(len(events)),
		Bytes: int64(len(file)), Head: head, Closed: closed,
	}
	if len(events) > 0 {
		last := &events[len(events)-1]
		want.Last, want.Recorded = last.Type, last.Recorded
	}
	same(t, "entry", e, want)
}

func entry(t testing.TB, s store.Store, drill string) store.Entry {
	t.Helper()
	list, err := s.Drills(context.Background())
	ok(t, err)
	for _, e := range list {
		if e.Drill == drill {
			return e
		}
	}
	t.Fatalf("%q is not listed", drill)
	return store.Entry{}
}
