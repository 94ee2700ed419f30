package check

import (
	"fmt"
	"slices"
	"strconv"

	"saban/engine"
	"saban/scenarios"
)

// remark is a finding being written.
type remark struct {
	path   string
	offset int
	code   scenarios.Code
	level  scenarios.Severity
	text   engine.Text
	hint   engine.Text
	play   script   // the witness
	expect []string // what it expects, beside its path
	noPath bool     // the path is left out
}

// say adds a finding with its witness.
func (a *analysis) say(r remark) {
	if r.level == "" {
		r.level = scenarios.Warning
	}
	one := a.f.Finding(r.path, r.offset, r.level, r.code, r.text, r.hint)
	out := a.stage.conduct(&r.play)
	expect := r.expect
	if course := out.expected(); !r.noPath && len(a.g.s.States) > 0 && out.err == nil && !slices.Contains(expect, course) {
		expect = append([]string{course}, expect...)
	}
	one.Witness = r.play.text(a.g, r.text, expect)
	a.found = append(a.found, one)
}

// shown is the shortest play found that shows what a sighting showed.
func (a *analysis) shown(s *sighting, holds claim) (script, bool) {
	return a.stage.shrink(s.script(), holds)
}

// searched says how much was tried, for claims that nothing was found.
func (a *analysis) searched() engine.Text {
	if a.main.exhausted {
		return engine.Both("đã thử hết mọi cách chơi ở các mốc có nghĩa", "every play was tried at the moments that matter")
	}
	return engine.Both("đã thử mọi cách chơi lệch tới %d chỗ", "every play that deviates up to %d times was tried", a.main.deviations)
}

// and joins a hint with what was tried.
func (a *analysis) and(hint engine.Text) engine.Text {
	more := a.searched()
	return engine.Text{VI: hint.VI + "; " + more.VI, EN: hint.EN + "; " + more.EN}
}

// both is engine.Both for values that are themselves texts.
func both(vi, en string, args ...any) engine.Text {
	in := func(form string, lang engine.Lang) string {
		own := slices.Clone(args)
		for i, arg := range own {
			if t, ok := arg.(engine.Text); ok {
				own[i] = t.In(lang)
			}
		}
		return fmt.Sprintf(form, own...)
	}
	return engine.Text{VI: in(vi, engine.VI), EN: in(en, engine.EN)}
}

func index(list string, i int) string { return list + "/" + strconv.Itoa(i) }

// pathOf is where a response stands in the file.
func (g *game) pathOf(no int) string {
	in := g.responses[no].inject
	for j, other := range g.ofInject[in] {
		if other == no {
			return index(index("injects", in)+"/expects", j)
		}
	}
	return index("injects", in)
}

// name of a transition, as people speak of it.
func (g *game) name(t int) string {
	x := &g.s.Transitions[t]
	if x.ID != "" {
		return x.ID
	}
	return x.From + " → " + x.To
}

// viaOf is the id the log names a transition by.
func (g *game) viaOf(t int) string { return engine.TransitionID(&g.s.Transitions[t], t) }

// findings are all that the exploration has to say.
func (a *analysis) findings() scenarios.Findings {
	a.found = nil
	a.bases()
	if len(a.g.s.States) > 0 {
		a.unreached()
		a.dead()
		a.conditions()
		a.escalated()
		a.lateAnswers()
		a.contained()
		a.prohibited()
	}
	a.unreleased()
	a.tooLate()
	return a.found.Sorted()
}
