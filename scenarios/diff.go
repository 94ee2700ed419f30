package scenarios

import (
	"fmt"
	"slices"
	"strings"

	"saban/engine"
	"saban/scoring"
)

// Change is one difference between two versions of a scenario.
type Change struct {
	Kind  string      `json:"kind"`  // key of the file: states, injects, responses …
	ID    string      `json:"id"`    // of what changed; empty for the scenario itself
	Title engine.Text `json:"title"` // what it is called now, or was
	How   How         `json:"how"`   //
	Field string      `json:"field"` // key that changed; empty where the whole came or went
	Was   engine.Text `json:"was"`
	Is    engine.Text `json:"is"`
}

// How something changed.
type How string

// The ways to change.
const (
	Added   How = "added"
	Removed How = "removed"
	Altered How = "changed"
	Moved   How = "moved" // transitions of a state tried in another order
)

// Diff says what changed from one version of a scenario to another, in the
// order of the file: things that came or went, then fields of those in both.
// Texts are compared as written, with ${…} unfilled, so that another value of
// a parameter is one change.
func Diff(was, is *File) []Change {
	d := comparison{}
	before, after := written(was), written(is)
	several := several(before, after)
	a, b := things(was, before, several), things(is, after, several)
	for _, kind := range kinds {
		d.kind(kind, a[kind], b[kind])
		if kind == "transitions" {
			d.order(before, after, several)
		}
	}
	return d.changes
}

// written is the scenario as its author wrote it, parameters unfilled.
func written(f *File) *engine.Scenario {
	raw, _ := decodeScenario(f.Source)
	if raw == nil {
		return f.Scenario
	}
	return raw.Scenario
}

type comparison struct{ changes []Change }

// kind compares all things of one kind by their ids.
func (d *comparison) kind(kind string, was, is []thing) {
	for i := range was {
		if thingOf(is, was[i].id) == nil {
			d.changes = append(d.changes, Change{Kind: kind, ID: was[i].id, Title: was[i].title, How: Removed, Was: was[i].title})
		}
	}
	for i := range is {
		before := thingOf(was, is[i].id)
		if before == nil {
			d.changes = append(d.changes, Change{Kind: kind, ID: is[i].id, Title: is[i].title, How: Added, Is: is[i].title})
			continue
		}
		d.fields(kind, before, &is[i])
	}
}

func thingOf(all []thing, id string) *thing {
	if i := slices.IndexFunc(all, func(t thing) bool { return t.id == id }); i >= 0 {
		return &all[i]
	}
	return nil
}

func (d *comparison) fields(kind string, was, is *thing) {
	for i := range is.fields {
		a, b := was.fields[i], is.fields[i]
		if a.value != b.value {
			d.changes = append(d.changes, Change{Kind: kind, ID: is.id, Title: is.title, How: Altered, Field: b.key, Was: a.value, Is: b.value})
		}
	}
}

// order reports states whose ways out are tried in another order: the first
// true one is taken.
func (d *comparison) order(was, is *engine.Scenario, several map[string]bool) {
	before, after := exits(was, several), exits(is, several)
	for _, st := range is.Situations() {
		a := slices.DeleteFunc(slices.Clone(before[st.ID]), func(id string) bool { return !slices.Contains(after[st.ID], id) })
		b := slices.DeleteFunc(slices.Clone(after[st.ID]), func(id string) bool { return !slices.Contains(before[st.ID], id) })
		if !slices.Equal(a, b) {
			d.changes = append(d.changes, Change{Kind: "transitions", ID: st.ID, Title: st.Title, How: Moved, Was: same(strings.Join(a, ", ")), Is: same(strings.Join(b, ", "))})
		}
	}
}

func exits(s *engine.Scenario, several map[string]bool) map[string][]string {
	out := map[string][]string{}
	names := transitionNames(s, several)
	for i, t := range s.Transitions {
		out[t.From] = append(out[t.From], names[i])
	}
	return out
}

// several finds the pairs of states that more than one transition joins, in
// either version.
func several(versions ...*engine.Scenario) map[string]bool {
	out := map[string]bool{}
	for _, s := range versions {
		seen := map[string]bool{}
		for _, t := range s.Transitions {
			pair := t.From + " → " + t.To
			out[pair] = out[pair] || seen[pair]
			seen[pair] = true
		}
	}
	return out
}

// transitionNames names transitions so that one keeps its name when others
// come and go: its own id, or from → to, with its condition where several join
// the same two states.
func transitionNames(s *engine.Scenario, several map[string]bool) []string {
	seen := map[string]int{}
	out := make([]string, len(s.Transitions))
	for i, t := range s.Transitions {
		name := t.ID
		if name == "" {
			if name = t.From + " → " + t.To; several[name] {
				name += ": " + t.When
			}
		}
		if seen[name]++; seen[name] > 1 {
			name = fmt.Sprintf("%s (%d)", name, seen[name])
		}
		out[i] = name
	}
	return out
}

// rubricFields is what a scenario changes of the default rubric.
func rubricFields(f *File) []field {
	r := scoring.Default().With(f.Rubric)
	var out []field
	number := func(key string, v engine.Ratio) { out = append(out, field{key, v.Decimal(2)}) }
	span := func(key string, v engine.Millis) { out = append(out, field{key, v.Words()}) }
	number("parts.timeliness", r.Parts.Timeliness)
	number("parts.correctness", r.Parts.Correctness)
	number("parts.order", r.Parts.Order)
	number("item.timeliness", r.Item.Timeliness)
	number("item.correctness", r.Item.Correctness)
	number("factors.late", r.Factors.Late)
	number("factors.other_owner", r.Factors.OtherOwner)
	number("penalties.minor", r.Penalties.Minor)
	number("penalties.major", r.Penalties.Major)
	number("penalties.life", r.Penalties.Life)
	number("penalties.cap", r.Penalties.Cap)
	span("penalties.again_after", r.Penalties.AgainAfter)
	number("gates.critical_missed", r.Gates.CriticalMissed)
	number("gates.criticals_missed", r.Gates.CriticalsMissed)
	number("gates.life_action", r.Gates.LifeAction)
	number("gates.failed", r.Gates.Failed)
	number("grades.excellent", r.Grades.Excellent)
	number("grades.good", r.Grades.Good)
	number("grades.pass", r.Grades.Pass)
	number("ratings.unable_below", r.Ratings.UnableBelow)
	number("ratings.major_below", r.Ratings.MajorBelow)
	number("ratings.performed_from", r.Ratings.PerformedFrom)
	number("ratings.capability_major_below", r.Ratings.CapabilityMajorBelow)
	number("ratings.capability_performed_from", r.Ratings.CapabilityPerformedFrom)
	number("own_share", r.OwnShare)
	return append(out, field{"total", same(r.Total)})
}
