package scenarios_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"saban/engine"
	"saban/scenarios"
	"saban/scoring"
)

// A stage and a scorer used again and again bring what new ones bring.
func TestStageIsUsedAgain(t *testing.T) {
	for _, id := range scenarios.Shipped() {
		src, err := scenarios.Open(id)
		if err != nil {
			t.Fatal(err)
		}
		f, _ := scenarios.ReadScenario(src)
		plays := []*scenarios.Play{
			written(t, f, strings.ReplaceAll("pace: {target: 1}\nsteps: [{at: 2m, inject: {id: X1, to: [ROLE], text: {vi: \"DIỄN TẬP\", en: \"EXERCISE\"}, expects: [{id: RX1, by: ROLE, do: {vi: a, en: a}}]}}, {at: 3m, done: RX1}, {at: 4m, pause: 9s}]\n", "ROLE", player(f.Scenario))),
			written(t, f, "pace: {limit: 0.5}\nsteps: [{at: 5m, release: I01}]\n"), // refused
		}
		for _, src := range scenarios.Rehearsals(id) {
			p, _ := scenarios.ReadPlay(src, f.Scenario)
			plays = append(plays, p)
		}
		var stage scenarios.Stage
		scorer := scoring.NewScorer(f.Scenario, scoring.Default())
		for range 2 {
			for _, p := range plays {
				sameAsNew(t, f, p, &stage, scorer)
			}
		}
	}
}

func written(tb testing.TB, f *scenarios.File, text string) *scenarios.Play {
	tb.Helper()
	p, found := scenarios.ReadPlay(scenarios.Source{Name: "play.yaml", Bytes: []byte("play: 1\nscenario: " + f.Scenario.ID + "\n" + text)}, f.Scenario)
	if found.Failed() {
		tb.Fatal(found.Format(engine.EN))
	}
	return p
}

func sameAsNew(t *testing.T, f *scenarios.File, p *scenarios.Play, stage *scenarios.Stage, scorer *scoring.Scorer) {
	t.Helper()
	want, wantErr := scenarios.Rehearse(f.Compiled, p)
	got, err := stage.Rehearse(f.Compiled, p)
	if (err == nil) != (wantErr == nil) || err != nil && err.Error() != wantErr.Error() {
		t.Fatalf("%s: %v, a new stage says %v", p.Source.Name, err, wantErr)
	}
	if diff := cmp.Diff(want.Log, got.Log); diff != "" {
		t.Fatalf("%s: the log differs (-new +again):\n%s", p.Source.Name, diff)
	}
	if want.Steps != got.Steps {
		t.Errorf("%s: %d steps, a new stage needs %d", p.Source.Name, got.Steps, want.Steps)
	}
	scorer.Reset()
	for i := range got.Log {
		scorer.Add(&got.Log[i])
	}
	if diff := cmp.Diff(scoring.Score(f.Scenario, scoring.Default(), want.Log), scorer.Card()); diff != "" {
		t.Errorf("%s: the card differs (-new +again):\n%s", p.Source.Name, diff)
	}
	once := scoring.NewScorer(f.Scenario, scoring.Default())
	for i := range want.Log {
		once.Add(&want.Log[i])
	}
	if diff := cmp.Diff(once.Figures(), scorer.Figures()); diff != "" {
		t.Errorf("%s: the figures differ (-new +again):\n%s", p.Source.Name, diff)
	}
}

func BenchmarkRehearse(b *testing.B) {
	src, err := scenarios.Open("bomb-threat")
	if err != nil {
		b.Fatal(err)
	}
	f, _ := scenarios.ReadScenario(src)
	p := written(b, f, "pace: {target: 0.8}\n")
	var stage scenarios.Stage
	b.ReportAllocs()
	for b.Loop() {
		if _, err := stage.Rehearse(f.Compiled, p); err != nil {
			b.Fatal(err)
		}
	}
}
