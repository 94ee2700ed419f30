package engine_test

import (
	"testing"

	"saban/engine"
)

func TestNeedsSayWhatTheSituationHangsOn(t *testing.T) {
	c, err := engine.Compile(&engine.Scenario{
		ID: "x", Duration: engine.Hour,
		Roles:  []engine.Role{{ID: "guard"}},
		States: []engine.State{{ID: "calm", Kind: engine.Initial}, {ID: "smoke", Kind: engine.Normal}, {ID: "panic", Kind: engine.Escalated, AtLeast: 2 * engine.Minute}, {ID: "safe", Kind: engine.Contained}},
		Transitions: []engine.Transition{
			{ID: "t1", From: "calm", To: "smoke", When: "inject(I1)"},
			{ID: "t2", From: "smoke", To: "safe", When: "done(R1) and done(R2)"},
			{ID: "t3", From: "smoke", To: "panic", When: "elapsed >= 5m and not done(R1)"},
			{ID: "t4", From: "panic", To: "safe", When: "done(R1) or done(R2)"},
		},
		Injects: []engine.Inject{{ID: "I1", Expects: []engine.Response{
			{ID: "R1", By: "guard", Target: engine.Minute, Limit: 10 * engine.Minute, Weight: 1}, {ID: "R2", By: "guard", Target: engine.Minute, Limit: 10 * engine.Minute, Weight: 1}}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	d := engine.NewDrill(c)
	decide := func(cmd engine.Command) {
		t.Helper()
		if _, err := d.Decide(cmd); err != nil {
			t.Fatal(err)
		}
	}
	decide(engine.Command{Do: engine.StartEx, Key: "s", Body: engine.Body{Start: &engine.Start{Seats: []engine.Seat{{Role: "guard", Persons: []string{"p"}}}}}})
	decide(engine.Command{Do: engine.Observe, At: engine.Minute, Key: "o", Body: engine.Body{ID: "R2", Role: "guard", Content: engine.Whole}})
	needs := d.Needs()
	if len(needs) != 2 || needs[0].Transition.ID != "t2" || needs[1].Transition.ID != "t3" {
		t.Fatalf("%+v", needs)
	}
	if p := needs[0].Parts; len(p) != 2 || p[0].Holds || !p[1].Holds {
		t.Errorf("out to safe: %+v", p)
	}
	if p := needs[1].Parts; len(p) != 2 || p[0].Holds || !p[0].Timed || p[0].At != 5*engine.Minute || !p[1].Holds {
		t.Errorf("out to panic: %+v", p)
	}
	d.Advance(5*engine.Minute, 0)
	if needs = d.Needs(); len(needs) != 1 || len(needs[0].Parts) != 1 || needs[0].Parts[0].Tree.Op != engine.Or || needs[0].From != 7*engine.Minute {
		t.Errorf("out of panic: %+v", needs)
	}
	d.Advance(8*engine.Minute, 0)
	if d.State() != "safe" || d.Needs() != nil {
		t.Errorf("in %s: %+v", d.State(), d.Needs())
	}
}
