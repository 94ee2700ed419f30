package check_test

import (
	"slices"
	"testing"

	"saban/engine"
	"saban/scenarios"
	"saban/scenarios/check"
)

// Somebody who is given twice the time makes a deadline that guards keep to
// impossible: what holds of a scenario need not hold of a site.
func TestASiteIsPlayedWithItsTimeFactors(t *testing.T) {
	h := hostile{
		transitions: `
			from: alert, to: lost, when: elapsed >= 3m and not done(R1)
			from: alert, to: safe, when: done(R1)`,
		injects: `id: I1, at: 0s, expects: [{id: R1, target: 3m, limit: 5m}]
			id: I2, at: 50m, expects: [{id: R2, target: 4m, limit: 8m}]`,
	}
	base := h.file(t)
	if found := inTime(check.Scenario(base, check.Options{}).Findings); len(found) > 0 {
		t.Fatal(found.Format(engine.EN))
	}
	site, found := scenarios.ReadSite(scenarios.Source{Name: "site.yaml", Bytes: []byte("site: 1\nscenario: hostile\nname: x\nfactors: {a: 2}\n")}, base)
	if found.Failed() {
		t.Fatal(found.Format(engine.EN))
	}
	f, found := scenarios.Merge(base, site)
	if found.Failed() {
		t.Fatal(found.Format(engine.EN))
	}
	found = inTime(check.Scenario(f, check.Options{}).Findings)
	for _, code := range []scenarios.Code{scenarios.PerfectUncontained, scenarios.LimitTooLate} {
		if !slices.ContainsFunc(found, of(code)) {
			t.Errorf("%s is not found:\n%s", code, found.Format(engine.EN))
		}
	}
	for _, one := range found {
		replays(t, f, one)
	}
}
