package graph

import (
	"strings"

	"saban/engine"
)

// Path is the way a drill took through the machine.
type Path struct {
	Steps []Step        `json:"steps"`
	End   engine.Millis `json:"end_ms"` // exercise time of EndEx, or of the last event when Over is false
	Over  bool          `json:"over"`
}

// Step is the entry into a state.
type Step struct {
	State  string        `json:"state"`
	At     engine.Millis `json:"at_ms"`         // exercise time
	Via    string        `json:"via,omitempty"` // id of the transition; "" = it began here, or was forced
	Forced bool          `json:"forced,omitempty"`
	Reason string        `json:"reason,omitempty"` // why it was forced
}

// Follow reads the path from a drill's log. Before StartEx it has no step.
func Follow(c *engine.Compiled, log []engine.Event) *Path {
	p := &Path{Steps: []Step{}}
	for i := range log {
		e := &log[i]
		p.End = max(p.End, e.At)
		switch e.Type {
		case engine.Started:
			p.Steps = append(p.Steps, Step{State: c.Initial(), At: e.At})
		case engine.Moved:
			p.Steps = append(p.Steps, Step{State: e.To, At: e.At, Via: e.Via})
		case engine.Forced:
			p.Steps = append(p.Steps, Step{State: e.To, At: e.At, Forced: true, Reason: e.Reason})
		case engine.Ended:
			p.Over = true
		}
	}
	return p
}

// visits are the numbers of the steps into a state, from 1 on.
func (p *Path) visits(state string) []int {
	return p.where(func(s *Step) bool { return s.State == state })
}

// through are the numbers of the steps by a transition.
func (p *Path) through(id string) []int {
	return p.where(func(s *Step) bool { return s.Via == id })
}

func (p *Path) where(is func(*Step) bool) (steps []int) {
	if p == nil {
		return nil
	}
	for i := range p.Steps {
		if is(&p.Steps[i]) {
			steps = append(steps, i+1)
		}
	}
	return steps
}

// leap is a way that only a facilitator took.
type leap struct {
	from, to string
	steps    []int
}

func (p *Path) leaps() (leaps []leap) {
	if p == nil {
		return nil
	}
next:
	for i := 1; i < len(p.Steps); i++ {
		from, to := p.Steps[i-1].State, p.Steps[i].State
		if !p.Steps[i].Forced || from == to {
			continue
		}
		for k := range leaps {
			if leaps[k].from == from && leaps[k].to == to {
				leaps[k].steps = append(leaps[k].steps, i+1)
				continue next
			}
		}
		leaps = append(leaps, leap{from, to, []int{i + 1}})
	}
	return leaps
}

// note says which steps of the path something had a part in: ": step 2,
// 04:00; step 5, 12:30".
func (p *Path) note(steps []int, lang engine.Lang) string {
	if len(steps) == 0 {
		return ""
	}
	notes := make([]string, len(steps))
	for i, n := range steps {
		notes[i] = engine.Both("chặng %d, %s", "step %d, %s", n, p.Steps[n-1].At.Clock()).In(lang)
	}
	return ": " + strings.Join(notes, "; ")
}
