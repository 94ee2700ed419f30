package main

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"saban/engine"
	"saban/store"
)

// running opens and starts a drill of the small fire.
func running(t *testing.T) (*session, *fakeTime) {
	t.Helper()
	clock := &fakeTime{}
	s, err := testLive(t, engine.EN, smallFire, clock).open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.release)
	if err := s.startEx(); err != nil {
		t.Fatal(err)
	}
	return s, clock
}

// pass lets time go by as a console does: a look every second.
func pass(t *testing.T, s *session, clock *fakeTime, d time.Duration) {
	t.Helper()
	for ; d > 0; d -= time.Second {
		clock.gone += min(d, time.Second)
		if err := s.tick(); err != nil {
			t.Fatal(err)
		}
	}
}

func must(t *testing.T, s *session, cmd engine.Command) []engine.Event {
	t.Helper()
	events, err := s.do(cmd)
	if err != nil {
		t.Fatalf("%s: %v", cmd.Do, err)
	}
	return events
}

func types(events []engine.Event) (out []engine.EventType) {
	for i := range events {
		out = append(out, events[i].Type)
	}
	return out
}

func TestTimeReleasesAndLimitsPass(t *testing.T) {
	s, clock := running(t)
	pass(t, s, clock, 245*time.Second)
	want := []engine.EventType{engine.Started, engine.Released, engine.Received, engine.Moved, engine.Missed, engine.Moved,
		engine.Released, engine.Received, engine.Released, engine.Received}
	if diff := cmp.Diff(want, types(s.Log)); diff != "" {
		t.Fatal(diff)
	}
	if at := s.Log[4].At; at != 3*engine.Minute {
		t.Errorf("the limit passed at %s", at)
	}
	if got := s.Now(); got != 245*engine.Second {
		t.Errorf("it is %s", got)
	}
}

func TestSpeed(t *testing.T) {
	clock := &fakeTime{}
	l := testLive(t, engine.EN, smallFire, clock)
	l.start.Speed = 60 * engine.Whole
	s, err := l.open()
	if err != nil {
		t.Fatal(err)
	}
	defer s.release()
	if err := s.startEx(); err != nil {
		t.Fatal(err)
	}
	pass(t, s, clock, 4*time.Second)
	if got := s.Now(); got != 4*engine.Minute {
		t.Errorf("it is %s after 4 s at ×60", got)
	}
	if start := s.Drill.Start(); !start.Practice || !start.Led {
		t.Errorf("%+v", start)
	}
}

func TestPauseIsNoTime(t *testing.T) {
	s, clock := running(t)
	pass(t, s, clock, 30*time.Second)
	must(t, s, engine.Command{Do: engine.Pause})
	pass(t, s, clock, 10*time.Minute)
	must(t, s, engine.Command{Do: engine.Resume})
	pass(t, s, clock, 30*time.Second)
	if got := s.Now(); got != time60 {
		t.Errorf("it is %s", got)
	}
}

const time60 = 60 * engine.Second

func TestWallClockSetBackAndForwardChangesNothing(t *testing.T) {
	for name, by := range map[string]time.Duration{"an hour forward": time.Hour, "an hour back": -time.Hour} {
		t.Run(name, func(t *testing.T) {
			s, clock := running(t)
			pass(t, s, clock, 30*time.Second)
			clock.set = by
			pass(t, s, clock, 30*time.Second)
			must(t, s, engine.Command{Do: engine.Note, Body: engine.Body{Text: "x"}})
			last := s.Log[len(s.Log)-1]
			if last.At != time60 || s.Drill.Paused() {
				t.Errorf("exercise time %s, paused %v", last.At, s.Drill.Paused())
			}
			if want := clock.piece().Wall().UnixMilli(); last.Recorded != want {
				t.Errorf("recorded %d, want %d", last.Recorded, want)
			}
		})
	}
}

func TestSleepIsAGap(t *testing.T) {
	s, clock := running(t)
	pass(t, s, clock, 50*time.Second)
	clock.gone += 10 * time.Second
	if err := s.tick(); err != nil || s.Drill.Paused() {
		t.Fatalf("ten seconds are no gap yet: %v", err)
	}
	clock.gone += 20 * time.Minute
	// The key that woke the machine up must not act in the hole.
	_, err := s.do(engine.Command{Do: engine.Respond, Body: engine.Body{ID: "I1", Role: "guard", Choices: []string{"R1"}}})
	if !errors.Is(err, &engine.Refusal{Code: engine.IsPaused}) {
		t.Fatalf("%v", err)
	}
	last := s.Log[len(s.Log)-1]
	if last.Type != engine.Gap || last.At != time60 || !s.Drill.Paused() || s.Now() != time60 {
		t.Errorf("%s at %s, now %s", last.Type, last.At, s.Now())
	}
	pass(t, s, clock, 5*time.Minute)
	must(t, s, engine.Command{Do: engine.Resume})
	pass(t, s, clock, time.Second)
	if got := s.Now(); got != time60+engine.Second {
		t.Errorf("it is %s", got)
	}
}

