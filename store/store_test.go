package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"saban/engine"
	"saban/store"
)

const scenarioText = "saban: 1\nid: thử\ntitle: \"Đe dọa <b> \\ & \u2028 giả định\"\n"

func header() store.Header {
	site := store.Pin("site.yaml", []byte("site: 1\n"))
	return store.Header{
		Engine: engine.Version, Drill: "D-1", Seed: 1<<64 - 1,
		Scenario: store.Pin("thử", []byte(scenarioText)),
		Site:     &site,
		Rubric:   store.Pin("default", []byte("rubric: 1\n")),
	}
}

func event(seq int64, t engine.EventType, at engine.Millis, body engine.Body) engine.Event {
	body.Observed = at
	return engine.Event{Seq: seq, Type: t, At: at, Recorded: 946684800000 + int64(at), Actor: "p1", Key: fmt.Sprint("k", seq), Body: body}
}

// drill is a short drill with Vietnamese, escapes and every shape of body.
func drill() []engine.Event {
	return []engine.Event{
		event(1, engine.Started, 0, engine.Body{Start: &engine.Start{Seats: []engine.Seat{{Role: "guard", Persons: []string{"p1"}}}, Speed: engine.Whole, Led: true}}),
		event(2, engine.Released, 1000, engine.Body{ID: "I01", Mode: "planned"}),
		event(3, engine.Noted, 2000, engine.Body{Photo: strings.Repeat("0f", 32), Text: "ghi chú \"có\" \\ <b>\n\t và \u2028 dấu"}),
		event(4, engine.Observed, 90500, engine.Body{ID: "R01", Role: "guard", Content: engine.Over(6, 7)}),
		event(5, engine.Forced, 90500, engine.Body{From: "a", To: "b", Reason: "thử"}),
		event(6, engine.Ended, 120000, engine.Body{}),
	}
}

// file writes events, a batch each when oneByOne.
func file(t testing.TB, events []engine.Event, oneByOne, closed bool) (text []byte, head string) {
	t.Helper()
	var b bytes.Buffer
	w, err := store.NewWriter(&b, header())
	if err != nil {
		t.Fatal(err)
	}
	if oneByOne {
		for i := range events {
			if err := w.Append(events[i : i+1]); err != nil {
				t.Fatal(err)
			}
		}
	} else if err := w.Append(events); err != nil {
		t.Fatal(err)
	}
	head = w.Head()
	if closed {
		got, err := w.Close()
		if err != nil || got != head || w.Head() != head {
			t.Fatalf("Close gave %q, %v; head was %q, is %q", got, err, head, w.Head())
		}
	}
	if want := bytes.Count(b.Bytes(), []byte("\n")); w.Lines() != want {
		t.Fatalf("writer counts %d lines, file has %d", w.Lines(), want)
	}
	return b.Bytes(), head
}

