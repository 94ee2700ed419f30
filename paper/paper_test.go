package paper_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"saban/engine"
	"saban/live"
	"saban/paper"
	"saban/report/document"
	"saban/scenarios"
	"saban/scenarios/scenariotest"
)

var langs = []engine.Lang{engine.VI, engine.EN}

// shipped reads every scenario there is.
func shipped(t *testing.T) map[string]*engine.Compiled {
	t.Helper()
	all := map[string]*engine.Compiled{}
	for _, id := range scenarios.Shipped() {
		file := scenariotest.Read(t, id)
		all[id] = file.Compiled
	}
	if len(all) < 7 {
		t.Fatalf("there are %d scenarios", len(all))
	}
	return all
}

func part(c *engine.Compiled, lang engine.Lang, which ...paper.Part) *document.Document {
	return paper.Build(c, paper.Options{Lang: lang, Seed: 1, Parts: which})
}

// cards are those of a document, in order.
func cards(d *document.Document) []*document.Card {
	var out []*document.Card
	for i := range d.Parts {
		for _, b := range d.Parts[i].Blocks {
			if c, ok := b.(*document.Card); ok {
				out = append(out, c)
			}
		}
	}
	return out
}

// words is every word of some blocks.
func words(blocks []document.Block) string {
	var b strings.Builder
	runs := func(list []document.Run) {
		for _, r := range list {
			b.WriteString(r.Text)
		}
		b.WriteByte('\n')
	}
	for _, block := range blocks {
		switch x := block.(type) {
		case *document.Heading:
			runs(document.Plain(x.Text))
		case *document.Paragraph:
			runs(x.Runs)
		case *document.List:
			for _, p := range x.Points {
				runs(p.Runs)
			}
		case *document.Table:
			for _, c := range x.Columns {
				runs(document.Plain(c.Title))
			}
			for _, r := range x.Rows {
				for _, c := range r.Cells {
					runs(c)
				}
			}
		case *document.Card:
			runs(document.Plain(x.ID + "\n" + x.Mark + "\n" + x.Title + "\n" + x.Foot))
			b.WriteString(words(x.Blocks))
		case *document.Writing:
			runs(document.Plain(x.Label))
		default:
			panic(fmt.Sprintf("no words are known of %T", x))
		}
	}
	return b.String()
}

func text(d *document.Document) string {
	var b strings.Builder
	for i := range d.Parts {
		b.WriteString(d.Parts[i].Title + "\n" + d.Parts[i].About + "\n" + words(d.Parts[i].Blocks))
	}
	return b.String() + d.Running + d.Seal + d.Mark
}

func TestEveryInjectIsOnACardForEachAddressee(t *testing.T) {
	for id, c := range shipped(t) {
		for _, lang := range langs {
			all, want := cards(part(c, lang, paper.Injects)), 0
			for i := range c.Scenario().Injects {
				in := &c.Scenario().Injects[i]
				for _, r := range c.Scenario().Roles {
					if r.Simulated || !in.Reads(r.ID) {
						continue
					}
					want++
					if !slices.ContainsFunc(all, func(card *document.Card) bool {
						return card.ID == in.ID && strings.HasSuffix(card.Title, ": "+r.Title.In(lang)) && strings.Contains(words(card.Blocks), in.Text.In(lang)) && strings.Contains(card.Mark, "DIỄN TẬP")
					}) {
						t.Errorf("%s %s: %s has no card for %s", id, lang, in.ID, r.ID)
					}
				}
			}
			if len(all) != want {
				t.Errorf("%s %s: there are %d cards, want %d", id, lang, len(all), want)
			}
		}
	}
}

// What players get in hand tells nothing that a phone would not.
func TestNothingIsGivenAway(t *testing.T) {
	secretID := regexp.MustCompile(`\b[RPDO]\d{1,2}\b`)
	for id, c := range shipped(t) {
		s := c.Scenario()
		for _, lang := range langs {
			for _, which := range []paper.Part{paper.Injects, paper.Roles, paper.Answers} {
				all := text(part(c, lang, which))
				no := func(what string, secret engine.Text) {
					t.Helper()
					if words := secret.In(lang); words != "" && strings.Contains(all, words) {
						t.Errorf("%s %s %s: %s is given away: %s", id, lang, which, what, words)
					}
				}
				if found := secretID.FindString(all); found != "" {
					t.Errorf("%s %s %s: %s tells what a choice is", id, lang, which, found)
				}
				no("the threat", s.Title)
				for i := range s.Injects {
					in := &s.Injects[i]
					no("a note", in.Note)
					for j := range in.Expects {
						if which != paper.Answers {
							no("a right answer", in.Expects[j].Do)
						}
					}
				}
				for i := range s.Transitions {
					no("a move", s.Transitions[i].Why)
				}
				for i := range s.Objectives {
					no("an objective", s.Objectives[i].Text)
				}
				for i := range s.Prohibited {
					no("why an act is prohibited", s.Prohibited[i].Why)
				}
			}
		}
	}
}

