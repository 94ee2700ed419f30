package graph

import (
	"strconv"

	"saban/engine"
)

// block is a part of a list that stays together. Places in it are relative to
// its top left corner.
type block struct {
	lines  []Line
	badges []Badge
	rule   bool // a hairline above
	high   float64
	head   bool // stays with what follows
}

// write adds lines of text to a block, x from its left.
func (m *machine) write(b *block, l Line, x, room float64) {
	for _, text := range fill(l.Text, l.Size, l.Bold, room-x) {
		l.Text = text
		one := m.line(l, x, b.high)
		b.lines, b.high = append(b.lines, one), one.Box.Bottom()
	}
}

// sections are the lists of a picture, each line at most room wide: the path,
// the transitions, and the ids in their conditions.
func (m *machine) sections(c *engine.Compiled, room float64) (out [][]block) {
	if m.path != nil {
		out = append(out, m.steps(c, room))
	}
	if len(c.Scenario().Transitions) > 0 {
		out = append(out, m.transitions(c, room))
	}
	if ids := named(c); len(ids) > 0 {
		out = append(out, m.key(c.Scenario(), ids, room))
	}
	return out
}

// transitions say where each leads, why and when.
func (m *machine) transitions(c *engine.Compiled, room float64) []block {
	out := []block{m.heading(engine.Text{VI: "Đường chuyển", EN: "Transitions"}, engine.Text{
		VI: "Từ mỗi trạng thái, thử lần lượt theo số; đi theo đường đầu tiên đúng điều kiện.",
		EN: "From each state they are tried by number; the first whose condition is true is taken.",
	}, room)}
	edges, s := Edges(c), c.Scenario()
	indent := m.badgeWidth(strconv.Itoa(len(edges))) + 5
	for i, e := range edges {
		if i == 0 || edges[i-1].From != e.From {
			out = append(out, m.from(s.State(e.From), room))
		}
		out = append(out, m.entry(s.State(e.To), e, i+1, indent, room))
	}
	return out
}

func (m *machine) heading(name, how engine.Text, room float64) block {
	b := block{head: true, high: 4}
	m.write(&b, Line{Text: name.In(m.lang), Size: m.title + 2, Bold: true}, 0, room)
	if !how.Empty() {
		m.write(&b, Line{Text: how.In(m.lang), Size: m.small, Ink: Quiet}, 0, room)
	}
	b.high += 4
	return b
}

// from opens the transitions out of a state.
func (m *machine) from(st *engine.State, room float64) block {
	b := block{rule: true, head: true, high: 3}
	text := engine.Both("Từ: %s", "From: %s", title(st, m.lang)).In(m.lang)
	if st.AtLeast > 0 {
		text += " " + engine.Fill("(ở lại ít nhất %s)", "(stays at least %s)", st.AtLeast.Words()).In(m.lang)
	}
	m.write(&b, Line{Text: text, Size: m.small, Bold: true, Ink: Quiet}, 0, room)
	b.high += 2
	return b
}

// entry is a transition: where it leads, why, and when.
func (m *machine) entry(to *engine.State, e Edge, number int, indent, room float64) block {
	steps := m.path.through(e.ID)
	fate, label := m.fate(steps), strconv.Itoa(number)
	b := block{}
	m.write(&b, Line{Text: "→ " + title(to, m.lang), Size: m.small, Bold: true, Fate: fate}, indent, room)
	first := b.lines[0].Box
	b.badges = append(b.badges, m.tag(label, Rect{0, first.Y + down((first.H-m.badgeHeight())/2), m.badgeWidth(label), m.badgeHeight()}, fate, false))
	for _, n := range steps {
		text := engine.Both("đã đi: chặng %d, lúc %s", "taken: step %d, at %s", n, m.path.Steps[n-1].At.Clock()).In(m.lang)
		m.write(&b, Line{Text: text, Size: m.small, Bold: true, Fate: fate}, indent, room)
	}
	if why := e.Why.In(m.lang); why != "" {
		m.write(&b, Line{Text: why, Size: m.small, Fate: fate}, indent, room)
	}
	when := engine.Text{VI: "khi ", EN: "when "}.In(m.lang) + e.Words.In(m.lang)
	m.write(&b, Line{Text: when, Size: m.small, Ink: Quiet, Fate: fate}, indent, room)
	b.high += 4
	return b
}

