package scenarios

import (
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"saban/engine"
)

// Silence is a warning that the author has weighed and lets stand: check
// counts it and prints the reason instead.
type Silence struct {
	Code   Code
	About  string // an id; empty = wherever the code is found
	Reason engine.Text

	path string
}

// Covers reports whether a finding is of the silence's code and about what it
// names. An Error is never silenced.
func (f *File) Covers(s *Silence, found Finding) bool {
	return found.Severity == Warning && found.Code == s.Code && (s.About == "" || slices.Contains(f.idsOn(found.path), s.About))
}

// FindingOfSilence describes what is wrong with a silence, where it stands.
func (f *File) FindingOfSilence(s *Silence, severity Severity, code Code, text, hint engine.Text) Finding {
	return f.Finding(s.path, 0, severity, code, text, hint)
}

// About returns the id of the innermost thing a finding is about, or nothing.
func (f *File) About(found Finding) string {
	if ids := f.idsOn(found.path); len(ids) > 0 {
		return ids[len(ids)-1]
	}
	return ""
}

// Warnings returns what the reader has to say of a sound file.
func (f *File) Warnings() Findings { return f.r.findings().Only(Warning) }

var aSilence = form[Silence]{aGroup("silence", silenceKeys, rules{}).shape, func(v value, into *Silence) {
	into.path = v.path
	read(v, silenceKeys, into)
	if v.node.Kind == yaml.MappingNode && !v.gives("reason") {
		v.fault(NoReason, noReason, reasonHint)
	}
}}

var silenceKeys = []key[Silence]{
	keyOf("code", must, form[Code]{&shape{Kind: shapeCode}, value.silencedCode}, func(x *Silence) *Code { return &x.Code }),
	keyOf("about", may, aName, func(x *Silence) *string { return &x.About }),
	keyOf("reason", owed, form[engine.Text]{aText.shape, value.reason}, func(x *Silence) *engine.Text { return &x.Reason }),
}

func (v value) reason(into *engine.Text) {
	if v.empty() || v.node.Kind == yaml.ScalarNode && strings.TrimSpace(v.node.Value) == "" {
		v.fault(NoReason, noReason, reasonHint)
		return
	}
	v.text(into)
}

var (
	noReason   = engine.Both("im lặng mà không nêu lý do", "silenced without a reason")
	reasonHint = engine.Both("thêm reason: vì sao cảnh báo này được giữ lại", "add reason: why this warning may stand")
)

func (v value) silencedCode(into *Code) {
	w, ok := v.word()
	if !ok {
		return
	}
	*into = Code(w)
	switch _, known := Explain(*into); {
	case !known:
		v.fault(UnknownCode, engine.Both("không có mã %q", "there is no code %q", head(w, 40)), nearestCode(w))
	case !into.silent():
		v.fault(CannotBeSilenced, engine.Both("%s không im lặng được", "%s cannot be silenced", w),
			engine.Both("chỉ cảnh báo mới im lặng được; saban explain %s nói rõ hơn", "only warnings can be silenced; saban explain %s says more", w))
	}
}

func nearestCode(word string) engine.Text {
	if near := ClosestCode(word); near != "" {
		return engine.Both("có phải là %s?", "did you mean %s?", near)
	}
	return engine.Both("saban explain kể mọi mã", "saban explain lists all codes")
}

// silent reports whether findings of the code may be silenced: where they are
// warnings, and no remarks on silences.
func (c Code) silent() bool {
	switch c {
	case CutByHash, MissingLanguage, LimitPastEnd, RoleNeverAsked, NeverOffered, NotReviewed, NoCapability, OfferedTooLate, UnusedObjective, MildTrouble:
		return true
	}
	return c >= "SB700" && c < "SB850"
}

// silences reports a silence about something that is not there.
func (f *File) silences() {
	all := f.everyID()
	for i := range f.Silence {
		about, path := f.Silence[i].About, f.Silence[i].path+"/about"
		if about == "" || f.r.bad[path] || f.r.lost || slices.Contains(all, about) {
			continue
		}
		hint := engine.Text{}
		if near := engine.Closest(about, all); near != "" {
			hint = engine.Both("có phải là %s?", "did you mean %s?", near)
		}
		f.r.fault(path, BadReference, engine.Both("trong kịch bản không có %s", "there is no %s in the scenario", head(about, 40)), hint)
	}
}

// everyID lists all a silence may be about.
func (f *File) everyID() []string {
	n := namesOf(f.Scenario)
	all := slices.Concat(n.roles.all, n.states.all, n.injects.all, n.acts().all, n.parameters.all, n.flags.all, n.objectives.all)
	for i := range f.Scenario.Transitions {
		all = append(all, engine.TransitionID(&f.Scenario.Transitions[i], i))
	}
	return all
}

// idsOn returns the ids of what lies on a path: injects/3/expects/0/limit is
// about an inject and about a response.
func (f *File) idsOn(path string) []string {
	part := strings.Split(path, "/")
	if len(part) < 2 {
		return nil
	}
	id, in := f.idAt(part[0], part[1])
	ids := []string{id}
	if in == nil || len(part) < 4 || part[2] != "expects" {
		return ids
	}
	j, _ := strconv.Atoi(part[3])
	if j >= len(in.Expects) {
		return ids
	}
	x := &in.Expects[j]
	ids = append(ids, x.ID)
	if len(part) > 5 && part[4] == "ways" {
		if k, _ := strconv.Atoi(part[5]); k < len(x.Ways) {
			ids = append(ids, x.Ways[k].ID)
		}
	}
	return ids
}

// idAt returns the id of an entry of a section, and the inject if it is one.
func (f *File) idAt(section, number string) (string, *engine.Inject) {
	s := f.Scenario
	i, err := strconv.Atoi(number)
	at := func(n int) bool { return err == nil && i < n }
	switch {
	case section == "parameters" && at(len(s.Parameters)):
		return s.Parameters[i].ID, nil
	case section == "objectives" && at(len(s.Objectives)):
		return s.Objectives[i].ID, nil
	case section == "flags" && at(len(s.Flags)):
		return s.Flags[i].ID, nil
	case section == "roles" && at(len(s.Roles)):
		return s.Roles[i].ID, nil
	case section == "states" && at(len(s.States)):
		return s.States[i].ID, nil
	case section == "transitions" && at(len(s.Transitions)):
		return engine.TransitionID(&s.Transitions[i], i), nil
	case section == "prohibited" && at(len(s.Prohibited)):
		return s.Prohibited[i].ID, nil
	case section == "distractors" && at(len(s.Distractors)):
		return s.Distractors[i].ID, nil
	case section == "injects" && at(len(s.Injects)):
		return s.Injects[i].ID, &s.Injects[i]
	}
	return "", nil
}
