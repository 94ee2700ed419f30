package whatif

import (
	"strings"

	"saban/engine"
)

// Kind says what is changed about an act.
type Kind string

// The kinds of a change.
const (
	At      Kind = "at"       // done After the receipt of its inject
	Done    Kind = "done"     // done in time, wholly, by its owner
	NotDone Kind = "not_done" // not done at all
)

// Change is one thing that would have been different. Done and At are for
// responses; NotDone also for prohibited actions and distractors.
type Change struct {
	ID    string        `json:"id"`
	Kind  Kind          `json:"kind"`
	After engine.Millis `json:"after_ms"` // of At
}

// Invalid says what is wrong with a change.
type Invalid struct {
	Why engine.Text
	Try engine.Text
}

func (e *Invalid) Error() string { return e.Why.EN }

// Parse reads a change as it is written: R07=60s, R12=done, R12=not-done.
func Parse(s string) (Change, error) {
	id, what, ok := strings.Cut(s, "=")
	c := Change{ID: strings.TrimSpace(id)}
	switch what = strings.TrimSpace(what); {
	case !ok:
	case what == "done":
		c.Kind = Done
		return c, nil
	case what == "not-done":
		c.Kind = NotDone
		return c, nil
	default:
		if after, good := engine.ParseDuration(what); good {
			c.Kind, c.After = At, after
			return c, nil
		}
	}
	return c, &Invalid{engine.Both("%q không nói thay đổi gì", "%q does not say what is changed", s),
		engine.Both("viết R07=60s, R07=done hoặc R07=not-done", "write R07=60s, R07=done or R07=not-done")}
}

// Text is the change in words.
func (c Change) Text() engine.Text {
	id := engine.Same(c.ID)
	switch c.Kind {
	case Done:
		return engine.Fill("%s làm đúng thời gian chuẩn, đủ nội dung, đúng người", "%s done at its target, complete, by its owner", id)
	case NotDone:
		return engine.Fill("không có %s", "without %s", id)
	}
	return engine.Fill("%s làm xong sau %s", "%s done after %s", id, c.After.Words())
}

// check refuses changes of what the drill has not.
func (w *world) check() error {
	seen := map[string]bool{}
	for _, c := range w.changes {
		a, known := w.acts[c.ID]
		switch {
		case !known:
			return &Invalid{engine.Both("không có %q để đổi", "there is no %q to change", c.ID), engine.Nearest(c.ID, w.names)}
		case seen[a.id]:
			return &Invalid{engine.Both("%s đổi hai lần", "%s is changed twice", a.id), engine.Text{}}
		case c.Kind != NotDone && a.response == nil:
			return &Invalid{engine.Both("%s không phải việc cần làm: chỉ bỏ đi được", "%s is no response: it can only be left out", c.ID),
				engine.Both("viết --without %s", "write --without %s", c.ID)}
		}
		seen[a.id] = true
	}
	return nil
}
