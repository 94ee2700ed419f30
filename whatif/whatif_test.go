package whatif_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"saban/engine"
	"saban/scenarios"
	"saban/scenarios/scenariotest"
	"saban/scoring"
	"saban/whatif"
)

func ask(t *testing.T, file *scenarios.File, log []engine.Event, changes ...whatif.Change) whatif.Answer {
	t.Helper()
	out, err := whatif.Ask(file.Compiled, scoring.Default().With(file.Rubric), log, changes...)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// facts of a log: not who entered it, and when by the wall.
var facts = cmpopts.IgnoreFields(engine.Event{}, "Recorded", "Actor", "Key")

func TestWithoutAChangeTheDrillIsWhatItWas(t *testing.T) {
	for _, id := range scenarios.Shipped() {
		file := scenariotest.Read(t, id)
		for _, src := range scenarios.Rehearsals(id) {
			log := scenariotest.Rehearse(t, file, src)
			out := ask(t, file, log)
			if diff := cmp.Diff(log, out.Log, facts, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("%s: the log plays again as another (-was +is):\n%s", src.Name, diff)
			}
			if len(out.Limits)+len(out.Items)+len(out.Left) > 0 || out.KnownMS != nil {
				t.Fatalf("%s: nothing was changed, but %+v %+v %+v", src.Name, out.Limits, out.Items, out.Left)
			}
		}
	}
}

// stage is a play of steps alone, each at its own time.
type stage struct {
	scenario string
	lines    []string
	of       []string // the act of each line
}

func (s *stage) add(act, line string) { s.lines, s.of = append(s.lines, line), append(s.of, act) }

func (s *stage) source() scenarios.Source {
	return scenarios.Source{Name: "play.yaml", Bytes: []byte("play: 1\nscenario: " + s.scenario + "\nsteps:\n" + strings.Join(s.lines, ""))}
}

func (s *stage) without(act string) *stage {
	out := &stage{scenario: s.scenario}
	for i, of := range s.of {
		if of != act {
			out.add(of, s.lines[i])
		}
	}
	return out
}

func doneLine(at engine.Millis, id, by string, content engine.Ratio) string {
	return fmt.Sprintf("  - {at: %s, done: %s, by: %s, content: %s}\n", at, id, by, content)
}

func drawStage(rnd *rand.Rand, s *engine.Scenario) (*stage, []*engine.Response) {
	out := &stage{scenario: s.ID}
	var all []*engine.Response
	for i := range s.Injects {
		in := &s.Injects[i]
		for j := range in.Expects {
			r := &in.Expects[j]
			all = append(all, r)
			if rnd.IntN(5) == 0 {
				continue
			}
			from := in.At + engine.Millis(rnd.IntN(int(2*r.Limit/engine.Second)))*engine.Second
			id := r.ID
			if len(r.Ways) > 0 {
				id = r.Ways[rnd.IntN(len(r.Ways))].ID
			}
			out.add(r.ID, doneLine(min(from, s.Duration-engine.Second), id, r.By, []engine.Ratio{engine.Whole, engine.Whole, engine.Whole / 2}[rnd.IntN(3)]))
		}
	}
	for i := range s.Prohibited {
		if rnd.IntN(4) == 0 {
			at := engine.Millis(rnd.IntN(int(s.Duration/engine.Second))) * engine.Second
			out.add(s.Prohibited[i].ID, fmt.Sprintf("  - {at: %s, prohibited: %s}\n", at, s.Prohibited[i].ID))
		}
	}
	return out, all
}

// A play of steps alone, altered by hand and conducted anew, is what the
// answer says.
func TestAnswersAgreeWithTheAlteredPlay(t *testing.T) {
	plays := uint64(100)
	if os.Getenv("SABAN_LONG") != "" {
		plays = 3000
	}
	files := map[string]*scenarios.File{}
	moved := 0
	for seed := range plays {
		rnd := rand.New(rand.NewPCG(seed, 5))
		id := scenarios.Shipped()[rnd.IntN(len(scenarios.Shipped()))]
		if files[id] == nil {
			files[id] = scenariotest.Read(t, id)
		}
		file := files[id]
		st, all := drawStage(rnd, file.Scenario)
		log := scenariotest.Rehearse(t, file, st.source())
		r := all[rnd.IntN(len(all))]
		c := whatif.Change{ID: r.ID, Kind: []whatif.Kind{whatif.At, whatif.Done, whatif.NotDone}[rnd.IntN(3)],
			After: engine.Millis(rnd.IntN(int(r.Limit/engine.Second)))*engine.Second + 500}
		if p := file.Scenario.Prohibited; len(p) > 0 && rnd.IntN(5) == 0 {
			c = whatif.Change{ID: p[rnd.IntN(len(p))].ID, Kind: whatif.NotDone}
		}
		out := ask(t, file, log, c)
		altered := st.without(c.ID)
		if c.Kind != whatif.NotDone && len(out.Left) == 0 {
			it := itemOf(t, out.Card, r.ID)
			seen := eventOf(t, out.Log, it)
			want := *it.Received + it.Target
			if c.Kind == whatif.At {
				want = *it.Received + scoring.Seconds(c.After)
			}
			if *it.Observed != want {
				t.Fatalf("seed %d: %s was done at %v, asked for %v", seed, r.ID, *it.Observed, want)
			}
			altered.add(r.ID, doneLine(seen.At, seen.ID, seen.Role, seen.Content))
		}
		if diff := cmp.Diff(scenariotest.Rehearse(t, file, altered.source()), out.Log, facts, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("seed %d, %s: the altered play comes out otherwise (-play +answer):\n%s", seed, c.Text().EN, diff)
		}
		if len(out.Was.Path) != len(out.Is.Path) {
			moved++
		}
	}
	if moved < int(plays/20) {
		t.Errorf("only %d of %d changes changed the path: the plays are too tame", moved, plays)
	}
}

func itemOf(t *testing.T, card scoring.Scorecard, id string) *scoring.Item {
	t.Helper()
	i := slices.IndexFunc(card.Items, func(it scoring.Item) bool { return it.ID == id })
	if i < 0 || card.Items[i].Observed == nil {
		t.Fatalf("%s was not done", id)
	}
	return &card.Items[i]
}

func eventOf(t *testing.T, log []engine.Event, it *scoring.Item) engine.Event {
	t.Helper()
	for _, e := range log {
		if e.Type == engine.Observed && slices.Contains(it.Events, e.Seq) {
			return e
		}
	}
	t.Fatalf("no event of %s", it.ID)
	return engine.Event{}
}

// Until the moment it names, an answer tells people what they were told.
func TestTheAnswerIsKnownUntilPeopleAreToldOtherwise(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 9))
	for _, id := range scenarios.Shipped() {
		file := scenariotest.Read(t, id)
		for range 12 {
			st, all := drawStage(rnd, file.Scenario)
			log := scenariotest.Rehearse(t, file, st.source())
			out := ask(t, file, log, whatif.Change{ID: all[rnd.IntN(len(all))].ID, Kind: whatif.NotDone})
			known := engine.MaxDuration
			if out.KnownMS != nil {
				known = *out.KnownMS
			}
			if diff := cmp.Diff(told(log, known), told(out.Log, known)); diff != "" {
				t.Fatalf("%s: known until %s, but people are told otherwise (-was +is):\n%s", id, known.Clock(), diff)
			}
			if out.KnownMS == nil && !cmp.Equal(told(log, known), told(out.Log, known)) {
				t.Fatalf("%s: known to the end, with other injects", id)
			}
		}
	}
}

