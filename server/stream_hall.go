package server

import (
	"bytes"
	"net"
	"runtime"
	"runtime/debug"
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
}

// seat is a phone in the hall.
type seat struct {
	*teller
	conn  *net.TCPConn
	raw   syscall.RawConn
	heard time.Time // when it was last told something
	rest  []byte    // to be sent first
}

func newHall(s *Server, room *live.Room) *hall {
	return &hall{s: s, room: room, come: make(chan struct{}, 1)}
}

// enter gives a phone a seat. It is told everything at the next look.
func (h *hall) enter(t *teller, conn *net.TCPConn, head []byte) error {
	raw, err := conn.SyscallConn()
	one := &seat{teller: t, conn: conn, raw: raw, rest: head}
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
	beat := time.NewTicker(beatEvery / 4)
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
		select { // more may happen before the next look
		case <-time.After(breath - time.Since(looked)):
		case <-h.s.ctx.Done():
			return
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
			h.tell(slices.DeleteFunc(h.present(), func(one *seat) bool { return one.version >= 0 }))
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

// round is one look, for all phones that are told of it.
type round struct {
	*hall
	view *live.Brief
	mu   sync.Mutex
	made map[step]func() frameOf
}

// step is the way from one picture to the next.
type step struct {
	before, now *region
	packed      bool
}

// frameOf is what is told on that way, and whether there is any news in it.
type frameOf struct {
	bytes []byte
	news  bool
}

// few phones are told one after the other; more, by as many goroutines as run
// at once.
const few = 64

// tell has phones shown the view that is, where they were not: one of each
// audience first, so that different pictures are drawn side by side.
func (h *hall) tell(seats []*seat) {
	if len(seats) == 0 {
		return
	}
	now := &round{hall: h, view: h.room.Peek(), made: map[step]func() frameOf{}}
	type alike struct {
		audience string
		shown    *region
		packed   bool
	}
	begun := map[alike]bool{}
	var heads, rest []*seat
	for _, one := range seats {
		if like := (alike{one.audience, first(one.shown), one.packed}); begun[like] {
			rest = append(rest, one)
		} else {
			begun[like] = true
			heads = append(heads, one)
		}
	}
	now.each(heads, 1)
	now.each(rest, few)
}

// each shows the view to phones, side by side where there are more than least.
func (r *round) each(seats []*seat, least int) {
	share := max((len(seats)+runtime.GOMAXPROCS(0)-1)/runtime.GOMAXPROCS(0), least)
	var all sync.WaitGroup
	for some := range slices.Chunk(seats, share) {
		all.Go(func() {
			for _, one := range some {
				r.show(one)
			}
		})
	}
	all.Wait()
}

func (r *round) show(one *seat) {
	if one.version == r.view.Version {
		return
	}
	defer func() { // a failure of one picture is no more than that
		if what := recover(); what != nil {
			r.s.Log.Error("stream failed", "error", what, "stack", string(debug.Stack()))
			r.leave(one)
		}
	}()
	if !one.still() {
		r.dismiss(one, byeGone)
		return
	}
	regions, err := one.brief(r.view)
	if err != nil {
		r.s.Log.Error("stream failed", "error", err)
		r.leave(one)
		return
	}
	what, stands := r.frame(one, regions), standing(r.view)
	told := one.told
	one.version, one.shown, one.told = r.view.Version, regions, stands
	if what.news || told != stands {
		r.send(one, what.bytes)
	}
}

// frame is what a phone is told that is shown these regions now.
func (r *round) frame(one *seat, now []region) frameOf {
	before, packed := one.shown, one.packed
	key := step{first(before), first(now), packed}
	r.mu.Lock()
	made, there := r.made[key]
	if !there {
		made = sync.OnceValue(func() frameOf {
			f := newFrame(packed)
			defer f.release()
			appendPatch(f, r.view, r.s.Time.Wall(), before, now)
			return frameOf{bytes.Clone(f.bytes()), news(before, now)}
		})
		r.made[key] = made
	}
	r.mu.Unlock()
	return made()
}

// first stands for regions that were drawn once and are shared.
func first(regions []region) *region {
	if len(regions) == 0 {
		return nil
	}
	return &regions[0]
}

// beat tells the clock to whoever was told nothing for a while, until there
// is more to tell.
func (h *hall) beat(changed <-chan struct{}) {
	words := beatOf(h.room.Peek(), h.s.Time.Wall())
	frames := map[bool][]byte{}
	for _, one := range h.present() {
		if one.left() {
			h.leave(one)
			continue
		}
		if time.Since(one.heard) < beatEvery {
			continue
		}
		select {
		case <-changed:
			return
		default:
		}
		if !one.still() {
			h.dismiss(one, byeGone)
			continue
		}
		if frames[one.packed] == nil {
			f := newFrame(one.packed)
			frames[one.packed] = bytes.Clone(f.text(words))
			f.release()
		}
		h.send(one, frames[one.packed])
	}
}

// send gives a phone a frame if it takes it at once. A phone that does not
// goes on alone.
func (h *hall) send(one *seat, frame []byte) {
	if one.rest != nil {
		frame = append(one.rest, frame...)
		one.rest = nil
	}
	one.heard = time.Now()
	n, err := one.take(frame)
	switch {
	case err != nil:
		h.leave(one)
	case n < len(frame) && h.rise(one):
		rest := bytes.Clone(frame[n:])
		h.s.running.Go(func() { h.s.converse(one.conn, one.teller, rest) })
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
