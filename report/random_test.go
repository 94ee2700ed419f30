package report_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"saban/engine"
	"saban/report"
	"saban/report/document"
	"saban/scenarios"
	"saban/scenarios/scenariotest"
	"saban/scoring"
)

// randomPlay leaves some responses out, makes others early, late, by anybody
// and in part, and does harm now and then.
func randomPlay(rng *rand.Rand, s *engine.Scenario) *scenarios.Play {
	p := &scenarios.Play{Scenario: s.ID, Pace: &scenarios.Pace{OfLimit: rng.IntN(2) == 0, Factor: engine.Whole * engine.Ratio(2+rng.IntN(15)) / 10}, End: s.Duration}
	var roles, ids []string
	for _, r := range s.Roles {
		if !r.Simulated {
			roles = append(roles, r.ID)
		}
	}
	for _, in := range s.Injects {
		for _, r := range in.Expects {
			ids = append(ids, r.ID)
			if rng.IntN(4) == 0 {
				p.Omit = append(p.Omit, r.ID)
			}
		}
	}
	step := func(do engine.Verb, id string, content engine.Ratio) {
		at := engine.Millis(rng.Int64N(int64(s.Duration/engine.Second))) * engine.Second
		p.Steps = append(p.Steps, scenarios.Step{At: at, Command: engine.Command{Do: do, Body: engine.Body{ID: id, Role: roles[rng.IntN(len(roles))], Content: content}}})
	}
	for range rng.IntN(5) {
		step(engine.Observe, ids[rng.IntN(len(ids))], engine.Whole*engine.Ratio(rng.IntN(11))/10)
	}
	for range rng.IntN(4) {
		step(engine.Prohibit, s.Prohibited[rng.IntN(len(s.Prohibited))].ID, 0)
	}
	slices.SortStableFunc(p.Steps, func(a, b scenarios.Step) int { return int(a.At - b.At) })
	for i := range p.Steps {
		p.Steps[i].Number = i + 1
		p.Omit = append(p.Omit, p.Steps[i].Command.ID)
	}
	return p
}

// A thousand random plays: what is explained adds up to the total, and the
// report says every response once, with the figures of the scorecard.
func TestRandomPlaysAddUp(t *testing.T) {
	each := 143
	if testing.Short() {
		each = 8
	}
	for _, id := range scenarios.Shipped() {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			file := scenariotest.Read(t, id)
			rng := rand.New(rand.NewPCG(7, uint64(len(id))))
			for n := range each {
				done, err := scenarios.Rehearse(file.Compiled, randomPlay(rng, file.Scenario))
				if err != nil {
					t.Fatalf("play %d: %v", n, err)
				}
				lang := []engine.Lang{engine.VI, engine.EN}[n%2]
				adds(t, fmt.Sprint("play ", n), file.Scenario, done.Log, lang)
			}
		})
	}
}

func adds(t *testing.T, name string, s *engine.Scenario, log []engine.Event, lang engine.Lang) {
	t.Helper()
	x := scoring.Explain(s, scoring.Default(), log)
	card := x.Card()
	if card.Total != nil {
		sum := x.Base + x.Order.Points + x.Clamped
		for _, it := range x.Items {
			sum += it.Points
		}
		for _, p := range x.Penalties {
			sum += p.Points
		}
		for _, g := range x.Gates {
			sum += g.Points
		}
		if off := sum - *card.Total; off < -1 || off > 1 {
			t.Errorf("%s: the parts add up to %s, the total is %s", name, sum, *card.Total)
		}
	}
	doc := report.Document(report.Build(s, card, log, report.Meta{}), lang)
	rows := rowsOf(doc)
	told := detailsOf(doc)
	for i := range card.Items {
		it := &card.Items[i]
		row := rows["item-"+it.ID]
		if len(row) != 1 {
			t.Errorf("%s: %s stands in %d rows", name, it.ID, len(row))
			continue
		}
		if why := told["why-"+it.ID]; why != accountOf(&x.Items[i], lang) {
			t.Errorf("%s: the report says of %s\n%s\nbut it is\n%s", name, it.ID, why, accountOf(&x.Items[i], lang))
		}
		if it.Triggered && it.Value != nil {
			want := (*it.Value * engine.Ratio(it.Weight)).Decimal(3).In(lang) + fmt.Sprintf("/%d", it.Weight)
			if !slices.Contains(row[0], want) {
				t.Errorf("%s: %s is not in the row of %s: %q", name, want, it.ID, row[0])
			}
		}
	}
	if total := totals(doc); card.Total != nil && (len(total) == 0 || slices.ContainsFunc(total, func(s string) bool { return s != card.Total.In(lang) })) {
		t.Errorf("%s: the report says %q, the scorecard %s", name, total, card.Total.In(lang))
	}
	linksLead(t, name, doc)
}

func said(runs []document.Run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text)
	}
	return b.String()
}

// rowsOf collects the cells of rows that have an id.
func rowsOf(d *document.Document) map[string][][]string {
	rows := map[string][][]string{}
	blocks(d, func(b document.Block) {
		table, ok := b.(*document.Table)
		if !ok {
			return
		}
		for _, r := range table.Rows {
			cells := make([]string, len(r.Cells))
			for i := range r.Cells {
				cells[i] = said(r.Cells[i])
			}
			if r.ID != "" {
				rows[r.ID] = append(rows[r.ID], cells)
			}
		}
	})
	return rows
}

func blocks(d *document.Document, look func(document.Block)) {
	var walk func(list []document.Block)
	walk = func(list []document.Block) {
		for _, b := range list {
			look(b)
			if c, ok := b.(*document.Columns); ok {
				for _, s := range c.Each {
					walk(s.Blocks)
				}
			}
		}
	}
	for i := range d.Parts {
		walk(d.Parts[i].Blocks)
	}
}

// totals are the places where the document prints the total.
func totals(d *document.Document) []string {
	var out []string
	blocks(d, func(b document.Block) {
		switch b := b.(type) {
		case *document.Numbers:
			out = append(out, b.Each[0].Value)
		case *document.Table:
			for _, r := range b.Rows {
				if len(r.Cells) == 4 && len(r.Cells[0]) == 1 && r.Cells[0][0].Bold {
					out = append(out, said(r.Cells[2]))
				}
			}
		}
	})
	return out
}

// linksLead: every link in a document has somewhere to go, once.
func linksLead(t *testing.T, name string, d *document.Document) {
	t.Helper()
	places := map[string]int{}
	var links []string
	take := func(runs []document.Run) {
		for _, r := range runs {
			if r.Link != "" {
				links = append(links, r.Link)
			}
		}
	}
	for i := range d.Parts {
		places[d.Parts[i].ID]++
	}
	blocks(d, func(b document.Block) {
		switch b := b.(type) {
		case *document.Heading:
			places[b.ID]++
		case *document.Paragraph:
			take(b.Runs)
		case *document.List:
			for _, p := range b.Points {
				take(p.Runs)
			}
		case *document.Table:
			for _, r := range b.Rows {
				places[r.ID]++
				for _, c := range r.Cells {
					take(c)
				}
			}
		case *document.Details:
			for _, one := range b.Each {
				places[one.ID]++
				take(one.End)
				for _, runs := range slices.Concat(one.Points, one.Seen) {
					take(runs)
				}
			}
		}
	})
	for _, l := range links {
		if places[l] != 1 {
			t.Errorf("%s: a link leads to %q, which is there %d times", name, l, places[l])
		}
	}
	delete(places, "")
	for id, n := range places {
		if n > 1 {
			t.Errorf("%s: %q is there %d times", name, id, n)
		}
	}
}
