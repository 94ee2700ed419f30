package server

import (
	"context"
	"errors"
	"slices"

	"saban/engine"
	"saban/live"
)

// Route is one thing the server answers, for the test of who may ask it.
type Route = route

// Routes lists all of them.
func (s *Server) Routes() []Route { return slices.Concat(s.routes, s.api().routes) }

// Accesses are everybody there is, without Anybody.
var Accesses = []Access{Participant, Projector, Observer, Evaluator, Facilitator, Administrator}

// DoVerb says who may act so through /acts.
func DoVerb(v engine.Verb) Access {
	if of, ok := verbs[v]; ok {
		return of
	}
	return Facilitator
}

// Lets reports whether what is for some is for somebody.
func (a Access) Lets(who Access) bool { return a.lets(who) }

// Enter opens a session in a drill and returns its token.
func (s *Server) Enter(access Access, drill, person string) (string, error) {
	return s.sessions.open(context.Background(), session{Access: access, Drill: drill, Person: person, Expires: s.Time.Wall().Add(facilitatorStay).UnixMilli()})
}

// PhonePictures draws what phones of some roles are shown: as their streams
// have it, and anew.
func (s *Server) PhonePictures(drill string, lang engine.Lang, roles ...string) (kept, anew []string, err error) {
	r, err := s.room(drill)
	if err != nil {
		return nil, nil, err
	}
	v, who := r.Peek(), session{Access: Participant, Drill: drill, Person: "nobody", Roles: roles}
	again := &live.Brief{Snapshot: v.Snapshot, Version: v.Version, Game: v.Game, Scenario: v.Scenario, Seed: v.Seed, Log: v.Log, Watch: v.Watch, Wall: v.Wall, Mono: v.Mono}
	clean := &room{Room: r.Room, id: r.id, header: r.header, file: r.file}
	draw := func(r *room, v *live.Brief) (out []string) {
		regions, wrong := phoneRegions(r, v, phoneAudience(lang, who), s.readerOf(r, who, lang))
		for i := range regions {
			out = append(out, regions[i].name+" "+string(regions[i].json))
		}
		err = errors.Join(err, wrong)
		return out
	}
	return draw(r, v), draw(clean, again), err
}
