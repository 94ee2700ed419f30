package check

import (
	"slices"

	"saban/engine"
)

// moments are the times at which it can matter that somebody acts, beside
// the target and the limit of the response itself: just after what changes
// the answer of a guard. A search with more of them sees more and takes
// longer.
type moments struct {
	fixed     []engine.Millis   // since StartEx
	stays     [][]engine.Millis // by state, since it was entered
	unplanned []int             // injects: since they came out
}

// just is how long after a moment somebody acts who acts after it.
const just = engine.Second

// plainMoments are a second after each threshold, inject and entry.
func (g *game) plainMoments(k *cone) moments {
	m := moments{stays: make([][]engine.Millis, len(g.states))}
	for i := range g.s.Injects {
		in := &g.s.Injects[i]
		if k.injects[i] && !g.planned(i) {
			m.unplanned = append(m.unplanned, i)
		}
		if k.injects[i] && !in.Hand {
			m.fixed = append(m.fixed, in.At+just)
			if in.Until > 0 {
				m.fixed = append(m.fixed, in.Until+just)
			}
		}
	}
	for s := range g.states {
		m.stays[s] = append(m.stays[s], just)
		if at := g.states[s].AtLeast; at > 0 {
			m.stays[s] = append(m.stays[s], at+just)
		}
	}
	g.thresholds(func(state int, n *engine.GuardNode) {
		switch {
		case n.Fact == engine.FactElapsed:
			m.stays[state] = append(m.stays[state], n.AtLeast+just)
		case n.Fact == engine.FactClock:
			m.fixed = append(m.fixed, n.AtLeast+just)
		case n.Fact == engine.FactSince:
			if i, ok := g.injectNo[n.ID]; ok && g.planned(i) {
				m.fixed = append(m.fixed, g.s.Injects[i].At+n.AtLeast+just)
			}
		}
	})
	return m.sorted(g.end)
}

// planned reports whether inject i is released at its time whatever happens.
func (g *game) planned(i int) bool {
	in := &g.s.Injects[i]
	return in.When == "" && !in.Hand && len(in.OnlyIn) == 0
}

// thresholds calls visit for each comparison with a time, with the state its
// transition leaves; -1 for injects.
func (g *game) thresholds(visit func(state int, n *engine.GuardNode)) {
	timed := func(state int) func(n *engine.GuardNode) {
		return func(n *engine.GuardNode) {
			if n.Fact.Timed() {
				visit(state, n)
			}
		}
	}
	for t := range g.s.Transitions {
		g.c.TransitionGuard(t).Tree.Atoms(timed(g.from(t)))
	}
	for i := range g.s.Injects {
		if guard := g.c.InjectGuard(i); guard != nil {
			guard.Tree.Atoms(timed(-1))
		}
	}
}

// grain is how many evenly spread moments a close search looks at.
const grain = 48

// closeMoments are plainMoments, what lies just before each of them, what a
// later threshold needs somebody to have begun with, and an even spread.
func (g *game) closeMoments(k *cone) moments {
	m := g.plainMoments(k)
	fixed, spans := []engine.Millis{g.end}, []engine.Millis{}
	for i := range g.s.Injects {
		if k.injects[i] {
			fixed = append(fixed, g.s.Injects[i].At, g.s.Injects[i].Until)
		}
		for _, no := range g.ofInject[i] {
			if x := &g.responses[no]; k.responses[no] {
				spans = append(spans, x.Limit, x.Target)
			}
		}
	}
	for s := range g.states {
		spans = append(spans, g.states[s].AtLeast)
		m.stays[s] = append(m.stays[s], g.states[s].AtLeast)
	}
	g.thresholds(func(state int, n *engine.GuardNode) {
		if n.Fact == engine.FactClock {
			fixed = append(fixed, n.AtLeast)
			return
		}
		spans = append(spans, n.AtLeast)
		if n.Fact == engine.FactElapsed {
			m.stays[state] = append(m.stays[state], n.AtLeast-just, n.AtLeast)
		}
	})
	for _, at := range fixed {
		m.fixed = append(m.fixed, at-just, at, at+just)
		for _, span := range spans {
			m.fixed = append(m.fixed, at-span-just, at-span, at-span+just)
		}
	}
	for i := range engine.Millis(grain) {
		at := g.end * (i + 1) / grain
		m.fixed = append(m.fixed, at-at%engine.Second)
	}
	return m.sorted(g.end)
}

func (m moments) sorted(end engine.Millis) moments {
	tidy := func(list []engine.Millis) []engine.Millis {
		list = slices.DeleteFunc(list, func(at engine.Millis) bool { return at < 0 || at > end })
		slices.Sort(list)
		return slices.Compact(list)
	}
	m.fixed = tidy(m.fixed)
	for s := range m.stays {
		m.stays[s] = tidy(m.stays[s])
	}
	return m
}
