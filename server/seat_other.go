//go:build !unix

package server

import (
	"errors"
	"os"
	"time"
)

// attend has whoever leaves be noticed. A phone that went on alone meanwhile
// notices by itself.
func (one *seat) attend(h *hall) {
	go func() {
		var nothing [1]byte // a reader of events has no more to say
		_, _ = one.conn.Read(nothing[:])
		h.leave(one)
	}()
}

func (*seat) left() bool { return false }

// glance is how long a phone may take to take a frame and stay in the hall.
const glance = 20 * time.Millisecond

// take gives a phone what it takes of a frame at once.
func (one *seat) take(frame []byte) (taken int, err error) {
	if err = one.conn.SetWriteDeadline(time.Now().Add(glance)); err == nil {
		taken, err = one.conn.Write(frame)
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		err = nil // the rest is for later
	}
	return taken, err
}
