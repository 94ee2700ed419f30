package scoring_test

import (
	"slices"
	"strings"
	"testing"

	"saban/engine"
	"saban/scoring"
)

// sentences collects every text of a card that the package wrote, with where
// it stands.
func sentences(c scoring.Scorecard) map[string]engine.Text {
	out := map[string]engine.Text{"verdict": c.Verdict}
	for _, f := range slices.Concat(c.Findings, c.Limits) {
		out["finding "+f.Code] = f.Text
	}
	for _, it := range c.Items {
		out["item "+it.ID] = it.Why
	}
	for _, g := range c.Gates {
		out["gate "+g.ID] = g.Why
	}
	for _, p := range c.Penalties {
		out["penalty "+p.ID] = p.Why
	}
	for _, d := range c.CapabilityDetails {
		out["capability "+string(d.Code)] = d.Why
	}
	return out
}

func TestEverySentenceIsWholeInBothLanguages(t *testing.T) {
	for seed := range uint64(1000) {
		s, log := randomDrill(rng(seed))
		c := score(s, log)
		for where, text := range sentences(c) {
			for _, sentence := range []string{text.VI, text.EN} {
				if len(sentence) < 10 || strings.Contains(sentence, "%s") || strings.Contains(sentence, "%!") {
					t.Fatalf("seed %d, %s: %q", seed, where, sentence)
				}
			}
		}
		for _, f := range c.Findings {
			if !strings.HasSuffix(f.Text.VI, ".") || !strings.HasSuffix(f.Text.EN, ".") || f.Kind == "" {
				t.Fatalf("seed %d: %+v", seed, f)
			}
		}
	}
}

func TestEveryFigureNamesItsEvents(t *testing.T) {
	for seed := range uint64(1000) {
		s, log := randomDrill(rng(seed))
		c := score(s, log)
		known := func(what string, wanted bool, events []int64) {
			if wanted && len(events) == 0 || !slices.IsSorted(events) {
				t.Fatalf("seed %d: %s names events %v", seed, what, events)
			}
			for _, seq := range events {
				if seq < 1 || seq > int64(len(log)) {
					t.Fatalf("seed %d: %s names event %d of %d", seed, what, seq, len(log))
				}
			}
		}
		for _, it := range c.Items {
			known(it.ID, it.Triggered, it.Events)
		}
		for _, g := range c.Gates {
			known(g.ID, true, g.Events)
		}
		for _, p := range c.Penalties {
			known(p.ID, true, p.Events)
		}
		for _, d := range c.CapabilityDetails {
			known(string(d.Code), true, d.Events)
		}
		for _, p := range c.Order.Pairs {
			known(p.First+" → "+p.Second, p.Applicable, p.Events)
		}
		for _, f := range c.Findings {
			known(f.Code, f.Code != "no_total", f.Events)
		}
	}
}

func TestVerdict(t *testing.T) {
	s, log := worked()
	got := score(s, log).Verdict
	want := engine.Text{
		VI: "Làm được phần nhận biết và báo tin, khoanh vùng và kiểm soát hiện trường, còn vướng nhỏ; nhưng chưa làm “Điểm danh tại điểm tập kết”, còn 2 việc khác vướng lớn; có hành động cấm: “Dùng bộ đàm, điện thoại di động gần vật”.",
		EN: "Recognising and reporting, cordon and control of the scene went with some challenges; but “Take the roll at the assembly point” was not done and 2 more met major challenges; a prohibited action was seen: “Use a radio or mobile phone near the item”.",
	}
	if got != want {
		t.Errorf("%s\n%s", got.VI, got.EN)
	}
}
