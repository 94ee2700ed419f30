package main

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// alone keeps a second process from going on with the same drill file. The
// byte locked lies far past its end, so that everybody can still read it.
func alone(f *os.File) bool {
	at := windows.Overlapped{OffsetHigh: 1 << 30}
	err := windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &at)
	return !errors.Is(err, windows.ERROR_LOCK_VIOLATION)
}
