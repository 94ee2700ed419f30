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

// crash leaves a drill as a power cut does: no last beat, files as they are.
func crash(t *testing.T, s *session) *staging {
	t.Helper()
	if err := s.file.Closer.Close(); err != nil {
		t.Fatal(err)
	}
	again := *s.staging
	again.resume = true
	return &again
}

func reopened(t *testing.T, l *staging) *session {
	t.Helper()
	s, err := l.open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.release)
	return s
}

func TestResumeGoesOnPausedAtTheLastBeat(t *testing.T) {
	s, clock := running(t)
	pass(t, s, clock, 42*time.Second)
	before := append([]engine.Event(nil), s.Log...)
	l := crash(t, s)
	clock.gone += time.Hour
	s = reopened(t, l)
	last := s.Log[len(s.Log)-1]
	if last.Type != engine.Recovered || last.At != 42*engine.Second || !s.Drill.Paused() || s.torn {
		t.Errorf("%s at %s, torn %v", last.Type, last.At, s.torn)
	}
	if diff := cmp.Diff(before, s.Log[:len(before)]); diff != "" {
		t.Error(diff)
	}
	must(t, s, engine.Command{Do: engine.Resume})
	pass(t, s, clock, 18*time.Second)
	if s.Now() != time60 {
		t.Errorf("it is %s", s.Now())
	}
	if diff := cmp.Diff(engine.Replay(s.staging.game, s.Log).Snapshot().Responses, s.Drill.Snapshot().Responses); diff != "" {
		t.Error(diff)
	}
}

