package figure

import (
	"image"
	"image/color"
	"math"
)

// Lengths of a dash and of the gap behind it, as in the SVG.
const (
	dashOn  = 2.5
	dashOff = 2.0
)

// stroke draws a line through points, its corners round.
func (c *canvas) stroke(points []point, paint Paint, width float64, dashed, faint bool) {
	src := c.paint(paint, faint)
	if src == nil || width <= 0 {
		return
	}
	lines := [][]point{points}
	if dashed {
		lines = dashesOf(points)
	}
	var o outline
	for _, line := range lines {
		for i := 1; i < len(line); i++ {
			o = append(o, beam(line[i-1], line[i], width/2)...)
			if i+1 < len(line) || line[0] == line[len(line)-1] {
				o = append(o, polygon(circle(line[i], width/2))...)
			}
		}
	}
	c.fill(o, src)
}

// beam is a straight line with a width.
func beam(p, q point, half float64) outline {
	dx, dy := q[0]-p[0], q[1]-p[1]
	long := math.Hypot(dx, dy)
	if long == 0 {
		return nil
	}
	nx, ny := -dy/long*half, dx/long*half
	return polygon([]point{{p[0] - nx, p[1] - ny}, {q[0] - nx, q[1] - ny}, {q[0] + nx, q[1] + ny}, {p[0] + nx, p[1] + ny}})
}

// circle is a polygon no eye tells from one; it turns as a beam does.
func circle(at point, radius float64) []point {
	const corners = 40
	out := make([]point, corners)
	for i := range out {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / corners)
		out[i] = point{at[0] + radius*cos, at[1] + radius*sin}
	}
	return out
}

// rounded cuts the corners of an area whose neighbouring sides meet at right
// angles; others it leaves as they are.
func rounded(points []point, radius float64) []point {
	if radius <= 0 || len(points) != 4 {
		return points
	}
	radius = min(radius, math.Abs(points[2][0]-points[0][0])/2, math.Abs(points[2][1]-points[0][1])/2)
	centres := []point{
		{points[0][0] + radius, points[0][1] + radius}, {points[1][0] - radius, points[1][1] + radius},
		{points[2][0] - radius, points[2][1] - radius}, {points[3][0] + radius, points[3][1] - radius},
	}
	const steps = 8
	var out []point
	for i, m := range centres {
		for s := range steps + 1 {
			sin, cos := math.Sincos(math.Pi * (1 + float64(i)/2 + float64(s)/steps/2))
			out = append(out, point{m[0] + radius*cos, m[1] + radius*sin})
		}
	}
	return out
}

// dashesOf cuts a line into dashes.
func dashesOf(points []point) [][]point {
	var out [][]point
	on, left := true, dashOn
	for i := 1; i < len(points); i++ {
		p, q := points[i-1], points[i]
		long := math.Hypot(q[0]-p[0], q[1]-p[1])
		for at := 0.0; at < long; {
			step := min(left, long-at)
			if from, to := along(p, q, at/long), along(p, q, (at+step)/long); on && at > 0 || on && len(out) == 0 || on && left == dashOn {
				out = append(out, []point{from, to})
			} else if on {
				out[len(out)-1] = append(out[len(out)-1], to)
			}
			at, left = at+step, left-step
			if left <= 0 {
				on = !on
				left = map[bool]float64{true: dashOn, false: dashOff}[on]
			}
		}
	}
	return out
}

func along(p, q point, part float64) point {
	return point{p[0] + (q[0]-p[0])*part, p[1] + (q[1]-p[1])*part}
}

// hatched is an endless area of strokes from the upper right to the lower
// left, as the pattern of the SVG draws it.
type hatched struct{ scale float64 }

func (hatched) ColorModel() color.Model { return color.RGBAModel }

func (hatched) Bounds() image.Rectangle { return image.Rect(-1e9, -1e9, 1e9, 1e9) }

func (h hatched) At(x, y int) color.Color {
	const every, wide, fine = 5.0, 1.0, 3
	covered := 0
	for i := range fine * fine {
		px, py := float64(x)+(float64(i%fine)+0.5)/fine, float64(y)+(float64(i/fine)+0.5)/fine
		if math.Mod((px+py)/h.scale/math.Sqrt2, every) < wide {
			covered++
		}
	}
	part := hatchOpacity * float64(covered) / (fine * fine)
	ground, ink := colours[Hatch], colours[Warn]
	mix := func(a, b uint8) uint8 { return uint8(math.Round(float64(a)*(1-part) + float64(b)*part)) }
	return color.RGBA{mix(ground.R, ink.R), mix(ground.G, ink.G), mix(ground.B, ink.B), 255}
}
