package scenarios

import "saban/engine"

// reach reports states nobody comes to, states nobody gets out of, and states
// from which no contained state can be reached. Forced moves do not count.
func (f *File) reach() {
	s := f.Scenario
	next, before := map[string][]string{}, map[string][]string{}
	for _, t := range s.Transitions {
		next[t.From] = append(next[t.From], t.To)
		before[t.To] = append(before[t.To], t.From)
	}
	var initial, contained, stuck []string
	for _, st := range s.States {
		switch {
		case st.Kind == engine.Initial:
			initial = append(initial, st.ID)
		case st.Kind == engine.Contained:
			contained = append(contained, st.ID)
		}
		if !st.Kind.Final() && len(next[st.ID]) == 0 {
			stuck = append(stuck, st.ID)
		}
	}
	reached, wins, sticks := spread(initial, next), spread(contained, before), spread(stuck, before)
	if len(contained) == 0 {
		f.r.fault("states", NoContained, engine.Both("không có trạng thái nào là đã kiểm soát", "no state is a contained one"),
			engine.Both("đặt kind: contained cho kết cục tốt", "give the good ending kind: contained"))
	}
	for i, st := range s.States {
		path := index("states", i)
		switch {
		case !reached[st.ID]:
			f.r.fault(path, Unreachable, engine.Both("không đường chuyển nào dẫn tới %s", "no transition leads to %s", st.ID),
				engine.Both("thêm đường chuyển tới đó, hoặc bỏ trạng thái", "add a transition to it, or take the state out"))
		case st.Kind.Final():
		case len(next[st.ID]) == 0:
			f.r.fault(path, NoExit, engine.Both("không có đường ra khỏi %s", "there is no way out of %s", st.ID),
				engine.Both("thêm đường chuyển, hoặc đặt kind: contained hay failed", "add a transition, or make it kind: contained or failed"))
		case !wins[st.ID] && !sticks[st.ID] && len(contained) > 0:
			f.r.fault(path, DeadEnd, engine.Both("từ %s không tới được trạng thái đã kiểm soát nào", "no contained state can be reached from %s", st.ID),
				engine.Both("thêm đường phục hồi", "add a way to recover"))
		}
	}
}

// spread returns all that can be reached from some states, themselves among
// them.
func spread(from []string, next map[string][]string) map[string]bool {
	seen := map[string]bool{}
	for open := from; len(open) > 0; {
		id := open[len(open)-1]
		open = open[:len(open)-1]
		if !seen[id] {
			seen[id] = true
			open = append(open, next[id]...)
		}
	}
	return seen
}
