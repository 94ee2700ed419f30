package whatif

import (
	"saban/engine"
	"saban/scoring"
)

// act is something people may do: a response (under its own id and those of
// its ways), a prohibited action or a distractor.
type act struct {
	id       string
	inject   string // of a response
	response *engine.Response
}

// world is what is known of the drill as it was.
type world struct {
	c       *engine.Compiled
	log     []engine.Event
	changes []Change
	card    scoring.Scorecard

	acts     map[string]act // by every id it goes by
	names    []string
	start    engine.Start
	released map[string]engine.Millis // by inject
	received map[string]engine.Millis
	texts    map[string]engine.Text // of injects
}

func read(c *engine.Compiled, rubric scoring.Rubric, log []engine.Event, changes []Change) *world {
	s := c.Scenario()
	w := &world{c: c, log: log, changes: changes, card: scoring.Score(s, rubric, log),
		acts: map[string]act{}, texts: map[string]engine.Text{}}
	for i := range s.Injects {
		w.inject(&s.Injects[i])
	}
	for i := range s.Prohibited {
		w.name(s.Prohibited[i].ID, act{id: s.Prohibited[i].ID})
	}
	for i := range s.Distractors {
		w.name(s.Distractors[i].ID, act{id: s.Distractors[i].ID})
	}
	for i := range log {
		switch e := &log[i]; e.Type {
		case engine.Started:
			if e.Start != nil {
				w.start = *e.Start
			}
		case engine.Written:
			if e.Inject != nil {
				w.inject(e.Inject)
			}
		}
	}
	w.released, w.received = times(log)
	return w
}

func (w *world) name(id string, a act) {
	w.acts[id] = a
	w.names = append(w.names, id)
}

func (w *world) inject(in *engine.Inject) {
	w.texts[in.ID] = in.Title
	if in.Title.Empty() {
		w.texts[in.ID] = in.Text
	}
	for i := range in.Expects {
		r := &in.Expects[i]
		a := act{r.ID, in.ID, r}
		w.name(r.ID, a)
		for j := range r.Ways {
			w.acts[r.Ways[j].ID] = a
		}
	}
}

// times are those at which injects went out and came in.
func times(log []engine.Event) (released, received map[string]engine.Millis) {
	released, received = map[string]engine.Millis{}, map[string]engine.Millis{}
	for i := range log {
		switch e := &log[i]; e.Type {
		case engine.Released:
			released[e.ID] = e.At
		case engine.Received:
			received[e.ID] = e.At
		case engine.Recalled:
			delete(released, e.ID)
			delete(received, e.ID)
		}
	}
	return released, received
}

// change returns what is changed about the act that goes by an id.
func (w *world) change(id string) (Change, bool) {
	for _, c := range w.changes {
		if a, ok := w.acts[id]; ok && w.acts[c.ID].id == a.id {
			return c, true
		}
	}
	return Change{}, false
}
