package report_test

import (
	"fmt"
	"log"
	"strings"

	"saban/engine"
	"saban/report"
	"saban/report/markdown"
	"saban/scoring"
)

// A log is scored and reported; only the top of the report is shown.
func Example() {
	s := scenario()
	events := []engine.Event{
		{Seq: 1, Type: engine.Started, Recorded: startsAt, Body: engine.Body{Start: &engine.Start{Speed: engine.Whole, Seats: engine.FullSeats(s)}}},
		{Seq: 2, Type: engine.Released, At: engine.Minute, Recorded: startsAt + 60000, Body: engine.Body{ID: "I01", Mode: "planned"}},
		{Seq: 3, Type: engine.Received, At: engine.Minute, Recorded: startsAt + 60000, Body: engine.Body{ID: "I01", Mode: "read"}},
		{Seq: 4, Type: engine.Observed, At: 90 * engine.Second, Recorded: startsAt + 90000, Body: engine.Body{ID: "R01", Role: "guard", Observed: 90 * engine.Second, Content: engine.Whole}},
		{Seq: 5, Type: engine.Observed, At: 5 * engine.Minute, Recorded: startsAt + 300000, Body: engine.Body{ID: "R02", Role: "chief", Observed: 5 * engine.Minute, Content: engine.Whole / 5}},
		{Seq: 6, Type: engine.Ended, At: engine.Hour, Recorded: startsAt + 3600000},
	}
	card := scoring.Score(s, scoring.Default(), events)
	r := report.Build(s, card, events, report.Meta{Drill: "D-1", Body: "Company A"})
	var b strings.Builder
	if err := markdown.Write(&b, report.Document(r, engine.EN)); err != nil {
		log.Fatal(err)
	}
	_, after, _ := strings.Cut(b.String(), "# REPORT\n\n")
	top, _, _ := strings.Cut(after, "\n\n")
	fmt.Println(top)
	for _, a := range r.Plan {
		fmt.Println(a.IDs, a.Element, a.Due, a.Events)
	}
	// Output:
	// **After-action report of the drill “Suspicious item at the gate” at Company A (fictional)**
	// [R02] training 2026-05-04 [3 5]
}
