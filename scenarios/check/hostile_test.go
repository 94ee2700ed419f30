package check_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"saban/engine"
	"saban/scenarios"
	"saban/scenarios/check"
)

// hostile is a small scenario that a search with one shortcut too many gets
// wrong. It has all the findings of yes and none of no.
type hostile struct {
	name        string
	transitions string // a line each
	injects     string // a line each
	yes, no     []scenarios.Code
	bound       int
}

var hostiles = []hostile{
	{
		name: "at the next moment somebody may do what stands earlier in the file",
		transitions: `
			from: alert, to: room, when: done(R2) and not done(R1)
			from: alert, to: lost, when: clock >= 30m
			from: room, to: lost, when: elapsed >= 2s
			from: room, to: safe, when: done(R1)`,
		injects: `id: I1, at: 0s, expects: [{id: R1, target: 20m, limit: 25m}, {id: R2, target: 1m, limit: 25m}]`,
		no:      []scenarios.Code{scenarios.TooFar, scenarios.NeverTrue, scenarios.Shadowed},
	},
	{
		name: "how long ago a way was taken makes a difference",
		transitions: `
			from: alert, to: room, when: clock >= 20m
			from: room, to: safe, when: done(W2) and not (since(W2) >= 15m) and elapsed >= 30s
			from: room, to: lost, when: clock >= 21m`,
		injects: `id: I1, at: 0s, expects: [{id: R1, ways: {W1: {do: x}, W2: {do: x}}, target: 10m, limit: 15m}, {id: R2, target: 30m, limit: 40m}]
			id: I2, at: 22m, expects: []`,
		no: []scenarios.Code{scenarios.TooFar, scenarios.NeverTrue},
	},
	{
		name: "a critical response that matters no more where the play is contained",
		transitions: `
			from: alert, to: lost, when: late(R1)
			from: alert, to: room, when: elapsed >= 10m
			from: room, to: safe, when: done(R2) and done(R3) and done(R4) and done(R5) and done(R6)
			from: room, to: lost, when: elapsed >= 20m`,
		injects: `id: I1, at: 0s, expects: [{id: R1, critical: true, target: 2m, limit: 5m}]
			id: I2, when: state(room), expects: [{id: R2}, {id: R3}, {id: R4}, {id: R5}, {id: R6}]`,
		yes: []scenarios.Code{scenarios.ContainedWithout},
	},
	{
		name: "the first release found is not the earliest",
		transitions: `
			from: alert, to: safe, when: done(R3)
			from: alert, to: lost, when: missed(R3)`,
		injects: `id: I1, at: 0s, expects: [{id: R1, target: 58m, limit: 59m}, {id: R3}]
			id: I2, when: done(R1), at: 0s, expects: [{id: R2, target: 5m, limit: 15m}]`,
		no: []scenarios.Code{scenarios.LimitTooLate, scenarios.TargetTooLate, scenarios.NeverReleased},
	},
	{
		name: "a way out that time closes",
		transitions: `
			from: alert, to: safe, when: flag(f) and not (clock >= 30m)
			from: alert, to: lost, when: prohibited(P1)`,
		injects: `id: I1, at: 0s, expects: []`,
		yes:     []scenarios.Code{scenarios.Stuck},
	},
	{
		name: "what the close search finds at once leaves the rest as searched as it was",
		transitions: `
			from: alert, to: safe, when: done(R3)
			from: alert, to: lost, when: missed(R3)
			from: alert, to: panic, when: missed(R3) and prohibited(P1) and not missed(R3)
			from: alert, to: panic, when: elapsed >= 9m
			from: panic, to: safe, when: flag(f)
			from: panic, to: lost, when: elapsed >= 9m`,
		injects: `id: I1, at: 0s, expects: [{id: R1}, {id: R3}]
			id: I2, when: done(R1), at: 0s, expects: []`,
		yes: []scenarios.Code{scenarios.IdleProhibited, scenarios.NeverTrue},
	},
	{
		name: "a round that the clock breaks hides no dead end",
		transitions: `
			from: alert, to: room, when: elapsed >= 5m and not done(R1)
			from: alert, to: safe, when: done(R2) and not done(R1)
			from: room, to: alert, when: elapsed >= 5m
			from: room, to: lost, when: clock >= 30m`,
		injects: `id: I1, at: 0s, expects: [{id: R1, target: 10m, limit: 20m}, {id: R2, target: 1m, limit: 20m}]`,
		yes:     []scenarios.Code{scenarios.Stuck},
	},
	{
		name: "a round that the clock breaks hides no other round",
		transitions: `
			from: alert, to: safe, when: done(R2) and not done(R1)
			from: alert, to: room, when: elapsed >= 5m
			from: room, to: lost, when: clock >= 30m and not done(R1)
			from: room, to: alert, when: elapsed >= 5m`,
		injects: `id: I1, at: 0s, expects: [{id: R1, target: 10m, limit: 20m}, {id: R2, target: 1m, limit: 20m}]`,
		yes:     []scenarios.Code{scenarios.GoesRound},
	},
	{
		name: "an empty seat is tried although there is too much else to try",
		transitions: `
			from: alert, to: room, when: not filled(b)
			from: alert, to: safe, when: done(R1) and done(R2) and done(R3) and done(R4) and done(R5) and done(R6) and done(R7) and not late(R1)
			from: alert, to: panic, when: missed(R1) or missed(R2) or missed(R3) or missed(R4) or missed(R5) or missed(R6)
			from: panic, to: alert, when: done(R1) and done(R2) and done(R3) and done(R4) and done(R5) and done(R6) and late(R1)
			from: panic, to: lost, when: elapsed >= 20m
			from: room, to: safe, when: flag(f)
			from: room, to: lost, when: elapsed >= 10m`,
		injects: `id: I1, at: 0s, expects: [{id: R1}, {id: R2}, {id: R3}, {id: R4}, {id: R5}, {id: R6}, {id: R7}]`,
		no:      []scenarios.Code{scenarios.TooFar, scenarios.NeverTrue},
		bound:   20_000,
	},
	{
		name: "what an inject by hand waits for may be done early",
		transitions: `
			from: alert, to: safe, when: inject(I3) and not (clock >= 5m)
			from: alert, to: lost, when: clock >= 50m`,
		injects: `id: I1, at: 0s, expects: [{id: R1, target: 10m, limit: 20m}]
			id: I3, at: hand, expects: []`,
		no: []scenarios.Code{scenarios.TooFar, scenarios.NeverReleased},
	},
	{
		name: "a state left at once by one of two ways is a choice",
		transitions: `
			from: alert, to: room, when: clock >= 10m
			from: room, to: safe, when: done(R1)
			from: room, to: lost, when: not done(R1)`,
		injects: `id: I1, at: 0s, expects: [{id: R1}]`,
		no:      []scenarios.Code{scenarios.NeverFalse},
	},
	{
		name: "two branches of which one needs what hardly any play has",
		transitions: `
			from: alert, to: panic, when: late(R1) and done(R2) and done(R3) and done(R4)
			from: alert, to: safe, when: done(R1)
			from: alert, to: lost, when: clock >= 40m
			from: panic, to: safe, when: flag(f)
			from: panic, to: lost, when: elapsed >= 5m`,
		injects: `id: I1, at: 0s, expects: [{id: R1}, {id: R4}, {id: R2}, {id: R3}]`,
		yes:     []scenarios.Code{scenarios.OrderDecides},
	},
}

