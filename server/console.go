package server

import (
	"slices"
	"strings"

	"saban/engine"
	"saban/live"
	"saban/scenarios/graph"
)

// Console is all that the facilitator's page shows of a drill.
type Console struct {
	Drill    string
	Title    string
	Subtitle string
	Code     string
	Phase    string
	Now      engine.Millis
	Duration engine.Millis
	Practice bool
	Trouble  bool   // the log cannot be written
	Fault    string // the engine stopped itself
	Reason   string // of a real incident
	Halted   string // why a drill stands that nobody paused
	Next     *Coming
	Queue    []Coming // planned and conditional, after the next
	Held     []Coming
	Quick    []Coming // by hand only
	Out      int      // injects released
	Devices  Devices
	Path     []string // titles of the states so far
	Moves    []MoveNeed
	States   []StateChoice
	Teams    []Team
	Total    string
	Marks    []ToMark
	Taps     []Tapped
	Relays   []PendingRelay
	Feed     []FeedLine
	Notes    []FeedLine
	Roles    []PhoneRole
	Since    engine.Millis // the last inject was released then
	Unread   []Unread
	Flags    []FlagChoice
	Busy     []BusyRole
	Shown    []string // injects a phone has shown, which cannot be taken back
	Seen     []SeenChoice
	Arrivals []Arrival
	Alarm    *RealAlarm // somebody reports a real incident
	Stopped  int64      // wall clock of the stop for a real incident

	moving bool // the newest word on whether it runs was somebody's
}

// Unread is an inject that is out and that nobody has received.
type Unread struct {
	ID, Title, To string
}

// FlagChoice is a flag that can be stated.
type FlagChoice struct {
	ID, Text string
}

// BusyRole is how many questions a role has before it.
type BusyRole struct {
	ID   string
	Open int
}

// SeenChoice is something that may be seen done in the room.
type SeenChoice struct {
	ID, Text string
	Role     string // whose it is, in words
	Bad      bool   // a prohibited action
	Done     bool
}

// Coming is an inject that is still to come.
type Coming struct {
	ID        string
	Title     string
	Text      string
	Note      string
	Channel   string
	To        string
	At        engine.Millis
	Hand      bool
	Held      bool
	Waits     bool   // due, and waiting
	When      string // in words, of a conditional one
	Elsewhere string // the state it was written for, when that is not the present one
	Timed     bool   // it has a time, which can be put off
}

// MoveNeed is a transition out of the present state and what it waits for.
type MoveNeed struct {
	To    string
	Bad   bool // it leads where things are worse
	Parts []NeedWords
}

// NeedWords is one condition in words.
type NeedWords struct {
	Text  string
	Holds bool
	At    engine.Millis // by itself then
	Timed bool
	Until engine.Millis // the limit of what it waits for
}

// StateChoice is a state the facilitator may force.
type StateChoice struct {
	ID    string
	Title string
	Legal bool // a transition leads there
}

// consoleOf decides what the facilitator sees.
func consoleOf(r *room, v *live.View, plan Plan, guests []Guest, lang engine.Lang) *Console {
	names := map[string]string{}
	for i := range guests {
		names[guests[i].Person] = guests[i].Name
	}
	sc := v.Scenario
	c := &Console{Drill: r.id, Title: plan.Title, Subtitle: sc.Title.In(lang), Code: plan.Code, Phase: v.Phase, Now: v.Now(), Duration: sc.Duration,
		Practice: plan.Speed != engine.Whole && plan.Speed != 0, Trouble: v.Trouble != nil, Fault: v.Fault}
	if c.Title == "" {
		c.Title, c.Subtitle = sc.Title.In(lang), sc.Site.Name.In(lang)
	}
	for i := range sc.Roles {
		if !sc.Roles[i].Simulated {
			c.Roles = append(c.Roles, PhoneRole{sc.Roles[i].ID, sc.Roles[i].Title.In(lang)})
		}
	}
	c.queue(v, lang)
	c.machine(v, lang)
	c.devices(v, names, lang)
	c.results(v, lang)
	c.telling(v, names, lang)
	c.arrivals(v, guests, lang)
	c.room(v, lang)
	return c
}

// queue sorts what is still to come.
func (c *Console) queue(v *live.View, lang engine.Lang) {
	queue := live.Queue(&v.Snapshot)
	next := live.Next(slices.DeleteFunc(slices.Clone(queue), func(u live.Upcoming) bool { return u.Held }))
	for i := range queue {
		u := &queue[i]
		one := comingOf(v, u, lang)
		switch {
		case u.Held:
			c.Held = append(c.Held, one)
		case next != nil && u.Inject.ID == next.Inject.ID && v.Phase != "over":
			c.Next = &one
		case u.Hand:
			c.Quick = append(c.Quick, one)
		default:
			c.Queue = append(c.Queue, one)
		}
	}
	for i := range v.Injects {
		in := &v.Injects[i]
		if in.Status != engine.Out {
			continue
		}
		c.Out++
		c.Since = max(c.Since, in.ReleasedAt)
		switch {
		case !in.Received:
			c.Unread = append(c.Unread, Unread{in.Inject.ID, in.Inject.Title.In(lang), rolesOf(v.Scenario, in.Inject.To, lang)})
		case in.Receipt == "device" || in.Receipt == "read":
			c.Shown = append(c.Shown, in.Inject.ID)
		}
	}
}

