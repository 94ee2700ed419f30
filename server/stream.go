package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"
	"unique"

	"saban/live"
)

// A stream tells a page what has changed. It begins with everything and goes
// on with the regions that differ, so that a reader who was away needs no
// history. A slow reader skips what it missed and is never behind for good.
const (
	beatEvery = 2 * time.Second
	breath    = 50 * time.Millisecond // between two looks of one reader: a thousand phones that all say something are one change, not a thousand
)

// region is a part of a page as HTML, encoded once for all who see the same.
type region struct {
	name     string
	json     []byte // the HTML as a JSON string
	sum      uint64
	deflated func() []byte // json, packed
}

func newRegion(name, html string) region {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false) // it is no page by itself, and five bytes less each
	_ = enc.Encode(html)     // a string always encodes
	text := bytes.TrimSuffix(out.Bytes(), []byte("\n"))
	h := fnv.New64a()
	_, _ = h.Write(text)
	return region{name, text, h.Sum64(), sync.OnceValue(func() []byte { return deflate(text) })}
}

// drawn are the regions of one picture, shared by all who see the same.
type drawn struct {
	regions []region
	err     error
}

// feed is what a stream tells, and of what. It outlives the request it was
// asked for in, and must not hold on to it. For the order see seat.
type feed struct {
	audience unique.Handle[string] // in a hall: who is shown the same, but for what each person was the first to answer
	person   string
	still    stay // whether its reader may still read

	room    sight
	changed func() (<-chan struct{}, bool) // live.Room.Changed, or Acted
	draw    func(context.Context, *live.View) ([]region, error)
	brief   func(*live.Brief) ([]region, error) // in place of draw, where that is all it takes
	done    func()                              // called when it has ended, or nil
	hall    *hall                               // that tells many like it at once, or nil
}

// sight is what a stream looks at: a room, or all of them.
type sight interface {
	Peek() *live.Brief
	Look() *live.View
}

// stream writes what a feed makes of each view of a room until the reader or
// the server leaves.
func (s *Server) stream(w http.ResponseWriter, r *http.Request, from feed) error {
	if from.done == nil {
		from.done = func() {}
	}
	h := w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("X-Accel-Buffering", "no")
	t := &teller{feed: from, s: s, packed: packed(r), version: -1}
	if t.packed {
		h.Set("Content-Encoding", "gzip")
	}
	if r.Method == http.MethodHead {
		from.done()
		return nil
	}
	return s.carry(w, r, t)
}

// teller knows what one reader was told. For the order see seat.
type teller struct {
	feed
	packed  bool
	version int64
	shown   []region
	*line
	s      *Server
	told   string
	looked time.Time
}

// tell goes on until one of the two leaves; who leaves is no error.
func (t *teller) tell(to *line) error {
	t.line = to
	beat := time.NewTicker(beatEvery)
	defer beat.Stop()
	for {
		if !t.pause() {
			return nil
		}
		changed, open := t.changed()
		if err := t.look(); err != nil {
			if errors.Is(err, errLeft) {
				return nil
			}
			return err
		}
		if !open || !t.still.lasts(t.s.Time.Wall()) {
			_ = t.say(t.s.goodbye(open))
			return nil
		}
		if !t.wait(changed, beat) {
			return nil
		}
	}
}

// pause lets more happen before the next look, and reports whether the reader
// is still there.
func (t *teller) pause() bool {
	rest := breath - time.Since(t.looked)
	if rest > 0 {
		select {
		case <-time.After(rest):
		case <-t.gone:
			return false
		case <-t.s.ctx.Done(): // the last word is said after the look
		}
	}
	t.looked = time.Now()
	return true
}

// wait beats until something changes, and reports whether to go on.
func (t *teller) wait(changed <-chan struct{}, beat *time.Ticker) bool {
	for {
		select {
		case <-changed:
			return true
		case <-beat.C:
			if !t.still.lasts(t.s.Time.Wall()) {
				_ = t.say(byeGone)
				return false
			}
			if t.say(beatOf(t.room.Peek(), t.s.Time.Wall())) != nil {
				return false
			}
		case <-t.gone:
			return false
		case <-t.s.ctx.Done():
			_ = t.say(byeClosing)
			return false
		}
	}
}

