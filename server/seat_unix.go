//go:build unix

package server

import (
	"errors"
	"sync"
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

// giving is a frame on its way to a phone.
type giving struct {
	frame []byte
	taken int
	wrong syscall.Errno
	do    func(fd uintptr) // give, bound once
}

// givings are shared: one is made for all phones of a look, not one for each.
var givings = sync.Pool{New: func() any {
	g := new(giving)
	g.do = g.give
	return g
}}

func (g *giving) give(fd uintptr) {
	for g.taken < len(g.frame) && (g.wrong == 0 || g.wrong == syscall.EINTR) {
		var n int
		n, g.wrong = offer(fd, g.frame[g.taken:])
		g.taken += n
	}
}

// take gives a phone what it takes of a frame without waiting.
func (one *seat) take(frame []byte) (int, error) {
	g := givings.Get().(*giving)
	g.frame, g.taken, g.wrong = frame, 0, 0
	left := one.raw.Control(g.do) // nobody else writes, and nothing is waited for
	taken, wrong := g.taken, g.wrong
	g.frame = nil
	givings.Put(g)
	if wrong == 0 || wrong == syscall.EAGAIN { // what is left is for later
		return taken, left
	}
	return taken, errors.Join(left, wrong)
}
