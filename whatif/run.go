package whatif

import (
	"errors"
	"slices"

	"saban/engine"
)

// Left is an act of the drill that has no place in the altered one.
type Left struct {
	Event int64         `json:"event"` // 0: of the change itself
	AtMS  engine.Millis `json:"at_ms"`
	ID    string        `json:"id"`
	Text  engine.Text   `json:"text"`
}

// run is the drill played again.
type run struct {
	w     *world
	d     *engine.Drill
	steps []step
	last  engine.Millis // of the drill as it was

	released, received map[string]engine.Millis
	became             map[place]int64
	left               []Left
}

// place is an act of the drill as it was: an event, and for one choice of an
// answer its id.
type place struct {
	seq int64
	id  string
}

func (w *world) play(steps []step) *run {
	r := &run{w: w, d: engine.NewDrill(w.c), steps: steps, released: map[string]engine.Millis{}, received: map[string]engine.Millis{}, became: map[place]int64{}}
	r.d.KeepLog()
	if n := len(w.log); n > 0 {
		r.last = w.log[n-1].At
	}
	for r.next() {
	}
	for i := range r.steps {
		r.lose(&r.steps[i], engine.Fill("tình huống %s không đến nữa", "inject %s no longer comes", engine.Same(r.steps[i].after.inject)))
	}
	return r
}

// next plays the one thing that comes next: what people do, or what time
// alone brings before that.
func (r *run) next() bool {
	i, at := r.soonest()
	due, ok := r.d.NextDue()
	ok = ok && due <= r.last
	if ok && (i < 0 || due < at || due == at && r.timeFirst(&r.steps[i])) {
		r.follow(r.d.Advance(due, r.w.wall(due)))
		return true
	}
	if i < 0 {
		return false
	}
	one := r.steps[i]
	r.steps = slices.Delete(r.steps, i, i+1)
	r.carryOut(&one, at)
	return true
}

// soonest returns the step that comes first, of those whose time is known.
func (r *run) soonest() (place int, at engine.Millis) {
	place = -1
	for i := range r.steps {
		t, known := r.timeOf(&r.steps[i])
		if t = max(t, r.d.Now()); known && (place < 0 || t < at) {
			place, at = i, t
		}
	}
	return place, at
}

func (r *run) timeOf(one *step) (engine.Millis, bool) {
	if one.after.inject == "" {
		return one.offset, true
	}
	from, known := r.released[one.after.inject]
	if one.after.receipt {
		from, known = r.received[one.after.inject]
	}
	offset := one.offset
	if one.target && known {
		offset = r.targetOf(one.added.id)
	}
	return from + offset, known
}

func (r *run) targetOf(response string) engine.Millis {
	for _, v := range r.d.Snapshot().Responses {
		if v.Response.ID == response {
			return v.Target
		}
	}
	return 0
}

// timeFirst reports whether in the drill as it was time had its say at this
// instant before the step: a room that leads a drill asks at its own moments.
func (r *run) timeFirst(one *step) bool {
	if one.seq == 0 || r.w.start.Virtual {
		return false
	}
	for i := one.seq - 2; i >= 0 && r.w.log[i].At == r.w.log[one.seq-1].At; i-- {
		if _, command := commandOf(&r.w.log[i]); !command && r.w.log[i].Cause == 0 {
			return true
		}
	}
	return false
}

func (r *run) carryOut(one *step, at engine.Millis) {
	cmd := one.cmd
	if one.seq == 0 || at != cmd.At {
		cmd.Wall = r.w.wall(at)
	}
	cmd.At = at
	if cmd.Do == engine.Mark || cmd.Do == engine.Retract {
		if cmd.Of = r.meant(&cmd); cmd.Of == 0 {
			return // of something that the change took away
		}
	}
	before := r.d.Seq()
	events, err := r.d.Decide(cmd)
	r.follow(events)
	var refusal *engine.Refusal
	if errors.As(err, &refusal) {
		r.lose(one, refusal.Why)
		return
	}
	if err != nil || r.d.Seq() == before {
		return
	}
	for i := range events { // what was due before the act stands before it
		if e := &events[i]; e.Cause == 0 && e.Actor == cmd.Actor && e.Key == cmd.Key {
			if _, command := commandOf(e); command {
				r.remember(one, e.Seq)
			}
		}
	}
}

func (r *run) remember(one *step, seq int64) {
	if one.seq == 0 {
		return
	}
	r.became[place{one.seq, ""}] = seq
	for _, id := range one.marks {
		r.became[place{one.seq, id}] = seq
	}
}

// meant is the event that a mark or a retraction now is about, or 0.
func (r *run) meant(cmd *engine.Command) int64 {
	if cmd.Do == engine.Mark {
		if seq, ok := r.became[place{cmd.Of, cmd.ID}]; ok {
			return seq
		}
	}
	return r.became[place{cmd.Of, ""}]
}

func (r *run) follow(events []engine.Event) {
	for i := range events {
		switch e := &events[i]; e.Type {
		case engine.Released:
			r.released[e.ID] = e.At
		case engine.Received:
			r.received[e.ID] = e.At
		case engine.Recalled:
			delete(r.released, e.ID)
			delete(r.received, e.ID)
		}
	}
}

func (r *run) lose(one *step, why engine.Text) {
	left := Left{Event: one.seq, AtMS: one.cmd.At, ID: one.cmd.ID, Text: why}
	if one.seq == 0 {
		left.AtMS = r.d.Now()
	}
	r.left = append(r.left, left)
}

// wall is the wall clock at a moment of the drill as it was.
func (w *world) wall(at engine.Millis) int64 {
	for i := len(w.log) - 1; i >= 0; i-- {
		if e := &w.log[i]; e.At <= at {
			return e.Recorded + int64(at-e.At)
		}
	}
	return 0
}

// retracted reports whether an event was taken back.
func (w *world) retracted(seq int64) bool {
	for i := range w.log {
		if w.log[i].Type == engine.Retracted && w.log[i].Of == seq {
			return true
		}
	}
	return false
}
