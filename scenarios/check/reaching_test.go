package check_test

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"saban/engine"
	"saban/scenarios"
	"saban/scenarios/check"
)

func TestReaching(t *testing.T) {
	cases := []struct {
		file, id string
		reached  bool
		path     []string
	}{
		{"sound.yaml", "panic", true, []string{"calm", "alert", "panic", "lost"}},
		{"sound.yaml", "safe", true, []string{"calm", "alert", "safe"}},
		{"sound.yaml", "I02", true, []string{"calm", "alert", "panic", "lost"}},
		{"sound.yaml", "panic-alert-5", true, []string{"calm", "alert", "panic", "alert", "safe"}},
		{"state-too-far.yaml", "flooded", false, nil},
		{"never-released.yaml", "I03", false, nil},
		{"never-true.yaml", "alert-panic-7", false, nil},
	}
	for _, c := range cases {
		t.Run(c.file+" "+c.id, func(t *testing.T) {
			f := open(t, c.file)
			play, reached, err := check.Reaching(f, c.id, check.Options{Bound: 20_000})
			if err != nil || reached != c.reached || c.path != nil && !slices.Equal(play.Path, c.path) {
				t.Fatalf("reached %v by %v, %v", reached, play.Path, err)
			}
			came := judged(t, f, scenarios.Finding{Witness: play.File})
			if reached && came.at(c.id) < 0 && came.out(c.id) < 0 && !slices.ContainsFunc(came.log, func(e engine.Event) bool { return e.Via == c.id }) {
				t.Errorf("the play does not come to %s:\n%s", c.id, play.File)
			}
		})
	}
	if _, _, err := check.Reaching(open(t, "sound.yaml"), "R01", check.Options{}); err == nil {
		t.Error("a response is nowhere to come to")
	}
}

// Somebody who sends the visitors out first has no way to any end.
func Example() {
	text, err := os.ReadFile("../../testdata/check/stuck.yaml")
	if err != nil {
		fmt.Println(err)
		return
	}
	f, _ := scenarios.ReadScenario(scenarios.Source{Name: "stuck.yaml", Bytes: text})
	for _, one := range check.Scenario(f, check.Options{}).Findings {
		if one.Code == scenarios.Stuck {
			fmt.Println(one.Text.EN)
			fmt.Println(check.Tell(f, one).EN)
		}
	}
	// Output:
	// stuck in alert from 00:01 on: nothing anybody should do leads to any end from there
	// everything else in time · alert 00:00 · visitors 00:01
}
