package server

import (
	"slices"
	"strconv"

	"saban/engine"
	"saban/live"
)

// Phone is all that the phone of some roles may know of a drill. It names no
// state, no score, nothing that is to come, nothing other roles were told, and
// no choice by the id that would say whether it is right.
type Phone struct {
	Drill   string      `json:"drill"`
	Title   string      `json:"title"`
	Roles   []PhoneRole `json:"roles"`
	Phase   string      `json:"phase" enum:"waiting,running,paused,stopped,over"`
	Clock   Clock       `json:"clock"`
	Cards   []Card      `json:"cards" doc:"What reached these roles, newest first"`
	Version int64       `json:"version" doc:"Grows with every change of the drill"`
}

// PhoneRole is a role this phone answers for.
type PhoneRole struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// Clock is exercise time and how to carry it on: by Speed a real second, while
// Running.
type Clock struct {
	Now     engine.Millis `json:"now_ms" doc:"Exercise time, milliseconds since StartEx"`
	Running bool          `json:"running"`
	Speed   float64       `json:"speed" doc:"Exercise seconds a real second"`
	Wall    int64         `json:"wall_ms" doc:"The server's wall clock, milliseconds since 1970 UTC"`
}

// Card is one inject as one role meets it.
type Card struct {
	Key     string        `json:"key" doc:"Names the card: inject and role"`
	Inject  string        `json:"inject"`
	Role    string        `json:"role"`
	Channel string        `json:"channel,omitempty" doc:"How it arrived: phone, radio, cctv, walk_in …"`
	From    string        `json:"from,omitempty" doc:"Who it came from"`
	At      engine.Millis `json:"at_ms" doc:"When it was released, exercise time"`
	Wall    int64         `json:"wall_ms,omitempty" doc:"The same by the wall clock"`
	Title   string        `json:"title,omitempty"`
	Text    string        `json:"text" doc:"What arrived; a relayed report in place of it for who was not addressed"`
	Told    bool          `json:"told,omitempty" doc:"Text is what somebody passed on"`
	AdHoc   bool          `json:"adhoc,omitempty"`
	Choices []Choice      `json:"choices,omitempty"`
	Pick    int           `json:"pick,omitempty" doc:"How many to choose"`
	Timed   *Times        `json:"timed,omitempty"`
	Answer  *Answered     `json:"answer,omitempty" doc:"What this role has sent"`
	Relays  []PhoneRole   `json:"relays,omitempty" doc:"Who can be told"`
}

// Choice is one thing to choose. Its id means nothing outside its card.
type Choice struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// Times are when a card is to be answered, in exercise time.
type Times struct {
	From   engine.Millis `json:"from_ms"`
	Target engine.Millis `json:"target_ms" doc:"Later than this the team is late"`
	Limit  engine.Millis `json:"limit_ms" doc:"Later than this it counts as missed, and is taken all the same"`
}

// Answered is what a role has sent for a card.
type Answered struct {
	Person  string        `json:"person,omitempty"`
	At      engine.Millis `json:"at_ms" doc:"When the server had it, exercise time"`
	Tapped  engine.Millis `json:"tapped_ms" doc:"When it counts"`
	Wall    int64         `json:"wall_ms"`
	Choices []string      `json:"choices,omitempty" doc:"Texts of what was chosen"`
	Texts   []string      `json:"texts,omitempty" doc:"What was written"`
	Boxes   []BoxList     `json:"boxes,omitempty" doc:"What a report holds, to be ticked"`
}

// BoxList is the contents of one report that was chosen.
type BoxList struct {
	Choice string `json:"choice"`
	Of     string `json:"of" doc:"The text of the choice"`
	Boxes  []Tick `json:"boxes"`
}

// Tick is one content of a report.
type Tick struct {
	ID     string `json:"id"`
	Text   string `json:"text"`
	Ticked bool   `json:"ticked,omitempty"`
}

