package scenarios

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"saban/engine"
	"saban/scoring"
)

// Expect is what a rehearsal wants of its end. What is nil or empty is not
// asked; an empty Gates that is not nil wants none.
type Expect struct {
	State        string
	Path         []string // states in order, the initial one first
	Never        []string // states never entered
	Released     []string
	Withheld     []string // injects never released
	Score        *Score
	Grade        *scoring.Grade
	Capabilities map[engine.Capability]scoring.Rating
	Gates        []string // all that apply, in any order
}

// Score is the band a total has to lie in; None wants no total at all.
type Score struct {
	Min, Max engine.Ratio
	None     bool
}

var expectKeys = []key[Expect]{
	{"state", may, func(v value, e *Expect) { v.id(&e.State) }},
	{"path", may, func(v value, e *Expect) { v.walk(&e.Path) }},
	{"never", may, func(v value, e *Expect) { v.ids(&e.Never) }},
	{"released", may, func(v value, e *Expect) { v.ids(&e.Released) }},
	{"withheld", may, func(v value, e *Expect) { v.ids(&e.Withheld) }},
	{"score", may, func(v value, e *Expect) { e.Score = v.score() }},
	{"grade", may, func(v value, e *Expect) {
		var word string
		if v.choice(BadChoice, &word, "excellent", "good", "pass", "fail", "none"); word != "" {
			grade := scoring.Grade(strings.TrimSuffix(word, "none"))
			e.Grade = &grade
		}
	}},
	{"capabilities", may, func(v value, e *Expect) { v.ratings(e) }},
	{"gates", may, func(v value, e *Expect) {
		e.Gates = []string{}
		v.ids(&e.Gates)
	}},
}

var gates = ids{engine.Both("mức trần", "gate"), []string{scoring.CriticalMissed, scoring.CriticalsMissed, scoring.LifeAction, scoring.FailedState}}

// walk reads a list of ids that may come back.
func (v value) walk(into *[]string) {
	v.list(func(_ int, entry value) bool {
		w, ok := entry.word()
		if ok {
			*into = append(*into, w)
		}
		return ok
	})
}

var scoreKeys = []key[Score]{
	{"min", may, func(v value, s *Score) { v.percent(&s.Min) }},
	{"max", may, func(v value, s *Score) { v.percent(&s.Max) }},
}

func (v value) percent(into *engine.Ratio) {
	v.number(into, 100*engine.Whole, engine.Both("viết một số từ 0 đến 100", "write a number from 0 to 100"))
}

// score reads {min, max}, one exact number, or none.
func (v value) score() *Score {
	s := &Score{Max: 100 * engine.Whole}
	switch {
	case v.node.Kind == yaml.MappingNode:
		read(v, scoreKeys, s)
		if s.Min > s.Max {
			v.fault(BadExpectation, engine.Both("min lớn hơn max", "min is more than max"), engine.Text{})
		}
	case v.node.Kind == yaml.ScalarNode && v.node.Value == "none":
		s.None = true
	default:
		v.percent(&s.Min)
		s.Max = s.Min
	}
	return s
}

func (v value) ratings(e *Expect) {
	e.Capabilities = map[engine.Capability]scoring.Rating{}
	v.entries(func(_ int, code string, entry value) {
		if !slices.Contains(engine.Capabilities, engine.Capability(code)) {
			entry.fault(BadCapability, engine.Both("không có nhóm năng lực %q", "there is no capability %q", head(code, 40)),
				engine.Both("dùng NB, BV, CH, KV, TT hoặc KP", "use NB, BV, CH, KV, TT or KP"))
			return
		}
		var word string
		if entry.choice(BadChoice, &word, "P", "S", "M", "U", "none"); word != "" {
			e.Capabilities[engine.Capability(code)] = scoring.Rating(strings.TrimSuffix(word, "none"))
		}
	})
}

// checkExpect reports expectations that name nothing or can never hold.
func (p *Play) checkExpect(s *engine.Scenario, names *names) {
	e := p.Expect
	if e.State != "" {
		p.r.known("expect/state", e.State, names.states)
	}
	lists := []struct {
		name  string
		ids   []string
		known ids
	}{
		{"path", e.Path, names.states}, {"never", e.Never, names.states},
		{"released", e.Released, names.injects}, {"withheld", e.Withheld, names.injects},
		{"gates", e.Gates, gates},
	}
	for _, list := range lists {
		for i, id := range list.ids {
			p.r.known(index("expect/"+list.name, i), id, list.known)
		}
	}
	never := func(path string) {
		p.r.fault(path, BadExpectation, engine.Both("điều này mâu thuẫn với never", "this contradicts never"), engine.Text{})
	}
	for i, id := range e.Path {
		if slices.Contains(e.Never, id) {
			never(index("expect/path", i))
		}
	}
	if slices.Contains(e.Never, e.State) && e.State != "" {
		never("expect/state")
	}
	if n := len(e.Path); n > 0 && s.State(e.State) != nil && e.Path[n-1] != e.State {
		p.r.fault(index("expect/path", n-1), BadExpectation, engine.Both("đường đi phải kết thúc ở %s như state", "the path has to end in %s as state says", e.State), engine.Text{})
	}
	if len(e.Path) > 0 && s.State(e.Path[0]) != nil && s.State(e.Path[0]).Kind != engine.Initial {
		p.r.fault("expect/path/0", BadExpectation, engine.Both("đường đi phải bắt đầu từ trạng thái đầu", "the path has to begin with the initial state"), engine.Text{})
	}
	for i, id := range e.Withheld {
		if slices.Contains(e.Released, id) {
			p.r.fault(index("expect/withheld", i), BadExpectation, engine.Both("%s có cả trong released", "%s is under released too", id), engine.Text{})
		}
	}
}
