package paper_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"saban/engine"
	"saban/live"
	"saban/paper"
	"saban/scenarios"
	"saban/scenarios/scenariotest"
	"saban/scoring"
)

// typing writes a log down as somebody would who has only the papers.
type typing struct {
	*rand.Rand
	f         *scenarios.File
	log       []engine.Event
	clock     bool // whole seconds: times of day may stand beside exercise times
	givenOut  bool // instead of hold and unhold: when an inject was given out
	directly  map[string]bool
	rows      []string
	end       engine.Millis
	ties      map[engine.Millis]int
	unwritten []engine.EventType
}

func (w *typing) draft() []byte {
	w.ties, w.directly = map[engine.Millis]int{}, map[string]bool{}
	for i := range w.log {
		if e := &w.log[i]; e.Type == engine.Released && e.Cause > 0 && w.log[e.Cause-1].Type == engine.Unheld && w.log[e.Cause-1].ID == e.ID && w.givenOut {
			w.directly[e.ID] = true
		}
	}
	for i := range w.log {
		if e := &w.log[i]; e.Cause == 0 && e.Actor != "" {
			w.event(i, e)
		}
	}
	w.Shuffle(len(w.rows), func(i, j int) { w.rows[i], w.rows[j] = w.rows[j], w.rows[i] })
	return w.text()
}

func (w *typing) text() []byte {
	return fmt.Appendf(nil, "paper: 1\nscenario: %s\nday: \"2026-03-14\"\nstart: \"22:30\"\nend: %s\nseed: %d\nsteps:\n%s", w.f.Scenario.ID, w.end, slipSeed, strings.Join(w.rows, ""))
}

// row writes one step; steps of one moment say which came first.
func (w *typing) row(e *engine.Event, format string, args ...any) {
	at := e.At.String()
	w.ties[e.At]++
	if w.clock && w.IntN(2) == 0 {
		at = strconv.Quote(time.UnixMilli(e.Recorded).In(scenarios.Zone).Format(time.TimeOnly))
	}
	w.rows = append(w.rows, fmt.Sprintf("  - {at: %s, order: %d, %s}\n", at, w.ties[e.At], fmt.Sprintf(format, args...)))
}

