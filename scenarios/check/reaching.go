package check

import (
	"fmt"

	"saban/engine"
	"saban/scenarios"
)

// Reaching returns the shortest play found that comes to a state, releases an
// inject or takes a transition, by its id. Where none does, reached is false
// and the play is the one that comes closest. An id of anything else is an
// error.
func Reaching(f *scenarios.File, id string, o Options) (play Play, reached bool, err error) {
	if f.Compiled == nil {
		return Play{}, false, fmt.Errorf("%s: the scenario has errors", f.Source.Name)
	}
	a := newAnalysis(f, o)
	want, claims := a.g.goal(id)
	if want.empty() {
		return Play{}, false, fmt.Errorf("%q is no state, inject or transition of %s", id, f.Scenario.ID)
	}
	found := func() bool { return want.reached(a.seen) }
	x := newExplorer(a.g, want.injects...)
	x.seen = a.seen
	a.seek(x, a.purse/2, found, func(*config) bool { return true })
	if !found() {
		a.closely(want, a.seen, a.g.end, a.purse)
	}
	w, reached := a.best(want)
	if !reached {
		claims = func(o *outcome) bool { return o.err == nil && o.last() == a.ends(w) }
	}
	c, ok := a.shown(w, claims)
	if !ok {
		c = w.script()
	}
	return a.written(c, w.at, engine.Both("đường tới %s", "a way to %s", id)), reached, nil
}

// goal is what an id asks for, and when a play does it.
func (g *game) goal(id string) (goals, claim) {
	if s, ok := g.stateNo[id]; ok {
		return goals{states: []int{s}}, func(o *outcome) bool { _, in := o.comes(id); return in }
	}
	if i, ok := g.injectNo[id]; ok {
		return goals{injects: []int{i}}, func(o *outcome) bool { _, out := o.released[id]; return out }
	}
	if t, ok := g.via[id]; ok {
		return goals{transitions: []int{t}}, func(o *outcome) bool { return o.fires(id) }
	}
	return goals{}, nil
}

// best is the play that shows what is wanted, or comes closest: as few
// transitions away as any.
func (a *analysis) best(want goals) (*sighting, bool) {
	switch {
	case want.reached(a.seen) && len(want.states) > 0:
		return a.seen.states[want.states[0]], true
	case want.reached(a.seen) && len(want.injects) > 0:
		return a.seen.released[want.injects[0]], true
	case want.reached(a.seen):
		return a.seen.fired[want.transitions[0]], true
	case len(want.states) > 0:
		return a.closest(want.states[0]), false
	case len(want.transitions) > 0:
		return a.closest(a.g.from(want.transitions[0])), false
	}
	return &sighting{base: promptly}, false
}

// closest goes back from a state to the first that was reached.
func (a *analysis) closest(s int) *sighting {
	seen := map[int]bool{}
	for open := []int{s}; len(open) > 0; open = open[1:] {
		if w := a.seen.states[open[0]]; w != nil {
			return w
		}
		seen[open[0]] = true
		for t := range a.g.s.Transitions {
			if a.g.to(t) == open[0] && !seen[a.g.from(t)] {
				open = append(open, a.g.from(t))
			}
		}
	}
	return &sighting{base: promptly}
}

// ends is the state a play ends in.
func (a *analysis) ends(w *sighting) string {
	c := w.script()
	return a.stage.conduct(&c).last()
}

// written describes a script for those who read it.
func (a *analysis) written(c script, at engine.Millis, name engine.Text) Play {
	out := a.stage.conduct(&c)
	p := Play{At: at, Told: a.g.told(out)}
	for _, v := range out.path {
		p.Path = append(p.Path, v.state)
	}
	var expect []string
	if len(a.g.s.States) > 0 && out.err == nil {
		expect = append(expect, out.expected())
	}
	p.File = c.text(a.g, name, expect)
	return p
}
