package server

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"time"

	"saban/engine"
	"saban/scoring"
)

func (a *apiOf) registerDrills() {
	op(a, Administrator, http.MethodGet, "/scenarios", "list-scenarios", "The scenarios a drill can be made of", func(ctx context.Context, _ *struct{}) (*struct{ Body []Offered }, error) {
		return &struct{ Body []Offered }{a.offered(langOf(ctx))}, nil
	})
	op(a, Facilitator, http.MethodGet, "/drills", "list-drills", "Every drill one may lead, the newest first", func(ctx context.Context, _ *struct{}) (*struct{ Body []Listed }, error) {
		list, err := a.listed(ctx, whoOf(ctx), langOf(ctx))
		return &struct{ Body []Listed }{list}, err
	})
	op(a, Administrator, http.MethodPost, "/drills", "create-drill", "Make a drill of a scenario; it waits for StartEx", func(ctx context.Context, in *struct{ Body NewDrill }) (*struct{ Body Created }, error) {
		made, err := a.create(ctx, in.Body)
		return &struct{ Body Created }{made}, err
	})
	op(a, Administrator, http.MethodPost, "/drills/import", "import-drill", "Keep a drill file, read-only", func(ctx context.Context, in *struct {
		RawBody []byte `contentType:"application/jsonl"`
	}) (*struct{ Body Created }, error) {
		entry, err := a.Store.Import(ctx, bytes.NewReader(in.RawBody))
		return &struct{ Body Created }{Created{ID: entry.Drill}}, err
	})
	op(a, Facilitator, http.MethodGet, "/drills/{drill}", "get-drill", "A drill as the facilitator sees it", func(ctx context.Context, in *OfDrill) (*struct{ Body *Status }, error) {
		r, err := a.room(in.Drill)
		if err != nil {
			return nil, err
		}
		return &struct{ Body *Status }{statusOf(r, a.Time.Wall())}, nil
	})
	op(a, Facilitator, http.MethodGet, "/drills/{drill}/log", "get-log", "Events after a place in the log", func(ctx context.Context, in *struct {
		OfDrill
		After int64 `query:"after" minimum:"0"`
	}) (*struct{ Body []Logged }, error) {
		events, err := a.Store.Events(ctx, in.Drill, in.After)
		return &struct{ Body []Logged }{logged(events)}, err
	})
	op(a, Facilitator, http.MethodGet, "/drills/{drill}/scorecard", "get-scorecard", "The score so far, or of a drill that is over", func(ctx context.Context, in *OfDrill) (*struct{ Body scoring.Scorecard }, error) {
		card, err := a.scorecard(ctx, in.Drill)
		return &struct{ Body scoring.Scorecard }{card}, err
	})
	op(a, Facilitator|Evaluator, http.MethodPost, "/drills/{drill}/acts", "act", "Act as facilitator; an evaluator observes, marks, rates and writes", func(ctx context.Context, in *struct {
		OfDrill
		Body Act
	}) (*Acknowledged, error) {
		return a.act(ctx, whoOf(ctx), in.Drill, in.Body)
	})
	op(a, Facilitator, http.MethodGet, "/drills/{drill}/plan", "get-plan", "How people come in and roles are filled", func(ctx context.Context, in *OfDrill) (*struct{ Body Plan }, error) {
		plan, err := a.plan(ctx, in.Drill)
		return &struct{ Body Plan }{plan}, err
	})
	op(a, Facilitator, http.MethodPut, "/drills/{drill}/plan", "set-plan", "Change it; the code stays", func(ctx context.Context, in *struct {
		OfDrill
		Body Plan
	}) (*struct{ Body Plan }, error) {
		plan, err := a.changePlan(ctx, in.Drill, in.Body)
		return &struct{ Body Plan }{plan}, err
	})
	op(a, Facilitator, http.MethodGet, "/drills/{drill}/guests", "list-guests", "Who has come in", func(ctx context.Context, in *OfDrill) (*struct{ Body []Guest }, error) {
		guests, err := a.guests(ctx, in.Drill)
		return &struct{ Body []Guest }{guests}, err
	})
	op(a, Facilitator, http.MethodDelete, "/drills/{drill}/guests/{person}", "refuse-guest", "Turn somebody away", func(ctx context.Context, in *struct {
		OfDrill
		Person string `path:"person" maxLength:"64"`
	}) (*struct{}, error) {
		return nil, a.refuse(ctx, whoOf(ctx), in.Drill, in.Person)
	})
	op(a, Facilitator, http.MethodPost, "/drills/{drill}/close", "close-drill", "End the log for good: nothing can be marked any more", func(ctx context.Context, in *OfDrill) (*struct{ Body Closed }, error) {
		head, err := a.closeDrill(ctx, whoOf(ctx), in.Drill)
		return &struct{ Body Closed }{Closed{head}}, err
	})
}

