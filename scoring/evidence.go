package scoring

import (
	"sort"

	"saban/engine"
)

// Evidence is an event that a figure rests on, in words. Actor is the id of
// the person who entered it, Role the role it is about; either may be empty.
type Evidence struct {
	Event    int64            `json:"event"`
	Type     engine.EventType `json:"type"`
	AtMS     engine.Millis    `json:"at_ms"`
	Observed engine.Millis    `json:"observed_ms"` // when it happened
	Actor    string           `json:"actor,omitempty"`
	Role     string           `json:"role,omitempty"`
	What     engine.Text      `json:"what"`
}

// evidence tells the events with these numbers.
func (x *explainer) evidence(seqs []int64) []Evidence {
	out := make([]Evidence, 0, len(seqs))
	for _, seq := range seqs {
		at := sort.Search(len(x.log), func(i int) bool { return x.log[i].Seq >= seq })
		if at == len(x.log) || x.log[at].Seq != seq {
			continue
		}
		e := &x.log[at]
		observed := e.At
		if e.Subject() {
			observed = e.Observed
		}
		out = append(out, Evidence{Event: seq, Type: e.Type, AtMS: e.At, Observed: observed, Actor: e.Actor, Role: e.Role, What: x.tell(e)})
	}
	return out
}

// tell says an event in words: those that a figure may rest on.
func (x *explainer) tell(e *engine.Event) engine.Text {
	id := engine.Same(e.ID)
	switch e.Type {
	case engine.Received:
		if e.Mode == "assumed" {
			return engine.Fill("coi như đã nhận tình huống %s", "inject %s assumed to be received", id)
		}
		return engine.Fill("đã nhận tình huống %s", "inject %s received", id)
	case engine.Responded:
		return x.tellAnswer(e)
	case engine.Observed:
		return engine.Fill("làm %s, nội dung %s", "%s done, content %s", id, share(e.Content).Decimal(3))
	case engine.ProhibitedAct:
		return engine.Fill("hành động cấm %s", "prohibited action %s", id)
	case engine.Missed:
		return engine.Fill("quá giới hạn mà chưa làm %s", "limit passed, %s not done", id)
	case engine.Marked:
		return engine.Fill("chấm nội dung %s: %s", "content of %s marked %s", id, share(e.Content).Decimal(3))
	case engine.Rated:
		return engine.Fill("chấm mức %s: %s", "%s rated %s", id, engine.Same(e.Rating))
	case engine.Overridden:
		if e.Override != nil {
			return engine.Fill("sửa tay %s: %s", "%s set by hand: %s", id, overridden(e.Override))
		}
	case engine.Moved:
		return engine.Fill("tình huống chuyển sang “%s”", "the situation moved to “%s”", x.stateTitle(e.To))
	case engine.Forced:
		return engine.Fill("chuyển tay tình huống sang “%s”", "the situation was forced to “%s”", x.stateTitle(e.To))
	}
	return engine.Same(string(e.Type) + " " + e.ID)
}

func (x *explainer) tellAnswer(e *engine.Event) engine.Text {
	chosen := make([]engine.Text, len(e.Choices))
	for i, id := range e.Choices {
		chosen[i] = engine.Same(id)
	}
	text := engine.Fill("trả lời tình huống %s", "answer to inject %s", engine.Same(e.ID))
	if len(chosen) > 0 {
		text = engine.Fill("%s: %s", "%s: %s", text, list(chosen))
	}
	ticked := 0
	for _, t := range e.Boxes {
		ticked += len(t.Boxes)
	}
	if ticked > 0 {
		text = engine.Fill("%s; %s", "%s; %s", text, engine.Counted(ticked, "đánh dấu %s ô", "%s box ticked", "%s boxes ticked"))
	}
	if e.Text != "" {
		text = engine.Fill("%s; viết: “%s”", "%s; wrote: “%s”", text, engine.Same(e.Text))
	}
	return text
}
