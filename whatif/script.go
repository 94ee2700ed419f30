package whatif

import (
	"slices"

	"saban/engine"
)

// step is a command of the drill as it was, or one that the change adds.
type step struct {
	seq    int64 // of the event it comes from; 0: added
	cmd    engine.Command
	after  anchor // what its time counts from
	offset engine.Millis
	target bool // offset is the target of the response, whatever it is then
	added  *act
	marks  []string // ids a retraction or mark may mean: the acts of an answer
}

// anchor is an inject whose release or receipt a time counts from.
type anchor struct {
	inject  string // "" = StartEx
	receipt bool
}

// verbs are the commands that events come from, whatever their mode.
var verbs = map[engine.EventType]engine.Verb{
	engine.Started: engine.StartEx, engine.Paused: engine.Pause, engine.Resumed: engine.Resume, engine.Held: engine.Hold, engine.Unheld: engine.Unhold,
	engine.Postponed: engine.Postpone, engine.Edited: engine.Edit, engine.Recalled: engine.Recall, engine.Relayed: engine.Relay, engine.Written: engine.AdHoc,
	engine.Responded: engine.Respond, engine.Observed: engine.Observe, engine.ProhibitedAct: engine.Prohibit, engine.Marked: engine.Mark, engine.Rated: engine.Rate,
	engine.Overridden: engine.Override, engine.Retracted: engine.Retract, engine.Flagged: engine.RaiseFlag, engine.Forced: engine.Force, engine.Noted: engine.Note,
	engine.Assigned: engine.Assign, engine.Joined: engine.Join, engine.Left: engine.Leave, engine.StoppedReal: engine.StopReal, engine.ResumedReal: engine.ResumeReal,
	engine.Gap: engine.MarkGap, engine.Recovered: engine.Recover,
}

// byMode are those that a command or time alone may bring, and the modes that
// tell a command's.
var byMode = map[engine.EventType]struct {
	verb  engine.Verb
	modes []string
}{
	engine.Ended:    {engine.End, []string{""}},
	engine.Released: {engine.Release, []string{"by"}},
	engine.Received: {engine.Receive, []string{"device", "read"}},
	engine.Skipped:  {engine.Skip, []string{""}},
}

// commandOf turns an event back into the command it came from.
func commandOf(e *engine.Event) (engine.Command, bool) {
	verb, ok := verbs[e.Type]
	if m, either := byMode[e.Type]; either {
		verb, ok = m.verb, slices.Contains(m.modes, e.Mode)
	}
	if !ok {
		return engine.Command{}, false
	}
	cmd := engine.Command{Do: verb, At: e.At, Wall: e.Recorded, Actor: e.Actor, Key: e.Key, Body: e.Body}
	if e.Type == engine.Marked {
		cmd.Mode = ""
	}
	cmd.Late = e.Subject() && e.Observed != e.At
	return cmd, true
}

// script is the log as commands, the changes made.
func (w *world) script() []step {
	var steps []step
	for i := range w.log {
		e := &w.log[i]
		cmd, ok := commandOf(e)
		if !ok {
			continue
		}
		one := step{seq: e.Seq, cmd: cmd, offset: e.At}
		w.tie(&one, e)
		steps = append(steps, w.changed(one, e)...)
	}
	for _, c := range w.changes {
		if c.Kind != NotDone {
			steps = append(steps, w.addition(c))
		}
	}
	return steps
}

// tie has what people did about an inject follow its receipt, and what the
// machine or the facilitator did about it its release. A script does not wait.
func (w *world) tie(one *step, e *engine.Event) {
	if w.start.Virtual {
		return
	}
	inject, receipt := e.ID, false
	switch e.Type {
	case engine.Received, engine.Relayed, engine.Recalled:
	case engine.Responded:
		receipt = true
	case engine.Observed:
		inject, receipt = w.acts[e.ID].inject, true
	default:
		return
	}
	at, ok := w.released[inject]
	if receipt {
		at, ok = w.received[inject]
	}
	if ok && at <= e.At && !one.cmd.Late {
		one.after, one.offset = anchor{inject, receipt}, e.At-at
	}
}

