package graph

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"saban/engine"
)

// caption says what the picture is.
func caption(s *engine.Scenario, o Options) string {
	name := plain(title(&engine.State{ID: s.ID, Title: s.Title}, o.Lang))
	if o.Path != nil {
		return engine.Both("%s: đường đi của buổi diễn tập", "%s: the path of a drill", name).In(o.Lang)
	}
	return engine.Both("%s: sơ đồ trạng thái", "%s: state machine", name).In(o.Lang)
}

// head sets the name of the picture and what its shapes mean, and returns
// where the machine may begin.
func (m *machine) head(p *Picture, s *engine.Scenario) float64 {
	y, room := m.margin, m.width-2*m.margin
	if m.columns > 0 {
		for _, text := range fill(title(&engine.State{ID: s.ID, Title: s.Title}, m.lang), m.name, true, room) {
			l := m.line(Line{Text: text, Size: m.name, Bold: true}, m.margin, y)
			p.Lines, y = append(p.Lines, l), l.Box.Bottom()
		}
		for _, text := range fill(m.counted(s), m.small, false, room) {
			l := m.line(Line{Text: text, Size: m.small, Ink: Quiet}, m.margin, y)
			p.Lines, y = append(p.Lines, l), l.Box.Bottom()
		}
		y += 6
	}
	return m.legend(p, s, y) + m.small
}

func (m *machine) counted(s *engine.Scenario) string {
	text := engine.Both("%d trạng thái, %d đường chuyển · kịch bản %s", "%d states, %d transitions · scenario %s",
		len(s.Situations()), len(s.Transitions), s.ID).In(m.lang)
	if m.path == nil {
		return engine.Text{VI: "Sơ đồ trạng thái: ", EN: "State machine: "}.In(m.lang) + text
	}
	text = engine.Text{VI: "Đường đi của buổi diễn tập: ", EN: "Path of a drill: "}.In(m.lang) + text
	text += engine.Both(" · %d chặng", " · %d steps", len(m.path.Steps)).In(m.lang)
	if m.path.Over {
		text += engine.Both(", hết lúc %s", ", ended at %s", m.path.End.Clock()).In(m.lang)
	}
	return text
}

// legend sets the samples in rows.
func (m *machine) legend(p *Picture, s *engine.Scenario, y float64) float64 {
	x, high := m.margin, leading(m.small)+3
	for _, one := range m.samples(s) {
		mark := one.Box
		text := width(one.Line.Text, m.small, false)
		if x > m.margin && x+mark.W+5+text > m.width-m.margin {
			x, y = m.margin, y+high
		}
		one.Box = Rect{x, y + (high-mark.H)/2, mark.W, mark.H}
		one.Line = m.line(Line{Text: one.Line.Text, Size: m.small}, x+mark.W+5, y+1.5)
		p.Samples = append(p.Samples, one)
		x = one.Line.Box.Right() + 12
	}
	return y + high
}

// samples are what this picture needs explained.
func (m *machine) samples(s *engine.Scenario) (out []Sample) {
	add := func(mark Mark, kind engine.StateKind, wide float64, text engine.Text) {
		out = append(out, Sample{Mark: mark, Kind: kind, Box: Rect{W: wide, H: m.badgeHeight()}, Line: Line{Text: text.In(m.lang)}})
	}
	for _, kind := range []engine.StateKind{engine.Initial, engine.Normal, engine.Escalated, engine.Contained, engine.Failed} {
		if slices.ContainsFunc(s.Situations(), func(st engine.State) bool { return st.Kind == kind }) {
			add(MarkState, kind, 22, kind.Title())
		}
	}
	if len(s.Transitions) > 0 {
		text := engine.Text{VI: "đường chuyển, theo số", EN: "transition, by number"}
		if m.columns > 0 {
			text = engine.Text{VI: "đường chuyển, xem danh sách", EN: "transition, see the list"}
		}
		add(MarkNumber, "", m.badgeWidth("1"), text)
	}
	if m.path == nil {
		return out
	}
	add(MarkStep, "", m.small+3, engine.Text{VI: "thứ tự, giờ diễn tập", EN: "order, exercise time"})
	add(MarkTaken, "", 22, engine.Text{VI: "đã đi", EN: "taken"})
	if slices.ContainsFunc(m.arrows, func(a *arrow) bool { return a.number == 0 }) {
		add(MarkForced, "", 26, forcedWord)
	}
	if slices.ContainsFunc(m.boxes, func(b *box) bool { return len(m.path.visits(b.state.ID)) == 0 }) {
		add(MarkPale, "", 22, engine.Text{VI: "chưa tới", EN: "never entered"})
	}
	return out
}