func comingOf(v *live.View, u *live.Upcoming, lang engine.Lang) Coming {
	one := Coming{ID: u.Inject.ID, Title: u.Inject.Title.In(lang), Text: u.Text.In(lang), Note: u.Inject.Note.In(lang), Channel: u.Inject.Channel,
		At: u.At, Hand: u.Hand, Held: u.Held, Waits: u.Status == engine.Waiting, To: rolesOf(v.Scenario, u.Inject.To, lang)}
	if one.Title == "" {
		one.Title = one.Text
	}
	if u.Contingent {
		one.When = conditionOf(v, u.Inject, lang)
	}
	one.Timed = !u.Contingent && !u.Hand && !one.Waits
	if u.Elsewhere && !u.Contingent && u.At-v.Now() < 5*engine.Minute {
		one.Elsewhere = stateTitle(v.Scenario, u.Inject.ExpectedIn, lang)
	}
	return one
}

func conditionOf(v *live.View, in *engine.Inject, lang engine.Lang) string {
	for i := range v.Scenario.Injects {
		if v.Scenario.Injects[i].ID == in.ID {
			if g := v.Game.InjectGuard(i); g != nil {
				return wordsOf(v, g, g.Tree, lang)
			}
		}
	}
	return in.When
}

// rolesOf names who an inject is for.
func rolesOf(sc *engine.Scenario, ids []string, lang engine.Lang) string {
	if len(ids) == 0 {
		return engine.Both("mọi vai", "everybody").In(lang)
	}
	var out []string
	for _, id := range ids {
		if role := sc.Role(id); role != nil {
			out = append(out, role.Title.In(lang))
		}
	}
	return strings.Join(out, ", ")
}

func stateTitle(sc *engine.Scenario, id string, lang engine.Lang) string {
	if s := sc.State(id); s != nil && !s.Title.Empty() {
		return s.Title.In(lang)
	}
	return id
}

// machine says where the situation stands and what it hangs on.
func (c *Console) machine(v *live.View, lang engine.Lang) {
	for i := range v.Card.Path {
		c.Path = append(c.Path, stateTitle(v.Scenario, v.Card.Path[i].State, lang))
	}
	legal := map[string]bool{}
	for _, n := range v.Needs {
		to := v.Scenario.State(n.Transition.To)
		if to == nil {
			continue
		}
		legal[to.ID] = true
		move := MoveNeed{To: stateTitle(v.Scenario, to.ID, lang), Bad: to.Kind == engine.Escalated || to.Kind == engine.Failed}
		for _, p := range n.Parts {
			w := NeedWords{Text: wordsOf(v, p.Guard, p.Tree, lang), Holds: p.Holds, At: p.At, Timed: p.Timed}
			if p.Tree.Op == engine.Atom && p.Tree.Fact == engine.FactDone {
				w.Until = limitOf(v, p.Tree.ID)
			}
			move.Parts = append(move.Parts, w)
		}
		c.Moves = append(c.Moves, move)
	}
	for i := range v.Scenario.States {
		s := &v.Scenario.States[i]
		if s.ID != v.State {
			c.States = append(c.States, StateChoice{s.ID, s.Title.In(lang), legal[s.ID]})
		}
	}
	slices.SortStableFunc(c.States, func(a, b StateChoice) int {
		switch {
		case a.Legal == b.Legal:
			return 0
		case a.Legal:
			return -1
		}
		return 1
	})
}

// limitOf is when the limit of a response comes, if its clock runs.
func limitOf(v *live.View, id string) engine.Millis {
	for i := range v.Responses {
		if r := &v.Responses[i]; r.Response.ID == id && r.Triggered && !r.Done && !r.Missed {
			return r.From + r.Limit
		}
	}
	return 0
}

// wordsOf says a condition with the titles of what it names.
func wordsOf(v *live.View, g *engine.Guard, tree *engine.GuardNode, lang engine.Lang) string {
	part := *g
	part.Tree = tree
	return graph.WordsNaming(&part, lang, func(fact engine.FactKind, id string) string {
		switch fact {
		case engine.FactState:
			return stateTitle(v.Scenario, id, lang)
		case engine.FactFilled:
			return rolesOf(v.Scenario, []string{id}, lang)
		}
		if o := live.FindOffer(v.Scenario, &v.Snapshot, id); o.Text.In(lang) != id {
			return "“" + short(o.Text.In(lang), 60) + "”"
		}
		return id
	})
}

// short cuts a text to about so many letters, at a word.
func short(text string, most int) string {
	letters := []rune(text)
	if len(letters) <= most {
		return text
	}
	cut := most
	for i := most; i > most/2; i-- {
		if letters[i] == ' ' {
			cut = i
			break
		}
	}
	return string(letters[:cut]) + "…"
}
