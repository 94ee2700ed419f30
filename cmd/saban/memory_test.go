package main

import (
	"runtime"
	"testing"
	"time"
)

// TestMemoryIsCollectedInThePauses: what an inject leaves behind is cleared
// away before the next.
func TestMemoryIsCollectedInThePauses(t *testing.T) {
	go tidy(t.Context())
	collected := func() uint32 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.NumForcedGC
	}
	var left [][]byte
	before := collected()
	for range 200 { // 20 s, far more than it takes
		if collected() > before {
			break
		}
		left = append(left[:0], make([]byte, 64<<10), make([]byte, 64<<10))
		time.Sleep(100 * time.Millisecond)
	}
	if collected() == before {
		t.Fatal("nothing is collected, however much is left behind")
	}
	runtime.KeepAlive(left)
}
