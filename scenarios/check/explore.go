package check

import (
	"slices"

	"saban/engine"
)

// explorer searches the plays of a scenario. It follows the pace of a base
// and branches where somebody might do otherwise; the engine says what comes
// of it. Plays that come to the same config are searched once.
type explorer struct {
	g       *game
	base    base
	all     *cone
	live    []*cone // by state: what can still matter from there
	twin    []int
	aheadOf [][]bool // by state: those that can follow
	asks    [][]bool // by state: the prohibited actions its transitions ask for
	moments moments
	longest []engine.Millis // by state: the last moment since entry
	end     engine.Millis
	empty   []string // roles nobody holds
	without int      // a response nobody ever makes, or -1

	seen    *sightings
	watch   func(p *config) bool // called with each new config; false: look no further from here
	rest    func(p *config)      // called where a play ends
	memo    map[uint64]uint8
	bound   int
	configs int // looked at
	steps   int // of time alone
	plays   int // brought to an end
	cut     bool
	stop    bool
	harm    bool // prohibited actions are tried
	beyond  bool // plays go on when the machine has come to an end

	trace []step
	spare []*config
	some  []option // scratch
}

// step is something done otherwise than by the pace.
type step struct {
	at       engine.Millis
	response int // or -1
	free     int // or -1
	way      int
	declined bool // not done at at
}

// option is a step that could be taken, and what it costs.
type option struct {
	step
	cost int
}

// stepsPerConfig bounds the time spent between configs, in machines that
// never rest.
const stepsPerConfig = 12

// unlimited is a budget no play uses up.
const unlimited = 250

// newExplorer returns an explorer of what the machine depends on, and of what
// the given injects wait for.
func newExplorer(g *game, targets ...int) *explorer {
	x := &explorer{g: g, twin: g.twins(), end: g.end, seen: newSightings(g), memo: map[uint64]uint8{}, bound: DefaultBound, harm: true, without: -1}
	build := func(from []bool) *cone {
		k := newCone(g).transitions(from)
		for _, i := range targets {
			k.inject(i)
		}
		return k
	}
	x.all = build(nil)
	for s := range g.states {
		x.aheadOf = append(x.aheadOf, g.reach(s, func(int) bool { return true }))
		x.live = append(x.live, build(x.aheadOf[s]))
		own := make([]bool, len(g.states))
		own[s] = true
		x.asks = append(x.asks, newCone(g).transitions(own).inVisit)
	}
	x.use(g.plainMoments(x.all))
	return x
}

// use has the explorer look at other moments.
func (x *explorer) use(m moments) {
	x.moments, x.longest = m, make([]engine.Millis, len(x.g.states))
	for s, list := range m.stays {
		x.longest[s] = x.g.states[s].AtLeast
		if len(list) > 0 {
			x.longest[s] = max(x.longest[s], list[len(list)-1])
		}
	}
	x.g.thresholds(func(state int, n *engine.GuardNode) {
		if n.Fact == engine.FactElapsed {
			x.longest[state] = max(x.longest[state], n.AtLeast)
		}
	})
}

// search tries all plays of a base with at most budget deviations.
func (x *explorer) search(from base, budget int) {
	x.base, x.cut = from, false
	clear(x.memo)
	p := x.take()
	x.trace = x.trace[:0]
	x.follow(p, p.begin(x.g, x.empty))
	x.explore(p, budget)
	x.give(p)
}

func (x *explorer) take() *config {
	if n := len(x.spare); n > 0 {
		p := x.spare[n-1]
		x.spare = x.spare[:n-1]
		return p
	}
	return newConfig(x.g)
}

func (x *explorer) give(p *config) { x.spare = append(x.spare, p) }

// explore plays p to the end and everything that branches off on the way.
func (x *explorer) explore(p *config, budget int) {
	for !x.stop {
		x.seen.settled(x, p)
		if p.d.Fault() != "" {
			x.seen.see(&x.seen.fault, x, p.d.Now())
		}
		if p.d.Fault() != "" || p.final(x.g) && !x.beyond {
			x.plays++
			return
		}
		open := x.nextOption(p)
		no, paced := x.soonest(p)
		due, ok := p.d.NextDue()
		if !ok {
			due = never
		}
		at := min(open, paced, due)
		switch {
		case at > x.end:
			if x.plays++; x.rest != nil {
				x.rest(p)
			}
			return
		case open == at:
			if !x.branch(p, at, budget) {
				return
			}
		case paced == at:
			if !x.prompt(p, no, at, budget) {
				return
			}
		default:
			if x.steps++; x.steps > stepsPerConfig*x.bound {
				x.stop, x.cut = true, true
			}
			x.follow(p, p.d.Advance(at, 0))
			p.decided = max(p.decided, at) // what people do comes before what time brings
		}
	}
}

