package engine_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"saban/engine"
)

// withGuard puts a guard on the first transition of the market.
func withGuard(guard string) *engine.Scenario {
	s := market()
	s.Transitions[2].When = guard
	return s
}

func TestGuardSaysWhatIsWrongAndWhere(t *testing.T) {
	for _, c := range []struct{ guard, at, says, hint string }{
		{"!done(R1)", "!", "not part of a condition", "write not"},
		{"done(R1) && done(R2)", "&&", "not part", "write and"},
		{"done(R1) || done(R2)", "||", "not part", "write or"},
		{"done(R99)", "R99", "no id", "did you mean R1"},
		{"done(I1)", "I1", "is an inject", "inject(I1)"},
		{"missed(P1)", "P1", "is a prohibited action", "done(P1)"},
		{"now()", "now", "no fact named now", ""},
		{"all([R1], true)", "[", "not part", ""},
		{"$env", "$", "not part", ""},
		{"elapsed == 600", "==", ">= only", ">= 10m"},
		{"elapsed > 600", ">", ">= only", "elapsed >= 10m"},
		{"clock = 5m", "=", ">= only", "clock >= 10m"},
		{"done(R1) and since(R1) < 5m", "<", ">= only", "since(R1) >= 10m"},
		{"done(R1) và done(R2)", "và", "\"và\" is not part", "write and"},
		{"done(R1) hoặc done(R2)", "hoặc", "is not part", "write or"},
		{"done(R1) va done(R2)", "va", "is not part", "write and"},
		{"done(R1) OR done(R2)", "OR", "is not part", "write or"},
		{"không done(R1)", "không", "is not part", "write not"},
		{"elapsed >= 10 phút", "phút", "is not part", "in one: 10m"},
		{"elapsed >= 10 minutes", "minutes", "is not part", "in one: 10m"},
		{"missed(R1, R2)", "missed", "exactly one id", "missed(R1) or missed(R2)"},
		{"elapsed >= clock", "clock", "fixed time", "10m"},
		{"elapsed >= since(R1)", "since", "fixed time", ""},
		{"elapsed", "elapsed", "has to be compared", ">= 10m"},
		{"600 >= elapsed", "600", "left of >=", ""},
		{"not elapsed >= 600", "not", "not takes a fact", "not (elapsed"},
		{"not not done(R1)", "not not", "not takes a fact", ""},
		{"state(panic)", "state", "belongs in an inject", ""},
		{"flag(gone)", "gone", "no id", ""},
		{"R1", "R1", "alone is no fact", "done(R1)"},
		{"since(R1)", "since", "has to be compared", ""},
		{"limit(R1)", "limit", "right of >=", ""},
		{"elapsed >= limit(P1)", "P1", "does not take", ""},
		{"elapsed >= eto", "eto", "no parameter", "eta"},
		{"elapsed >= 1h99x", "1h99x", "no duration", "10m"},
		{"done(R1) done(R2)", "done(R2)", "cannot be read", ""},
		{"done(R1) and", "", "stops half-way", "inject(I01)"},
		{"missed(R1", "", "stops half-way", "close the bracket"},
		{"done(R1, R2)", "done", "exactly one id", ""},
		{"done('R1')", "'", "not part", ""},
		{"true", "true", "cannot be read", ""},
		{"done(R1) ? done(R2) : done(R3)", "?", "not part", ""},
		{"let x", "", "stops half-way", ""},
		{"", "", "empty", ""},
		{"đã(R1)", "đ", "not part", ""},
		{strings.Repeat("(", 21) + "done(R1)" + strings.Repeat(")", 21), strings.Repeat("(", 1), "more than 20", ""},
		{strings.Repeat("done(R1) or ", 40) + "done(R1)", "", "bytes long", ""},
	} {
		t.Run(c.guard[:min(len(c.guard), 20)], func(t *testing.T) {
			_, err := engine.Compile(withGuard(c.guard))
			faults, ok := err.(engine.Faults)
			if !ok || len(faults) == 0 {
				t.Fatalf("%q compiles", c.guard)
			}
			f := faults[0]
			if f.Path != "transitions/2/when" || !strings.HasPrefix(c.guard[min(f.Offset, len(c.guard)):], c.at) {
				t.Errorf("fault at %s byte %d, want %q", f.Path, f.Offset, c.at)
			}
			if !strings.Contains(f.Text.EN, c.says) || !strings.Contains(f.Hint.EN, c.hint) || f.Text.VI == "" {
				t.Errorf("says %q, hint %q, in Vietnamese %q", f.Text.EN, f.Hint.EN, f.Text.VI)
			}
		})
	}
}

