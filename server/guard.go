package server

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"path"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Handler answers everything, behind what every answer needs: headers that
// keep foreign pages out, a limit on what one address may ask, and a cap on
// what it may send.
func (s *Server) Handler() http.Handler {
	foreign := http.NewCrossOriginProtection()
	foreign.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.failPage(w, r, errForeign) }))
	limits := newLimits()
	inner := foreign.Handler(http.HandlerFunc(s.route))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer s.recovered(w, r)
		secure(w.Header())
		switch {
		case !knownHost(r.Host):
			s.failPage(w, r, errHost)
		case !limits.allow(r):
			w.Header().Set("Retry-After", "5")
			s.failPage(w, r, errTooMany)
		default:
			// Nobody but the server may close a body: one that is closed
			// before its end leaves the rest to be read as the next request.
			r.Body = io.NopCloser(http.MaxBytesReader(w, r.Body, mostBody))
			inner.ServeHTTP(w, r)
		}
	})
}

// route leads a request to what answers it, and tells in the server's own
// words where nothing does.
func (s *Server) route(w http.ResponseWriter, r *http.Request) {
	mux := s.mux
	if strings.HasPrefix(path.Clean(r.URL.Path), "/api/") {
		mux = s.api().mux
	}
	handler, pattern := mux.Handler(r)
	if pattern != "" {
		mux.ServeHTTP(w, r)
		return
	}
	told := &unsent{header: http.Header{}}
	handler.ServeHTTP(told, r)
	switch told.status {
	case http.StatusNotFound:
		s.failPage(w, r, errMissing)
	case http.StatusMethodNotAllowed:
		w.Header().Set("Allow", told.header.Get("Allow"))
		s.failPage(w, r, errMethod)
	default: // leads to the same path without what is needless in it
		handler.ServeHTTP(w, r)
	}
}

// unsent is an answer nobody gets to read.
type unsent struct {
	header http.Header
	status int
}

func (u *unsent) Header() http.Header         { return u.header }
func (u *unsent) WriteHeader(status int)      { u.status = status }
func (u *unsent) Write(b []byte) (int, error) { return len(b), nil }

// mostBody is the largest thing anybody sends, a drill file.
const mostBody = 65 << 20

// secure sets the headers of every answer: nothing but the server's own
// scripts runs, nobody frames its pages, nothing is kept by a shared machine.
func secure(h http.Header) {
	h.Set("Content-Security-Policy", "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
}

// knownHost refuses names: a page elsewhere whose name is made to point here
// would otherwise speak for the browser's user.
func knownHost(host string) bool {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	if host == "localhost" {
		return true
	}
	_, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil
}

// recovered answers a request whose code failed and leaves the server up.
func (s *Server) recovered(w http.ResponseWriter, r *http.Request) {
	what := recover()
	if err, ok := what.(error); what == nil || ok && errors.Is(err, http.ErrAbortHandler) {
		return
	}
	s.Log.Error("request failed", "method", r.Method, "path", r.URL.Path, "error", what, "stack", string(debug.Stack()))
	s.failPage(w, r, errInside)
}

// limits is how much each address may ask: a room full of phones behind one
// router is many, ten thousand joins a minute are too many.
type limits struct {
	mu    sync.Mutex
	of    map[netip.Addr]*allowance
	swept time.Time
}

type allowance struct {
	all, doors *rate.Limiter
	used       time.Time
}

// What one address may ask: anything, and what opens a door (signing in,
// joining).
const (
	allPerSecond   = 500
	allBurst       = 2000
	doorsPerSecond = 5
	doorsBurst     = 250
	forgetAfter    = 10 * time.Minute
)

func newLimits() *limits { return &limits{of: map[netip.Addr]*allowance{}, swept: time.Now()} }

func (l *limits) allow(r *http.Request) bool {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	addr, bad := netip.ParseAddr(host)
	if err != nil || bad != nil {
		return false
	}
	l.mu.Lock()
	a := l.of[addr.Unmap()]
	if a == nil {
		a = &allowance{all: rate.NewLimiter(allPerSecond, allBurst), doors: rate.NewLimiter(doorsPerSecond, doorsBurst)}
		l.of[addr.Unmap()] = a
	}
	a.used = time.Now()
	l.sweep(a.used)
	l.mu.Unlock()
	return a.all.Allow() && (!opensDoor(r) || a.doors.Allow())
}

func (l *limits) sweep(now time.Time) {
	if now.Sub(l.swept) < forgetAfter {
		return
	}
	l.swept = now
	for addr, a := range l.of {
		if now.Sub(a.used) > forgetAfter {
			delete(l.of, addr)
		}
	}
}

func opensDoor(r *http.Request) bool {
	if r.Method != http.MethodPost {
		return false
	}
	switch r.URL.Path {
	case "/sign-in", "/j", "/i", "/api/v1/session", "/api/v1/join", "/api/v1/invited":
		return true
	}
	return strings.HasPrefix(r.URL.Path, "/setup/")
}
