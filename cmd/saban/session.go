package main

import (
	"errors"
	"io"
	"os"
	"strconv"

	"saban/engine"
	"saban/live"
	"saban/scoring"
	"saban/store"
)

// facilitator signs what is done at the terminal.
const facilitator = "facilitator"

// session conducts one drill at the terminal into one drill file. What it
// returns is on disk. It is not safe for use by several goroutines at once.
type session struct {
	*live.Conductor
	staging *staging
	file    *drillFile
	torn    bool // a line the crash had torn was cut off
	closed  bool
}

// drillFile is the log of a session: the drill file, and its heartbeat beside
// it.
type drillFile struct {
	*store.Writer
	io.Closer
	path string
}

// startEx starts the drill.
func (s *session) startEx() error {
	start := s.staging.start
	start.Led = true
	_, err := s.StartEx(start, facilitator, s.key())
	return s.explained(err)
}

// do lets the facilitator act now. The events may stand beside a refusal.
func (s *session) do(cmd engine.Command) ([]engine.Event, error) {
	cmd.Actor, cmd.Key = facilitator, s.key()
	events, err := s.Do(cmd)
	return events, s.explained(err)
}

// key is one that nothing else has: an act that is taken moves the log on, so
// the place where it came is its own, after a restart too.
func (s *session) key() string { return "t" + strconv.FormatInt(s.Drill.Seq()+1, 10) }

// tick lets time alone do its part.
func (s *session) tick() error { return s.explained(s.Tick()) }

// broken says why the file can no longer be written, or nil.
func (s *session) broken() error { return s.explained(s.Broken()) }

// explained gives an error of the file its words; a refusal has them already.
func (s *session) explained(err error) error {
	var refusal *engine.Refusal
	var unfit *store.UnfitError
	switch {
	case err == nil, errors.As(err, &refusal):
		return err
	case errors.As(err, &unfit):
		return cannot(err, engine.Text{VI: "không ghi được: " + unfit.Text.VI, EN: "this cannot be written: " + unfit.Text.EN},
			engine.Both("viết ngắn hơn", "make it shorter"))
	}
	text := engine.Both("không ghi được %s: %v", "%s cannot be written: %v", s.staging.path, err)
	var failed *store.WriteError
	if errors.As(err, &failed) {
		text = failed.Text()
	}
	goOn := s.staging.goOn()
	return cannot(err, text, engine.Text{VI: "mọi việc đã báo nhận vẫn còn; sửa ổ đĩa rồi " + goOn.VI, EN: "all that was acknowledged is kept; mend the disk, then " + goOn.EN})
}

func (s *session) scorecard() scoring.Scorecard {
	card := s.Card()
	card.Scenario.SHA256 = s.staging.header.Scenario.SHA256
	return card
}

// questions is what is open, as the terminal numbers it.
func (s *session) questions(v *engine.Snapshot) []live.Question {
	return live.Questions(s.Scenario(), v, s.staging.header.Seed)
}

// offer finds what an id of an act stands for.
func (s *session) offer(v *engine.Snapshot, id string) live.Offer {
	return live.FindOffer(s.Scenario(), v, id)
}

// close ends the file of a drill that is over and gives its head hash.
func (s *session) close() (string, error) {
	head, err := s.file.Writer.Close()
	if err != nil {
		return "", s.explained(err)
	}
	s.closed = true
	return head, nil
}

// release lets the file go; the heartbeat stays for a drill that is not over.
func (s *session) release() {
	if s.closed {
		_ = os.Remove(beatPath(s.file.path))
		_ = os.Remove(beatPath(s.file.path) + ".new")
	} else if s.Broken() == nil {
		s.Beat(true)
	}
	_ = s.file.Closer.Close() // every line was synced when it was written
}
