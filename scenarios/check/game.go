package check

import (
	"saban/engine"
	"saban/scenarios"
)

// game is a scenario made ready to be searched: numbers in place of names.
type game struct {
	c      *engine.Compiled
	s      *engine.Scenario
	states []engine.State
	end    engine.Millis

	stateNo  map[string]int
	injectNo map[string]int
	via      map[string]int // transitions by the id the log names them by
	out      [][]int        // transitions by the state they leave, in file order

	responses  []response
	responseNo map[string]int // by id of the response and of its ways
	free       []free
	freeNo     map[string]int
	ofInject   [][]int // responses

	start int // the initial state
	seats []engine.Seat
}

// response is a response of the file.
type response struct {
	*engine.Response
	Target engine.Millis // with the seat's time factor
	Limit  engine.Millis
	inject int
	place  int // in the drill
	after  []int
	before []int // those that wait for it
}

// free is an act that waits for no inject.
type free struct {
	id   string
	verb engine.Verb // Prohibit, Observe or RaiseFlag
}

func newGame(f *scenarios.File) *game {
	c, s := f.Compiled, f.Scenario
	g := &game{c: c, s: s, states: s.Situations(), end: s.Duration, stateNo: map[string]int{}, injectNo: map[string]int{},
		via: map[string]int{}, responseNo: map[string]int{}, freeNo: map[string]int{}}
	for i := range g.states {
		g.stateNo[g.states[i].ID] = i
		if g.states[i].Kind == engine.Initial {
			g.start = i
		}
	}
	g.out = make([][]int, len(g.states))
	for i := range s.Transitions {
		g.via[engine.TransitionID(&s.Transitions[i], i)] = i
		from := g.stateNo[s.Transitions[i].From]
		g.out[from] = append(g.out[from], i)
	}
	all := scenarios.Play{}
	f.Seat(&all)
	if g.seats = all.Seats; g.seats == nil {
		g.seats = engine.FullSeats(s)
	}
	g.takeResponses()
	for i := range s.Prohibited {
		g.addFree(s.Prohibited[i].ID, engine.Prohibit)
	}
	for i := range s.Distractors {
		g.addFree(s.Distractors[i].ID, engine.Observe)
	}
	for i := range s.Flags {
		g.addFree(s.Flags[i].ID, engine.RaiseFlag)
	}
	return g
}

func (g *game) addFree(id string, verb engine.Verb) {
	g.freeNo[id] = len(g.free)
	g.free = append(g.free, free{id, verb})
}

// factor is the time factor of a role's seat.
func (g *game) factor(role string) engine.Ratio {
	for i := range g.seats {
		if g.seats[i].Role == role && g.seats[i].Factor > 0 {
			return g.seats[i].Factor
		}
	}
	return engine.Whole
}

// share is a part of a time, or a multiple.
func share(of engine.Millis, factor engine.Ratio) engine.Millis {
	return engine.Millis(engine.MulDiv(int64(of), int64(factor), int64(engine.Whole)))
}

func (g *game) takeResponses() {
	g.ofInject = make([][]int, len(g.s.Injects))
	for i := range g.s.Injects {
		in := &g.s.Injects[i]
		g.injectNo[in.ID] = i
		for j := range in.Expects {
			x := &in.Expects[j]
			no := len(g.responses)
			g.responseNo[x.ID] = no
			for w := range x.Ways {
				g.responseNo[x.Ways[w].ID] = no
			}
			g.ofInject[i] = append(g.ofInject[i], no)
			factor := g.factor(x.By)
			g.responses = append(g.responses, response{Response: x, Target: share(x.Target, factor), Limit: share(x.Limit, factor), inject: i, place: g.c.ResponsePlace(x.ID)})
		}
	}
	for no := range g.responses {
		for _, id := range g.responses[no].After {
			before := g.responseNo[id]
			g.responses[no].after = append(g.responses[no].after, before)
			g.responses[before].before = append(g.responses[before].before, no)
		}
	}
}

// facts is how many things can happen: responses, then free acts, then
// injects.
func (g *game) facts() int { return len(g.responses) + len(g.free) + len(g.s.Injects) }

// factNo numbers what happens, by its id; -1 for anything else.
func (g *game) factNo(id string) int {
	if no, ok := g.responseNo[id]; ok {
		return no
	}
	if i, ok := g.freeNo[id]; ok {
		return len(g.responses) + i
	}
	if i, ok := g.injectNo[id]; ok {
		return len(g.responses) + len(g.free) + i
	}
	return -1
}

// actNo numbers what people do, as factNo does.
func (g *game) actNo(s step) int {
	if s.response >= 0 {
		return s.response
	}
	return len(g.responses) + s.free
}

// to returns where transition t leads.
func (g *game) to(t int) int { return g.stateNo[g.s.Transitions[t].To] }

// from returns where transition t leaves.
func (g *game) from(t int) int { return g.stateNo[g.s.Transitions[t].From] }

func (g *game) kind(state int) engine.StateKind { return g.states[state].Kind }

// bad reports a state nobody wants to be in.
func bad(k engine.StateKind) bool { return k == engine.Escalated || k == engine.Failed }

// reach returns the states that can follow a state by some of the
// transitions, itself among them.
func (g *game) reach(state int, by func(t int) bool) []bool {
	seen := make([]bool, len(g.states))
	for open := []int{state}; len(open) > 0; {
		s := open[len(open)-1]
		open = open[:len(open)-1]
		if seen[s] {
			continue
		}
		seen[s] = true
		for _, t := range g.out[s] {
			if by(t) {
				open = append(open, g.to(t))
			}
		}
	}
	return seen
}

// wayNo returns the number of a way of a response, or -1.
func (x *response) wayNo(id string) int {
	for w := range x.Ways {
		if x.Ways[w].ID == id {
			return w
		}
	}
	return -1
}
