package papertest

import (
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"saban/engine"
	"saban/live"
	"saban/scenarios"
	"saban/scoring"
	"saban/store"
)

// began is StartEx of every drill here.
var began = time.Date(2026, 3, 14, 22, 30, 0, 0, scenarios.Zone)

// stage is where a drill is played: by a room's conductor, or by the engine.
type stage interface {
	do(engine.Command) error
	pass(engine.Millis)
	now() engine.Millis
	drill() *engine.Drill
	log() []engine.Event
}

// room conducts in real time, on a clock the test sets.
type room struct {
	*live.Conductor
	t    *testing.T
	gone time.Duration
}

// kept forgets what it keeps: the conductor remembers.
type kept struct{}

func (kept) Append([]engine.Event) error         { return nil }
func (kept) After(int64) ([]engine.Event, error) { return nil, nil }
func (kept) Beat(store.Beat) error               { return nil }

func newRoom(t *testing.T, f *scenarios.File) *room {
	r := &room{t: t}
	c, err := live.Conduct(live.Config{Game: f.Compiled, Rubric: scoring.Default().With(f.Rubric), Log: kept{},
		Time: &live.Timepiece{Mono: func() time.Duration { return r.gone }, Wall: func() time.Time { return began.Add(r.gone) }}})
	if err != nil {
		t.Fatal(err)
	}
	r.Conductor = c
	if _, err := c.StartEx(engine.Start{Led: true, Speed: engine.Whole}, "facilitator", "start"); err != nil {
		t.Fatal(err)
	}
	return r
}

func (r *room) do(cmd engine.Command) error {
	_, err := r.Do(cmd)
	return err
}

func (r *room) pass(d engine.Millis) {
	for ; d > 0; d -= min(d, 5*engine.Second) {
		r.gone += time.Duration(min(d, 5*engine.Second)) * time.Millisecond
		if err := r.Tick(); err != nil {
			r.t.Fatal(err)
		}
	}
}

func (r *room) now() engine.Millis   { return r.Now() }
func (r *room) drill() *engine.Drill { return r.Drill }
func (r *room) log() []engine.Event  { return r.Log }

// bare is the engine alone, with acts at the very moments that time acts at.
type bare struct {
	d          *engine.Drill
	at, paused engine.Millis
}

func newBare(t *testing.T, f *scenarios.File) *bare {
	b := &bare{d: engine.NewDrill(f.Compiled)}
	b.d.KeepLog()
	if err := b.do(engine.Command{Do: engine.StartEx, Body: engine.Body{Start: &engine.Start{Led: true, Speed: engine.Whole, Seats: engine.FullSeats(f.Scenario)}}}); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *bare) do(cmd engine.Command) error {
	cmd.At, cmd.Wall, cmd.Actor = b.at, began.UnixMilli()+int64(b.at+b.paused), "facilitator"
	if cmd.Do == engine.End {
		b.d.Advance(b.at, cmd.Wall)
	}
	_, err := b.d.Decide(cmd)
	return err
}

func (b *bare) pass(d engine.Millis) {
	if b.d.Paused() {
		b.paused += d
	} else {
		b.at += d
	}
}

func (b *bare) now() engine.Millis   { return b.at }
func (b *bare) drill() *engine.Drill { return b.d }
func (b *bare) log() []engine.Event  { return b.d.Log() }

// player does at random what people do in a drill.
type player struct {
	*rand.Rand
	stage
	s       *engine.Scenario
	fine    int // milliseconds: a room has time act first at the very moment of an act
	written int
}

func pick[T any](p *player, all []T) (one T, ok bool) {
	if len(all) == 0 {
		return one, false
	}
	return all[p.IntN(len(all))], true
}

// play goes on until the drill's end: in every sort of act, many at one
// moment, most of those that are refused again and again left out by the
// engine.
func (p *player) play(end engine.Millis) {
	for {
		gap := engine.Millis(p.IntN(45))*engine.Second + engine.Millis(p.IntN(p.fine+1))
		if p.IntN(3) == 0 {
			gap = 0
		}
		if p.now()+gap >= end {
			p.pass(end - p.now())
			break
		}
		p.pass(gap)
		p.act()
	}
	_ = p.do(engine.Command{Do: engine.End, Actor: "facilitator"})
}

