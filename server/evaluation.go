package server

import (
	"cmp"
	"slices"

	"saban/engine"
	"saban/live"
	"saban/scoring"
)

// Evaluation is a drill as one of its evaluators sees it: what is to be
// watched for, and what was said of it. What others said of a task shows once
// the evaluator has rated it, so that nobody follows anybody; the lead, who
// settles, sees all of it.
type Evaluation struct {
	Drill      string      `json:"drill"`
	Title      string      `json:"title"`
	Phase      string      `json:"phase" enum:"waiting,running,paused,stopped,over"`
	Clock      Clock       `json:"clock"`
	Leads      bool        `json:"leads,omitempty" doc:"May settle ratings evaluators differ on"`
	Objectives []TaskGroup `json:"objectives"`

	Capabilities []Task `json:"capabilities" doc:"What is rated on the whole, beside tasks; rated and noted as tasks are, by its code"`

	Rated      int             `json:"rated" doc:"Tasks this evaluator has rated"`
	Of         int             `json:"of" doc:"Tasks there are"`
	Left       int             `json:"left" doc:"Tasks that were asked and this evaluator has not rated"`
	First      string          `json:"first,omitempty" doc:"The task to begin with: not rated, and of the present state where there is one"`
	Prohibited []ProhibitedAct `json:"prohibited"`
	Pairs      []EvaluatorPair `json:"agreement" doc:"How far every two evaluators agree"`
}

// TaskGroup is an objective and its tasks.
type TaskGroup struct {
	ID    string `json:"id"`
	Text  string `json:"text"`
	Tasks []Task `json:"tasks"`
}

// Task is a response to be watched for, or a capability to be rated: that has
// neither role nor time, and is nothing to be seen done.
type Task struct {
	ID        string         `json:"id"`
	No        string         `json:"number" doc:"By objective, such as 2.1"`
	Do        string         `json:"do"`
	Role      string         `json:"role"`
	By        string         `json:"by" doc:"The role in words"`
	Inject    string         `json:"inject"`
	Critical  bool           `json:"critical,omitempty"`
	Triggered bool           `json:"triggered,omitempty"`
	Timed     Times          `json:"timed"`
	Done      *engine.Millis `json:"done_ms,omitempty" doc:"When it was done, as it counts, exercise time"`
	Late      bool           `json:"late,omitempty" doc:"Later than its target"`
	Missed    bool           `json:"missed,omitempty"`
	Suggested scoring.Rating `json:"suggested" nullable:"true" doc:"None while it can still be done in time"`
	Counted   scoring.Rating `json:"rating" nullable:"true" doc:"The one that counts now"`
	Mine      scoring.Rating `json:"mine" nullable:"true"`
	Ratings   []RatingBy     `json:"ratings,omitempty" doc:"The last of every evaluator"`
	Settled   *RatingBy      `json:"settled,omitempty"`
	Disputed  bool           `json:"disputed,omitempty"`
	Seen      []SeenBy       `json:"seen,omitempty" doc:"What evaluators saw"`
	Unseen    bool           `json:"unseen,omitempty" doc:"This evaluator did not see it done"`
	Boxes     []Tick         `json:"boxes,omitempty" doc:"What its content should hold"`
	Content   *engine.Ratio  `json:"content,omitempty" doc:"How much of the content was there, 0 to 1, as last marked"`
	Notes     []TaskNote     `json:"notes,omitempty"`
	Next      string         `json:"next,omitempty"`
	NextNo    string         `json:"next_number,omitempty"`

	RestsOn []CapabilityTask `json:"rests_on,omitempty" doc:"Of a capability: the tasks that count for it"`
}

// RatingBy is somebody's rating.
type RatingBy struct {
	Who    string         `json:"who"`
	Mine   bool           `json:"mine,omitempty"`
	Rating scoring.Rating `json:"rating"`
	Reason string         `json:"reason,omitempty"`
	At     engine.Millis  `json:"at_ms" doc:"Exercise time"`
}

// SeenBy is a task as somebody saw it done: when that was, and when it was
// recorded.
type SeenBy struct {
	Seq  int64         `json:"seq"`
	Who  string        `json:"who"`
	Mine bool          `json:"mine,omitempty"`
	Seen engine.Millis `json:"observed_ms"`
	At   engine.Millis `json:"at_ms"`
}

// TaskNote is what an evaluator wrote of a task.
type TaskNote struct {
	Who  string        `json:"who"`
	Mine bool          `json:"mine,omitempty"`
	At   engine.Millis `json:"at_ms"`
	Text string        `json:"text" doc:"Empty where there is a photo alone"`

	Photo string `json:"photo,omitempty" doc:"SHA-256 of the photo that came with it; it is shown at /drills/{drill}/photos/{photo}"`
}

