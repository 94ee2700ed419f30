package main

import (
	"encoding/json"
	"os"
	"time"

	"saban/engine"
)

// beat is how far exercise time had come at a moment of real time. Between
// two events it is all that tells when a machine went down.
type beat struct {
	At   engine.Millis `json:"at"`
	Wall int64         `json:"wall"`
}

// beats writes the last beat beside the drill file, not into it.
type beats struct {
	path string
	beat beat
	last time.Duration // when, by the clock nobody sets
}

// beat notes the exercise time, once a second unless forced. A beat that
// cannot be written costs at most the time since the last event.
func (s *session) beat(now bool) {
	b := &s.beats
	if mono := s.time.mono(); now || mono-b.last >= second || b.beat.Wall == 0 {
		b.last = mono
		b.beat = beat{At: s.now(), Wall: s.time.wall().UnixMilli()}
		_ = b.beat.write(b.path)
	}
}

// findGap pauses the drill at the last beat when none came for long: the
// machine slept or the process was stopped, and nobody played meanwhile.
func (s *session) findGap() error {
	if !s.watch.running || s.time.mono()-s.beats.last <= tooLong {
		return nil
	}
	at := s.beats.beat.At
	s.watch.set(at, true)
	_, err := s.decide(engine.Command{Do: engine.MarkGap}, at)
	s.beat(true)
	return err
}

func (b beat) write(path string) error {
	text, err := json.Marshal(b)
	if err != nil {
		return err
	}
	if err := os.WriteFile(path+".new", append(text, '\n'), 0o644); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

// lastBeat reads the beat of an earlier run; none is as good as an early one.
func lastBeat(path string) beat {
	var b beat
	text, err := os.ReadFile(path)
	if err != nil || json.Unmarshal(text, &b) != nil || b.At < 0 || b.At > engine.MaxDuration {
		return beat{}
	}
	return b
}
