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
	keyOf("state", may, anID, func(e *Expect) *string { return &e.State }),
	keyOf("path", may, aWalk, func(e *Expect) *[]string { return &e.Path }),
	keyOf("never", may, someIDs, func(e *Expect) *[]string { return &e.Never }),
	keyOf("released", may, someIDs, func(e *Expect) *[]string { return &e.Released }),
	keyOf("withheld", may, someIDs, func(e *Expect) *[]string { return &e.Withheld }),
	keyOf("score", may, aScore, func(e *Expect) **Score { return &e.Score }),
	keyOf("grade", may, aGrade, func(e *Expect) **scoring.Grade { return &e.Grade }),
	{"capabilities", may, &shape{Kind: shapeMapping, By: aCapability.shape, Of: aRating.shape}, value.ratings},
	{"gates", may, &shape{Kind: shapeList, Of: &shape{Kind: shapeChoice, Name: "gate", Words: gates.all}, Unique: true}, func(v value, e *Expect) {
		e.Gates = []string{}
		v.ids(&e.Gates)
	}},
}

var aRating = aChoice[string]("rating", BadChoice, "P", "S", "M", "U", "none")

var aGrade = form[*scoring.Grade]{gradeWord.shape, func(v value, into **scoring.Grade) {
	var word string
	if gradeWord.read(v, &word); word != "" {
		grade := scoring.Grade(strings.TrimSuffix(word, "none"))
		*into = &grade
	}
}}

var gradeWord = aChoice[string]("grade", BadChoice, "excellent", "good", "pass", "fail", "none")

var gates = ids{engine.Both("mức trần", "gate"), []string{scoring.CriticalMissed, scoring.CriticalsMissed, scoring.LifeAction, scoring.FailedState}}

var aWalk = form[[]string]{&shape{Kind: shapeList, Of: anID.shape}, value.walk}

// walk reads a list of ids that may come back.
func (v value) walk(into *[]string) {
	v.list(func(_ int, entry value) bool {
		var w string
		if entry.id(&w); w == "" {
			return false
		}
		*into = append(*into, w)
		return true
	})
}

var scoreKeys = []key[Score]{
	keyOf("min", may, aPercent, func(s *Score) *engine.Ratio { return &s.Min }),
	keyOf("max", may, aPercent, func(s *Score) *engine.Ratio { return &s.Max }),
}

const full = 100 * engine.Whole

var aPercent = form[engine.Ratio]{numbers(0, full), value.percent}

func (v value) percent(into *engine.Ratio) {
	v.number(into, full, engine.Both("viết một số từ 0 đến 100", "write a number from 0 to 100"))
}

var aScore = form[*Score]{either(aGroup("score", scoreKeys, rules{}).shape, aPercent.shape, oneWord("no-score", "none")), value.score}

// score reads {min, max}, one exact number, or none.
func (v value) score(into **Score) {
	s := &Score{Max: full}
	*into = s
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
		if aRating.read(entry, &word); word != "" {
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
