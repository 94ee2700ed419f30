package graph

import (
	"fmt"
	"strings"

	"saban/engine"
)

// DOT draws the machine for Graphviz, titles and labels in lang. A transition
// carries its id and, as its tooltip, its guard as written.
func DOT(c *engine.Compiled, lang engine.Lang) string {
	var b strings.Builder
	s := c.Scenario()
	fmt.Fprintf(&b, "digraph %s {\n", quote(s.ID))
	fmt.Fprintf(&b, "  graph [rankdir=TB, labelloc=t, fontname=\"Noto Sans\", label=%s];\n", quote(s.Title.In(lang)))
	b.WriteString("  node [fontname=\"Noto Sans\", style=filled];\n")
	b.WriteString("  edge [fontname=\"Noto Sans\", fontsize=10];\n")
	situations := s.Situations()
	for i := range situations {
		st := &situations[i]
		lines := append(wrap(title(st, lang), 24), "("+st.Kind.Title().In(lang)+")")
		fmt.Fprintf(&b, "  %s [label=%s, %s];\n", quote(st.ID), quote(lines...), dotShape(st.Kind))
	}
	// An id begins with a letter, so this node can be no state.
	b.WriteString("  \"-\" [label=\"\", shape=point];\n")
	fmt.Fprintf(&b, "  \"-\" -> %s;\n", quote(c.Initial()))
	for _, e := range Edges(c) {
		fmt.Fprintf(&b, "  %s -> %s [id=%s, label=%s, tooltip=%s];\n", quote(e.From), quote(e.To),
			quote(e.ID), quote(wrap(e.Words.In(lang), 32)...), quote(e.Guard))
	}
	b.WriteString("}\n")
	return b.String()
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
