package check

import (
	"slices"

	"saban/engine"
)

// goals are things no play has shown yet.
type goals struct {
	states      []int
	transitions []int // never fired
	injects     []int // never released
	constant    []int // transitions whose guard was never false
	prompt      []int // injects whose condition never made them wait
	soon        []soon
	over        bool // look on when the machine has come to an end
}

// soon is an inject that is wanted out by some time.
type soon struct {
	inject int
	by     engine.Millis
}

// unseen lists all that a search has not seen of a scenario.
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

// overdue lists the injects that came out too late for a response, as far as
// they could come out earlier.
func (g *game) overdue(v *sightings) goals {
	out := goals{over: true}
	for i, first := range v.released {
		if first == nil || g.planned(i) {
			continue
		}
		by := first.at
		for _, no := range g.ofInject[i] {
			for _, span := range [2]engine.Millis{g.responses[no].Target, g.responses[no].Limit} {
				if first.at+span > g.end && g.end-span >= g.s.Injects[i].At {
					by = min(by, g.end-span)
				}
			}
		}
		if by < first.at {
			out.soon = append(out.soon, soon{i, by})
		}
	}
	return out
}

func (o *goals) empty() bool {
	return len(o.states)+len(o.transitions)+len(o.injects)+len(o.constant)+len(o.prompt)+len(o.soon) == 0
}

// reached reports whether all goals have been seen.
func (o *goals) reached(v *sightings) bool {
	open := slices.ContainsFunc(o.states, func(s int) bool { return v.states[s] == nil }) ||
		slices.ContainsFunc(o.transitions, func(t int) bool { return v.fired[t] == nil }) ||
		slices.ContainsFunc(o.constant, func(t int) bool { return !v.falseSeen[t] }) ||
		slices.ContainsFunc(o.injects, func(i int) bool { return v.released[i] == nil }) ||
		slices.ContainsFunc(o.prompt, func(i int) bool { return !v.waited[i] }) ||
		slices.ContainsFunc(o.soon, func(s soon) bool { return v.released[s.inject].at > s.by })
	return !open
}

// open reports whether a config may still lead to a goal.
func (o *goals) open(x *explorer, p *config) bool {
	v, ahead := x.seen, x.aheadOf[p.state]
	comes := func(i int) bool {
		status := p.d.InjectStatusOf(i)
		return status == engine.Pending || status == engine.Waiting
	}
	return slices.ContainsFunc(o.states, func(s int) bool { return v.states[s] == nil && ahead[s] }) ||
		slices.ContainsFunc(o.transitions, func(t int) bool { return v.fired[t] == nil && ahead[x.g.from(t)] }) ||
		slices.ContainsFunc(o.constant, func(t int) bool { return !v.falseSeen[t] && ahead[x.g.from(t)] }) ||
		slices.ContainsFunc(o.injects, func(i int) bool { return v.released[i] == nil && comes(i) }) ||
		slices.ContainsFunc(o.prompt, func(i int) bool { return !v.waited[i] && comes(i) }) ||
		slices.ContainsFunc(o.soon, func(s soon) bool { return v.released[s.inject].at > s.by && p.d.Now() <= s.by && comes(s.inject) })
}

// targets are the injects the goals are about.
func (o *goals) targets() []int {
	list := slices.Concat(o.injects, o.prompt)
	for _, s := range o.soon {
		list = append(list, s.inject)
	}
	return list
}
