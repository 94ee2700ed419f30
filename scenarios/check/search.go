package check

import "saban/engine"

// round is one search among those made of a scenario.
type round struct {
	from   base
	budget int
}

// rounds go from plays that keep close to a base to all plays there are:
// what is found first is found with the least that is out of the ordinary.
var rounds = []round{
	{promptly, 0}, {silently, 0}, {slowly, 0}, {promptly, 1}, {silently, 1}, {slowly, 1},
	{promptly, 2}, {silently, 2}, {slowly, 2}, {promptly, 3}, {silently, 3}, {promptly, 4}, {silently, 4}, {slowly, 3},
	{promptly, unlimited},
}

// nearRounds is how many of them deviate once at most.
const nearRounds = 6

// coverage says how much of the plays a search has seen.
type coverage struct {
	exhausted  bool // all of them, at the moments it looks at
	deviations int  // every play that deviates so often from a perfect one or from silence; -1: none
}

// everyRound searches until the bound is reached or done says so.
func (x *explorer) everyRound(done func() bool) coverage {
	c := coverage{deviations: -1}
	for i, r := range rounds {
		x.search(r.from, r.budget)
		all := r.from == promptly && !x.cut
		if !x.stop && !done() && (all || i+1 == nearRounds) {
			x.withEmptySeats(all)
		}
		if x.stop || done() {
			return c
		}
		if all {
			c.exhausted = true
			return c
		}
		if r.from == silently {
			c.deviations = r.budget
		}
	}
	return c
}

// withEmptySeats searches with the roles that conditions ask about left
// empty, one at a time: in all rounds, or in those that deviate once.
func (x *explorer) withEmptySeats(all bool) {
	for _, role := range x.g.s.Roles {
		if role.Simulated || !x.all.roles[role.ID] {
			continue
		}
		x.empty = []string{role.ID}
		for i, r := range rounds {
			if x.stop || !all && i == nearRounds {
				break
			}
			if x.search(r.from, r.budget); r.from == promptly && !x.cut {
				break
			}
		}
	}
	x.empty = nil
}

// closely searches for goals alone, with more moments to act at and everything
// that the goals read, in a drill that lasts until end.
func (a *analysis) closely(want goals, into *sightings, end engine.Millis, bound int) coverage {
	g := *a.g
	g.end = end
	x := newExplorer(&g, want.targets()...)
	x.use(g.closeMoments(x.all))
	x.seen, x.beyond = into, want.over
	return a.seek(x, bound, func() bool { return want.reached(into) }, func(p *config) bool { return want.open(x, p) })
}

// seek searches until found says so, where it is worth it, and as long as
// there is something left in the purse.
func (a *analysis) seek(x *explorer, bound int, found func() bool, worth func(p *config) bool) coverage {
	if x.bound = min(bound, a.purse); x.bound <= 0 {
		return coverage{deviations: -1}
	}
	x.watch = func(p *config) bool {
		x.stop = x.stop || found()
		return worth(p)
	}
	c := x.everyRound(found)
	a.configs, a.plays, a.purse = a.configs+x.configs, a.plays+x.plays, a.purse-x.configs
	return c
}
