package graph

import (
	"fmt"
	"strings"

	"saban/engine"
)

// DOT draws the machine for Graphviz. A transition carries its id and, as its
// tooltip, its guard as written. A path is drawn thick, with its steps and
// times; forced moves are dashed, what the drill never came to is pale.
func DOT(c *engine.Compiled, o Options) string {
	var b strings.Builder
	lang, path := o.Lang, o.Path
	s := c.Scenario()
	fmt.Fprintf(&b, "digraph %s {\n", quote(s.ID))
	fmt.Fprintf(&b, "  graph [rankdir=TB, labelloc=t, fontname=\"Noto Sans\", label=%s];\n", quote(s.Title.In(lang)))
	b.WriteString("  node [fontname=\"Noto Sans\", style=filled];\n")
	b.WriteString("  edge [fontname=\"Noto Sans\", fontsize=10];\n")
	situations := s.Situations()
	for i := range situations {
		st := &situations[i]
		lines := append(wrap(title(st, lang), 24), "("+st.Kind.Title().In(lang)+")")
		visits := path.visits(st.ID)
		if len(visits) > 0 {
			lines = append(lines, strings.TrimPrefix(path.note(visits, lang), ": "))
		}
		fmt.Fprintf(&b, "  %s [label=%s, %s%s];\n", quote(st.ID), quote(lines...), dotShape(st.Kind), dotFate(path, visits))
	}
	// An id begins with a letter, so this node can be no state.
	b.WriteString("  \"-\" [label=\"\", shape=point];\n")
	fmt.Fprintf(&b, "  \"-\" -> %s;\n", quote(c.Initial()))
	for _, e := range Edges(c) {
		steps := path.through(e.ID)
		fmt.Fprintf(&b, "  %s -> %s [id=%s, label=%s, tooltip=%s%s];\n", quote(e.From), quote(e.To),
			quote(e.ID), quote(wrap(e.Words.In(lang)+path.note(steps, lang), 32)...), quote(e.Guard), dotFate(path, steps))
	}
	for _, leap := range path.leaps() {
		fmt.Fprintf(&b, "  %s -> %s [label=%s, style=dashed, penwidth=2.4];\n", quote(leap.from), quote(leap.to),
			quote(wrap(forcedWord.In(lang)+path.note(leap.steps, lang), 32)...))
	}
	b.WriteString("}\n")
	return b.String()
}

func dotFate(path *Path, steps []int) string {
	switch {
	case path == nil:
		return ""
	case len(steps) > 0:
		return ", penwidth=2.4"
	}
	return `, color="#A9ABAE", fontcolor="#666B74", fillcolor="#FFFFFF"`
}

func dotShape(k engine.StateKind) string {
	switch k {
	case engine.Initial:
		return `shape=ellipse, fillcolor="#EDF1FD", color="#2450C8"`
	case engine.Escalated:
		return `shape=octagon, fillcolor="#FBF0DA", color="#8F5600", penwidth=2`
	case engine.Contained:
		return `shape=ellipse, peripheries=2, fillcolor="#E4F3EB", color="#0B7548"`
	case engine.Failed:
		return `shape=box, peripheries=2, fillcolor="#FCEAEA", color="#BE2530"`
	default:
		return `shape=box, style="filled,rounded", fillcolor="#FFFFFF", color="#827F75"`
	}
}

// quote writes lines as one DOT string, centred under each other. Graphviz
// has escapes of its own, \N and the like, and reads HTML entities.
func quote(lines ...string) string {
	for i, line := range lines {
		lines[i] = strings.NewReplacer(`\`, `\\`, `"`, `\"`, `&`, `&amp;`).Replace(oneLine(line))
	}
	return `"` + strings.Join(lines, `\n`) + `"`
}
