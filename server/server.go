package server

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"saban/engine"
	"saban/live"
	"saban/scenarios"
	"saban/store"
)

// Config is what a server is made of.
type Config struct {
	Store     store.Store
	Time      *live.Timepiece           // nil: the machine's
	Log       *slog.Logger              // nil: nothing is logged
	Scenarios func() []scenarios.Source // that a drill may be made of
	Sites     []scenarios.Source
	Lang      engine.Lang // of whoever did not choose one; empty: vi
	Phones    string      // what the join sheet shows, as http://10.0.0.2:8080
	OnLAN     bool        // the facilitator may work from another machine
	TLS       bool        // cookies go over https only
	Authority []byte      // certificate of the server's own authority, PEM, for whoever is to trust it
	Free      func() (bytes uint64, ok bool)
}

// Server conducts drills for browsers. Close ends streams and leaves every
// drill where it stands.
type Server struct {
	Config
	routes []route
	mux    *http.ServeMux
	api    func() *apiOf // built when it is first asked for: it is most of what starting would take

	mu      sync.Mutex
	rooms   map[string]*room
	past    []*past // looked back on last
	ctx     context.Context
	stop    context.CancelFunc
	running sync.WaitGroup

	press     chan struct{} // held by whoever has a report written
	darkroom  chan struct{} // held by whoever has a photo drawn anew
	letterbox chan struct{} // held by photos that arrive
	planning  sync.Mutex    // held while a review is compared with what is kept and put in its place

	sessions sessions
	doors    doors
	crowd    *crowd
	inviting sync.Mutex
	typing   sync.Mutex        // held by whoever changes a draft
	shown    map[string]string // under inviting: codes of invitations made since the start
	setup    string            // the one-time token for the first passphrase, or ""
}

// New takes up every drill of the store that is not over.
func New(c Config) (*Server, error) {
	if c.Time == nil {
		c.Time = live.MachineTime()
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Lang == "" {
		c.Lang = engine.VI
	}
	s := &Server{Config: c, mux: http.NewServeMux(), rooms: map[string]*room{}, doors: newDoors(), press: make(chan struct{}, 1), darkroom: make(chan struct{}, 1), letterbox: make(chan struct{}, mostArriving), crowd: newCrowd(), shown: map[string]string{}}
	s.ctx, s.stop = context.WithCancel(context.Background())
	s.sessions = sessions{keep: c.Store, now: c.Time.Wall, known: map[string]session{}}
	if err := errors.Join(s.sessions.load(s.ctx), s.prepareSetup(s.ctx), s.reopen(s.ctx)); err != nil {
		s.Close()
		return nil, err
	}
	s.register()
	s.api = sync.OnceValue(func() *apiOf { return newAPI(s) })
	return s, nil
}

// Close ends every stream, writes a last heartbeat of each drill and returns
// when nothing of the server runs any more. The store stays open.
func (s *Server) Close() {
	s.stop()
	s.mu.Lock()
	for _, r := range s.rooms {
		r.Close()
	}
	s.mu.Unlock()
	s.running.Wait()
}

// timeout of what is kept for one request.
const keepTimeout = 15 * time.Second
