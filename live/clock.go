package live

import (
	"time"

	"saban/engine"
)

// Timepiece tells the time twice: by the wall clock, which people and network
// time set forwards and back, and by one that nobody sets and that goes on
// while the machine sleeps. Exercise time runs by the second; the first is
// only written down.
type Timepiece struct {
	Wall func() time.Time
	Mono func() time.Duration
}

// MachineTime is the timepiece of the machine.
func MachineTime() *Timepiece {
	start := time.Now()
	mono := func() time.Duration { return time.Since(start) }
	if _, ok := sinceBoot(); ok {
		mono = func() time.Duration {
			d, _ := sinceBoot()
			return d
		}
	}
	return &Timepiece{Wall: time.Now, Mono: mono}
}

// Watch keeps exercise time: it stands, or runs at a speed. A copy goes on
// telling the time as it was when it was taken.
type Watch struct {
	mono    func() time.Duration
	speed   engine.Ratio
	base    engine.Millis // exercise time at since
	since   time.Duration
	running bool
	before  []stretch // oldest first, the present one not included
}

// stretch is a time during which the watch ran or stood without a change.
type stretch struct {
	from    time.Duration
	base    engine.Millis
	running bool
}

// remembered is how many stretches a watch looks back over: more pauses than
// any phone is offline for.
const remembered = 64

// Now returns the exercise time.
func (w *Watch) Now() engine.Millis {
	if !w.running {
		return w.base
	}
	return w.base + w.ran(w.mono()-w.since)
}

// Running reports whether exercise time goes on.
func (w *Watch) Running() bool { return w.running }

// Speed is how many times real time it runs at.
func (w *Watch) Speed() engine.Ratio { return w.speed }

func (w *Watch) ran(real time.Duration) engine.Millis {
	return engine.Millis(engine.MulDiv(max(real, 0).Microseconds(), int64(w.speed), 1000*int64(engine.Whole)))
}

// set puts the watch at an exercise time, running or standing.
func (w *Watch) set(at engine.Millis, running bool) {
	w.before = append(w.before, stretch{w.since, w.base, w.running})
	if len(w.before) > remembered {
		w.before = append([]stretch(nil), w.before[1:]...)
	}
	w.base, w.since, w.running = at, w.mono(), running
}

// Ago returns what exercise time was some real time ago, pauses in between
// taken into account; never later than now, never before the watch was made.
func (w *Watch) Ago(real time.Duration) engine.Millis {
	then := w.mono() - max(real, 0)
	s := stretch{w.since, w.base, w.running}
	for i := len(w.before) - 1; i >= 0 && then < s.from; i-- {
		s = w.before[i]
	}
	at := s.base
	if s.running {
		at += w.ran(then - s.from)
	}
	return min(at, w.Now())
}

// RealUntil is how long it really takes until an exercise time comes, zero
// when it is past.
func (w *Watch) RealUntil(at engine.Millis) time.Duration {
	if w.speed <= 0 {
		return 0
	}
	left := max(at-w.Now(), 0)
	return time.Duration(engine.MulDiv(int64(left), 1000*int64(engine.Whole), int64(w.speed))) * time.Microsecond
}
