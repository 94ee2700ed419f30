package scoring_test

import (
	"fmt"

	"saban/engine"
	"saban/scoring"
)

// One inject asks the guard to report within three minutes; the guard did so
// after two, with six of seven contents, and somebody used a radio.
func Example() {
	s := &engine.Scenario{
		ID:    "found-item",
		Roles: []engine.Role{{ID: "guard", Title: engine.Text{VI: "Bảo vệ", EN: "Guard"}}},
		Injects: []engine.Inject{{ID: "I01", Expects: []engine.Response{{
			ID: "R01", By: "guard", Target: 3 * engine.Minute, Limit: 7 * engine.Minute,
			Weight: 5, Critical: true, Capability: engine.NB, Do: engine.Text{VI: "Báo 113", EN: "Call 113"},
		}}}},
		Prohibited: []engine.Prohibited{{ID: "P01", Severity: engine.Minor, Text: engine.Text{VI: "Dùng bộ đàm", EN: "Use a radio"}}},
	}
	log := []engine.Event{
		{Seq: 1, Type: engine.Started, Body: engine.Body{Start: &engine.Start{Seats: engine.FullSeats(s)}}},
		{Seq: 2, Type: engine.Received, At: 0, Body: engine.Body{ID: "I01", Mode: "device"}},
		{Seq: 3, Type: engine.Observed, At: 2 * engine.Minute, Body: engine.Body{
			ID: "R01", Role: "guard", Observed: 2 * engine.Minute, Content: engine.Over(6, 7)}},
		{Seq: 4, Type: engine.ProhibitedAct, At: 4 * engine.Minute, Body: engine.Body{ID: "P01", Role: "guard", Observed: 4 * engine.Minute}},
		{Seq: 5, Type: engine.Ended, At: 10 * engine.Minute},
	}
	card := scoring.Score(s, scoring.Default(), log)
	fmt.Println(card.Total, card.Grade, card.Capabilities[engine.NB])
	fmt.Println(card.Verdict.EN)
	for _, f := range card.Findings {
		fmt.Println(f.Kind, f.Events, f.Text.EN)
	}
	// Output:
	// 90.44 excellent S
	// Recognising and reporting went with some challenges; but a prohibited action was seen: “Use a radio”.
	// weakness [4] Prohibited action (minor): “Use a radio”.
	// weakness [2 3] “Call 113”: done after 2 min, within the target of 3 min; content 86%.
}
