package server

import (
	"bytes"
	"net"
	"slices"
	"sync"
	"syscall"
	"time"

	"saban/live"
)

// hall tells all phones of a drill what is new from one goroutine: what phones
// in the same place are told is put together once, and a phone that waits
// costs no stack. Whoever does not take a frame at once goes on alone, at a
// pace of its own, so that nobody waits for the slow.
type hall struct {
	s    *Server
	room *live.Room

	mu     sync.Mutex
	seats  []*seat
	closed bool
	come   chan struct{} // somebody has come in

	next  *round // prepared, or nil
	beats int
}

// beatsEach is how many looks at the clock there are from one beat of a phone to
// the next.
const beatsEach = 4

// seat is a phone in the hall. What all are asked at each look stands first,
// together, here and in feed and stay.
type seat struct {
	last  *group // that it was told with, or nil
	next  *group // that it will be told with, where a look has begun
	raw   syscall.RawConn
	rest  []byte    // to be sent first
	heard time.Time // when it was last told something
	teller
	conn *net.TCPConn
}

func newHall(s *Server, room *live.Room) *hall {
	return &hall{s: s, room: room, come: make(chan struct{}, 1)}
}

// enter gives a phone a seat. It is told everything at the next look.
func (h *hall) enter(t *teller, conn *net.TCPConn, head []byte) error {
	raw, err := conn.SyscallConn()
	one := &seat{teller: *t, conn: conn, raw: raw, rest: head}
	h.mu.Lock()
	if err == nil && !h.closed {
		h.seats = append(h.seats, one)
	} else {
		defer one.end()
	}
	h.mu.Unlock()
	one.attend(h)
	select {
	case h.come <- struct{}{}:
	default:
	}
	return err
}

// leave ends a phone's stream, unless it is not in the hall any more.
func (h *hall) leave(one *seat) {
	if h.rise(one) {
		one.end()
	}
}

// rise takes a phone from its seat.
func (h *hall) rise(one *seat) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	i := slices.Index(h.seats, one)
	if i < 0 {
		return false
	}
	last := len(h.seats) - 1
	h.seats[i], h.seats[last] = h.seats[last], nil
	h.seats = h.seats[:last]
	return true
}

func (one *seat) end() {
	_ = one.conn.Close()
	one.done()
}

// run goes on until the drill is left or the server leaves.
func (h *hall) run() {
	beat := time.NewTicker(beatEvery / beatsEach)
	defer beat.Stop()
	defer h.adjourn()
	for {
		changed, open := h.room.Acted()
		if !open {
			return
		}
		looked := time.Now()
		h.tell(h.present())
		if !h.wait(changed, beat.C) {
			return
		}
		if rest := breath - time.Since(looked); rest > 0 { // more may happen before the next look
			select {
			case <-time.After(rest):
			case <-h.s.ctx.Done():
				return
			}
		}
	}
}

// wait sees to who comes in and to the clock until there is more to tell, and
// reports whether to go on.
func (h *hall) wait(changed <-chan struct{}, beat <-chan time.Time) bool {
	for {
		select {
		case <-changed:
			return true
		case <-h.come:
			h.tell(slices.DeleteFunc(h.present(), func(one *seat) bool { return one.last != nil }))
		case <-h.room.Soon():
			h.prepare()
		case <-beat:
			h.beat(changed)
		case <-h.s.ctx.Done():
			return false
		}
	}
}

// present are the phones there are now.
func (h *hall) present() []*seat {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.seats)
}

// beat sees who has left, and tells the clock to whoever was told nothing for a
// while, until there is more to tell.
func (h *hall) beat(changed <-chan struct{}) {
	wall, now := h.s.Time.Wall(), time.Now()
	words := beatOf(h.room.Peek(), wall)
	frames := map[bool][]byte{}
	h.beats++
	for i, one := range h.present() {
		select {
		case <-changed:
			return
		default:
		}
		if (i+h.beats)%beatsEach == 0 && one.left() { // asking all at once would be most of what a quiet room costs
			h.leave(one)
			continue
		}
		if now.Sub(one.heard) < beatEvery {
			continue
		}
		if !one.still.lasts(wall) {
			h.dismiss(one, byeGone)
			continue
		}
		if frames[one.packed] == nil {
			f := newFrame(one.packed)
			frames[one.packed] = bytes.Clone(f.text(words))
			f.release()
		}
		h.send(one, frames[one.packed], now)
	}
}

// send gives a phone a frame if it takes it at once. A phone that does not
// goes on alone.
func (h *hall) send(one *seat, frame []byte, now time.Time) {
	if one.rest != nil {
		frame = append(one.rest, frame...)
		one.rest = nil
	}
	one.heard = now
	n, err := one.take(frame)
	switch {
	case err != nil:
		h.leave(one)
	case n < len(frame) && h.rise(one):
		// Nothing of the seat goes along: it leads to all that is told from now on.
		conn, alone, rest := one.conn, one.teller, bytes.Clone(frame[n:])
		if g := one.last; g != nil {
			alone.version, alone.shown, alone.told = g.round.version, g.regions, g.round.stands
		}
		h.s.running.Go(func() { h.s.converse(conn, &alone, rest) })
	}
}

// dismiss says a last word to a phone.
func (h *hall) dismiss(one *seat, word string) {
	f := newFrame(one.packed)
	defer f.release()
	_, _ = one.take(append(one.rest, f.text(word)...)) // who does not take it sees the end of its stream
	h.leave(one)
}

// adjourn sends everybody home.
func (h *hall) adjourn() {
	h.mu.Lock()
	h.closed = true
	h.mu.Unlock()
	word := h.s.goodbye(false)
	for _, one := range h.present() {
		h.dismiss(one, word)
	}
}
