package figure

import (
	"slices"
	"strings"

	"saban/engine"
	"saban/scoring"
)

// Machine draws the states of a scenario as a strip, the good way from left to
// right and what goes wrong below it, and on it the way a drill has taken. What
// lies ahead is pale; a state that was forced is drawn with a double line.
func Machine(sc *engine.Scenario, path []scoring.Step, lang engine.Lang, width float64) *Figure {
	m := machine{sc: sc, path: path, lang: lang, fig: &Figure{W: width}, at: map[string]int{}}
	m.place()
	m.arrows()
	for i := range m.boxes {
		m.box(&m.boxes[i])
	}
	m.words()
	return m.fig
}

type machine struct {
	sc    *engine.Scenario
	path  []scoring.Step
	lang  engine.Lang
	fig   *Figure
	boxes []box
	at    map[string]int // state id → box
}

type box struct {
	state      *engine.State
	x, y, w, h float64
	row        int
	visits     []engine.Millis
	forced     bool
	now        bool
}

const (
	boxH    = 72.0
	rowGap  = 36.0
	leastW  = 78.0
	mostW   = 124.0
	between = 15.0
	edge    = 6.0 // room for the halo of the present state
)

// place puts the good way into the first row and troubles into the second,
// each below where it is entered from.
func (m *machine) place() {
	var first, second []int
	for i := range m.sc.States {
		s := &m.sc.States[i]
		m.at[s.ID] = len(m.boxes)
		b := box{state: s, h: boxH}
		if s.Kind == engine.Escalated || s.Kind == engine.Failed {
			b.row = 1
			second = append(second, i)
		} else {
			first = append(first, i)
		}
		m.boxes = append(m.boxes, b)
	}
	n := float64(max(len(first), len(second), 1))
	w := min(max((m.fig.W-between*(n-1)-2*edge)/n, leastW), mostW)
	m.spread(first, w, nil)
	m.spread(second, w, m.entered())
	m.fig.H = 10 + boxH + 10
	if len(second) > 0 {
		m.fig.H += rowGap + boxH
	}
	for i := range m.path {
		if b, ok := m.at[m.path[i].State]; ok {
			m.boxes[b].visits = append(m.boxes[b].visits, m.path[i].AtMS)
			m.boxes[b].now = i == len(m.path)-1
			m.boxes[b].forced = m.boxes[b].forced || m.path[i].Forced
		}
	}
}

// entered gives, by box, the middle of the boxes it is entered from.
func (m *machine) entered() map[int]float64 {
	out := map[int]float64{}
	for b := range m.boxes {
		sum, n := 0.0, 0
		for i := range m.sc.Transitions {
			t := &m.sc.Transitions[i]
			if from := m.at[t.From]; t.To == m.boxes[b].state.ID && m.boxes[from].row == 0 {
				sum += m.boxes[from].x + m.boxes[from].w/2
				n++
			}
		}
		if n > 0 {
			out[b] = sum / float64(n)
		} else {
			out[b] = m.fig.W
		}
	}
	return out
}

// spread places boxes of a row evenly, or near where they want to be.
func (m *machine) spread(list []int, w float64, want map[int]float64) {
	if len(list) == 0 {
		return
	}
	if want != nil {
		slices.SortStableFunc(list, func(a, b int) int { return sgn(want[a] - want[b]) })
	}
	room := m.fig.W - 2*edge - w*float64(len(list))
	gap := between
	if len(list) > 1 {
		gap = min(room/float64(len(list)-1), 2*between)
	}
	left := edge + max((room-gap*float64(len(list)-1))/2, 0)
	x := left
	for n, i := range list {
		b := &m.boxes[i]
		b.w, b.y = w, 10+float64(b.row)*(boxH+rowGap)
		b.x = x
		if want != nil {
			rest := float64(len(list) - n - 1)
			b.x = min(max(want[i]-w/2, x), m.fig.W-edge-w-rest*(w+10))
			x = b.x + w + 10
			continue
		}
		x += w + gap
	}
}

func sgn(x float64) int { return int(sign(x)) }

// arrows draws the moves that were made, and pale ones out of the present
// state.
func (m *machine) arrows() {
	done := map[[2]int]bool{}
	for i := 1; i < len(m.path); i++ {
		a, ok1 := m.at[m.path[i-1].State]
		b, ok2 := m.at[m.path[i].State]
		if !ok1 || !ok2 || done[[2]int{a, b}] {
			continue
		}
		done[[2]int{a, b}] = true
		m.fig.add(Shape{Kind: Arrow, Points: m.way(a, b), Stroke: Ink, Width: 2.2, Dashed: m.path[i].Forced})
	}
	if len(m.path) == 0 {
		return
	}
	now, ok := m.at[m.path[len(m.path)-1].State]
	for i := range m.sc.Transitions {
		t := &m.sc.Transitions[i]
		to := m.at[t.To]
		if !ok || m.at[t.From] != now || done[[2]int{now, to}] {
			continue
		}
		done[[2]int{now, to}] = true
		m.fig.add(Shape{Kind: Arrow, Points: m.way(now, to), Stroke: Control, Width: 1.2, Dashed: true})
	}
}