// A slip is handed out by itself: it holds the choices of its own question
// alone, all of them alike, in the order of the drill's seed.
func TestSlipsHoldTheChoicesInTheDrillsOrder(t *testing.T) {
	for id, c := range shipped(t) {
		s, fresh := c.Scenario(), engine.NewDrill(c).Snapshot()
		slips := cards(part(c, engine.EN, paper.Answers))
		key := text(part(c, engine.EN, paper.MSEL))
		asked := 0
		for i := range s.Injects {
			in := &s.Injects[i]
			for _, ask := range in.AskList() {
				asked++
				q := live.Question{Inject: engine.InjectView{Inject: in}, Ask: ask}
				for _, choice := range ask.Choices {
					q.Choices = append(q.Choices, live.FindOffer(s, &fresh, choice))
				}
				q.Shuffle(1)
				var list strings.Builder
				var numbers []string
				for n, choice := range q.Choices {
					fmt.Fprintf(&list, "%d. %s\n", n+1, choice.Text.EN)
					numbers = append(numbers, fmt.Sprintf("%d = %s", n+1, choice.ID))
				}
				if !slices.ContainsFunc(slips, func(card *document.Card) bool {
					return card.ID == in.ID && card.Title == s.Role(ask.Role).Title.EN && strings.Contains(words(card.Blocks), fmt.Sprintf("Tick exactly %d:\n%s", ask.Pick, &list))
				}) {
					t.Errorf("%s: no slip of %s for %s holds\n%s", id, ask.Role, in.ID, &list)
				}
				for _, n := range numbers {
					if !strings.Contains(key, n+" (") {
						t.Errorf("%s: the controller has no key to %s of %s", id, n, in.ID)
					}
				}
			}
		}
		if len(slips) != asked {
			t.Errorf("%s: there are %d slips for %d questions", id, len(slips), asked)
		}
	}
}

func TestTheEvaluatorsHaveEveryTaskOnce(t *testing.T) {
	for id, c := range shipped(t) {
		s := c.Scenario()
		for _, lang := range langs {
			all := text(part(c, lang, paper.Evaluation))
			for i := range s.Injects {
				for j := range s.Injects[i].Expects {
					r := &s.Injects[i].Expects[j]
					if n := strings.Count(all, r.ID+" · "+s.Injects[i].ID+"\n"); n != 1 {
						t.Errorf("%s %s: %s stands there %d times", id, lang, r.ID, n)
					}
					if !strings.Contains(all, r.Target.Clock()+" – "+r.Limit.Clock()) {
						t.Errorf("%s %s: the times of %s are lost", id, lang, r.ID)
					}
				}
			}
			for i := range s.Prohibited {
				if !strings.Contains(all, s.Prohibited[i].ID+" · "+s.Prohibited[i].Text.In(lang)) {
					t.Errorf("%s %s: %s is lost", id, lang, s.Prohibited[i].ID)
				}
			}
		}
	}
}

func TestTheControllersListHasEverything(t *testing.T) {
	for id, c := range shipped(t) {
		s := c.Scenario()
		for _, lang := range langs {
			all := text(part(c, lang, paper.MSEL))
			want := []engine.Text{s.Title}
			for i := range s.Injects {
				in := &s.Injects[i]
				want = append(want, in.Title, in.Text, in.Note, engine.Same(paper.Release(c, i, lang)))
				for j := range in.Expects {
					want = append(want, in.Expects[j].Do)
				}
				for _, told := range in.Told {
					want = append(want, told.Text)
				}
			}
			for i := range s.Transitions {
				want = append(want, s.Transitions[i].Why)
			}
			for _, w := range want {
				if !strings.Contains(all, w.In(lang)) {
					t.Errorf("%s %s: %q is lost", id, lang, w.In(lang))
				}
			}
		}
	}
}

func TestAPartAlone(t *testing.T) {
	c := shipped(t)["bomb-threat"]
	whole := paper.Build(c, paper.Options{Lang: engine.VI, Seed: 1})
	sum := 0
	for _, p := range paper.Parts {
		sum += len(part(c, engine.VI, p).Parts)
	}
	if sum != len(whole.Parts) || sum == 0 {
		t.Errorf("the parts have %d sheets, the whole %d", sum, len(whole.Parts))
	}
}

func TestWhoCoversWhomIsOnTheRoleCard(t *testing.T) {
	c := shipped(t)["bomb-threat"]
	d := paper.Build(c, paper.Options{Lang: engine.EN, Parts: []paper.Part{paper.Roles}, Covers: []engine.Cover{{Role: "medic", By: "guard_chief"}}})
	all := text(d)
	for _, want := range []string{"Head of security covers this role.", "Also does the work of: Medic"} {
		if strings.Count(all, want) != 1 {
			t.Errorf("%q stands there %d times", want, strings.Count(all, want))
		}
	}
}
