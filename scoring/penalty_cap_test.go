package scoring_test

import (
	"strings"
	"testing"

	"saban/engine"
	"saban/scoring"
)

// Four prohibited actions add up to 35 points; the cap takes 30 off, the card
// says so, and the gravest is named first.
func TestPenaltiesAboveTheirCapAreExplained(t *testing.T) {
	s := &engine.Scenario{ID: "cap", Duration: engine.Hour, Roles: []engine.Role{{ID: "guard"}},
		Injects: []engine.Inject{{ID: "I1", Text: engine.Text{VI: "x", EN: "x"}, Expects: []engine.Response{
			{ID: "R1", By: "guard", Target: engine.Minute, Limit: 2 * engine.Minute, Weight: 3, Capability: engine.NB}}}},
		Prohibited: []engine.Prohibited{
			{ID: "P1", Severity: engine.Major, Capability: engine.BV}, {ID: "P2", Severity: engine.Life, Capability: engine.BV},
			{ID: "P3", Severity: engine.Life, Capability: engine.BV}, {ID: "P4", Severity: engine.Life, Capability: engine.BV}}}
	log := []engine.Event{
		{Seq: 1, Type: engine.Started, Body: engine.Body{Start: &engine.Start{Seats: engine.FullSeats(s), Led: true}}},
		{Seq: 2, Type: engine.Released, Body: engine.Body{ID: "I1"}},
		{Seq: 3, Type: engine.Received, Body: engine.Body{ID: "I1"}},
		{Seq: 4, Type: engine.Observed, At: 1000, Body: engine.Body{ID: "R1", Role: "guard", Observed: 1000, Content: engine.Whole}},
	}
	for i, id := range []string{"P1", "P2", "P3", "P4"} {
		log = append(log, engine.Event{Seq: int64(5 + i), Type: engine.ProhibitedAct, At: 2000, Body: engine.Body{ID: id, Role: "guard", Observed: 2000}})
	}
	log = append(log, engine.Event{Seq: 9, Type: engine.Ended, At: 3000})
	card := scoring.Score(s, scoring.Default(), log)
	if card.PenaltyTotal.String() != "30.00" || card.BeforeGates.String() != "70.00" {
		t.Errorf("penalty %s, before gates %s", card.PenaltyTotal, card.BeforeGates)
	}
	var order []string
	said := ""
	for _, f := range card.Findings {
		switch f.Code {
		case "prohibited":
			order = append(order, f.IDs...)
		case "penalty_cap":
			said = f.Text.EN
		}
	}
	if strings.Join(order, " ") != "P2 P3 P4 P1" {
		t.Errorf("named in the order %v", order)
	}
	if !strings.Contains(said, "35.00") || !strings.Contains(said, "30.00") {
		t.Errorf("the cap is explained as %q", said)
	}
}
