//go:build linux || darwin

package store

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// Alone locks an open file for this process and reports whether it could: two
// must not go on with the same drill. The system lets go of the lock when the
// process ends, however it ends.
func Alone(f *os.File) bool {
	err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	return !errors.Is(err, unix.EWOULDBLOCK)
}
