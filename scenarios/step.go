package scenarios

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"saban/engine"
)

func (v value) steps(into *[]Step) {
	v.list(func(i int, entry value) bool {
		*into = append(*into, Step{Number: i + 1, Line: entry.node.Line})
		read(entry, stepKeys, &(*into)[i])
		return true
	})
}

// verb is a key that says what a step does.
func verb(name string, do engine.Verb, reads func(v value, s *Step)) key[Step] {
	return key[Step]{name, may, func(v value, s *Step) {
		s.verbs = append(s.verbs, name)
		s.Command.Do = do
		reads(v, s)
	}}
}

// extra is a key that says more of a step.
func extra(name string, reads func(v value, s *Step)) key[Step] {
	return key[Step]{name, may, func(v value, s *Step) {
		s.extras = append(s.extras, name)
		reads(v, s)
	}}
}

func stepID(v value, s *Step) { v.id(&s.Command.ID) }

var stepKeys = []key[Step]{
	{"at", must, func(v value, s *Step) { v.span(&s.At) }},
	verb("done", engine.Observe, stepID),
	verb("prohibited", engine.Prohibit, stepID),
	verb("pause", engine.Pause, func(v value, s *Step) { v.span(&s.Pause) }),
	verb("release", engine.Release, stepID),
	verb("hold", engine.Hold, stepID),
	verb("unhold", engine.Unhold, stepID),
	verb("skip", engine.Skip, stepID),
	verb("inject", engine.AdHoc, func(v value, s *Step) {
		s.Command.Inject = &engine.Inject{}
		read(v, injectKeys, s.Command.Inject)
	}),
	verb("force", engine.Force, func(v value, s *Step) { v.id(&s.Command.To) }),
	verb("flag", engine.RaiseFlag, stepID),
	verb("relay", engine.Relay, func(v value, s *Step) { read(v, relayKeys, s) }),
	verb("respond", engine.Respond, func(v value, s *Step) { read(v, respondKeys, s) }),
	verb("retract", engine.Retract, func(v value, s *Step) { v.whole(BadNumber, &s.Retracts, 1, 9999) }),
	verb("note", engine.Note, func(v value, s *Step) { v.plain(&s.Command.Text) }),
	extra("by", func(v value, s *Step) { v.id(&s.Command.Role) }),
	extra("content", func(v value, s *Step) { v.ratio(&s.Command.Content, engine.Whole) }),
	extra("observed", func(v value, s *Step) { s.Command.Late = true; v.span(&s.Command.Observed) }),
	extra("reason", func(v value, s *Step) { v.plain(&s.Command.Reason) }),
}

var relayKeys = []key[Step]{
	{"inject", must, stepID},
	{"to", must, func(v value, s *Step) { v.id(&s.Command.Role) }},
}

var respondKeys = []key[Step]{
	{"inject", must, stepID},
	{"role", must, func(v value, s *Step) { v.id(&s.Command.Role) }},
	{"choices", may, func(v value, s *Step) { v.ids(&s.Command.Choices) }},
	{"boxes", may, func(v value, s *Step) {
		v.entries(func(_ int, id string, entry value) {
			ticks := engine.Ticks{Response: id}
			entry.ids(&ticks.Boxes)
			s.Command.Boxes = append(s.Command.Boxes, ticks)
		})
	}},
	{"text", may, func(v value, s *Step) { v.plain(&s.Command.Text) }},
}

// extrasOf says what may stand beside a verb, and what has to.
var extrasOf = map[string]struct{ may, must []string }{
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

// checkStep reports what is wrong with a step by itself and with the ids it
// names.
func (p *Play) checkStep(i int, names *names) {
	s, path := &p.Steps[i], index("steps", i)
	if len(s.verbs) != 1 {
		p.badVerbs(s, path)
		return
	}
	verb := s.verbs[0]
	for _, name := range s.extras {
		if rules := extrasOf[verb]; !slices.Contains(rules.may, name) && !slices.Contains(rules.must, name) {
			p.r.fault(path+"/"+name, BadStep, engine.Both("%s không đi cùng %s", "%s does not go with %s", name, verb), engine.Text{})
		}
	}
	for _, name := range extrasOf[verb].must {
		if !p.r.has(path + "/" + name) {
			p.r.fault(path, MissingKey, engine.Both("thiếu khóa %s: việc này làm lệch diễn biến nên cần lý do", "key %s is missing: this bends the run and needs a reason", name),
				engine.Both("thêm %s: …", "add %s: …", name))
		}
	}
	if s.Command.Do == engine.Observe && !p.r.has(path+"/content") {
		s.Command.Content = engine.Whole
	}
	if s.Command.Do == engine.Observe && slices.Contains(names.prohibited.all, s.Command.ID) {
		s.Command.Do, s.Command.Content = engine.Prohibit, 0
	}
	p.checkIDs(s, path, verb, names)
	p.checkMoments(s, path)
	if verb == "retract" {
		p.checkRetract(s, path)
	}
}

func (p *Play) badVerbs(s *Step, path string) {
	var all []string
	for _, k := range stepKeys {
		if k.name != "at" && !slices.Contains([]string{"by", "content", "observed", "reason"}, k.name) {
			all = append(all, k.name)
		}
	}
	hint := engine.Both("một trong: %s", "one of: %s", strings.Join(all, ", "))
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
