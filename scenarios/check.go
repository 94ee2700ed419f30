package scenarios

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"saban/engine"
)

// placeWithin is place, or a byte within the scalar that stands there.
func (r *reader) placeWithin(path string, offset int) place {
	at := r.place(path)
	if _, exact := r.places[path]; !exact || at.node == nil || at.node.Kind != yaml.ScalarNode {
		return at
	}
	if offset > 0 || at.node.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return at.page.within(at.node, offset)
	}
	return at
}

// check asks everything that has to be asked of a scenario as a whole:
// parameters in texts, references and guards, then what it says.
func (f *File) check() {
	if n := acts(f.Scenario); n > maxEntries {
		f.r.tooLong("injects", n)
	}
	if f.r.huge {
		return
	}
	f.fillTexts()
	compiled, err := engine.Compile(f.Scenario)
	var faults engine.Faults
	if errors.As(err, &faults) {
		for _, fault := range faults {
			f.compileFault(fault)
		}
	}
	f.r.checkRubric(f.Rubric, "rubric/")
	f.lint(compiled)
	if !f.r.found.Failed() {
		f.Compiled = compiled
	}
}

// acts counts responses and ways.
func acts(s *engine.Scenario) int {
	n := 0
	for i := range s.Injects {
		n += len(s.Injects[i].Expects)
		for j := range s.Injects[i].Expects {
			n += len(s.Injects[i].Expects[j].Ways)
		}
	}
	return n
}

// compileFault reports what engine.Compile has against the scenario, unless
// the reader has already said something of the same place.
func (f *File) compileFault(fault engine.Fault) {
	code := f.codeOf(fault.Path)
	at := f.r.placeWithin(fault.Path, fault.Offset)
	around := fault.Path[:max(strings.LastIndexByte(fault.Path, '/'), 0)]
	if f.r.bad[fault.Path] || !f.r.has(fault.Path) && (strings.HasSuffix(fault.Path, "/id") || f.r.bad[around]) {
		return
	}
	if code == BadID && at.node != nil && at.node.Kind == yaml.ScalarNode && at.node.Value == "" {
		return
	}
	if f.follows(code, at, fault) {
		f.r.shake(fault.Path)
		return
	}
	f.r.mar(fault.Path, code)
	f.r.report(at, Error, code, fault.Text, fault.Hint)
}

// follows reports whether a fault only follows from another: it names an id
// that was refused, or one that may stand where nothing could be read.
func (f *File) follows(code Code, at place, fault engine.Fault) bool {
	if at.node == nil || at.node.Kind != yaml.ScalarNode {
		return false
	}
	word := at.node.Value
	switch code {
	case BadID, ReservedID:
		if f.refused == nil {
			f.refused = map[string]bool{}
		}
		f.refused[word] = true
		return false
	case BadGuard:
		word = firstWord(word[min(fault.Offset, len(word)):])
	case BadReference:
	default:
		return false
	}
	names := namesOf(f.Scenario)
	return f.refused[word] || f.r.lost && engine.ValidID(word) && !engine.GuardWord(word) && !names.has(word)
}

// codeOf tells by its place what kind of mistake engine.Compile found.
func (f *File) codeOf(path string) Code {
	part := strings.Split(path, "/")
	last := part[len(part)-1]
	switch {
	case last == "when":
		return BadGuard
	case last == "capability":
		return BadCapability
	case last == "after":
		return AfterCycle
	case path == "states" || part[0] == "states" && last == "kind":
		return InitialState
	case part[0] == "transitions":
		return f.codeOfTransition(part)
	case len(part) == 2 || last == "id" || len(part) > 1 && part[len(part)-2] == "ways":
		return f.codeOfID(f.r.place(path))
	}
	return BadReference
}

func (f *File) codeOfTransition(part []string) Code {
	if len(part) < 3 {
		return SameTransition
	}
	i, err := strconv.Atoi(part[1])
	if err != nil || i >= len(f.Scenario.Transitions) {
		return BadReference
	}
	t := &f.Scenario.Transitions[i]
	switch from := f.Scenario.State(t.From); {
	case part[2] == "id":
		return RepeatedID
	case part[2] == "to" && t.From == t.To:
		return SelfTransition
	case part[2] == "from" && from != nil && from.Kind.Final():
		return LeavesFinal
	}
	return BadReference
}

