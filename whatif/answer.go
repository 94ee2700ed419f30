package whatif

import (
	"slices"

	"saban/engine"
	"saban/scoring"
)

// Answer is what would have become of a drill.
type Answer struct {
	Changes    []Change        `json:"changes"`
	Was        Outcome         `json:"was"`
	Is         Outcome         `json:"is"`
	Items      []ItemChange    `json:"items"` // those that come out otherwise
	Left       []Left          `json:"left"`  // acts that had no place any more
	Unanswered []string        `json:"unanswered"`
	Best       *scoring.Points `json:"best"`     // were all of Unanswered done in time; null without any
	KnownMS    *engine.Millis  `json:"known_ms"` // until then people would have been told the same; null: to the end
	Limits     []Limit         `json:"limits"`   // why not further, earliest first
	Scripted   bool            `json:"scripted"` // the drill was played by a script, whose acts stand at their times

	Card scoring.Scorecard `json:"-"` // of the altered drill
	Log  []engine.Event    `json:"-"`
}

// Outcome is how a drill came out.
type Outcome struct {
	Total *scoring.Points `json:"total"`
	Grade scoring.Grade   `json:"grade"`
	State string          `json:"state"`
	Path  []scoring.Step  `json:"path"`
	Gates []string        `json:"gates"`
}

// ItemChange is a response that comes out otherwise.
type ItemChange struct {
	ID  string      `json:"id"`
	Do  engine.Text `json:"do"`
	Was ItemOutcome `json:"was"`
	Is  ItemOutcome `json:"is"`
}

// ItemOutcome is what became of one response; Actual is from its trigger.
type ItemOutcome struct {
	Triggered bool             `json:"triggered"`
	Done      bool             `json:"done"`
	Actual    *scoring.Seconds `json:"actual_s"`
	Points    scoring.Points   `json:"points"`
	Rating    scoring.Rating   `json:"rating"`
}

// Ask plays the drill of a log again with some changes. It wants the whole log
// in order; what is wrong with a change is an *Invalid.
func Ask(c *engine.Compiled, rubric scoring.Rubric, log []engine.Event, changes ...Change) (Answer, error) {
	w := read(c, rubric, log, changes)
	if err := w.check(); err != nil {
		return Answer{}, err
	}
	r := w.play(w.script())
	out := Answer{Changes: changes, Scripted: w.start.Virtual, Log: slices.Clone(r.d.Log()), Left: r.left, Items: []ItemChange{}, Limits: []Limit{}, Unanswered: []string{}}
	was, is := scoring.Explain(c.Scenario(), rubric, log), scoring.Explain(c.Scenario(), rubric, out.Log)
	out.Card = is.Card()
	out.Was, out.Is = outcome(&w.card), outcome(&out.Card)
	out.items(&was, &is)
	out.unanswered(w, r, c.Scenario(), rubric)
	out.limit(w, r)
	if out.Left == nil {
		out.Left = []Left{}
	}
	return out, nil
}

func outcome(card *scoring.Scorecard) Outcome {
	o := Outcome{Total: card.Total, Grade: card.Grade, State: card.State, Path: card.Path, Gates: []string{}}
	for _, g := range card.Gates {
		o.Gates = append(o.Gates, g.ID)
	}
	return o
}

func (out *Answer) items(was, is *scoring.Explanation) {
	before, after := was.Card(), is.Card()
	for i := range after.Items {
		a := itemOutcome(&after.Items[i], is.Item(after.Items[i].ID))
		j := slices.IndexFunc(before.Items, func(it scoring.Item) bool { return it.ID == after.Items[i].ID })
		if j < 0 {
			continue
		}
		b := itemOutcome(&before.Items[j], was.Item(before.Items[j].ID))
		if !b.same(&a) {
			out.Items = append(out.Items, ItemChange{after.Items[i].ID, after.Items[i].Do, b, a})
		}
	}
}

func itemOutcome(it *scoring.Item, x *scoring.ItemAccount) ItemOutcome {
	return ItemOutcome{it.Triggered, it.Done, it.Actual, x.Points, it.Suggested}
}

// same leaves points out: they change for all when the weight that counts does.
func (o *ItemOutcome) same(p *ItemOutcome) bool {
	if (o.Actual == nil) != (p.Actual == nil) || o.Actual != nil && *o.Actual != *p.Actual {
		return false
	}
	return o.Triggered == p.Triggered && o.Done == p.Done && o.Rating == p.Rating
}

// unanswered lists what is asked only in the altered drill, where nobody was
// there to answer, and what it would bring if all of it were done in time.
func (out *Answer) unanswered(w *world, r *run, s *engine.Scenario, rubric scoring.Rubric) {
	log := slices.Clone(out.Log)
	for i := range out.Card.Items {
		it := &out.Card.Items[i]
		_, before := w.received[it.Inject]
		if before || !it.Triggered || it.Done {
			continue
		}
		out.Unanswered = append(out.Unanswered, it.ID)
		yes, at, whole := true, engine.Millis(*it.Received), engine.Whole
		log = append(log, engine.Event{Seq: int64(len(log) + 1), Type: engine.Overridden, At: r.d.Now(),
			Body: engine.Body{ID: it.ID, Override: &engine.FactsOverride{Done: &yes, Observed: &at, Owner: &whole, Content: &whole}}})
	}
	if len(out.Unanswered) > 0 {
		card := scoring.Score(s, rubric, log)
		out.Best = card.Total
	}
}
