package check_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"saban/scenarios"
	"saban/scenarios/check"
)

// A scenario of thirty states and forty responses, each of them in a guard,
// has more plays than anybody can try: the search stops at its bound, says
// so, and claims nothing that it has not looked at.
func TestExplorationStopsAtItsBound(t *testing.T) {
	const bound = 20_000
	for name, every := range map[string]string{"that rests": "elapsed >= 5m", "that moves every second": "elapsed >= 1s"} {
		for ends, guards := range map[string]func(r *rand.Rand, state int) string{"with ends": manyEnds, "with hardly an end": fewEnds} {
			t.Run("a machine "+name+", "+ends, func(t *testing.T) {
				text := tangle(guards, every)
				f := read(t, scenarios.Source{Name: "tangle.yaml", Bytes: []byte(text)})
				report := check.Scenario(f, check.Options{Bound: bound})
				e := report.Explored
				if e.Configs > 2*bound || e.Configs < bound/2 {
					t.Errorf("%d configs looked at, and the bound is %d", e.Configs, bound)
				}
				if !e.Exhausted && e.Deviations >= 3 {
					t.Errorf("every play of %d deviations in so few configs", e.Deviations)
				}
				for _, one := range inTime(report.Findings) {
					replays(t, f, one)
				}
			})
		}
	}
}

// tangle writes a scenario of thirty states and forty responses.
func tangle(guards func(r *rand.Rand, state int) string, every string) string {
	r := rand.New(rand.NewPCG(1, 1))
	var b strings.Builder
	b.WriteString("saban: 1\nid: tangle\nlang: en\ntitle: x\nduration: 60m\nreview: {by: x, date: \"2026-01-01\"}\nroles: {a: {title: x}, b: {title: x}, c: {title: x}}\nstates:\n  s0: {kind: initial, title: x}\n")
	for i := 1; i < 28; i++ {
		kind := "normal"
		if i%5 == 0 {
			kind = "escalated"
		}
		fmt.Fprintf(&b, "  s%d: {kind: %s, title: x}\n", i, kind)
	}
	b.WriteString("  s28: {kind: contained, title: x}\n  s29: {kind: failed, title: x}\ntransitions:\n  - {from: s0, to: s1, when: inject(I1)}\n")
	for i := 1; i < 28; i++ {
		b.WriteString(guards(r, i))
		fmt.Fprintf(&b, "  - {from: s%d, to: s%d, when: %s}\n", i, i%27+1, every)
	}
	b.WriteString("injects:\n")
	for i, no := 0, 0; i < 14; i++ {
		fmt.Fprintf(&b, "  - {id: I%d, at: %dm, text: x, to: all, also: {a: [P1]}, expects: [", i+1, 3*i)
		for k := 0; k < 3 && no < 40; k++ {
			no++
			fmt.Fprintf(&b, "{id: R%d, by: %c, capability: NB, critical: true, do: x, target: %dm, limit: %dm}, ", no, 'a'+k, 2+k, 6+2*k)
		}
		b.WriteString("]}\n")
	}
	return b.String() + "prohibited: [{id: P1, severity: minor, text: x, why: x}]\n"
}

// manyEnds leads on at random.
func manyEnds(r *rand.Rand, state int) (lines string) {
	fact := func() string {
		form := []string{"done(R%d)", "done(R%d)", "missed(R%d)", "late(R%d)", "since(R%d) >= 4m", "not done(R%d)"}[r.IntN(6)]
		return fmt.Sprintf(form, 1+r.IntN(40))
	}
	for range 3 {
		lines += fmt.Sprintf("  - {id: t%d, from: s%d, to: s%d, when: %s and %s}\n", r.Uint32(), state, state+1+r.IntN(29-state), fact(), fact())
	}
	return lines
}

// fewEnds leads to an end by one response, and not when another is made.
func fewEnds(_ *rand.Rand, state int) string {
	return fmt.Sprintf("  - {from: s%d, to: s28, when: done(R%d) and not done(R%d)}\n  - {from: s%d, to: s29, when: prohibited(P1)}\n", state, state, state%28+10, state)
}
