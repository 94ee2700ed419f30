package main

import (
	"testing"
	"time"

	"saban/engine"
)

func TestStopwatch(t *testing.T) {
	var mono time.Duration
	for name, c := range map[string]struct {
		speed engine.Ratio
		real  time.Duration
		want  engine.Millis
	}{
		"real time":             {engine.Whole, 90 * time.Second, 90 * engine.Second},
		"sixty times":           {60 * engine.Whole, 1500 * time.Millisecond, 90 * engine.Second},
		"a tenth":               {engine.Whole / 10, 5 * time.Second, 500},
		"six hundred for hours": {600 * engine.Whole, 30 * time.Hour, 18000 * engine.Hour},
		"less than a tick":      {engine.Whole, 400 * time.Microsecond, 0},
	} {
		t.Run(name, func(t *testing.T) {
			mono = 7 * time.Second
			w := stopwatch{mono: func() time.Duration { return mono }, speed: c.speed}
			if w.now() != 0 {
				t.Error("it runs before it was started")
			}
			w.set(5*engine.Second, true)
			mono += c.real
			if got := w.now(); got != 5*engine.Second+c.want {
				t.Errorf("%s, want %s", got, 5*engine.Second+c.want)
			}
			w.set(w.now(), false)
			mono += time.Hour
			if got := w.now(); got != 5*engine.Second+c.want {
				t.Errorf("it went on to %s while it stood", got)
			}
		})
	}
}

func TestMachineTimeGoesOn(t *testing.T) {
	piece := machineTime(time.Now)
	before := piece.mono()
	time.Sleep(2 * time.Millisecond)
	if after := piece.mono(); after <= before || after-before > time.Minute {
		t.Errorf("from %s to %s", before, after)
	}
}