// changed is what becomes of a step under the changes: itself, nothing, or the
// rest of an answer of which a choice is changed.
func (w *world) changed(one step, e *engine.Event) []step {
	switch e.Type {
	case engine.Observed, engine.ProhibitedAct, engine.Marked:
		if _, ok := w.change(e.ID); ok {
			return nil
		}
	case engine.Rated:
		if _, ok := w.change(e.ID); ok {
			return nil
		}
	case engine.Overridden:
		if _, ok := w.change(e.ID); ok {
			return nil
		}
	case engine.Responded:
		one.marks = e.Choices
		switch {
		case w.choosesChanged(e):
			return w.rest(one, e)
		case len(e.Choices) == 0 && w.adds(e):
			return nil // its boxes are in the content of what is left of that answer
		}
	}
	return []step{one}
}

func (w *world) choosesChanged(e *engine.Event) bool {
	return slices.ContainsFunc(e.Choices, func(id string) bool { _, ok := w.change(id); return ok })
}

// adds reports whether an answer without choices adds to one that is changed.
func (w *world) adds(e *engine.Event) bool {
	for i := range w.log {
		if x := &w.log[i]; x.Type == engine.Responded && x.Seq < e.Seq && x.ID == e.ID && x.Role == e.Role && w.choosesChanged(x) {
			return true
		}
	}
	return false
}

// rest is an answer without the changed choices. An answer stands whole or not
// at all, so each choice that is left becomes an observation.
func (w *world) rest(one step, e *engine.Event) []step {
	if w.retracted(e.Seq) {
		return nil
	}
	var out []step
	for _, id := range e.Choices {
		if _, ok := w.change(id); ok {
			continue
		}
		next := one
		next.cmd.Do = engine.Observe
		next.cmd.Body = engine.Body{ID: id, Role: e.Role, Person: e.Person, Observed: e.Observed, Content: w.ticked(e, id), Text: e.Text}
		next.cmd.Key = ""
		next.marks = []string{id}
		out = append(out, next)
	}
	return out
}

// ticked is the content that an answer and what its role added later claim for
// a response.
func (w *world) ticked(e *engine.Event, id string) engine.Ratio {
	a := w.acts[id]
	if a.response == nil {
		return engine.Whole
	}
	set := w.c.Scenario().BoxSet(a.response.Boxes)
	if set == nil || len(set.Boxes) == 0 {
		return engine.Whole
	}
	seen := map[string]bool{}
	for i := range w.log {
		x := &w.log[i]
		if x.Type != engine.Responded || x.ID != e.ID || x.Role != e.Role || x.Seq != e.Seq && len(x.Choices) > 0 {
			continue
		}
		for _, t := range x.Boxes {
			if t.Response == a.id {
				for _, box := range t.Boxes {
					seen[box] = true
				}
			}
		}
	}
	return engine.Over(int64(len(seen)), int64(len(set.Boxes)))
}

// addition is the act that a change adds: as it was done, at another time; or
// wholly, by its owner, where it was not done or is to be right.
func (w *world) addition(c Change) step {
	a := w.acts[c.ID]
	id := a.id
	if w.acts[c.ID].id != c.ID {
		id = c.ID // a way
	}
	body := engine.Body{ID: id, Role: a.response.By, Content: engine.Whole}
	for i := range w.card.Items {
		it := &w.card.Items[i]
		if it.ID != a.id || c.Kind != At || !it.Done || it.Content == nil {
			continue
		}
		body.Role, body.Content = it.DoneBy, *it.Content
		if it.Way != "" && id == a.id {
			body.ID, body.Content = it.Way, w.beforeWay(a.response, it.Way, *it.Content)
		}
	}
	return step{cmd: engine.Command{Do: engine.Observe, Actor: w.actor(), Body: body}, after: anchor{a.inject, true}, offset: c.After, target: c.Kind == Done, added: &a}
}

// beforeWay is the content that a way's own share was multiplied with.
func (w *world) beforeWay(r *engine.Response, way string, content engine.Ratio) engine.Ratio {
	for i := range r.Ways {
		if r.Ways[i].ID == way && r.Ways[i].Content > 0 {
			return min(engine.Whole, engine.Over(int64(content), int64(r.Ways[i].Content)))
		}
	}
	return engine.Whole
}

// actor signs what is added as what was done.
func (w *world) actor() string {
	for i := range w.log {
		if w.log[i].Type == engine.Started {
			return w.log[i].Actor
		}
	}
	return ""
}
