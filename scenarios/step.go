package scenarios

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"saban/engine"
)

var someSteps = form[[]Step]{&shape{Kind: shapeList, Of: aGroup("step", stepKeys, playGrammar.rules()).shape}, value.steps}

func (v value) steps(into *[]Step) {
	v.list(func(i int, entry value) bool {
		*into = append(*into, Step{Number: i + 1, Line: entry.node.Line})
		read(entry, stepKeys, &(*into)[i])
		return true
	})
}

// verb is a key that says what a step does.
func verb[V any](name string, do engine.Verb, f form[V], of func(*Step) *V) key[Step] {
	return key[Step]{name, may, f.shape, func(v value, s *Step) {
		s.verbs = append(s.verbs, name)
		s.Command.Do = do
		f.read(v, of(s))
	}}
}

// extra is a key that says more of a step.
func extra[V any](name string, f form[V], of func(*Step) *V) key[Step] {
	return key[Step]{name, may, f.shape, func(v value, s *Step) {
		s.extras = append(s.extras, name)
		f.read(v, of(s))
	}}
}

func stepID(s *Step) *string   { return &s.Command.ID }
func stepRole(s *Step) *string { return &s.Command.Role }
func stepText(s *Step) *string { return &s.Command.Text }
func wholeStep(s *Step) *Step  { return s }

var stepKeys = []key[Step]{
	keyOf("at", must, aDuration, func(s *Step) *engine.Millis { return &s.At }),
	verb("done", engine.Observe, anID, stepID),
	verb("prohibited", engine.Prohibit, anID, stepID),
	verb("pause", engine.Pause, aDuration, func(s *Step) *engine.Millis { return &s.Pause }),
	verb("release", engine.Release, anID, stepID),
	verb("hold", engine.Hold, anID, stepID),
	verb("unhold", engine.Unhold, anID, stepID),
	verb("skip", engine.Skip, anID, stepID),
	verb("inject", engine.AdHoc, given(aWritten), func(s *Step) **engine.Inject { return &s.Command.Inject }),
	verb("force", engine.Force, anID, func(s *Step) *string { return &s.Command.To }),
	verb("flag", engine.RaiseFlag, anID, stepID),
	verb("relay", engine.Relay, aGroup("relay", relayKeys, rules{}), wholeStep),
	verb("respond", engine.Respond, aGroup("respond", respondKeys, rules{}), wholeStep),
	verb("retract", engine.Retract, aWhole(BadNumber, 1, 9999), func(s *Step) *int { return &s.Retracts }),
	verb("note", engine.Note, aPlain, stepText),
	extra("by", anID, stepRole),
	extra("content", aShare, func(s *Step) *engine.Ratio { return &s.Command.Content }),
	extra("observed", form[Step]{aDuration.shape, func(v value, s *Step) { s.Command.Late = true; v.span(&s.Command.Observed) }}, wholeStep),
	extra("reason", aPlain, func(s *Step) *string { return &s.Command.Reason }),
}

// grammar says which keys of a step do something, and what goes with them.
type grammar struct {
	verbs  []string
	extras []string          // keys that do nothing by themselves
	beside map[string]beside // by verb
}

// beside are the extras that may stand beside a verb, and those that have to.
type beside struct{ may, must []string }

func (g *grammar) allows(verb, extra string) bool {
	return slices.Contains(g.beside[verb].may, extra) || slices.Contains(g.beside[verb].must, extra)
}

var playGrammar = grammar{verbsAmong(stepKeys, "at", "by", "content", "observed", "reason"), []string{"by", "content", "observed", "reason"}, extrasOf}

func verbsAmong(keys []key[Step], others ...string) []string {
	return slices.DeleteFunc(inOrder(keys), func(name string) bool { return slices.Contains(others, name) })
}

// rules say the same of a step as checkActs.
func (g *grammar) rules() rules {
	r := rules{One: g.verbs, With: map[string]company{}}
	for _, verb := range r.One {
		with := company{Must: g.beside[verb].must}
		for _, name := range g.extras {
			if !g.allows(verb, name) {
				with.Not = append(with.Not, name)
			}
		}
		r.With[verb] = with
	}
	return r
}

