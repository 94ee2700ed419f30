package main

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"saban/engine"
	"saban/scoring"
)

// compareWithoutKills holds the scorecard of a run against that of one that
// was never down: whole, but for items whose time falls into an outage. Those
// weigh nothing on either side, so that totals, order, ratings and gates are
// reckoned over the same items.
func compareWithoutKills(t *testing.T, killed, whole *run) {
	t.Helper()
	sc, out := bombThreat(t), map[string]bool{}
	for i := range killed.card.Items {
		it := &killed.card.Items[i]
		if whole.card.Items[i].Triggered != it.Triggered {
			t.Errorf("%s: triggered %v without kills, %v with them", it.ID, whole.card.Items[i].Triggered, it.Triggered)
		}
		out[it.ID] = it.Triggered && down(killed.events, it)
	}
	for _, r := range []*run{whole, killed} {
		if again := scoring.Score(sc, scoring.Default(), r.events); cmp.Diff(worthOf(&again), worthOf(&r.card)) != "" {
			t.Errorf("the server scores its log otherwise (-log +server):\n%s", cmp.Diff(worthOf(&again), worthOf(&r.card)))
		}
	}
	counted := 0
	for i := range sc.Injects {
		for j := range sc.Injects[i].Expects {
			if r := &sc.Injects[i].Expects[j]; out[r.ID] {
				r.Weight = 0
			}
		}
	}
	a, b := scoring.Score(sc, scoring.Default(), whole.events), scoring.Score(sc, scoring.Default(), killed.events)
	for i := range a.Items {
		if a.Items[i].Triggered && a.Items[i].Weight > 0 {
			counted++
		}
	}
	if counted == 0 || a.Total == nil {
		t.Error("no item could be compared")
	}
	if diff := cmp.Diff(worthOf(&a), worthOf(&b)); diff != "" {
		t.Errorf("-without kills +with them:\n%s", diff)
	}
	t.Logf("%d items of %d compared, %s points of them", counted, len(a.Items), a.Total)
}

// worthOf is a scorecard without the moments, which no two runs share.
func worthOf(c *scoring.Scorecard) map[string]any {
	items, path, pairs, penalties, gates, ratings := map[string]any{}, []string{}, map[string]any{}, []any{}, map[string]any{}, map[string]any{}
	for i := range c.Items {
		if it := &c.Items[i]; it.Triggered && it.Weight > 0 {
			items[it.ID] = worth(it)
		}
	}
	for _, step := range c.Path {
		path = append(path, step.State)
	}
	for _, p := range c.Order.Pairs {
		pairs[p.First+" "+p.Second] = [2]bool{p.Applicable, p.Kept}
	}
	for _, p := range c.Penalties {
		penalties = append(penalties, []any{p.ID, p.Severity, p.Capability, p.Role, p.Counted, p.Points})
	}
	for _, g := range c.Gates {
		gates[g.ID] = []any{g.Cap, g.Bites, g.Why}
	}
	for i := range c.CapabilityDetails {
		d := &c.CapabilityDetails[i]
		ratings[string(d.Code)] = []any{d.Suggested, d.Final, d.Mean, d.Weight}
	}
	return map[string]any{"items": items, "path": path, "state": []any{c.State, c.StateKind}, "order": []any{c.Order.Kept, c.Order.Applicable, c.Order.Share, pairs},
		"penalties": append(penalties, c.PenaltyTotal), "gates": gates, "ratings": ratings,
		"total": []any{c.Total, c.BeforeGates, c.Grade, c.Timeliness, c.Correctness, c.Points, c.PointsOf}, "provisional": c.Provisional}
}

// worth is what an item counts: its score without the milliseconds.
func worth(it *scoring.Item) map[string]any {
	return map[string]any{"done": it.Done, "by": it.DoneBy, "way": it.Way, "late": it.Late, "pending": it.Pending, "records": it.Records, "rating": it.Rating,
		"timeliness": it.Timeliness, "content": it.Content, "owner": it.Owner, "correctness": it.Correctness, "value": it.Value}
}

// down reports whether a restart falls between an item's trigger and when it
// was done or missed.
func down(events []engine.Event, it *scoring.Item) bool {
	from := engine.Millis(*it.Received)
	to := from + engine.Millis(it.Limit)
	if it.Actual != nil {
		to = from + engine.Millis(*it.Actual)
	}
	return slices.ContainsFunc(events, func(e engine.Event) bool { return e.Type == engine.Recovered && e.At >= from && e.At <= to })
}