// branch tries what might be done at a moment, each by itself; then p goes on
// with none of it. It reports whether p is new.
func (x *explorer) branch(p *config, at engine.Millis, budget int) bool {
	first := len(x.some)
	x.options(p, at)
	if len(x.some) > first && !x.visit(p, at, 0, budget) {
		x.some = x.some[:first]
		return false
	}
	for i := first; i < len(x.some) && !x.stop; i++ {
		o := x.some[i]
		if o.cost > budget {
			x.cut = true
			continue
		}
		x.fork(p, o.step, budget-o.cost, x.g.actNo(o.step)+1) // of two acts at one moment the later in the file comes after the earlier
	}
	x.some = x.some[:first]
	p.decided, p.option = at, 0
	return true
}

// prompt is the moment at which the pace makes a response: it does, and in
// the branches it does not, or otherwise.
func (x *explorer) prompt(p *config, no int, at engine.Millis, budget int) bool {
	if x.live[p.state].responses[no] {
		if !x.visit(p, at, no+1, budget) {
			return false
		}
		if budget == 0 {
			x.cut = true
		} else {
			x.fork(p, step{at: at, response: no, free: -1, declined: true}, budget-1, 0)
			for _, way := range x.all.options(no)[1:] {
				x.fork(p, step{at: at, response: no, free: -1, way: way}, budget-1, 0)
			}
		}
	}
	x.do(p, step{at: at, response: no, free: -1})
	p.decided = max(p.decided, at)
	return true
}

// fork searches on from p with one step taken; resume is the first option
// still open at that moment.
func (x *explorer) fork(p *config, s step, budget, resume int) {
	q := x.take()
	p.copyTo(q)
	x.trace = append(x.trace, s)
	if s.declined {
		q.responses[s.response].declined = true
	} else {
		if resume > 0 {
			q.decided, q.option = s.at-1, resume
		}
		x.do(q, s)
	}
	x.explore(q, budget)
	x.trace = x.trace[:len(x.trace)-1]
	x.give(q)
}

// visit counts a config and reports whether it is new, or was met with less
// left to deviate.
func (x *explorer) visit(p *config, at engine.Millis, phase, budget int) bool {
	key := x.signature(p, at, phase)
	if before, known := x.memo[key]; known && int(before) > budget {
		return false
	}
	if x.configs >= x.bound {
		x.stop, x.cut = true, true
		return false
	}
	x.configs++
	x.memo[key] = uint8(budget + 1)
	return x.watch == nil || x.watch(p)
}

// do makes an act and lets the engine say what follows.
func (x *explorer) do(p *config, s step) {
	cmd := x.command(s)
	if s.response >= 0 {
		x.seen.before(x, p, s, &cmd)
	}
	due, ok := p.d.NextDue()
	quiet := !ok || due > s.at // time alone changes nothing at this instant
	events, err := p.d.Decide(cmd)
	x.acted(p, s, err == nil)
	x.follow(p, events)
	if s.response < 0 && quiet {
		x.seen.after(x, s, events)
	}
}

// command says a step to the engine as a rehearsal would.
func (x *explorer) command(s step) engine.Command {
	cmd := engine.Command{Do: engine.Observe, At: s.at, Actor: "search"}
	if s.response < 0 {
		cmd.Do, cmd.ID = x.g.free[s.free].verb, x.g.free[s.free].id
		if cmd.Do == engine.Observe {
			cmd.Content = engine.Whole
		}
		return cmd
	}
	r := &x.g.responses[s.response]
	cmd.ID, cmd.Role, cmd.Content = r.ID, x.owner(r), engine.Whole
	if len(r.Ways) > 0 {
		cmd.ID = r.Ways[s.way].ID
	}
	return cmd
}

// owner is the first owner of a response who is there.
func (x *explorer) owner(r *response) string {
	if !slices.Contains(x.empty, r.By) {
		return r.By
	}
	for _, role := range r.Or {
		if !slices.Contains(x.empty, role) {
			return role
		}
	}
	return r.By
}
