package scenarios_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"saban/engine"
	"saban/scenarios"
)

func site(t *testing.T, base *scenarios.File, text string) *scenarios.Site {
	t.Helper()
	s, found := scenarios.ReadSite(scenarios.Source{Name: "site.yaml", Bytes: []byte("site: 1\nscenario: test\nname: {vi: Cơ sở A, en: Site A}\n" + text)}, base)
	if found.Failed() {
		t.Fatal(found.Format(engine.EN))
	}
	return s
}

func TestMerge(t *testing.T) {
	base := valid(t)
	s, found := scenarios.ReadSite(source(t, filepath.Join(faultsDir, "site-valid.yaml")), base)
	if len(found) > 0 {
		t.Fatal(found.Format(engine.EN))
	}
	merged, found := scenarios.Merge(base, s)
	if len(found) > 0 || merged.Compiled == nil {
		t.Fatalf("compiled %v\n%s", merged.Compiled != nil, found.Format(engine.EN))
	}
	x := merged.Scenario
	_, r := x.FindResponse("R02")
	checks := []struct {
		what      string
		got, want any
	}{
		{"name", x.Site.Name.EN, "Site A"},
		{"parameter", x.Parameters[1].Value, "150"},
		{"duration", x.Parameters[0].Duration, 15 * engine.Minute},
		{"title", x.Role("guard").Title.EN, "Gate guard"},
		{"planned", x.FindInject("I02").At, 6 * engine.Minute},
		{"target", r.Target, 150 * engine.Second},
		{"limit", r.Limit, 6 * engine.Minute},
		{"dwell", x.State("panic").AtLeast, 3 * engine.Minute},
		{"of the base", base.Scenario.State("panic").AtLeast, engine.DefaultDwell},
	}
	for _, c := range checks {
		if c.got != c.want {
			t.Errorf("%s: got %v, want %v", c.what, c.got, c.want)
		}
	}
}

// A limit in a guard is the site's, and so is a parameter in a text.
func TestMergeReachesGuardsAndTexts(t *testing.T) {
	src := source(t, filepath.Join(faultsDir, "valid.yaml"))
	src.Bytes = []byte(strings.NewReplacer(
		"elapsed >= 8m and", "elapsed >= limit(R01) and",
		"en: A threat call comes in", `en: "Police in ${police_eta}, keep ${standoff_m} m away"`,
	).Replace(string(src.Bytes)))
	base, found := scenarios.ReadScenario(src)
	if len(found) > 0 {
		t.Fatal(found.Format(engine.EN))
	}
	if got := base.Scenario.Injects[0].Text.EN; got != "Police in 12 minutes, keep 100 m away" {
		t.Errorf("got %q", got)
	}
	merged, found := scenarios.Merge(base, site(t, base, "parameters: {police_eta: 1h30m}\nresponses: {R01: {limit: 4m}}\n"))
	if len(found) > 0 {
		t.Fatal(found.Format(engine.EN))
	}
	if got := merged.Scenario.Injects[0].Text.EN; got != "Police in 1 hour 30 minutes, keep 100 m away" {
		t.Errorf("got %q", got)
	}
	var bound engine.Millis
	merged.Compiled.TransitionGuard(2).Tree.Atoms(func(a *engine.GuardNode) { bound = max(bound, a.AtLeast) })
	if bound != 4*engine.Minute {
		t.Errorf("the guard waits for %s", bound)
	}
}

func TestSeats(t *testing.T) {
	base := valid(t)
	cases := []struct {
		name, site  string
		held, empty []string
	}{
		{"nobody named", "", []string{"guard: p1", "director: p2"}, nil},
		{"holders", "holders: {guard: [g1, g2], director: [d1]}\n", []string{"guard: g1 g2", "director: d1"}, nil},
		{"a role nobody holds", "holders: {guard: [g1]}\n", []string{"guard: g1", "director:"}, []string{"director"}},
		{"a covered role", "holders: {guard: [g1]}\ncovers: {director: guard}\n", []string{"guard: g1", "director:"}, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			seats, covers, empty := site(t, base, c.site).Seats(base.Scenario)
			var held []string
			for _, seat := range seats {
				held = append(held, strings.TrimSpace(seat.Role+": "+strings.Join(seat.Persons, " ")))
			}
			if !slices.Equal(held, c.held) || !slices.Equal(empty, c.empty) {
				t.Errorf("got %v, empty %v", held, empty)
			}
			start := engine.Command{Do: engine.StartEx}
			start.Start = &engine.Start{Seats: seats, Covers: covers, Speed: engine.Whole}
			if _, err := engine.NewDrill(base.Compiled).Decide(start); err != nil {
				t.Errorf("the engine refuses them: %v", err)
			}
		})
	}
}
