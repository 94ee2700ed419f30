package scenarios

import (
	"slices"

	"saban/engine"
)

// ids are all ids of one kind, and what the kind is called.
type ids struct {
	noun engine.Text
	all  []string
}

func (x *ids) add(id string) { x.all = append(x.all, id) }

// names are the ids of a scenario by what they stand for.
type names struct {
	parameters, roles, players, states, injects, responses, ways, prohibited, distractors, flags, objectives ids
}

func namesOf(s *engine.Scenario) *names {
	n := &names{
		parameters: ids{noun: engine.Both("tham số", "parameter")},
		roles:      ids{noun: engine.Both("vai", "role")},
		players:    ids{noun: engine.Both("vai người tham gia", "player's role")},
		states:     ids{noun: engine.Both("trạng thái", "state")},
		injects:    ids{noun: engine.Both("tình huống", "inject")},
		responses:  ids{noun: engine.Both("hành động cần đạt", "response")},
		prohibited: ids{noun: engine.Both("hành động cấm", "prohibited action")},
		flags:      ids{noun: engine.Both("cờ", "flag")},
	}
	for _, x := range s.Parameters {
		n.parameters.add(x.ID)
	}
	for _, x := range s.Objectives {
		n.objectives.add(x.ID)
	}
	for _, x := range s.Roles {
		n.roles.add(x.ID)
		if !x.Simulated {
			n.players.add(x.ID)
		}
	}
	for _, x := range s.Situations() {
		n.states.add(x.ID)
	}
	for i := range s.Injects {
		n.inject(&s.Injects[i])
	}
	for _, x := range s.Prohibited {
		n.prohibited.add(x.ID)
	}
	for _, x := range s.Distractors {
		n.distractors.add(x.ID)
	}
	for _, x := range s.Flags {
		n.flags.add(x.ID)
	}
	return n
}

// inject adds an inject with what it expects.
func (n *names) inject(in *engine.Inject) {
	n.injects.add(in.ID)
	for i := range in.Expects {
		n.responses.add(in.Expects[i].ID)
		for _, w := range in.Expects[i].Ways {
			n.ways.add(w.ID)
		}
	}
}

// has reports whether an id stands for anything.
func (n *names) has(id string) bool {
	for _, x := range []ids{n.acts(), n.parameters, n.roles, n.states, n.injects, n.flags, n.objectives} {
		if slices.Contains(x.all, id) {
			return true
		}
	}
	return false
}

// acts are the ids done() takes.
func (n *names) acts() ids {
	return ids{engine.Both("hành động", "act"), slices.Concat(n.responses.all, n.ways.all, n.prohibited.all, n.distractors.all)}
}

// omittable are the ids that name a response.
func (n *names) omittable() ids {
	return ids{n.responses.noun, slices.Concat(n.responses.all, n.ways.all)}
}
