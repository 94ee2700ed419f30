// Package seal puts the evidence of a drill into one file nobody can change
// unseen: the drill file, the scorecard and the report made of it, signed with
// Ed25519 over every byte of the file.
//
// The file is a ZIP archive any computer opens. It has exactly one form: parts
// sorted by name, stored as they are, without times or attributes, a manifest
// with the SHA-256 of each, and in the archive's comment the public key and
// the signature of everything before it. Open puts the archive together again
// from its parts and wants the same bytes, so nothing can hide between them.
//
// A signature says that the file is as its signer left it. Who the signer is,
// only the key's fingerprint tells, noted from another source: the printed
// report, say.
package seal

import (
	"archive/zip"
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Part is one document in a sealed file.
type Part struct {
	Name  string // drill.jsonl: small letters, digits, dots and hyphens
	Bytes []byte
}

// Manifest lists what is in a sealed file.
type Manifest struct {
	Format int      `json:"saban_seal"` // 1
	Drill  string   `json:"drill"`
	Engine string   `json:"engine"` // version that sealed
	Parts  []Listed `json:"parts"`
}

// Listed is a part as the manifest knows it.
type Listed struct {
	Name   string `json:"name"`
	Bytes  int    `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// Limits of a sealed file, of its parts together, in bytes.
const (
	MaxBytes = 256 << 20
	maxParts = 64
)

const (
	manifestName = "manifest.json"
	trailerMark  = "saban-seal-1 "
)

var (
	encoding   = base64.RawStdEncoding.Strict()
	keyLen     = encoding.EncodedLen(ed25519.PublicKeySize)
	sigLen     = encoding.EncodedLen(ed25519.SignatureSize)
	trailerLen = len(trailerMark) + keyLen + 1 + sigLen
	plainName  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)*$`) })
)

// Pack seals parts under a key. The same parts and key give the same bytes.
func Pack(drill, engine string, parts []Part, key ed25519.PrivateKey) ([]byte, error) {
	parts = slices.Clone(parts)
	m := Manifest{Format: 1, Drill: drill, Engine: engine, Parts: []Listed{}}
	sortParts(parts)
	for _, p := range parts {
		if !plainName().MatchString(p.Name) || p.Name == manifestName {
			return nil, fmt.Errorf("seal: a part cannot be called %q", p.Name)
		}
		m.Parts = append(m.Parts, listed(p))
	}
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, err
	}
	parts = append(parts, Part{manifestName, append(text, '\n')})
	sortParts(parts)
	public, ok := key.Public().(ed25519.PublicKey)
	if !ok {
		return nil, errors.New("seal: no Ed25519 key")
	}
	signed, err := archive(parts, public)
	if err != nil {
		return nil, err
	}
	return append(signed, encoding.EncodeToString(ed25519.Sign(key, signed))...), nil
}

func sortParts(parts []Part) {
	slices.SortStableFunc(parts, func(a, b Part) int { return strings.Compare(a.Name, b.Name) })
}

func listed(p Part) Listed {
	sum := sha256.Sum256(p.Bytes)
	return Listed{p.Name, len(p.Bytes), hex.EncodeToString(sum[:])}
}

// archive is the file up to its signature.
func archive(parts []Part, public ed25519.PublicKey) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, p := range parts {
		size := uint64(len(p.Bytes))
		w, err := z.CreateRaw(&zip.FileHeader{Name: p.Name, Method: zip.Store, CRC32: crc32.ChecksumIEEE(p.Bytes), CompressedSize64: size, UncompressedSize64: size})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(p.Bytes); err != nil {
			return nil, err
		}
	}
	// The place of the signature is reserved, then left to the caller.
	if err := z.SetComment(trailerMark + encoding.EncodeToString(public) + " " + strings.Repeat("-", sigLen)); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes()[:out.Len()-sigLen], nil
}
