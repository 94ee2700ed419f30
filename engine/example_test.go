package engine_test

import (
	"fmt"
	"strings"

	"saban/engine"
)

// A gate guard is told of smoke and has three minutes to report it.
func Example() {
	c, err := engine.Compile(&engine.Scenario{
		ID: "smoke", Duration: 10 * engine.Minute,
		Roles: []engine.Role{{ID: "guard"}},
		States: []engine.State{
			{ID: "quiet", Kind: engine.Initial},
			{ID: "spreading", Kind: engine.Failed},
			{ID: "reported", Kind: engine.Contained},
		},
		Transitions: []engine.Transition{
			{From: "quiet", To: "reported", When: "done(R1)"},
			{From: "quiet", To: "spreading", When: "missed(R1)"},
		},
		Injects: []engine.Inject{{ID: "I1", Text: engine.Text{VI: "Có khói ở kho.", EN: "Smoke at the store."},
			Expects: []engine.Response{{ID: "R1", By: "guard", Target: engine.Minute, Limit: 3 * engine.Minute, Weight: 3}}}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	drill := engine.NewDrill(c)
	show := func(events []engine.Event, err error) {
		for _, e := range events {
			fmt.Println(strings.TrimSpace(fmt.Sprint(e.At.Clock(), " ", e.Type, " ", e.ID+e.To)))
		}
		if err != nil {
			fmt.Println("refused:", err)
		}
	}
	show(drill.Decide(engine.Command{Do: engine.StartEx, Body: engine.Body{Start: &engine.Start{Seats: engine.FullSeats(c.Scenario())}}}))
	show(drill.Decide(engine.Command{Do: engine.Observe, At: 95 * engine.Second, Body: engine.Body{ID: "R1", Role: "guard", Content: engine.Whole}}))
	show(drill.Decide(engine.Command{Do: engine.Observe, At: 96 * engine.Second, Body: engine.Body{ID: "R9"}}))
	// Output:
	// 00:00 started
	// 00:00 released I1
	// 00:00 received I1
	// 01:35 observed R1
	// 01:35 moved reported
	// refused: there is no response “R9”; did you mean R1?
}
