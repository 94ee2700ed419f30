package main

import (
	"errors"
	"os"
	"os/signal"
	"syscall"

	"saban/engine"
	"saban/live"
	"saban/scenarios"
	"saban/scoring"
	"saban/store"
)

// staging is a real drill led at the terminal by one facilitator, as `run`
// hands it over.
type staging struct {
	app    *app
	file   *scenarios.File // scenario with its site merged in
	game   *engine.Compiled
	rubric scoring.Rubric
	header store.Header
	start  engine.Start
	path   string // of the drill file
	resume bool   // go on with the drill at path

	time *live.Timepiece // nil: the machine's own
}

// errInterrupted says that a drill was left before EndEx. Its file is whole
// and goes on with --resume.
var errInterrupted = errors.New("interrupted")

// conduct leads the drill to EndEx and returns its scorecard with the head
// hash of the drill file.
func (l *staging) conduct() (scoring.Scorecard, string, error) {
	s, err := l.open()
	if err != nil {
		return scoring.Scorecard{}, "", err
	}
	defer s.release()
	if !s.Drill.Over() {
		stop := make(chan os.Signal, 1)
		signal.Notify(stop, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
		defer signal.Stop(stop)
		if err := l.front(s, stop); err != nil {
			return scoring.Scorecard{}, "", err
		}
	}
	head, err := s.close()
	if err != nil {
		return scoring.Scorecard{}, "", err
	}
	return s.scorecard(), head, nil
}

// front is what the facilitator works with: a console at a terminal, lines
// anywhere else.
func (l *staging) front(s *session, stop <-chan os.Signal) error {
	a := l.app
	if !a.interactive() || a.env("TERM") == "dumb" {
		return newLines(s).run(a.in, stop)
	}
	return conductConsole(s, a.in.(*os.File), a.out.(*os.File), stop)
}

// interrupted is the error of a drill that was left by a signal or Ctrl-C.
func (l *staging) interrupted() error {
	return cannot(errInterrupted, engine.Both("buổi diễn tập dừng giữa chừng, chưa chấm điểm", "the drill was interrupted, nothing is scored"), l.goOn())
}

func (l *staging) goOn() engine.Text {
	return engine.Both("chạy tiếp bằng: saban run --resume %s", "go on with: saban run --resume %s", l.path)
}
