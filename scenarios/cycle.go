package scenarios

import (
	"strings"

	"saban/engine"
)

// Bounds of the search for endless moves. A machine too large for them is
// given the benefit of the doubt.
const (
	mostCycles = 5
	mostWalks  = 20_000
	mostFacts  = 2_000_000 // looked at
)

// endless reports cycles of moves that may happen within one instant: the
// guards of all of them can be true together though no time passes and
// nothing happens. Such a machine would run in circles until the engine stops
// it.
func (f *File) endless(c *engine.Compiled) {
	e := &endless{c: c, s: f.Scenario, from: map[string][]int{}, walks: mostWalks, facts: mostFacts}
	for i, t := range f.Scenario.Transitions {
		e.from[t.From] = append(e.from[t.From], i)
	}
	for _, st := range f.Scenario.States {
		e.walk(st.ID, st.ID, nil)
	}
	for _, cycle := range e.found {
		var way []string
		for _, t := range cycle {
			way = append(way, f.Scenario.Transitions[t].From)
		}
		way = append(way, way[0])
		f.r.fault(index("transitions", cycle[len(cycle)-1])+"/when", EndlessMoves,
			engine.Both("vòng %s có thể chạy mãi trong một khoảnh khắc", "the circle %s can run for ever within one instant", strings.Join(way, " → ")),
			engine.Both("thêm elapsed >= … hoặc một điều đang sai lúc quay lại", "add elapsed >= …, or something that is false on the way back"))
	}
}

type endless struct {
	c     *engine.Compiled
	s     *engine.Scenario
	from  map[string][]int
	seen  map[string]bool
	found [][]int
	walks int
	facts int
}

// walk extends a path of moves that begins in start and is now in at. Each
// cycle is looked for from the first of its states in the file.
func (e *endless) walk(start, at string, path []int) {
	if e.walks--; e.walks < 0 || len(e.found) >= mostCycles || e.rests(at) {
		return
	}
	for _, t := range e.from[at] {
		to := e.s.Transitions[t].To
		longer := append(append([]int(nil), path...), t)
		switch {
		case to == start:
			if e.possible(longer) {
				e.keep(longer)
			}
		case e.before(to, start) || e.passed(to, path), !e.possible(longer):
		default:
			e.walk(start, to, longer)
		}
	}
}

func (e *endless) keep(cycle []int) {
	key := ""
	for _, t := range cycle {
		key += e.s.Transitions[t].From + " "
	}
	if e.seen == nil {
		e.seen = map[string]bool{}
	}
	if !e.seen[key] {
		e.seen[key] = true
		e.found = append(e.found, cycle)
	}
}

// rests reports whether a state takes time.
func (e *endless) rests(id string) bool {
	st := e.s.State(id)
	return st == nil || st.AtLeast > 0
}

func (e *endless) before(a, b string) bool {
	for _, st := range e.s.States {
		if st.ID == a || st.ID == b {
			return st.ID == a && a != b
		}
	}
	return false
}

func (e *endless) passed(id string, path []int) bool {
	for _, t := range path {
		if e.s.Transitions[t].From == id {
			return true
		}
	}
	return false
}

// possible reports whether the moves of a path can follow each other at once:
// each guard true, and those before it in the file false.
func (e *endless) possible(path []int) bool {
	q := &question{s: e.s, budget: &e.facts}
	for _, t := range path {
		for _, other := range e.from[e.s.Transitions[t].From] {
			if other == t {
				break
			}
			q.want(e.c.TransitionGuard(other).Tree, false)
		}
		q.want(e.c.TransitionGuard(t).Tree, true)
	}
	return q.satisfiable()
}