// phoneOf decides what the holders of some roles may see. Nothing else of a
// drill reaches a participant.
func phoneOf(r *room, v *live.View, roles []string, lang engine.Lang) *Phone {
	p := &Phone{Drill: r.id, Title: r.file.Scenario.Title.In(lang), Phase: v.Phase, Clock: clockOf(v), Version: v.Version, Cards: []Card{}, Roles: []PhoneRole{}}
	for _, id := range roles {
		if role := v.Scenario.Role(id); role != nil {
			p.Roles = append(p.Roles, PhoneRole{id, role.Title.In(lang)})
		}
	}
	for i := range v.Injects {
		in := &v.Injects[i]
		if in.Status != engine.Out {
			continue
		}
		for _, role := range roles {
			if c, ok := cardOf(v, in, role, lang); ok {
				p.Cards = append(p.Cards, c)
			}
		}
	}
	slices.SortStableFunc(p.Cards, func(a, b Card) int { return int(b.At - a.At) })
	return p
}

func clockOf(v *live.View) Clock {
	return Clock{Now: v.Now(), Running: v.Watch.Running(), Speed: float64(v.Watch.Speed()) / float64(engine.Whole), Wall: v.Wall.UnixMilli()}
}

// cardOf is an inject as one role meets it: its text for whom it is addressed
// to, what was passed on for whom it was relayed to, and the question once it
// is that role's turn.
func cardOf(v *live.View, in *engine.InjectView, role string, lang engine.Lang) (Card, bool) {
	reads, told := in.Inject.Reads(role), slices.Contains(in.Relayed, role)
	if !reads && !told {
		return Card{}, false
	}
	c := Card{Key: in.Inject.ID + "." + role, Inject: in.Inject.ID, Role: role, Channel: in.Inject.Channel, At: in.ReleasedAt, AdHoc: in.AdHoc,
		Wall: wallAt(v, in.Inject.ID)}
	ask := askOf(in, role)
	if reads {
		c.Title, c.Text = in.Inject.Title.In(lang), in.Text.In(lang)
		c.From = speaker(v, in.Inject.From, lang)
		c.Relays = relaysOf(v, in, role, lang)
	} else {
		c.Told = true
		if ask != nil {
			c.Text = ask.Told.In(lang)
		}
	}
	if ask != nil && itsTurn(v, ask, in, role) {
		offers := offersOf(v, in, ask)
		for i := range offers {
			c.Choices = append(c.Choices, Choice{choiceID(i), offers[i].Text.In(lang)})
		}
		c.Pick = ask.Pick
		c.Timed = timesOf(v, in, ask, role)
		c.Answer = answerOf(v, in.Inject.ID, role, offers, lang)
	}
	return c, true
}

// choiceID names the i-th choice as it stands on the card.
func choiceID(i int) string { return strconv.Itoa(i + 1) }

// speaker is who an inject came from, as players know them.
func speaker(v *live.View, id string, lang engine.Lang) string {
	if role := v.Scenario.Role(id); role != nil {
		return role.Title.In(lang)
	}
	return ""
}

func askOf(in *engine.InjectView, role string) *engine.Ask {
	for _, ask := range in.Inject.AskList() {
		if ask.Role == role {
			return &ask
		}
	}
	return nil
}

// offersOf are the choices of a question in the order every screen shows.
func offersOf(v *live.View, in *engine.InjectView, ask *engine.Ask) []live.Offer {
	q := live.Question{Inject: *in, Ask: *ask}
	for _, id := range ask.Choices {
		q.Choices = append(q.Choices, live.FindOffer(v.Scenario, &v.Snapshot, id))
	}
	q.Shuffle(v.Seed)
	return q.Choices
}

// itsTurn reports whether a role is asked now: it is received, and unless each
// of its own responses waits for something, or until one of their limits is
// past. What it has answered stays in view.
func itsTurn(v *live.View, ask *engine.Ask, in *engine.InjectView, role string) bool {
	if !in.Received {
		return false
	}
	if slices.Contains(in.Answered, role) {
		return true
	}
	own, waits := 0, 0
	for i := range v.Responses {
		r := &v.Responses[i]
		if r.Inject != in.Inject.ID || !r.Response.Owns(role) || !offered(ask, r.Response) {
			continue
		}
		own++
		if pending(v, r.Response.After) && !r.Missed {
			waits++
		}
	}
	return own == 0 || waits < own
}

