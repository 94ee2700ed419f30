package graph

import (
	"encoding/json"
	"fmt"
	"strings"

	"saban/engine"
)

// Mermaid draws the machine as a Mermaid state diagram. Each transition has its
// id and its guard as written in a comment above it. A path is told by the
// steps and times written to states and transitions, and by arrows for forced
// moves; Mermaid cannot draw a single arrow of a state diagram in another way.
func Mermaid(c *engine.Compiled, o Options) string {
	var b strings.Builder
	lang, path := o.Lang, o.Path
	s := c.Scenario()
	heading, err := json.Marshal(oneLine(s.Title.In(lang))) // a JSON string is a YAML string
	if err == nil && !s.Title.Empty() {
		fmt.Fprintf(&b, "---\ntitle: %s\n---\n", heading)
	}
	b.WriteString("stateDiagram-v2\n")
	situations := s.Situations()
	for i := range situations {
		st := &situations[i]
		fmt.Fprintf(&b, "    state \"%s\" as %s\n", entities(title(st, lang)+" ("+st.Kind.Title().In(lang)+")"+path.note(path.visits(st.ID), lang)), mermaidID(st.ID))
	}
	fmt.Fprintf(&b, "    [*] --> %s\n", mermaidID(c.Initial()))
	for _, e := range Edges(c) {
		fmt.Fprintf(&b, "    %%%% %s: %s\n", e.ID, oneLine(e.Guard))
		fmt.Fprintf(&b, "    %s --> %s : %s\n", mermaidID(e.From), mermaidID(e.To), entities(e.Words.In(lang)+path.note(path.through(e.ID), lang)))
	}
	for _, leap := range path.leaps() {
		fmt.Fprintf(&b, "    %s --> %s : %s\n", mermaidID(leap.from), mermaidID(leap.to), entities(forcedWord.In(lang)+path.note(leap.steps, lang)))
	}
	for i := range situations {
		if situations[i].Kind.Final() {
			fmt.Fprintf(&b, "    %s --> [*]\n", mermaidID(situations[i].ID))
		}
	}
	b.WriteString(mermaidClasses)
	if path != nil {
		b.WriteString(mermaidPale)
	}
	for i := range situations {
		class := string(situations[i].Kind)
		if path != nil && len(path.visits(situations[i].ID)) == 0 {
			class = "pale"
		}
		fmt.Fprintf(&b, "    class %s %s\n", mermaidID(situations[i].ID), class)
	}
	return b.String()
}

const mermaidClasses = `    classDef initial fill:#EDF1FD,stroke:#2450C8,color:#17191E
    classDef normal fill:#FFFFFF,stroke:#827F75,color:#17191E
    classDef escalated fill:#FBF0DA,stroke:#8F5600,color:#17191E,stroke-width:2px,stroke-dasharray:6 3
    classDef contained fill:#E4F3EB,stroke:#0B7548,color:#17191E,stroke-width:4px
    classDef failed fill:#FCEAEA,stroke:#BE2530,color:#17191E,stroke-width:4px,stroke-dasharray:2 2
`

const mermaidPale = "    classDef pale fill:#FFFFFF,stroke:#A9ABAE,color:#666B74\n"

// mermaidID keeps ids clear of Mermaid's own words: end, state, note, class.
func mermaidID(id string) string { return "s_" + id }

// entities escapes every ASCII character that could mean something to
// Mermaid, as #code; which is how Mermaid itself spells one.
func entities(s string) string {
	var b strings.Builder
	for _, r := range oneLine(s) {
		switch {
		case r >= '0' && r <= '9', r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z', r > 0x7f, strings.ContainsRune(" ,.()_'!?+=/-", r):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "#%d;", r)
		}
	}
	return b.String()
}