// TestGuardProgramAgreesWithItsTree compares what expr computes inside a
// drill with a walk over the tree.
func TestGuardProgramAgreesWithItsTree(t *testing.T) {
	atoms := []string{"done(R1)", "done(R2)", "done(wait)", "inject(I3)", "missed(R1)", "late(R2)", "flag(empty)", "filled(medic)",
		"prohibited(P1)", "elapsed >= 90", "clock >= 2m", "since(R1) >= 30s", "since(empty) >= eta"}
	rapid.Check(t, func(t *rapid.T) {
		guard := drawGuard(t, atoms, 3)
		s := withGuard(guard)
		s.Transitions = []engine.Transition{{From: "calm", To: "smoke", When: guard}}
		c, err := engine.Compile(s)
		if err != nil {
			t.Skip("too long")
		}
		d := engine.NewDrill(c)
		now := engine.Millis(0)
		start := engine.Start{Seats: []engine.Seat{{Role: "guard", Persons: []string{"p1"}}, {Role: "head", Persons: []string{"p2"}}}}
		d.Decide(engine.Command{Do: engine.StartEx, Body: engine.Body{Start: &start}})
		var flag flagClock
		agree := func() bool {
			flag.see(d)
			holds := c.TransitionGuard(0).Tree.Eval(func(a *engine.GuardNode) bool { return reference(d, &flag, a) })
			if moved := d.State() == "smoke"; moved != holds {
				t.Fatalf("%q at %s: machine moved %v, tree says %v", guard, d.Now(), moved, holds)
			}
			return d.State() != "smoke"
		}
		if !agree() {
			return
		}
		for range 12 {
			now += engine.Millis(rapid.SampledFrom([]int64{0, 10_000, 30_000, 60_000, 240_000}).Draw(t, "wait"))
			for due, ok := d.NextDue(); ok && due <= now; due, ok = d.NextDue() {
				d.Advance(due, 0)
				if !agree() {
					return
				}
			}
			d.Decide(engine.Command{Do: rapid.SampledFrom([]engine.Verb{engine.Observe, engine.RaiseFlag, engine.Assign, engine.Note}).Draw(t, "verb"), At: now,
				Body: engine.Body{ID: rapid.SampledFrom([]string{"R1", "R2", "wait", "P1", "empty"}).Draw(t, "id"), Role: "medic", Person: "p3", Content: engine.Whole, Text: "x"}})
			if !agree() {
				return
			}
		}
	})
}

func drawGuard(t *rapid.T, atoms []string, depth int) string {
	if depth == 0 || rapid.Bool().Draw(t, "atom") {
		return rapid.SampledFrom(atoms).Draw(t, "fact")
	}
	left, right := drawGuard(t, atoms, depth-1), drawGuard(t, atoms, depth-1)
	switch rapid.IntRange(0, 2).Draw(t, "op") {
	case 0:
		return "(" + left + " and " + right + ")"
	case 1:
		return "(" + left + " or " + right + ")"
	}
	return "not (" + left + ")"
}

// reference answers an atom from the snapshot alone.
func reference(d *engine.Drill, flag *flagClock, a *engine.GuardNode) bool {
	s := d.Snapshot()
	times := map[string]engine.Millis{} // first time, by id
	response := map[string]engine.ResponseView{}
	for _, r := range s.Responses {
		response[r.Response.ID] = r
		if r.Done {
			times[r.Response.ID] = r.DoneAt
			if r.Way != "" {
				times[r.Way] = r.DoneAt
			}
		}
	}
	acts := map[string]bool{}
	for _, act := range s.Acts {
		acts[act.ID] = true
	}
	_, done := times[a.ID]
	switch a.Fact {
	case engine.FactDone:
		return done || acts[a.ID]
	case engine.FactFlag, engine.FactProhibited:
		return acts[a.ID] // all of it happened in the first state
	case engine.FactMissed:
		return response[a.ID].Missed
	case engine.FactLate:
		return response[a.ID].Late
	case engine.FactFilled:
		for _, r := range s.Roles {
			if r.Role.ID == a.ID {
				return r.Filled
			}
		}
	case engine.FactInject:
		for _, in := range s.Injects {
			if in.Inject.ID == a.ID {
				return in.Status == engine.Out
			}
		}
	case engine.FactElapsed, engine.FactClock:
		return s.Now >= a.AtLeast
	case engine.FactSince:
		if a.ID == "empty" {
			return flag.set && s.Now >= flag.at+a.AtLeast
		}
		return done && s.Now >= times[a.ID]+a.AtLeast
	}
	return false
}

// flagClock remembers when the only flag was first seen set.
type flagClock struct {
	at  engine.Millis
	set bool
}

func (f *flagClock) see(d *engine.Drill) {
	for _, act := range d.Snapshot().Acts {
		if act.ID == "empty" && !f.set {
			f.at, f.set = d.Now(), true
		}
	}
}

func FuzzGuard(f *testing.F) {
	for _, seed := range []string{"done(R1) and not (elapsed >= 10m)", "since(I1) >= limit(R1) or flag(empty)", "!done(R1)", "all(R1, #)", "((((", "1..2", "a?.b", "not"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, guard string) {
		c, err := engine.Compile(withGuard(guard))
		if err != nil {
			for _, fault := range err.(engine.Faults) {
				if fault.Text.VI == "" || fault.Text.EN == "" || fault.Offset < 0 || fault.Offset > len(guard) {
					t.Fatalf("%q: a fault without words or place: %+v", guard, fault)
				}
			}
			return
		}
		d := engine.NewDrill(c)
		d.Decide(engine.Command{Do: engine.StartEx})
		d.Advance(30*engine.Minute, 0)
	})
}