func offered(ask *engine.Ask, r *engine.Response) bool {
	if slices.Contains(ask.Choices, r.ID) {
		return true
	}
	return slices.ContainsFunc(r.Ways, func(w engine.Way) bool { return slices.Contains(ask.Choices, w.ID) })
}

// pending reports whether any of some responses is neither done nor past its
// limit.
func pending(v *live.View, ids []string) bool {
	for _, id := range ids {
		for i := range v.Responses {
			if r := &v.Responses[i]; r.Response.ID == id && !r.Done && !r.Missed {
				return true
			}
		}
	}
	return false
}

// timesOf is the most urgent clock among what a role is asked.
func timesOf(v *live.View, in *engine.InjectView, ask *engine.Ask, role string) *Times {
	var t *Times
	for i := range v.Responses {
		r := &v.Responses[i]
		if r.Inject != in.Inject.ID || !r.Triggered || !r.Response.Owns(role) || !offered(ask, r.Response) {
			continue
		}
		if t == nil || r.From+r.Target < t.Target {
			t = &Times{r.From, r.From + r.Target, r.From + r.Limit}
		}
	}
	return t
}

// relaysOf lists who else is asked by an inject and has not heard of it.
func relaysOf(v *live.View, in *engine.InjectView, role string, lang engine.Lang) []PhoneRole {
	var out []PhoneRole
	for _, ask := range in.Inject.AskList() {
		if ask.Role == role || in.Inject.Reads(ask.Role) || slices.Contains(in.Relayed, ask.Role) {
			continue
		}
		if other := v.Scenario.Role(ask.Role); other != nil {
			out = append(out, PhoneRole{other.ID, other.Title.In(lang)})
		}
	}
	return out
}

// answerOf is what a role has sent for an inject, later words included.
func answerOf(v *live.View, inject, role string, offers []live.Offer, lang engine.Lang) *Answered {
	var a *Answered
	ticked := map[string][]string{}
	var chosen []string
	for i := range v.Log {
		e := &v.Log[i]
		if e.Type != engine.Responded || e.ID != inject || e.Role != role || retracted(v.Log, e.Seq) {
			continue
		}
		if a == nil {
			a = &Answered{Person: e.Person, At: e.At, Tapped: e.Observed, Wall: e.Recorded}
		}
		chosen = append(chosen, e.Choices...)
		if e.Text != "" {
			a.Texts = append(a.Texts, e.Text)
		}
		for _, t := range e.Boxes {
			ticked[t.Response] = append(ticked[t.Response], t.Boxes...)
		}
	}
	if a == nil {
		return nil
	}
	for i, o := range offers {
		if !slices.Contains(chosen, o.ID) {
			continue
		}
		a.Choices = append(a.Choices, o.Text.In(lang))
		if o.Response == nil || o.Response.Boxes == "" {
			continue
		}
		list := BoxList{Choice: choiceID(i), Of: o.Text.In(lang)}
		for _, b := range v.Scenario.BoxSet(o.Response.Boxes).Boxes {
			list.Boxes = append(list.Boxes, Tick{b.ID, b.Text.In(lang), slices.Contains(ticked[o.Response.ID], b.ID)})
		}
		a.Boxes = append(a.Boxes, list)
	}
	return a
}

func retracted(log []engine.Event, seq int64) bool {
	return slices.ContainsFunc(log, func(e engine.Event) bool { return e.Type == engine.Retracted && e.Of == seq })
}

// wallAt is when an inject was released by the wall clock.
func wallAt(v *live.View, inject string) int64 {
	for i := len(v.Log) - 1; i >= 0; i-- {
		if e := &v.Log[i]; e.Type == engine.Released && e.ID == inject {
			return e.Recorded
		}
	}
	return 0
}
