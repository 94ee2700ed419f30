package main

import (
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"
)

// TestMemoryIsCollectedInThePauses: what an inject leaves behind is cleared
// away before the next. It has a process of its own: tidy goes by how much a
// process has in use, which other tests would settle.
func TestMemoryIsCollectedInThePauses(t *testing.T) {
	if os.Getenv("SABAN_ALONE") == "" {
		alone := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestMemoryIsCollectedInThePauses$", "-test.v")
		alone.Env = append(os.Environ(), "SABAN_ALONE=1")
		out, err := alone.CombinedOutput()
		if err != nil || !strings.Contains(string(out), "--- PASS") {
			t.Fatalf("%v\n%s", err, out)
		}
		return
	}
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
