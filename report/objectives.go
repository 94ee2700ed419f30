package report

import (
	"slices"

	"saban/engine"
	"saban/scoring"
)

// Objective is how far one objective of the scenario was reached: the weighted
// mean value of the responses that serve it.
type Objective struct {
	ID         string            `json:"id"`
	Text       engine.Text       `json:"text"`
	Capability engine.Capability `json:"capability,omitempty"`
	Score      *engine.Ratio     `json:"score"` // 0 to 1; null when nothing of it was triggered
	Weight     int               `json:"weight"`
	Items      []ItemRating      `json:"items"`
	Events     []int64           `json:"events"`
}

// ItemRating is a response and its rating.
type ItemRating struct {
	ID     string         `json:"id"`
	Rating scoring.Rating `json:"rating"`
}

func (b *builder) objectiveResults() []Objective {
	var out []Objective
	for _, o := range b.s.Objectives {
		r := Objective{ID: o.ID, Text: o.Text, Capability: o.Capability, Items: []ItemRating{}, Events: []int64{}}
		var sum engine.Ratio
		for i := range b.card.Items {
			it := &b.card.Items[i]
			if it.Objective != o.ID || !it.Triggered || it.Value == nil || it.Weight == 0 {
				continue
			}
			sum += *it.Value * engine.Ratio(it.Weight)
			r.Weight += it.Weight
			r.Items = append(r.Items, ItemRating{it.ID, it.Rating})
			r.Events = append(r.Events, it.Events...)
		}
		if r.Weight > 0 {
			r.Score = new(sum / engine.Ratio(r.Weight))
		}
		slices.Sort(r.Events)
		r.Events = slices.Compact(r.Events)
		out = append(out, r)
	}
	return out
}

// Pace is how long a role took, by the target of each response: 1 is exactly
// on target. What was never done took longer than all the rest, so it counts in
// the median, which is null when that is where the middle lies.
type Pace struct {
	Role   string         `json:"role"`
	Done   int            `json:"done"`
	Undone int            `json:"undone"`
	Median *engine.Ratio  `json:"median"`
	Each   []engine.Ratio `json:"each"` // in rising order
}

func (b *builder) pace() []Pace {
	var out []Pace
	for _, role := range b.s.Roles {
		p := Pace{Role: role.ID}
		for i := range b.card.Items {
			it := &b.card.Items[i]
			switch {
			case it.By != role.ID || !it.Triggered || it.Target <= 0:
			case it.Done && it.Actual != nil:
				p.Done++
				p.Each = append(p.Each, engine.Over(int64(*it.Actual), int64(it.Target)))
			case !it.Pending:
				p.Undone++
			}
		}
		n := p.Done + p.Undone
		if n == 0 {
			continue
		}
		slices.Sort(p.Each)
		if n/2 < p.Done {
			p.Median = new((p.Each[(n-1)/2] + p.Each[n/2]) / 2)
		}
		p.Each = full(p.Each)
		out = append(out, p)
	}
	return out
}

// about reports whether a finding is about a response: by its id, or by its
// capability.
func about(f *scoring.Finding, it *scoring.Item) bool {
	return it.Triggered && (slices.Contains(f.IDs, it.ID) || it.Capability != "" && slices.Contains(f.IDs, string(it.Capability)))
}

// branches are the moves nobody planned for: into a state that is worse, and
// forced ones, with what led there and how long it lasted.
func (b *builder) branches() []Fact {
	var out []Fact
	path := b.card.Path
	for i := 1; i < len(path); i++ {
		step := &path[i]
		if !step.Forced && step.Kind != engine.Escalated && step.Kind != engine.Failed {
			continue
		}
		text := engine.Fill("%s: vào %s.", "%s: into %s.", engine.Same(step.AtMS.Clock()), b.quoted(step.State))
		if why := b.whyMoved(step.Event); !why.Empty() {
			text = engine.Fill("%s Vì sao: %s.", "%s Why: %s.", text, unstopped(why))
		}
		until, ends := engine.Millis(b.card.At), engine.Text{VI: "đến hết buổi diễn tập", EN: "until the end of the drill"}
		if i+1 < len(path) {
			until, ends = path[i+1].AtMS, engine.Fill("rồi sang %s", "then into %s", b.quoted(path[i+1].State))
		}
		text = engine.Fill("%s Kéo dài %s, %s.", "%s It lasted %s, %s.", text, (until - step.AtMS).Words(), ends)
		out = append(out, Fact{text, []int64{step.Event}})
	}
	return out
}

// whyMoved is the author's word for a move, or the facilitator's reason.
func (b *builder) whyMoved(seq int64) engine.Text {
	for i := range b.log {
		e := &b.log[i]
		if e.Seq != seq {
			continue
		}
		if e.Type == engine.Forced {
			return because(engine.Text{VI: "người điều khiển chuyển tay", EN: "the facilitator forced it"}, e.Reason)
		}
		for n := range b.s.Transitions {
			if t := &b.s.Transitions[n]; engine.TransitionID(t, n) == e.Via {
				return t.Why
			}
		}
	}
	return engine.Text{}
}