func told(log []engine.Event, before engine.Millis) (out []string) {
	for i := range log {
		if e := &log[i]; e.Type == engine.Received && e.At < before {
			out = append(out, e.At.Clock()+" "+e.ID)
		}
	}
	return out
}

// led is a drill with people: phones, answers, corrections.
func led(t *testing.T, file *scenarios.File, commands ...engine.Command) []engine.Event {
	t.Helper()
	d := engine.NewDrill(file.Compiled)
	d.KeepLog()
	start := engine.Start{Seats: engine.FullSeats(file.Scenario), Led: true}
	for i, cmd := range append([]engine.Command{{Do: engine.StartEx, Body: engine.Body{Start: &start}}}, commands...) {
		for due, ok := d.NextDue(); ok && due < cmd.At; due, ok = d.NextDue() {
			d.Advance(due, int64(due))
		}
		cmd.Actor, cmd.Key, cmd.Wall = "f1", fmt.Sprint("k", i), int64(cmd.At)
		if _, err := d.Decide(cmd); err != nil {
			t.Fatalf("%s %s: %v", cmd.Do, cmd.ID, err)
		}
	}
	return slices.Clone(d.Log())
}

func act(at int, do engine.Verb, b engine.Body) engine.Command {
	if b.Content == 0 {
		b.Content = engine.Whole
	}
	return engine.Command{Do: do, At: engine.Millis(at) * engine.Second, Body: b}
}

