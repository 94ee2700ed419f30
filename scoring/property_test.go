package scoring_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"saban/engine"
	"saban/scoring"
)

// deed is one response of a random drill: when it was done, if ever, and how.
type deed struct {
	done     bool
	at       engine.Millis
	own      bool
	content  engine.Ratio
	response engine.Response
}

// drill is a random set of facts about one inject, received at 100 s.
type drill struct {
	deeds []deed
	harm  []engine.Millis // of P1
}

func drawDrill(t *rapid.T) drill {
	var d drill
	for i := range rapid.IntRange(1, 6).Draw(t, "responses") {
		r := engine.Response{
			ID: fmt.Sprintf("R%d", i), By: "guard", Capability: engine.NB,
			Weight:   rapid.IntRange(1, 5).Draw(t, "weight"),
			Critical: rapid.Bool().Draw(t, "critical"),
			Target:   seconds(rapid.IntRange(0, 200).Draw(t, "target")),
		}
		r.Limit = r.Target + seconds(rapid.IntRange(0, 200).Draw(t, "room"))
		if i > 0 && rapid.Bool().Draw(t, "ordered") {
			r.After = []string{fmt.Sprintf("R%d", rapid.IntRange(0, i-1).Draw(t, "after"))}
		}
		d.deeds = append(d.deeds, deed{
			done: rapid.Bool().Draw(t, "done"), own: rapid.Bool().Draw(t, "own"), response: r,
			at:      engine.Millis(rapid.IntRange(0, 600_000).Draw(t, "at")),
			content: engine.Over(rapid.Int64Range(0, 7).Draw(t, "boxes"), 7),
		})
	}
	for range rapid.IntRange(0, 2).Draw(t, "harmful") {
		d.harm = append(d.harm, engine.Millis(rapid.IntRange(0, 600_000).Draw(t, "harm")))
	}
	return d
}

func (d drill) score() scoring.Scorecard {
	s := tiny()
	s.Injects[0].Expects = nil
	l := new(logbook).begin(s)
	l.receive(seconds(100), "I")
	for i := range d.deeds {
		x := &d.deeds[i]
		s.Injects[0].Expects = append(s.Injects[0].Expects, x.response)
		role := "medic"
		if x.own {
			role = "guard"
		}
		if x.done {
			l.seeLate(seconds(600), x.at, x.response.ID, role, x.content)
		}
	}
	for _, at := range d.harm {
		l.add(seconds(600), engine.ProhibitedAct, engine.Body{ID: "P1", Observed: at})
	}
	return score(s, l.end(seconds(1000)))
}

// with returns d with one deed changed.
func (d drill) with(i int, change func(*deed)) drill {
	d.deeds = slices.Clone(d.deeds)
	change(&d.deeds[i])
	return d
}

// paired reports whether deed i is part of any precedence.
func (d drill) paired(i int) bool {
	if len(d.deeds[i].response.After) > 0 {
		return true
	}
	return slices.ContainsFunc(d.deeds, func(x deed) bool { return slices.Contains(x.response.After, d.deeds[i].response.ID) })
}

func TestProperties(t *testing.T) {
	choose := func(t *rapid.T, d drill) int { return rapid.IntRange(0, len(d.deeds)-1).Draw(t, "which") }
	by := func(t *rapid.T) engine.Millis { return engine.Millis(rapid.IntRange(0, 300_000).Draw(t, "by")) }

	t.Run("delay never raises the means, nor outside an order the total", rapid.MakeCheck(func(t *rapid.T) {
		d := drawDrill(t)
		i, delay := choose(t, d), by(t)
		was, is := d.score(), d.with(i, func(x *deed) { x.at += delay }).score()
		if *is.Timeliness > *was.Timeliness || *is.Correctness > *was.Correctness {
			t.Fatalf("timeliness %v → %v, correctness %v → %v", was.Timeliness, is.Timeliness, was.Correctness, is.Correctness)
		}
		if !d.paired(i) && *is.Total > *was.Total {
			t.Fatalf("total %v → %v", was.Total, is.Total)
		}
	}))
	t.Run("sooner in the same order never lowers the total", rapid.MakeCheck(func(t *rapid.T) {
		d := drawDrill(t)
		i, sooner := choose(t, d), by(t)
		was, is := d.score(), d.with(i, func(x *deed) { x.at = max(0, x.at-sooner) }).score()
		for j := range was.Order.Pairs {
			if was.Order.Pairs[j].Kept && !is.Order.Pairs[j].Kept {
				return
			}
		}
		if *is.Total < *was.Total {
			t.Fatalf("total %v → %v", was.Total, is.Total)
		}
	}))
	t.Run("a prohibited act costs its penalty and nothing less", rapid.MakeCheck(func(t *rapid.T) {
		d := drawDrill(t)
		was := d.score()
		more := d
		more.harm = append(slices.Clone(d.harm), engine.Millis(rapid.IntRange(0, 600_000).Draw(t, "again")))
		is := more.score()
		cost := is.PenaltyTotal - was.PenaltyTotal
		if *is.Total > *was.Total || cost < 0 {
			t.Fatalf("total %v → %v, penalty %v → %v", was.Total, is.Total, was.PenaltyTotal, is.PenaltyTotal)
		}
		if *is.BeforeGates > 0 && *was.BeforeGates-*is.BeforeGates != cost {
			t.Fatalf("before gates %v → %v for a penalty of %v", was.BeforeGates, is.BeforeGates, cost)
		}
	}))
	t.Run("a correct owner never scores below a wrong one", rapid.MakeCheck(func(t *rapid.T) {
		d := drawDrill(t)
		i := choose(t, d)
		wrong, right := d.with(i, func(x *deed) { x.own = false }).score(), d.with(i, func(x *deed) { x.own = true }).score()
		if *right.Total < *wrong.Total {
			t.Fatalf("right %v, wrong %v", right.Total, wrong.Total)
		}
	}))
	t.Run("a card in the middle changes nothing, and the same log gives the same card", rapid.MakeCheck(func(t *rapid.T) {
		s, log := worked()
		sc := scoring.NewScorer(s, scoring.Default())
		look := rapid.IntRange(0, len(log)).Draw(t, "look")
		for i := range log {
			if i == look {
				sc.Card()
			}
			sc.Add(&log[i])
		}
		if diff := cmp.Diff(score(s, log), sc.Card()); diff != "" {
			t.Fatal(diff)
		}
	}))
}

func TestFiguresAreTheCardWithoutWords(t *testing.T) {
	s, log := worked()
	sc := scoring.NewScorer(s, scoring.Default())
	for i := range log {
		sc.Add(&log[i])
	}
	card, figures := sc.Card(), sc.Figures()
	wordless := cmp.FilterPath(func(p cmp.Path) bool {
		name := p.Last().String()
		return name == ".Why" || name == ".Findings" || name == ".Limits" || name == ".Verdict"
	}, cmp.Ignore())
	if diff := cmp.Diff(card, figures, wordless); diff != "" {
		t.Error(diff)
	}
}
