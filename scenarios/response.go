package scenarios

import (
	"gopkg.in/yaml.v3"

	"saban/engine"
)

var aResponse = aGroup("response", responseKeys, rules{})

var responseKeys = []key[engine.Response]{
	keyOf("id", must, anID, func(x *engine.Response) *string { return &x.ID }),
	keyOf("by", must, anOwner, func(x *engine.Response) *string { return &x.By }),
	keyOf("or", may, someIDs, func(x *engine.Response) *[]string { return &x.Or }),
	keyOf("target", may, aDuration, func(x *engine.Response) *engine.Millis { return &x.Target }),
	keyOf("limit", may, aDuration, func(x *engine.Response) *engine.Millis { return &x.Limit }),
	keyOf("weight", may, aWeight, func(x *engine.Response) *int { return &x.Weight }),
	keyOf("critical", may, aTruth, func(x *engine.Response) *bool { return &x.Critical }),
	keyOf("after", may, someIDs, func(x *engine.Response) *[]string { return &x.After }),
	keyOf("objective", may, anID, func(x *engine.Response) *string { return &x.Objective }),
	keyOf("capability", may, aCapability, func(x *engine.Response) *engine.Capability { return &x.Capability }),
	keyOf("boxes", may, anID, func(x *engine.Response) *string { return &x.Boxes }),
	keyOf("do", must, aText, func(x *engine.Response) *engine.Text { return &x.Do }),
	keyOf("ways", may, someWays, func(x *engine.Response) *[]engine.Way { return &x.Ways }),
}

var aWeight = form[int]{&shape{Kind: shapeWeight, Most: 5 * engine.Whole}, func(v value, into *int) { v.whole(BadWeight, into, v.r.LeastWeight, 5) }}

var someWays = aMapping(form[engine.Way]{either(aGroup("way", wayKeys, rules{}).shape, aText.shape), value.way},
	func(w *engine.Way) *string { return &w.ID })

// way reads keys of its own, or only what is done.
func (v value) way(into *engine.Way) {
	into.Content = engine.Whole
	if v.node.Kind == yaml.MappingNode && (v.gives("do") || v.gives("content")) {
		read(v, wayKeys, into)
	} else {
		v.text(&into.Do)
	}
}

var wayKeys = []key[engine.Way]{
	keyOf("do", must, aText, func(w *engine.Way) *engine.Text { return &w.Do }),
	keyOf("content", may, aShare, func(w *engine.Way) *engine.Ratio { return &w.Content }),
}

var aProhibited = form[engine.Prohibited]{aGroup("prohibited", prohibitedKeys, rules{}).shape, func(v value, into *engine.Prohibited) {
	into.Capability = engine.BV
	read(v, prohibitedKeys, into)
}}

var prohibitedKeys = []key[engine.Prohibited]{
	keyOf("id", must, anID, func(x *engine.Prohibited) *string { return &x.ID }),
	keyOf("severity", must, aChoice[engine.Severity]("severity", BadChoice, "minor", "major", "life"),
		func(x *engine.Prohibited) *engine.Severity { return &x.Severity }),
	keyOf("capability", may, aCapability, func(x *engine.Prohibited) *engine.Capability { return &x.Capability }),
	keyOf("text", must, aText, func(x *engine.Prohibited) *engine.Text { return &x.Text }),
	keyOf("why", may, aText, func(x *engine.Prohibited) *engine.Text { return &x.Why }),
}

var distractorKeys = []key[engine.Distractor]{
	keyOf("id", must, anID, func(x *engine.Distractor) *string { return &x.ID }),
	keyOf("text", must, aText, func(x *engine.Distractor) *engine.Text { return &x.Text }),
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