func gate(t *testing.T, change ...string) *scenarios.File {
	t.Helper()
	const name = "../testdata/scripts/common/gate.yaml"
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	text = []byte(strings.NewReplacer(change...).Replace(string(text)))
	file, found := scenarios.ReadScenario(scenarios.Source{Name: name, Bytes: text})
	if found.Failed() {
		t.Fatal(found)
	}
	return file
}

func codes(out *whatif.Answer) (list []string) {
	for _, l := range out.Limits {
		list = append(list, l.AtMS.Clock()+" "+l.Code+" "+strings.Join(l.IDs, " "))
	}
	return list
}

func TestADrillWithPeople(t *testing.T) {
	file := gate(t)
	box := func(ids ...string) []engine.Ticks { return []engine.Ticks{{Response: "R01", Boxes: ids}} }
	t.Run("a contingency that no longer comes takes its answers along", func(t *testing.T) {
		log := led(t, file, act(30, engine.Prohibit, engine.Body{ID: "P01", Role: "guard"}),
			act(50, engine.Respond, engine.Body{ID: "I01", Role: "guard", Choices: []string{"R01"}, Boxes: box("where", "what")}),
			act(60, engine.Respond, engine.Body{ID: "I01", Role: "head", Choices: []string{"refuse"}}),
			act(70, engine.Observe, engine.Body{ID: "R03", Role: "head"}), act(300, engine.End, engine.Body{}))
		out := ask(t, file, log, whatif.Change{ID: "P01", Kind: whatif.NotDone})
		want := []string{"00:30 inject_gone I02", "00:30 state ", "01:10 act R03"}
		if diff := cmp.Diff(want, codes(&out)); diff != "" {
			t.Errorf("limits (-want +got):\n%s", diff)
		}
		if out.KnownMS == nil || *out.KnownMS != 30*engine.Second || out.Is.State != "safe" || len(out.Left) != 1 || out.Left[0].ID != "R03" {
			t.Errorf("%+v", out)
		}
	})
	t.Run("a new inject is answered by nobody, and that is said", func(t *testing.T) {
		log := led(t, file, act(50, engine.Respond, engine.Body{ID: "I01", Role: "guard", Choices: []string{"R01"}, Boxes: box("where", "what", "who", "time")}),
			act(60, engine.Respond, engine.Body{ID: "I01", Role: "head", Choices: []string{"refuse"}}), act(900, engine.End, engine.Body{}))
		out := ask(t, file, log, whatif.Change{ID: "R01", Kind: whatif.NotDone})
		if !slices.Equal(out.Unanswered, []string{"R03"}) || out.Best == nil || *out.Best <= *out.Is.Total || out.Is.State != "lost" {
			t.Errorf("%v %v %+v", out.Unanswered, out.Best, out.Is)
		}
		want := []string{"00:50 after R02", "01:00 state ", "03:00 inject_new I02"}
		if diff := cmp.Diff(want, codes(&out)); diff != "" {
			t.Errorf("limits (-want +got):\n%s", diff)
		}
	})
	t.Run("sooner, with the content and by the role it was done", func(t *testing.T) {
		log := led(t, file, act(150, engine.Respond, engine.Body{ID: "I01", Role: "guard", Choices: []string{"R01"}, Boxes: box("where")}),
			act(160, engine.Respond, engine.Body{ID: "I01", Role: "guard", Boxes: box("who")}),
			act(170, engine.Rate, engine.Body{ID: "R01", Rating: "M"}),
			act(400, engine.End, engine.Body{}))
		out := ask(t, file, log, whatif.Change{ID: "R01", Kind: whatif.At, After: 40 * engine.Second})
		it := itemOf(t, out.Card, "R01")
		if *it.Observed != 40_000 || *it.Content != engine.Whole/2 || it.DoneBy != "guard" || it.Rated != nil {
			t.Errorf("%+v", it)
		}
		if out.KnownMS != nil || !slices.Equal(codes(&out), []string{"02:50 rating R01"}) {
			t.Errorf("%v", codes(&out))
		}
	})
	t.Run("an answer keeps its other choices, with the boxes they claim", func(t *testing.T) {
		file := gate(t, "also: {guard: [P01, D01]}", "asks: [{role: guard, choices: [R01, P01, D01], pick: 2}, {role: head, choices: [refuse, wait]}]")
		log := led(t, file, act(50, engine.Respond, engine.Body{ID: "I01", Role: "guard", Choices: []string{"R01", "P01"}, Boxes: box("where")}),
			act(55, engine.Respond, engine.Body{ID: "I01", Role: "guard", Boxes: box("who", "what")}),
			act(60, engine.Respond, engine.Body{ID: "I01", Role: "head", Choices: []string{"refuse"}}), act(400, engine.End, engine.Body{}))
		out := ask(t, file, log, whatif.Change{ID: "P01", Kind: whatif.NotDone})
		if it := itemOf(t, out.Card, "R01"); !it.Done || *it.Observed != 50_000 || *it.Content != engine.Whole*3/4 || it.DoneBy != "guard" {
			t.Errorf("%+v", it)
		}
		if len(out.Card.Penalties) > 0 || len(out.Left) > 0 {
			t.Errorf("%+v %+v", out.Card.Penalties, out.Left)
		}
	})
	t.Run("marks and what was set by hand follow", func(t *testing.T) {
		log := led(t, file, act(20, engine.Respond, engine.Body{ID: "I01", Role: "head", Choices: []string{"refuse"}}),
			act(50, engine.Respond, engine.Body{ID: "I01", Role: "guard", Choices: []string{"R01"}, Boxes: box("where")}),
			act(60, engine.Mark, engine.Body{ID: "R01", Content: engine.Whole / 4}),
			act(70, engine.Override, engine.Body{ID: "R02", Reason: "x", Override: &engine.FactsOverride{Content: new(engine.Whole / 2)}}),
			act(400, engine.End, engine.Body{}))
		out := ask(t, file, log, whatif.Change{ID: "R02", Kind: whatif.Done})
		if got := *itemOf(t, out.Card, "R01").Content; got != engine.Whole/4 {
			t.Errorf("R01 has content %v", got)
		}
		if it := itemOf(t, out.Card, "R02"); *it.Observed != 120_000 || *it.Content != engine.Whole || it.Overrides != nil {
			t.Errorf("%+v", it)
		}
	})
}

