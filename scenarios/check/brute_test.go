package check_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"saban/engine"
	"saban/scenarios"
	"saban/scenarios/check"
)

// machineOf writes a small scenario at random: six states, a handful of
// responses, whatever guards come up.
func machineOf(r *rand.Rand) string {
	var b strings.Builder
	b.WriteString("saban: 1\nid: random\nlang: en\ntitle: x\nduration: 30m\nreview: {by: x, date: \"2026-01-01\"}\nflags: {f: x}\nroles: {a: {title: x}}\n" +
		"states:\n  s0: {kind: initial, title: x}\n  s1: {kind: normal, title: x}\n  s2: {kind: escalated, title: x}\n  s3: {kind: normal, title: x}\n  s4: {kind: contained, title: x}\n  s5: {kind: failed, title: x}\n")
	b.WriteString("transitions:\n  - {from: s0, to: s1, when: inject(I1)}\n")
	for from := range 4 {
		for n := 1 + r.IntN(3); n > 0; n-- {
			to := r.IntN(6)
			if to != from {
				fmt.Fprintf(&b, "  - {from: s%d, to: s%d, when: %s, id: t%d}\n", from, to, guardOf(r, false, 0), r.Uint32())
			}
		}
	}
	b.WriteString("injects:\n")
	no := 0
	for i := 1; i <= 5; i++ {
		when := fmt.Sprintf("at: %dm", (i-1)*r.IntN(6))
		switch {
		case i > 2 && r.IntN(2) == 0:
			when = "when: " + guardOf(r, true, 0)
		case i > 2 && r.IntN(5) == 0:
			when = "at: hand"
		case i > 2 && r.IntN(4) == 0:
			when += ", only_in: [s2]"
		}
		fmt.Fprintf(&b, "  - {id: I%d, %s, text: x, to: all, also: {a: [P1]}, expects: [", i, when)
		for n := r.IntN(3); n > 0 && no < 5; n-- {
			no++
			after := ""
			if no > 1 && r.IntN(3) == 0 {
				after = fmt.Sprintf(", after: [R%d]", no-1)
			}
			target := 1 + r.IntN(4)
			fmt.Fprintf(&b, "{id: R%d, by: a, capability: NB, do: x, target: %dm, limit: %dm%s}, ", no, target, target+1+r.IntN(6), after)
		}
		b.WriteString("]}\n")
	}
	b.WriteString("prohibited: [{id: P1, severity: minor, text: x, why: x}]\n")
	return b.String()
}

func guardOf(r *rand.Rand, inInject bool, depth int) string {
	if depth < 2 && r.IntN(2) == 0 {
		return "(" + guardOf(r, inInject, depth+1) + []string{" and ", " or ", " and "}[r.IntN(3)] + guardOf(r, inInject, depth+1) + ")"
	}
	fact := ""
	switch r.IntN(9) {
	case 0:
		fact = fmt.Sprintf("inject(I%d)", 1+r.IntN(5))
	case 1, 2:
		fact = fmt.Sprintf("done(R%d)", 1+r.IntN(5))
	case 3:
		fact = fmt.Sprintf("missed(R%d)", 1+r.IntN(5))
	case 4:
		fact = fmt.Sprintf("late(R%d)", 1+r.IntN(5))
	case 5:
		fact = fmt.Sprintf("since(R%d) >= %dm", 1+r.IntN(5), 1+r.IntN(5))
	case 6:
		fact = fmt.Sprintf("clock >= %dm", 1+r.IntN(25))
	case 7:
		fact = "flag(f)"
	case 8:
		if inInject {
			fact = fmt.Sprintf("state(s%d)", r.IntN(6))
		} else if r.IntN(2) == 0 {
			fact = "prohibited(P1)"
		} else {
			fact = fmt.Sprintf("elapsed >= %dm", 1+r.IntN(8))
		}
	}
	if r.IntN(4) == 0 {
		return "not (" + fact + ")"
	}
	return fact
}

// atRandom plays a scenario anyhow: at any second each response that is asked
// for may be made, the prohibited action be seen, the flag stated.
func atRandom(r *rand.Rand, f *scenarios.File, see func(log []engine.Event)) {
	for range 150 {
		p := &scenarios.Play{End: f.Scenario.Duration}
		if r.IntN(3) == 0 {
			p.Pace = &scenarios.Pace{Factor: engine.Whole * engine.Ratio(1+r.IntN(12)) / 8}
		}
		add := func(at engine.Millis, do engine.Verb, id string) {
			one := scenarios.Step{Number: len(p.Steps) + 1, At: at, Command: engine.Command{Do: do}}
			if one.Command.ID = id; do == engine.Observe {
				one.Command.Content = engine.Whole
			}
			p.Steps = append(p.Steps, one)
		}
		at := func() engine.Millis { return engine.Millis(r.IntN(30*60)) * engine.Second }
		asked := asked(f, p) // what nobody was asked for nobody does
		for _, in := range f.Scenario.Injects {
			for _, x := range in.Expects {
				if from, ok := asked[x.ID]; ok && r.IntN(3) > 0 {
					when := at()
					if r.IntN(2) == 0 {
						when = from + engine.Millis(r.IntN(12*60))*engine.Second
					}
					if when >= from && when <= f.Scenario.Duration {
						add(when, engine.Observe, x.ID)
					}
				}
			}
		}
		for n := r.IntN(3); n > 0; n-- {
			add(at(), engine.Prohibit, "P1")
		}
		if r.IntN(3) == 0 {
			add(at(), engine.RaiseFlag, "f")
		}
		slices.SortStableFunc(p.Steps, func(a, b scenarios.Step) int { return int(a.At - b.At) })
		c, err := scenarios.Rehearse(f.Compiled, p)
		if err == nil && inOrder(f, c.Log) {
			see(c.Log)
		}
	}
}

