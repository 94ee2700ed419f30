package live

import (
	"errors"
	"slices"
	"time"

	"saban/engine"
	"saban/scoring"
	"saban/store"
)

// Log is where a conductor keeps what happened. Append returns nil once the
// events are on disk; *store.UnfitError says that nothing was kept because of
// what the events hold, any other error that the log cannot be written, or was
// not in time. After returns what is kept after an event, by its number.
type Log interface {
	Append([]engine.Event) error
	After(seq int64) ([]engine.Event, error)
	Beat(store.Beat) error
}

// Config is what a drill is conducted with.
type Config struct {
	Game    *engine.Compiled
	Rubric  scoring.Rubric
	Log     Log
	Time    *Timepiece     // nil: the machine's
	Kept    []engine.Event // what the log holds already
	Last    store.Beat     // the last heartbeat kept with it
	Revived bool           // the log was kept by a process that is gone
}

// Conductor leads one drill: every act and all that time brings is kept
// before it counts. It is not safe for use by several goroutines.
type Conductor struct {
	Drill *engine.Drill
	Log   []engine.Event // grows; events never change

	config Config
	time   *Timepiece
	watch  Watch
	scorer *scoring.Scorer
	beat   store.Beat
	beatAt time.Duration // when, by the clock nobody sets
	broken error         // the log can no longer be written: the drill stands

	ahead func(log []engine.Event) // told of a log that is about to be kept, or nil
}

// tooLong between two heartbeats is a gap: the machine slept, was stopped, or
// was too busy to run a drill.
const (
	beatEvery = time.Second
	tooLong   = 10 * time.Second
)

// Conduct takes a drill up, from its start or from where the log ends. One
// that was running goes on paused, at the last moment known.
func Conduct(c Config) (*Conductor, error) {
	if c.Time == nil {
		c.Time = MachineTime()
	}
	s := &Conductor{config: c, time: c.Time, watch: Watch{mono: c.Time.Mono, speed: engine.Whole, since: c.Time.Mono()},
		Drill: engine.NewDrill(c.Game), scorer: scoring.NewScorer(c.Game.Scenario(), c.Rubric), beatAt: c.Time.Mono()}
	if len(c.Kept) > 0 || c.Revived {
		return s, s.goOn(c.Kept)
	}
	return s, nil
}

// StartEx begins the drill with what is fixed before it.
func (s *Conductor) StartEx(start engine.Start, actor, key string) ([]engine.Event, error) {
	if len(start.Seats) == 0 {
		start.Seats = engine.FullSeats(s.config.Game.Scenario())
	}
	if start.Speed > 0 {
		s.watch.speed = start.Speed
	}
	return s.Do(engine.Command{Do: engine.StartEx, Actor: actor, Key: key, Body: engine.Body{Start: &start}})
}

// Do lets time do its part, then decides a command at this moment. Events are
// kept before it returns them; they may stand beside a refusal. An act that
// was carried out before under its key brings an *engine.Repeated.
func (s *Conductor) Do(cmd engine.Command) ([]engine.Event, error) {
	if err := s.Tick(); err != nil {
		return nil, err
	}
	return s.decide(cmd, s.watch.Now())
}

func (s *Conductor) decide(cmd engine.Command, at engine.Millis) ([]engine.Event, error) {
	cmd.At, cmd.Wall = at, s.time.Wall().UnixMilli()
	decided, refusal := s.Drill.Decide(cmd)
	events := slices.Clone(decided)
	if err := s.keep(events); err != nil {
		return nil, err
	}
	return events, refusal
}

// Tick lets time alone do what is due, after a look for a hole in it.
func (s *Conductor) Tick() error {
	if s.broken != nil && !s.mend() {
		return s.broken
	}
	if err := s.findGap(); err != nil {
		return err
	}
	if err := s.keep(slices.Clone(s.Drill.Advance(s.watch.Now(), s.time.Wall().UnixMilli()))); err != nil {
		if s.broken == nil {
			s.fail(err) // time cannot be refused
		}
		return s.broken
	}
	s.Beat(false)
	return nil
}

// keep stores events and only then lets them count.
func (s *Conductor) keep(events []engine.Event) error {
	if len(events) == 0 {
		return nil
	}
	log := append(s.Log, events...)
	if s.ahead != nil {
		s.ahead(log)
	}
	if err := s.config.Log.Append(events); err != nil {
		s.Log = slices.Clip(s.Log) // somebody may still read what lies behind
		s.Drill = engine.Replay(s.config.Game, s.Log)
		if _, unfit := errors.AsType[*store.UnfitError](err); !unfit {
			s.fail(err)
		}
		return err
	}
	s.Log = log
	for i := range events {
		s.scorer.Add(&events[i])
	}
	s.follow()
	return nil
}

// fail stops the clock: what cannot be kept must not happen.
func (s *Conductor) fail(err error) {
	s.watch.set(s.Now(), false)
	s.broken, s.beatAt = err, s.time.Mono()
}

// mend tries once a second whether the log can be written again. What was
// lost of the time in between is a gap, and the facilitator goes on from it.
func (s *Conductor) mend() bool {
	if s.time.Mono()-s.beatAt < beatEvery {
		return false
	}
	s.beatAt = s.time.Mono()
	if s.catchUp() != nil {
		return false
	}
	if !s.runs() {
		if err := s.config.Log.Beat(store.Beat{At: s.Now(), Wall: s.time.Wall().UnixMilli()}); err != nil {
			return false
		}
		s.broken = nil
		return true
	}
	before := s.broken
	s.broken = nil
	if _, err := s.decide(engine.Command{Do: engine.MarkGap}, s.watch.Now()); err != nil {
		s.broken = before
		return false
	}
	return true
}

// catchUp takes in what is kept and not known here: an Append that gave up
// waiting may have been carried out all the same.
func (s *Conductor) catchUp() error {
	kept, err := s.config.Log.After(int64(len(s.Log)))
	if err != nil || len(kept) == 0 {
		return err
	}
	s.Log = append(s.Log, kept...)
	for i := range kept {
		s.scorer.Add(&kept[i])
	}
	s.Drill = engine.Replay(s.config.Game, s.Log)
	return nil
}

func (s *Conductor) runs() bool { return s.Drill.Started() && !s.Drill.Paused() && !s.Drill.Over() }

// follow has the clock run or stand as the drill does.
func (s *Conductor) follow() {
	if runs := s.runs(); runs != s.watch.running {
		s.watch.set(s.Drill.Now(), runs)
	}
}

// Now is the exercise time.
func (s *Conductor) Now() engine.Millis { return max(s.watch.Now(), s.Drill.Now()) }

// Wall is the time of day.
func (s *Conductor) Wall() time.Time { return s.time.Wall() }

// Mono is the time by the clock nobody sets.
func (s *Conductor) Mono() time.Duration { return s.time.Mono() }

// Watch is a copy of the clock as it stands.
func (s *Conductor) Watch() *Watch {
	w := s.watch
	w.before = slices.Clone(w.before)
	return &w
}

// Card is the score so far.
func (s *Conductor) Card() scoring.Scorecard { return s.scorer.Card() }

// Scenario is what is played.
func (s *Conductor) Scenario() *engine.Scenario { return s.config.Game.Scenario() }

// Broken is why the log cannot be written, or nil.
func (s *Conductor) Broken() error { return s.broken }
