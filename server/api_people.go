package server

import (
	"context"
	"net/http"
)

// registerPeople: who is let into a drill beside its participants, and what
// was done about that.
func (a *apiOf) registerPeople() {
	op(a, Facilitator, http.MethodGet, "/drills/{drill}/invitations", "list-invitations", "Invitations to a drill and who used them, the newest first", func(ctx context.Context, in *OfDrill) (*struct{ Body []Invitation }, error) {
		list, err := a.invitations(ctx, in.Drill)
		for i := range list {
			list[i].Hash = ""
		}
		return &struct{ Body []Invitation }{list}, err
	})
	op(a, Facilitator, http.MethodPost, "/drills/{drill}/invitations", "invite", "Invite people to a drill; the code is told this once", func(ctx context.Context, in *struct {
		OfDrill
		Body Invite
	}) (*struct{ Body Invited }, error) {
		made, err := a.invite(ctx, whoOf(ctx), in.Drill, in.Body)
		return &struct{ Body Invited }{made}, err
	})
	op(a, Facilitator, http.MethodDelete, "/drills/{drill}/invitations/{invitation}", "revoke", "Take an invitation back; whoever came in with it is out", func(ctx context.Context, in *struct {
		OfDrill
		Invitation string `path:"invitation" maxLength:"64"`
	}) (*struct{}, error) {
		return nil, a.revoke(ctx, whoOf(ctx), in.Drill, in.Invitation)
	})
	op(a, Anybody, http.MethodPost, "/invited", "accept-invitation", "Come into a drill with an invitation", func(ctx context.Context, in *struct {
		Cookie string `cookie:"saban"`
		Body   Accept
	}) (*Opened, error) {
		before, _ := a.sessions.find(in.Cookie)
		token, one, err := a.accept(ctx, before, in.Body, mayLeadOf(ctx))
		if err != nil {
			return nil, err
		}
		out := &Opened{SetCookie: *a.cookie(token, staffStay)}
		out.Body.Access, out.Body.Drill, out.Body.Person = one.Access, one.Drill, one.Person
		return out, nil
	})
	op(a, Facilitator, http.MethodGet, "/drills/{drill}/deeds", "list-deeds", "Who was let in, turned away or forgotten, and by whom, in order of time", func(ctx context.Context, in *OfDrill) (*struct{ Body []Deed }, error) {
		list, err := a.deeds(ctx, in.Drill)
		return &struct{ Body []Deed }{list}, err
	})
	op(a, Facilitator, http.MethodPost, "/drills/{drill}/forget", "forget", "Remove what a person is called from a drill, and from every copy of the data", func(ctx context.Context, in *struct {
		OfDrill
		Body Forgetting
	}) (*struct{ Body Forgotten }, error) {
		done, err := a.forget(ctx, whoOf(ctx), in.Drill, in.Body.Whom)
		return &struct{ Body Forgotten }{done}, err
	})
}

// Forgetting says whose name is to be removed.
type Forgetting struct {
	Whom string `json:"whom" doc:"The name, whole, or the person's id" minLength:"1" maxLength:"200"`
}