// asked is when each response would be asked for if nobody did anything.
func asked(f *scenarios.File, p *scenarios.Play) map[string]engine.Millis {
	c, _ := scenarios.Rehearse(f.Compiled, p)
	out := map[string]engine.Millis{}
	for _, v := range c.Drill.Snapshot().Responses {
		if v.Triggered {
			out[v.Response.ID] = v.From
		}
	}
	return out
}

// inOrder reports that nothing was done before it was asked for: the
// exploration does not try that.
func inOrder(f *scenarios.File, log []engine.Event) bool {
	asked := map[string]bool{}
	for _, e := range log {
		switch e.Type {
		case engine.Received:
			asked[e.ID] = true
		case engine.Observed:
			if in, _ := f.Scenario.FindResponse(e.ID); in != nil && !asked[in.ID] {
				return false
			}
		}
	}
	return true
}

// What the exploration says never happens, no random play does.
func TestExplorationAgainstRandomPlays(t *testing.T) {
	machines := 60
	if testing.Short() || slow {
		machines = 15
	}
	if n, err := strconv.Atoi(os.Getenv("SABAN_MACHINES")); err == nil {
		machines = n // for a long search: from a seed of its own
	}
	checked, claims := 0, 0
	for seed := uint64(1); checked < machines; seed++ {
		r := rand.New(rand.NewPCG(seed, 7))
		text := machineOf(r)
		f, _ := scenarios.ReadScenario(scenarios.Source{Name: "random.yaml", Bytes: []byte(text)})
		if f == nil || f.Compiled == nil {
			continue
		}
		checked++
		never := map[string]scenarios.Code{}
		for _, one := range inTime(check.Scenario(f, check.Options{Bound: 40_000}).Findings) {
			judged(t, f, one)
			if one.Code == scenarios.Stuck {
				staysStuck(t, r, f, one)
			}
			for _, id := range about(one) {
				never[id] = one.Code
				claims++
			}
		}
		atRandom(r, f, func(log []engine.Event) {
			for _, e := range log {
				if e.Type == engine.Moved && never["from "+e.From] != "" && e.To != "s2" && e.To != "s5" {
					t.Fatalf("seed %d: nobody recovers from %s, but here:\n%s\n%s", seed, e.From, text, trace(log))
				}
				for _, id := range []string{e.To, e.ID, e.Via} {
					if code, said := never[id]; said && (e.Type == engine.Moved || e.Type == engine.Released) {
						t.Fatalf("seed %d: %s of %s, but a play does it at %s:\n%s\n%s", seed, code, id, e.At.Clock(), text, trace(log))
					}
				}
			}
		})
	}
	t.Logf("%d machines, %d claims", checked, claims)
}

// staysStuck plays on at random from where a witness says that nothing leads
// to an end any more.
func staysStuck(t *testing.T, r *rand.Rand, f *scenarios.File, one scenarios.Finding) {
	t.Helper()
	done := map[string]bool{}
	for _, e := range judged(t, f, one).log {
		done[e.ID] = done[e.ID] || e.Type == engine.Observed
	}
	end := f.Scenario.Duration
	for range 30 {
		p, _ := scenarios.ReadPlay(scenarios.Source{Name: "witness.yaml", Bytes: []byte(one.Witness)}, f.Scenario)
		p.End = 3 * end
		for _, in := range f.Scenario.Injects {
			for _, x := range in.Expects {
				if !done[x.ID] && r.IntN(4) > 0 {
					p.Steps = append(p.Steps, scenarios.Step{Number: len(p.Steps) + 1, At: end + engine.Millis(1+r.IntN(5000))*engine.Second/2,
						Command: engine.Command{Do: engine.Observe, Body: engine.Body{ID: x.ID, Content: engine.Whole}}})
				}
			}
		}
		p.Expect = nil
		if c, err := scenarios.Rehearse(f.Compiled, p); err == nil && c.Drill.StateKind().Final() && inOrder(f, c.Log) {
			t.Fatalf("%s, but:\n%s\n%s", one.Text.EN, one.Witness, trace(c.Log))
		}
	}
}

// about is what a finding says never happens.
func about(one scenarios.Finding) []string {
	words := strings.Fields(one.Text.EN)
	switch one.Code {
	case scenarios.TooFar, scenarios.EndTooLate:
		if words[0] == "no" {
			return words[3:4] // no play reaches s3
		}
		return words[:1]
	case scenarios.NeverReleased:
		for _, w := range words {
			if len(w) >= 2 && w[0] == 'I' && w[1] >= '1' && w[1] <= '9' {
				return []string{strings.TrimSuffix(w, ",")}
			}
		}
	case scenarios.NoRecovery:
		return []string{"from " + words[len(words)-1]} // no play recovers from s2
	case scenarios.NeverTrue:
		if i := strings.Index(one.Excerpt, "id: t"); i >= 0 {
			return []string{strings.TrimRight(one.Excerpt[i+4:], "}… ")}
		}
	}
	return nil
}

func trace(log []engine.Event) string {
	var b strings.Builder
	for _, e := range log {
		if e.Type != engine.Received && e.Type != engine.Started {
			fmt.Fprintln(&b, e.At.Clock(), e.Type, e.ID, e.To, e.Via)
		}
	}
	return b.String()
}
