// Package store keeps drills in files that anybody can check, and says what a
// Store of many drills must do.
//
// A drill file (*.drill.jsonl) is text, one JSON object a line. Line 1 is the
// Header: all that scoring and reporting need, the bytes of the scenario
// included. Every further line is one event. A drill that is over ends with a
// line of type "closed" that counts the events and names the head, the hash of
// the line before it.
//
// The last key of every line is "hash": the SHA-256, in lower case hex, of the
// hash written on the line before (64 hex digits; nothing for the header)
// followed by the line's object without that key. Three shell commands check
// a line, so nobody has to take this package's word:
//
//	prev=$(sed -n 6p x.drill.jsonl | sed 's/.*"hash":"//; s/"}$//')
//	body=$(sed -n 7p x.drill.jsonl | sed 's/,"hash":"[0-9a-f]*"}$/}/')
//	printf %s%s "$prev" "$body" | sha256sum
//
// Start with NewWriter and Read; Verify names the line that was altered;
// Resume finds where a torn file can be continued. What Append acknowledged is
// on disk when the writer below has a Sync method: persist, then publish.
//
// A Store keeps many drills: Memory here, a database in store/sqlite. It seals
// the same lines, so that its Export is a drill file. A Store is safe for use
// by several goroutines at once; nothing else here is.
package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"unicode/utf8"

	"saban/engine"
)

// Format is the format of drill files that this version writes and reads.
const Format = 1

// Header is the first line of a drill file: all that was fixed before the
// drill, so that the file needs nothing beside it.
type Header struct {
	Format   int     `json:"format"` // 0 is written as Format
	Engine   string  `json:"engine"` // engine version that wrote it
	Drill    string  `json:"drill"`  // id of the drill
	Seed     uint64  `json:"seed"`   // order of choices only
	Scenario Pinned  `json:"scenario"`
	Site     *Pinned `json:"site,omitempty"`
	Rubric   Pinned  `json:"rubric"` // complete: default, scenario and file resolved
}

// Pinned is a file as it was at StartEx.
type Pinned struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"` // of Bytes, in lower case hex
	Bytes  string `json:"bytes"`  // the exact text, UTF-8
}

// Pin takes a file's bytes and works out their hash.
func Pin(name string, text []byte) Pinned {
	sum := sha256.Sum256(text)
	return Pinned{Name: name, SHA256: hex.EncodeToString(sum[:]), Bytes: string(text)}
}

// Limits are the caps a file is read and written under. A zero field means
// the value beside it.
type Limits struct {
	Bytes  int64 // whole file: 64 MiB
	Events int   // 1,000,000
	Line   int   // one event: 64 KiB
	Header int   // line 1, which holds the pinned files: 8 MiB
}

func (l Limits) filled() Limits {
	if l.Bytes == 0 {
		l.Bytes = 64 << 20
	}
	if l.Events == 0 {
		l.Events = 1_000_000
	}
	if l.Line == 0 {
		l.Line = 64 << 10
	}
	if l.Header == 0 {
		l.Header = 8 << 20
	}
	return l
}

// filled gives the header with its format and every sha256.
func (h Header) filled() Header {
	if h.Format == 0 {
		h.Format = Format
	}
	for _, p := range []*Pinned{&h.Scenario, &h.Rubric} {
		if p.SHA256 == "" {
			*p = Pin(p.Name, []byte(p.Bytes))
		}
	}
	if h.Site != nil && h.Site.SHA256 == "" {
		site := Pin(h.Site.Name, []byte(h.Site.Bytes))
		h.Site = &site
	}
	return h
}

// fault says what is wrong with the header itself, or gives an empty text.
func (h *Header) fault() engine.Text {
	if h.Format != Format {
		return engine.Both("tệp theo định dạng %d, bản này chỉ đọc định dạng %d", "the file has format %d, this version reads format %d", h.Format, Format)
	}
	pins := []struct {
		key string
		pin *Pinned
	}{{"scenario", &h.Scenario}, {"site", h.Site}, {"rubric", &h.Rubric}}
	for _, p := range pins {
		if p.pin == nil {
			continue
		}
		if Pin("", []byte(p.pin.Bytes)).SHA256 != p.pin.SHA256 {
			return engine.Both("nội dung %q kèm theo không khớp sha256 của nó", "the bytes of %q do not match their sha256", p.key)
		}
	}
	return engine.Text{}
}

// valid reports whether every text of the header is UTF-8: anything else
// would be read back as other bytes than were pinned.
func (h *Header) valid() bool {
	texts := []string{h.Engine, h.Drill, h.Scenario.Name, h.Scenario.Bytes, h.Rubric.Name, h.Rubric.Bytes}
	if h.Site != nil {
		texts = append(texts, h.Site.Name, h.Site.Bytes)
	}
	for _, t := range texts {
		if !utf8.ValidString(t) {
			return false
		}
	}
	return true
}

// encode gives the canonical object of any line but an event's.
func encode(v any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil // structs of strings and numbers always encode
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// decode is strict: unknown keys and anything after the object are errors.
func decode(object []byte, into any) error {
	dec := json.NewDecoder(bytes.NewReader(object))
	dec.DisallowUnknownFields()
	return dec.Decode(into)
}

// closing is the last line of a drill that is over.
type closing struct {
	Type  string `json:"type"` // "closed"
	Count int    `json:"count"`
	Head  string `json:"head"`
}

const closedPrefix = `{"type":"closed"`