// OfDrill is the drill an operation is about.
type OfDrill struct {
	Drill string `path:"drill" maxLength:"256"`
}

// Closed names the head hash of a log that has ended.
type Closed struct {
	Head string `json:"head" doc:"SHA-256 of the last event's line, to be kept apart from the file"`
}

// Status is where a drill stands, as the facilitator sees it.
type Status struct {
	ID          string            `json:"id"`
	Snapshot    engine.Snapshot   `json:"drill"`
	Clock       Clock             `json:"clock"`
	Provisional scoring.Scorecard `json:"scorecard"`
	Devices     []DeviceStatus    `json:"devices"`
	Trouble     bool              `json:"trouble,omitempty" doc:"The log cannot be written; the clock stands"`
}

// DeviceStatus is a phone as the server sees it.
type DeviceStatus struct {
	ID     string   `json:"id"`
	Person string   `json:"person"`
	Roles  []string `json:"roles"`
	Online bool     `json:"online"`
}

func statusOf(r *room, wall time.Time) *Status {
	v := r.Look()
	s := &Status{ID: r.id, Snapshot: v.Snapshot, Clock: clockOf(v.Brief, wall), Provisional: v.Card, Trouble: v.Trouble != nil, Devices: []DeviceStatus{}}
	for _, d := range v.Devices {
		s.Devices = append(s.Devices, DeviceStatus{d.ID, d.Person, d.Roles, d.Online})
	}
	return s
}

// Act is a command of a facilitator or an evaluator.
type Act struct {
	Do       engine.Verb           `json:"do" doc:"What to do" enum:"start,pause,resume,end,release,hold,unhold,postpone,skip,edit,recall,adhoc,relay,receive,observe,prohibit,mark,rate,override,retract,flag,force,note,assign,stop_real,resume_real"`
	Key      string                `json:"key" doc:"Unique for this act; the same key answers with the first outcome for ever" minLength:"8" maxLength:"64" pattern:"^[A-Za-z0-9_-]+$"`
	ID       string                `json:"id,omitempty" doc:"The inject, response, prohibited action or flag it is about" maxLength:"64"`
	Role     string                `json:"role,omitempty" maxLength:"64"`
	Person   string                `json:"person,omitempty" maxLength:"64"`
	To       string                `json:"to,omitempty" doc:"The state to force" maxLength:"64"`
	Mode     string                `json:"mode,omitempty" doc:"receive: read; mark: text; note: real, with of the report that is no real incident, or what somebody says at the hot wash" enum:"read,text,real,went_well,went_badly,to_change"`
	Of       int64                 `json:"of,omitempty" doc:"The event it is about" minimum:"0"`
	Moment   engine.Millis         `json:"moment_ms,omitempty" doc:"postpone: the new time" minimum:"0" maximum:"86400000"`
	Observed *engine.Millis        `json:"observed_ms,omitempty" doc:"observe, prohibit: when it happened, if not now" minimum:"0" maximum:"86400000"`
	Content  *engine.Ratio         `json:"content,omitempty" doc:"observe, mark: share of the content that was there, 0 to 1; full without it"`
	Rating   string                `json:"rating,omitempty" enum:"P,S,M,U"`
	Text     string                `json:"text,omitempty" maxLength:"2000"`
	Words    *engine.Text          `json:"words,omitempty" doc:"edit: the new text"`
	Reason   string                `json:"reason,omitempty" maxLength:"500"`
	Override *engine.FactsOverride `json:"override,omitempty"`
	Inject   *engine.Inject        `json:"inject,omitempty" doc:"adhoc: what is written"`
	Secret   string                `json:"passphrase,omitempty" doc:"resume_real: the facilitator's passphrase" maxLength:"1024"`
}

