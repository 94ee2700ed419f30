package main

import (
	"strconv"

	"saban/paper"
	"saban/scenarios"
)

// describe is an entry on one line: number, time of day, what, who.
func (t *typist) describe(s *scenarios.Step) string {
	clock := t.draft.TimeOfDay(s.At)
	if s.Given() == "" {
		clock = "–"
	}
	line := pad(strconv.Itoa(s.Number), -4) + "  " + pad(clock, 8) + "  " + paper.Happened(t.played(), s, t.lang)
	return clip(line, lineWidth)
}