func (f *File) codeOfID(at place) Code {
	if at.node == nil {
		return BadID
	}
	switch id := at.node.Value; {
	case !engine.ValidID(id):
		return BadID
	case engine.GuardWord(id):
		return ReservedID
	}
	return RepeatedID
}

// fillTexts puts the values of parameters into the texts that name them.
func (f *File) fillTexts() {
	var known []string
	for _, p := range f.Scenario.Parameters {
		known = append(known, p.ID)
	}
	eachText(f.Scenario, func(path string, t *engine.Text) {
		for _, lang := range []struct {
			lang engine.Lang
			text *string
		}{{engine.VI, &t.VI}, {engine.EN, &t.EN}} {
			at := path + "/" + string(lang.lang)
			placeholders(*lang.text, func(name string, closed bool) { f.placeholder(at, name, closed, known) })
			*lang.text = fill(*lang.text, lang.lang, f.Scenario.Parameters)
		}
	})
}

// placeholder reports a ${…} that names no parameter.
func (f *File) placeholder(path, name string, closed bool, known []string) {
	text, hint, code := engine.Both("không có tham số %q", "there is no parameter %q", head(name, 40)), engine.Both("khai dưới parameters:", "declare it under parameters:"), UnknownParam
	switch near := engine.Closest(name, known); {
	case !closed:
		text, hint = engine.Both("${ không có } đóng", "a ${ without its }"), engine.Both("viết ${ten_tham_so}", "write ${parameter}")
		code = BadPlaceholder
	case slices.Contains(known, name):
		return
	case near != "":
		hint = engine.Both("có phải là ${%s}?", "did you mean ${%s}?", near)
	}
	f.r.mar(path, code)
	at := f.r.place(path)
	if at.node != nil && at.node.Kind == yaml.ScalarNode {
		if offset := strings.Index(at.node.Value, "${"+name); offset >= 0 {
			at = at.page.within(at.node, offset)
			at.width = utf8.RuneCountInString(name) + 2
		}
	}
	f.r.report(at, Error, code, text, hint)
}

// eachText calls visit for every text of a scenario that people read.
func eachText(s *engine.Scenario, visit func(path string, t *engine.Text)) {
	visit("title", &s.Title)
	visit("site/name", &s.Site.Name)
	visit("site/about", &s.Site.About)
	for i := range s.Parameters {
		visit(index("parameters", i)+"/source", &s.Parameters[i].Source)
	}
	for i := range s.Objectives {
		visit(index("objectives", i)+"/text", &s.Objectives[i].Text)
	}
	for i := range s.Flags {
		visit(index("flags", i), &s.Flags[i].Text)
	}
	for i := range s.Boxes {
		for j := range s.Boxes[i].Boxes {
			visit(index(index("boxes", i), j)+"/text", &s.Boxes[i].Boxes[j].Text)
		}
	}
	for i := range s.Roles {
		visit(index("roles", i)+"/title", &s.Roles[i].Title)
	}
	for i := range s.States {
		visit(index("states", i)+"/title", &s.States[i].Title)
	}
	for i := range s.Transitions {
		visit(index("transitions", i)+"/why", &s.Transitions[i].Why)
	}
	for i := range s.Injects {
		eachInjectText(&s.Injects[i], index("injects", i), visit)
	}
	for i := range s.Prohibited {
		visit(index("prohibited", i)+"/text", &s.Prohibited[i].Text)
		visit(index("prohibited", i)+"/why", &s.Prohibited[i].Why)
	}
	for i := range s.Distractors {
		visit(index("distractors", i)+"/text", &s.Distractors[i].Text)
	}
	for i := range s.Debrief {
		visit(index("debrief", i), &s.Debrief[i])
	}
}

func eachInjectText(in *engine.Inject, path string, visit func(path string, t *engine.Text)) {
	visit(path+"/title", &in.Title)
	visit(path+"/text", &in.Text)
	visit(path+"/note", &in.Note)
	for i := range in.Told {
		visit(index(path+"/told", i), &in.Told[i].Text)
	}
	for i := range in.Asks {
		visit(index(path+"/asks", i)+"/told", &in.Asks[i].Told)
	}
	for i := range in.Expects {
		r := &in.Expects[i]
		visit(index(path+"/expects", i)+"/do", &r.Do)
		for w := range r.Ways {
			visit(index(index(path+"/expects", i)+"/ways", w), &r.Ways[w].Do)
		}
	}
}