func TestHostileScenarios(t *testing.T) {
	for _, one := range hostiles {
		t.Run(one.name, func(t *testing.T) {
			f := one.file(t)
			report := check.Scenario(f, check.Options{Bound: one.bound})
			found := inTime(report.Findings)
			for _, one := range found {
				replays(t, f, one)
			}
			for _, code := range one.yes {
				if !slices.ContainsFunc(found, of(code)) {
					t.Errorf("%s is not found", code)
				}
			}
			for _, code := range one.no {
				if slices.ContainsFunc(found, of(code)) {
					t.Errorf("%s is wrong", code)
				}
			}
			if t.Failed() {
				t.Logf("%s\nunseen: %v, exhausted: %v, deviations: %d", found.Format(engine.EN), report.Explored.Unseen, report.Explored.Exhausted, report.Explored.Deviations)
			}
		})
	}
}

func of(code scenarios.Code) func(scenarios.Finding) bool {
	return func(one scenarios.Finding) bool { return one.Code == code }
}

// file writes the scenario down with the states its transitions name.
func (h *hostile) file(t *testing.T) *scenarios.File {
	t.Helper()
	var b strings.Builder
	b.WriteString("saban: 1\nid: hostile\nlang: en\ntitle: x\nduration: 60m\nreview: {by: x, date: \"2026-01-01\"}\nflags: {f: x}\nroles: {a: {title: x}, b: {title: x}}\n" +
		"prohibited: [{id: P1, severity: minor, text: x, why: x}]\nstates:\n  calm: {kind: initial, title: x}\n")
	for _, s := range []struct{ id, kind string }{{"alert", "normal"}, {"room", "normal"}, {"panic", "escalated"}, {"safe", "contained"}, {"lost", "failed"}} {
		if strings.Contains(h.transitions, "to: "+s.id) || s.id == "alert" {
			fmt.Fprintf(&b, "  %s: {kind: %s, title: x}\n", s.id, s.kind)
		}
	}
	b.WriteString("transitions:\n  - {from: calm, to: alert, when: inject(I1)}\n")
	for _, line := range strings.Split(strings.TrimSpace(h.transitions), "\n") {
		fmt.Fprintf(&b, "  - {%s}\n", strings.TrimSpace(line))
	}
	b.WriteString("injects:\n")
	for _, line := range strings.Split(h.injects, "\n") {
		line = strings.ReplaceAll(strings.TrimSpace(line), "{id: R", "{by: a, capability: NB, do: x, id: R")
		fmt.Fprintf(&b, "  - {text: x, to: all, also: {a: [P1]}, %s}\n", line)
	}
	f, found := scenarios.ReadScenario(scenarios.Source{Name: "hostile.yaml", Bytes: []byte(b.String())})
	if found.Failed() {
		t.Fatal(found.Only(scenarios.Error).Format(engine.EN))
	}
	return f
}
