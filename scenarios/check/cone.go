package check

import "saban/engine"

// cone is what can matter: the facts that some guards read, and all that
// decides when those facts come about.
type cone struct {
	g         *game
	responses []bool // made or not, early or late: the search tries it
	injects   []bool
	free      []bool
	inVisit   []bool // of the free acts: read by prohibited(…), anew in each state
	ever      []bool // of the free acts: read by done(…), flag(…) or since(…)
	late      []bool // responses of which it matters whether they were late
	ways      [][]int
	since     []engine.Millis // by fact: the longest since(…) read of it
	waits     []wait
	roles     map[string]bool // read by filled(…)
}

// wait is a comparison with a time in a guard.
type wait struct {
	*engine.GuardNode
	state int // that elapsed is about, or -1
}

func newCone(g *game) *cone {
	return &cone{g: g, responses: make([]bool, len(g.responses)), injects: make([]bool, len(g.s.Injects)), free: make([]bool, len(g.free)),
		inVisit: make([]bool, len(g.free)), ever: make([]bool, len(g.free)), late: make([]bool, len(g.responses)),
		ways: make([][]int, len(g.responses)), since: make([]engine.Millis, g.facts()), roles: map[string]bool{}}
}

// transitions adds what the guards of all transitions out of some states
// read.
func (k *cone) transitions(from []bool) *cone {
	for t := range k.g.s.Transitions {
		if from == nil || from[k.g.from(t)] {
			k.guard(k.g.c.TransitionGuard(t), k.g.from(t))
		}
	}
	return k
}

func (k *cone) guard(guard *engine.Guard, state int) {
	guard.Tree.Atoms(func(n *engine.GuardNode) {
		if n.Fact.Timed() {
			k.waits = append(k.waits, wait{n, state})
		}
		if n.Fact == engine.FactSince {
			of := k.g.factNo(n.ID)
			k.since[of] = max(k.since[of], n.AtLeast)
		}
		switch n.Fact {
		case engine.FactInject, engine.FactDone, engine.FactLate, engine.FactMissed, engine.FactFlag, engine.FactProhibited, engine.FactSince:
			k.id(n)
		case engine.FactFilled:
			k.roles[n.ID] = true
		}
	})
}

func (k *cone) id(n *engine.GuardNode) {
	if i, ok := k.g.injectNo[n.ID]; ok {
		k.inject(i)
		return
	}
	if i, ok := k.g.freeNo[n.ID]; ok {
		k.free[i] = true
		if n.Fact == engine.FactProhibited {
			k.inVisit[i] = true
		} else {
			k.ever[i] = true
		}
		return
	}
	no := k.g.responseNo[n.ID]
	k.late[no] = k.late[no] || n.Fact == engine.FactLate
	if way := k.g.responses[no].wayNo(n.ID); way >= 0 {
		k.way(no, way)
	}
	k.response(no)
}

// way adds a way that a guard asks for, and one that none asks for if there
// is one: both are worth trying.
func (k *cone) way(no, way int) {
	for _, known := range k.ways[no] {
		if known == way {
			return
		}
	}
	k.ways[no] = append(k.ways[no], way)
}

func (k *cone) response(no int) {
	if k.responses[no] {
		return
	}
	k.responses[no] = true
	k.inject(k.g.responses[no].inject)
	for _, before := range k.g.responses[no].after {
		k.response(before)
	}
}

func (k *cone) inject(i int) {
	if k.injects[i] {
		return
	}
	k.injects[i] = true
	if guard := k.g.c.InjectGuard(i); guard != nil {
		k.guard(guard, -1)
	}
	if !k.g.s.Injects[i].Hand {
		return
	}
	for before := range i { // it waits for all that is planned before it
		if k.g.s.Injects[before].When != "" {
			continue
		}
		k.inject(before)
		for _, no := range k.g.ofInject[before] {
			k.response(no)
		}
	}
}

// options lists the ways of a response worth telling apart, the one the pace
// takes first.
func (k *cone) options(no int) []int {
	ways := k.g.responses[no].Ways
	if len(k.ways[no]) == 0 || len(ways) == 0 {
		return []int{0}
	}
	list := []int{0}
	unread := -1
	read := make([]bool, len(ways))
	for _, w := range k.ways[no] {
		read[w] = true
	}
	for w := range ways {
		switch {
		case w == 0:
		case read[w]:
			list = append(list, w)
		case unread < 0 && read[0]:
			unread = w
		}
	}
	if unread > 0 {
		list = append(list, unread)
	}
	return list
}
