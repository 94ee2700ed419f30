// Package graph shows the machine of a scenario: as a picture for paper, a
// phone or a page of text, with the path of a drill over it; as Mermaid for a
// wiki and DOT for Graphviz; as SCXML and XState for other interpreters; and
// each guard in words for people who do not read guards.
//
// Start with SVG, or with Lay for the picture's geometry, which any other
// format can be drawn from. All of them come from the compiled scenario, so
// none shows a transition that the engine does not have, nor leaves one out.
// The kind of a state is always written out: shape and colour only repeat it.
package graph

import (
	"strings"

	"saban/engine"
)

// Edge is one transition. ID is its name in the engine's machine and in the
// log's `moved` events.
type Edge struct {
	ID    string      `json:"id"`
	From  string      `json:"from"`
	To    string      `json:"to"`
	Guard string      `json:"guard"` // as the author wrote it
	Words engine.Text `json:"words"` // the guard in words
	Why   engine.Text `json:"why"`
}

// Edges lists the transitions in file order, the order they are tried in.
func Edges(c *engine.Compiled) []Edge {
	transitions := c.Scenario().Transitions
	edges := make([]Edge, len(transitions))
	for i := range transitions {
		t, g := &transitions[i], c.TransitionGuard(i)
		edges[i] = Edge{
			ID: engine.TransitionID(t, i), From: t.From, To: t.To, Guard: t.When, Why: t.Why,
			Words: engine.Text{VI: Words(g, engine.VI), EN: Words(g, engine.EN)},
		}
	}
	return edges
}

// title is a state's name for people: its title, or its id without one.
func title(s *engine.State, lang engine.Lang) string {
	if t := s.Title.In(lang); strings.TrimSpace(t) != "" {
		return t
	}
	return s.ID
}

// oneLine turns every run of white space and control characters into a space.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return r <= ' ' || r == 0x7f || r == '\u0085' || r == '\u00a0' || r == '\u2028' || r == '\u2029'
	}), " ")
}

// wrap breaks a text into lines of about width characters, at spaces.
func wrap(s string, width int) []string {
	var lines []string
	line, size := "", 0
	for _, word := range strings.Fields(s) {
		n := len([]rune(word))
		if line != "" && size+1+n > width {
			lines = append(lines, line)
			line, size = "", 0
		}
		if line != "" {
			line += " "
			size++
		}
		line += word
		size += n
	}
	return append(lines, line)
}
