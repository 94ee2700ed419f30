package server

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"saban/engine"
	"saban/store"
)

// Invitation lets people into a drill who do not come as participants. What
// opens it is kept as a hash; what people are called is kept with the names.
type Invitation struct {
	ID      string  `json:"id"`
	Access  Access  `json:"access" enum:"projector,observer,evaluator,facilitator"`
	Once    bool    `json:"once,omitempty" doc:"One person may use it, once"`
	By      string  `json:"by" doc:"Person who made it"`
	Made    int64   `json:"made" doc:"Wall clock, milliseconds since 1970 UTC"`
	Expires int64   `json:"expires" doc:"Until then it may be used, and what it opened ends; wall clock, milliseconds since 1970 UTC"`
	Revoked int64   `json:"revoked,omitempty" doc:"When it was taken back; wall clock, milliseconds since 1970 UTC"`
	Used    []Entry `json:"used,omitempty" doc:"Who came in with it"`
	Hash    string  `json:"hash,omitempty" doc:"Never told"`
}

// Entry is somebody who came in with an invitation.
type Entry struct {
	Person string `json:"person"`
	At     int64  `json:"at" doc:"Wall clock, milliseconds since 1970 UTC"`
}

// Invite is what an invitation is made of.
type Invite struct {
	Access Access `json:"access" enum:"projector,observer,evaluator,facilitator"`
	Hours  int    `json:"hours" doc:"How long it holds, and what it opens" minimum:"1" maximum:"720"`
	Once   bool   `json:"once,omitempty" doc:"One person may use it, once"`
	For    string `json:"for,omitempty" doc:"Whom it is for, to tell invitations apart" maxLength:"200"`
}

// Invited answers with what opens an invitation, told this once.
type Invited struct {
	Invitation
	Code string `json:"code" doc:"To be typed in at /i" example:"K7Q2-M9XW-PD4T"`
	Link string `json:"link" doc:"The same as an address"`
}

const (
	staffStay    = 30 * 24 * time.Hour              // the longest an invitation may hold
	mostInvites  = 200                              // invitations of one drill
	mostEntries  = 100                              // people who come in with one
	codeLetters  = "23456789ABCDEFGHJKMNPQRSTVWXYZ" // none that is taken for another
	codeLength   = 12                               // 58 bits: not to be found by trying, nor from its hash while it holds
	invitedRoles = Projector | Observer | Evaluator | Facilitator
)

// Why an invitation does not let anybody in.
var (
	errNoInvite = errors.New("there is no such invitation")
	errExpired  = errors.New("the invitation has expired")
	errRevoked  = errors.New("the invitation was taken back")
	errUsed     = errors.New("the invitation was used")
	errNameless = errors.New("a name is wanted")
)

func inviteKind(drill string) string { return "invitation " + drill }

// newInviteCode is twelve letters and digits nobody takes for another.
func newInviteCode() string {
	code := make([]byte, 0, codeLength+2)
	for len(code) < cap(code) {
		if len(code) == 4 || len(code) == 9 {
			code = append(code, '-')
		}
		var b [1]byte
		_, _ = rand.Read(b[:]) // never fails, says its documentation
		if n := int(b[0]); n < 256-256%len(codeLetters) {
			code = append(code, codeLetters[n%len(codeLetters)])
		}
	}
	return string(code)
}

// inviteHash is what a code is kept as, however it was typed.
func inviteHash(code string) string {
	return digest("invitation " + strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '-' || r == '.':
			return -1
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		}
		return r
	}, code))
}

// invitations are those of a drill, the newest first.
func (s *Server) invitations(ctx context.Context, drill string) ([]Invitation, error) {
	records, err := s.Store.Records(ctx, inviteKind(drill))
	if err != nil {
		return nil, err
	}
	out := make([]Invitation, len(records))
	for i, r := range records {
		if err := json.Unmarshal(r.Value, &out[i]); err != nil {
			return nil, fmt.Errorf("invitation %s: %w", r.ID, err)
		}
	}
	slices.SortFunc(out, func(a, b Invitation) int { return cmp.Or(cmp.Compare(b.Made, a.Made), strings.Compare(a.ID, b.ID)) })
	return out, nil
}

func (s *Server) keepInvitation(ctx context.Context, drill string, i Invitation) error {
	value, err := json.Marshal(i)
	if err != nil {
		return err
	}
	return s.Store.Put(ctx, inviteKind(drill), i.ID, value)
}

// invite makes an invitation to a drill. Nobody invites anybody who may more
// than they do.
func (s *Server) invite(ctx context.Context, who session, drill string, in Invite) (Invited, error) {
	r, err := s.room(drill)
	if err != nil {
		return Invited{}, err
	}
	if in.Access&invitedRoles == 0 || in.Hours < 1 || in.Hours > int(staffStay/time.Hour) {
		return Invited{}, errForm
	}
	s.inviting.Lock()
	defer s.inviting.Unlock()
	before, err := s.invitations(ctx, drill)
	if err != nil {
		return Invited{}, err
	}
	if len(before) >= mostInvites {
		return Invited{}, &engine.Refusal{Code: engine.BadValue, Why: engine.Both("buổi này đã có %d lời mời", "this drill has %d invitations already", len(before)),
			Try: engine.Both("dùng một lời mời cho nhiều người", "use one invitation for several people")}
	}
	code, now := newInviteCode(), s.Time.Wall()
	made := Invitation{ID: "i" + random(6), Access: in.Access, Once: in.Once, By: who.Person, Made: now.UnixMilli(),
		Expires: now.Add(time.Duration(in.Hours) * time.Hour).UnixMilli(), Hash: inviteHash(code)}
	if err := s.keepInvitation(ctx, drill, made); err != nil {
		return Invited{}, err
	}
	if name := cleanName(in.For); name != "" {
		if err := s.name(ctx, r, made.ID, name); err != nil {
			return Invited{}, err
		}
	}
	s.shown[made.ID] = code
	made.Hash = ""
	return Invited{made, code, s.Phones + "/i/" + code}, s.note(ctx, drill, Deed{What: "invited", By: who.Person, About: made.ID, Access: made.Access})
}

