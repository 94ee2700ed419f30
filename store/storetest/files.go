package storetest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"saban/engine"
	"saban/store"
)

func drillFile(t *testing.T, c Config) {
	ctx := context.Background()
	s := c.Open(t)
	ok(t, s.Create(ctx, Header("one")))
	events := Events(0, 300)
	for at, n := 0, 1; at < len(events); at, n = at+n, n+1 {
		n = min(n, len(events)-at)
		ok(t, s.Append(ctx, "one", events[at:at+n]))
	}
	whole(t, s, "one", events, false)
	if err := s.Export(ctx, "one", full{}); !errors.Is(err, errFull) {
		t.Errorf("Export hides what the writer failed with: %v", err)
	}
}

type full struct{}

var errFull = errors.New("full")

func (full) Write([]byte) (int, error) { return 0, errFull }

func imports(t *testing.T, c Config) {
	ctx := context.Background()
	s := c.Open(t)
	for name, closed := range map[string]bool{"closed": true, "open": false} {
		events := Events(0, 2500)
		events[7].Key = events[5].Key // a file is kept as it is, whatever its keys
		file, head := File(t, Header(name), events, closed)
		e, err := s.Import(ctx, bytes.NewReader(file))
		ok(t, err)
		last := &events[len(events)-1]
		same(t, "entry", e, store.Entry{
			Drill: store.ImportName(name, file), Created: e.Created, Scenario: "thử", Site: "site.yaml", Events: 2500, Last: last.Type,
			Recorded: last.Recorded, Bytes: int64(len(file)), Head: head, Closed: closed, Imported: true,
		})
		again, err := s.Import(ctx, bytes.NewReader(file))
		ok(t, err)
		same(t, "the same bytes again", again, e)
		same(t, "listed", entry(t, s, e.Drill), e)
		if !bytes.Equal(export(t, s, e.Drill), file) {
			t.Error("the file is not the one imported")
		}
		h, err := s.Header(ctx, e.Drill)
		ok(t, err)
		if h.Drill != name {
			t.Errorf("the header is of %q", h.Drill)
		}
		got, err := s.Events(ctx, e.Drill, 2490)
		ok(t, err)
		same(t, "events", got, events[2490:])
		readOnly(t, s, e)
	}
	list, err := s.Drills(ctx)
	ok(t, err)
	same(t, "drills", len(list), 2)
	refusedImports(t, s)
	list, err = s.Drills(ctx)
	ok(t, err)
	same(t, "drills after refused imports", len(list), 2)
}

func readOnly(t *testing.T, s store.Store, e store.Entry) {
	ctx := context.Background()
	for _, batch := range [][]engine.Event{Events(e.Events, 1), Events(0, 1), nil} {
		if err := s.Append(ctx, e.Drill, batch); !errors.Is(err, store.ErrReadOnly) {
			t.Errorf("appended to an imported drill: %v", err)
		}
	}
	if _, err := s.CloseLog(ctx, e.Drill); !errors.Is(err, store.ErrReadOnly) {
		t.Errorf("closed an imported drill: %v", err)
	}
}

func refusedImports(t *testing.T, s store.Store) {
	ctx := context.Background()
	file, _ := File(t, Header("bad"), Events(0, 5), true)
	altered := bytes.Replace(file, []byte("ghi chú 4"), []byte("ghi chú 5"), 1)
	for name, c := range map[string]struct {
		file []byte
		line int
	}{
		"altered":      {altered, 5},
		"torn":         {file[:len(file)-400], 6},
		"empty":        {nil, 1},
		"no drill":     {[]byte("PK\x03\x04 and so on\n"), 1},
		"line too far": {append(bytes.Clone(file), "{}\n"...), 8},
	} {
		_, err := s.Import(ctx, bytes.NewReader(c.file))
		if p := is[*store.Problem](t, name, err); p.Line != c.line {
			t.Errorf("%s: line %d, want %d", name, p.Line, c.line)
		}
	}
	if _, err := s.Import(ctx, io.MultiReader(bytes.NewReader(file), broken{})); !errors.Is(err, errFull) {
		t.Errorf("a reader that fails: %v", err)
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errFull }

func importsBeside(t *testing.T, c Config) {
	ctx := context.Background()
	s := c.Open(t)
	ok(t, s.Create(ctx, Header("one")))
	ok(t, s.Append(ctx, "one", Events(0, 4)))
	half := export(t, s, "one")
	own, err := s.Import(ctx, bytes.NewReader(half))
	ok(t, err)
	same(t, "one's own file brings one's own drill", own, entry(t, s, "one"))

	ok(t, s.Append(ctx, "one", Events(4, 1)))
	older, err := s.Import(ctx, bytes.NewReader(half))
	ok(t, err)
	if older.Drill == "one" || !older.Imported || older.Events != 4 {
		t.Errorf("an older copy of one's own drill: %+v", older)
	}
	whole(t, s, "one", Events(0, 5), false)

	long := Header(strings.Repeat("đ", 200) + "\n\x00")
	file, _ := File(t, long, Events(0, 1), true)
	e, err := s.Import(ctx, bytes.NewReader(file))
	ok(t, err)
	if store.CheckName(e.Drill) != nil || !bytes.Equal(export(t, s, e.Drill), file) {
		t.Errorf("a drill of a hostile id is kept as %q", e.Drill)
	}
	nameless, _ := File(t, Header(""), nil, false)
	e, err = s.Import(ctx, bytes.NewReader(nameless))
	ok(t, err)
	if !strings.HasPrefix(e.Drill, "@") || e.Events != 0 || e.Last != "" {
		t.Errorf("%+v", e)
	}
}
