package check_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"saban/engine"
	"saban/scenarios"
)

// machineOf writes a small scenario at random: six states, a handful of
// responses, whatever guards come up.
func machineOf(r *rand.Rand) string {
	var b strings.Builder
	b.WriteString("saban: 1\nid: random\nlang: en\ntitle: x\nduration: 30m\nreview: {by: x, date: \"2026-01-01\"}\nflags: {f: x}\nroles: {a: {title: x}, b: {title: x}}\n")
	fmt.Fprintf(&b, "states:\n  s0: {kind: initial, title: x}\n  s1: {kind: normal, title: x, at_least: %ds}\n  s2: {kind: escalated, title: x}\n"+
		"  s3: {kind: normal, title: x}\n  s4: {kind: contained, title: x}\n  s5: {kind: failed, title: x}\n", 60*max(0, r.IntN(6)-3))
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
			if at := r.IntN(8); at > 4 {
				when += fmt.Sprintf(", at: %dm, until: %dm", at, at+5)
			}
		case i > 2 && r.IntN(5) == 0:
			when = "at: hand"
		case i > 2 && r.IntN(4) == 0:
			when += ", only_in: [s2]" + []string{"", ", otherwise: skip"}[r.IntN(2)]
		}
		fmt.Fprintf(&b, "  - {id: I%d, %s, text: x, to: all, also: {a: [P1]}, expects: [", i, when)
		for n := r.IntN(3); n > 0 && no < 5; n-- {
			no++
			b.WriteString(responseOf(r, no) + ", ")
		}
		b.WriteString("]}\n")
	}
	b.WriteString("prohibited: [{id: P1, severity: minor, text: x, why: x}]\n")
	return b.String()
}

func responseOf(r *rand.Rand, no int) string {
	target := 1 + r.IntN(4)
	limit := target + 1 + r.IntN(6)
	if r.IntN(8) == 0 {
		limit += 20
	}
	out := fmt.Sprintf("{id: R%d, by: a, capability: NB, do: x, target: %dm, limit: %dm", no, target, limit)
	if no > 1 && r.IntN(3) == 0 {
		out += fmt.Sprintf(", after: [R%d]", no-1)
	}
	if r.IntN(3) == 0 {
		out += ", critical: true"
	}
	if no == 2 {
		out += ", ways: {V2: {do: x}, W2: {do: x, content: 0.5}}"
	}
	return out + "}"
}

func guardOf(r *rand.Rand, inInject bool, depth int) string {
	if depth < 2 && r.IntN(2) == 0 {
		return "(" + guardOf(r, inInject, depth+1) + []string{" and ", " or ", " and "}[r.IntN(3)] + guardOf(r, inInject, depth+1) + ")"
	}
	fact := ""
	switch r.IntN(11) {
	case 0:
		fact = fmt.Sprintf("inject(I%d)", 1+r.IntN(5))
	case 1, 2:
		fact = fmt.Sprintf("done(R%d)", 1+r.IntN(5))
	case 3:
		fact = fmt.Sprintf("missed(R%d)", 1+r.IntN(5))
	case 4:
		fact = fmt.Sprintf("late(R%d)", 1+r.IntN(5))
	case 5:
		fact = fmt.Sprintf("since(%s) >= %dm", []string{"R1", "R2", "R3", "R4", "R5", "V2", "W2", "I2", "I3"}[r.IntN(9)], 1+r.IntN(5))
	case 6:
		fact = fmt.Sprintf("clock >= %dm", 1+r.IntN(25))
	case 7:
		fact = "flag(f)"
	case 8:
		fact = []string{"done(V2)", "done(W2)", "done(P1)"}[r.IntN(3)]
	case 9:
		fact = []string{"filled(b)", "done(R1)", "clock >= 3m"}[r.IntN(3)]
	case 10:
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

// playOf is a play in which anything may happen: at any second each response
// that is asked for may be made, the prohibited action be seen, the flag
// stated. Half of it keeps to whole minutes, where guards change.
func playOf(r *rand.Rand, f *scenarios.File) *scenarios.Play {
	p := &scenarios.Play{End: f.Scenario.Duration}
	if r.IntN(3) == 0 {
		p.Pace = &scenarios.Pace{Factor: engine.Whole * engine.Ratio(1+r.IntN(12)) / 8}
	}
	if r.IntN(6) == 0 {
		p.Seats = engine.FullSeats(f.Scenario)
		p.Seats[1].Persons = nil
	}
	add := func(at engine.Millis, do engine.Verb, id string) {
		one := scenarios.Step{Number: len(p.Steps) + 1, At: at, Command: engine.Command{Do: do}}
		if one.Command.ID = id; do == engine.Observe {
			one.Command.Content = engine.Whole
		}
		p.Steps = append(p.Steps, one)
	}
	after := func(from engine.Millis, minutes int) engine.Millis {
		if r.IntN(2) == 0 {
			return from + engine.Millis(r.IntN(minutes))*engine.Minute + engine.Millis(r.IntN(3)-1)*engine.Second
		}
		return from + engine.Millis(r.IntN(60*minutes))*engine.Second
	}
	asked := asked(f, p) // what nobody was asked for nobody does
	for _, in := range f.Scenario.Injects {
		for _, x := range in.Expects {
			from, ok := asked[x.ID]
			if !ok || r.IntN(3) == 0 {
				continue
			}
			at := after(0, 30)
			if r.IntN(2) == 0 {
				at = after(from, 12)
			}
			id := x.ID
			if len(x.Ways) > 0 {
				id = x.Ways[r.IntN(len(x.Ways))].ID
			}
			if at >= from && at <= f.Scenario.Duration {
				add(at, engine.Observe, id)
			}
		}
	}
	for n := r.IntN(3); n > 0; n-- {
		add(max(0, after(0, 30)), engine.Prohibit, "P1")
	}
	if r.IntN(3) == 0 {
		add(max(0, after(0, 30)), engine.RaiseFlag, "f")
	}
	slices.SortStableFunc(p.Steps, func(a, b scenarios.Step) int { return int(a.At - b.At) })
	return p
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
			id := e.ID
			if r, _ := f.Scenario.FindWay(id); r != nil {
				id = r.ID
			}
			if in, _ := f.Scenario.FindResponse(id); in != nil && !asked[in.ID] {
				return false
			}
		}
	}
	return true
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
