package server

import (
	"context"
	"net/http"

	"saban/engine"
)

// SignIn is what an administrator signs in with.
type SignIn struct {
	Passphrase string `json:"passphrase" minLength:"1" maxLength:"1024"`
}

// Opened answers with the cookie of a new session.
type Opened struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
	Body      struct {
		Access Access   `json:"access" enum:"participant,projector,observer,evaluator,facilitator,administrator"`
		Drill  string   `json:"drill,omitempty"`
		Person string   `json:"person,omitempty"`
		Roles  []string `json:"roles,omitempty"`
	}
}

func (a *apiOf) registerDoors() {
	op(a, Anybody, http.MethodPost, "/session", "sign-in", "Sign in with the passphrase", func(ctx context.Context, in *struct{ Body SignIn }) (*Opened, error) {
		token, err := a.signIn(ctx, in.Body.Passphrase)
		if err != nil {
			return nil, err
		}
		out := &Opened{SetCookie: *a.cookie(token, facilitatorStay)}
		out.Body.Access = Administrator
		return out, nil
	})
	op(a, signedIn, http.MethodDelete, "/session", "sign-out", "Sign out; with the passphrase, everywhere it was used", func(ctx context.Context, _ *struct{}) (*struct{}, error) {
		return nil, a.signOut(ctx, whoOf(ctx))
	})
	op(a, Anybody, http.MethodPost, "/join", "join", "Come into a drill with its code", func(ctx context.Context, in *struct {
		Cookie string `cookie:"saban"`
		Body   Join
	}) (*Opened, error) {
		before, _ := a.sessions.find(in.Cookie)
		token, one, err := a.join(ctx, before, in.Body)
		if err != nil {
			return nil, err
		}
		out := &Opened{SetCookie: *a.cookie(token, participantStay)}
		out.Body.Access, out.Body.Drill, out.Body.Person, out.Body.Roles = one.Access, one.Drill, one.Person, one.Roles
		return out, nil
	})
	op(a, Anybody, http.MethodGet, "/join/{code}", "look-at-drill", "Which roles a code opens", func(ctx context.Context, in *struct {
		Code string `path:"code" maxLength:"20"`
	}) (*struct{ Body Lobby }, error) {
		lobby, err := a.lobby(ctx, in.Code, langOf(ctx))
		return &struct{ Body Lobby }{lobby}, err
	})
}

// signedIn is for whom there is a way out: a phone is turned away instead.
const signedIn = Projector | Observer | Evaluator | Facilitator

// signOut ends somebody's sessions. All who know the passphrase are one.
func (s *Server) signOut(ctx context.Context, who session) error {
	return s.sessions.forget(ctx, func(one session) bool {
		return one.Access == who.Access && one.Drill == who.Drill && one.Person == who.Person
	})
}

// signIn opens an administrator's session.
func (s *Server) signIn(ctx context.Context, secret string) (string, error) {
	ok, err := s.knows(ctx, secret)
	if err != nil {
		return "", err
	}
	if !ok {
		return "", errWrong
	}
	if err := s.note(ctx, "", Deed{What: "signed_in", By: leader, Access: Administrator}); err != nil {
		return "", err
	}
	return s.sessions.open(ctx, session{Access: Administrator, Person: leader, Expires: s.Time.Wall().Add(facilitatorStay).UnixMilli()})
}

// Lobby is what somebody sees who is about to come in.
type Lobby struct {
	Code  string  `json:"code"`
	Title string  `json:"title"`
	Roles []Place `json:"roles"`
}

// Place is a role with the room that is left in it.
type Place struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Free  int    `json:"free" doc:"How many may still take it"`
	Of    int    `json:"of"`
}

func (s *Server) lobby(ctx context.Context, code string, lang engine.Lang) (Lobby, error) {
	r, plan, err := s.byCode(ctx, code)
	if err != nil {
		return Lobby{}, err
	}
	taken, err := s.taken(ctx, r)
	if err != nil {
		return Lobby{}, err
	}
	out := Lobby{Code: plan.Code, Title: plan.Title, Roles: []Place{}}
	if out.Title == "" {
		out.Title = r.file.Scenario.Title.In(lang)
	}
	for i := range r.file.Scenario.Roles {
		role := &r.file.Scenario.Roles[i]
		if role.Simulated {
			continue
		}
		places := plan.places(role.ID)
		out.Roles = append(out.Roles, Place{role.ID, role.Title.In(lang), max(places-taken[role.ID], 0), places})
	}
	return out, nil
}
