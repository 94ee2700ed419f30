package server

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"errors"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"saban/engine"
	"saban/store"
)

// passphrase is how the facilitator's is kept: its argon2id hash with the
// parameters it was made with.
type passphrase struct {
	Salt   string `json:"salt"`
	Hash   string `json:"hash"`
	Time   uint32 `json:"time"`
	Memory uint32 `json:"memory_kib"`
}

// The parameters of OWASP's password storage cheat sheet (2024): 19 MiB, two
// passes, one lane.
const (
	argonTime     = 2
	argonMemory   = 19 << 10
	shortest      = 8   // characters of a passphrase
	longest       = 256 // and at most, so that nobody sends a book to hash
	settingKind   = "setting"
	passphraseKey = "passphrase"
)

// doors lets few in to try at a time: one attempt costs 19 MiB of memory.
type doors struct{ at chan struct{} }

func newDoors() doors { return doors{make(chan struct{}, 2)} }

func (d doors) hash(ctx context.Context, secret string, p passphrase) ([]byte, error) {
	select {
	case d.at <- struct{}{}:
		defer func() { <-d.at }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	salt, err := base64.RawStdEncoding.DecodeString(p.Salt)
	if err != nil {
		return nil, err
	}
	return argon2.IDKey([]byte(norm.NFC.String(secret)), salt, p.Time, p.Memory, 1, 32), nil
}

// PassphraseFault says why a text cannot be a passphrase, or nothing.
func PassphraseFault(secret string) engine.Text {
	switch n := utf8.RuneCountInString(secret); {
	case !utf8.ValidString(secret):
		return engine.Both("có ký tự không đọc được", "it holds characters that cannot be read")
	case n < shortest:
		return engine.Both("ngắn quá: cần ít nhất %d ký tự, ba bốn từ là tốt", "too short: at least %d characters, three or four words are good", shortest)
	case n > longest:
		return engine.Both("dài quá %d ký tự", "longer than %d characters", longest)
	}
	return engine.Text{}
}

// prepareSetup makes a one-time link while there is no passphrase.
func (s *Server) prepareSetup(ctx context.Context) error {
	_, err := s.Store.Get(ctx, settingKind, passphraseKey)
	switch {
	case errors.Is(err, store.ErrNotFound):
		s.setup = random(18)
		return nil
	}
	return err
}

// SetupPath is where the facilitator's first passphrase is set, once; "" when
// there is one already.
func (s *Server) SetupPath() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.setup == "" {
		return ""
	}
	return "/setup/" + s.setup
}

// ForgetPassphrase takes the facilitator's passphrase out of a store and signs
// everybody who used it out; the next server prints a link to set a new one.
func ForgetPassphrase(ctx context.Context, keep store.Store) error {
	records, err := keep.Records(ctx, sessionKind)
	if err != nil {
		return err
	}
	for _, r := range records {
		var one session
		if json.Unmarshal(r.Value, &one) != nil || one.Person == leader {
			if err := keep.Put(ctx, sessionKind, r.ID, nil); err != nil {
				return err
			}
		}
	}
	return keep.Put(ctx, settingKind, passphraseKey, nil)
}

// fitsSetup reports whether a token opens the setup page now.
func (s *Server) fitsSetup(token string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.setup != "" && subtle.ConstantTimeCompare([]byte(s.setup), []byte(token)) == 1
}

// setPassphrase keeps a passphrase; every facilitator has to sign in anew.
func (s *Server) setPassphrase(ctx context.Context, secret string) error {
	p := passphrase{Salt: base64.RawStdEncoding.EncodeToString([]byte(random(12))), Time: argonTime, Memory: argonMemory}
	hash, err := s.doors.hash(ctx, secret, p)
	if err != nil {
		return err
	}
	p.Hash = base64.RawStdEncoding.EncodeToString(hash)
	value, err := json.Marshal(p)
	if err != nil {
		return err
	}
	if err := s.Store.Put(ctx, settingKind, passphraseKey, value); err != nil {
		return err
	}
	s.mu.Lock()
	s.setup = ""
	s.mu.Unlock()
	return s.sessions.forget(ctx, func(one session) bool { return one.Person == leader })
}

// knows reports whether secret is the facilitator's passphrase.
func (s *Server) knows(ctx context.Context, secret string) (bool, error) {
	if !PassphraseFault(secret).Empty() {
		return false, nil
	}
	value, err := s.Store.Get(ctx, settingKind, passphraseKey)
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	var p passphrase
	if err == nil {
		err = json.Unmarshal(value, &p)
	}
	if err != nil {
		return false, err
	}
	want, err := base64.RawStdEncoding.DecodeString(p.Hash)
	if err != nil {
		return false, err
	}
	got, err := s.doors.hash(ctx, secret, p)
	return err == nil && subtle.ConstantTimeCompare(got, want) == 1, err
}
