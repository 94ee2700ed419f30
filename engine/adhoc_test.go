package engine_test

import (
	"testing"

	"saban/engine"
)

// TestAnAdHocInjectIsCheckedAsThoseOfTheFileAre writes injects that a file
// could not hold either, in a drill that has had one before.
func TestAnAdHocInjectIsCheckedAsThoseOfTheFileAre(t *testing.T) {
	written := func(id string, expects ...engine.Response) engine.Inject {
		for i := range expects {
			expects[i].Target, expects[i].Limit, expects[i].Weight = engine.Minute, 2*engine.Minute, 1
		}
		return engine.Inject{ID: id, Text: engine.Text{VI: "có khói"}, Expects: expects}
	}
	by := func(role, id string) engine.Response { return engine.Response{ID: id, By: role} }
	after := func(role, id, first string) engine.Response {
		return engine.Response{ID: id, By: role, After: []string{first}}
	}
	to := func(in engine.Inject, role string) engine.Inject { in.To = []string{role}; return in }
	boxes := by("guard", "X2R")
	boxes.Boxes = "etane"
	for _, c := range []struct {
		what, why string
		in        engine.Inject
	}{
		{"sound", "", to(written("X2", by("guard", "X2R"), after("head", "X2S", "X2R"), after("head", "X2T", "R1")), "guard")},
		{"of a file's inject", "id I1 is used twice: it already is an inject", written("I1")},
		{"of a file's response", "id R1 is used twice: it already is a response", written("X2", by("guard", "R1"))},
		{"of a file's state", "id calm is used twice: it already is a state", written("calm")},
		{"of one before", "id X1 is used twice: it already is an inject", written("X1")},
		{"of a response before", "id X1R is used twice: it already is a response", written("X2", by("guard", "X1R"))},
		{"its own twice", "id X2 is used twice: it already is an inject", written("X2", by("guard", "X2"))},
		{"ill-formed", `id "2X" is ill-formed; a letter, then letters, digits or _, at most 32 in all`, written("2X")},
		{"a word of conditions", `"not" is a word of the guard language and no id`, written("not")},
		{"to nobody", "there is no role guarrd; did you mean guard?", to(written("X2"), "guarrd")},
		{"to no player", "role caller is simulated by exercise control and no player", to(written("X2"), "caller")},
		{"after an inject", "I1 is an inject, here a response is wanted", written("X2", after("guard", "X2R", "I1"))},
		{"after what was written before", "there is no response X1R; did you mean X2R?", written("X2", after("guard", "X2R", "X1R"))},
		{"boxes", `there is no box set "etane"; did you mean ethane?`, written("X2", boxes)},
	} {
		t.Run(c.what, func(t *testing.T) {
			d := started(t)
			for _, in := range []engine.Inject{written("X1", by("guard", "X1R")), c.in} {
				events, err := d.Decide(engine.Command{Do: engine.AdHoc, Body: engine.Body{Inject: &in}})
				switch {
				case in.ID == "X1" && len(in.Expects) > 0, c.why == "":
					if err != nil || len(events) < 2 || events[0].Type != engine.Written || events[1].Type != engine.Released {
						t.Fatalf("%s: %v, %d events", in.ID, err, len(events))
					}
				case err == nil || err.Error() != c.why || len(events) > 0:
					t.Errorf("%v, want %s; %d events", err, c.why, len(events))
				}
			}
		})
	}
}

// TestAnAdHocInjectIsNotCalledAsTheOneState is of a scenario without states,
// which stands in one all the same.
func TestAnAdHocInjectIsNotCalledAsTheOneState(t *testing.T) {
	d := engine.NewDrill(compiled(t, &engine.Scenario{ID: "plain", Duration: engine.Hour, Roles: []engine.Role{{ID: "guard"}}}))
	restart(t, d)
	events, err := d.Decide(engine.Command{Do: engine.AdHoc, Body: engine.Body{Inject: &engine.Inject{ID: engine.Running, Text: engine.Text{VI: "có khói"}}}})
	if err == nil || err.Error() != "id running is used twice: it already is a state" || len(events) > 0 {
		t.Errorf("%v, %d events", err, len(events))
	}
}
