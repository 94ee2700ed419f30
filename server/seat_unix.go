//go:build unix

package server

import (
	"errors"
	"syscall"
)

// attend has whoever leaves be noticed: left asks, so that a phone that waits
// costs no goroutine.
func (*seat) attend(*hall) {}

// left reports whether the phone has left.
func (one *seat) left() bool {
	var n int
	var err error
	var nothing [1]byte // a reader of events has no more to say
	closed := one.raw.Read(func(fd uintptr) bool {
		n, err = syscall.Read(int(fd), nothing[:])
		return true
	})
	return closed != nil || n == 0 && err == nil || err != nil && !errors.Is(err, syscall.EAGAIN) && !errors.Is(err, syscall.EINTR)
}

// take gives a phone what it takes of a frame without waiting.
func (one *seat) take(frame []byte) (taken int, err error) {
	left := one.raw.Control(func(fd uintptr) { // nobody else writes, and nothing is waited for
		for taken < len(frame) {
			n, err2 := syscall.SendmsgN(int(fd), frame[taken:], nil, nil, 0) // quicker than a write to what may be a file
			if n > 0 {
				taken += n
			}
			if err = err2; err != nil && err != syscall.EINTR {
				return
			}
		}
	})
	if err == syscall.EAGAIN || err == syscall.EINTR {
		err = nil // what is left is for later
	}
	return taken, errors.Join(left, err)
}
