package main

import (
	"errors"
	"io"
	"os"
	"slices"
	"strconv"
	"time"

	"saban/engine"
	"saban/scoring"
	"saban/store"
)

// facilitator signs what is done at the terminal.
const facilitator = "facilitator"

// session conducts one drill: the engine, its clock, and the drill file. What
// it returns is on disk. It is not safe for use by several goroutines at once.
type session struct {
	live   *live
	time   *timepiece
	watch  stopwatch
	drill  *engine.Drill
	scorer *scoring.Scorer
	log    []engine.Event
	writer *store.Writer
	file   io.Closer
	beats  beats
	torn   bool  // a line the crash had torn was cut off
	broken error // the file can no longer be written: the drill stops
	closed bool
}

func (l *live) session(w *store.Writer, file io.Closer) *session {
	piece := l.time
	if piece == nil {
		piece = machineTime(l.app.now)
	}
	return &session{
		live: l, time: piece, writer: w, file: file,
		watch:  stopwatch{mono: piece.mono, speed: engine.Whole},
		drill:  engine.NewDrill(l.game),
		scorer: scoring.NewScorer(l.file.Scenario, l.rubric),
		beats:  beats{path: l.path + ".beat", last: piece.mono()},
	}
}

// startEx starts the drill.
func (s *session) startEx() error {
	start := s.live.start
	start.Led = true
	if len(start.Seats) == 0 {
		start.Seats = engine.FullSeats(s.live.file.Scenario)
	}
	if start.Speed > 0 {
		s.watch.speed = start.Speed
	}
	_, err := s.do(engine.Command{Do: engine.StartEx, Body: engine.Body{Start: &start}})
	return err
}

// do carries out what the facilitator wants now. A *engine.Refusal says why
// not; after any other error look at broken.
func (s *session) do(cmd engine.Command) ([]engine.Event, error) {
	if err := s.tick(); err != nil {
		return nil, err
	}
	return s.decide(cmd, s.watch.now())
}

func (s *session) decide(cmd engine.Command, at engine.Millis) ([]engine.Event, error) {
	cmd.At, cmd.Wall, cmd.Actor = at, s.time.wall().UnixMilli(), facilitator
	// An act that is taken moves the log on, so the place where it came is a
	// key nothing else has, after a restart too.
	cmd.Key = "t" + strconv.FormatInt(s.drill.Seq()+1, 10)
	decided, refusal := s.drill.Decide(cmd)
	events := slices.Clone(decided)
	if err := s.keep(events); err != nil {
		return nil, err
	}
	return events, refusal
}

// tick lets time do what is due.
func (s *session) tick() error {
	if s.broken != nil {
		return s.broken
	}
	if err := s.findGap(); err != nil {
		return err
	}
	if err := s.keep(slices.Clone(s.drill.Advance(s.watch.now(), s.time.wall().UnixMilli()))); err != nil {
		if s.broken == nil {
			s.broken = err // time cannot be refused
		}
		return s.broken
	}
	s.beat(false)
	return nil
}

// keep writes events to disk; only then are they part of the drill.
func (s *session) keep(events []engine.Event) error {
	if err := s.writer.Append(events); err != nil {
		return s.unwritten(err)
	}
	s.log = append(s.log, events...)
	for i := range events {
		s.scorer.Add(&events[i])
	}
	s.follow()
	return nil
}

// unwritten drops what could not be written by going back to the log. A batch
// the file cannot hold is refused; a disk that fails stops the drill.
func (s *session) unwritten(err error) error {
	s.drill = engine.Replay(s.live.game, s.log)
	var unfit *store.UnfitError
	if errors.As(err, &unfit) {
		return cannot(err, engine.Text{VI: "không ghi được: " + unfit.Text.VI, EN: "this cannot be written: " + unfit.Text.EN},
			engine.Both("viết ngắn hơn", "make it shorter"))
	}
	text := engine.Both("không ghi được %s: %v", "%s cannot be written: %v", s.live.path, err)
	var failed *store.WriteError
	if errors.As(err, &failed) {
		text = failed.Text()
	}
	goOn := s.live.goOn()
	s.broken = cannot(err, text, engine.Text{VI: "mọi việc đã báo nhận vẫn còn; sửa ổ đĩa rồi " + goOn.VI, EN: "all that was acknowledged is kept; mend the disk, then " + goOn.EN})
	return s.broken
}

// follow starts and stops the exercise clock with the drill.
func (s *session) follow() {
	runs := s.drill.Started() && !s.drill.Paused() && !s.drill.Over()
	if runs != s.watch.running {
		s.watch.set(s.drill.Now(), runs)
	}
}

// now is the exercise time as shown.
func (s *session) now() engine.Millis { return max(s.watch.now(), s.drill.Now()) }

// scorecard scores what was logged so far.
func (s *session) scorecard() scoring.Scorecard {
	card := s.scorer.Card()
	card.Scenario.SHA256 = s.live.header.Scenario.SHA256
	return card
}

// close ends the drill file and returns its head hash.
func (s *session) close() (string, error) {
	head, err := s.writer.Close()
	if err != nil {
		return "", s.unwritten(err)
	}
	s.closed = true
	return head, nil
}

// release lets go of the files. A drill that is not over keeps its last beat.
func (s *session) release() {
	if s.closed {
		_ = os.Remove(s.beats.path)
		_ = os.Remove(s.beats.path + ".new")
	} else if s.broken == nil {
		s.beat(true)
	}
	_ = s.file.Close() // every line was synced when it was written
}

// pace is the speed of the exercise clock.
func (s *session) pace() engine.Ratio { return s.watch.speed }

// second is how often a beat is due, and tooLong how long none may come.
const (
	second  = time.Second
	tooLong = 10 * time.Second
)
