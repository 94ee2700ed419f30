package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/hinshun/vt10x"

	"saban/engine"
	"saban/live"
	"saban/scenarios"
	"saban/scoring"
	"saban/store"
)

// fakeTime is a live.Timepiece that a test turns.
type fakeTime struct {
	gone time.Duration // by the clock nobody sets
	set  time.Duration // how far the wall clock was set
}

func (f *fakeTime) piece() *live.Timepiece {
	return &live.Timepiece{
		Mono: func() time.Duration { return f.gone },
		Wall: func() time.Time {
			return time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC).Add(f.gone + f.set)
		},
	}
}

func testApp(lang engine.Lang) *app {
	return &app{in: strings.NewReader(""), out: &bytes.Buffer{}, err: &bytes.Buffer{}, env: func(string) string { return "" }, now: time.Now, lang: lang}
}

// testLive prepares a drill of the scenario in a file, to be written into dir.
func testLive(t *testing.T, lang engine.Lang, scenario string, clock *fakeTime) *staging {
	t.Helper()
	text, err := os.ReadFile(scenario)
	if err != nil {
		t.Fatal(err)
	}
	file, findings := scenarios.ReadScenario(scenarios.Source{Name: filepath.Base(scenario), Bytes: text})
	if err := findings.Err(); err != nil {
		t.Fatal(err)
	}
	return &staging{
		app: testApp(lang), file: file, game: file.Compiled, rubric: scoring.Default(), time: clock.piece(),
		header: store.Header{Engine: "test", Drill: "test", Seed: 7, Scenario: store.Pin("drill.yaml", text), Rubric: store.Pin("rubric.json", []byte("{}"))},
		start:  engine.Start{Speed: engine.Whole, Led: true, Seats: engine.FullSeats(file.Scenario)},
		path:   filepath.Join(t.TempDir(), "test.drill.jsonl"),
	}
}

// stage is a console on an emulated terminal, with its time in hand.
type stage struct {
	t     *testing.T
	clock *fakeTime
	c     *console
	vt    vt10x.Terminal
	raw   bytes.Buffer
}

// smallFire is the scenario of the screens and of most tests here.
const smallFire = "testdata/screens/drill.yaml"

func newStage(t *testing.T, lang engine.Lang, w, h int) *stage {
	t.Helper()
	st := &stage{t: t, clock: &fakeTime{}, vt: vt10x.New(vt10x.WithSize(w, h))}
	l := testLive(t, lang, smallFire, st.clock)
	s, err := l.open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.release)
	l.path = "small-fire.drill.jsonl" // as the screen shows it
	st.c = newConsole(s, nil, func() (int, int) { return w, h })
	st.c.d = display{out: st, color: true}
	if err := st.c.d.open(); err != nil {
		t.Fatal(err)
	}
	st.wait(0)
	return st
}

func (st *stage) Write(b []byte) (int, error) {
	st.raw.Write(b)
	return st.vt.Write(b)
}

// press types keys; ⏎ is Enter and ␛ is Esc.
func (st *stage) press(keys string) {
	st.t.Helper()
	var d decoder
	for _, r := range keys {
		in := string(r)
		switch r {
		case '⏎':
			in = "\r"
		case '␛':
			in = "\x1b"
		}
		st.c.press(d.feed([]byte(in)))
		st.c.press(d.flush())
		st.wait(0)
	}
}

// wait lets time go by, a second at a time, and draws.
func (st *stage) wait(d time.Duration) {
	st.t.Helper()
	for {
		step := min(d, time.Second)
		st.clock.gone += step
		if err := st.c.step(); err != nil {
			st.t.Fatal(err)
		}
		if d -= step; d <= 0 {
			return
		}
	}
}

func (st *stage) screen() string {
	lines := strings.Split(st.vt.String(), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}