func TestResumeWithoutABeatStandsAtTheLastEvent(t *testing.T) {
	for name, beat := range map[string]string{"none": "", "empty": " ", "no JSON": "{", "negative": `{"at":-5,"wall":1}`, "before the last event": `{"at":5,"wall":1}`} {
		t.Run(name, func(t *testing.T) {
			s, clock := running(t)
			pass(t, s, clock, 30*time.Second)
			must(t, s, engine.Command{Do: engine.Note, Body: engine.Body{Text: "x"}})
			pass(t, s, clock, 5*time.Second)
			l := crash(t, s)
			_ = os.Remove(l.path + ".beat")
			if beat != "" {
				if err := os.WriteFile(l.path+".beat", []byte(beat), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if s = reopened(t, l); s.Now() != 30*engine.Second {
				t.Errorf("it stands at %s", s.Now())
			}
		})
	}
}

func TestResumeCutsATornLineOff(t *testing.T) {
	s, clock := running(t)
	pass(t, s, clock, 30*time.Second)
	must(t, s, engine.Command{Do: engine.Note, Body: engine.Body{Text: "kept"}})
	must(t, s, engine.Command{Do: engine.Note, Body: engine.Body{Text: "torn"}})
	l := crash(t, s)
	text, err := os.ReadFile(l.path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(l.path, text[:len(text)-30], 0o644); err != nil {
		t.Fatal(err)
	}
	s = reopened(t, l)
	if n := len(s.Log); !s.torn || s.Log[n-2].Text != "kept" || s.Log[n-1].Type != engine.Recovered {
		t.Fatalf("torn %v, %v", s.torn, types(s.Log))
	}
	must(t, s, engine.Command{Do: engine.End})
	head, err := s.close()
	if err != nil {
		t.Fatal(err)
	}
	if text, err = os.ReadFile(l.path); err != nil {
		t.Fatal(err)
	}
	if v, err := store.Verify(bytes.NewReader(text), head); err != nil || !v.OK() || !v.Closed {
		t.Errorf("%s, %v", v.Text().EN, err)
	}
}

func TestResumeKeepsAPause(t *testing.T) {
	s, clock := running(t)
	pass(t, s, clock, 30*time.Second)
	must(t, s, engine.Command{Do: engine.Pause})
	pass(t, s, clock, 30*time.Second)
	if s = reopened(t, crash(t, s)); s.Now() != 30*engine.Second || !s.Drill.Paused() {
		t.Errorf("%s, paused %v", s.Now(), s.Drill.Paused())
	}
}

func TestResumeKeepsARealIncident(t *testing.T) {
	s, clock := running(t)
	pass(t, s, clock, 30*time.Second)
	must(t, s, engine.Command{Do: engine.StopReal, Body: engine.Body{Reason: "smoke"}})
	if s = reopened(t, crash(t, s)); !s.Drill.StoppedReal() || s.StopReason() != "smoke" {
		t.Errorf("stopped %v, %q", s.Drill.StoppedReal(), s.StopReason())
	}
}

func TestResumeBeforeStartEx(t *testing.T) {
	clock := &fakeTime{}
	s, err := testLive(t, engine.EN, smallFire, clock).open()
	if err != nil {
		t.Fatal(err)
	}
	l := crash(t, s)
	l.start = engine.Start{} // run --resume does not know it
	s = reopened(t, l)
	if err := s.startEx(); err != nil || len(s.Drill.Start().Seats) != 3 {
		t.Errorf("%v, %+v", err, s.Drill.Start())
	}
}

func TestResumeFinishesADrillThatWasEndedButNotClosed(t *testing.T) {
	s, clock := running(t)
	pass(t, s, clock, 30*time.Second)
	must(t, s, engine.Command{Do: engine.End})
	l := crash(t, s)
	card, head, err := l.conduct()
	if err != nil || head == "" || card.Provisional {
		t.Errorf("%v, head %q, provisional %v", err, head, card.Provisional)
	}
}

func TestResumeRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		change func(t *testing.T, l *staging)
		want   string
	}{
		"a closed drill": {func(t *testing.T, l *staging) {
			l.resume = true
			s := reopened(t, l)
			must(t, s, engine.Command{Do: engine.End})
			if _, err := s.close(); err != nil {
				t.Fatal(err)
			}
			s.release()
		}, "the drill is over"},
		"a scenario that was altered": {func(t *testing.T, l *staging) {
			rewrite(t, l.path, "Smoke in the store", "Smoke in the shed!")
		}, "altered"},
		"another scenario": {func(_ *testing.T, l *staging) { l.header.Scenario.SHA256 = strings.Repeat("0", 64) }, "another scenario"},
		"an altered event": {func(t *testing.T, l *staging) { rewrite(t, l.path, `"id":"I1","mode"`, `"id":"I2","mode"`) }, "altered"},
		"no file":          {func(t *testing.T, l *staging) { _ = os.Remove(l.path) }, "no such file"},
		"an empty file":    {func(t *testing.T, l *staging) { _ = os.Truncate(l.path, 0) }, "empty"},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := running(t)
			l := crash(t, s)
			c.change(t, l)
			before, _ := os.ReadFile(l.path)
			_, err := l.open()
			var fail *failure
			if !errors.As(err, &fail) || !strings.Contains(fail.text.EN, c.want) {
				t.Fatalf("%v", err)
			}
			if after, _ := os.ReadFile(l.path); !bytes.Equal(before, after) {
				t.Error("the file was changed")
			}
		})
	}
}

func rewrite(t *testing.T, path, old, new string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil || !bytes.Contains(text, []byte(old)) {
		t.Fatalf("%q is not in %s: %v", old, path, err)
	}
	if err := os.WriteFile(path, bytes.Replace(text, []byte(old), []byte(new), 1), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestAFileIsNeverWrittenOver(t *testing.T) {
	s, _ := running(t)
	again := *s.staging
	_, err := again.open()
	var fail *failure
	if !errors.As(err, &fail) || !strings.Contains(fail.text.EN, "exists already") || !strings.Contains(fail.hint.EN, "--resume") {
		t.Errorf("%v", err)
	}
}

func TestOneProcessAtATime(t *testing.T) {
	s, _ := running(t)
	second := *s.staging
	second.resume = true
	if other, err := second.open(); err == nil {
		other.release()
		t.Fatal("a second process goes on with a drill that is being conducted")
	}
	crash(t, s)
	reopened(t, &second)
}
