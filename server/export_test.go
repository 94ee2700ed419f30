package server

import "context"

// Route is one thing the server answers, for the test of who may ask it.
type Route = route

// Routes lists all of them.
func (s *Server) Routes() []Route { return s.routes }

// Lets reports whether what is for some is for somebody.
func (a Access) Lets(who Access) bool { return a.lets(who) }

// Enter opens a session in a drill and returns its token.
func (s *Server) Enter(access Access, drill, person string) (string, error) {
	return s.sessions.open(context.Background(), session{Access: access, Drill: drill, Person: person, Expires: s.Time.Wall().Add(facilitatorStay).UnixMilli()})
}
