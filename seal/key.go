package seal

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/chacha20poly1305"
	"golang.org/x/text/unicode/norm"
)

// Keys made by NewKey are Ed25519. The private one is kept under a passphrase:
// argon2id makes a key of it, with 64 MiB and three passes, and XChaCha20-
// Poly1305 locks it.
const (
	argonTime, argonMemory, argonThreads = 3, 64 << 10, 1
	publicMark                           = "saban-ed25519 "
)

// keyFile is how a private key is written down.
type keyFile struct {
	Format int    `json:"saban_key"` // 1
	Public []byte `json:"public"`
	Salt   []byte `json:"salt"`
	Nonce  []byte `json:"nonce"`
	Locked []byte `json:"locked"`
}

// Errors of keys.
var (
	ErrPassphrase = errors.New("the passphrase is wrong, or the key file was changed")
	ErrNoKey      = errors.New("no key of this kind")
)

// NewKey makes a pair of keys: the private one locked under a passphrase, as
// bytes of a file, and the public one.
func NewKey(passphrase string) (file []byte, public ed25519.PublicKey, err error) {
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		return nil, nil, err
	}
	k := keyFile{Format: 1, Public: public, Salt: make([]byte, 16), Nonce: make([]byte, chacha20poly1305.NonceSizeX)}
	if _, err := rand.Read(k.Salt); err != nil {
		return nil, nil, err
	}
	if _, err := rand.Read(k.Nonce); err != nil {
		return nil, nil, err
	}
	lock, err := chacha20poly1305.NewX(k.stretch(passphrase))
	if err != nil {
		return nil, nil, err
	}
	k.Locked = lock.Seal(nil, k.Nonce, private.Seed(), public)
	file, err = json.MarshalIndent(k, "", "  ")
	return append(file, '\n'), public, err
}

// stretch makes a key of a passphrase, however its letters were composed.
func (k *keyFile) stretch(passphrase string) []byte {
	return argon2.IDKey(norm.NFC.Bytes([]byte(passphrase)), k.Salt, argonTime, argonMemory, argonThreads, chacha20poly1305.KeySize)
}

// Unlock opens a private key. Its error is ErrNoKey or ErrPassphrase.
func Unlock(file []byte, passphrase string) (ed25519.PrivateKey, error) {
	var k keyFile
	d := json.NewDecoder(io.LimitReader(bytes.NewReader(file), 1<<16))
	d.DisallowUnknownFields()
	if err := d.Decode(&k); err != nil || k.Format != 1 || len(k.Public) != ed25519.PublicKeySize || len(k.Salt) != 16 || len(k.Nonce) != chacha20poly1305.NonceSizeX {
		return nil, ErrNoKey
	}
	lock, err := chacha20poly1305.NewX(k.stretch(passphrase))
	if err != nil {
		return nil, err
	}
	seed, err := lock.Open(nil, k.Nonce, k.Locked, k.Public)
	if err != nil || len(seed) != ed25519.SeedSize {
		return nil, ErrPassphrase
	}
	private := ed25519.NewKeyFromSeed(seed)
	if !bytes.Equal(private.Public().(ed25519.PublicKey), k.Public) {
		return nil, ErrPassphrase
	}
	return private, nil
}

// PublicText is a public key as a line of a file: for whoever verifies.
func PublicText(key ed25519.PublicKey) string {
	return publicMark + encoding.EncodeToString(key) + "\n"
}

// ReadPublic reads what PublicText writes, or a private key file's public
// half. Its error is ErrNoKey.
func ReadPublic(file []byte) (ed25519.PublicKey, error) {
	if text, ok := strings.CutPrefix(strings.TrimSpace(string(file)), publicMark); ok {
		if key, err := encoding.DecodeString(strings.TrimSpace(text)); err == nil && len(key) == ed25519.PublicKeySize {
			return key, nil
		}
	}
	var k keyFile
	if err := json.Unmarshal(file, &k); err == nil && k.Format == 1 && len(k.Public) == ed25519.PublicKeySize {
		return k.Public, nil
	}
	return nil, ErrNoKey
}

// Fingerprint is what people compare: the first 128 bits of the key's SHA-256,
// in groups of four digits.
func Fingerprint(key ed25519.PublicKey) string {
	sum := sha256.Sum256(key)
	digits := hex.EncodeToString(sum[:16])
	groups := make([]string, 0, 8)
	for i := 0; i < len(digits); i += 4 {
		groups = append(groups, digits[i:i+4])
	}
	return strings.Join(groups, " ")
}

// IsFingerprint reports whether a text can be one.
func IsFingerprint(text string) bool {
	digits, err := hex.DecodeString(digitsOf(text))
	return err == nil && len(digits) == 16
}

// SameFingerprint compares a fingerprint somebody noted, with or without the
// spaces between its groups.
func SameFingerprint(key ed25519.PublicKey, noted string) bool {
	return digitsOf(noted) == digitsOf(Fingerprint(key))
}

func digitsOf(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(strings.ReplaceAll(s, ":", " ")), ""))
}
