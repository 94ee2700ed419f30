package graph

import (
	"cmp"
	"math"
	"slices"

	"saban/engine"
)

const (
	tipLength = 7
	inside    = 9 // between the side of a box and its text
)

// place gives every box its place, below y, and every trunk its own. What room
// a sheet has left goes between the boxes.
func (m *machine) place(y float64) {
	high, gaps := 0.0, float64(len(m.spine)-1)
	for _, b := range m.boxes {
		m.fit(b)
		if !b.side {
			high += b.H
		}
	}
	for m.height > 0 && m.gap < m.loose && y+high+gaps*(m.gap+m.grid) <= m.floor(0) {
		m.gap += m.grid
	}
	at := y
	for _, b := range m.spine {
		b.Y = m.clear(at, b.H)
		at = b.Bottom() + m.gap
	}
	open := m.near()
	orders := [][]*box{open}
	if len(open) <= 5 {
		orders = permutations(open)
	}
	best, least := 0, math.MaxInt
	for i, order := range orders {
		if cost := m.arrange(order, y); cost < least {
			best, least = i, cost
		}
	}
	m.arrange(orders[best], y)
}

// across sets how wide everything is: the corridors first, the boxes share
// what is left.
func (m *machine) across() {
	lefts := m.corridorWidth(outerLeft, m.zone(outerLeft, left), 2)
	spineZone, besideZone := m.zone(middle, right), m.zone(middle, left)
	middles := m.corridorWidth(middle, spineZone, besideZone)
	if len(m.beside) > 0 && middles == 0 {
		middles = m.gap
	}
	rights := m.corridorWidth(outerRight, m.zone(outerRight, right), 2)
	free, columns := m.width-2*m.margin-lefts-middles-rights, 1.0
	if len(m.beside) > 0 {
		columns = 2
	}
	w := min(max(down(free/columns), m.narrow), m.wide)
	used := lefts + middles + rights + columns*w
	m.width = max(m.width, used+2*m.margin)
	x := m.margin + lefts + max(0, down((m.width-2*m.margin-used)/2))
	for _, b := range m.boxes {
		b.X, b.W = x, w
		if b.side {
			b.X = x + w + middles
		}
	}
}

// zone is how much room the labels of arrows need beside the boxes that they
// leave, or the tips of those that enter.
func (m *machine) zone(c corridor, e edge) float64 {
	z := 0.0
	for _, t := range m.each(c) {
		if c.edge(t.to) == e {
			z = max(z, tipLength+6)
		}
		for _, a := range t.arrows {
			if c.edge(a.from) == e {
				z = max(z, m.badgeWidth(a.label)+8)
			}
		}
	}
	return z
}

func (m *machine) corridorWidth(c corridor, near, far float64) float64 {
	n := len(m.each(c))
	if n == 0 {
		return 0
	}
	return max(near, 4) + float64(n-1)*m.lane + max(far, 4)
}

func (m *machine) badgeWidth(label string) float64 { return width(label, m.small, true) + 4 }

// badgeHeight is less than the distance of two arrows.
func (m *machine) badgeHeight() float64 { return m.small + 2.5 }

// fit sets the texts of a box and makes it high enough for them and for its
// arrows.
func (m *machine) fit(b *box) {
	room := b.W - 2*inside
	var texts []Line
	if b.state.Kind != engine.Normal {
		for _, s := range fill(b.state.Kind.Title().In(m.lang), m.small, true, room) {
			texts = append(texts, Line{Text: s, Size: m.small, Bold: true})
		}
	}
	for _, s := range fill(title(b.state, m.lang), m.title, false, room) {
		texts = append(texts, Line{Text: s, Size: m.title})
	}
	b.lines = texts
	b.stops = m.stops(b)
	high := 9.0
	for _, l := range texts {
		high += leading(l.Size)
	}
	if rows := stopRows(b.stops); rows > 0 {
		high += 2 + float64(rows)*m.stopHeight()
	}
	ports := max(len(b.ports[left]), len(b.ports[right]))
	b.H = math.Ceil(max(high, float64(ports)*2*m.grid)/(2*m.grid)) * 2 * m.grid
}

// clear moves what would lie over the end of a sheet to the top of the next.
func (m *machine) clear(y, h float64) float64 {
	if m.height == 0 {
		return y
	}
	sheet := math.Floor(y / m.height)
	if y+h <= m.floor(sheet) {
		return y
	}
	return y + math.Ceil((m.ceiling(sheet+1)-y)/m.grid)*m.grid
}

// near puts the boxes beside the spine into the order of those they are joined
// to.
func (m *machine) near() []*box {
	var open []*box
	for _, b := range m.beside {
		if !b.state.Kind.Final() {
			open = append(open, b)
		}
	}
	slices.SortStableFunc(open, func(a, b *box) int { return cmp.Compare(m.wish(a), m.wish(b)) })
	return open
}

// wish is how far down a box beside the spine would be best: in the middle of
// those it is joined to.
func (m *machine) wish(b *box) float64 {
	sum, n := 0.0, 0.0
	for _, a := range m.arrows {
		if a.from == b && !a.to.side {
			sum, n = sum+a.to.Y+a.to.H/2, n+1
		}
		if a.to == b && !a.from.side {
			sum, n = sum+a.from.Y+a.from.H/2, n+1
		}
	}
	return sum/max(n, 1) - b.H/2
}

// permutations of a few boxes, the given order first.
func permutations(boxes []*box) [][]*box {
	if len(boxes) == 0 {
		return [][]*box{nil}
	}
	var all [][]*box
	for i, b := range boxes {
		rest := slices.Concat(boxes[:i], boxes[i+1:])
		for _, tail := range permutations(rest) {
			all = append(all, slices.Concat([]*box{b}, tail))
		}
	}
	return all
}

// arrange sets the boxes beside the spine in an order, those where it ends
// badly last, routes the arrows, and says how tangled they are.
func (m *machine) arrange(open []*box, y float64) int {
	order := slices.Clone(open)
	for _, b := range m.beside {
		if b.state.Kind.Final() {
			order = append(order, b)
		}
	}
	m.stack(order, y)
	m.sortPorts()
	return m.untangle()
}

// stack places boxes below each other, each as near as may be to where it
// would be best: boxes in each other's way share the sum of their wishes.
func (m *machine) stack(order []*box, y float64) {
	type heap struct{ sum, n float64 } // of wishes for where the first of all would be
	var heaps []heap
	var members []int
	offset := 0.0
	for _, b := range order {
		heaps, members = append(heaps, heap{m.wish(b) - offset, 1}), append(members, 1)
		for k := len(heaps) - 1; k > 0 && heaps[k-1].sum/heaps[k-1].n > heaps[k].sum/heaps[k].n; k-- {
			heaps[k-1].sum, heaps[k-1].n = heaps[k-1].sum+heaps[k].sum, heaps[k-1].n+heaps[k].n
			members[k-1] += members[k]
			heaps, members = heaps[:k], members[:k]
		}
		offset += b.H + m.gap
	}
	end := m.spine[len(m.spine)-1].Bottom()
	floor := end - offset + m.gap // of the first, for the last to end with the spine
	i, offset, at := 0, 0.0, y+m.grid/2
	for k, h := range heaps {
		for range members[k] {
			b := order[i]
			best := max(y, min(h.sum/h.n, floor)) + offset
			b.Y = m.clear(max(at, y+m.grid/2+math.Floor((best-y)/m.grid)*m.grid), b.H)
			at = b.Bottom() + m.gap
			offset += b.H + m.gap
			i++
		}
	}
}
