package server

import (
	"bytes"
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"time"
	"unique"

	"saban/live"
)

// round is one look at a drill, for all phones that are told of it.
type round struct {
	*hall
	version int64
	stands  string
	at      time.Time
	wall    time.Time

	// Until all were told:
	view   *live.Brief
	own    map[string]string // what each person was the first to answer
	by     map[like]*group
	groups []*group // in the order they came up
}

// like is what phones have in common that are told the same.
type like struct {
	audience unique.Handle[string]
	own      string
	shown    *region
	told     string // how the clock ran
	packed   bool
}

// group are such phones at one look: their picture is drawn once, and put into
// one frame. It is what they were told until the next look, for which most of
// them stay together.
type group struct {
	like
	round *round
	heir  *group // those of them that were the first to answer nothing more since
	seats []*seat

	before  []region
	paint   func() // once
	regions []region
	news    bool
	err     error
	frame   func() []byte // put together once, when it is told
}

// handful is how many phones are told in one go, by one of as many goroutines as
// run at once.
const handful = 32

// look begins a round, or goes on with the one that was prepared.
func (h *hall) look(v *live.Brief) *round {
	r := h.next
	if h.next = nil; r == nil || r.view != v {
		r = &round{hall: h, version: v.Version, view: v, own: lookupOf(v).firstBy, by: map[like]*group{}}
	}
	return r
}

// prepare has drawn what there will be to tell once it is kept, each picture
// from when the first phone is found that it is for. Once they are sorted one
// goroutine that may run is left to who keeps it; nobody waits for the painters.
func (h *hall) prepare() {
	v := h.room.Coming()
	if v == nil {
		return
	}
	h.next = h.look(v)
	seats := h.present()
	found := make(chan *group, len(seats))
	crew(max(runtime.GOMAXPROCS(0)-1, 1), h.s.running.Go, found, func(g *group) { g.paint() })
	h.next.place(seats, func(g *group) { found <- g })
	close(found)
}

// crew has workers, each begun by run, do what comes up, which is no more than
// the channel has room for.
func crew[T any](workers int, run func(func()), what <-chan T, do func(T)) {
	for range min(workers, cap(what)) {
		run(func() {
			for one := range what {
				do(one)
			}
		})
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
	seats = slices.DeleteFunc(seats, func(one *seat) bool { return one.last != nil && one.last.round.version == v.Version })
	r.place(seats, func(*group) {}) // drawn when the first phone is told
	for _, one := range seats {
		one.next.seats = append(one.next.seats, one)
	}
	// Whose phones have left meanwhile may still be painted.
	groups := slices.DeleteFunc(r.groups, func(g *group) bool { return len(g.seats) == 0 })
	seats = seats[:0]
	for _, g := range groups { // as they are painted
		seats, g.seats = append(seats, g.seats...), nil
	}
	var running sync.WaitGroup
	handfuls := make(chan []*seat, (len(seats)+handful-1)/handful)
	crew(runtime.GOMAXPROCS(0), running.Go, handfuls, func(some []*seat) {
		for _, one := range some {
			r.show(one)
		}
	})
	for some := range slices.Chunk(seats, handful) {
		handfuls <- some
	}
	close(handfuls)
	running.Wait()
	for _, g := range groups { // what was told stays until the next look, and no more
		g.shown, g.before, g.frame = nil, nil, nil
	}
	r.view, r.own, r.by, r.groups = nil, nil, nil, nil
}

// place finds each phone's group, and hands on those that are new.
func (r *round) place(seats []*seat, found func(*group)) {
	for _, one := range seats {
		if one.next != nil && one.next.round == r {
			continue
		}
		last, own := one.last, r.own[one.person]
		key := like{audience: one.audience, own: own, packed: one.packed}
		var before []region
		if last != nil {
			if h := last.heir; h != nil && h.round == r && h.own == own {
				one.next = h
				continue
			}
			before = last.regions
			key.shown, key.told = first(before), last.round.stands
		}
		g := r.by[key]
		if g == nil {
			g = &group{like: key, round: r, before: before}
			draw, view := one.brief, r.view
			g.paint, g.frame = sync.OnceFunc(func() { g.draw(draw, view) }), sync.OnceValue(g.framed)
			r.by[key] = g
			r.groups = append(r.groups, g)
			found(g)
		}
		if one.next = g; last != nil && last.own == own {
			last.heir = g
		}
	}
}

// first stands for regions that were drawn once and are shared.
func first(regions []region) *region {
	if len(regions) == 0 {
		return nil
	}
	return &regions[0]
}

// draw draws a group's picture. A failure of one is no more than that.
func (g *group) draw(brief func(*live.Brief) ([]region, error), view *live.Brief) {
	defer func() {
		if what := recover(); what != nil {
			g.err = fmt.Errorf("%v\n%s", what, debug.Stack())
		}
		if g.err != nil {
			g.round.s.Log.Error("stream failed", "error", g.err)
		}
	}()
	g.regions, g.err = brief(view)
	for i := range g.regions {
		if r := &g.regions[i]; !holds(g.before, r) {
			g.news = true
			if g.packed {
				_ = r.deflated() // kept for the frame
			}
		}
	}
}

// framed puts what is new in a group's picture into a frame.
func (g *group) framed() []byte {
	f := newFrame(g.packed)
	defer f.release()
	appendPatch(f, g.round.view, g.round.wall, g.before, g.regions)
	return bytes.Clone(f.bytes())
}

// show tells a phone what it was not told yet.
func (r *round) show(one *seat) {
	g := one.next
	g.paint()
	one.last, one.next = g, nil
	switch {
	case g.err != nil:
		r.leave(one)
	case !one.still.lasts(r.wall):
		r.dismiss(one, byeGone)
	case g.news || g.told != r.stands:
		r.send(one, g.frame(), r.at)
	}
}