// errLeft says that a reader takes no more.
var errLeft = errors.New("the reader has left")

// look tells what is new in a view. What nothing of is new for this reader
// says nothing, not even that it happened.
func (t *teller) look() error {
	if t.room.Peek().Version == t.version {
		return nil
	}
	v, regions, err := t.picture(t.s.ctx)
	if err != nil {
		return err
	}
	before := t.shown
	if !t.learns(v, regions) {
		return nil
	}
	f := newFrame(t.packed)
	defer f.release()
	appendPatch(f, v, t.s.Time.Wall(), before, regions)
	if t.send(f.bytes()) != nil {
		return errLeft
	}
	return nil
}

// picture draws what a reader sees now.
func (f *feed) picture(ctx context.Context) (*live.Brief, []region, error) {
	if f.brief != nil {
		v := f.room.Peek()
		regions, err := f.brief(v)
		return v, regions, err
	}
	v := f.room.Look()
	regions, err := f.draw(ctx, v)
	return v.Brief, regions, err
}

// learns notes what a reader is shown of a view, and reports whether any of it
// is new to it.
func (t *teller) learns(v *live.Brief, regions []region) bool {
	now := standing(v)
	fresh := now != t.told || news(t.shown, regions)
	t.version, t.shown, t.told = v.Version, regions, now
	return fresh
}

// say tells something without regions.
func (t *teller) say(words string) error {
	f := newFrame(t.packed)
	defer f.release()
	return t.send(f.text(words))
}

// The last word of a stream: its reader is not wanted here any more, or the
// server is going down and will be back.
const (
	byeGone    = "event: bye\ndata: {\"why\":\"gone\"}\n\n"
	byeClosing = "event: bye\ndata: {\"why\":\"closing\"}\n\n"
)

// goodbye is the last word when a drill's stream ends, or its reader may not
// go on.
func (s *Server) goodbye(open bool) string {
	if !open && s.ctx.Err() != nil {
		return byeClosing
	}
	return byeGone
}

// standing is how the clock runs, in a word that changes with it.
func standing(v *live.Brief) string {
	return v.Phase + " " + strconv.FormatBool(v.Watch.Running())
}

// holds reports whether regions have one as it is.
func holds(regions []region, one *region) bool {
	return slices.ContainsFunc(regions, func(r region) bool { return r.name == one.name && r.sum == one.sum })
}

// news reports whether a region differs from what a reader was shown before.
func news(before, now []region) bool {
	return slices.ContainsFunc(now, func(r region) bool { return !holds(before, &r) })
}

// appendPatch writes the regions that differ from what was shown before.
func appendPatch(f *frame, v *live.Brief, wall time.Time, before, now []region) {
	f.plain = fmt.Appendf(f.plain, "id: %d\nevent: patch\ndata: {%s,\"regions\":{", v.Version, clockWords(v, wall))
	first := true
	for i := range now {
		r := &now[i]
		if holds(before, r) {
			continue
		}
		if !first {
			f.plain = append(f.plain, ',')
		}
		first = false
		f.plain = append(strconv.AppendQuote(f.plain, r.name), ':')
		f.add(r)
	}
	f.plain = append(f.plain, "}}\n\n"...)
}

func beatOf(v *live.Brief, wall time.Time) string {
	return "event: hb\ndata: {" + clockWords(v, wall) + "}\n\n"
}

// clockWords are exercise time now and how to carry it on.
func clockWords(v *live.Brief, wall time.Time) string {
	c := clockOf(v, wall)
	return fmt.Sprintf(`"clock":{"now_ms":%d,"running":%t,"speed":%g,"wall_ms":%d},"phase":%q`, c.Now, c.Running, c.Speed, c.Wall, v.Phase)
}
