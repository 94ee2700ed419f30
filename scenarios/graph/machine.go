package graph

import (
	"strconv"

	"saban/engine"
)

// machine is a picture in the making: boxes in two columns, the good way down
// the first, where things go wrong beside it.
type machine struct {
	measures
	lang   engine.Lang
	path   *Path
	boxes  []*box
	arrows []*arrow
	trunks []*trunk
	spine  []*box // from the top
	beside []*box
}

// box is a state and its place.
type box struct {
	Rect
	state *engine.State
	side  bool // not of the spine
	lines []Line
	stops []Stop
	ports map[edge][]*port
}

type edge int

const (
	left edge = iota
	right
	bottom
)

// port is where an arrow leaves a box, or where a trunk enters one.
type port struct {
	box   *box
	arrow *arrow // nil where trunk enters
	trunk *trunk
	far   float64 // how far down its other end is
	y     float64
}

// arrow is a transition, or a forced move.
type arrow struct {
	from, to *box
	number   int
	id       string
	label    string
	steps    []int
	exit     *port
	trunk    *trunk // nil: straight down
}

// corridor is where the vertical stretches of arrows lie.
type corridor int

const (
	straight corridor = iota
	outerLeft
	middle
	outerRight
)

// trunk is what the arrows into one box share.
type trunk struct {
	to       *box
	forced   bool
	corridor corridor
	arrows   []*arrow
	entry    *port
	x        float64
}

func newMachine(c *engine.Compiled, o Options) *machine {
	m := &machine{measures: o.Page.measures(), lang: o.Lang, path: o.Path}
	s := c.Scenario()
	situations := s.Situations()
	byID := map[string]*box{}
	for i := range situations {
		st := &situations[i]
		b := &box{state: st, side: st.Kind == engine.Escalated || st.Kind == engine.Failed, ports: map[edge][]*port{}}
		byID[st.ID] = b
		m.boxes = append(m.boxes, b)
	}
	m.spine, m.beside = m.column(false), m.column(true)
	for i := range s.Transitions {
		t := &s.Transitions[i]
		id := engine.TransitionID(t, i)
		m.arrows = append(m.arrows, &arrow{from: byID[t.From], to: byID[t.To], number: i + 1, id: id, label: strconv.Itoa(i + 1), steps: m.path.through(id)})
	}
	m.force(byID)
	for _, a := range m.arrows {
		m.join(a)
	}
	return m
}

// force adds an arrow for each way that a facilitator took and no transition
// led.
func (m *machine) force(byID map[string]*box) {
	for _, l := range m.path.leaps() {
		if from, to := byID[l.from], byID[l.to]; from != nil && to != nil {
			m.arrows = append(m.arrows, &arrow{from: from, to: to, label: forcedWord.In(m.lang), steps: l.steps})
		}
	}
}

var forcedWord = engine.Text{VI: "chuyển tay", EN: "forced"}

// column returns the boxes of one column in the order of the file: where the
// machine begins first, where it ends last.
func (m *machine) column(side bool) (boxes []*box) {
	for rank := range 3 {
		for _, b := range m.boxes {
			at := 1
			switch {
			case b.state.Kind == engine.Initial:
				at = 0
			case b.state.Kind.Final():
				at = 2
			}
			if b.side == side && at == rank {
				boxes = append(boxes, b)
			}
		}
	}
	return boxes
}

// join finds the way for an arrow: straight down to the next box, or along the
// trunk of the box it leads to.
func (m *machine) join(a *arrow) {
	way := m.way(a)
	a.exit = &port{box: a.from, arrow: a}
	if way == straight {
		a.from.ports[bottom] = append(a.from.ports[bottom], a.exit)
		return
	}
	out, in := way.edge(a.from), way.edge(a.to)
	a.from.ports[out] = append(a.from.ports[out], a.exit)
	for _, t := range m.trunks {
		if t.to == a.to && t.corridor == way && t.forced == (a.number == 0) {
			a.trunk = t
		}
	}
	if a.trunk == nil {
		a.trunk = &trunk{to: a.to, forced: a.number == 0, corridor: way, entry: &port{box: a.to}}
		a.trunk.entry.trunk = a.trunk
		a.to.ports[in] = append(a.to.ports[in], a.trunk.entry)
		m.trunks = append(m.trunks, a.trunk)
	}
	a.trunk.arrows = append(a.trunk.arrows, a)
}

// way is where an arrow goes. A forced move keeps away from the transitions,
// and more than three have no room side by side.
func (m *machine) way(a *arrow) corridor {
	switch {
	case !a.from.side && m.next(a.from) == a.to && a.number > 0 && len(a.from.ports[bottom]) < 3:
		return straight
	case a.from.side != a.to.side:
		return middle
	case !a.from.side && (m.sides || len(m.beside) == 0):
		return outerLeft
	case a.from.side && m.sides:
		return outerRight
	}
	return middle
}

// edge is the side of a box that faces a corridor.
func (c corridor) edge(b *box) edge {
	if c == outerRight || c == middle && !b.side {
		return right
	}
	return left
}

func (m *machine) next(b *box) *box {
	for i, s := range m.spine[:len(m.spine)-1] {
		if s == b {
			return m.spine[i+1]
		}
	}
	return nil
}

// each returns the trunks of a corridor, from left to right.
func (m *machine) each(c corridor) (trunks []*trunk) {
	for _, t := range m.trunks {
		if t.corridor == c {
			trunks = append(trunks, t)
		}
	}
	return trunks
}

// fate of a state or an arrow.
func (m *machine) fate(steps []int) Fate {
	switch {
	case m.path == nil:
		return Plain
	case len(steps) > 0:
		return Taken
	}
	return Pale
}
