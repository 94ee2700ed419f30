package server

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"saban/engine"
)

// nameless lists who has come in without what they are called.
func (s *Server) nameless(ctx context.Context, drill string) ([]Guest, error) {
	records, err := s.Store.Records(ctx, guestKind(drill))
	if err != nil {
		return nil, err
	}
	out := make([]Guest, len(records))
	for i, r := range records {
		if err := json.Unmarshal(r.Value, &out[i]); err != nil {
			return nil, fmt.Errorf("guest %s: %w", r.ID, err)
		}
	}
	return out, nil
}

// place gives somebody the places asked for, before it is on disk: of many who
// come at once no more get in than there is room for. giveBack takes it back.
func (s *Server) place(ctx context.Context, r *room, g *Guest, want []string) (giveBack func(), err error) {
	plan, err := s.plan(ctx, r.id)
	if err != nil {
		return nil, err
	}
	r.door.Lock()
	defer r.door.Unlock()
	if err := s.readPlaces(ctx, r); err != nil {
		return nil, err
	}
	same := func(o Guest) bool { return o.Person == g.Person }
	var before *Guest
	if i := slices.IndexFunc(r.came, same); i >= 0 {
		before = new(r.came[i])
	}
	others := slices.DeleteFunc(slices.Clone(r.came), same)
	if g.Roles, err = s.takeRoles(r, plan, others, want); err != nil {
		return nil, err
	}
	r.came = append(others, *g)
	return func() { r.settle(g.Person, before) }, nil
}

// readPlaces reads once who has a place; door is held.
func (s *Server) readPlaces(ctx context.Context, r *room) (err error) {
	if r.came == nil {
		r.came, err = s.nameless(ctx, r.id)
	}
	return err
}

// settle has a person hold these places, or none.
func (r *room) settle(person string, g *Guest) {
	r.door.Lock()
	defer r.door.Unlock()
	r.came = slices.DeleteFunc(r.came, func(o Guest) bool { return o.Person == person })
	if g != nil {
		r.came = append(r.came, *g)
	}
}

// taken counts who has a place, by role.
func (s *Server) taken(ctx context.Context, r *room) (map[string]int, error) {
	r.door.Lock()
	defer r.door.Unlock()
	if err := s.readPlaces(ctx, r); err != nil {
		return nil, err
	}
	return byRole(r.came), nil
}

func byRole(guests []Guest) map[string]int {
	out := map[string]int{}
	for _, g := range guests {
		for _, role := range g.Roles {
			out[role]++
		}
	}
	return out
}

// takeRoles checks that the roles asked for are there and have room.
func (s *Server) takeRoles(r *room, plan Plan, others []Guest, want []string) ([]string, error) {
	var out []string
	taken := byRole(others)
	for _, id := range want {
		role := r.file.Scenario.Role(id)
		if role == nil || role.Simulated || slices.Contains(out, id) {
			continue
		}
		if taken[id] >= plan.places(id) {
			return nil, errFull
		}
		out = append(out, id)
	}
	switch {
	case len(out) == 0:
		return nil, &engine.Refusal{Code: engine.UnknownID, Why: engine.Both("chưa chọn vai nào", "no role is chosen"), Try: engine.Both("chọn ít nhất một vai", "choose at least one")}
	case len(others) >= mostGuests && len(plan.Places) == 0:
		return nil, errFull
	}
	return out, nil
}

// places is how many people may take a role.
func (p *Plan) places(role string) int {
	if n, ok := p.Places[role]; ok {
		return n
	}
	return defaultRoom
}

// called is what a person of a drill is called, "" when nobody has said.
func (s *Server) called(r *room, person string) string {
	r.naming.Lock()
	defer r.naming.Unlock()
	if r.names == nil {
		names, err := s.names(s.ctx, r.id)
		if err != nil {
			return "" // the drill goes on without names
		}
		r.names = names
	}
	return r.names[person]
}

// call has a person be called so from now on. It comes after the name was
// kept: whoever is reading all of them meanwhile gets this one too.
func (r *room) call(person, name string) {
	r.naming.Lock()
	defer r.naming.Unlock()
	if r.names != nil {
		r.names[person] = name
	}
}
