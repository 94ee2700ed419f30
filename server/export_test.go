package server

// Route is one thing the server answers, for the test of who may ask it.
type Route = route

// Routes lists all of them.
func (s *Server) Routes() []Route { return s.routes }