// ProhibitedAct is an act that adds danger, and how often it was seen.
type ProhibitedAct struct {
	ID       string          `json:"id"`
	Text     string          `json:"text"`
	Severity engine.Severity `json:"severity" enum:"minor,major,life"`
	Times    []engine.Millis `json:"times_ms,omitempty"`
}

// EvaluatorPair is how far two evaluators agree.
type EvaluatorPair struct {
	WhoA     string `json:"who_a"`
	WhoB     string `json:"who_b"`
	Reliable bool   `json:"reliable" doc:"Ten tasks or more, and kappa of 0.41 or more"`
	Band     string `json:"band,omitempty" doc:"Kappa in words"`

	Figures scoring.Agreement `json:"figures"`
}

// evaluationOf gathers what an evaluator sees.
func evaluationOf(r *room, v *live.View, who reader, leads bool) *Evaluation {
	e := &Evaluation{Drill: r.id, Title: v.Scenario.Title.In(who.Lang), Phase: v.Phase, Clock: clockOf(v.Brief, who.Wall), Leads: leads,
		Objectives: []TaskGroup{}, Capabilities: []Task{}, Prohibited: []ProhibitedAct{}, Pairs: []EvaluatorPair{}}
	said := sayingsOf(v)
	e.group(v, who)
	e.number()
	for i := range e.Objectives {
		for k := range e.Objectives[i].Tasks {
			t := &e.Objectives[i].Tasks[k]
			t.judged(said, who, leads)
			e.Of++
			if t.Mine != "" {
				e.Rated++
			} else if t.Triggered {
				e.Left++
			}
		}
	}
	e.rateCapabilities(v, said, who, leads)
	e.inTurn()
	e.First = e.first(v)
	for i := range v.Scenario.Prohibited {
		p := &v.Scenario.Prohibited[i]
		e.Prohibited = append(e.Prohibited, ProhibitedAct{p.ID, p.Text.In(who.Lang), p.Severity, said.prohibited[p.ID]})
	}
	for _, a := range scoring.Agreements(v.Log) {
		pair := EvaluatorPair{Figures: a, WhoA: who.name(a.A), WhoB: who.name(a.B), Reliable: a.Reliable()}
		if a.Kappa != nil {
			pair.Band = scoring.KappaBand(*a.Kappa).In(who.Lang)
		}
		if a.Tasks == nil {
			pair.Figures.Tasks = []scoring.RatedTwice{}
		}
		e.Pairs = append(e.Pairs, pair)
	}
	return e
}

// name is what somebody is called, in the end by what the log calls them.
func (who reader) name(person string) string {
	if person == leader {
		return engine.Both("người điều khiển", "facilitator").In(who.Lang)
	}
	return cmp.Or(who.Called(person), person)
}

// group puts every task under its objective, those of none at the end.
func (e *Evaluation) group(v *live.View, who reader) {
	items := map[string]*scoring.Item{}
	for i := range v.Card.Items {
		items[v.Card.Items[i].ID] = &v.Card.Items[i]
	}
	var rest TaskGroup
	rest.Text = engine.Both("Việc khác", "Other tasks").In(who.Lang)
	for i := range v.Scenario.Objectives {
		o := &v.Scenario.Objectives[i]
		e.Objectives = append(e.Objectives, TaskGroup{ID: o.ID, Text: o.Text.In(who.Lang)})
	}
	for i := range v.Responses {
		r := &v.Responses[i]
		at := slices.IndexFunc(v.Scenario.Objectives, func(o engine.Objective) bool {
			return o.ID == r.Response.Objective || r.Response.Objective == "" && r.Response.Capability != "" && o.Capability == r.Response.Capability
		})
		t := taskOf(v, r, items[r.Response.ID], who)
		if at < 0 {
			rest.Tasks = append(rest.Tasks, t)
		} else {
			e.Objectives[at].Tasks = append(e.Objectives[at].Tasks, t)
		}
	}
	e.Objectives = slices.DeleteFunc(append(e.Objectives, rest), func(g TaskGroup) bool { return len(g.Tasks) == 0 })
}

func taskOf(v *live.View, r *engine.ResponseView, it *scoring.Item, who reader) Task {
	t := Task{ID: r.Response.ID, Do: r.Response.Do.In(who.Lang), Role: r.Response.By, By: rolesOf(v.Scenario, []string{r.Response.By}, who.Lang), Inject: r.Inject,
		Critical: r.Response.Critical, Triggered: r.Triggered, Missed: r.Missed, Timed: Times{r.From, r.From + r.Target, r.From + r.Limit}}
	if r.Done {
		t.Done, t.Late = &r.DoneAt, r.DoneAt > t.Timed.Target
	}
	if it != nil {
		t.Counted, t.Disputed = it.Rating, it.Disputed
		if !it.Pending {
			t.Suggested = it.Suggested
		}
		if r.Done {
			t.Content = it.Content
		}
		if it.Done && it.Observed != nil {
			at := engine.Millis(*it.Observed)
			t.Done, t.Late = &at, at > t.Timed.Target
		}
	}
	if set := v.Scenario.BoxSet(r.Response.Boxes); set != nil && r.Response.Boxes != "" {
		for _, b := range set.Boxes {
			t.Boxes = append(t.Boxes, Tick{ID: b.ID, Text: b.Text.In(who.Lang)})
		}
	}
	return t
}