func TestWhatCannotBeAsked(t *testing.T) {
	file := gate(t)
	log := led(t, file, act(60, engine.End, engine.Body{}))
	for name, changes := range map[string][]whatif.Change{
		"an id there is not":             {{ID: "R09", Kind: whatif.Done}},
		"a prohibited action to be done": {{ID: "P01", Kind: whatif.Done}},
		"one response twice":             {{ID: "R02", Kind: whatif.Done}, {ID: "refuse", Kind: whatif.NotDone}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := whatif.Ask(file.Compiled, scoring.Default(), log, changes...)
			var invalid *whatif.Invalid
			if !errors.As(err, &invalid) || invalid.Why.VI == "" || invalid.Why.EN == "" {
				t.Errorf("%v", err)
			}
		})
	}
	for _, s := range []string{"R01", "R01=", "R01=soon", "R01=60"} {
		if _, err := whatif.Parse(s); err == nil {
			t.Errorf("%q was read", s)
		}
	}
	for s, want := range map[string]whatif.Change{"R01=90s": {ID: "R01", Kind: whatif.At, After: 90_000}, "R01=done": {ID: "R01", Kind: whatif.Done}, "R01 = not-done": {ID: "R01", Kind: whatif.NotDone}} {
		if got, err := whatif.Parse(s); err != nil || got != want {
			t.Errorf("%q: %+v, %v", s, got, err)
		}
	}
}
