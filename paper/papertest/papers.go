// Package papertest plays drills at random and writes them down as somebody
// would who has only the papers, for tests of what such papers become.
package papertest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"saban/engine"
	"saban/live"
	"saban/scenarios"
)

const slipSeed = 7

// Ways are how a drill is played and written down: in a room, by the engine
// alone with acts at the very moments of time, or so too with the papers saying
// when an inject was given out instead of held.
var Ways = []string{"live", "at the moments of time", "given out"}

// Play plays a drill of a file at random and begins to write it down.
func Play(t *testing.T, f *scenarios.File, seed int, way string) *Papers {
	t.Helper()
	r := rand.New(rand.NewPCG(uint64(seed), uint64(len(f.Scenario.ID))))
	p := &player{Rand: r, s: f.Scenario}
	if way == "live" {
		p.stage = newRoom(t, f)
		p.fine = 999
	} else {
		p.stage = newBare(t, f)
	}
	p.play(f.Scenario.Duration)
	w := &Papers{Rand: r, f: f, Log: slices.Clone(p.log()), clock: way != "live", GivenOut: way == "given out"}
	w.writeDown()
	if len(w.unwritten) > 0 {
		t.Fatalf("not written down: %v", w.unwritten)
	}
	return w
}

// Papers are a drill and what was written down of it.
type Papers struct {
	*rand.Rand
	f         *scenarios.File
	Log       []engine.Event // of the drill
	clock     bool           // whole seconds: times of day may stand beside exercise times
	GivenOut  bool           // instead of hold and unhold: when an inject was given out
	directly  map[string]bool
	rows      []string
	end       engine.Millis
	ties      map[engine.Millis]int
	unwritten []engine.EventType
}

func (w *Papers) writeDown() {
	w.ties, w.directly = map[engine.Millis]int{}, map[string]bool{}
	for i := range w.Log {
		if e := &w.Log[i]; e.Type == engine.Released && e.Cause > 0 && w.Log[e.Cause-1].Type == engine.Unheld && w.Log[e.Cause-1].ID == e.ID && w.GivenOut {
			w.directly[e.ID] = true
		}
	}
	for i := range w.Log {
		if e := &w.Log[i]; e.Cause == 0 && e.Actor != "" {
			w.event(i, e)
		}
	}
}

// Draft is the drill as it is typed in, in another order every time.
func (w *Papers) Draft() []byte {
	w.Shuffle(len(w.rows), func(i, j int) { w.rows[i], w.rows[j] = w.rows[j], w.rows[i] })
	return fmt.Appendf(nil, "paper: 1\nscenario: %s\nday: \"2026-03-14\"\nstart: \"22:30\"\nend: %s\nseed: %d\nsteps:\n%s", w.f.Scenario.ID, w.end, slipSeed, strings.Join(w.rows, ""))
}

// row writes one step; steps of one moment say which came first.
func (w *Papers) row(e *engine.Event, format string, args ...any) {
	at := e.At.String()
	w.ties[e.At]++
	if w.clock && w.IntN(2) == 0 {
		at = strconv.Quote(time.UnixMilli(e.Recorded).In(scenarios.Zone).Format(time.TimeOnly))
	}
	w.rows = append(w.rows, fmt.Sprintf("  - {at: %s, order: %d, %s}\n", at, w.ties[e.At], fmt.Sprintf(format, args...)))
}

