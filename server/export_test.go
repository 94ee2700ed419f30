package server

import (
	"context"

	"saban/engine"
)

// Route is one thing the server answers, for the test of who may ask it.
type Route = route

// Routes lists all of them.
func (s *Server) Routes() []Route { return s.routes }

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
