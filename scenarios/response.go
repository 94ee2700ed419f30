package scenarios

import (
	"gopkg.in/yaml.v3"

	"saban/engine"
)

func (v value) responses(into *[]engine.Response) {
	v.list(func(i int, entry value) bool {
		*into = append(*into, engine.Response{})
		read(entry, responseKeys, &(*into)[i])
		return true
	})
}

var responseKeys = []key[engine.Response]{
	{"id", must, func(v value, x *engine.Response) { v.id(&x.ID) }},
	{"by", must, func(v value, x *engine.Response) { v.id(&x.By) }},
	{"or", may, func(v value, x *engine.Response) { v.ids(&x.Or) }},
	{"target", may, func(v value, x *engine.Response) { v.span(&x.Target) }},
	{"limit", may, func(v value, x *engine.Response) { v.span(&x.Limit) }},
	{"weight", may, func(v value, x *engine.Response) { v.whole(BadWeight, &x.Weight, v.r.leastWeight, 5) }},
	{"critical", may, func(v value, x *engine.Response) { v.truth(&x.Critical) }},
	{"after", may, func(v value, x *engine.Response) { v.ids(&x.After) }},
	{"objective", may, func(v value, x *engine.Response) { v.id(&x.Objective) }},
	{"capability", may, func(v value, x *engine.Response) { v.id((*string)(&x.Capability)) }},
	{"boxes", may, func(v value, x *engine.Response) { v.id(&x.Boxes) }},
	{"do", must, func(v value, x *engine.Response) { v.text(&x.Do) }},
	{"ways", may, func(v value, x *engine.Response) { v.ways(&x.Ways) }},
}

func (v value) ways(into *[]engine.Way) {
	v.entries(func(_ int, id string, entry value) {
		w := engine.Way{ID: id, Content: engine.Whole}
		if entry.node.Kind == yaml.MappingNode && (entry.gives("do") || entry.gives("content")) {
			read(entry, wayKeys, &w)
		} else {
			entry.text(&w.Do)
		}
		*into = append(*into, w)
	})
}

var wayKeys = []key[engine.Way]{
	{"do", must, func(v value, w *engine.Way) { v.text(&w.Do) }},
	{"content", may, func(v value, w *engine.Way) { v.ratio(&w.Content, engine.Whole) }},
}

func (v value) prohibited(into *[]engine.Prohibited) {
	v.list(func(i int, entry value) bool {
		*into = append(*into, engine.Prohibited{Capability: engine.BV})
		read(entry, prohibitedKeys, &(*into)[i])
		return true
	})
}

var prohibitedKeys = []key[engine.Prohibited]{
	{"id", must, func(v value, x *engine.Prohibited) { v.id(&x.ID) }},
	{"severity", must, func(v value, x *engine.Prohibited) {
		v.choice(BadChoice, (*string)(&x.Severity), "minor", "major", "life")
	}},
	{"capability", may, func(v value, x *engine.Prohibited) { v.id((*string)(&x.Capability)) }},
	{"text", must, func(v value, x *engine.Prohibited) { v.text(&x.Text) }},
	{"why", may, func(v value, x *engine.Prohibited) { v.text(&x.Why) }},
}

func (v value) distractors(into *[]engine.Distractor) {
	v.list(func(i int, entry value) bool {
		*into = append(*into, engine.Distractor{})
		read(entry, distractorKeys, &(*into)[i])
		return true
	})
}

var distractorKeys = []key[engine.Distractor]{
	{"id", must, func(v value, x *engine.Distractor) { v.id(&x.ID) }},
	{"text", must, func(v value, x *engine.Distractor) { v.text(&x.Text) }},
}

// complete fills in what the file leaves to defaults.
func (f *File) complete() {
	s := f.Scenario
	for i := range s.Injects {
		f.r.completeInject(s, &s.Injects[i], index("injects", i), plainWeight)
	}
}

// completeInject fills in one inject that stands at path. weight is what a
// response weighs when neither it nor `defaults` says so; 0 keeps `defaults`
// out of it too, for an inject written during the drill.
func (r *reader) completeInject(s *engine.Scenario, in *engine.Inject, path string, weight int) {
	for j := range in.Expects {
		x, at := &in.Expects[j], index(path+"/expects", j)
		if !r.has(at + "/target") {
			x.Target = first(s.Defaults.Target, plainTarget)
		}
		if !r.has(at + "/limit") {
			x.Limit = first(s.Defaults.Limit, plainLimit)
		}
		if !r.has(at+"/weight") && weight > 0 {
			x.Weight = first(s.Defaults.Weight, weight)
		}
	}
	for j := range in.Asks {
		if ask := &in.Asks[j]; ask.Pick == 0 {
			ask.Pick = max(1, rightAnswers(s, in, ask))
		}
	}
}

func first[T int | engine.Millis](given, otherwise T) T {
	if given != 0 {
		return given
	}
	return otherwise
}

// rightAnswers counts the responses a question offers that are the asked
// role's own; several ways of one response count once.
func rightAnswers(s *engine.Scenario, in *engine.Inject, ask *engine.Ask) int {
	own := map[string]bool{}
	for _, id := range ask.Choices {
		if r := responseOf(s, in, id); r != nil && r.Owns(ask.Role) {
			own[r.ID] = true
		}
	}
	return len(own)
}

// responseOf finds the response that a choice makes: itself, or the one it is
// a way of. in may stand outside the scenario.
func responseOf(s *engine.Scenario, in *engine.Inject, id string) *engine.Response {
	for i := range in.Expects {
		r := &in.Expects[i]
		if r.ID == id {
			return r
		}
		for w := range r.Ways {
			if r.Ways[w].ID == id {
				return r
			}
		}
	}
	if _, r := s.FindResponse(id); r != nil {
		return r
	}
	r, _ := s.FindWay(id)
	return r
}
