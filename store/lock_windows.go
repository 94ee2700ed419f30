package store

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// Alone locks an open file for this process and reports whether it could: two
// must not go on with the same drill. The byte locked lies far past its end,
// so that everybody can still read it.
func Alone(f *os.File) bool {
	at := windows.Overlapped{OffsetHigh: 1 << 30}
	err := windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &at)
	return !errors.Is(err, windows.ERROR_LOCK_VIOLATION)
}
