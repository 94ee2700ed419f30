package live

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
			w := Watch{mono: func() time.Duration { return mono }, speed: c.speed}
			if w.Now() != 0 {
				t.Error("it runs before it was started")
			}
			w.set(5*engine.Second, true)
			mono += c.real
			if got := w.Now(); got != 5*engine.Second+c.want {
				t.Errorf("%s, want %s", got, 5*engine.Second+c.want)
			}
			w.set(w.Now(), false)
			mono += time.Hour
			if got := w.Now(); got != 5*engine.Second+c.want {
				t.Errorf("it went on to %s while it stood", got)
			}
		})
	}
}

func TestTheTimeSomeWhileAgo(t *testing.T) {
	var mono time.Duration
	w := Watch{mono: func() time.Duration { return mono }, speed: engine.Whole}
	w.set(0, true)
	mono = 60 * time.Second
	w.set(w.Now(), false) // paused at 1:00 for half a minute
	mono = 90 * time.Second
	w.set(w.Now(), true)
	mono = 100 * time.Second // it is 1:10
	for name, c := range map[string]struct {
		ago  time.Duration
		want engine.Millis
	}{
		"now":                {0, 70 * engine.Second},
		"since the pause":    {4 * time.Second, 66 * engine.Second},
		"in the pause":       {20 * time.Second, 60 * engine.Second},
		"before the pause":   {50 * time.Second, 50 * engine.Second},
		"before StartEx":     {5 * time.Minute, 0},
		"a time yet to come": {-time.Minute, 70 * engine.Second},
	} {
		t.Run(name, func(t *testing.T) {
			if got := w.Ago(c.ago); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

func TestHowLongUntil(t *testing.T) {
	var mono time.Duration
	w := Watch{mono: func() time.Duration { return mono }, speed: 10 * engine.Whole}
	w.set(0, true)
	mono = time.Second
	if got := w.RealUntil(30 * engine.Second); got != 2*time.Second {
		t.Errorf("20 exercise seconds at ×10 take %s", got)
	}
	if got := w.RealUntil(5 * engine.Second); got != 0 {
		t.Errorf("what is past takes %s", got)
	}
}

func TestMachineTimeGoesOn(t *testing.T) {
	piece := MachineTime()
	before := piece.Mono()
	time.Sleep(2 * time.Millisecond)
	if after := piece.Mono(); after <= before || after-before > time.Minute {
		t.Errorf("from %s to %s", before, after)
	}
}
