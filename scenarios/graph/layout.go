package graph

import (
	"cmp"
	"slices"

	"saban/engine"
)

// Measures of a picture, in its own units: at 430 wide it fills a phone's
// screen one to one, and half a page of A4.
const (
	leftLanes  = 40  // left of the spine: ways back and ways that skip states
	spineWidth = 150 // the good way, top to bottom
	channel    = 104 // between the spine and the states at its side
	sideWidth  = 118 // where things go wrong
	rightLanes = 26  // from one of those to another
	drawnWidth = leftLanes + spineWidth + channel + sideWidth + rightLanes

	textSize  = 12.0
	lineStep  = 15.0
	portStep  = 15.0 // between two arrows on one side of a box
	betweenY  = 30.0 // below a box
	topMargin = 34.0
)

// side of a box that an arrow meets.
type side int

const (
	top side = iota
	bottom
	left
	right
)

// box is a state and its place.
type box struct {
	state      *engine.State
	lines      []string // title, wrapped
	label      string   // what kind it is, "" for a normal one
	x, y, w, h float64
	spine      bool
	ports      map[side][]*port
}

// port is where an arrow meets a box.
type port struct {
	other float64 // how far down the arrow comes from, to keep arrows from crossing
	x, y  float64
}

// arrow is all transitions from one state to another.
type arrow struct {
	from, to *box
	numbers  []int // of transitions, from 1, as in the legend
	out, in  *port
	fromSide side
	lane     float64 // x of the vertical stretch; 0 = straight down
}

// picture is the machine laid out.
type picture struct {
	boxes  []*box
	arrows []*arrow
	height float64
}

// lay places the states: those of the good way below each other in the order
// of the file, those where things go wrong beside them, failed ones last.
func lay(c *engine.Compiled, lang engine.Lang) *picture {
	p := &picture{}
	s := c.Scenario()
	situations := s.Situations()
	byID := map[string]*box{}
	for i := range situations {
		b := newBox(&situations[i], lang)
		byID[b.state.ID] = b
		p.boxes = append(p.boxes, b)
	}
	p.join(s, byID)
	y := topMargin
	for _, b := range p.ordered(true) {
		b.x, b.y = leftLanes, y
		y += b.h + betweenY
	}
	p.placeSide()
	p.height = y
	for _, b := range p.boxes {
		p.height = max(p.height, b.y+b.h+betweenY)
	}
	p.meet()
	p.route()
	return p
}

func newBox(st *engine.State, lang engine.Lang) *box {
	b := &box{state: st, w: sideWidth, ports: map[side][]*port{}}
	b.spine = st.Kind != engine.Escalated && st.Kind != engine.Failed
	if b.spine {
		b.w = spineWidth
	}
	b.lines = wrap(title(st, lang), int((b.w-24)/(textSize*0.52)))
	if st.Kind != engine.Normal {
		b.label = kindMark[st.Kind] + " " + st.Kind.Title().In(lang)
	}
	return b
}

// kindMark goes before the name of a kind, so that it is told by more than
// colour and shape.
var kindMark = map[engine.StateKind]string{engine.Initial: "○", engine.Escalated: "▲", engine.Contained: "●", engine.Failed: "■"}

// join makes one arrow of all transitions between the same two states, and
// gives each box the height its arrows need.
func (p *picture) join(s *engine.Scenario, byID map[string]*box) {
	for i := range s.Transitions {
		from, to := byID[s.Transitions[i].From], byID[s.Transitions[i].To]
		at := slices.IndexFunc(p.arrows, func(a *arrow) bool { return a.from == from && a.to == to })
		if at < 0 {
			at = len(p.arrows)
			p.arrows = append(p.arrows, &arrow{from: from, to: to, out: &port{}, in: &port{}})
		}
		p.arrows[at].numbers = append(p.arrows[at].numbers, i+1)
	}
	for _, a := range p.arrows {
		a.fromSide = p.attach(a)
	}
	for _, b := range p.boxes {
		lines := float64(len(b.lines))
		if b.label != "" {
			lines++
		}
		b.h = max(lines*lineStep+16, portStep*float64(max(len(b.ports[left]), len(b.ports[right]))+1))
	}
}

// attach chooses the sides an arrow leaves and enters by.
func (p *picture) attach(a *arrow) side {
	out, in := right, left
	switch {
	case a.from.spine && a.to.spine && p.next(a.from) == a.to:
		out, in = bottom, top
	case a.from.spine && a.to.spine:
		out, in = left, left
	case !a.from.spine && a.to.spine:
		out, in = left, right
	case !a.from.spine:
		out, in = right, right
	}
	a.from.ports[out] = append(a.from.ports[out], a.out)
	a.to.ports[in] = append(a.to.ports[in], a.in)
	return out
}

// ordered returns the boxes of the spine, or those beside it, from the top:
// in file order, the end of the good way last.
func (p *picture) ordered(spine bool) []*box {
	var out []*box
	for _, b := range p.boxes {
		if b.spine == spine {
			out = append(out, b)
		}
	}
	slices.SortStableFunc(out, func(a, b *box) int { return cmp.Compare(rank(a), rank(b)) })
	return out
}

func rank(b *box) int {
	switch {
	case b.state.Kind == engine.Initial:
		return -1
	case b.state.Kind.Final():
		return 1
	}
	return 0
}

func (p *picture) next(b *box) *box {
	spine := p.ordered(true)
	if i := slices.Index(spine, b); i >= 0 && i+1 < len(spine) {
		return spine[i+1]
	}
	return nil
}

// placeSide puts the other states beside those they are joined to, none over
// another.
func (p *picture) placeSide() {
	boxes := p.ordered(false)
	want := map[*box]float64{}
	for _, b := range boxes {
		sum, n := 0.0, 0.0
		for _, a := range p.arrows {
			for _, pair := range [][2]*box{{a.from, a.to}, {a.to, a.from}} {
				if pair[0] == b && pair[1].spine {
					sum, n = sum+pair[1].y+pair[1].h/2, n+1
				}
			}
		}
		want[b] = sum/max(n, 1) - b.h/2
	}
	slices.SortStableFunc(boxes, func(a, b *box) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(want[a], want[b]))
	})
	y := topMargin
	for _, b := range boxes {
		b.x = leftLanes + spineWidth + channel
		b.y = max(want[b], y)
		y = b.y + b.h + betweenY
	}
}
