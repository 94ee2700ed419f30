package figure

import (
	"fmt"
	"html"
	"strings"
)

// SVG renders a figure for a page whose style sheet has the tokens of the user
// interface, or for one on its own with Standalone before it. Marks and
// hatching are its own, so several may stand in one page.
func (f *Figure) SVG() string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg viewBox="0 0 %s %s" role="img" aria-label="%s" class="figure"%s>`, num(f.W), num(f.H), html.EscapeString(f.Name), f.Axis.svg())
	b.WriteString(`<defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" class="f-warn-weak"/><path d="M0 0V5" class="s-warn" stroke-opacity=".38" stroke-width="1.6"/></pattern></defs>`)
	for i := range f.Shapes {
		f.Shapes[i].svg(&b)
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

func (s *Shape) svg(b *strings.Builder) {
	switch s.Kind {
	case Line:
		fmt.Fprintf(b, `<path d="M%s %sL%s %s" class="%s" fill="none" stroke-width="%s"%s/>`, num(s.X), num(s.Y), num(s.X2), num(s.Y2), s.class(), num(s.Width), s.dash())
	case Rect:
		fill := ""
		if s.Fill == Hatch {
			fill = ` fill="url(#hatch)"`
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
		fmt.Fprintf(b, `<g transform="translate(%s %s)" class="%s">%s</g>`, num(s.X-glyph/2), num(s.Y-glyph/2), strings.TrimSpace("mark "+s.Class), Glyphs[s.Glyph])
	}
}

// arrow draws a line through the points and a head at its end.
func (s *Shape) arrow(b *strings.Builder) {
	n := len(s.Points)
	if n < 2 {
		return
	}
	b.WriteString(`<path d="`)
	for i, p := range s.Points {
		fmt.Fprintf(b, "%c%s %s", "ML"[min(i, 1)], num(p[0]), num(p[1]))
	}
	fmt.Fprintf(b, `" class="%s" fill="none" stroke-width="%s"%s/>`, s.class(), num(s.Width), s.dash())
	end, before := s.Points[n-1], s.Points[n-2]
	dx, dy := sign(end[0]-before[0]), sign(end[1]-before[1])
	fmt.Fprintf(b, `<path d="M%s %sL%s %sL%s %sz" class="f-%s"/>`, num(end[0]), num(end[1]),
		num(end[0]-7*dx+3.6*dy), num(end[1]-7*dy+3.6*dx), num(end[0]-7*dx-3.6*dy), num(end[1]-7*dy-3.6*dx), s.Stroke)
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

func (s *Shape) dash() string {
	if !s.Dashed {
		return ""
	}
	return ` stroke-dasharray="2.5 2"`
}

// Glyphs are the marks as SVG in a field of 14 by 14; a page's words beside
// figures use them too.
var Glyphs = map[Glyph]string{
	OnTime:  `<circle cx="7" cy="7" r="6.1" class="f-ok"/><path d="m4.2 7.3 1.9 1.9 3.7-4" fill="none" class="s-on" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"/>`,
	Slow:    `<path d="M7 .5 13.5 7 7 13.5.5 7z" class="f-warn"/><path d="M7 4v3l1.8 1.2" fill="none" class="s-on" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round"/>`,
	Missed:  `<rect x="1" y="1" width="12" height="12" rx="2.1" class="f-bad"/><path d="m4.4 4.4 5.2 5.2m0-5.2-5.2 5.2" fill="none" class="s-on" stroke-width="1.6" stroke-linecap="round"/>`,
	Waiting: `<circle cx="7" cy="7" r="6" class="f-surface"/><circle cx="7" cy="7" r="5.4" fill="none" class="s-ink2" stroke-width="1.4" stroke-dasharray="2.3 2"/>`,
}
