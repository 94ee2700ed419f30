package figure

import (
	"fmt"
	"html"
	"strings"
)

// SVG renders a figure for a page whose style sheet has the tokens of the user
// interface. Hatching is its own: of several in one page each has an ID.
func (f *Figure) SVG() string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg viewBox="0 0 %s %s" role="img" aria-label="%s" class="figure"%s>`, num(f.W), num(f.H), html.EscapeString(f.Name), f.Axis.svg())
	fmt.Fprintf(&b, `<defs><pattern id="hatch%s" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" class="f-warn-weak"/><path d="M0 0V5" class="s-warn" stroke-opacity=".38" stroke-width="1.6"/></pattern></defs>`, f.ID)
	for i := range f.Shapes {
		f.Shapes[i].svg(&b, f.ID)
	}
	b.WriteString("</svg>")
	return b.String()
}

func (a *Axis) svg() string {
	if a == nil {
		return ""
	}
	return fmt.Sprintf(` data-axis="%s %s %d %d %d"`, num(a.X), num(a.W), a.From, a.Until, a.Now)
}

func num(x float64) string {
	return strings.TrimSuffix(strings.TrimSuffix(fmt.Sprintf("%.1f", x), "0"), ".")
}

// class names the paints and what else a page may want to find a shape by.
func (s *Shape) class() string {
	var names []string
	if s.Fill != None && s.Fill != Hatch {
		names = append(names, "f-"+string(s.Fill))
	}
	if s.Stroke != None {
		names = append(names, "s-"+string(s.Stroke))
	}
	if s.Class != "" {
		names = append(names, s.Class)
	}
	return strings.Join(names, " ")
}

func (s *Shape) svg(b *strings.Builder, id string) {
	switch s.Kind {
	case Line:
		fmt.Fprintf(b, `<path d="M%s %sL%s %s" class="%s" fill="none" stroke-width="%s"%s/>`, num(s.X), num(s.Y), num(s.X2), num(s.Y2), s.class(), num(s.Width), s.dash())
	case Rect:
		fill := ""
		if s.Fill == Hatch {
			fill = fmt.Sprintf(` fill="url(#hatch%s)"`, id)
		}
		fmt.Fprintf(b, `<rect x="%s" y="%s" width="%s" height="%s" rx="%s" class="%s"%s stroke-width="%s"%s/>`, num(s.X), num(s.Y), num(max(s.X2-s.X, 0)), num(s.Y2-s.Y), num(s.Round), s.class(), fill, num(s.Width), s.dash())
	case Text:
		weight := ""
		if s.Bold {
			weight = ` font-weight="600"`
		}
		fmt.Fprintf(b, `<text x="%s" y="%s" font-size="%s"%s text-anchor="%s" class="%s num">%s</text>`, num(s.X), num(s.Y), num(s.Size), weight, s.Anchor, s.class(), html.EscapeString(s.Text))
	case Arrow:
		s.arrow(b)
	case Mark:
		fmt.Fprintf(b, `<g transform="translate(%s %s)" class="%s">%s</g>`, num(s.X-glyph/2), num(s.Y-glyph/2), strings.TrimSpace("mark "+s.Class), Glyphs()[s.Glyph])
	}
}

// arrow draws a line through the points and a head at its end.
func (s *Shape) arrow(b *strings.Builder) {
	n := len(s.Points)
	if n < 2 {
		return
	}
	fmt.Fprintf(b, `<path d="%s" class="%s" fill="none" stroke-width="%s"%s/>`, through(s.Points), s.class(), num(s.Width), s.dash())
	fmt.Fprintf(b, `<path d="%sz" class="f-%s"/>`, through(s.Head()), s.Stroke)
}

// Head is the triangle at the end of an Arrow, its tip first.
func (s *Shape) Head() [][2]float64 {
	n := len(s.Points)
	if n < 2 {
		return nil
	}
	end, before := s.Points[n-1], s.Points[n-2]
	dx, dy := sign(end[0]-before[0]), sign(end[1]-before[1])
	return [][2]float64{end, {end[0] - 7*dx + 3.6*dy, end[1] - 7*dy + 3.6*dx}, {end[0] - 7*dx - 3.6*dy, end[1] - 7*dy - 3.6*dx}}
}

func sign(x float64) float64 {
	switch {
	case x > 0.01:
		return 1
	case x < -0.01:
		return -1
	}
	return 0
}

const dashes = ` stroke-dasharray="2.5 2"`

func (s *Shape) dash() string {
	if !s.Dashed {
		return ""
	}
	return dashes
}
