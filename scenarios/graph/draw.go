package graph

import (
	"fmt"
	"strings"

	"saban/engine"
)

// kindOf an arrow is told by where it leads.
func (a *arrow) class() string {
	switch a.to.state.Kind {
	case engine.Escalated:
		return "bad"
	case engine.Failed:
		return "lost"
	}
	return "good"
}

// points are the corners an arrow goes through.
func (a *arrow) points() [][2]float64 {
	if a.fromSide == bottom {
		if a.out.x == a.in.x {
			return [][2]float64{{a.out.x, a.out.y}, {a.in.x, a.in.y}}
		}
		half := (a.out.y + a.in.y) / 2
		return [][2]float64{{a.out.x, a.out.y}, {a.out.x, half}, {a.in.x, half}, {a.in.x, a.in.y}}
	}
	return [][2]float64{{a.out.x, a.out.y}, {a.lane, a.out.y}, {a.lane, a.in.y}, {a.in.x, a.in.y}}
}

func (d *drawing) arrow(a *arrow, t *trail) {
	points := a.points()
	path := make([]string, len(points))
	for i, at := range points {
		path[i] = fmt.Sprintf("%.1f,%.1f", at[0], at[1])
	}
	class := a.class() + t.ofArrow(a)
	d.f("<polyline class=\"a %s\" points=\"%s\"/>\n", class, strings.Join(path, " "))
	end, before := points[len(points)-1], points[len(points)-2]
	x, y := end[0], end[1]
	switch {
	case before[1] < y && before[0] == x:
		d.f("<path class=\"tip %s\" d=\"M%.1f,%.1fl-4,-7h8z\"/>\n", class, x, y)
	case before[0] < x:
		d.f("<path class=\"tip %s\" d=\"M%.1f,%.1fl-7,-4v8z\"/>\n", class, x, y)
	default:
		d.f("<path class=\"tip %s\" d=\"M%.1f,%.1fl7,-4v8z\"/>\n", class, x, y)
	}
}

// numbers writes which transitions an arrow stands for, near where it leaves.
func (d *drawing) numbers(a *arrow, t *trail) {
	words := make([]string, len(a.numbers))
	for i, n := range a.numbers {
		words[i] = fmt.Sprint(n)
	}
	label := strings.Join(words, " ")
	half := 3.2*float64(len(label)) + 2
	x, y := a.out.x, a.out.y
	switch a.fromSide {
	case bottom:
		x, y = x+half+4, y+15
	case left:
		x, y = x-half-3, y-3
	default:
		x, y = x+half+3, y-3
	}
	d.f("<text class=\"n%s\" x=\"%.1f\" y=\"%.1f\">%s</text>\n", t.ofArrow(a), x, y, label)
}

func (d *drawing) box(b *box, t *trail) {
	d.f("<g class=\"%s\">", strings.TrimSpace("state"+t.ofBox(b)))
	d.shape(b)
	lines := float64(len(b.lines))
	if b.label != "" {
		lines++
	}
	x, y := b.x+b.w/2, b.y+b.h/2-lines*lineStep/2+11
	if b.label != "" {
		d.f("<text class=\"k\" x=\"%.1f\" y=\"%.1f\">%s</text>", x, y-1, text(b.label))
		y += lineStep
	}
	for _, line := range b.lines {
		d.f("<text class=\"t\" x=\"%.1f\" y=\"%.1f\">%s</text>", x, y, text(line))
		y += lineStep
	}
	for i, at := range t.times[b] {
		d.f("<text class=\"at\" x=\"%.1f\" y=\"%.1f\">%d. %s</text>", b.x+b.w-3, b.y+b.h+11+float64(i)*11, at.number, at.at.Clock())
	}
	d.f("</g>\n")
}

// shape draws what surrounds a state's title: round where it begins, plain,
// with points where things go wrong, double where they end well, with cut
// corners where they do not.
func (d *drawing) shape(b *box) {
	class := "st " + string(b.state.Kind)
	switch b.state.Kind {
	case engine.Initial:
		d.f("<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"%.1f\"/>", class, b.x, b.y, b.w, b.h, min(b.h/2, 22))
	case engine.Escalated:
		d.polygon(class, b, 9, b.h/2)
	case engine.Failed:
		d.polygon(class, b, 9, 9)
	default:
		d.f("<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"3\"/>", class, b.x, b.y, b.w, b.h)
	}
	if b.state.Kind == engine.Contained {
		d.f("<rect class=\"%s in\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>", class, b.x+3.5, b.y+3.5, b.w-7, b.h-7)
	}
}

// polygon is a box whose corners are cut by so much.
func (d *drawing) polygon(class string, b *box, cutX, cutY float64) {
	x0, y0, x1, y1 := b.x, b.y, b.x+b.w, b.y+b.h
	d.f("<polygon class=\"%s\" points=\"%.1f,%.1f %.1f,%.1f %.1f,%.1f %.1f,%.1f %.1f,%.1f %.1f,%.1f %.1f,%.1f %.1f,%.1f\"/>", class,
		x0+cutX, y0, x1-cutX, y0, x1, y0+cutY, x1, y1-cutY, x1-cutX, y1, x0+cutX, y1, x0, y1-cutY, x0, y0+cutY)
}

// trail is the path that a drill took through the picture.
type trail struct {
	shown  bool
	times  map[*box][]stop
	arrows map[*arrow]bool
}

// stop is a visit and its number on the way.
type stop struct {
	number int
	at     engine.Millis
}

func follow(p *picture, visits []Visit) *trail {
	t := &trail{shown: len(visits) > 0, times: map[*box][]stop{}, arrows: map[*arrow]bool{}}
	for i, v := range visits {
		for _, b := range p.boxes {
			if b.state.ID == v.State {
				t.times[b] = append(t.times[b], stop{i + 1, v.At})
			}
		}
		for _, a := range p.arrows {
			if i > 0 && a.from.state.ID == visits[i-1].State && a.to.state.ID == v.State {
				t.arrows[a] = true
			}
		}
	}
	return t
}

func (t *trail) ofArrow(a *arrow) string {
	switch {
	case !t.shown:
		return ""
	case t.arrows[a]:
		return " went"
	}
	return " pale"
}

func (t *trail) ofBox(b *box) string {
	if t.shown && len(t.times[b]) == 0 {
		return " pale"
	}
	return ""
}