// way leads from one box to another without crossing a third: straight to the
// neighbour, else over the lane between the rows or above the first.
func (m *machine) way(from, to int) [][2]float64 {
	a, b := &m.boxes[from], &m.boxes[to]
	mid := a.y + a.h/2
	right := b.x > a.x
	if a.row == b.row && m.neighbours(a, b) {
		if right {
			return [][2]float64{{a.x + a.w, mid}, {b.x - 1, mid}}
		}
		return [][2]float64{{a.x, mid}, {b.x + b.w + 1, mid}}
	}
	shift := float64(from%5-2) * 7
	ax, bx := a.x+a.w/2+shift, b.x+b.w/2+shift-6
	lane := 10 + boxH + rowGap/2 + float64((from*3+to)%5-2)*5
	if a.row == 0 && b.row == 0 {
		return [][2]float64{{ax, a.y + a.h}, {ax, lane}, {bx, lane}, {bx, b.y + b.h + 1}}
	}
	if a.row == 1 && b.row == 1 {
		return [][2]float64{{ax, a.y}, {ax, lane}, {bx, lane}, {bx, b.y - 1}}
	}
	if a.row == 0 {
		return [][2]float64{{ax, a.y + a.h}, {ax, lane}, {bx, lane}, {bx, b.y - 1}}
	}
	return [][2]float64{{ax, a.y}, {ax, lane}, {bx, lane}, {bx, b.y + b.h + 1}}
}

// neighbours reports whether no box of the row stands between two.
func (m *machine) neighbours(a, b *box) bool {
	lo, hi := min(a.x, b.x), max(a.x, b.x)
	return !slices.ContainsFunc(m.boxes, func(o box) bool { return o.row == a.row && o.x > lo+0.1 && o.x < hi-0.1 })
}

func (m *machine) box(b *box) {
	fill, stroke, ink, width, dashed := Surface, Control, Ink3, 1.1, true
	switch {
	case b.now:
		fill, stroke, ink, width, dashed = Accent, Accent, On, 1.6, false
		m.fig.add(Shape{Kind: Rect, X: b.x - 4, Y: b.y - 4, X2: b.x + b.w + 4, Y2: b.y + b.h + 4, Stroke: Accent, Width: 2, Round: 12, Class: "halo"})
	case len(b.visits) > 0:
		stroke, ink, width, dashed = Ink, Ink, 1.6, false
	}
	round := 9.0
	if b.state.Kind == engine.Escalated || b.state.Kind == engine.Failed {
		round = 1
	}
	m.fig.add(Shape{Kind: Rect, X: b.x, Y: b.y, X2: b.x + b.w, Y2: b.y + b.h, Fill: fill, Stroke: stroke, Width: width, Dashed: dashed, Round: round})
	if b.forced {
		m.fig.add(Shape{Kind: Rect, X: b.x + 3, Y: b.y + 3, X2: b.x + b.w - 3, Y2: b.y + b.h - 3, Stroke: ink, Width: 0.8, Round: round})
	}
	m.fig.add(Shape{Kind: Text, X: b.x + 7, Y: b.y + 14, Text: m.sign(b.state.Kind), Size: 10, Fill: ink, Anchor: Start})
	if n := len(b.visits); n > 0 {
		m.fig.add(Shape{Kind: Text, X: b.x + b.w - 7, Y: b.y + 14, Text: b.visits[n-1].Clock(), Size: 10, Fill: ink, Anchor: End})
	}
	for i, line := range fold(b.state.Title.In(m.lang), 10.5, len(b.visits) > 0, b.w-12, 4) {
		m.fig.add(Shape{Kind: Text, X: b.x + 7, Y: b.y + 27.5 + 12.5*float64(i), Text: line, Size: 10.5, Bold: len(b.visits) > 0, Fill: ink, Anchor: Start})
	}
}

// sign is a mark for what a state means; the shape of its box says it too.
func (m *machine) sign(k engine.StateKind) string {
	switch k {
	case engine.Escalated:
		return "▲"
	case engine.Failed:
		return "×"
	case engine.Contained:
		return "●"
	case engine.Initial:
		return "○"
	}
	return ""
}

// words names the picture by the way that was taken.
func (m *machine) words() {
	var way []string
	for i := range m.path {
		title := m.path[i].State
		if b, ok := m.at[title]; ok {
			title = m.boxes[b].state.Title.In(m.lang)
		}
		step := title + " " + m.path[i].AtMS.Clock()
		if m.path[i].Forced {
			step += engine.Both(" (chuyển tay)", " (forced)").In(m.lang)
		}
		way = append(way, step)
		m.fig.Table.Rows = append(m.fig.Table.Rows, []string{m.path[i].AtMS.Clock(), title})
	}
	m.fig.Table.Head = []string{engine.Both("Từ lúc", "From").In(m.lang), engine.Both("Trạng thái", "State").In(m.lang)}
	m.fig.Name = engine.Both("Diễn biến qua các trạng thái: ", "The way through the states: ").In(m.lang) + strings.Join(way, " → ")
	m.fig.Caption = engine.Both("○ đầu, ● kiểm soát được, ▲ xấu đi, × thất bại. Ô đậm: đã qua; ô xanh: hiện tại; nét đôi: chuyển tay.",
		"○ start, ● contained, ▲ worse, × failed. Dark boxes: passed; blue: present; double line: forced.").In(m.lang)
}
