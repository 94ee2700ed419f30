//go:build unix && !(linux && (amd64 || arm64))

package server

import (
	"errors"
	"syscall"
)

// offer gives the system what it takes at once; a connection of Go's never
// waits.
func offer(fd uintptr, some []byte) (int, syscall.Errno) {
	n, err := syscall.SendmsgN(int(fd), some, nil, nil, 0)
	wrong, _ := errors.AsType[syscall.Errno](err)
	return max(n, 0), wrong
}
