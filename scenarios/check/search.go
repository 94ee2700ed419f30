package check

import (
	"saban/engine"
)

// round is one search among those made of a scenario.
type round struct {
	from   base
	budget int
}

// rounds go from plays that keep close to a base to all plays there are:
// what is found first is found with the least that is out of the ordinary.
var rounds = []round{
	{promptly, 0}, {silently, 0}, {slowly, 0}, {promptly, 1}, {silently, 1}, {slowly, 1},
	{promptly, 2}, {silently, 2}, {slowly, 2}, {promptly, 3}, {silently, 3},
	{promptly, unlimited},
}

// coverage says how much of the plays a search has seen.
type coverage struct {
	exhausted  bool // all of them, at the moments it looks at
	deviations int  // every play that deviates so often from a base; -1: none
}

// everyRound searches until the bound is reached or done says so.
func (x *explorer) everyRound(done func() bool) coverage {
	c := coverage{deviations: -1}
	for _, r := range rounds {
		x.search(r.from, r.budget)
		if x.stop {
			return c
		}
		if r.from == promptly && !x.cut {
			c.exhausted = true
			return c
		}
		if r.from == silently {
			c.deviations = r.budget
		}
		if done != nil && done() {
			return c
		}
	}
	return c
}

// withEmptySeats repeats the first rounds with the roles that conditions ask
// about left empty, one at a time.
func (x *explorer) withEmptySeats() {
	for _, role := range x.g.s.Roles {
		if role.Simulated || !x.all.roles[role.ID] || x.stop {
			continue
		}
		x.empty = []string{role.ID}
		for _, r := range rounds[:6] {
			if !x.stop {
				x.search(r.from, r.budget)
			}
		}
	}
	x.empty = nil
}

// goals are things no play has shown yet.
type goals struct {
	states      []int
	transitions []int // never fired
	injects     []int // never released
	constant    []int // transitions whose guard was never false
	prompt      []int // injects whose condition never made them wait
	over        bool  // look on when the machine has come to an end
}

func (g *game) unseen(v *sightings) goals {
	var out goals
	for s := range v.states {
		if v.states[s] == nil {
			out.states = append(out.states, s)
		}
	}
	for t := range v.fired {
		switch {
		case v.fired[t] == nil:
			out.transitions = append(out.transitions, t)
		case !v.falseSeen[t]:
			out.constant = append(out.constant, t)
		}
	}
	for i := range v.released {
		switch {
		case v.released[i] == nil:
			out.injects = append(out.injects, i)
		case g.s.Injects[i].When != "" && !v.waited[i]:
			out.prompt = append(out.prompt, i)
		}
	}
	return out
}

func (o *goals) empty() bool {
	return len(o.states)+len(o.transitions)+len(o.injects)+len(o.constant)+len(o.prompt) == 0
}

// reached reports whether all goals have been seen.
func (o *goals) reached(v *sightings) bool {
	for _, s := range o.states {
		if v.states[s] == nil {
			return false
		}
	}
	for _, t := range o.transitions {
		if v.fired[t] == nil {
			return false
		}
	}
	for _, t := range o.constant {
		if !v.falseSeen[t] {
			return false
		}
	}
	for _, i := range o.injects {
		if v.released[i] == nil {
			return false
		}
	}
	for _, i := range o.prompt {
		if !v.waited[i] {
			return false
		}
	}
	return true
}

// open reports whether a config may still lead to a goal.
func (o *goals) open(x *explorer, p *config) bool {
	v, ahead := x.seen, x.aheadOf[p.state]
	for _, s := range o.states {
		if v.states[s] == nil && ahead[s] {
			return true
		}
	}
	for _, list := range [2][]int{o.transitions, o.constant} {
		for _, t := range list {
			if (v.fired[t] == nil || !v.falseSeen[t]) && ahead[x.g.from(t)] {
				return true
			}
		}
	}
	for _, list := range [2][]int{o.injects, o.prompt} {
		for _, i := range list {
			if status := p.d.InjectStatusOf(i); (v.released[i] == nil || !v.waited[i]) && (status == engine.Pending || status == engine.Waiting) {
				return true
			}
		}
	}
	return false
}

// closely searches for goals alone, with more moments to act at and everything
// that the goals read, in a drill that lasts until end.
func (a *analysis) closely(on *game, want goals, into *sightings, end engine.Millis, bound int) coverage {
	g := *on
	g.end = end
	targets := append(append([]int(nil), want.injects...), want.prompt...)
	x := newExplorer(&g, targets...)
	x.use(g.closeMoments(x.all))
	x.bound, x.seen, x.beyond = bound, into, want.over
	x.watch = func(p *config) bool {
		if want.reached(x.seen) {
			x.stop = true
		}
		return want.open(x, p)
	}
	c := x.everyRound(func() bool { return want.reached(x.seen) })
	if !x.stop {
		x.withEmptySeats()
	}
	a.configs += x.configs
	a.plays += x.plays
	return c
}
