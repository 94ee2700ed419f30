package graph

import (
	"cmp"
	"math"
	"slices"
)

// sortPorts puts the arrows at each side of a box in the order of where they
// come from or go to. untangle mends it.
func (m *machine) sortPorts() {
	for _, b := range m.boxes {
		for _, e := range []edge{left, right} {
			for _, p := range b.ports[e] {
				p.far = p.distance()
			}
			slices.SortStableFunc(b.ports[e], func(p, q *port) int { return cmp.Compare(p.far, q.far) })
			m.spread(b, e)
		}
	}
	slices.SortStableFunc(m.trunks, func(t, u *trunk) int { return cmp.Compare(u.to.Y, t.to.Y) })
	m.lanes()
}

func (p *port) distance() float64 {
	if p.arrow != nil {
		return p.arrow.to.Y + p.arrow.to.H/2
	}
	sum := 0.0
	for _, a := range p.trunk.arrows {
		sum += a.from.Y + a.from.H/2
	}
	return sum / float64(len(p.trunk.arrows))
}

// spread sets the ports of a side evenly about its middle. Those of the spine
// and those beside it are half a step apart, so that two level stretches never
// lie over each other.
func (m *machine) spread(b *box, e edge) {
	ports := b.ports[e]
	y := b.Y + b.H/2 - float64(len(ports)-1)*m.grid
	for i, p := range ports {
		p.y = y + float64(i)*2*m.grid
	}
}

// lanes sets the trunks of each corridor side by side in their order.
func (m *machine) lanes() {
	for _, c := range []corridor{outerLeft, middle, outerRight} {
		trunks := m.each(c)
		if len(trunks) == 0 {
			continue
		}
		x := 0.0
		switch c {
		case outerLeft:
			x = m.spine[0].X - max(m.zone(c, left), 4) - float64(len(trunks)-1)*m.lane
		case middle:
			x = m.spine[0].Right() + max(m.zone(c, right), 4)
		case outerRight:
			x = m.beside[0].Right() + max(m.zone(c, right), 4)
		}
		for i, t := range trunks {
			t.x = x + float64(i)*m.lane
		}
	}
}

// untangle tries to swap ports at a side and lanes in a corridor as long as
// that makes fewer arrows cross, or shorter ones. It returns what is left. A
// machine of hundreds of states is left as it is after some tries.
func (m *machine) untangle() int {
	const patience = 8_000_000 // steps of counting, a few hundredths of a second
	tries := patience / (1 + len(m.arrows)*len(m.trunks))
	least := m.tangle()
	for again := true; again && tries > 0; {
		again = false
		better := func(swap func()) {
			if tries--; tries < 0 {
				return
			}
			swap()
			if cost := m.tangle(); cost < least {
				least, again = cost, true
			} else {
				swap()
			}
		}
		for _, b := range m.boxes {
			for _, e := range []edge{left, right} {
				eachPair(len(b.ports[e]), func(i, j int) {
					better(func() {
						b.ports[e][i], b.ports[e][j] = b.ports[e][j], b.ports[e][i]
						m.spread(b, e)
					})
				})
			}
		}
		eachPair(len(m.trunks), func(i, j int) {
			if m.trunks[i].corridor == m.trunks[j].corridor {
				better(func() {
					m.trunks[i], m.trunks[j] = m.trunks[j], m.trunks[i]
					m.trunks[i].x, m.trunks[j].x = m.trunks[j].x, m.trunks[i].x
				})
			}
		})
	}
	return least
}

func eachPair(n int, do func(i, j int)) {
	for i := range n {
		for j := i + 1; j < n; j++ {
			do(i, j)
		}
	}
}

// tangle counts crossings, and then, far less, the length of all arrows.
func (m *machine) tangle() int {
	crossings, length := 0, 0.0
	for _, t := range m.trunks {
		top, end := t.span()
		length += end - top
		for _, a := range t.arrows {
			length += m.level(a.exit, t)
			crossings += m.crossings(a.exit, t)
		}
		length += m.level(t.entry, t)
		crossings += m.crossings(t.entry, t)
	}
	return crossings*10000 + int(length)
}

// span is from where to where a trunk goes.
func (t *trunk) span() (top, end float64) {
	top, end = t.entry.y, t.entry.y
	for _, a := range t.arrows {
		top, end = min(top, a.exit.y), max(end, a.exit.y)
	}
	return top, end
}

func (m *machine) level(p *port, t *trunk) float64 { return math.Abs(p.x(t) - t.x) }

// x is where a port is that leads to a trunk, or from it.
func (p *port) x(t *trunk) float64 {
	if t.corridor.edge(p.box) == right {
		return p.box.Right()
	}
	return p.box.X
}

// crossings counts the trunks that the level stretch of a port crosses.
func (m *machine) crossings(p *port, t *trunk) (n int) {
	from, to := min(p.x(t), t.x), max(p.x(t), t.x)
	for _, u := range m.trunks {
		if u != t && u.corridor == t.corridor && u.x > from && u.x < to {
			if top, end := u.span(); p.y > top && p.y < end {
				n++
			}
		}
	}
	return n
}

// points are the corners an arrow goes round.
func (m *machine) points(a *arrow) []Point {
	if a.trunk == nil {
		ports := a.from.ports[bottom]
		apart := down(a.from.W / float64(len(ports)+1))
		for _, p := range ports {
			apart = max(apart, m.badgeWidth(p.arrow.label)+3)
		}
		x := a.from.X + down(a.from.W/2+(float64(slices.Index(ports, a.exit))-float64(len(ports)-1)/2)*apart)
		return []Point{{x, a.from.Bottom()}, {x, a.to.Y}}
	}
	t := a.trunk
	return []Point{{a.exit.meet(t), a.exit.y}, {t.x, a.exit.y}, {t.x, t.entry.y}, {t.entry.meet(t), t.entry.y}}
}

// meet is where a level line meets the shape of a port's box.
func (p *port) meet(t *trunk) float64 {
	in := inset(&Node{Kind: p.box.state.Kind, Box: p.box.Rect}, p.y)
	if t.corridor.edge(p.box) == right {
		return p.box.Right() - in
	}
	return p.box.X + in
}

// inset is how far the shape of a node lies within its box at a height.
func inset(n *Node, y float64) float64 {
	fromEdge := min(y-n.Box.Y, n.Box.Bottom()-y)
	if x, high := cut(n.Kind, n.Box); x > 0 {
		return down(x * max(0, high-fromEdge) / high)
	}
	r := n.Round()
	if fromEdge >= r {
		return 0
	}
	return down(r - math.Sqrt(r*r-(r-fromEdge)*(r-fromEdge)))
}