var aWritten = aGroup("inject", injectKeys, rules{Never: neverWritten})

var relayKeys = []key[Step]{
	keyOf("inject", must, anID, stepID),
	keyOf("to", must, anID, stepRole),
}

var respondKeys = []key[Step]{
	keyOf("inject", must, anID, stepID),
	keyOf("role", must, anID, stepRole),
	keyOf("choices", may, someIDs, func(s *Step) *[]string { return &s.Command.Choices }),
	keyOf("boxes", may, aMapping(part(someBoxIDs, func(t *engine.Ticks) *[]string { return &t.Boxes }), func(t *engine.Ticks) *string { return &t.Response }),
		func(s *Step) *[]engine.Ticks { return &s.Command.Boxes }),
	keyOf("text", may, aPlain, stepText),
}

var someBoxIDs = form[[]string]{someIDs.shape, func(v value, into *[]string) {
	v.ids(into)
	for i, id := range *into {
		if path := index(v.path, i); !engine.ValidID(id) && v.r.has(path) {
			v.r.fault(path, BadID, engine.Both("mã %q viết sai", "id %q is ill-formed", head(id, 40)), idHint)
		}
	}
}}

// extrasOf says what may stand beside a verb, and what has to.
var extrasOf = map[string]beside{
	"done":       {may: []string{"by", "content", "observed"}},
	"prohibited": {may: []string{"by", "observed"}},
	"respond":    {may: []string{"observed"}},
	"hold":       {may: []string{"reason"}},
	"unhold":     {may: []string{"reason"}},
	"release":    {may: []string{"reason"}},
	"pause":      {may: []string{"reason"}},
	"flag":       {},
	"skip":       {must: []string{"reason"}},
	"force":      {must: []string{"reason"}},
	"retract":    {must: []string{"reason"}},
}

// checkStep reports what is wrong with a step of a play.
func (p *Play) checkStep(i int, names *names) {
	s, path := &p.Steps[i], index("steps", i)
	if !p.checkAct(s, path, names, &playGrammar) {
		return
	}
	p.checkMoments(s, path)
	if s.verbs[0] == "retract" {
		p.checkRetract(s, path)
	}
}

// checkAct reports what is wrong with a step by itself and with the ids it
// names, and whether it does one thing.
func (p *Play) checkAct(s *Step, path string, names *names, g *grammar) bool {
	if len(s.verbs) != 1 {
		p.badVerbs(s, path, g)
		return false
	}
	verb := s.verbs[0]
	for _, name := range s.extras {
		if !g.allows(verb, name) {
			p.r.fault(path+"/"+name, BadStep, engine.Both("%s không đi cùng %s", "%s does not go with %s", name, verb), engine.Text{})
		}
	}
	for _, name := range g.beside[verb].must {
		if p.r.has(path + "/" + name) {
			continue
		}
		text := engine.Both("thiếu khóa %s", "key %s is missing", name)
		if name == "reason" {
			text = engine.Both("thiếu khóa %s: việc này làm lệch diễn biến nên cần lý do", "key %s is missing: this bends the run and needs a reason", name)
		}
		p.r.fault(path, MissingKey, text, engine.Both("thêm %s: …", "add %s: …", name))
	}
	if s.Command.Do == engine.Observe && !p.r.has(path+"/content") {
		s.Command.Content = engine.Whole
	}
	if s.Command.Do == engine.Observe && slices.Contains(names.prohibited.all, s.Command.ID) {
		s.Command.Do, s.Command.Content = engine.Prohibit, 0
	}
	p.checkIDs(s, path, verb, names)
	return true
}

