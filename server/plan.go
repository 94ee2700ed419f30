package server

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"saban/engine"
	"saban/store"
)

// Plan is what is settled about a drill beside its log: how people come in,
// and how roles are filled at StartEx.
type Plan struct {
	Code    string         `json:"code" doc:"Six digits that open the drill to participants" example:"418027"`
	Title   string         `json:"title,omitempty" doc:"What the drill is called, when not after its scenario" maxLength:"120"`
	Speed   engine.Ratio   `json:"speed,omitempty" doc:"Exercise time per real time; 1 = real time, any other is practice" maximum:"100"`
	Covers  []engine.Cover `json:"covers,omitempty" doc:"Roles nobody holds and who does their work"`
	Factors []engine.Seat  `json:"factors,omitempty" doc:"Time factors of roles"`
	Places  map[string]int `json:"places,omitempty" doc:"How many people may take a role"`
	Shut    bool           `json:"shut,omitempty" doc:"Nobody else is let in"`
}

// Guest is a participant as the facilitator sees one.
type Guest struct {
	Person string   `json:"person"`
	Device string   `json:"device"`
	Name   string   `json:"name,omitempty"`
	Roles  []string `json:"roles"`
	Came   int64    `json:"came" doc:"Wall clock, milliseconds since 1970 UTC"`
}

const (
	planKind    = "plan"
	defaultRoom = 6   // places a role has unless the plan says otherwise
	mostGuests  = 300 // people in one drill unless places say otherwise
	mostName    = 60  // characters of a name
)

func guestKind(drill string) string { return "guest " + drill }

// nameKind keeps names apart from all else: they are never in the log, and
// one can be taken out.
func nameKind(drill string) string { return "name " + drill }

func (s *Server) plan(ctx context.Context, drill string) (Plan, error) {
	var p Plan
	value, err := s.Store.Get(ctx, planKind, drill)
	if err == nil {
		err = json.Unmarshal(value, &p)
	}
	return p, err
}

func (s *Server) setPlan(ctx context.Context, drill string, p Plan) error {
	value, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return s.Store.Put(ctx, planKind, drill, value)
}

// newCode finds six digits that open no other drill.
func (s *Server) newCode(ctx context.Context) (string, error) {
	for range 100 {
		n, err := rand.Int(rand.Reader, big.NewInt(900000))
		if err != nil {
			return "", err
		}
		code := fmt.Sprint(100000 + n.Int64())
		if _, _, err := s.byCode(ctx, code); errors.Is(err, errCode) {
			return code, nil
		} else if err != nil {
			return "", err
		}
	}
	return "", errors.New("no join code is free")
}

// byCode finds the drill being conducted that a code opens.
func (s *Server) byCode(ctx context.Context, code string) (*room, Plan, error) {
	code = strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '.' {
			return -1
		}
		return r
	}, code)
	for _, r := range s.conducted() {
		p, err := s.plan(ctx, r.id)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, p, err
		}
		if p.Code != "" && p.Code == code && !p.Shut {
			return r, p, nil
		}
	}
	return nil, Plan{}, errCode
}

// guests lists who has come in, in order of coming.
func (s *Server) guests(ctx context.Context, drill string) ([]Guest, error) {
	out, err := s.nameless(ctx, drill)
	if err != nil {
		return nil, err
	}
	names, err := s.names(ctx, drill)
	if err != nil {
		return nil, err
	}
	for i := range out {
		out[i].Name = names[out[i].Person]
	}
	slices.SortFunc(out, func(a, b Guest) int {
		return cmp.Or(int(a.Came-b.Came), strings.Compare(a.Person, b.Person))
	})
	return out, nil
}

// names gives what people are called, by person id.
func (s *Server) names(ctx context.Context, drill string) (map[string]string, error) {
	records, err := s.Store.Records(ctx, nameKind(drill))
	if err != nil {
		return nil, err
	}
	out := make(map[string]string, len(records))
	for _, r := range records {
		out[r.ID] = string(r.Value)
	}
	return out, nil
}

// Join is what somebody says who comes in.
type Join struct {
	Code  string   `json:"code" doc:"The six digits on the screen" maxLength:"20" example:"418027"`
	Name  string   `json:"name,omitempty" doc:"What the facilitator calls this person" maxLength:"200"`
	Roles []string `json:"roles" doc:"The roles this phone answers for" minItems:"1" maxItems:"20"`
}

