package server

import (
	"context"
	"net/http"
	"time"

	"saban/engine"
	"saban/live"
)

// Acknowledged says that an act is on disk.
type Acknowledged struct {
	Body struct {
		Seq  int64         `json:"seq" doc:"Number of the first event it brought; the same for the same key, for ever"`
		At   engine.Millis `json:"at_ms" doc:"When the server had it, exercise time"`
		Wall int64         `json:"wall_ms" doc:"The same by the wall clock, milliseconds since 1970 UTC"`
	}
}

// acknowledged tells when an event was recorded.
func acknowledged(r *room, seq int64) *Acknowledged {
	out := &Acknowledged{}
	out.Body.Seq = seq
	if log := r.Events(seq - 1); len(log) > 0 {
		out.Body.At, out.Body.Wall = log[0].At, log[0].Recorded
	}
	return out
}

// Answer is what a phone sends for a card.
type Answer struct {
	Key     string   `json:"key" doc:"Unique for this act; sent again with every retry" minLength:"8" maxLength:"64" pattern:"^[A-Za-z0-9_-]+$"`
	Inject  string   `json:"inject" maxLength:"64"`
	Role    string   `json:"role" maxLength:"64"`
	Choices []string `json:"choices,omitempty" doc:"Ids of the card's choices" maxItems:"20"`
	Boxes   []Boxed  `json:"boxes,omitempty" maxItems:"20"`
	Text    string   `json:"text,omitempty" doc:"Something else, in the team's own words" maxLength:"2000"`
	Age     int64    `json:"age_ms,omitempty" doc:"Milliseconds between the tap and this sending, by the phone" minimum:"0" maximum:"86400000"`
}

// Boxed are the contents ticked for a choice.
type Boxed struct {
	Choice string   `json:"choice" maxLength:"8"`
	Boxes  []string `json:"boxes" maxItems:"40"`
}

func (a *apiOf) registerPhone() {
	op(a, Participant, http.MethodGet, "/phone", "get-phone", "What this phone may see now", func(ctx context.Context, _ *struct{}) (*struct{ Body *Phone }, error) {
		who := whoOf(ctx)
		r, err := a.room(who.Drill)
		if err != nil {
			return nil, err
		}
		return &struct{ Body *Phone }{phoneOf(r, r.Look(), who.Roles, langOf(ctx))}, nil
	})
	op(a, Participant, http.MethodPost, "/phone/answers", "answer", "Answer a card", func(ctx context.Context, in *struct{ Body Answer }) (*Acknowledged, error) {
		return a.answer(whoOf(ctx), in.Body)
	})
	op(a, Participant, http.MethodPost, "/phone/relays", "relay", "Pass on what arrived to another role", func(ctx context.Context, in *struct{ Body Relay }) (*Acknowledged, error) {
		return a.relay(whoOf(ctx), in.Body)
	})
	op(a, Participant, http.MethodPost, "/phone/notes", "tell", "Say something to the facilitator", func(ctx context.Context, in *struct{ Body Message }) (*Acknowledged, error) {
		return a.message(whoOf(ctx), in.Body)
	})
}

// Relay passes news of an inject on.
type Relay struct {
	Key    string `json:"key" minLength:"8" maxLength:"64" pattern:"^[A-Za-z0-9_-]+$"`
	Inject string `json:"inject" maxLength:"64"`
	To     string `json:"to" doc:"The role that is told" maxLength:"64"`
}

// Message is what a participant tells the facilitator.
type Message struct {
	Key    string `json:"key" minLength:"8" maxLength:"64" pattern:"^[A-Za-z0-9_-]+$"`
	Inject string `json:"inject,omitempty" maxLength:"64"`
	Text   string `json:"text" minLength:"1" maxLength:"500"`
}

// keyOf keeps the keys of people apart, so that nobody can use up another's.
func keyOf(who session, key string) string { return who.Person + "." + key }