// steps say step by step where the drill went.
func (m *machine) steps(c *engine.Compiled, room float64) []block {
	out := []block{m.heading(engine.Text{VI: "Đường đi của buổi diễn tập", EN: "Path of the drill"}, engine.Text{}, room)}
	o := Options{Lang: m.lang, Path: m.path}
	numbers := width(strconv.Itoa(len(m.path.Steps))+".", m.small, true) + 5
	for i := range m.path.Steps {
		b := block{}
		m.write(&b, Line{Text: strconv.Itoa(i+1) + ".", Size: m.small, Bold: true}, 0, room)
		b.high = 0
		m.write(&b, Line{Text: m.path.Steps[i].At.Clock() + "  " + said(c, o, i), Size: m.small}, numbers, room)
		b.high += 2
		out = append(out, b)
	}
	if len(m.path.Steps) == 0 {
		b := block{}
		m.write(&b, Line{Text: engine.Text{VI: "Buổi diễn tập chưa bắt đầu.", EN: "The drill has not begun."}.In(m.lang), Size: m.small}, 0, room)
		out = append(out, b)
	}
	if m.path.Over {
		b := block{}
		m.write(&b, Line{Text: engine.Both("Hết lúc %s.", "Ended at %s.", m.path.End.Clock()).In(m.lang), Size: m.small}, 0, room)
		b.high += 4
		out = append(out, b)
	}
	return out
}

// key says what the ids in the conditions stand for.
func (m *machine) key(s *engine.Scenario, ids []string, room float64) []block {
	out := []block{m.heading(engine.Text{VI: "Mã trong điều kiện", EN: "Ids in the conditions"}, engine.Text{}, room)}
	indent := 0.0
	for _, id := range ids {
		indent = max(indent, width(id, m.small, true)+6)
	}
	indent = min(indent, down(room/4))
	for _, id := range ids {
		b := block{}
		m.write(&b, Line{Text: id, Size: m.small, Bold: true}, 0, room)
		if b.lines[0].Box.W+4 <= indent && len(b.lines) == 1 {
			b.high = 0
		}
		m.write(&b, Line{Text: stands(s, id).In(m.lang), Size: m.small}, indent, room)
		b.high += 2
		out = append(out, b)
	}
	return out
}

// named are the ids that the guards of transitions name, in the order of the
// file.
func named(c *engine.Compiled) []string {
	seen := map[string]bool{}
	var walk func(n *engine.GuardNode)
	walk = func(n *engine.GuardNode) {
		if n.ID != "" {
			seen[n.ID] = true
		}
		for _, name := range []string{"limit", "target"} {
			if id, ok := call(n.Bound, name); ok {
				seen[id] = true
			}
		}
		for _, kid := range n.Kids {
			walk(kid)
		}
	}
	s := c.Scenario()
	for i := range s.Transitions {
		if g := c.TransitionGuard(i); g != nil && g.Tree != nil {
			walk(g.Tree)
		}
	}
	var ids []string
	for _, id := range all(s) {
		if seen[id] {
			ids = append(ids, id)
		}
	}
	return ids
}

// all ids that a guard may name, in the order of the file, injects before
// what they ask for.
func all(s *engine.Scenario) (ids []string) {
	for i := range s.Injects {
		ids = append(ids, s.Injects[i].ID)
	}
	for i := range s.Injects {
		for j := range s.Injects[i].Expects {
			r := &s.Injects[i].Expects[j]
			ids = append(ids, r.ID)
			for k := range r.Ways {
				ids = append(ids, r.Ways[k].ID)
			}
		}
	}
	for i := range s.Prohibited {
		ids = append(ids, s.Prohibited[i].ID)
	}
	for i := range s.Distractors {
		ids = append(ids, s.Distractors[i].ID)
	}
	for i := range s.Flags {
		ids = append(ids, s.Flags[i].ID)
	}
	for i := range s.Roles {
		ids = append(ids, s.Roles[i].ID)
	}
	return ids
}

// stands is what an id stands for.
func stands(s *engine.Scenario, id string) engine.Text {
	if in := s.FindInject(id); in != nil {
		if in.Title.Empty() {
			return in.Text
		}
		return in.Title
	}
	if _, r := s.FindResponse(id); r != nil {
		return r.Do
	}
	if _, way := s.FindWay(id); way != nil {
		return way.Do
	}
	if p := s.FindProhibited(id); p != nil {
		return p.Text
	}
	if d := s.FindDistractor(id); d != nil {
		return d.Text
	}
	for i := range s.Flags {
		if s.Flags[i].ID == id {
			return s.Flags[i].Text
		}
	}
	if r := s.Role(id); r != nil {
		return r.Title
	}
	return engine.Text{}
}
