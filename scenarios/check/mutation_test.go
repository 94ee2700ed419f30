package check_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"saban/scenarios"
	"saban/scenarios/check"
	"saban/scoring"
)

// floor is how many in a hundred have to be noticed, in each scenario.
const floor = 95

// mostPlaces is how many places of a scenario a kind of damage is done at,
// spread over the file where there are more. Texts alone have more.
const mostPlaces = 40

// Each shipped scenario is damaged in many ways, one at a time. Its reader, a
// check of it, or one of its rehearsals has to notice.
func TestDamageIsNoticed(t *testing.T) {
	if slow || os.Getenv("SABAN_LONG") == "" {
		t.Skip("minutes of plays: set SABAN_LONG=1, without the race detector")
	}
	for _, id := range scenarios.Shipped() {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			w := watching(t, id)
			var all tally
			var table, left strings.Builder
			for _, kind := range damages {
				of := w.damaged(t, kind, &left)
				fmt.Fprintf(&table, "  %-52s %s\n", kind.name, of)
				all.add(of)
			}
			t.Logf("%s: %d kinds of damage, %s\n%snot noticed:\n%s", id, len(damages), all, table.String(), left.String())
			if all.noticed()*100 < all.done*floor {
				t.Errorf("%d of %d noticed: fewer than %d %%", all.noticed(), all.done, floor)
			}
			for _, one := range w.stale() {
				t.Errorf("it is said why this is not noticed, and it is: %s", one)
			}
		})
	}
}

// tally counts what became of damage: seen by check, by a rehearsal, or not.
type tally struct{ places, done, check, test int }

func (n *tally) add(of tally) {
	n.places, n.done, n.check, n.test = n.places+of.places, n.done+of.done, n.check+of.check, n.test+of.test
}

func (n tally) noticed() int { return n.check + n.test }

func (n tally) String() string {
	of := fmt.Sprintf("%3d of %3d noticed, %3d by check, %3d by test", n.noticed(), n.done, n.check, n.test)
	if n.done < n.places {
		of += fmt.Sprintf(" (at %d of %d places)", n.done, n.places)
	}
	return fmt.Sprintf("%s, %.1f %%", of, 100*float64(n.noticed())/float64(n.done))
}

// watch is what looks at damaged versions of a scenario.
type watch struct {
	id       string
	whole    *tree
	original *scenarios.File
	known    map[string]bool    // what check says of the whole one
	plays    []scenarios.Source // the ones that noticed last come first
	used     map[survivor]bool
}

func watching(t *testing.T, id string) *watch {
	t.Helper()
	src, err := scenarios.Open(id)
	if err != nil {
		t.Fatal(err)
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(src.Bytes, &doc); err != nil {
		t.Fatal(err)
	}
	original := read(t, src)
	return &watch{id: id, whole: &tree{Node: doc.Content[0]}, original: original, plays: scenarios.Rehearsals(id), used: map[survivor]bool{},
		known: warnings(check.Scenario(original, check.Options{Shallow: true}).Findings)}
}

// damaged does one kind of damage all over the scenario.
func (w *watch) damaged(t *testing.T, kind damage, left *strings.Builder) tally {
	t.Helper()
	places := len(kind.places(w.whole.clone()))
	if places == 0 {
		t.Errorf("%s finds no place", kind.name)
	}
	n := tally{places: places}
	for k := range min(places, mostPlaces) {
		root := w.whole.clone()
		where := kind.places(root)[k*places/min(places, mostPlaces)]()
		text, err := yaml.Marshal(root.Node)
		if err != nil {
			t.Fatal(err)
		}
		n.done++
		switch w.notices(text) {
		case "check":
			n.check++
		case "test":
			n.test++
		default:
			reason := w.reason(kind.name, where)
			if reason == "" && w.explored(text) {
				n.check++
				continue
			}
			fmt.Fprintf(left, "  %s: %s\n      %s\n", kind.name, where, reason)
			if reason == "" {
				t.Errorf("not noticed, and nothing says why: %s: %s", kind.name, where)
			}
		}
	}
	return n
}

// notices says what notices a damaged scenario without exploring it.
func (w *watch) notices(text []byte) string {
	file, found := scenarios.ReadScenario(scenarios.Source{Name: w.id + ".yaml", Bytes: text})
	if file == nil || found.Failed() {
		return "check"
	}
	for i, src := range w.plays {
		if !passes(file, src) {
			w.plays = slices.Concat([]scenarios.Source{src}, w.plays[:i], w.plays[i+1:])
			return "test"
		}
	}
	if w.news(check.Scenario(file, check.Options{Shallow: true})) {
		return "check"
	}
	return ""
}

// explored reports whether only playing it out tells the damage.
func (w *watch) explored(text []byte) bool {
	file, _ := scenarios.ReadScenario(scenarios.Source{Name: w.id + ".yaml", Bytes: text})
	return w.news(check.Scenario(file, check.Options{}))
}

func (w *watch) news(report check.Report) bool {
	for text := range warnings(report.Findings) {
		if !w.known[text] {
			return true
		}
	}
	return false
}

func passes(file *scenarios.File, src scenarios.Source) bool {
	play, found := scenarios.ReadPlay(src, file.Scenario)
	if found.Failed() {
		return false
	}
	conduct, err := scenarios.Rehearse(file.Compiled, play)
	if err != nil {
		return false
	}
	card := scoring.Score(file.Scenario, scoring.Default().With(file.Rubric), conduct.Log)
	return len(play.Judge(card, conduct.Log)) == 0
}

// warnings are findings without their places, which damage may shift.
func warnings(found scenarios.Findings) map[string]bool {
	all := map[string]bool{}
	for _, f := range found {
		all[string(f.Code)+" "+f.Text.EN] = true
	}
	return all
}
