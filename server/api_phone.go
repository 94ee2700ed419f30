package server

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"
	"unicode/utf8"

	"saban/engine"
	"saban/live"
	"saban/scenarios"
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
		return &struct{ Body *Phone }{phoneOf(r, r.Peek(), a.readerOf(r, who, langOf(ctx)))}, nil
	})
	op(a, Participant, http.MethodPost, "/phone/seen", "seen", "Say that this phone shows a card", func(ctx context.Context, in *struct{ Body Seen }) (*struct{}, error) {
		return nil, a.seen(whoOf(ctx), in.Body)
	})
	op(a, Participant, http.MethodPost, "/phone/answers", "answer", "Answer a card", func(ctx context.Context, in *struct{ Body Answer }) (*Acknowledged, error) {
		return a.answer(whoOf(ctx), in.Body)
	})
	op(a, Participant, http.MethodPost, "/phone/pulse", "pulse", "Say how long this phone's last request took", func(ctx context.Context, in *struct{ Body Pulse }) (*struct{}, error) {
		who := whoOf(ctx)
		r, err := a.room(who.Drill)
		if err == nil {
			r.Heard(who.Device, time.Duration(in.Body.Round)*time.Millisecond)
		}
		return nil, err
	})
	op(a, Participant, http.MethodPost, "/phone/relays", "relay", "Pass on what arrived to another role", func(ctx context.Context, in *struct{ Body Relay }) (*Acknowledged, error) {
		return a.relay(whoOf(ctx), in.Body)
	})
	op(a, Participant, http.MethodPost, "/phone/alarm", "report-real", "Ask the facilitator to stop for a real incident", func(ctx context.Context, in *struct{ Body RealReport }) (*Acknowledged, error) {
		return a.reportReal(whoOf(ctx), in.Body)
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

// shortEnough refuses more words than are read: a form does not say how many
// it takes.
func shortEnough(text string, most int) error {
	if n := utf8.RuneCountInString(text); n > most {
		return &engine.Refusal{Code: engine.BadValue, Why: engine.Both("dài quá: %d ký tự", "too long: %d characters", n), Try: engine.Both("nhiều nhất %d", "at most %d", most)}
	}
	return nil
}

// goodKey is the form of a key, as the API's schema has it.
var goodKey = scenarios.NewPattern(`^[A-Za-z0-9_-]{8,64}$`)

// keyOn reads the key of an act sent as a form: without a good one two acts
// would be taken for one.
func keyOn(r *http.Request) (string, error) {
	if key := r.FormValue("key"); goodKey().MatchString(key) {
		return key, nil
	}
	return "", errForm
}

// keyOf keeps the keys of people apart, so that nobody can use up another's.
func keyOf(who session, key string) string { return who.Person + "." + key }

// Seen says that a phone shows a card.
type Seen struct {
	Inject string `json:"inject" maxLength:"64"`
	Role   string `json:"role" maxLength:"64"`
}

// Pulse says how a phone's network fares.
type Pulse struct {
	Round int64 `json:"round_ms" doc:"How long the last pulse took there and back, milliseconds; 0 for the first" minimum:"0" maximum:"60000"`
}

// readerOf is a participant as phoneOf wants to know one.
func (s *Server) readerOf(r *room, who session, lang engine.Lang) reader {
	return reader{Roles: who.Roles, Person: who.Person, Lang: lang, Wall: s.Time.Wall(), Called: func(person string) string { return s.called(r, person) }}
}

// answer takes an answer of a phone.
func (s *Server) answer(who session, in Answer) (*Acknowledged, error) {
	r, err := s.room(who.Drill)
	if err != nil {
		return nil, err
	}
	if err := shortEnough(in.Text, 2000); err != nil {
		return nil, err
	}
	inject, offers, err := openCard(r.Peek(), who, in.Inject, in.Role)
	if err != nil {
		return nil, err
	}
	cmd := engine.Command{Actor: who.Person, Key: keyOf(who, in.Key), Body: engine.Body{ID: inject, Role: in.Role, Person: who.Person, Text: cleanText(in.Text)}}
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
		return nil, plainly(err, len(in.Choices))
	}
	return acknowledged(r, seq), nil
}

// plainly tells a refusal without the ids of the scenario in it.
func plainly(err error, picked int) error {
	refusal, ok := errors.AsType[*engine.Refusal](err)
	if !ok {
		return err
	}
	told := *refusal
	switch refusal.Code {
	case engine.WrongPick:
		told.Why = engine.Both("số lựa chọn không đúng, hoặc hai lựa chọn loại trừ nhau", "the number of choices is not right, or two of them exclude each other")
		told.Try = engine.Both("chọn lại, hoặc viết điều khác", "choose again, or write something else")
		if picked == 0 {
			told.Why = engine.Both("chưa chọn gì", "nothing is chosen")
		}
	case engine.AlreadyAnswered:
		told.Why = engine.Both("vai này đã trả lời tin này; lựa chọn đầu tiên được giữ", "your role has answered this already; the first choices stand")
		told.Try = engine.Both("có thể bổ sung bằng lời", "you can still add words")
	case engine.NotReleased, engine.NotAsked, engine.NotOffered, engine.UnknownID, engine.AlreadyReceived, engine.BadValue:
		told = *gone()
	}
	return &told
}

// gone says that a card is not there, whether it never was, was taken back or
// is another role's.
func gone() *engine.Refusal {
	return &engine.Refusal{Code: engine.NotReleased, Why: engine.Both("tin này không còn trên máy bạn", "this is not on your phone any more"), Try: engine.Both("tải lại trang", "reload the page")}
}

// openCard finds a card this phone can see and answer, and what it offers.
// What it cannot see is answered like what does not exist.
func openCard(v *live.Brief, who session, name, role string) (inject string, offers []live.Offer, err error) {
	if in := injectCalled(v, name); in != nil && has(who.Roles, role) {
		look := lookupOf(v)
		ask := look.ask(in, role)
		if ask != nil && (in.Inject.Reads(role) || passedOn(in, role, ask)) && look.itsTurn(ask, in, role) {
			return in.Inject.ID, offersOf(v, in, ask), nil
		}
	}
	return "", nil, gone()
}

func chosen(offers []live.Offer, id string) (live.Offer, error) {
	for i, o := range offers {
		if choiceID(i) == id {
			return o, nil
		}
	}
	return live.Offer{}, &engine.Refusal{Code: engine.NotOffered, Why: engine.Both("không có lựa chọn %q", "there is no choice %q", id)}
}

// seen has an inject received: the first phone of a role it is addressed to
// shows it. Whatever was first before is right too.
func (s *Server) seen(who session, in Seen) error {
	r, err := s.room(who.Drill)
	if err != nil {
		return err
	}
	x := injectCalled(r.Peek(), in.Inject)
	if x == nil || !has(who.Roles, in.Role) || !x.Inject.Reads(in.Role) {
		return gone()
	}
	if x.Received {
		return nil
	}
	_, err = r.Do(engine.Command{Do: engine.Receive, Actor: who.Person, Body: engine.Body{ID: x.Inject.ID, Mode: "device", Role: in.Role, Person: who.Person, Device: who.Device}})
	if errors.Is(err, &engine.Refusal{Code: engine.AlreadyReceived}) {
		return nil
	}
	return err
}

// relay passes on what arrived, by whoever it arrived at.
func (s *Server) relay(who session, in Relay) (*Acknowledged, error) {
	r, err := s.room(who.Drill)
	if err != nil {
		return nil, err
	}
	v := r.Peek()
	x := injectCalled(v, in.Inject)
	if x == nil || lookupOf(v).ask(x, in.To) == nil || !slices.ContainsFunc(who.Roles, x.Inject.Reads) {
		return nil, &engine.Refusal{Code: engine.NotReleased, Why: engine.Both("không báo lại được tin này", "this cannot be passed on")}
	}
	seq, err := r.Do(engine.Command{Do: engine.Relay, Actor: who.Person, Key: keyOf(who, in.Key), Body: engine.Body{ID: x.Inject.ID, Role: in.To, Person: who.Person}})
	if err != nil {
		return nil, plainly(err, 0)
	}
	return acknowledged(r, seq), nil
}

// message puts a participant's words before the facilitator.
func (s *Server) message(who session, in Message) (*Acknowledged, error) {
	r, err := s.room(who.Drill)
	if err != nil {
		return nil, err
	}
	if err := shortEnough(in.Text, 500); err != nil {
		return nil, err
	}
	body := engine.Body{Text: cleanText(in.Text)}
	if len(who.Roles) > 0 {
		body.Role = who.Roles[0]
	}
	if x := injectCalled(r.Peek(), in.Inject); x != nil && slices.ContainsFunc(who.Roles, func(role string) bool { return x.Inject.Reads(role) || has(x.Relayed, role) }) {
		body.ID = x.Inject.ID
	}
	seq, err := r.Do(engine.Command{Do: engine.Note, Actor: who.Person, Key: keyOf(who, in.Key), Body: body})
	if err != nil {
		return nil, err
	}
	return acknowledged(r, seq), nil
}