// answer takes an answer of a phone.
func (s *Server) answer(who session, in Answer) (*Acknowledged, error) {
	r, err := s.room(who.Drill)
	if err != nil {
		return nil, err
	}
	v := r.Look()
	card, offers, err := openCard(v, who, in.Inject, in.Role)
	if err != nil {
		return nil, err
	}
	cmd := engine.Command{Actor: who.Person, Key: keyOf(who, in.Key), Body: engine.Body{ID: card.Inject, Role: card.Role, Person: who.Person, Text: cleanText(in.Text)}}
	for _, id := range in.Choices {
		o, err := chosen(offers, id)
		if err != nil {
			return nil, err
		}
		cmd.Choices = append(cmd.Choices, o.ID)
	}
	for _, b := range in.Boxes {
		o, err := chosen(offers, b.Choice)
		if err != nil {
			return nil, err
		}
		if o.Response != nil {
			cmd.Boxes = append(cmd.Boxes, engine.Ticks{Response: o.Response.ID, Boxes: b.Boxes})
		}
	}
	seq, err := r.Respond(live.Answer{Device: who.Device, Age: time.Duration(in.Age) * time.Millisecond, Command: cmd})
	if err != nil {
		return nil, err
	}
	return acknowledged(r, seq), nil
}

// openCard finds a card this phone can see and answer. What it cannot see is
// answered like what does not exist.
func openCard(v *live.View, who session, inject, role string) (Card, []live.Offer, error) {
	if holds(who, role) {
		for i := range v.Injects {
			in := &v.Injects[i]
			if in.Inject.ID != inject || in.Status != engine.Out {
				continue
			}
			if c, ok := cardOf(v, in, role, engine.VI); ok && c.Pick > 0 {
				return c, offersOf(v, in, askOf(in, role)), nil
			}
		}
	}
	return Card{}, nil, &engine.Refusal{Code: engine.NotReleased, Why: engine.Both("tin này không còn trên máy bạn", "this is not on your phone any more"), Try: engine.Both("tải lại trang", "reload the page")}
}

func holds(who session, role string) bool {
	for _, r := range who.Roles {
		if r == role {
			return true
		}
	}
	return false
}

func chosen(offers []live.Offer, id string) (live.Offer, error) {
	for i, o := range offers {
		if choiceID(i) == id {
			return o, nil
		}
	}
	return live.Offer{}, &engine.Refusal{Code: engine.NotOffered, Why: engine.Both("không có lựa chọn %q", "there is no choice %q", id)}
}

// relay passes on what arrived, by whoever it arrived at.
func (s *Server) relay(who session, in Relay) (*Acknowledged, error) {
	r, err := s.room(who.Drill)
	if err != nil {
		return nil, err
	}
	v := r.Look()
	for i := range v.Injects {
		x := &v.Injects[i]
		if x.Inject.ID != in.Inject || x.Status != engine.Out {
			continue
		}
		for _, role := range who.Roles {
			if x.Inject.Reads(role) && asked(x, in.To) {
				seq, err := r.Do(engine.Command{Do: engine.Relay, Actor: who.Person, Key: keyOf(who, in.Key), Body: engine.Body{ID: in.Inject, Role: in.To, Person: who.Person}})
				if err != nil {
					return nil, err
				}
				return acknowledged(r, seq), nil
			}
		}
	}
	return nil, &engine.Refusal{Code: engine.NotReleased, Why: engine.Both("không báo lại được tin này", "this cannot be passed on")}
}

func asked(in *engine.InjectView, role string) bool { return askOf(in, role) != nil }

// message puts a participant's words before the facilitator.
func (s *Server) message(who session, in Message) (*Acknowledged, error) {
	r, err := s.room(who.Drill)
	if err != nil {
		return nil, err
	}
	role := ""
	if len(who.Roles) > 0 {
		role = who.Roles[0]
	}
	seq, err := r.Do(engine.Command{Do: engine.Note, Actor: who.Person, Key: keyOf(who, in.Key), Body: engine.Body{ID: in.Inject, Role: role, Text: cleanText(in.Text)}})
	if err != nil {
		return nil, err
	}
	return acknowledged(r, seq), nil
}