var marking = engine.Text{VI: "TÀI LIỆU DIỄN TẬP – LƯU HÀNH NỘI BỘ", EN: "EXERCISE DOCUMENT – FOR INTERNAL USE"}

// feet sets the marking and the number of each sheet, and the picture's name
// over further ones. Where the machine goes on from sheet to sheet they give
// way to its arrows.
func (m *machine) feet(p *Picture) {
	quiet := func(text string, y float64, places ...float64) {
		for _, x := range places {
			l := m.line(Line{Text: text, Size: m.small, Ink: Quiet}, x, y)
			taken := slices.ContainsFunc(p.Lines, func(o Line) bool { return o.Box.Overlaps(l.Box) })
			if x > 0 && l.Box.Right() <= m.width-m.margin && !taken && !p.passes(l.Box) {
				p.Lines = append(p.Lines, l)
				return
			}
		}
	}
	beside := 0.0
	if len(m.beside) > 0 {
		beside = m.beside[0].X
	}
	name := fill(p.Title, m.small, false, m.width-2*m.margin)[0]
	for i := range p.Sheets {
		y := m.floor(float64(i)) + 3
		number := strconv.Itoa(i+1) + "/" + strconv.Itoa(p.Sheets)
		quiet(number, y, m.width-m.margin-width(number, m.small, false), m.margin)
		quiet(marking.In(m.lang), y, m.margin, beside)
		if i > 0 {
			quiet(name, float64(i)*m.height+m.margin, m.margin, beside)
		}
	}
}

// passes reports whether an arrow passes through a place.
func (p *Picture) passes(place Rect) bool {
	for i := range p.Arrows {
		points := p.Arrows[i].Points
		for k := 1; k < len(points); k++ {
			from, to := points[k-1], points[k]
			// half a unit to each side, so that a line has an extent
			r := Rect{min(from.X, to.X) - 0.5, min(from.Y, to.Y) - 0.5, math.Abs(from.X-to.X) + 1, math.Abs(from.Y-to.Y) + 1}
			if r.Overlaps(place) {
				return true
			}
		}
	}
	return false
}

// about says the picture in words: the states, the transitions in the order
// they are tried, and the path.
func about(c *engine.Compiled, o Options) string {
	s, say := c.Scenario(), func(vi, en string, args ...any) string { return engine.Both(vi, en, args...).In(o.Lang) }
	situations := s.Situations()
	text := say("Sơ đồ có %d trạng thái và %d đường chuyển. Trạng thái:", "A machine of %d states and %d transitions. States:", len(situations), len(s.Transitions))
	for i := range situations {
		text += fmt.Sprintf(" %s (%s);", title(&situations[i], o.Lang), situations[i].Kind.Title().In(o.Lang))
	}
	text = text[:len(text)-1] + "."
	if len(s.Transitions) > 0 {
		text += say(" Đường chuyển:", " Transitions:")
	}
	for i, e := range Edges(c) {
		text += say(" %d. Từ “%s” sang “%s” khi %s.", " %d. From “%s” to “%s” when %s.",
			i+1, title(s.State(e.From), o.Lang), title(s.State(e.To), o.Lang), e.Words.In(o.Lang))
	}
	if o.Path == nil {
		return plain(text)
	}
	text += say(" Đường đi của buổi diễn tập:", " Path of the drill:")
	for i := range o.Path.Steps {
		text += fmt.Sprintf(" %d. %s %s.", i+1, o.Path.Steps[i].At.Clock(), said(c, o, i))
	}
	if o.Path.Over {
		text += say(" Hết lúc %s.", " Ended at %s.", o.Path.End.Clock())
	}
	return plain(text)
}

// said is a step of the path in words.
func said(c *engine.Compiled, o Options, i int) string {
	step := &o.Path.Steps[i]
	name := step.State
	if st := c.Scenario().State(step.State); st != nil {
		name = title(st, o.Lang)
	}
	if step.Forced {
		return engine.Both("chuyển tay sang “%s”: %s", "forced to “%s”: %s", name, step.Reason).In(o.Lang)
	}
	for k := range c.Scenario().Transitions {
		if engine.TransitionID(&c.Scenario().Transitions[k], k) == step.Via {
			return engine.Both("“%s”, theo đường %d", "“%s”, by transition %d", name, k+1).In(o.Lang)
		}
	}
	return "“" + name + "”"
}