// shows is the code of an invitation as long as this server runs: it is on no
// disk.
func (s *Server) shows(id string) string {
	s.inviting.Lock()
	defer s.inviting.Unlock()
	return s.shown[id]
}

// name has a person, or an invitation, be called so.
func (s *Server) name(ctx context.Context, r *room, id, name string) error {
	if err := s.Store.Put(ctx, nameKind(r.id), id, []byte(name)); err != nil {
		return err
	}
	r.call(id, name)
	return nil
}

// byInvite finds what a code opens.
func (s *Server) byInvite(ctx context.Context, code string) (*room, Invitation, error) {
	hash := inviteHash(code)
	for _, r := range s.conducted() {
		list, err := s.invitations(ctx, r.id)
		if err != nil {
			return nil, Invitation{}, err
		}
		if i := slices.IndexFunc(list, func(i Invitation) bool { return i.Hash == hash }); i >= 0 {
			return r, list[i], s.holds(list[i])
		}
	}
	return nil, Invitation{}, errNoInvite
}

// holds says why an invitation lets nobody in any more.
func (s *Server) holds(i Invitation) error {
	switch {
	case i.Revoked > 0:
		return errRevoked
	case i.Expires < s.Time.Wall().UnixMilli():
		return errExpired
	case i.Once && len(i.Used) > 0 || len(i.Used) >= mostEntries:
		return errUsed
	}
	return nil
}

// Accept is what somebody says who comes in with an invitation.
type Accept struct {
	Code string `json:"code" doc:"As it stands on the invitation, or at the end of its link" maxLength:"40" example:"K7Q2-M9XW-PD4T"`
	Name string `json:"name,omitempty" doc:"What others see; wanted of those who write or act" maxLength:"200"`
}

// accept lets somebody in. The session is a new one whatever the browser had
// before, and ends with the invitation. One that would answer nothing from
// where it was asked is not opened.
func (s *Server) accept(ctx context.Context, before session, a Accept, mayLead bool) (token string, one session, err error) {
	s.inviting.Lock()
	defer s.inviting.Unlock()
	r, i, err := s.byInvite(ctx, a.Code)
	if err == nil && i.Access.Leads() && !mayLead {
		err = errElsewhere
	}
	if before.Invite != "" && before.Invite == i.ID && (err == nil || errors.Is(err, errUsed)) {
		one = before // the same browser again: a new session of the same person
	} else if err != nil {
		return "", one, err
	}
	name := cleanName(a.Name)
	if name == "" && one.Person == "" && i.Access != Projector {
		return "", one, errNameless
	}
	if one.Person == "" {
		one = session{Access: i.Access, Drill: r.id, Person: "s" + random(6), Invite: i.ID, Expires: i.Expires}
		i.Used = append(i.Used, Entry{one.Person, s.Time.Wall().UnixMilli()})
		if err := s.keepInvitation(ctx, r.id, i); err != nil {
			return "", one, err
		}
		if err := s.note(ctx, r.id, Deed{What: "came", By: one.Person, About: i.ID, Access: i.Access}); err != nil {
			return "", one, err
		}
	}
	if name != "" {
		if err := s.name(ctx, r, one.Person, name); err != nil {
			return "", one, err
		}
	}
	if err := s.sessions.forget(ctx, func(o session) bool { return o.Person == one.Person && o.Drill == one.Drill }); err != nil {
		return "", one, err
	}
	token, err = s.sessions.open(ctx, one)
	return token, one, err
}

// revoke takes an invitation back and ends the sessions it opened.
func (s *Server) revoke(ctx context.Context, who session, drill, id string) error {
	s.inviting.Lock()
	defer s.inviting.Unlock()
	list, err := s.invitations(ctx, drill)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(list, func(i Invitation) bool { return i.ID == id })
	if at < 0 {
		return store.ErrNotFound
	}
	if i := list[at]; i.Revoked == 0 {
		i.Revoked = s.Time.Wall().UnixMilli()
		if err := s.keepInvitation(ctx, drill, i); err != nil {
			return err
		}
		delete(s.shown, id)
		if err := s.note(ctx, drill, Deed{What: "revoked", By: who.Person, About: id, Access: i.Access}); err != nil {
			return err
		}
	}
	if err := s.sessions.forget(ctx, func(o session) bool { return o.Invite == id && o.Drill == drill }); err != nil {
		return err
	}
	if r, err := s.room(drill); err == nil {
		r.Stir() // so that its streams end
	}
	return nil
}
