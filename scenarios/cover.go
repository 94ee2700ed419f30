package scenarios

import "saban/engine"

// Thing is a kind of thing that plays exercise.
type Thing string

// What plays exercise: a state is entered, a transition taken, an inject
// released, a flag set, everything else done.
const (
	States      Thing = "states"
	Transitions Thing = "transitions"
	Injects     Thing = "injects"
	Responses   Thing = "responses"
	Ways        Thing = "ways"
	Prohibited  Thing = "prohibited"
	Distractors Thing = "distractors"
	Flags       Thing = "flags"
)

// Title names the kind.
func (t Thing) Title() engine.Text { return thingTitles[t] }

var thingTitles = map[Thing]engine.Text{
	States:      {VI: "trạng thái", EN: "states"},
	Transitions: {VI: "đường chuyển", EN: "transitions"},
	Injects:     {VI: "tình huống", EN: "injects"},
	Responses:   {VI: "hành động cần đạt", EN: "responses"},
	Ways:        {VI: "cách làm", EN: "ways"},
	Prohibited:  {VI: "hành động cấm", EN: "prohibited actions"},
	Distractors: {VI: "phương án nhiễu", EN: "distractors"},
	Flags:       {VI: "cờ", EN: "flags"},
}

// Coverage says of one kind which things the plays exercised.
type Coverage struct {
	Of        Thing    `json:"of"`
	Exercised int      `json:"exercised"`
	All       int      `json:"all"`
	Missing   []string `json:"missing"` // ids, in the order of the file
}

// Cover counts what plays of one scenario exercise. Facts alone count: what a
// play only scripts and the engine refuses exercises nothing.
type Cover struct {
	s    *engine.Scenario
	seen map[Thing]map[string]bool
}

// NewCover begins with nothing exercised.
func NewCover(s *engine.Scenario) *Cover { return &Cover{s: s, seen: map[Thing]map[string]bool{}} }

// Add takes in the log of one play.
func (c *Cover) Add(log []engine.Event) {
	if states := c.s.Situations(); len(log) > 0 && len(states) > 0 {
		for i := range states {
			if states[i].Kind == engine.Initial {
				c.see(States, states[i].ID)
			}
		}
	}
	for i := range log {
		c.event(&log[i])
	}
}

func (c *Cover) event(e *engine.Event) {
	switch e.Type {
	case engine.Moved:
		c.see(States, e.To)
		c.see(Transitions, e.Via)
	case engine.Forced:
		c.see(States, e.To)
	case engine.Released:
		c.see(Injects, e.ID)
	case engine.Flagged:
		c.see(Flags, e.ID)
	case engine.Observed, engine.ProhibitedAct:
		c.act(e.ID)
	case engine.Responded:
		for _, id := range e.Choices {
			c.act(id)
		}
	}
}

func (c *Cover) act(id string) {
	if parent, _ := c.s.FindWay(id); parent != nil {
		c.see(Ways, id)
		id = parent.ID
	}
	for _, kind := range []Thing{Responses, Prohibited, Distractors} {
		c.see(kind, id) // ids are unique across kinds: Coverage asks for its own
	}
}

func (c *Cover) see(kind Thing, id string) {
	if c.seen[kind] == nil {
		c.seen[kind] = map[string]bool{}
	}
	c.seen[kind][id] = true
}

// Coverage returns a line for each kind the scenario has any of.
func (c *Cover) Coverage() []Coverage {
	var out []Coverage
	for _, kind := range []Thing{States, Transitions, Injects, Responses, Ways, Prohibited, Distractors, Flags} {
		ids := c.ids(kind)
		if len(ids) == 0 {
			continue
		}
		line := Coverage{Of: kind, All: len(ids), Missing: []string{}}
		for _, id := range ids {
			if !c.seen[kind][id] {
				line.Missing = append(line.Missing, id)
			}
		}
		line.Exercised = line.All - len(line.Missing)
		out = append(out, line)
	}
	return out
}

// ids lists all of a kind, in file order.
func (c *Cover) ids(kind Thing) (ids []string) {
	s := c.s
	add := func(of Thing, id string) {
		if of == kind {
			ids = append(ids, id)
		}
	}
	for i := range s.States {
		add(States, s.States[i].ID)
	}
	for i := range s.Transitions {
		add(Transitions, engine.TransitionID(&s.Transitions[i], i))
	}
	for i := range s.Injects {
		add(Injects, s.Injects[i].ID)
		for j := range s.Injects[i].Expects {
			x := &s.Injects[i].Expects[j]
			add(Responses, x.ID)
			for k := range x.Ways {
				add(Ways, x.Ways[k].ID)
			}
		}
	}
	for i := range s.Prohibited {
		add(Prohibited, s.Prohibited[i].ID)
	}
	for i := range s.Distractors {
		add(Distractors, s.Distractors[i].ID)
	}
	for i := range s.Flags {
		add(Flags, s.Flags[i].ID)
	}
	return ids
}
