package graph

import (
	"fmt"
	"math"
	"strings"

	"saban/engine"
)

// arrows are drawn trunk by trunk, each over a casing of paper, so that where
// two trunks cross the later one is seen to pass over the other.
func (d *pen) arrows(p *Picture) {
	for i := 0; i < len(p.Arrows); {
		end := i
		for end < len(p.Arrows) && p.Arrows[end].Trunk == p.Arrows[i].Trunk && p.Arrows[end].Fate == p.Arrows[i].Fate {
			end++
		}
		for _, casing := range []bool{true, false} {
			for k := i; k < end; k++ {
				d.arrow(&p.Arrows[k], casing)
			}
		}
		i = end
	}
}

var strokes = map[engine.StateKind]string{engine.Initial: "#2450C8", engine.Normal: "#62666F", engine.Escalated: "#8F5600", engine.Contained: "#0B7548", engine.Failed: "#BE2530"}

var fills = map[engine.StateKind]string{engine.Initial: "#EDF1FD", engine.Normal: "#fff", engine.Escalated: "#FBF0DA", engine.Contained: "#E4F3EB", engine.Failed: "#FCEAEA"}

func (d *pen) arrow(a *Arrow, casing bool) {
	thick, colour, class := 1.2, "#62666F", string(a.Kind)
	if a.Kind == engine.Escalated || a.Kind == engine.Failed {
		colour = strokes[a.Kind]
	}
	switch a.Fate {
	case Taken:
		thick, colour, class = 2.4, "#17191E", "went"
	case Pale:
		thick, colour, class = 0.9, "#A9ABAE", "faint"
	}
	long := float64(tipLength)
	last, before := a.Points[len(a.Points)-1], a.Points[len(a.Points)-2]
	dx, dy := direction(before, last)
	points := append([]Point{}, a.Points...)
	points[len(points)-1] = Point{last.X - dx*(long-1), last.Y - dy*(long-1)}
	path := rounded(points, 5)
	if casing {
		d.f(`<path class="casing" d="%s" fill="none" stroke="#fff" stroke-width="%s"/>`+"\n", path, n(thick+1.6))
		return
	}
	dash := ""
	if a.Forced() {
		dash = ` stroke-dasharray="6 4"`
	}
	d.f(`<path class="%s line" d="%s" fill="none" stroke="%s" stroke-width="%s"%s/>`+"\n", class, path, colour, n(thick), dash)
	half := 3.5
	if a.Fate == Taken {
		half = 4.5
	}
	d.f(`<path class="%s tip" d="M%s %sL%s %sL%s %sz" fill="%s"/>`+"\n", class, n(last.X), n(last.Y),
		n(last.X-dx*long-dy*half), n(last.Y-dy*long-dx*half), n(last.X-dx*long+dy*half), n(last.Y-dy*long+dx*half), colour)
}

// direction of a level or upright stretch.
func direction(from, to Point) (dx, dy float64) {
	switch {
	case to.X > from.X:
		return 1, 0
	case to.X < from.X:
		return -1, 0
	case to.Y < from.Y:
		return 0, -1
	}
	return 0, 1
}

// rounded is a path through points whose corners are rounded.
func rounded(points []Point, most float64) string {
	var b strings.Builder
	fmt.Fprintf(&b, "M%s %s", n(points[0].X), n(points[0].Y))
	for i := 1; i < len(points)-1; i++ {
		at := points[i]
		inX, inY := direction(points[i-1], at)
		outX, outY := direction(at, points[i+1])
		r := min(most, apart(points[i-1], at)/2, apart(at, points[i+1])/2)
		fmt.Fprintf(&b, "L%s %sQ%s %s %s %s", n(at.X-inX*r), n(at.Y-inY*r), n(at.X), n(at.Y), n(at.X+outX*r), n(at.Y+outY*r))
	}
	end := points[len(points)-1]
	fmt.Fprintf(&b, "L%s %s", n(end.X), n(end.Y))
	return b.String()
}

func apart(a, b Point) float64 { return math.Abs(a.X-b.X) + math.Abs(a.Y-b.Y) }

