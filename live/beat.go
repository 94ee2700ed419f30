package live

import (
	"saban/engine"
	"saban/store"
)

// Beat keeps the present moment beside the log, once a second or now. One
// that cannot be kept costs nothing but exactness after a crash.
func (s *Conductor) Beat(now bool) {
	if mono := s.time.Mono(); now || mono-s.beatAt >= beatEvery || s.beat.Wall == 0 {
		s.beatAt = mono
		s.beat = store.Beat{At: s.Now(), Wall: s.time.Wall().UnixMilli()}
		_ = s.config.Log.Beat(s.beat)
	}
}

// findGap sees that nobody looked for longer than any machine should take, and
// pauses the drill at the last moment it was conducted.
func (s *Conductor) findGap() error {
	if !s.watch.running || s.time.Mono()-s.beatAt <= tooLong {
		return nil
	}
	at := s.beat.At
	s.watch.set(at, true)
	_, err := s.decide(engine.Command{Do: engine.MarkGap}, at)
	s.Beat(true)
	return err
}

// goOn takes up a log that another process kept.
func (s *Conductor) goOn(log []engine.Event) error {
	s.Log = append(s.Log, log...)
	s.Drill = engine.Replay(s.config.Game, log)
	for i := range log {
		s.scorer.Add(&log[i])
	}
	if speed := s.Drill.Start().Speed; speed > 0 {
		s.watch.speed = speed
	}
	at := s.Drill.Now()
	s.watch.base = at
	if !s.Drill.Started() || s.Drill.Over() {
		return nil
	}
	if last := s.config.Last.At; !s.Drill.Paused() && last >= 0 && last <= engine.MaxDuration {
		at = max(at, last)
	}
	stopped := s.Drill.StoppedReal()
	if _, err := s.decide(engine.Command{Do: engine.Recover}, at); err != nil {
		return err
	}
	s.watch.base = s.Drill.Now()
	s.Beat(true)
	if !stopped {
		return nil
	}
	// A real incident is not over because a machine was restarted.
	_, err := s.decide(engine.Command{Do: engine.StopReal, Body: engine.Body{Reason: s.StopReason()}}, at)
	return err
}

// StopReason is what was given when a real incident stopped the drill.
func (s *Conductor) StopReason() string {
	for i := len(s.Log) - 1; i >= 0; i-- {
		if s.Log[i].Type == engine.StoppedReal {
			return s.Log[i].Reason
		}
	}
	return ""
}
