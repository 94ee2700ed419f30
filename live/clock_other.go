//go:build !linux && !darwin

package live

import "time"

// sinceBoot has nothing to add where Go's monotonic clock counts sleep.
func sinceBoot() (time.Duration, bool) { return 0, false }
