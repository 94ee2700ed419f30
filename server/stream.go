package server

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"net/http"
	"strconv"
	"time"

	"saban/live"
)

// A stream tells a page what has changed. It begins with everything and goes
// on with the regions that differ, so that a reader who was away needs no
// history. A slow reader skips what it missed and is never behind for good.
const (
	beatEvery    = 2 * time.Second
	writeTimeout = 10 * time.Second
)

// region is a part of a page as HTML, encoded once for all who see the same.
type region struct {
	name string
	json []byte // the HTML as a JSON string
	sum  uint64
}

func newRegion(name, html string) region {
	text, err := json.Marshal(html)
	if err != nil {
		text = []byte(`""`) // a string always encodes
	}
	h := fnv.New64a()
	_, _ = h.Write(text)
	return region{name, text, h.Sum64()}
}

// stream writes what draw makes of each view of a room until the reader or
// the server leaves.
func (s *Server) stream(w http.ResponseWriter, r *http.Request, from *live.Room, draw func(*live.View) ([]region, error), still func() bool) error {
	out := http.NewResponseController(w)
	h := w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("X-Accel-Buffering", "no")
	w.WriteHeader(http.StatusOK)
	beat := time.NewTicker(beatEvery)
	defer beat.Stop()
	shown := map[string]uint64{}
	var frame []byte
	var version int64 = -1
	for {
		changed, open := from.Changed()
		v := from.Look()
		if v.Version != version {
			regions, err := draw(v)
			if err != nil {
				return err
			}
			version, frame = v.Version, appendPatch(frame[:0], v, regions, shown)
			if err := write(w, out, frame); err != nil {
				return nil // the reader has gone
			}
		}
		if !open || !still() {
			_ = write(w, out, []byte("event: bye\ndata: {}\n\n"))
			return nil
		}
		select {
		case <-changed:
		case <-beat.C:
			if err := write(w, out, appendBeat(frame[:0], from.Look(), s.Time.Wall())); err != nil {
				return nil
			}
		case <-r.Context().Done():
			return nil
		case <-s.ctx.Done():
			_ = write(w, out, []byte("event: bye\ndata: {}\n\n"))
			return nil
		}
	}
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
func appendPatch(b []byte, v *live.View, regions []region, shown map[string]uint64) []byte {
	b = append(b, "id: "...)
	b = strconv.AppendInt(b, v.Version, 10)
	b = append(b, "\nevent: patch\ndata: {"...)
	b = appendClock(b, v, v.Wall)
	b = append(b, `,"regions":{`...)
	first := true
	for _, r := range regions {
		if shown[r.name] == r.sum {
			continue
		}
		shown[r.name] = r.sum
		if !first {
			b = append(b, ',')
		}
		first = false
		b = strconv.AppendQuote(b, r.name)
		b = append(append(b, ':'), r.json...)
	}
	return append(b, "}}\n\n"...)
}

func appendBeat(b []byte, v *live.View, wall time.Time) []byte {
	b = append(b, "event: hb\ndata: {"...)
	b = appendClock(b, v, wall)
	return append(b, "}\n\n"...)
}

// appendClock writes exercise time now and how to carry it on.
func appendClock(b []byte, v *live.View, wall time.Time) []byte {
	c := clockOf(v)
	return fmt.Appendf(b, `"clock":{"now_ms":%d,"running":%t,"speed":%g,"wall_ms":%d},"phase":%q`, c.Now, c.Running, c.Speed, wall.UnixMilli(), v.Phase)
}
