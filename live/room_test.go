package live_test

import (
	"context"
	"errors"
	"os"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"saban/engine"
	"saban/live"
	"saban/scenarios"
	"saban/scoring"
	"saban/store"
)

// clock is a timepiece that a test turns.
type clock struct {
	mu   sync.Mutex
	gone time.Duration
}

func (c *clock) piece() *live.Timepiece {
	return &live.Timepiece{
		Mono: func() time.Duration { c.mu.Lock(); defer c.mu.Unlock(); return c.gone },
		Wall: func() time.Time {
			c.mu.Lock()
			defer c.mu.Unlock()
			return time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC).Add(c.gone)
		},
	}
}

// disk is a log in memory that can be out of room.
type disk struct {
	mu     sync.Mutex
	events []engine.Event
	beat   store.Beat
	full   error
	slow   error // what is kept is said to have failed
}

func (d *disk) Append(events []engine.Event) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.full != nil {
		return d.full
	}
	d.events = append(d.events, events...)
	return d.slow
}

func (d *disk) After(seq int64) ([]engine.Event, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.events[seq:]), d.full
}

func (d *disk) Beat(b store.Beat) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.full != nil {
		return d.full
	}
	d.beat = b
	return nil
}

// stage is a small drill in a room, its time and disk in hand.
type stage struct {
	*live.Room
	t     *testing.T
	clock *clock
	disk  *disk
	game  *engine.Compiled
}

func open(t *testing.T, kept *disk, at *clock) *stage {
	t.Helper()
	room, game := openBy(t, kept, at.piece())
	return &stage{room, t, at, kept, game}
}

func openBy(t *testing.T, kept *disk, piece *live.Timepiece) (*live.Room, *engine.Compiled) {
	t.Helper()
	text, err := os.ReadFile("testdata/small-fire.yaml")
	if err != nil {
		t.Fatal(err)
	}
	file, findings := scenarios.ReadScenario(scenarios.Source{Name: "small-fire.yaml", Bytes: text})
	if err := findings.Err(); err != nil {
		t.Fatal(err)
	}
	room, err := live.Open(live.Config{Game: file.Compiled, Rubric: scoring.Default(), Log: kept, Time: piece,
		Kept: slices.Clone(kept.events), Last: kept.beat, Revived: len(kept.events) > 0}, 7)
	if err != nil {
		t.Fatal(err)
	}
	return room, file.Compiled
}

func running(t *testing.T) *stage {
	t.Helper()
	s := open(t, &disk{}, &clock{})
	if _, err := s.StartEx(engine.Start{Led: true}, "f", "start"); err != nil {
		t.Fatal(err)
	}
	return s
}

// pass lets time go by a second at a time, as Run would.
func (s *stage) pass(d time.Duration) {
	for ; d > 0; d -= time.Second {
		s.clock.mu.Lock()
		s.clock.gone += min(d, time.Second)
		s.clock.mu.Unlock()
		live.Tick(s.Room)
	}
}

func (s *stage) must(cmd engine.Command) int64 {
	s.t.Helper()
	seq, err := s.Do(cmd)
	if err != nil {
		s.t.Fatalf("%s: %v", cmd.Do, err)
	}
	return seq
}

func (s *stage) types(after int64) (out []engine.EventType) {
	for _, e := range s.Events(after) {
		out = append(out, e.Type)
	}
	return out
}

func note(key string) engine.Command {
	return engine.Command{Do: engine.Note, Actor: "f", Key: key, Body: engine.Body{Text: "x"}}
}

func TestAKeyAnswersWithItsFirstOutcome(t *testing.T) {
	s := running(t)
	first := s.must(note("a"))
	s.pass(3 * time.Second)
	s.must(note("b"))
	before := len(s.disk.events)
	if again := s.must(note("a")); again != first {
		t.Errorf("event %d, first %d", again, first)
	}
	if len(s.disk.events) != before {
		t.Errorf("the log went on by %v", s.types(int64(before)))
	}
}

