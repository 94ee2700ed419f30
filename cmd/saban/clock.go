package main

import (
	"time"

	"saban/engine"
)

// timepiece tells the time twice: by the wall clock, which people and network
// time set forwards and back, and by one that nobody sets and that goes on
// while the machine sleeps. Exercise time runs by the second; the first is
// only written down.
type timepiece struct {
	wall func() time.Time
	mono func() time.Duration
}

// machineTime is the timepiece of the machine.
func machineTime(now func() time.Time) *timepiece {
	start := time.Now()
	mono := func() time.Duration { return time.Since(start) }
	if _, ok := sinceBoot(); ok {
		mono = func() time.Duration {
			d, _ := sinceBoot()
			return d
		}
	}
	return &timepiece{wall: now, mono: mono}
}

// stopwatch keeps exercise time: it stands, or runs at a speed.
type stopwatch struct {
	mono    func() time.Duration
	speed   engine.Ratio
	base    engine.Millis // exercise time at since
	since   time.Duration
	running bool
}

// now returns the exercise time.
func (w *stopwatch) now() engine.Millis {
	if !w.running {
		return w.base
	}
	elapsed := max(w.mono()-w.since, 0)
	return w.base + engine.Millis(engine.MulDiv(elapsed.Microseconds(), int64(w.speed), 1000*int64(engine.Whole)))
}

// set puts the watch at an exercise time, running or standing.
func (w *stopwatch) set(at engine.Millis, running bool) {
	w.base, w.since, w.running = at, w.mono(), running
}