func (p *player) act() {
	v := p.drill().Snapshot()
	cmd := engine.Command{Actor: "facilitator"}
	var responses []*engine.Response
	for i := range v.Responses {
		responses = append(responses, v.Responses[i].Response)
	}
	role := ""
	if r, ok := pick(p, p.s.Roles); ok && !r.Simulated {
		role = r.ID
	}
	in, _ := pick(p, v.Injects)
	cmd.ID = in.Inject.ID
	r, _ := pick(p, responses)
	switch n := p.IntN(40); {
	case n < 14:
		p.answer(&cmd, &v)
	case n < 24:
		cmd.Do, cmd.ID, cmd.Role, cmd.Content = engine.Observe, r.ID, role, engine.Over(int64(p.IntN(8)), 7)
		if cmd.Content > engine.Whole {
			cmd.Content = engine.Whole
		}
		if set := boxesOf(p.s, r); set != nil {
			cmd.Content = engine.Over(int64(p.IntN(len(set.Boxes)+1)), int64(len(set.Boxes)))
		}
		if w, ok := pick(p, r.Ways); ok {
			cmd.ID = w.ID
		}
		if d, ok := pick(p, p.s.Distractors); ok && n == 23 {
			cmd.ID = d.ID
		}
	case n < 26:
		x, ok := pick(p, p.s.Prohibited)
		if !ok {
			return
		}
		cmd.Do, cmd.ID, cmd.Role = engine.Prohibit, x.ID, role
	case n < 28:
		cmd.Do, cmd.Role = engine.Relay, role
	case n == 28:
		cmd.Do = engine.Release
	case n < 31:
		cmd.Do = engine.Hold
	case n < 33:
		cmd.Do = engine.Unhold
	case n == 33 && p.IntN(3) == 0:
		cmd.Do, cmd.Reason = engine.Skip, "đã tập"
	case n == 34 && p.written < 3:
		p.written++
		cmd.Do, cmd.Inject = engine.AdHoc, p.adhoc(role)
	case n == 35 && p.IntN(3) == 0:
		st, _ := pick(p, p.s.Situations())
		cmd.Do, cmd.To, cmd.Reason = engine.Force, st.ID, "tập phục hồi"
	case n == 36:
		f, ok := pick(p, p.s.Flags)
		if !ok {
			return
		}
		cmd.Do, cmd.ID = engine.RaiseFlag, f.ID
	case n == 37:
		p.pause()
		return
	case n == 38:
		cmd.Do, cmd.ID, cmd.Text = engine.Note, "", "Loa ở sân: \"không nghe\" #2"
	case n == 39 && p.IntN(2) == 0:
		cmd.Do, cmd.ID, cmd.Content = engine.Mark, r.ID, engine.Whole/2
	case n == 39:
		cmd.Do, cmd.ID, cmd.Rating, cmd.Reason = engine.Rate, r.ID, "M", "thiếu một nửa"
	default:
		return
	}
	if p.do(cmd) != nil {
		p.pass(engine.Second) // what is refused leaves no trace, but what was due then has come
	}
}

// pause is one in which something is noted down, or seen done.
func (p *player) pause() {
	if p.do(engine.Command{Do: engine.Pause, Actor: "facilitator"}) != nil {
		return
	}
	for range p.IntN(3) {
		p.pass(engine.Millis(1+p.IntN(60)) * engine.Second)
		r, _ := pick(p, p.drill().Snapshot().Responses)
		cmd := engine.Command{Do: engine.Observe, Actor: "facilitator", Body: engine.Body{ID: r.Response.ID, Content: engine.Whole}}
		_ = p.do(cmd)
	}
	p.pass(engine.Millis(1+p.IntN(60)) * engine.Second)
	_ = p.do(engine.Command{Do: engine.Resume, Actor: "facilitator"})
	p.pass(engine.Second) // an act at the moment of a pause is one in it
}

func (p *player) answer(cmd *engine.Command, v *engine.Snapshot) {
	q, ok := pick(p, live.Questions(p.s, v, slipSeed))
	if !ok {
		return
	}
	cmd.Do, cmd.ID, cmd.Role = engine.Respond, q.Inject.Inject.ID, q.Ask.Role
	for _, i := range p.Perm(len(q.Choices))[:min(q.Ask.Pick, len(q.Choices))] {
		o := q.Choices[i]
		cmd.Choices = append(cmd.Choices, o.ID)
		if set := boxesOf(p.s, o.Response); set != nil && p.IntN(2) == 0 {
			ticks := engine.Ticks{Response: o.Response.ID}
			for _, b := range set.Boxes {
				if p.IntN(2) == 0 {
					ticks.Boxes = append(ticks.Boxes, b.ID)
				}
			}
			cmd.Boxes = append(cmd.Boxes, ticks)
		}
	}
	if p.IntN(5) == 0 {
		cmd.Text = "báo thêm cho trực ban"
	}
}

func boxesOf(s *engine.Scenario, r *engine.Response) *engine.BoxSet {
	if r == nil {
		return nil
	}
	return s.BoxSet(r.Boxes)
}

func (p *player) adhoc(role string) *engine.Inject {
	if role == "" {
		role = "nobody"
	}
	id := "X" + strconv.Itoa(p.written)
	return &engine.Inject{ID: id, To: []string{role}, Channel: "radio", Text: engine.Text{VI: "Có người gõ cổng phụ"},
		Expects: []engine.Response{{ID: id + "r", By: role, Target: engine.Minute, Limit: 2 * engine.Minute, Weight: 2, Do: engine.Text{VI: "Ra xem"}}}}
}