func TestReadersAreWokenAndLoseNothing(t *testing.T) {
	s := running(t)
	const acts = 200
	var readers sync.WaitGroup
	for range 8 {
		readers.Go(func() {
			var place int64
			for place < acts {
				changed, open := s.Changed()
				events := s.Events(place)
				for _, e := range events {
					if e.Seq != place+1 {
						t.Errorf("event %d follows %d", e.Seq, place)
						return
					}
					place = e.Seq
				}
				if len(events) == 0 {
					if !open {
						return
					}
					<-changed
				}
			}
		})
	}
	var writers sync.WaitGroup
	for w := range 4 {
		writers.Go(func() {
			for i := range acts / 4 {
				if _, err := s.Do(note(string(rune('a'+w)) + time.Duration(i).String())); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writers.Wait()
	readers.Wait()
}

func TestWhatIsPublishedIsOnDisk(t *testing.T) {
	s := running(t)
	s.must(note("a"))
	if diff := cmp.Diff(s.disk.events, s.Look().Log); diff != "" {
		t.Error(diff)
	}
}

func TestAFullDiskStopsTheClockAndASpaceLetsItGoOn(t *testing.T) {
	s := running(t)
	s.pass(5 * time.Second)
	s.disk.full = errors.New("no space left on device")
	if _, err := s.Do(note("lost")); !errors.Is(err, s.disk.full) {
		t.Fatalf("%v", err)
	}
	acknowledged := len(s.disk.events)
	s.pass(40 * time.Second)
	v := s.Look()
	if v.Trouble == nil || v.Now() != 5*engine.Second || len(v.Log) != acknowledged {
		t.Fatalf("trouble %v at %s with %d events", v.Trouble, v.Now(), len(v.Log))
	}
	s.disk.full = nil
	s.pass(2 * time.Second)
	v = s.Look()
	if last := v.Log[len(v.Log)-1]; v.Trouble != nil || v.Phase != "paused" || last.Type != engine.Gap || last.At != 5*engine.Second {
		t.Fatalf("trouble %v, %s, last %s at %s", v.Trouble, v.Phase, last.Type, last.At)
	}
	s.must(note("lost"))
	if diff := cmp.Diff(engine.Replay(s.game, s.disk.events).Snapshot(), s.Look().Snapshot); diff != "" {
		t.Error(diff)
	}
}

func TestAFullDiskWhileTheDrillStandsLeavesNoGap(t *testing.T) {
	s := running(t)
	s.must(engine.Command{Do: engine.Pause, Key: "p"})
	s.disk.full = errors.New("no space left on device")
	if _, err := s.Do(note("lost")); err == nil {
		t.Fatal("a note was taken that could not be kept")
	}
	s.disk.full = nil
	s.pass(3 * time.Second)
	if v := s.Look(); v.Trouble != nil || v.Log[len(v.Log)-1].Type != engine.Paused {
		t.Errorf("trouble %v, %v", v.Trouble, s.types(0))
	}
}

func TestARestartBringsTheDrillBackPaused(t *testing.T) {
	s := running(t)
	s.pass(42 * time.Second)
	again := open(t, s.disk, &clock{gone: time.Hour})
	v := again.Look()
	if last := v.Log[len(v.Log)-1]; last.Type != engine.Recovered || v.Now() != 42*engine.Second || v.Phase != "paused" {
		t.Errorf("%s, %s at %s", last.Type, v.Phase, v.Now())
	}
	again.pass(time.Minute)
	if got := again.Look().Now(); got != 42*engine.Second {
		t.Errorf("it went on to %s by itself", got)
	}
}

func TestAnswersCountAtTheirTapWhenTheOutageWasSeen(t *testing.T) {
	for name, c := range map[string]struct {
		online, outage, after time.Duration // the phone is there, away, back
		age                   time.Duration
		observed, tap         engine.Millis
	}{
		"sent at once":                    {20 * time.Second, 0, 0, 200 * time.Millisecond, 19800, 0},
		"no outage, four seconds":         {20 * time.Second, 0, 0, 4 * time.Second, 16 * engine.Second, 0},
		"no outage, half a minute":        {40 * time.Second, 0, 0, 30 * time.Second, 40 * engine.Second, 10 * engine.Second},
		"away for half a minute":          {20 * time.Second, 30 * time.Second, 2 * time.Second, 25 * time.Second, 27 * engine.Second, 0},
		"tapped just before it went":      {20 * time.Second, 30 * time.Second, time.Second, 34 * time.Second, 17 * engine.Second, 0},
		"older than the outage":           {60 * time.Second, 30 * time.Second, time.Second, 80 * time.Second, 91 * engine.Second, 11 * engine.Second},
		"long after the outage":           {20 * time.Second, 10 * time.Second, 60 * time.Second, 30 * time.Second, 90 * engine.Second, 60 * engine.Second},
		"before the inject was there":     {3 * time.Second, 0, 0, 4 * time.Second, 0, 0},
		"a phone clock that runs forward": {20 * time.Second, 0, 0, -time.Minute, 20 * engine.Second, 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := running(t)
			s.Here("d1", "p1", []string{"guard"})
			s.pass(c.online)
			if c.outage > 0 {
				s.Gone("d1")
				s.pass(c.outage)
				s.Here("d1", "p1", []string{"guard"})
				s.pass(c.after)
			}
			seq, err := s.Respond(live.Answer{Device: "d1", Age: c.age, Command: engine.Command{Key: "k",
				Body: engine.Body{ID: "I1", Role: "guard", Person: "p1", Text: "a word"}}})
			if err != nil {
				t.Fatal(err)
			}
			e := s.Look().Log[seq-1]
			if e.Type != engine.Responded || e.Observed != c.observed || e.Tap != c.tap {
				t.Errorf("%s observed %s, tap %s; want %s and %s", e.Type, e.Observed, e.Tap, c.observed, c.tap)
			}
		})
	}
}

func TestATapBeforeAPauseCountsAfterIt(t *testing.T) {
	away := func(s *stage, d time.Duration) {
		s.Gone("d1")
		s.pass(d)
	}
	back := func(s *stage) { s.Here("d1", "p1", []string{"guard"}) }
	for name, c := range map[string]struct {
		before        func(*stage) // from 0:20 until the pause
		during, after func(*stage)
		age           time.Duration
		observed, tap engine.Millis
	}{
		"the pause came before the answer": {nil, nil, nil, 10*time.Minute + time.Second, 19 * engine.Second, 0},
		"the phone came back in the pause": {func(s *stage) { away(s, 30*time.Second) }, back, nil, 10*time.Minute + 20*time.Second, 30 * engine.Second, 0},
		"the phone came back after it": {func(s *stage) { away(s, 30*time.Second) }, nil, func(s *stage) { s.pass(5 * time.Second); back(s) },
			10*time.Minute + 25*time.Second, 30 * engine.Second, 0},
		"older than the outage before it": {func(s *stage) { s.pass(20 * time.Second); away(s, 10*time.Second) }, back, nil, 10*time.Minute + 40*time.Second, 50 * engine.Second, 10 * engine.Second},
		"long after it":                   {func(s *stage) { away(s, 10*time.Second) }, back, func(s *stage) { s.pass(time.Minute) }, 11*time.Minute + 5*time.Second, 90 * engine.Second, 25 * engine.Second},
	} {
		t.Run(name, func(t *testing.T) {
			s := running(t)
			back(s)
			s.pass(20 * time.Second)
			for _, step := range []func(*stage){c.before, func(s *stage) { s.must(engine.Command{Do: engine.Pause, Key: "p"}) }, c.during,
				func(s *stage) { s.pass(10 * time.Minute); s.must(engine.Command{Do: engine.Resume, Key: "r"}) }, c.after} {
				if step != nil {
					step(s)
				}
			}
			seq, err := s.Respond(live.Answer{Device: "d1", Age: c.age, Command: engine.Command{Key: "k",
				Body: engine.Body{ID: "I1", Role: "guard", Person: "p1", Text: "a word"}}})
			if err != nil {
				t.Fatal(err)
			}
			if e := s.Look().Log[seq-1]; e.Observed != c.observed || e.Tap != c.tap {
				t.Errorf("at %s observed %s, tap %s; want %s and %s", e.At, e.Observed, e.Tap, c.observed, c.tap)
			}
		})
	}
}

func TestAPhoneIsLoggedInAndOutOnce(t *testing.T) {
	s := running(t)
	start := int64(len(s.disk.events))
	s.Here("d1", "p1", []string{"guard"})
	s.Here("d1", "p1", []string{"guard"}) // a second tab
	s.Gone("d1")
	s.pass(10 * time.Second)
	s.Gone("d1")
	s.pass(3 * time.Second)
	s.Here("d1", "p1", []string{"guard"}) // back within the moment
	s.pass(10 * time.Second)
	s.Gone("d1")
	s.pass(20 * time.Second)
	var seen []engine.EventType
	for _, e := range s.Events(start) {
		if e.Type == engine.Joined || e.Type == engine.Left {
			seen = append(seen, e.Type)
		}
	}
	if diff := cmp.Diff([]engine.EventType{engine.Joined, engine.Left}, seen); diff != "" {
		t.Error(diff)
	}
}

func TestAPhoneThatDoesNotComeBackAfterARestartIsLoggedOut(t *testing.T) {
	s := running(t)
	s.Here("d1", "p1", []string{"guard"})
	s.Here("d2", "p2", []string{"medic"})
	s.pass(5 * time.Second)
	again := open(t, s.disk, &clock{})
	again.Here("d2", "p2", []string{"medic"})
	again.pass(15 * time.Second)
	v := again.Look()
	if guard := live.RoleOf(&v.Snapshot, "guard"); len(guard.Devices) != 0 {
		t.Errorf("the guard still has %v", guard.Devices)
	}
	if medic := live.RoleOf(&v.Snapshot, "medic"); !slices.Equal(medic.Devices, []string{"d2"}) {
		t.Errorf("the medic has %v", medic.Devices)
	}
}

func TestTimePassesByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		room, _ := openBy(t, &disk{}, &live.Timepiece{Mono: func() time.Duration { return time.Since(start) }, Wall: time.Now})
		ctx, stop := context.WithCancel(context.Background())
		go room.Run(ctx)
		if _, err := room.StartEx(engine.Start{Led: true}, "f", "start"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(245 * time.Second)
		synctest.Wait()
		var at []engine.Millis
		for _, e := range room.Events(0) {
			if e.Type == engine.Missed || e.Type == engine.Released {
				at = append(at, e.At)
			}
		}
		if diff := cmp.Diff([]engine.Millis{0, 180000, 180000, 240000}, at); diff != "" {
			t.Error(diff)
		}
		stop()
		synctest.Wait()
		room.Close()
		if _, err := room.Do(note("late")); !errors.Is(err, live.ErrClosed) {
			t.Errorf("%v", err)
		}
	})
}
