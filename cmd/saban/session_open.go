package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"

	"saban/engine"
	"saban/store"
)

// open creates the drill file, or goes on with one.
func (l *live) open() (*session, error) {
	if l.resume {
		return l.reopen()
	}
	f, err := os.OpenFile(l.path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o644)
	if errors.Is(err, fs.ErrExist) {
		hint := l.goOn()
		return nil, cannot(err, engine.Both("%s đã có rồi", "%s exists already", l.path),
			engine.Text{VI: "đặt tên khác với --out, hoặc " + hint.VI, EN: "choose another name with --out, or " + hint.EN})
	}
	if err != nil {
		return nil, l.app.unwritable(l.path, err)
	}
	if !alone(f) {
		_ = f.Close()
		return nil, l.inUse()
	}
	w, err := store.NewWriter(f, l.header)
	if err != nil {
		_ = f.Close()
		return nil, l.app.unwritable(l.path, err)
	}
	return l.session(w, f), nil
}

// reopen reads a drill that was interrupted or that crashed, and pauses it
// where it stood.
func (l *live) reopen() (*session, error) {
	f, err := os.OpenFile(l.path, os.O_RDWR, 0)
	if err != nil {
		return nil, l.app.unreadable(l.path, err)
	}
	if !alone(f) {
		_ = f.Close()
		return nil, l.inUse()
	}
	s, err := l.recover(f)
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return s, nil
}

func (l *live) inUse() error {
	return cannot(nil, engine.Both("%s: một saban khác đang chạy buổi này", "%s: another saban is conducting this drill", l.path),
		engine.Both("tìm cửa sổ kia, hoặc kết thúc nó rồi làm lại", "find that window, or end it and try again"))
}

func (l *live) recover(f *os.File) (*session, error) {
	file, offset, err := store.Resume(f, store.Limits{})
	if errors.Is(err, store.ErrClosed) {
		return nil, cannot(err, engine.Both("%s: buổi diễn tập đã kết thúc", "%s: the drill is over", l.path),
			engine.Both("xem điểm bằng: saban score %s", "see its score with: saban score %s", l.path))
	}
	if err != nil {
		return nil, l.app.brokenDrill(l.path, err)
	}
	if want := l.header.Scenario.SHA256; want != file.Header.Scenario.SHA256 {
		return nil, cannot(nil, engine.Both("%s theo kịch bản khác", "%s was played under another scenario", l.path), engine.Text{})
	}
	size, err := f.Seek(0, io.SeekEnd)
	if err == nil && size > offset {
		err = f.Truncate(offset)
	}
	if err == nil {
		_, err = f.Seek(offset, io.SeekStart)
	}
	if err != nil {
		return nil, l.app.unwritable(l.path, err)
	}
	w, err := store.Continue(f, file)
	if err != nil {
		return nil, l.app.unwritable(l.path, err)
	}
	s := l.session(w, f)
	s.torn = size > offset
	return s, s.goOn(file.Events)
}

// goOn takes in the log of an earlier run and pauses the drill at the last
// thing known of it.
func (s *session) goOn(log []engine.Event) error {
	s.log = slices.Clone(log)
	s.drill = engine.Replay(s.live.game, log)
	for i := range log {
		s.scorer.Add(&log[i])
	}
	if speed := s.drill.Start().Speed; speed > 0 {
		s.watch.speed = speed
	}
	at := s.drill.Now()
	s.watch.set(at, false)
	if !s.drill.Started() || s.drill.Over() {
		return nil
	}
	if b := lastBeat(s.beats.path); !s.drill.Paused() {
		at = max(at, b.At)
	}
	stopped := s.drill.StoppedReal()
	if _, err := s.decide(engine.Command{Do: engine.Recover}, at); err != nil {
		return err
	}
	s.beat(true)
	if stopped {
		// A real incident is not over because a machine was restarted.
		_, err := s.decide(engine.Command{Do: engine.StopReal, Body: engine.Body{Reason: s.stopReason()}}, at)
		return err
	}
	return nil
}

func (s *session) stopReason() string {
	for i := len(s.log) - 1; i >= 0; i-- {
		if s.log[i].Type == engine.StoppedReal {
			return s.log[i].Reason
		}
	}
	return ""
}
