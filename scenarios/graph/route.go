package graph

import (
	"cmp"
	"slices"
)

// meet spreads the arrows over the sides of each box, in the order of where
// they come from, so that fewer cross.
func (p *picture) meet() {
	for _, a := range p.arrows {
		a.out.other, a.in.other = a.to.y+a.to.h/2, a.from.y+a.from.h/2
	}
	for _, b := range p.boxes {
		for s, ports := range b.ports {
			slices.SortStableFunc(ports, func(a, b *port) int { return cmp.Compare(a.other, b.other) })
			for i, one := range ports {
				share := float64(i+1) / float64(len(ports)+1)
				switch s {
				case top:
					one.x, one.y = b.x+b.w*share, b.y
				case bottom:
					one.x, one.y = b.x+b.w*share, b.y+b.h
				case left:
					one.x, one.y = b.x, b.y+b.h*share
				case right:
					one.x, one.y = b.x+b.w, b.y+b.h*share
				}
			}
		}
	}
}

// route gives each arrow that does not go straight down a lane of its own for
// its vertical stretch: left of the spine, between the columns, or at the
// right edge.
func (p *picture) route() {
	var back, across, beside []*arrow
	for _, a := range p.arrows {
		switch {
		case a.fromSide == bottom:
		case a.from.spine && a.to.spine:
			back = append(back, a)
		case !a.from.spine && !a.to.spine:
			beside = append(beside, a)
		default:
			across = append(across, a)
		}
	}
	spread(back, leftLanes-8, 6)
	spread(beside, drawnWidth-4, drawnWidth-rightLanes+8)
	slices.SortStableFunc(across, func(a, b *arrow) int { return cmp.Compare(middle(a), middle(b)) })
	for i, a := range across {
		share := float64(i+1) / float64(len(across)+1)
		a.lane = leftLanes + spineWidth + 26 + share*(channel-40)
	}
}

func middle(a *arrow) float64 { return (a.out.y + a.in.y) / 2 }

// spread gives lanes from near to far, the shortest arrow the nearest.
func spread(arrows []*arrow, near, far float64) {
	slices.SortStableFunc(arrows, func(a, b *arrow) int { return cmp.Compare(length(a), length(b)) })
	for i, a := range arrows {
		a.lane = near + (far-near)*float64(i)/float64(max(len(arrows), 1))
	}
}

func length(a *arrow) float64 { return max(a.out.y-a.in.y, a.in.y-a.out.y) }
