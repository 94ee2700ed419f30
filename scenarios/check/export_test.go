package check

import (
	"fmt"

	"saban/engine"
	"saban/scenarios"
)

// Disagreements explores a scenario and lists guards of which the search
// thinks otherwise than the engine.
func Disagreements(f *scenarios.File, bound int) (list []string) {
	a := newAnalysis(f, Options{})
	x := newExplorer(a.g)
	x.seen, x.bound = a.seen, bound
	x.watch = func(p *config) bool {
		for _, t := range a.g.out[p.state] {
			if at := p.d.Now(); x.holds(p, t, at) != p.d.Holds(t) {
				list = append(list, fmt.Sprintf("%s at %s in %s", a.g.c.TransitionGuard(t).Source, at.Clock(), a.g.states[p.state].ID))
			}
		}
		for i := range a.g.s.Injects {
			guard := a.g.c.InjectGuard(i)
			if guard == nil {
				continue
			}
			if at := p.d.Now(); guard.Tree.Eval(func(n *engine.GuardNode) bool { return x.so(p, n, at) }) != p.d.WhenHolds(i) {
				list = append(list, fmt.Sprintf("%s at %s in %s", guard.Source, at.Clock(), a.g.states[p.state].ID))
			}
		}
		return len(list) == 0
	}
	x.everyRound(func() bool { return len(list) > 0 })
	return list
}
