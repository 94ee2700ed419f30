package scenarios

import "saban/engine"

// names are the ids of a scenario by what they stand for.
type names struct {
	parameters, roles, players, states, injects, responses, ways, prohibited, distractors, flags []string
}

func namesOf(s *engine.Scenario) names {
	var n names
	for _, x := range s.Parameters {
		n.parameters = append(n.parameters, x.ID)
	}
	for _, x := range s.Roles {
		n.roles = append(n.roles, x.ID)
		if !x.Simulated {
			n.players = append(n.players, x.ID)
		}
	}
	for _, x := range s.Situations() {
		n.states = append(n.states, x.ID)
	}
	for i := range s.Injects {
		n.inject(&s.Injects[i])
	}
	for _, x := range s.Prohibited {
		n.prohibited = append(n.prohibited, x.ID)
	}
	for _, x := range s.Distractors {
		n.distractors = append(n.distractors, x.ID)
	}
	for _, x := range s.Flags {
		n.flags = append(n.flags, x.ID)
	}
	return n
}

// inject adds an inject with what it expects.
func (n *names) inject(in *engine.Inject) {
	n.injects = append(n.injects, in.ID)
	for i := range in.Expects {
		n.responses = append(n.responses, in.Expects[i].ID)
		for _, w := range in.Expects[i].Ways {
			n.ways = append(n.ways, w.ID)
		}
	}
}

// acts are the ids done() takes.
func (n *names) acts() []string {
	var all []string
	for _, list := range [][]string{n.responses, n.ways, n.prohibited, n.distractors} {
		all = append(all, list...)
	}
	return all
}
