package scenarios_test

import (
	"fmt"
	"slices"
	"testing"

	"saban/engine"
	"saban/scenarios"
	"saban/scoring"
)

// played is a play of a scenario and what it is worth.
type played struct {
	scoring.Scorecard
	states []string
	log    []engine.Event
}

// score conducts a script given as the body of a play file.
func score(t *testing.T, f *scenarios.File, body string) played {
	t.Helper()
	text := fmt.Sprintf("play: 1\nscenario: %s\nname: {vi: \"Thử\", en: \"Trial\"}\n%s", f.Scenario.ID, body)
	p, found := scenarios.ReadPlay(scenarios.Source{Name: "trial.yaml", Bytes: []byte(text)}, f.Scenario)
	if found.Failed() {
		t.Fatal(found.Format(engine.EN))
	}
	conduct, err := scenarios.Rehearse(f.Compiled, p)
	if err != nil {
		t.Fatal(err)
	}
	out := played{Scorecard: scoring.Score(f.Scenario, scoring.Default().With(f.Rubric), conduct.Log), log: conduct.Log}
	for _, step := range out.Path {
		out.states = append(out.states, step.State)
	}
	return out
}

func (p *played) escalated() bool {
	return slices.ContainsFunc(p.Path, func(s scoring.Step) bool { return s.Kind == engine.Escalated })
}

func shippedFiles(t *testing.T, visit func(t *testing.T, f *scenarios.File)) {
	for _, id := range scenarios.Shipped() {
		t.Run(id, func(t *testing.T) { visit(t, open(t, id)) })
	}
}

// The harder a team is pressed by its own times, the worse it goes.
func TestFourPacesOfEachScenario(t *testing.T) {
	shippedFiles(t, func(t *testing.T, f *scenarios.File) {
		row := func(name, body string, kind engine.StateKind, escalates bool, from, to scoring.Points) {
			t.Run(name, func(t *testing.T) {
				got := score(t, f, body)
				if kind != "" && got.StateKind != kind {
					t.Errorf("it ends in %s (%s), not in a %s state", got.State, got.StateKind, kind)
				}
				if got.escalated() != escalates {
					t.Errorf("path %v: escalated %v", got.states, got.escalated())
				}
				if got.Total == nil || *got.Total < from || *got.Total > to {
					t.Errorf("total %v is not within %v–%v", got.Total, from, to)
				}
			})
		}
		const point = 100
		row("on time", "pace: {target: 0.8}\n", engine.Contained, false, 100*point, 100*point)
		row("late", "pace: {target: 1.3}\n", engine.Contained, false, 85*point, 95*point)
		row("past the limit", "pace: {limit: 1.25}\n", "", true, 0, 50*point-1)
		row("silent", "", engine.Failed, true, 0, 0)
	})
}

// A prohibited action costs its penalty whenever it happens; one that a guard
// names also changes the way things go.
func TestProhibitedActionsOfEachScenario(t *testing.T) {
	shippedFiles(t, func(t *testing.T, f *scenarios.File) {
		perfect := score(t, f, "pace: {target: 0.8}\n")
		for i := range f.Scenario.Prohibited {
			p := &f.Scenario.Prohibited[i]
			t.Run(p.ID, func(t *testing.T) {
				changes := false
				for k, step := range perfect.Path {
					if step.Kind.Final() {
						break
					}
					at := (step.AtMS + perfect.Path[k+1].AtMS) / 2
					got := score(t, f, fmt.Sprintf("pace: {target: 0.8}\nsteps:\n  - {at: %s, prohibited: %s, by: %s}\n", at, p.ID, player(f.Scenario)))
					same := slices.Equal(got.states, perfect.states)
					changes = changes || !same
					costs(t, &got, p, same)
				}
				if named(f.Compiled, p.ID) && !changes {
					t.Error("a guard names it, and it changes no path")
				}
			})
		}
	})
}

func costs(t *testing.T, got *played, p *engine.Prohibited, samePath bool) {
	t.Helper()
	if len(got.Penalties) != 1 || got.Penalties[0].ID != p.ID || !got.Penalties[0].Counted {
		t.Fatalf("penalties %v", got.Penalties)
	}
	price := map[engine.Severity]scoring.Points{engine.Minor: 2_00, engine.Major: 5_00, engine.Life: 10_00}[p.Severity]
	if samePath && *got.BeforeGates != 100_00-price {
		t.Errorf("%v before gates, not 100 less %v", got.BeforeGates, price)
	}
	if *got.BeforeGates > 100_00-price {
		t.Errorf("%v before gates: the penalty of %v is not felt", got.BeforeGates, price)
	}
	if p.Severity == engine.Life && *got.Total > 69_00 {
		t.Errorf("total %v after endangering life", got.Total)
	}
}

func player(s *engine.Scenario) string {
	for i := range s.Roles {
		if !s.Roles[i].Simulated {
			return s.Roles[i].ID
		}
	}
	return ""
}

func named(c *engine.Compiled, prohibited string) (yes bool) {
	for i := range c.Scenario().Transitions {
		c.TransitionGuard(i).Tree.Atoms(func(n *engine.GuardNode) {
			yes = yes || n.Fact == engine.FactProhibited && n.ID == prohibited
		})
	}
	return yes
}

// Nothing in a shipped scenario is there that no rehearsal exercises.
func TestRehearsalsCoverEachScenario(t *testing.T) {
	shippedFiles(t, func(t *testing.T, f *scenarios.File) {
		cover := scenarios.NewCover(f.Scenario)
		for _, src := range scenarios.Rehearsals(f.Scenario.ID) {
			p, _ := scenarios.ReadPlay(src, f.Scenario)
			conduct, err := scenarios.Rehearse(f.Compiled, p)
			if err != nil {
				t.Fatal(err)
			}
			cover.Add(conduct.Log)
		}
		for _, line := range cover.Coverage() {
			if len(line.Missing) > 0 {
				t.Errorf("%s: no rehearsal exercises %v", line.Of, line.Missing)
			}
		}
	})
}
