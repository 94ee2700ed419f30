package scoring

import "saban/engine"

// Score scores a log. It wants the events in order of Seq; a log without
// `ended` gives a provisional card.
func Score(s *engine.Scenario, r Rubric, log []engine.Event) Scorecard {
	sc := NewScorer(s, r)
	for i := range log {
		sc.Add(&log[i])
	}
	return sc.Card()
}