func TestEveryActIsOnDiskWithItsOwnKey(t *testing.T) {
	s, clock := running(t)
	pass(t, s, clock, 10*time.Second)
	must(t, s, engine.Command{Do: engine.Respond, Body: engine.Body{ID: "I1", Role: "guard", Choices: []string{"R1"}}})
	must(t, s, engine.Command{Do: engine.Prohibit, Body: engine.Body{ID: "P2", Role: "medic"}})
	text, err := os.ReadFile(s.staging.path)
	if err != nil {
		t.Fatal(err)
	}
	f, err := store.Read(bytes.NewReader(text), store.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(s.Log, f.Events); diff != "" {
		t.Error(diff)
	}
	keys := map[string]bool{}
	for _, e := range f.Events {
		if e.Key != "" && (keys[e.Key] || e.Actor != facilitator) {
			t.Errorf("event %d: key %q, actor %q", e.Seq, e.Key, e.Actor)
		}
		keys[e.Key] = true
	}
}

func TestEndClosesTheFileAndDropsTheBeat(t *testing.T) {
	s, clock := running(t)
	pass(t, s, clock, 10*time.Second)
	must(t, s, engine.Command{Do: engine.End})
	if s.Watch().Running() {
		t.Error("the clock runs after EndEx")
	}
	head, err := s.close()
	if err != nil {
		t.Fatal(err)
	}
	s.release()
	text, _ := os.ReadFile(s.staging.path)
	v, err := store.Verify(bytes.NewReader(text), head)
	if err != nil || !v.OK() || !v.Closed {
		t.Errorf("%+v, %v", v, err)
	}
	if _, err := os.Stat(s.staging.path + ".beat"); !os.IsNotExist(err) {
		t.Errorf("the beat is still there: %v", err)
	}
	card := s.scorecard()
	if card.Provisional || card.Scenario.SHA256 != s.staging.header.Scenario.SHA256 {
		t.Errorf("provisional %v, %q", card.Provisional, card.Scenario.SHA256)
	}
}

// disk is a file with little room.
type disk struct {
	bytes.Buffer
	room int
}

var errFull = errors.New("no space left on device")

func (d *disk) Write(p []byte) (int, error) {
	n := min(len(p), d.room)
	d.room -= n
	d.Buffer.Write(p[:n])
	if n < len(p) {
		return n, errFull
	}
	return n, nil
}

func (d *disk) Close() error { return nil }

func TestFullDiskStopsTheDrill(t *testing.T) {
	clock := &fakeTime{}
	l := testLive(t, engine.EN, smallFire, clock)
	d := &disk{room: 1 << 20}
	w, err := store.NewWriter(d, l.header)
	if err != nil {
		t.Fatal(err)
	}
	s, err := l.session(w, d, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.startEx(); err != nil {
		t.Fatal(err)
	}
	pass(t, s, clock, 10*time.Second)
	acknowledged := len(s.Log)
	d.room = 40
	_, err = s.do(engine.Command{Do: engine.Respond, Body: engine.Body{ID: "I1", Role: "guard", Choices: []string{"R1"}}})
	var fail *failure
	if !errors.As(err, &fail) || fail.code != exitFailed || !errors.Is(err, errFull) {
		t.Fatalf("%v", err)
	}
	if !strings.Contains(fail.text.EN, "no space left") || !strings.Contains(fail.hint.VI, "--resume "+l.path) {
		t.Errorf("%q, %q", fail.text.EN, fail.hint.VI)
	}
	if len(s.Log) != acknowledged || s.Drill.Seq() != int64(acknowledged) {
		t.Errorf("log %d, drill %d, acknowledged %d", len(s.Log), s.Drill.Seq(), acknowledged)
	}
	if again := s.tick(); again == nil || again.Error() != err.Error() {
		t.Errorf("the drill goes on: %v", again)
	}
	if f, _, err := store.Resume(bytes.NewReader(d.Bytes()), store.Limits{}); err != nil || len(f.Events) != acknowledged {
		t.Errorf("%d events on disk, %v", len(f.Events), err)
	}
}

func TestWhatTheFileCannotHoldIsRefused(t *testing.T) {
	s, clock := running(t)
	pass(t, s, clock, 10*time.Second)
	before := len(s.Log)
	_, err := s.do(engine.Command{Do: engine.Note, Body: engine.Body{Text: strings.Repeat("x", 70000)}})
	if err == nil || s.broken() != nil || len(s.Log) != before {
		t.Fatalf("%v, broken %v, %d events", err, s.broken(), len(s.Log)-before)
	}
	must(t, s, engine.Command{Do: engine.Note, Body: engine.Body{Text: "short"}})
	pass(t, s, clock, 235*time.Second)
	if got := s.Now(); got != 245*engine.Second || s.Drill.State() != "panic" {
		t.Errorf("%s in %s", got, s.Drill.State())
	}
}
