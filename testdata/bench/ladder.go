package main

import (
	"fmt"

	"saban/engine"
)

// The machine of row 1: ten states in a ring, thirty transitions.
const (
	states = 10
	rungs  = 30
)

// ladder is a scenario in which rung k is climbed by fact k: transition k
// waits for it and for fact k+1 not to be there yet. The fact is a response
// ("done"), an inject ("inject") or a deadline ("missed"), one every ten
// seconds. With stuck no transition ever fires, though all are tried.
func ladder(fact string, stuck bool) *engine.Scenario {
	s := &engine.Scenario{ID: "ladder", Duration: engine.Hour, Roles: []engine.Role{{ID: "guard"}, {ID: "head"}}, Flags: []engine.Flag{{ID: "stand_by"}}}
	for i := range states {
		s.States = append(s.States, engine.State{ID: fmt.Sprintf("s%d", i), Kind: engine.Normal})
	}
	s.States[0].Kind = engine.Initial
	letter := "R"
	if fact == "inject" {
		letter = "I"
	}
	for k := range rungs {
		when := fmt.Sprintf("%s(%s%d)", fact, letter, k)
		if k+1 < rungs {
			when += fmt.Sprintf(" and not %s(%s%d)", fact, letter, k+1)
		}
		if stuck {
			when = "(" + when + ") and flag(stand_by)"
		}
		s.Transitions = append(s.Transitions, engine.Transition{From: s.States[k%states].ID, To: s.States[(k+1)%states].ID, When: when})
		s.Injects = append(s.Injects, rung(fact, k))
	}
	return s
}

// rung is one inject with one response, so that every step has what a real
// one has.
func rung(fact string, k int) engine.Inject {
	r := engine.Response{ID: fmt.Sprintf("R%d", k), By: "guard", Or: []string{"head"}, Target: 5 * engine.Second, Limit: engine.Hour, Weight: 3}
	in := engine.Inject{ID: fmt.Sprintf("I%d", k)}
	switch fact {
	case "inject":
		in.At = moment(k)
	case "missed":
		r.Limit = moment(k)
	}
	in.Expects = []engine.Response{r}
	return in
}

// moment is when rung k is climbed.
func moment(k int) engine.Millis { return engine.Millis(k+1) * 10 * engine.Second }