// node draws a state: round where it begins, plain, with points where things
// go wrong, in a double line where they end well, with cut corners and a thick
// line where they do not.
func (d *pen) node(one *Node) {
	d.shape(one.Kind, one.Box, one.Round(), one.Fate)
	for i := range one.Lines {
		d.line(&one.Lines[i], "")
	}
	for i := range one.Stops {
		s := &one.Stops[i]
		if s.Step > 0 {
			d.step(s.Mark, fmt.Sprint(s.Step), s.Line.Size)
		}
		d.line(&s.Line, "")
	}
}

func (d *pen) shape(kind engine.StateKind, b Rect, round float64, fate Fate) {
	class, stroke, fill := string(kind), strokes[kind], fills[kind]
	thick := map[engine.StateKind]float64{engine.Escalated: 1.6, engine.Contained: 1.4, engine.Failed: 3}[kind]
	if thick == 0 {
		thick = 1.2
	}
	switch fate {
	case Taken:
		thick = max(thick, 2.4)
	case Pale:
		class, stroke, fill, thick = "faint", "#A9ABAE", "#fff", min(thick, 1.6)
	}
	paint := fmt.Sprintf(`fill="%s" stroke="%s" stroke-width="%s"`, fill, stroke, n(thick))
	if kind == engine.Escalated || kind == engine.Failed {
		var corners []string
		for _, at := range outline(kind, b) {
			corners = append(corners, n(at.X)+","+n(at.Y))
		}
		d.f(`<polygon class="%s shape" points="%s" %s/>`+"\n", class, strings.Join(corners, " "), paint)
		return
	}
	d.f(`<rect class="%s shape" x="%s" y="%s" width="%s" height="%s" rx="%s" %s/>`+"\n", class, n(b.X), n(b.Y), n(b.W), n(b.H), n(round), paint)
	if kind == engine.Contained {
		d.f(`<rect class="%s inner shape" x="%s" y="%s" width="%s" height="%s" rx="1.5" fill="none" stroke="%s"/>`+"\n",
			class, n(b.X+3), n(b.Y+3), n(b.W-6), n(b.H-6), stroke)
	}
}

// step is the round mark of a step of the path.
func (d *pen) step(b Rect, label string, size float64) {
	d.f(`<rect class="step" x="%s" y="%s" width="%s" height="%s" rx="%s"/>`+"\n", n(b.X), n(b.Y), n(b.W), n(b.H), n(b.H/2))
	d.line(&Line{Text: label, Box: b, Base: b.Y + b.H/2 + down(size*0.36), Size: size, Bold: true, Centre: true}, "onink")
}

func (d *pen) badge(b *Badge) {
	class, stroke, fill, on, dash := "tag", "#62666F", "#fff", "", ""
	switch {
	case b.Forced:
		stroke, dash = "#17191E", ` stroke-dasharray="3 2"`
	case b.Fate == Taken:
		class, stroke, fill, on = "went tag", "#17191E", "#17191E", "onink"
	case b.Fate == Pale:
		class, stroke = "faint tag", "#C6C7C9"
	}
	d.f(`<rect class="%s" x="%s" y="%s" width="%s" height="%s" rx="2.5" fill="%s" stroke="%s" stroke-width=".8"%s/>`+"\n",
		class, n(b.Box.X), n(b.Box.Y), n(b.Box.W), n(b.Box.H), fill, stroke, dash)
	d.line(&b.Line, on)
}

func (d *pen) sample(s *Sample) {
	b := s.Box
	across := []Point{{b.X, b.Y + b.H/2}, {b.Right(), b.Y + b.H/2}}
	switch s.Mark {
	case MarkState:
		one := Node{Kind: s.Kind, Box: b}
		d.shape(s.Kind, b, one.Round(), Plain)
	case MarkNumber:
		d.badge(&Badge{Line: Line{Text: "1", Box: b, Base: s.Line.Base, Size: s.Line.Size, Bold: true, Centre: true}, Box: b})
	case MarkStep:
		d.step(b, "1", s.Line.Size)
	case MarkTaken:
		d.arrow(&Arrow{Number: 1, Points: across, Fate: Taken}, false)
	case MarkForced:
		d.arrow(&Arrow{Points: across, Fate: Taken}, false)
	case MarkPale:
		d.shape(engine.Normal, b, 3, Pale)
	}
	d.line(&s.Line, "")
}
