package server

import (
	"slices"
	"time"

	"saban/engine"
	"saban/live"
)

// Devices is how the phones of the room fare.
type Devices struct {
	Online, All int
	Delay       int64 // median round trip, milliseconds
	Away        []AwayDevice
}

// AwayDevice is a phone that is not heard from.
type AwayDevice struct {
	Person string
	Roles  string
	For    int64 // seconds
}

// devices counts who is online.
func (c *Console) devices(v *live.View, names map[string]string, lang engine.Lang) {
	var late []time.Duration
	for _, d := range v.Devices {
		c.Devices.All++
		if d.Online {
			c.Devices.Online++
			if d.Late > 0 {
				late = append(late, d.Late)
			}
			continue
		}
		c.Devices.Away = append(c.Devices.Away, AwayDevice{called(names, d.Person), rolesOf(v, d.Roles, lang), int64((v.Mono - d.Since) / time.Second)})
	}
	if len(late) > 0 {
		slices.Sort(late)
		c.Devices.Delay = late[len(late)/2].Milliseconds()
	}
}

func called(names map[string]string, person string) string {
	if name := names[person]; name != "" {
		return name
	}
	return person
}

// Team is how a role does so far.
type Team struct {
	Title                           string
	Answered, Of, OnTime, Slow, Out int
	Mean                            string
}

// results sums up what has been scored so far.
func (c *Console) results(v *live.View, lang engine.Lang) {
	if v.Card.Total != nil {
		c.Total = v.Card.Total.In(lang)
	}
	for _, role := range v.Card.Roles {
		t := v.Scenario.Role(role.Role)
		if t == nil || role.Responses == 0 {
			continue
		}
		team := Team{Title: t.Title.In(lang), Answered: role.Done, Of: role.Responses, OnTime: role.OnTime, Slow: role.Done - role.OnTime, Out: role.Missed}
		team.Mean = role.Mean.Percent()
		c.Teams = append(c.Teams, team)
	}
}

// ToMark is an answer in words that only a person can judge.
type ToMark struct {
	Seq     int64 // the answer
	Role    string
	Inject  string
	Title   string
	Text    string
	At      engine.Millis
	After   engine.Millis // how long after the inject
	Choices []MarkChoice
}

// MarkChoice is a response the words may amount to.
type MarkChoice struct {
	ID   string
	Text string
}

// Tapped is an answer whose tap was not counted.
type Tapped struct {
	Seq       int64
	Responses []string
	Who, Role string
	Tap, At   engine.Millis
}

// PendingRelay is a role that is asked and has not been told.
type PendingRelay struct {
	Inject string
	Title  string
	Role   string
	Name   string
	From   string // who could pass it on
}

// marks lists the written answers nobody has judged yet, oldest first.
func marks(v *live.View, lang engine.Lang) (out []ToMark) {
	for i := range v.Log {
		e := &v.Log[i]
		if e.Type != engine.Responded || e.Text == "" || judged(v.Log, e.Seq) || retracted(v.Log, e.Seq) {
			continue
		}
		in := injectOf(v, e.ID)
		if in == nil {
			continue
		}
		m := ToMark{Seq: e.Seq, Role: rolesOf(v, []string{e.Role}, lang), Inject: e.ID, Title: in.Inject.Title.In(lang), Text: e.Text, At: e.At, After: max(e.Observed-in.ReceivedAt, 0)}
		for _, ask := range in.Inject.AskList() {
			if ask.Role != e.Role {
				continue
			}
			for _, id := range ask.Choices {
				if o := live.FindOffer(v.Scenario, &v.Snapshot, id); o.Response != nil {
					m.Choices = append(m.Choices, MarkChoice{o.ID, o.Text.In(lang)})
				}
			}
		}
		out = append(out, m)
	}
	return out
}

// judged reports whether somebody has said what an answer amounts to.
func judged(log []engine.Event, seq int64) bool {
	return slices.ContainsFunc(log, func(e engine.Event) bool {
		return e.Of == seq && (e.Type == engine.Marked || e.Type == engine.Noted)
	})
}

func injectOf(v *live.View, id string) *engine.InjectView {
	for i := range v.Injects {
		if v.Injects[i].Inject.ID == id {
			return &v.Injects[i]
		}
	}
	return nil
}

// taps lists answers whose tap the facilitator may accept.
func taps(v *live.View, names map[string]string, lang engine.Lang) (out []Tapped) {
	for i := range v.Log {
		e := &v.Log[i]
		if e.Type != engine.Responded || e.Tap == 0 || retracted(v.Log, e.Seq) {
			continue
		}
		t := Tapped{Seq: e.Seq, Who: called(names, e.Person), Role: rolesOf(v, []string{e.Role}, lang), Tap: e.Tap, At: e.At}
		for _, id := range e.Choices {
			if o := live.FindOffer(v.Scenario, &v.Snapshot, id); o.Response != nil && !overridden(v.Log, o.Response.ID, e.Seq) {
				t.Responses = append(t.Responses, o.Response.ID)
			}
		}
		if len(t.Responses) > 0 {
			out = append(out, t)
		}
	}
	return out
}

func overridden(log []engine.Event, id string, after int64) bool {
	return slices.ContainsFunc(log, func(e engine.Event) bool { return e.Type == engine.Overridden && e.ID == id && e.Seq > after })
}

// relays lists who is asked and has not been told, so that the facilitator can
// tell them.
func relays(v *live.View, lang engine.Lang) (out []PendingRelay) {
	for i := range v.Injects {
		in := &v.Injects[i]
		if in.Status != engine.Out || !in.Received {
			continue
		}
		for _, ask := range in.Inject.AskList() {
			role := live.RoleOf(&v.Snapshot, ask.Role)
			if role == nil || !role.Filled || in.Inject.Reads(ask.Role) || slices.Contains(in.Relayed, ask.Role) {
				continue
			}
			out = append(out, PendingRelay{in.Inject.ID, in.Inject.Title.In(lang), ask.Role, role.Role.Title.In(lang), rolesOf(v, in.Inject.To, lang)})
		}
	}
	return out
}
