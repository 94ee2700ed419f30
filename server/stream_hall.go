package server

import (
	"bytes"
	"fmt"
	"maps"
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

	next  *round // prepared, or nil
	beats int
}

// seat is a phone in the hall.
type seat struct {
	teller
	conn  *net.TCPConn
	raw   syscall.RawConn
	heard time.Time // when it was last told something
	rest  []byte    // to be sent first
	group *group    // that it is told with, during a look
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
			h.tell(slices.DeleteFunc(h.present(), func(one *seat) bool { return one.version >= 0 }))
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

// like is what phones have in common that are told the same.
type like struct {
	audience, own string
	shown         *region
	packed        bool
}

// group are such phones at one look: their picture is drawn once, and put into
// one frame.
type group struct {
	round   *round
	packed  bool
	before  []region
	draw    func(*live.Brief) ([]region, error)
	regions []region
	frame   []byte
	news    bool
	err     error
}

// round is one look, for all phones that are told of it.
type round struct {
	*hall
	view   *live.Brief
	by     map[like]*group
	stands string
	at     time.Time
	wall   time.Time
}

// beatsEach is how many looks at the clock there are from one beat of a phone to
// the next.
const beatsEach = 4

// few phones are told one after the other; more, by as many goroutines as run
// at once.
const few = 64

// look begins a round, or goes on with the one that was prepared.
func (h *hall) look(v *live.Brief) *round {
	r := h.next
	if h.next = nil; r == nil || r.view != v {
		r = &round{hall: h, view: v, by: map[like]*group{}}
	}
	return r
}

// prepare draws what there will be to tell once it is kept.
func (h *hall) prepare() {
	if v := h.room.Coming(); v != nil {
		h.next = h.look(v)
		h.next.picture(h.present())
	}
}

// tell has phones shown the view that is, where they were not.
func (h *hall) tell(seats []*seat) {
	if len(seats) == 0 {
		return
	}
	v := h.room.Peek()
	r := h.look(v)
	r.stands, r.at, r.wall = standing(v), time.Now(), h.s.Time.Wall()
	seats = slices.DeleteFunc(seats, func(one *seat) bool { return one.version == v.Version })
	r.picture(seats)
	eachOf(slices.Collect(maps.Values(r.by)), r.write)
	eachOf(seats, r.show)
}

// picture draws what phones are shown, while more of them are looked through.
func (r *round) picture(seats []*seat) {
	blank := make(chan *group, len(seats))
	var painters sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		painters.Go(func() {
			for g := range blank {
				g.paint()
			}
		})
	}
	own := lookupOf(r.view).firstBy
	for _, one := range seats {
		if one.group != nil && one.group.round == r {
			continue
		}
		key := like{one.audience, own[one.person], first(one.shown), one.packed}
		if one.group = r.by[key]; one.group == nil {
			one.group = &group{round: r, packed: one.packed, before: one.shown, draw: one.brief}
			r.by[key] = one.group
			blank <- one.group
		}
	}
	close(blank)
	painters.Wait()
}

// eachOf does something with all, side by side where there are many.
func eachOf[T any](all []T, do func(T)) {
	if len(all) <= few {
		for _, one := range all {
			do(one)
		}
		return
	}
	share := max((len(all)+runtime.GOMAXPROCS(0)-1)/runtime.GOMAXPROCS(0), few)
	var running sync.WaitGroup
	for some := range slices.Chunk(all, share) {
		running.Go(func() {
			for _, one := range some {
				do(one)
			}
		})
	}
	running.Wait()
}

// paint draws a group's picture. A failure of one is no more than that.
func (g *group) paint() {
	defer func() {
		if what := recover(); what != nil {
			g.err = fmt.Errorf("%v\n%s", what, debug.Stack())
		}
		if g.err != nil {
			g.round.s.Log.Error("stream failed", "error", g.err)
		}
	}()
	g.regions, g.err = g.draw(g.round.view)
	for i := range g.regions {
		if r := &g.regions[i]; !holds(g.before, r) {
			g.news = true
			if g.packed {
				_ = r.deflated() // kept for the frame
			}
		}
	}
}

// write puts what is new in a group's picture into a frame.
func (r *round) write(g *group) {
	f := newFrame(g.packed)
	defer f.release()
	appendPatch(f, r.view, r.wall, g.before, g.regions)
	g.frame = bytes.Clone(f.bytes())
}

func (r *round) show(one *seat) {
	g, told := one.group, one.told
	one.group = nil
	switch {
	case g.err != nil:
		r.leave(one)
		return
	case !one.still.lasts(r.wall):
		r.dismiss(one, byeGone)
		return
	}
	one.version, one.shown, one.told = r.view.Version, g.regions, r.stands
	if g.news || told != r.stands {
		r.send(one, g.frame, r.at)
	}
}

// first stands for regions that were drawn once and are shared.
func first(regions []region) *region {
	if len(regions) == 0 {
		return nil
	}
	return &regions[0]
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
		rest := bytes.Clone(frame[n:])
		h.s.running.Go(func() { h.s.converse(one.conn, &one.teller, rest) })
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
