package scenarios

import (
	"fmt"
	"strings"

	"saban/engine"
)

// kinds are the parts of a scenario in the order they are compared.
var kinds = []string{"scenario", "parameters", "objectives", "flags", "boxes", "roles", "states", "transitions",
	"injects", "responses", "ways", "prohibited", "distractors", "debrief", "rubric"}

// thing is something with an id and fields, the same fields for all of a kind.
type thing struct {
	id     string
	title  engine.Text
	fields []field
}

type field struct {
	key   string
	value engine.Text
}

func same(s string) engine.Text { return engine.Text{VI: s, EN: s} }

func word(key, value string) field { return field{key, same(value)} }

func list(key string, values []string) field { return field{key, same(strings.Join(values, ", "))} }

// span is a length of time; none is no words at all.
func span(key string, m engine.Millis) field {
	if m == 0 {
		return field{key, engine.Text{}}
	}
	return field{key, m.Words()}
}

func truth(key string, yes bool) field {
	if yes {
		return field{key, engine.Text{VI: "có", EN: "yes"}}
	}
	return field{key, engine.Text{VI: "không", EN: "no"}}
}

// things lists all that two versions are compared by, by kind.
func things(f *File, s *engine.Scenario, several map[string]bool) map[string][]thing {
	out := map[string][]thing{
		"scenario": {{"", s.Title, []field{word("id", s.ID), {"title", s.Title}, word("lang", string(s.Lang)), word("threat", s.Threat),
			word("site.kind", s.Site.Kind), word("site.seed", s.Site.Seed), {"site.name", s.Site.Name}, {"site.about", s.Site.About},
			span("duration", s.Duration), word("review.by", s.Review.By), word("review.date", s.Review.Date)}}},
		"rubric": {{"", engine.Text{}, rubricFields(f)}},
	}
	add := func(kind, id string, title engine.Text, fields ...field) {
		out[kind] = append(out[kind], thing{id, title, fields})
	}
	for _, p := range s.Parameters {
		add("parameters", p.ID, same(p.Value), word("value", p.Value), field{"source", p.Source})
	}
	for _, o := range s.Objectives {
		add("objectives", o.ID, o.Text, word("capability", string(o.Capability)), field{"text", o.Text})
	}
	for _, x := range s.Flags {
		add("flags", x.ID, x.Text, field{"text", x.Text})
	}
	for _, b := range s.Boxes {
		add("boxes", b.ID, same(b.ID), boxes(b))
	}
	for _, r := range s.Roles {
		add("roles", r.ID, r.Title, field{"title", r.Title}, truth("simulated", r.Simulated))
	}
	machineThings(s, several, add)
	injectThings(s, add)
	for _, p := range s.Prohibited {
		add("prohibited", p.ID, p.Text, word("severity", string(p.Severity)), word("capability", string(p.Capability)), field{"text", p.Text}, field{"why", p.Why})
	}
	for _, x := range s.Distractors {
		add("distractors", x.ID, x.Text, field{"text", x.Text})
	}
	for i, q := range s.Debrief {
		add("debrief", fmt.Sprint(i+1), q, field{"text", q})
	}
	return out
}

type adder func(kind, id string, title engine.Text, fields ...field)

func boxes(set engine.BoxSet) field {
	var vi, en []string
	for _, b := range set.Boxes {
		vi, en = append(vi, b.ID+": "+b.Text.VI), append(en, b.ID+": "+b.Text.EN)
	}
	return field{"boxes", engine.Text{VI: strings.Join(vi, "; "), EN: strings.Join(en, "; ")}}
}

func machineThings(s *engine.Scenario, several map[string]bool, add adder) {
	for _, st := range s.States {
		add("states", st.ID, st.Title, word("kind", string(st.Kind)), word("phase", st.Phase), span("at_least", st.AtLeast), field{"title", st.Title})
	}
	names := transitionNames(s, several)
	for i, t := range s.Transitions {
		add("transitions", names[i], same(t.When), word("from", t.From), word("to", t.To), word("when", t.When), field{"why", t.Why})
	}
}

func injectThings(s *engine.Scenario, add adder) {
	for i := range s.Injects {
		in := &s.Injects[i]
		at := in.At.Words()
		if in.Hand {
			at = engine.Text{VI: "bằng tay", EN: "by hand"}
		}
		add("injects", in.ID, in.Title, field{"title", in.Title}, field{"at", at}, word("when", in.When), span("until", in.Until),
			word("expected_in", in.ExpectedIn), list("only_in", in.OnlyIn), word("otherwise", in.Otherwise), word("channel", in.Channel),
			word("from", in.From), list("to", in.To), field{"text", in.Text}, told(in.Told), field{"note", in.Note}, also(in.Also), asks(in.Asks))
		for j := range in.Expects {
			responseThings(in, &in.Expects[j], add)
		}
	}
}

func responseThings(in *engine.Inject, x *engine.Response, add adder) {
	add("responses", x.ID, x.Do, word("inject", in.ID), word("by", x.By), list("or", x.Or), span("target", x.Target), span("limit", x.Limit),
		word("weight", fmt.Sprint(x.Weight)), truth("critical", x.Critical), list("after", x.After), word("objective", x.Objective),
		word("capability", string(x.Capability)), word("boxes", x.Boxes), field{"do", x.Do})
	for _, w := range x.Ways {
		add("ways", w.ID, w.Do, word("response", x.ID), field{"content", w.Content.Decimal(3)}, field{"do", w.Do})
	}
}

func told(all []engine.RoleText) field {
	var vi, en []string
	for _, t := range all {
		vi, en = append(vi, t.Role+": "+t.Text.VI), append(en, t.Role+": "+t.Text.EN)
	}
	return field{"told", engine.Text{VI: strings.Join(vi, " · "), EN: strings.Join(en, " · ")}}
}

func also(all []engine.Choices) field {
	var parts []string
	for _, c := range all {
		parts = append(parts, c.Role+": "+strings.Join(c.IDs, ", "))
	}
	return word("also", strings.Join(parts, "; "))
}

func asks(all []engine.Ask) field {
	var parts []string
	for _, a := range all {
		parts = append(parts, fmt.Sprintf("%s: %s (%d)", a.Role, strings.Join(a.Choices, ", "), a.Pick))
	}
	return word("asks", strings.Join(parts, "; "))
}
