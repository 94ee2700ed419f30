package live_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"saban/engine"
	"saban/live"
	"saban/store"
)

// count is how many events of a type a log has.
func (s *stage) count(of engine.EventType) (n int) {
	for _, e := range s.Look().Log {
		if e.Type == of {
			n++
		}
	}
	return n
}

func TestALaptopThatSleptGoesOnPausedWhereItWas(t *testing.T) {
	s := running(t)
	s.pass(90 * time.Second)
	s.clock.mu.Lock()
	s.clock.gone += time.Hour // the clock of the boot goes on while it sleeps
	s.clock.mu.Unlock()
	live.Tick(s.Room)
	if v := s.Look(); v.Phase != "paused" || v.Now() > 92*engine.Second || v.Now() < 88*engine.Second || s.count(engine.Gap) != 1 {
		t.Fatalf("%s at %s, %d gaps", v.Phase, v.Now(), s.count(engine.Gap))
	}
	s.must(engine.Command{Do: engine.Resume, Actor: "f", Key: "resume"})
	s.pass(30 * time.Second)
	if v := s.Look(); v.Phase != "running" || v.Now() > 125*engine.Second || s.count(engine.Gap) != 1 {
		t.Errorf("%s at %s, %d gaps", v.Phase, v.Now(), s.count(engine.Gap))
	}
}

func TestTheWallClockIsOnlyWrittenDown(t *testing.T) {
	at := &clock{}
	piece := at.piece()
	wall, ahead := piece.Wall, time.Duration(0)
	piece.Wall = func() time.Time { return wall().Add(ahead) }
	kept := &disk{}
	room, game := openBy(t, kept, piece)
	s := &stage{room, t, at, kept, game}
	if _, err := s.StartEx(engine.Start{Led: true}, "f", "start"); err != nil {
		t.Fatal(err)
	}
	for _, ahead = range []time.Duration{time.Hour, -time.Hour, 0} {
		s.pass(20 * time.Second)
		s.must(engine.Command{Do: engine.Note, Actor: "f", Key: ahead.String(), Body: engine.Body{Text: "x"}})
	}
	if v := s.Look(); v.Phase != "running" || v.Now() != engine.Minute || s.count(engine.Gap) != 0 {
		t.Errorf("%s at %s, %d gaps", v.Phase, v.Now(), s.count(engine.Gap))
	}
	before := engine.Millis(0)
	for _, e := range s.Look().Log {
		if e.At < before {
			t.Errorf("event %d goes back to %s", e.Seq, e.At)
		}
		before = e.At
	}
}

// TestWhatWasKeptTooLateIsTakenIn has the disk answer too late, once: the act
// is there once, and the drill goes on from it.
func TestWhatWasKeptTooLateIsTakenIn(t *testing.T) {
	s := running(t)
	s.pass(30 * time.Second)
	act := engine.Command{Do: engine.Note, Actor: "f", Key: "said once", Body: engine.Body{Text: "x"}}
	s.disk.slow = context.DeadlineExceeded
	if _, err := s.Do(act); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("too late, it answers %v", err)
	}
	s.disk.slow = nil
	s.pass(5 * time.Second)
	s.must(act)
	s.must(engine.Command{Do: engine.Resume, Actor: "f", Key: "resume"})
	s.must(engine.Command{Do: engine.Note, Actor: "f", Key: "said later", Body: engine.Body{Text: "y"}})
	if n := s.count(engine.Noted); n != 2 {
		t.Errorf("%d notes, not 2", n)
	}
	if diff := cmp.Diff(s.disk.events, s.Look().Log); diff != "" {
		t.Errorf("the log is not what is kept (-kept +log):\n%s", diff)
	}
}

// TestWhatIsAboutToBeKeptIsNotThereYet looks at what is announced while the
// disk works, and after the disk has refused it.
func TestWhatIsAboutToBeKeptIsNotThereYet(t *testing.T) {
	s := running(t)
	s.pass(30 * time.Second)
	pause := func(key string) error {
		_, err := s.Do(engine.Command{Do: engine.Pause, Actor: "f", Key: key})
		return err
	}
	before := s.Peek()
	s.disk.full = &store.UnfitError{Text: engine.Both("quá dài", "too long")}
	if err := pause("refused"); err == nil {
		t.Fatal("nobody refused it")
	}
	announced := s.Coming()
	if announced == nil || announced.Phase != "paused" {
		t.Fatalf("announced: %+v", announced)
	}
	if now := s.Peek(); now != before || now.Phase != "running" {
		t.Errorf("%s is seen of what was not kept", now.Phase)
	}
	s.disk.full = nil
	s.must(engine.Command{Do: engine.Note, Actor: "f", Key: "note", Body: engine.Body{Text: "x"}}) // as many events, and not announced
	if now := s.Peek(); now == announced || now.Phase != "running" || now.Log[len(now.Log)-1].Type != engine.Noted {
		t.Errorf("%s, last of the log %+v", now.Phase, now.Log[len(now.Log)-1])
	}
	if diff := cmp.Diff(s.disk.events, s.Look().Log); diff != "" {
		t.Errorf("the log is not what is kept (-kept +log):\n%s", diff)
	}
	if err := pause("kept"); err != nil {
		t.Fatal(err)
	}
	if now := s.Peek(); now.Phase != "paused" || now.Watch.Running() || s.Coming() != nil {
		t.Errorf("%s, its clock running: %v, announced still: %v", now.Phase, now.Watch.Running(), s.Coming())
	}
}