func verify(t testing.TB, text []byte, head string) store.Verification {
	t.Helper()
	v, err := store.Verify(bytes.NewReader(text), head)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestRoundTrip(t *testing.T) {
	for _, closed := range []bool{false, true} {
		t.Run(fmt.Sprintf("closed %v", closed), func(t *testing.T) {
			text, head := file(t, drill(), false, closed)
			if single, _ := file(t, drill(), true, closed); !bytes.Equal(text, single) {
				t.Error("batches change the bytes")
			}
			f, err := store.Read(bytes.NewReader(text), store.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			want := header()
			want.Format = store.Format
			if d := cmp.Diff(want, f.Header); d != "" {
				t.Error("header", d)
			}
			if d := cmp.Diff(drill(), f.Events); d != "" {
				t.Error("events", d)
			}
			if f.Closed != closed || f.Head != head || f.Whole != int64(len(text)) || f.Lines != bytes.Count(text, []byte("\n")) {
				t.Errorf("closed %v head %s lines %d bytes %d", f.Closed, f.Head, f.Lines, f.Whole)
			}
			v := verify(t, text, " "+strings.ToUpper(head)+"\n")
			if !v.OK() || v.Closed != closed || v.Head != head || v.Events != 6 || v.Lines != f.Lines {
				t.Errorf("%+v", v)
			}
		})
	}
}

func TestEmptyDrillAndAbsentSite(t *testing.T) {
	var b bytes.Buffer
	h := header()
	h.Site = nil
	h.Scenario.SHA256 = "" // filled in
	w, err := store.NewWriter(&b, h)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Append(nil); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := store.Read(&b, store.Limits{})
	if err != nil || f.Header.Site != nil || len(f.Events) != 0 || !f.Closed {
		t.Fatalf("%+v, %v", f, err)
	}
	if f.Header.Scenario.SHA256 != header().Scenario.SHA256 {
		t.Error("sha256 of the scenario was not filled in")
	}
}

func TestVerificationSaysWhatItFound(t *testing.T) {
	open, _ := file(t, drill(), false, false)
	closed, _ := file(t, drill(), false, true)
	altered := bytes.Replace(closed, []byte("R01"), []byte("R02"), 1)
	for name, c := range map[string]struct {
		text   []byte
		vi, en string
	}{
		"open":    {open, "nguyên vẹn đến dòng 7, chưa kết thúc", "whole up to line 7, not closed"},
		"closed":  {closed, "nguyên vẹn: 8 dòng, 6 sự kiện, đã kết thúc", "whole: 8 lines, 6 events, closed"},
		"altered": {altered, "dòng 5: nội dung không khớp mã băm: dòng đã bị sửa (nguyên vẹn đến dòng 4)", "line 5: the content does not match the hash: the line was altered (whole up to line 4)"},
		"empty":   {nil, "dòng 1: tệp rỗng", "line 1: the file is empty"},
	} {
		t.Run(name, func(t *testing.T) {
			v := verify(t, c.text, "")
			if got := v.Text(); got.VI != c.vi || got.EN != c.en {
				t.Errorf("%q\n%q", got.VI, got.EN)
			}
		})
	}
}

// disk is a writer that takes so many bytes and then fails, or loses the rest
// silently, or fails to sync.
type disk struct {
	bytes.Buffer
	room    int
	silent  bool
	synced  int // bytes safe on disk
	writes  int
	syncErr error
}

var errFull = errors.New("no space left on device")

func (d *disk) Write(p []byte) (int, error) {
	d.writes++
	n := min(len(p), d.room)
	d.room -= n
	d.Buffer.Write(p[:n])
	if n < len(p) && !d.silent {
		return n, errFull
	}
	return n, nil
}

func (d *disk) Sync() error {
	if d.syncErr != nil {
		return d.syncErr
	}
	d.synced = d.Len()
	return nil
}

func TestAppendSyncsWholeBatches(t *testing.T) {
	d := &disk{room: 1 << 20}
	w, err := store.NewWriter(d, header())
	if err != nil {
		t.Fatal(err)
	}
	if d.synced != d.Len() || d.writes != 1 {
		t.Fatalf("header: %d of %d bytes synced, %d writes", d.synced, d.Len(), d.writes)
	}
	if err := w.Append(drill()); err != nil {
		t.Fatal(err)
	}
	if d.synced != d.Len() || d.writes != 2 {
		t.Fatalf("batch: %d of %d bytes synced, %d writes", d.synced, d.Len(), d.writes)
	}
}

func TestFullDisk(t *testing.T) {
	whole, _ := file(t, drill(), false, false)
	first := bytes.IndexByte(whole, '\n') + 1
	for _, silent := range []bool{false, true} {
		for room := first; room < len(whole); room++ {
			d := &disk{room: room, silent: silent}
			w, err := store.NewWriter(d, header())
			if err != nil {
				t.Fatal(err)
			}
			err = w.Append(drill())
			var failed *store.WriteError
			if !errors.As(err, &failed) {
				t.Fatalf("room %d: %v", room, err)
			}
			if want := bytes.Count(whole[:room], []byte("\n")); failed.Line != want {
				t.Fatalf("room %d: whole up to %d, want %d", room, failed.Line, want)
			}
			if want := errFull; silent && !errors.Is(err, io.ErrShortWrite) || !silent && !errors.Is(err, want) {
				t.Fatalf("room %d: %v", room, err)
			}
			d.room = 1 << 20
			if again := w.Append(drill()[:1]); again != err {
				t.Fatalf("the writer went on: %v", again)
			}
			if _, again := w.Close(); again != err {
				t.Fatalf("the writer closed: %v", again)
			}
			resumeAndFinish(t, d.Bytes(), whole)
		}
	}
}

// resumeAndFinish cuts the file, appends what is missing and compares.
func resumeAndFinish(t *testing.T, torn, whole []byte) {
	t.Helper()
	f, offset, err := store.Resume(bytes.NewReader(torn), store.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if want := int64(bytes.LastIndexByte(torn, '\n') + 1); offset != want {
		t.Fatalf("cut at %d, want %d", offset, want)
	}
	b := bytes.NewBuffer(torn[:offset:offset])
	w, err := store.Continue(b, f)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Append(drill()[len(f.Events):]); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(b.Bytes(), whole) {
		t.Fatal("the finished file differs from an unbroken one")
	}
}

func TestFailedSync(t *testing.T) {
	d := &disk{room: 1 << 20}
	w, err := store.NewWriter(d, header())
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Append(drill()[:2]); err != nil {
		t.Fatal(err)
	}
	d.syncErr = errFull
	err = w.Append(drill()[2:])
	var failed *store.WriteError
	if !errors.As(err, &failed) || failed.Line != 3 || !errors.Is(err, errFull) {
		t.Fatalf("%v", err)
	}
	if text := failed.Text(); !strings.Contains(text.VI, "nguyên vẹn đến dòng 3") || !strings.Contains(text.EN, "whole up to line 3") {
		t.Error(text)
	}
	d.syncErr = nil
	if w.Append(drill()[2:]) != err {
		t.Error("went on after a failed sync")
	}
}

func TestAppendRefusesWhatCannotBeReadBack(t *testing.T) {
	limit := store.Limits{Bytes: 4000, Events: 5, Line: 1000}
	for name, c := range map[string]struct {
		events []engine.Event
		seq    int64
	}{
		"a gap in seq":    {drill()[1:2], 2},
		"a long line":     {[]engine.Event{event(1, engine.Noted, 0, engine.Body{Text: strings.Repeat("x", 1000)})}, 1},
		"too many events": {drill(), 6},
		"a long file":     {[]engine.Event{event(1, engine.Noted, 0, engine.Body{Text: strings.Repeat("x", 800)}), event(2, engine.Noted, 0, engine.Body{Text: strings.Repeat("x", 800)}), event(3, engine.Noted, 0, engine.Body{Text: strings.Repeat("x", 800)}), event(4, engine.Noted, 0, engine.Body{Text: strings.Repeat("x", 800)})}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			w, err := store.NewWriter(&b, header())
			if err != nil {
				t.Fatal(err)
			}
			w.Limits = limit
			before := b.Len()
			var unfit *store.UnfitError
			if err := w.Append(c.events); !errors.As(err, &unfit) || unfit.Seq != c.seq {
				t.Fatalf("%v", err)
			}
			if unfit.Text.VI == "" || unfit.Text.EN == "" {
				t.Error("not in both languages")
			}
			if b.Len() != before {
				t.Error("something was written")
			}
			if err := w.Append(drill()[:1]); err != nil {
				t.Errorf("the writer does not go on: %v", err)
			}
			if v := verify(t, b.Bytes(), w.Head()); !v.OK() || v.Events != 1 {
				t.Errorf("%+v", v)
			}
		})
	}
}

func TestNewWriterRefuses(t *testing.T) {
	for name, change := range map[string]func(*store.Header){
		"another format":    func(h *store.Header) { h.Format = 2 },
		"a wrong sha256":    func(h *store.Header) { h.Rubric.SHA256 = h.Scenario.SHA256 },
		"bytes not UTF-8":   func(h *store.Header) { h.Scenario = store.Pin("x", []byte("\xff\xfe")) },
		"a name not UTF-8":  func(h *store.Header) { h.Drill = "\xff" },
		"a giant scenario":  func(h *store.Header) { h.Scenario = store.Pin("x", bytes.Repeat([]byte("\n"), 5<<20)) },
		"a wrong site hash": func(h *store.Header) { h.Site = &store.Pinned{SHA256: "00", Bytes: "x"} },
	} {
		t.Run(name, func(t *testing.T) {
			h := header()
			change(&h)
			var b bytes.Buffer
			var unfit *store.UnfitError
			if _, err := store.NewWriter(&b, h); !errors.As(err, &unfit) || b.Len() > 0 {
				t.Errorf("%v, %d bytes written", err, b.Len())
			}
		})
	}
}

func TestClosedTakesNoMore(t *testing.T) {
	var b bytes.Buffer
	w, _ := store.NewWriter(&b, header())
	if _, err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := w.Append(drill()); err != store.ErrClosed {
		t.Error(err)
	}
	if _, err := w.Close(); err != store.ErrClosed {
		t.Error(err)
	}
	f, _, err := store.Resume(bytes.NewReader(b.Bytes()), store.Limits{})
	if err != store.ErrClosed {
		t.Error(err)
	}
	if _, err := store.Continue(io.Discard, f); err != store.ErrClosed {
		t.Error(err)
	}
}

func TestSyncedFileOnDisk(t *testing.T) {
	name := t.TempDir() + "/x.drill.jsonl"
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	w, err := store.NewWriter(f, header())
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Append(drill()); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if v := verify(t, text, w.Head()); !v.OK() {
		t.Errorf("%+v", v)
	}
}
