package server

import (
	"context"

	"saban/engine"
)

// ConsoleOf is what the facilitator's page of a drill shows.
func ConsoleOf(s *Server, drill string, lang engine.Lang) (*Console, error) {
	r, err := s.room(drill)
	if err != nil {
		return nil, err
	}
	guests, err := s.guests(context.Background(), drill)
	if err != nil {
		return nil, err
	}
	return consoleOf(r, r.Look(), Plan{}, guests, lang), nil
}
