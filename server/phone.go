package server

import (
	"cmp"
	"encoding/json"
	"slices"
	"time"

	"saban/engine"
	"saban/live"
)

// Phone is all that the phone of some roles may know of a drill. It names no
// state, no score, nothing that is to come, nothing other roles were told, and
// neither inject nor choice by an id of the scenario, which could say what it
// is about or whether it is right.
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

// JSON is the clock as a page's script takes it from the stream, too.
func (c Clock) JSON() (string, error) {
	text, err := json.Marshal(c)
	return string(text), err
}

// Card is one inject as one role meets it.
type Card struct {
	Key     string        `json:"key" doc:"Names the card: inject and role"`
	Inject  string        `json:"inject" doc:"Names the inject in what this drill's phones send"`
	Role    string        `json:"role"`
	Stage   string        `json:"stage" enum:"info,ask,done" doc:"Whether it is to be answered now: ask; done has an answer"`
	Open    bool          `json:"open,omitempty" doc:"Choices are still taken"`
	Channel string        `json:"channel,omitempty" doc:"How it arrived: phone, radio, cctv, walk_in …"`
	From    string        `json:"from,omitempty" doc:"Who it came from"`
	At      engine.Millis `json:"at_ms" doc:"When it was released, exercise time"`
	Wall    int64         `json:"wall_ms,omitempty" doc:"The same by the wall clock"`
	Title   string        `json:"title,omitempty"`
	Text    string        `json:"text" doc:"What arrived; a relayed report in place of it for who was not addressed"`
	Told    bool          `json:"told,omitempty" doc:"Text is what somebody passed on"`
	Unseen  bool          `json:"unseen,omitempty" doc:"No device has reported yet that it shows this"`
	Choices []Choice      `json:"choices,omitempty"`
	Pick    int           `json:"pick,omitempty" doc:"How many to choose; 0 on a card that is answered in words alone"`
	Timed   *Times        `json:"timed,omitempty"`
	Answer  *Answered     `json:"answer,omitempty" doc:"What this role has sent"`
	Relays  []PhoneRole   `json:"relays,omitempty" doc:"Who can be told"`
	Passed  []PhoneRole   `json:"passed,omitempty" doc:"Who has been told"`
}

// How a card stands.
const (
	stageInfo = "info" // nothing is asked, or not yet
	stageAsk  = "ask"
	stageDone = "done" // its role has answered
)

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
	Mine       bool          `json:"mine,omitempty" doc:"The first of it came from this person"`
	By         string        `json:"by,omitempty" doc:"What its sender is called"`
	At         engine.Millis `json:"at_ms" doc:"When the server had it, exercise time"`
	Counts     engine.Millis `json:"counts_ms" doc:"When it counts"`
	Tapped     engine.Millis `json:"tapped_ms,omitempty" doc:"When it was tapped by the phone, where that does not count by itself"`
	TappedWall int64         `json:"tapped_wall_ms,omitempty" doc:"When it was tapped, wall clock, whether that counts or not"`
	Wall       int64         `json:"wall_ms" doc:"When the server had it, wall clock"`
	Choices    []string      `json:"choices,omitempty" doc:"Texts of what was chosen"`
	Texts      []string      `json:"texts,omitempty" doc:"What was written"`
	Boxes      []BoxList     `json:"boxes,omitempty" doc:"What a report holds, to be ticked"`
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

// reader is who looks at a phone.
type reader struct {
	Roles  []string
	Person string
	Lang   engine.Lang
	Wall   time.Time                  // the time of day
	Called func(person string) string // what people are called
}

// phoneOf decides what a participant may see. Nothing else of a drill reaches
// a phone.
func phoneOf(r *room, v *live.Brief, who reader) *Phone {
	p := &Phone{Drill: r.id, Title: r.file.Scenario.Title.In(who.Lang), Phase: v.Phase, Clock: clockOf(v, who.Wall), Version: v.Version, Cards: []Card{}, Roles: []PhoneRole{}}
	for _, id := range who.Roles {
		if role := v.Scenario.Role(id); role != nil {
			p.Roles = append(p.Roles, PhoneRole{id, role.Title.In(who.Lang)})
		}
	}
	var cards []*Card
	look := lookupOf(v)
	for i := range v.Injects {
		in := &v.Injects[i]
		if in.Status != engine.Out {
			continue
		}
		for _, role := range who.Roles {
			if c, ok := look.card(in, role, who); ok {
				cards = append(cards, &c)
			}
		}
	}
	slices.SortStableFunc(cards, func(a, b *Card) int { return cmp.Compare(b.At, a.At) })
	p.Cards = slices.Grow(p.Cards, len(cards))
	for _, c := range cards {
		p.Cards = append(p.Cards, *c)
	}
	return p
}

// clockOf is a drill's clock now, which goes on after the view was taken.
func clockOf(v *live.Brief, wall time.Time) Clock {
	return Clock{Now: v.Now(), Running: v.Watch.Running(), Speed: float64(v.Watch.Speed()) / float64(engine.Whole), Wall: wall.UnixMilli()}
}

// passedOn reports whether somebody has told a role, who is asked, of an inject.
func passedOn(in *engine.InjectView, role string, ask *engine.Ask) bool {
	return ask != nil && slices.Contains(in.Relayed, role)
}

// card is an inject as one role meets it: its text for whom it is addressed
// to, what was passed on for whom it was relayed to, and the question once it
// is that role's turn.
func (l *lookup) card(in *engine.InjectView, role string, who reader) (Card, bool) {
	reads, ask := in.Inject.Reads(role), l.ask(in, role)
	if !reads && !passedOn(in, role, ask) {
		return Card{}, false
	}
	c := Card{Inject: l.tokens[in.Inject.ID], Role: role, Stage: stageInfo, At: in.ReleasedAt, Wall: l.released[in.Inject.ID]}
	c.Key = c.Inject + "." + role
	if reads {
		c.Title, c.Text = in.Inject.Title.In(who.Lang), in.Text.In(who.Lang)
		c.Channel, c.From = in.Inject.Channel, speaker(l.Brief, in.Inject.From, who.Lang)
		c.Unseen = !in.Received
		c.Relays, c.Passed = l.relays(in, role, who.Lang)
	} else {
		c.Told, c.Text = true, ask.Told.In(who.Lang)
		if passed := l.relayed[cardID{in.Inject.ID, role}]; passed != nil {
			c.At, c.Wall = passed.At, passed.Recorded
		}
	}
	if ask != nil && l.itsTurn(ask, in, role) {
		offers := offersOf(l.Brief, in, ask)
		if !inWords(in, offers) {
			c.Pick = ask.Pick
			for i := range offers {
				c.Choices = append(c.Choices, Choice{choiceID(i), offers[i].Text.In(who.Lang)})
			}
		}
		c.Timed = l.times(in, ask, role)
		c.Answer = l.answer(in.Inject.ID, role, offers, who)
		c.Open = !slices.Contains(in.Answered, role)
		if c.Stage = stageAsk; c.Answer != nil {
			c.Stage = stageDone
		}
	}
	return c, true
}
