//go:build linux || darwin

package live

import (
	"runtime"
	"time"

	"golang.org/x/sys/unix"
)

// sinceBoot reads the clock that goes on while the machine sleeps; Go's own
// monotonic clock stands then on these systems, and a closed lid would go
// unnoticed.
func sinceBoot() (time.Duration, bool) {
	id := int32(7) // CLOCK_BOOTTIME of Linux
	if runtime.GOOS == "darwin" {
		id = 6 // CLOCK_MONOTONIC, which counts sleep there
	}
	var ts unix.Timespec
	if err := unix.ClockGettime(id, &ts); err != nil {
		return 0, false
	}
	return time.Duration(ts.Nano()), true
}
