package scenarios

import (
	"slices"

	"saban/engine"
)

// mild reports normal states that only trouble leads to: something not done in
// time, or an act that adds danger. Ways from one trouble into another say
// nothing on their own: a way back is one of them.
func (f *File) mild(c *engine.Compiled) {
	s := f.Scenario
	ways, bad := map[string]int{}, map[string]int{}
	for i := range s.Transitions {
		t := &s.Transitions[i]
		if s.State(t.From).Kind == engine.Escalated {
			continue
		}
		ways[t.To]++
		if trouble(s, c.TransitionGuard(i).Tree) {
			bad[t.To]++
		}
	}
	for i := range s.States {
		if st := &s.States[i]; st.Kind == engine.Normal && ways[st.ID] > 0 && bad[st.ID] == ways[st.ID] {
			f.r.warn(index("states", i), MildTrouble, engine.Both("chỉ việc bỏ sót hoặc hành động cấm mới dẫn tới %s, mà đây là trạng thái thường", "only trouble leads to %s, and it is a normal state", st.ID),
				engine.Both("đặt kind: escalated, hoặc failed nếu là kết cục xấu", "make it kind: escalated, or failed if it is a bad ending"))
		}
	}
}

// trouble reports whether a condition holds only once something went wrong.
func trouble(s *engine.Scenario, n *engine.GuardNode) bool {
	is := func(kid *engine.GuardNode) bool { return trouble(s, kid) }
	switch n.Op {
	case engine.Or:
		return !slices.ContainsFunc(n.Kids, func(kid *engine.GuardNode) bool { return !is(kid) })
	case engine.And:
		overdue := slices.ContainsFunc(n.Kids, func(kid *engine.GuardNode) bool { return kid.Op == engine.Atom && kid.Fact.Timed() }) &&
			slices.ContainsFunc(n.Kids, notDone)
		return overdue || slices.ContainsFunc(n.Kids, is)
	case engine.Not:
		return false
	}
	switch n.Fact {
	case engine.FactMissed, engine.FactLate, engine.FactProhibited:
		return true
	case engine.FactDone, engine.FactSince:
		return s.FindProhibited(n.ID) != nil
	}
	return false
}

func notDone(n *engine.GuardNode) bool {
	return n.Op == engine.Not && n.Kids[0].Op == engine.Atom && n.Kids[0].Fact == engine.FactDone
}
