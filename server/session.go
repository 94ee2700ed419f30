package server

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"saban/store"
)

// leader is whoever signed in with the passphrase: all who know it share it.
const leader = "facilitator"

// session is what a browser's cookie stands for.
type session struct {
	Access  Access   `json:"access"` // one
	Drill   string   `json:"drill,omitempty"`
	Person  string   `json:"person,omitempty"`
	Device  string   `json:"device,omitempty"`
	Roles   []string `json:"roles,omitempty"`
	Invite  string   `json:"invite,omitempty"` // the invitation it was opened with
	Away    bool     `json:"away,omitempty"`   // the facilitator has turned this phone away
	Expires int64    `json:"expires"`          // wall clock, milliseconds since 1970 UTC
}

// sessions keeps them under the hash of their token, so that whoever reads the
// disk cannot take one over.
type sessions struct {
	keep store.Store
	now  func() time.Time

	mu      sync.RWMutex
	known   map[string]session
	edition atomic.Int64 // grows with every change of them
}

const (
	sessionKind     = "session"
	cookieName      = "saban"
	facilitatorStay = 14 * 24 * time.Hour
	participantStay = 3 * 24 * time.Hour
)

func (s *sessions) load(ctx context.Context) error {
	records, err := s.keep.Records(ctx, sessionKind)
	if err != nil {
		return fmt.Errorf("reading sessions: %w", err)
	}
	for _, r := range records {
		var one session
		if err := json.Unmarshal(r.Value, &one); err != nil || one.Expires < s.now().UnixMilli() {
			_ = s.keep.Put(ctx, sessionKind, r.ID, nil)
			continue
		}
		if one.Access == Facilitator && one.Drill == "" { // signed in before there were administrators
			one.Access = Administrator
		}
		s.known[r.ID] = one
	}
	return nil
}

// open begins a session and returns its token.
func (s *sessions) open(ctx context.Context, one session) (string, error) {
	token := random(32)
	return token, s.put(ctx, digest(token), one)
}

func (s *sessions) put(ctx context.Context, id string, one session) error {
	value, err := json.Marshal(one)
	if err != nil {
		return err
	}
	if err := s.keep.Put(ctx, sessionKind, id, value); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.known[id] = one
	s.edition.Add(1)
	return nil
}

// find returns the session of a token, and whether it is still good.
func (s *sessions) find(token string) (session, bool) {
	one := s.good(digest(token))
	return one, one.Expires > 0
}

// good is the session of a token's hash; the zero session when it is not good
// any more.
func (s *sessions) good(id string) session {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if one, ok := s.known[id]; ok && one.Expires >= s.now().UnixMilli() {
		return one
	}
	return session{}
}

// stay is a session as a stream looks at it again and again. While no session
// has changed, none needs to be looked up.
type stay struct {
	edition  int64 // it was looked up at
	until    int64 // its end then, wall clock
	sessions *sessions
	id       string
	before   session
}

// still reports, as a stream goes on, whether its session does.
func (s *Server) still(r *http.Request) stay {
	one := stay{sessions: &s.sessions, before: s.who(r), edition: -1}
	if cookie, err := r.Cookie(cookieName); err == nil { // nobody is let this far without
		one.id = digest(cookie.Value)
	}
	return one
}

func (one *stay) lasts(now time.Time) bool {
	edition := one.sessions.edition.Load()
	if edition == one.edition && now.UnixMilli() <= one.until {
		return true
	}
	is := one.sessions.good(one.id)
	if is.Access != one.before.Access || is.Drill != one.before.Drill || is.Person != one.before.Person {
		return false
	}
	one.before, one.until, one.edition = is, is.Expires, edition
	return true
}

// forget ends every session that which holds for.
func (s *sessions) forget(ctx context.Context, which func(session) bool) error {
	s.mu.Lock()
	var gone []string
	for id, one := range s.known {
		if which(one) {
			gone = append(gone, id)
			delete(s.known, id)
		}
	}
	s.edition.Add(1)
	s.mu.Unlock()
	for _, id := range gone {
		if err := s.keep.Put(ctx, sessionKind, id, nil); err != nil {
			return err
		}
	}
	return nil
}

// turnAway ends a participant's sessions and keeps what tells the phone so.
func (s *sessions) turnAway(ctx context.Context, drill, person string) error {
	s.mu.Lock()
	var gone []string
	for id, one := range s.known {
		if one.Access == Participant && one.Drill == drill && one.Person == person {
			gone = append(gone, id)
		}
	}
	s.mu.Unlock()
	for _, id := range gone {
		if err := s.put(ctx, id, session{Drill: drill, Away: true, Expires: s.now().Add(participantStay).UnixMilli()}); err != nil {
			return err
		}
	}
	return nil
}

// cookie carries a token. Scripts cannot read it, other sites cannot send it
// along with a form.
func (s *Server) cookie(token string, stay time.Duration) *http.Cookie {
	return &http.Cookie{Name: cookieName, Value: token, Path: "/", HttpOnly: true, Secure: s.TLS, SameSite: http.SameSiteLaxMode,
		MaxAge: int(stay / time.Second)}
}

// random gives n bytes nobody can guess, as text that fits into an address.
func random(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails, says its documentation
	return base64.RawURLEncoding.EncodeToString(b)
}

func digest(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
