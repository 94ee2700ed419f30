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
	"saban/scoring"
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
// and its witness.
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
			for _, one := range found {
				replays(t, f, one)
			}
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

// judged reads a witness back as any play file, rehearses it and holds it
// against what it expects.
func judged(t *testing.T, f *scenarios.File, one scenarios.Finding) play {
	t.Helper()
	if one.Witness == "" {
		t.Fatalf("%s has no witness", one.Code)
	}
	p, found := scenarios.ReadPlay(scenarios.Source{Name: "witness.yaml", Bytes: []byte(one.Witness)}, f.Scenario)
	if len(found) > 0 {
		t.Fatal(found.Format(engine.EN))
	}
	conduct, err := scenarios.Rehearse(f.Compiled, p)
	if err != nil && one.Code != scenarios.GoesRound {
		t.Fatal(err)
	}
	card := scoring.Score(f.Scenario, scoring.Default().With(f.Rubric), conduct.Log)
	if missed := p.Judge(card, conduct.Log); len(missed) > 0 {
		t.Errorf("%s: %s\n%s", one.Code, missed[0].Format(engine.EN), one.Witness)
	}
	return play{f.Scenario, card, conduct.Log}
}

// replays proves that a witness does what the finding says.
func replays(t *testing.T, f *scenarios.File, one scenarios.Finding) {
	t.Helper()
	came := judged(t, f, one)
	if shows := shown[one.Code]; shows == nil {
		t.Errorf("nothing proves %s", one.Code)
	} else if !shows(came) {
		t.Errorf("the witness does not show %s:\n%s", one.Code, one.Witness)
	}
}

// play is what came of a witness.
type play struct {
	s    *engine.Scenario
	card scoring.Scorecard
	log  []engine.Event
}

func (p play) at(state string) engine.Millis {
	for _, step := range p.card.Path {
		if step.State == state {
			return step.AtMS
		}
	}
	return -1
}

func (p play) times(state string) (n int) {
	for _, step := range p.card.Path {
		if step.State == state {
			n++
		}
	}
	return n
}

func (p play) out(inject string) engine.Millis {
	for _, e := range p.log {
		if e.Type == engine.Released && e.ID == inject {
			return e.At
		}
	}
	return -1
}

func (p play) via(t int) (seq int64, at engine.Millis) {
	id := engine.TransitionID(&p.s.Transitions[t], t)
	for _, e := range p.log {
		if e.Via == id {
			return e.Seq, e.At
		}
	}
	return 0, -1
}

// acts counts what people did between two times.
func (p play) acts(from, to engine.Millis) (n int) {
	for _, e := range p.log {
		if (e.Subject() || e.Type == engine.Flagged) && e.At > from && e.At < to {
			n++
		}
	}
	return n
}

// free reports whether a state was left for another at the end of its dwell
// with nobody acting.
func (p play) free(from, to string) bool {
	for i, step := range p.card.Path {
		if i > 0 && step.State == to {
			before := p.card.Path[i-1]
			if before.State == from && step.AtMS == before.AtMS+engine.DefaultDwell && p.acts(before.AtMS, step.AtMS) == 0 {
				return true
			}
		}
	}
	return false
}

func (p play) final() bool { return p.card.StateKind.Final() }

// shown proves each code by the log of its fixture's witness.
var shown = map[scenarios.Code]func(p play) bool{
	scenarios.TooFar:        func(p play) bool { return p.at("alert") >= 0 && p.at("flooded") < 0 },
	scenarios.EndTooLate:    func(p play) bool { return p.at("overrun") > p.s.Duration },
	scenarios.NeverReleased: func(p play) bool { return p.out("I03") < 0 || p.out("I03") > p.s.Duration },
	scenarios.LimitTooLate: func(p play) bool {
		return p.out("I03")+10*engine.Minute > p.s.Duration && p.out("I03")+2*engine.Minute <= p.s.Duration
	},
	scenarios.TargetTooLate: func(p play) bool { return p.out("I03")+2*engine.Minute > p.s.Duration },
	scenarios.Stuck:         func(p play) bool { return !p.final() && p.card.State == "alert" },
	scenarios.GoesRound: func(p play) bool {
		return !p.final() && p.times("rumour") >= 3 && p.acts(p.at("rumour"), p.s.Duration) == 0
	},
	scenarios.Rounds:       func(p play) bool { return p.times("panic") >= 3 && p.acts(p.at("panic"), p.s.Duration) == 0 },
	scenarios.OldFactAgain: func(p play) bool { return p.times("panic") >= 2 },
	scenarios.NeverTrue:    func(p play) bool { _, at := p.via(6); return at < 0 && p.at("alert") >= 0 },
	scenarios.NeverFalse: func(p play) bool {
		return p.out("I03") == 3*engine.Minute || p.at("checking") == p.at("safe") && p.at("safe") > 0
	},
	scenarios.Shadowed:           func(p play) bool { _, at := p.via(1); return at == 5*engine.Minute && p.at("lost") != at },
	scenarios.NoRecovery:         func(p play) bool { return p.acts(p.at("panic"), p.s.Duration) > 0 && p.card.State == "lost" },
	scenarios.FreeRecovery:       func(p play) bool { return p.free("panic", "alert") },
	scenarios.OrderDecides:       func(p play) bool { bad, _ := p.via(2); good, _ := p.via(3); return bad > 0 && good > bad },
	scenarios.ContainedWithout:   func(p play) bool { return p.at("safe") > 0 && len(p.card.Gates) > 0 },
	scenarios.PerfectUncontained: func(p play) bool { return p.card.State == "alert" },
	scenarios.PerfectEscalates:   func(p play) bool { return p.at("panic") > 0 },
	scenarios.PerfectBelowFull:   func(p play) bool { return p.card.Total != nil && *p.card.Total < 100_00 },
	scenarios.SilenceForgiven:    func(p play) bool { return p.card.StateKind != engine.Failed && p.acts(-1, p.s.Duration) == 0 },
	scenarios.IdleProhibited:     func(p play) bool { return p.acts(p.at("panic"), p.s.Duration) > 0 && p.at("panic") > 0 },
	scenarios.OnlyWhenOver:       func(p play) bool { return p.card.State == "safe" && p.out("I03") < 0 },
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
