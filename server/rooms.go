package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"saban/engine"
	"saban/live"
	"saban/scenarios"
	"saban/scoring"
	"saban/store"
)

// room is a drill that is being conducted, or was and can still be marked.
type room struct {
	*live.Room
	hall   *hall // where its phones are
	id     string
	header store.Header
	file   *scenarios.File
	rubric scoring.Rubric

	pictures gallery // what its phones show

	door sync.Mutex
	came []Guest // under door: who has a place, without names; nil: to be read

	washing sync.Mutex // while somebody leads the hot wash on

	photos album

	naming sync.Mutex
	names  map[string]string // under naming: what people are called; nil: to be read
}

// ledger keeps a room's log in the store.
type ledger struct {
	ctx   context.Context
	store store.Store
	drill string
}

func (l ledger) Append(events []engine.Event) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(l.ctx), keepTimeout)
	defer cancel()
	return l.store.Append(ctx, l.drill, events)
}

func (l ledger) After(seq int64) ([]engine.Event, error) {
	ctx, cancel := context.WithTimeout(l.ctx, keepTimeout)
	defer cancel()
	return l.store.Events(ctx, l.drill, seq)
}

func (l ledger) Beat(b store.Beat) error { return l.store.Beat(l.ctx, l.drill, b) }

// reopen takes up every drill that is not closed. One that cannot be read is
// left alone and named: the others must go on.
func (s *Server) reopen(ctx context.Context) error {
	entries, err := s.Store.Drills(ctx)
	if err != nil {
		return fmt.Errorf("listing drills: %w", err)
	}
	for _, e := range entries {
		if e.Closed || e.Imported {
			continue
		}
		if _, err := s.open(ctx, e.Drill, true); err != nil {
			s.Log.Error("drill left alone", "drill", e.Drill, "error", err)
		}
	}
	return nil
}

// open conducts a drill of the store.
func (s *Server) open(ctx context.Context, id string, revived bool) (*room, error) {
	r, err := s.read(ctx, id)
	if err != nil {
		return nil, err
	}
	events, err := s.Store.Events(ctx, id, 0)
	if err != nil {
		return nil, err
	}
	last, err := s.Store.LastBeat(ctx, id)
	if err != nil {
		return nil, err
	}
	r.Room, err = live.Open(live.Config{Game: r.file.Compiled, Rubric: r.rubric, Log: ledger{s.ctx, s.Store, id},
		Time: s.Time, Kept: events, Last: last, Revived: revived}, r.header.Seed)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rooms[id] = r
	r.hall = newHall(s, r.Room)
	s.running.Go(func() { r.Run(s.ctx) })
	s.running.Go(r.hall.run)
	s.running.Go(func() { s.follow(r) })
	return r, nil
}

// read reads what a drill is played under.
func (s *Server) read(ctx context.Context, id string) (*room, error) {
	h, err := s.Store.Header(ctx, id)
	if err != nil {
		return nil, err
	}
	r := &room{id: id, header: h}
	r.file, r.rubric, err = unpin(&h)
	return r, err
}

// unpin reads what is pinned in a header.
func unpin(h *store.Header) (file *scenarios.File, rubric scoring.Rubric, err error) {
	var site *scenarios.Source
	if h.Site != nil {
		site = &scenarios.Source{Name: h.Site.Name, Bytes: []byte(h.Site.Bytes)}
	}
	file, found := scenarios.ReadWith(scenarios.Source{Name: h.Scenario.Name, Bytes: []byte(h.Scenario.Bytes)}, site)
	if err := found.Err(); err != nil {
		return nil, rubric, err
	}
	if err := json.Unmarshal([]byte(h.Rubric.Bytes), &rubric); err != nil {
		return nil, rubric, fmt.Errorf("the pinned rubric: %w", err)
	}
	return file, rubric, nil
}

// errNoDrill says that no drill of this name is being conducted.
var errNoDrill = errors.New("there is no such drill")

// room finds a drill that is being conducted.
func (s *Server) room(id string) (*room, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r := s.rooms[id]; r != nil {
		return r, nil
	}
	return nil, errNoDrill
}

// conducted lists every drill that is not closed.
func (s *Server) conducted() []*room {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Collect(maps.Values(s.rooms))
}

// closeDrill ends a drill's log for good: nothing can be marked or corrected
// any more.
func (s *Server) closeDrill(ctx context.Context, who session, id string) (head string, err error) {
	r, err := s.room(id)
	if err != nil {
		return "", err
	}
	if r.Peek().Phase != "over" {
		return "", &engine.Refusal{Code: engine.NotStarted, Why: engine.Both("buổi diễn tập chưa kết thúc", "the drill is not over"),
			Try: engine.Both("kết thúc trước", "end it first")}
	}
	head, err = s.Store.CloseLog(ctx, id)
	if err != nil {
		return "", err
	}
	s.mu.Lock()
	delete(s.rooms, id)
	s.mu.Unlock()
	r.Close()
	return head, s.note(ctx, id, Deed{What: "closed", By: who.Person, Access: who.Access})
}

// entry finds a drill in the list of all.
func (s *Server) entry(ctx context.Context, id string) (store.Entry, bool) {
	entries, err := s.Store.Drills(ctx)
	if err != nil {
		return store.Entry{}, false
	}
	for _, e := range entries {
		if e.Drill == id {
			return e, true
		}
	}
	return store.Entry{}, false
}
