package server

import (
	"context"
	"slices"
	"sync"

	"saban/engine"
	"saban/live"
)

// past is a drill that is not conducted any more, as it ended. It never
// changes, so one reading serves every phone that was in it.
type past struct {
	id   string
	read func() (*pastView, error)
}

type pastView struct {
	room *room
	view *live.Brief
}

// How many such drills are kept in memory, and how long a log of one may be.
const (
	mostPast = 4
	longPast = 20_000
)

// lookBack shows a drill as it stands, and one whose log is closed as it
// ended.
func (s *Server) lookBack(id string) (*room, *live.Brief, error) {
	if r, err := s.room(id); err == nil {
		return r, r.Peek(), nil
	}
	p := s.recall(id)
	got, err := p.read()
	if err != nil || len(got.view.Log) > longPast {
		s.mu.Lock()
		s.past = slices.DeleteFunc(s.past, func(o *past) bool { return o == p })
		s.mu.Unlock()
	}
	if err != nil {
		return nil, nil, err
	}
	return got.room, got.view, nil
}

// recall finds a past drill among those kept, the last one asked for first.
func (s *Server) recall(id string) *past {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := &past{id, sync.OnceValues(func() (*pastView, error) { return s.readPast(s.ctx, id) })}
	if i := slices.IndexFunc(s.past, func(o *past) bool { return o.id == id }); i >= 0 {
		p = s.past[i]
		s.past = slices.Delete(s.past, i, i+1)
	}
	s.past = slices.Insert(s.past, 0, p)
	s.past = slices.Delete(s.past, min(len(s.past), mostPast), len(s.past))
	return p
}

func (s *Server) readPast(ctx context.Context, id string) (*pastView, error) {
	r, err := s.read(ctx, id)
	if err != nil {
		return nil, err
	}
	log, err := s.Store.Events(ctx, id, 0)
	if err != nil {
		return nil, err
	}
	return &pastView{r, &live.Brief{Snapshot: engine.Replay(r.file.Compiled, log).Snapshot(), Scenario: r.file.Scenario, Seed: r.header.Seed, Log: log,
		Watch: new(live.Watch), Wall: s.Time.Wall()}}, nil
}
