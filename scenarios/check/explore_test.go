package check_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"saban/engine"
	"saban/scenarios"
	"saban/scenarios/check"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const dir = "../../testdata/check"

// read reads a sound scenario.
func read(t testing.TB, src scenarios.Source) *scenarios.File {
	t.Helper()
	f, found := scenarios.ReadScenario(src)
	if f == nil || f.Compiled == nil {
		t.Fatal(found.Format(engine.EN))
	}
	return f
}

func open(t testing.TB, name string) *scenarios.File {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return read(t, scenarios.Source{Name: name, Bytes: text})
}

// inTime keeps what the exploration found.
func inTime(found scenarios.Findings) scenarios.Findings {
	return slices.DeleteFunc(slices.Clone(found), func(one scenarios.Finding) bool { return one.Code < "SB701" || one.Code > "SB729" })
}

// Each file shows one thing an exploration finds, and nothing else.
var fixtures = map[string]scenarios.Code{
	"sound": "", "state-too-far": scenarios.TooFar, "end-too-late": scenarios.EndTooLate, "never-released": scenarios.NeverReleased,
	"released-too-late": scenarios.NeverReleased, "limit-too-late": scenarios.LimitTooLate, "target-too-late": scenarios.TargetTooLate,
	"stuck": scenarios.Stuck, "goes-round": scenarios.GoesRound, "rounds": scenarios.Rounds, "old-fact": scenarios.OldFactAgain,
	"never-true": scenarios.NeverTrue, "never-false": scenarios.NeverFalse, "never-waits": scenarios.NeverFalse, "shadowed": scenarios.Shadowed,
	"no-recovery": scenarios.NoRecovery, "free-recovery": scenarios.FreeRecovery, "order-decides": scenarios.OrderDecides,
	"contained-without": scenarios.ContainedWithout, "perfect-uncontained": scenarios.PerfectUncontained, "perfect-escalates": scenarios.PerfectEscalates,
	"perfect-below-full": scenarios.PerfectBelowFull, "forgiven-silence": scenarios.SilenceForgiven, "idle-prohibited": scenarios.IdleProhibited,
	"only-when-over": scenarios.OnlyWhenOver,
}

// TestExploration holds the exact words of every finding in both languages,
// and its witness; TestEveryWitnessShowsItsFinding, that the witness is one.
func TestExploration(t *testing.T) {
	for name, code := range fixtures {
		t.Run(name, func(t *testing.T) {
			f := open(t, name+".yaml")
			report := check.Scenario(f, check.Options{})
			found := inTime(report.Findings)
			var codes []scenarios.Code
			for _, one := range found {
				codes = append(codes, one.Code)
			}
			if want := slices.DeleteFunc([]scenarios.Code{code}, func(c scenarios.Code) bool { return c == "" }); !slices.Equal(codes, want) {
				t.Errorf("found %v, want %v", codes, want)
			}
			golden(t, name+".golden", words(f, found, report.Explored))
		})
	}
}

func words(f *scenarios.File, found scenarios.Findings, e check.Explored) string {
	var b strings.Builder
	if len(found) == 0 {
		b.WriteString("no findings\n\n")
	}
	for _, lang := range []engine.Lang{engine.VI, engine.EN} {
		for _, one := range found {
			fmt.Fprintf(&b, "%s\n   %s\n\n", one.Format(lang), check.Tell(f, one).In(lang))
		}
	}
	for _, one := range found {
		b.WriteString(one.Witness + "\n")
	}
	fmt.Fprintf(&b, "longest:  %s\nshortest: %s\n", e.Longest.Told.EN, e.Shortest.Told.EN)
	return b.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// The shipped scenarios have nothing for the exploration to say.
func TestShippedAreExplored(t *testing.T) {
	if testing.Short() || slow {
		t.Skip("takes seconds")
	}
	for _, id := range scenarios.Shipped() {
		t.Run(id, func(t *testing.T) {
			src, err := scenarios.Open(id)
			if err != nil {
				t.Fatal(err)
			}
			f := read(t, src)
			report := check.Scenario(f, check.Options{Bound: 60_000})
			if found := inTime(report.Findings); len(found) > 0 {
				t.Error(found.Format(engine.EN), "\n", found[0].Witness)
			}
			e := report.Explored
			if e.Deviations < 2 || e.Longest == nil || e.Shortest == nil || e.Plays < 1000 {
				t.Errorf("explored too little: %+v", e)
			}
		})
	}
}