func (w *typing) event(i int, e *engine.Event) {
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
		case e.Type == engine.Unheld && i+1 < len(w.log) && slices.ContainsFunc(w.log[i+1:], func(x engine.Event) bool { return x.Cause == e.Seq && x.Type == engine.Released && x.ID == e.ID }):
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
		for j := i; j < len(w.log); j++ {
			if w.log[j].Type == engine.Resumed {
				w.row(e, "pause: %s", engine.Millis(w.log[j].Recorded-e.Recorded))
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
func (w *typing) content(e *engine.Event) string {
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
func (w *typing) choices(e *engine.Event) string {
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

// facts are what a log says of the drill, whoever noted it down and how an
// inject came to be given out.
func facts(log []engine.Event, held bool) []string {
	var out []string
	for i := range log {
		e := log[i]
		if e.Type == engine.Started || !held && (e.Type == engine.Held || e.Type == engine.Unheld || e.Type == engine.Due) {
			continue
		}
		e.Seq, e.Recorded, e.Actor, e.Key, e.Cause, e.Of = 0, 0, "", "", 0, 0
		if e.Type == engine.Released {
			e.Mode = ""
		}
		out = append(out, string(e.AppendJSON(nil)))
	}
	return out
}

// result is a scorecard but for event ids and the limit that it was typed in.
func result(t *testing.T, f *scenarios.File, log []engine.Event) any {
	t.Helper()
	card := scoring.Score(f.Scenario, scoring.Default().With(f.Rubric), log)
	card.Limits = slices.DeleteFunc(card.Limits, func(x scoring.Finding) bool { return x.Code == "paper" })
	text, err := json.Marshal(card)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(text, &tree); err != nil {
		t.Fatal(err)
	}
	return withoutEvents(tree)
}

func withoutEvents(tree any) any {
	switch x := tree.(type) {
	case map[string]any:
		delete(x, "events")
		delete(x, "event")
		for _, v := range x {
			withoutEvents(v)
		}
	case []any:
		for _, v := range x {
			withoutEvents(v)
		}
	}
	return tree
}

func entered(t *testing.T, f *scenarios.File, text []byte) []engine.Event {
	t.Helper()
	d, found := scenarios.ReadDraft(scenarios.Source{Name: "x.paper.yaml", Bytes: text}, f.Scenario)
	if found.Failed() {
		t.Fatalf("%s\n%s", found.Format(engine.EN), text)
	}
	seats, covers := d.Seating(f)
	log, found := paper.Enter(f.Compiled, d, engine.Start{Seats: seats, Covers: covers})
	if found.Failed() {
		t.Fatalf("%s\n%s", found.Format(engine.EN), text)
	}
	return log
}

// A drill played live and the same drill typed in from paper in shuffled
// order give the same facts, path and scorecard.
func TestTypedInIsAsPlayed(t *testing.T) {
	plays, seen := 15, map[engine.EventType]int{}
	if testing.Short() {
		plays = 4
	}
	for _, id := range scenarios.Shipped() {
		f := scenariotest.Read(t, id)
		for seed := range plays {
			for _, way := range []string{"live", "at the moments of time", "given out"} {
				t.Run(fmt.Sprintf("%s %s %d", id, way, seed), func(t *testing.T) {
					r := rand.New(rand.NewPCG(uint64(seed), uint64(len(id))))
					p := &player{Rand: r, s: f.Scenario}
					if way == "live" {
						p.stage = newRoom(t, f)
						p.fine = 999
					} else {
						p.stage = newBare(t, f)
					}
					p.play(f.Scenario.Duration)
					log := slices.Clone(p.log())
					w := &typing{Rand: r, f: f, log: log, clock: way != "live", givenOut: way == "given out"}
					draft := w.draft()
					if len(w.unwritten) > 0 {
						t.Fatalf("not written down: %v", w.unwritten)
					}
					got := entered(t, f, draft)
					for i := range got {
						seen[got[i].Type]++
					}
					if diff := gocmp.Diff(facts(log, !w.givenOut), facts(got, !w.givenOut)); diff != "" {
						t.Fatalf("facts differ: %s\n%s", diff, draft)
					}
					if diff := gocmp.Diff(result(t, f, log), result(t, f, got)); diff != "" {
						t.Fatalf("scorecards differ: %s\n%s", diff, draft)
					}
					w.Shuffle(len(w.rows), func(i, j int) { w.rows[i], w.rows[j] = w.rows[j], w.rows[i] })
					if diff := gocmp.Diff(got, entered(t, f, w.text())); diff != "" {
						t.Fatalf("in another order of the rows: %s", diff)
					}
				})
			}
		}
	}
	for _, one := range []engine.EventType{engine.Started, engine.Paused, engine.Resumed, engine.Ended, engine.Due, engine.Released, engine.Received, engine.Held, engine.Unheld, engine.Skipped, engine.Relayed,
		engine.Written, engine.Responded, engine.Observed, engine.ProhibitedAct, engine.Missed, engine.Marked, engine.Rated, engine.Flagged, engine.Moved, engine.Forced, engine.Noted} {
		if seen[one] == 0 {
			t.Errorf("no play had anything %s: %v", one, seen)
		}
	}
}

const smallDraft = `paper: 1
scenario: bomb-threat
day: "2026-03-14"
start: "08:30"
steps:
`

// What did not happen as planned is said at its time, and the plan gives way.
func TestGivenOutOtherwise(t *testing.T) {
	f := scenariotest.Read(t, "bomb-threat")
	first, second := f.Scenario.Injects[0].ID, f.Scenario.Injects[1].ID
	log := entered(t, f, []byte(smallDraft+"  - {at: \"08:33:20\", release: "+first+"}\n  - {at: 40m, skip: "+second+", reason: \"quên\"}\n"))
	at := map[string]engine.Millis{}
	for i := range log {
		if e := &log[i]; e.Type == engine.Received {
			at[e.ID] = e.At
		}
	}
	if got, ok := at[first]; !ok || got != 200*engine.Second {
		t.Errorf("%s was received at %s, %v", first, got, ok)
	}
	if got, ok := at[second]; ok {
		t.Errorf("%s was left out and received at %s", second, got)
	}
	card := scoring.Score(f.Scenario, scoring.Default(), log)
	if !slices.ContainsFunc(card.Limits, func(x scoring.Finding) bool { return x.Code == "paper" }) || card.Provisional {
		t.Errorf("provisional %v, limits %v", card.Provisional, card.Limits)
	}
}

// All that cannot have happened so is found in one run, each at its place.
func TestWhatCannotHaveHappenedIsFound(t *testing.T) {
	f := scenariotest.Read(t, "bomb-threat")
	in := f.Scenario.Injects[0]
	text := smallDraft + "  - {at: 20s, respond: {inject: I09, role: director, choices: [1]}}\n" +
		"  - {at: 10m, release: " + in.ID + "}\n  - {at: 11m, release: " + in.ID + "}\n"
	d, found := scenarios.ReadDraft(scenarios.Source{Name: "x.paper.yaml", Bytes: []byte(text)}, f.Scenario)
	if found.Failed() {
		t.Fatal(found.Format(engine.EN))
	}
	_, found = paper.Enter(f.Compiled, d, engine.Start{Seats: engine.FullSeats(f.Scenario)})
	var got []string
	for _, one := range found {
		got = append(got, fmt.Sprintf("%d:%d %s", one.Line, one.Col, one.Code))
	}
	if diff := gocmp.Diff([]string{"6:33 SB505", "8:24 SB505"}, got); diff != "" {
		t.Errorf("%s\n%s", diff, found.Format(engine.EN))
	}
}

// Whatever a draft says, the engine takes it or there are findings.
func FuzzEnter(f *testing.F) {
	file := scenariotest.Read(f, "bomb-threat")
	f.Add("  - {at: 1m, done: R03}\n  - {at: \"08:40\", release: I04}\n  - {at: 5m, pause: 2m}\n  - {at: 5m, order: 9, skip: I04, reason: x}\n")
	f.Add("  - {at: 5m, hold: I02}\n  - {at: 20m, unhold: I02}\n  - {at: 20m, respond: {inject: I02, role: director, choices: [1]}}\n  - {rate: R03, rating: S}\n")
	f.Add("  - {at: 2m, inject: {id: X1, to: all, text: x, expects: [{id: X2, by: guard, do: x}]}}\n  - {at: 3m, force: panic, reason: x}\n  - {mark: X2, content: 1/2}\n")
	f.Fuzz(func(t *testing.T, steps string) {
		d, found := scenarios.ReadDraft(scenarios.Source{Name: "x.paper.yaml", Bytes: []byte(smallDraft + steps)}, file.Scenario)
		if d == nil || found.Failed() {
			return
		}
		log, found := paper.Enter(file.Compiled, d, engine.Start{Seats: engine.FullSeats(file.Scenario)})
		if found.Failed() {
			return
		}
		if last := engine.Replay(file.Compiled, log); !last.Over() {
			t.Errorf("the drill is not over, and nothing is said of it")
		}
	})
}
