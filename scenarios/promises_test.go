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
				otherPath, otherNews := false, false
				for k, step := range perfect.Path {
					if step.Kind.Final() {
						break
					}
					at := (step.AtMS + perfect.Path[k+1].AtMS) / 2
					got := score(t, f, fmt.Sprintf("pace: {target: 0.8}\nsteps:\n  - {at: %s, prohibited: %s, by: %s}\n", at, p.ID, player(f.Scenario)))
					otherPath = otherPath || !slices.Equal(got.states, perfect.states)
					otherNews = otherNews || !slices.Equal(got.released(), perfect.released())
					costs(t, f, &got, p, perfect.states)
				}
				moves, news := named(f.Compiled, p.ID)
				if moves && !otherPath {
					t.Error("the guard of a transition names it, and it changes no path")
				}
				if news && !otherNews {
					t.Error("the condition of an inject names it, and it changes nothing that comes")
				}
			})
		}
	})
}

// costs asks that a play with a prohibited action is worth its penalty less
// than with no price on it, and a perfect one otherwise 100.
func costs(t *testing.T, f *scenarios.File, got *played, p *engine.Prohibited, perfect []string) {
	t.Helper()
	if len(got.Penalties) != 1 || got.Penalties[0].ID != p.ID || !got.Penalties[0].Counted {
		t.Fatalf("penalties %v", got.Penalties)
	}
	free := scoring.Default().With(f.Rubric)
	free.Penalties = scoring.Penalties{AgainAfter: free.Penalties.AgainAfter}
	unpunished := *scoring.Score(f.Scenario, free, got.log).BeforeGates
	price := map[engine.Severity]scoring.Points{engine.Minor: 2_00, engine.Major: 5_00, engine.Life: 10_00}[p.Severity]
	if *got.BeforeGates != max(0, unpunished-price) {
		t.Errorf("%v before gates, and %v less %v is another sum", got.BeforeGates, unpunished, price)
	}
	if slices.Equal(got.states, perfect) && unpunished != 100_00 {
		t.Errorf("%v without the penalty, though the path is that of a perfect play", unpunished)
	}
	if p.Severity == engine.Life && *got.Total > 69_00 {
		t.Errorf("total %v after endangering life", got.Total)
	}
}

// released lists the injects that came, in order.
func (p *played) released() (ids []string) {
	for i := range p.log {
		if p.log[i].Type == engine.Released {
			ids = append(ids, p.log[i].ID)
		}
	}
	return ids
}

func player(s *engine.Scenario) string {
	for i := range s.Roles {
		if !s.Roles[i].Simulated {
			return s.Roles[i].ID
		}
	}
	return ""
}

// named reports whether guards of transitions, and conditions of injects, ask
// for a prohibited action.
func named(c *engine.Compiled, prohibited string) (moves, news bool) {
	asks := func(guard *engine.Guard) (yes bool) {
		if guard != nil {
			guard.Tree.Atoms(func(n *engine.GuardNode) { yes = yes || n.ID == prohibited })
		}
		return yes
	}
	for i := range c.Scenario().Transitions {
		moves = moves || asks(c.TransitionGuard(i))
	}
	for i := range c.Scenario().Injects {
		news = news || asks(c.InjectGuard(i))
	}
	return moves, news
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