// first is the task to begin with: not rated yet, of the present state before
// others, then whose clock has begun.
func (e *Evaluation) first(v *live.View) string {
	best, rank := "", 0
	for i := range e.Objectives {
		for k := range e.Objectives[i].Tasks {
			t := &e.Objectives[i].Tasks[k]
			now := 1
			switch {
			case t.Mine != "":
				now = 0
			case t.Triggered && t.Timed.From >= v.Entered:
				now = 3
			case t.Triggered:
				now = 2
			}
			if best == "" || now > rank {
				best, rank = t.ID, now
			}
		}
	}
	return best
}

// judged adds what evaluators said of a task.
func (t *Task) judged(said *sayings, who reader, leads bool) {
	for _, e := range said.ratings[t.ID] {
		if e.Actor == who.Person {
			t.Mine = scoring.Rating(e.Rating)
		}
	}
	all := leads || t.Mine != ""
	for _, e := range said.ratings[t.ID] {
		if all || e.Actor == who.Person {
			t.Ratings = append(t.Ratings, ratingBy(e, who))
		}
	}
	if e := said.settled[t.ID]; e != nil {
		one := ratingBy(e, who)
		t.Settled = &one
	}
	for _, e := range said.seen[t.ID] {
		if mine := e.Actor == who.Person; all || mine {
			t.Seen = append(t.Seen, SeenBy{e.Seq, who.name(e.Actor), mine, e.Observed, e.At})
		}
	}
	t.Unseen = said.unseen[t.ID][who.Person] && !slices.ContainsFunc(t.Seen, func(s SeenBy) bool { return s.Mine })
	for _, e := range said.notes[t.ID] {
		if mine := e.Actor == who.Person; all || mine {
			t.Notes = append(t.Notes, TaskNote{who.name(e.Actor), mine, e.At, e.Text, e.Photo})
		}
	}
}

func ratingBy(e *engine.Event, who reader) RatingBy {
	return RatingBy{who.name(e.Actor), e.Actor == who.Person, scoring.Rating(e.Rating), e.Reason, e.At}
}

// sayings is what evaluators said in a log, by task; what they took back is
// left out.
type sayings struct {
	ratings    map[string][]*engine.Event // the last of each, in order of coming in
	settled    map[string]*engine.Event
	seen       map[string][]*engine.Event
	unseen     map[string]map[string]bool // by task and person
	notes      map[string][]*engine.Event
	prohibited map[string][]engine.Millis
	tasks      map[string]string // by a task, each of its ways and a capability: the task, or the capability
}

// rated reports whether somebody has rated a task.
func (s *sayings) rated(task, person string) bool {
	return slices.ContainsFunc(s.ratings[task], func(e *engine.Event) bool { return e.Actor == person })
}

func sayingsOf(v *live.View) *sayings {
	return v.Once("sayings", func() any {
		s := &sayings{map[string][]*engine.Event{}, map[string]*engine.Event{}, map[string][]*engine.Event{}, map[string]map[string]bool{}, map[string][]*engine.Event{}, map[string][]engine.Millis{}, map[string]string{}}
		gone := indexOf(v).retracted
		for _, code := range engine.Capabilities {
			s.tasks[string(code)] = string(code) // unless a response is called so
		}
		for i := range v.Responses {
			r := v.Responses[i].Response
			s.tasks[r.ID] = r.ID
			for k := range r.Ways {
				s.tasks[r.Ways[k].ID] = r.ID
			}
		}
		for i := range v.Log {
			if e := &v.Log[i]; !gone[e.Seq] {
				s.read(e, s.tasks[e.ID])
			}
		}
		return s
	}).(*sayings)
}

func (s *sayings) read(e *engine.Event, task string) {
	switch e.Type {
	case engine.Rated:
		if e.Mode == engine.Settled {
			s.settled[task] = e
			return
		}
		s.ratings[task] = append(slices.DeleteFunc(s.ratings[task], func(before *engine.Event) bool { return before.Actor == e.Actor }), e)
	case engine.Observed:
		s.seen[task] = append(s.seen[task], e)
	case engine.ProhibitedAct:
		s.prohibited[e.ID] = append(s.prohibited[e.ID], e.Observed)
	case engine.Noted:
		if e.Mode == engine.Unseen {
			if s.unseen[task] == nil {
				s.unseen[task] = map[string]bool{}
			}
			s.unseen[task][e.Actor] = true
			return
		}
		if task != "" {
			s.notes[task] = append(s.notes[task], e)
		}
	}
}