// act carries a command out.
func (s *Server) act(ctx context.Context, who session, drill string, in Act) (*Acknowledged, error) {
	r, err := s.room(drill)
	if err != nil {
		return nil, err
	}
	if !mayDo(r, who, &in) {
		return nil, errForbidden
	}
	if in.Do == engine.Rate && !who.Access.Leads() {
		if err := grounded(r.Look(), who, Judgement{Task: in.ID, Rating: in.Rating, Text: in.Reason}); err != nil {
			return nil, err
		}
	}
	key := keyOf(who, in.Key)
	if in.Do == engine.StartEx {
		start, err := s.seats(ctx, r)
		if err != nil {
			return nil, err
		}
		seq, err := r.StartEx(start, who.Person, key)
		if err != nil {
			return nil, err
		}
		return acknowledged(r, seq), nil
	}
	if in.Do == engine.ResumeReal {
		if cleanText(in.Reason) == "" {
			return nil, &engine.Refusal{Do: in.Do, Code: engine.NeedsReason, Why: engine.Both("bỏ dừng cần lý do", "the stop is released with a reason"), Try: engine.Both("ghi lý do trong một câu", "say why in a sentence")}
		}
		if err := s.confirm(ctx, in.Secret); err != nil {
			return nil, err
		}
	}
	cmd := engine.Command{Do: in.Do, Actor: who.Person, Key: key, Body: engine.Body{ID: in.ID, Role: in.Role, Person: in.Person, To: in.To, Mode: in.Mode, Of: in.Of,
		Moment: in.Moment, Rating: in.Rating, Text: cleanText(in.Text), Words: in.Words, Reason: cleanText(in.Reason), Override: in.Override, Inject: in.Inject, Content: engine.Whole}}
	if in.Content != nil {
		cmd.Content = *in.Content
	}
	if in.Observed != nil {
		cmd.Late, cmd.Observed = true, *in.Observed
	}
	seq, err := r.Do(cmd)
	if err != nil {
		if done := doneBefore(r, in, err); done > 0 {
			return acknowledged(r, done), nil
		}
		return nil, err
	}
	return acknowledged(r, seq), nil
}

// confirm asks for the passphrase again before something that must not happen
// by a slip.
func (s *Server) confirm(ctx context.Context, secret string) error {
	ok, err := s.knows(ctx, secret)
	if err == nil && !ok {
		err = errWrong
	}
	return err
}

// doneBefore is the event by which what was asked for has already happened,
// by another tab say, or 0: who wanted it has it.
func doneBefore(r *room, in Act, err error) int64 {
	refusal, ok := errors.AsType[*engine.Refusal](err)
	if !ok {
		return 0
	}
	want := map[engine.Verb]struct {
		code  engine.Code
		event engine.EventType
	}{
		engine.Release: {engine.AlreadyReleased, engine.Released}, engine.Hold: {engine.AlreadyHeld, engine.Held}, engine.Receive: {engine.AlreadyReceived, engine.Received},
		engine.Skip: {engine.AlreadySkipped, engine.Skipped}, engine.Pause: {engine.IsPaused, engine.Paused}, engine.Resume: {engine.NotPaused, engine.Resumed},
	}[in.Do]
	if want.code != refusal.Code {
		return 0
	}
	log := r.Peek().Log
	for i := len(log) - 1; i >= 0; i-- {
		if e := &log[i]; e.Type == want.event && e.ID == in.ID {
			return e.Seq
		}
	}
	return 0
}

// scorecard scores a drill, conducted here or kept.
func (s *Server) scorecard(ctx context.Context, id string) (scoring.Scorecard, error) {
	if r, err := s.room(id); err == nil {
		card := r.Look().Card
		card.Scenario.SHA256 = r.header.Scenario.SHA256
		return card, nil
	}
	r, err := s.read(ctx, id)
	if err != nil {
		return scoring.Scorecard{}, err
	}
	events, err := s.Store.Events(ctx, id, 0)
	if err != nil {
		return scoring.Scorecard{}, err
	}
	card := scoring.Score(r.file.Scenario, r.rubric, events)
	card.Scenario.SHA256 = r.header.Scenario.SHA256
	return card, nil
}

// changePlan keeps a plan and its code.
func (s *Server) changePlan(ctx context.Context, drill string, next Plan) (Plan, error) {
	if err := sane(next.Speed); err != nil {
		return next, err
	}
	r, err := s.room(drill)
	if err != nil {
		return next, err
	}
	before, err := s.plan(ctx, drill)
	if err != nil {
		return next, err
	}
	next.Code = before.Code
	if next.Speed <= 0 {
		next.Speed = engine.Whole
	}
	if err := s.setPlan(ctx, drill, next); err != nil {
		return next, err
	}
	r.Stir()
	return next, nil
}
