package server

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"saban/live"
)

// A stream tells a page what has changed. It begins with everything and goes
// on with the regions that differ, so that a reader who was away needs no
// history. A slow reader skips what it missed and is never behind for good.
const (
	beatEvery    = 2 * time.Second
	writeTimeout = 10 * time.Second
	breath       = 50 * time.Millisecond // between two looks of one reader: a thousand phones that all say something are one change, not a thousand
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

// stream writes what draw makes of each view of a room until the reader or
// the server leaves.
func (s *Server) stream(w http.ResponseWriter, r *http.Request, from *live.Room, draw func(*live.View) ([]region, error), still func() bool) error {
	out := http.NewResponseController(w)
	h := w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("X-Accel-Buffering", "no")
	f := &frame{packed: packed(r)}
	if f.packed {
		h.Set("Content-Encoding", "gzip")
	}
	w.WriteHeader(http.StatusOK)
	if f.packed {
		if _, err := w.Write([]byte(gzipHeader)); err != nil {
			return nil // the reader has gone
		}
	}
	beat := time.NewTicker(beatEvery)
	defer beat.Stop()
	shown := map[string]uint64{}
	var version int64 = -1
	var told string
	var looked time.Time
	for {
		if rest := breath - time.Since(looked); rest > 0 {
			select {
			case <-time.After(rest):
			case <-r.Context().Done():
				return nil
			case <-s.ctx.Done(): // the last word is said below
			}
		}
		looked = time.Now()
		changed, open := from.Changed()
		v := from.Look()
		if v.Version != version {
			regions, err := draw(v)
			if err != nil {
				return err
			}
			version = v.Version
			// what nothing of is new here says nothing, not even that it happened
			if now := standing(v); news(regions, shown) || now != told {
				told = now
				appendPatch(f.reset(), v, s.Time.Wall(), regions, shown)
				if err := write(w, out, f.bytes()); err != nil {
					return nil
				}
			}
		}
		if !still() || !open && s.ctx.Err() == nil {
			_ = write(w, out, f.text(byeGone))
			return nil
		}
		if !open {
			_ = write(w, out, f.text(byeClosing))
			return nil
		}
		select {
		case <-changed:
		case <-beat.C:
			if err := write(w, out, f.text(beatOf(from.Look(), s.Time.Wall()))); err != nil {
				return nil
			}
		case <-r.Context().Done():
			return nil
		case <-s.ctx.Done():
			_ = write(w, out, f.text(byeClosing))
			return nil
		}
	}
}

// The last word of a stream: its reader is not wanted here any more, or the
// server is going down and will be back.
const (
	byeGone    = "event: bye\ndata: {\"why\":\"gone\"}\n\n"
	byeClosing = "event: bye\ndata: {\"why\":\"closing\"}\n\n"
)

// standing is how the clock runs, in a word that changes with it.
func standing(v *live.View) string {
	return v.Phase + " " + strconv.FormatBool(v.Watch.Running())
}

// news reports whether a region differs from what a reader was shown.
func news(regions []region, shown map[string]uint64) bool {
	return slices.ContainsFunc(regions, func(r region) bool { return shown[r.name] != r.sum })
}

func write(w http.ResponseWriter, out *http.ResponseController, frame []byte) error {
	if err := out.SetWriteDeadline(time.Now().Add(writeTimeout)); err != nil {
		return err
	}
	if _, err := w.Write(frame); err != nil {
		return err
	}
	return out.Flush()
}

// appendPatch writes the regions that differ from what this reader was shown.
func appendPatch(f *frame, v *live.View, wall time.Time, regions []region, shown map[string]uint64) {
	f.plain = fmt.Appendf(f.plain, "id: %d\nevent: patch\ndata: {%s,\"regions\":{", v.Version, clockWords(v, wall))
	first := true
	for i := range regions {
		r := &regions[i]
		if shown[r.name] == r.sum {
			continue
		}
		shown[r.name] = r.sum
		if !first {
			f.plain = append(f.plain, ',')
		}
		first = false
		f.plain = append(strconv.AppendQuote(f.plain, r.name), ':')
		f.add(r)
	}
	f.plain = append(f.plain, "}}\n\n"...)
}

func beatOf(v *live.View, wall time.Time) string {
	return "event: hb\ndata: {" + clockWords(v, wall) + "}\n\n"
}

// clockWords are exercise time now and how to carry it on.
func clockWords(v *live.View, wall time.Time) string {
	c := clockOf(v)
	return fmt.Sprintf(`"clock":{"now_ms":%d,"running":%t,"speed":%g,"wall_ms":%d},"phase":%q`, c.Now, c.Running, c.Speed, wall.UnixMilli(), v.Phase)
}