// join lets somebody in and returns the token of the new session. Who had a
// session of the same drill keeps person and device.
func (s *Server) join(ctx context.Context, before session, j Join) (token string, one session, err error) {
	r, _, err := s.byCode(ctx, j.Code)
	if err != nil {
		return "", one, err
	}
	g := Guest{Person: "p" + random(6), Device: "d" + random(6), Came: s.Time.Wall().UnixMilli()}
	if before.Access == Participant && before.Drill == r.id {
		g.Person, g.Device = before.Person, before.Device
	}
	giveBack, err := s.place(ctx, r, &g, j.Roles)
	if err != nil {
		return "", one, err
	}
	if err := s.keepGuest(ctx, r, g, cleanName(j.Name)); err != nil {
		giveBack()
		return "", one, err
	}
	one = session{Access: Participant, Drill: r.id, Person: g.Person, Device: g.Device, Roles: g.Roles, Expires: s.Time.Wall().Add(participantStay).UnixMilli()}
	if err := s.sessions.forget(ctx, func(o session) bool { return o.Drill == r.id && o.Person == g.Person }); err != nil {
		return "", one, err
	}
	token, err = s.sessions.open(ctx, one)
	if err == nil && r.Peek().Phase != "waiting" {
		s.seatLate(r, g)
	}
	if before.Access == Participant { // its older streams are to end
		r.Stir()
	} else {
		r.Glance()
	}
	return token, one, err
}

// seatLate has the log say who came after StartEx.
func (s *Server) seatLate(r *room, g Guest) {
	for _, role := range g.Roles {
		_, _ = r.Do(engine.Command{Do: engine.Assign, Actor: g.Person, Key: "seat " + g.Person + " " + role, Body: engine.Body{Role: role, Person: g.Person}})
	}
}

func (s *Server) keepGuest(ctx context.Context, r *room, g Guest, name string) error {
	g.Name = "" // names have a place of their own
	value, err := json.Marshal(g)
	if err != nil {
		return err
	}
	if err := s.Store.Put(ctx, guestKind(r.id), g.Person, value); err != nil || name == "" {
		return err
	}
	if err := s.Store.Put(ctx, nameKind(r.id), g.Person, []byte(name)); err != nil {
		return err
	}
	r.call(g.Person, name)
	return nil
}

// refuse turns somebody away: the phone is signed out and its place is free.
func (s *Server) refuse(ctx context.Context, who session, drill, person string) error {
	r, err := s.room(drill)
	if err != nil {
		return err
	}
	if err := s.sessions.turnAway(ctx, drill, person); err != nil {
		return err
	}
	for _, kind := range []string{guestKind(drill), nameKind(drill)} {
		if err := s.Store.Put(ctx, kind, person, nil); err != nil {
			return err
		}
	}
	r.settle(person, nil)
	r.call(person, "")
	r.Stir()
	return s.note(ctx, drill, Deed{What: "turned_away", By: who.Person, About: person, Access: Participant})
}

// seats is how the roles are filled at StartEx: by whoever came in.
func (s *Server) seats(ctx context.Context, r *room) (engine.Start, error) {
	plan, err := s.plan(ctx, r.id)
	if err != nil {
		return engine.Start{}, err
	}
	guests, err := s.guests(ctx, r.id)
	if err != nil {
		return engine.Start{}, err
	}
	start := engine.Start{Led: true, Speed: plan.Speed, Covers: plan.Covers}
	if r.header.Site != nil {
		start.Site = r.header.Site.Name
	}
	for _, role := range r.file.Scenario.Roles {
		seat := engine.Seat{Role: role.ID}
		for _, g := range guests {
			if slices.Contains(g.Roles, role.ID) {
				seat.Persons = append(seat.Persons, g.Person)
			}
		}
		for _, f := range plan.Factors {
			if f.Role == role.ID {
				seat.Factor = f.Factor
			}
		}
		if !role.Simulated && (len(seat.Persons) > 0 || seat.Factor > 0) {
			start.Seats = append(start.Seats, seat)
		}
	}
	return start, nil
}

// cleanName makes a name fit to be shown: composed letters, no control
// characters, not longer than a line.
func cleanName(name string) string {
	name = norm.NFC.String(strings.ToValidUTF8(name, ""))
	name = strings.Join(strings.FieldsFunc(name, func(r rune) bool {
		return r < ' ' || r == 0x7f || r == ' ' || (r >= 0x200b && r <= 0x202e) || r == 0x2066 || r == 0x2067 || r == 0x2068 || r == 0x2069
	}), " ")
	for utf8.RuneCountInString(name) > mostName {
		_, size := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-size]
	}
	return name
}
