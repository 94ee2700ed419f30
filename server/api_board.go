package server

import (
	"context"
	"net/http"
)

func (a *apiOf) registerBoard() {
	op(a, Facilitator, http.MethodGet, "/board", "read-board", "How every drill fares that is conducted and one may lead", func(ctx context.Context, _ *struct{}) (*struct{ Body []Standing }, error) {
		list, err := a.board(ctx, whoOf(ctx), langOf(ctx))
		a.freshClocks(list)
		return &struct{ Body []Standing }{list}, err
	})
	op(a, Administrator, http.MethodPost, "/board/drills", "create-teams", "Make a drill of one scenario for each of several teams", func(ctx context.Context, in *struct{ Body NewTeams }) (*struct{ Body []Created }, error) {
		made, err := a.createTeams(ctx, in.Body)
		return &struct{ Body []Created }{made}, err
	})
	op(a, Facilitator, http.MethodPost, "/board/start", "start-together", "Begin several drills at once", func(ctx context.Context, in *struct{ Body StartTogether }) (*struct{ Body []Begun }, error) {
		return &struct{ Body []Begun }{a.startTogether(ctx, whoOf(ctx), in.Body.Drills, langOf(ctx))}, nil
	})
}