func (w *Papers) event(i int, e *engine.Event) {
	by := ""
	if e.Role != "" {
		by = ", by: " + e.Role
	}
	reason := ", reason: " + strconv.Quote(e.Reason)
	switch e.Type {
	case engine.Responded:
		w.row(e, "respond: {inject: %s, role: %s, choices: [%s], boxes: {%s}%s}", e.ID, e.Role, w.choices(e), ticked(e), other(e))
	case engine.Observed:
		w.row(e, "done: %s%s, %s", e.ID, by, w.content(e))
	case engine.ProhibitedAct:
		w.row(e, "prohibited: %s%s", e.ID, by)
	case engine.Released:
		w.row(e, "release: %s", e.ID)
	case engine.Held, engine.Unheld:
		verb := map[engine.EventType]string{engine.Held: "hold", engine.Unheld: "unhold"}[e.Type]
		switch {
		case !w.directly[e.ID]:
			w.row(e, "%s: %s", verb, e.ID)
		case e.Type == engine.Unheld && i+1 < len(w.Log) && slices.ContainsFunc(w.Log[i+1:], func(x engine.Event) bool { return x.Cause == e.Seq && x.Type == engine.Released && x.ID == e.ID }):
			w.row(e, "release: %s", e.ID)
		}
	case engine.Skipped:
		w.row(e, "skip: %s%s", e.ID, reason)
	case engine.Forced:
		w.row(e, "force: %s%s", e.To, reason)
	case engine.Flagged:
		w.row(e, "flag: %s", e.ID)
	case engine.Relayed:
		w.row(e, "relay: {inject: %s, to: %s}", e.ID, e.Role)
	case engine.Written:
		x := e.Inject.Expects[0]
		w.row(e, "inject: {id: %s, to: [%s], channel: radio, text: %q, expects: [{id: %s, by: %s, target: %s, limit: %s, weight: %d, do: %q}]}",
			e.ID, e.Inject.To[0], e.Inject.Text.VI, x.ID, x.By, x.Target, x.Limit, x.Weight, x.Do.VI)
	case engine.Noted:
		w.row(e, "note: %q", e.Text)
	case engine.Marked:
		w.row(e, "mark: %s, content: %s", e.ID, e.Content)
	case engine.Rated:
		w.row(e, "rate: %s, rating: %s%s", e.ID, e.Rating, reason)
	case engine.Paused:
		for j := i; j < len(w.Log); j++ {
			if w.Log[j].Type == engine.Resumed {
				w.row(e, "pause: %s", engine.Millis(w.Log[j].Recorded-e.Recorded))
				return
			}
		}
	case engine.Ended:
		w.end = e.At
	case engine.Started, engine.Resumed:
	default:
		w.unwritten = append(w.unwritten, e.Type)
	}
}

// content is a share, or the boxes that were ticked.
func (w *Papers) content(e *engine.Event) string {
	_, r := w.f.Scenario.FindResponse(e.ID)
	if set := boxesOf(w.f.Scenario, r); set != nil {
		var ids []string
		for i, b := range set.Boxes {
			ids = append(ids, b.ID)
			if e.Content == engine.Over(int64(i+1), int64(len(set.Boxes))) {
				return "boxes: [" + strings.Join(ids, ", ") + "]"
			}
		}
	}
	return "content: " + e.Content.String()
}

// choices are written as ids or as the numbers on the slip.
func (w *Papers) choices(e *engine.Event) string {
	out := slices.Clone(e.Choices)
	in := w.f.Scenario.FindInject(e.ID)
	if in == nil || w.IntN(2) == 0 {
		return strings.Join(out, ", ")
	}
	for _, ask := range in.AskList() {
		q := live.Question{Inject: engine.InjectView{Inject: in}, Ask: ask}
		for _, id := range ask.Choices {
			q.Choices = append(q.Choices, live.Offer{ID: id})
		}
		q.Shuffle(slipSeed)
		for i := range out {
			if n := slices.IndexFunc(q.Choices, func(o live.Offer) bool { return o.ID == out[i] }); ask.Role == e.Role && n >= 0 {
				out[i] = strconv.Itoa(n + 1)
			}
		}
	}
	return strings.Join(out, ", ")
}

func ticked(e *engine.Event) string {
	var out []string
	for _, t := range e.Boxes {
		out = append(out, fmt.Sprintf("%s: [%s]", t.Response, strings.Join(t.Boxes, ", ")))
	}
	return strings.Join(out, ", ")
}

func other(e *engine.Event) string {
	if e.Text == "" {
		return ""
	}
	return ", text: " + strconv.Quote(e.Text)
}