func (p *Play) badVerbs(s *Step, path string, g *grammar) {
	hint := engine.Both("một trong: %s", "one of: %s", strings.Join(g.verbs, ", "))
	if len(s.verbs) == 0 {
		if !p.r.bad[path] {
			p.r.fault(path, BadStep, engine.Both("bước này không làm gì", "this step does nothing"), hint)
		}
		return
	}
	p.r.fault(path+"/"+s.verbs[1], BadStep, engine.Both("một bước chỉ làm một việc, ở đây có %s", "a step does one thing, here are %s", strings.Join(s.verbs, ", ")),
		engine.Both("tách thành nhiều bước", "split it into several steps"))
}

func (p *Play) checkIDs(s *Step, path, verb string, names *names) {
	known := map[string]ids{"done": names.acts(), "prohibited": names.prohibited, "release": names.injects, "hold": names.injects,
		"unhold": names.injects, "skip": names.injects, "force": names.states, "flag": names.flags,
		"relay/inject": names.injects, "respond/inject": names.injects}
	for _, at := range []string{verb, verb + "/inject"} {
		id := s.Command.ID
		if verb == "force" {
			id = s.Command.To
		}
		if of, named := known[at]; named && id != "" {
			p.r.known(path+"/"+at, id, of)
		}
	}
	for _, at := range []string{"/by", "/relay/to", "/respond/role"} {
		if s.Command.Role != "" && p.r.has(path+at) {
			p.r.known(path+at, s.Command.Role, names.players)
		}
	}
	for i, id := range s.Command.Choices {
		if numbered(id) {
			continue // of a slip: checked by its question
		}
		p.r.known(index(path+"/respond/choices", i), id, names.acts())
	}
	for i, ticks := range s.Command.Boxes {
		p.r.known(index(path+"/respond/boxes", i), ticks.Response, names.responses)
	}
}

func (p *Play) checkMoments(s *Step, path string) {
	if s.At > p.End && p.End > 0 {
		p.r.warn(path+"/at", StepAfterEnd, engine.Both("bước này ở sau giờ kết thúc %s nên không chạy", "this step is after the end at %s and is not played", p.End), engine.Text{})
	}
	if s.Command.Late && s.Command.Observed > s.At && !p.r.bad[path+"/observed"] {
		p.r.fault(path+"/observed", BadStep, engine.Both("observed %s ở sau at %s", "observed %s is after at %s", s.Command.Observed, s.At),
			engine.Both("observed là lúc việc xảy ra, at là lúc ghi", "observed is when it happened, at when it is entered"))
	}
	if s.Command.Do == engine.Pause && s.Pause == 0 && !p.r.bad[path+"/pause"] {
		p.r.fault(path+"/pause", BadDuration, engine.Both("tạm dừng phải dài hơn 0s", "a pause has to be longer than 0s"), engine.Text{})
	}
}

func (p *Play) checkRetract(s *Step, path string) {
	if s.Retracts == 0 {
		return
	}
	if s.Retracts > len(p.Steps) || s.Retracts == s.Number {
		p.r.fault(path+"/retract", BadStep, engine.Both("không có bước số %d để rút lại", "there is no step %d to retract", s.Retracts), engine.Text{})
		return
	}
	before := &p.Steps[s.Retracts-1]
	if before.At > s.At || before.At == s.At && before.Number > s.Number {
		p.r.fault(path+"/retract", BadStep, engine.Both("bước số %d chạy sau bước này", "step %d is played after this one", s.Retracts), engine.Text{})
	}
}

// compileWritten maps what the engine has against injects from number first
// on to the steps they were written in.
func (p *Play) compileWritten(s *engine.Scenario, first int, paths []string) {
	_, err := engine.Compile(s)
	var faults engine.Faults
	if !errors.As(err, &faults) {
		return
	}
	file := &File{Scenario: s, r: p.r}
	for _, fault := range faults {
		rest, ok := strings.CutPrefix(fault.Path, "injects/")
		number, below, _ := strings.Cut(rest, "/")
		n, err := strconv.Atoi(number)
		if !ok || err != nil || n < first {
			continue
		}
		fault.Path = paths[n-first] + "/" + below
		file.compileFault(fault)
	}
}
