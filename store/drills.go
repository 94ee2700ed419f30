package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"saban/engine"
)

// Store keeps drills, and records that belong beside their logs. It may be
// used by several goroutines at once. What a nil error acknowledged is kept
// whatever happens to the process; Memory keeps it as long as it lives.
//
// Errors to test for, besides those named below: ErrStopped after Close, the
// context's own error when it ended first (what was asked may have been done
// all the same), *WriteError when the disk fails, *DamageError when what was
// kept is no longer what was written.
type Store interface {
	// Create begins a drill under h.Drill, its log empty. ErrExists when
	// there is one; *UnfitError for a header that cannot be kept.
	Create(ctx context.Context, h Header) error
	// Drills lists every drill, the newest first.
	Drills(ctx context.Context) ([]Entry, error)
	// Header gives what was fixed before the drill. ErrNotFound.
	Header(ctx context.Context, drill string) (Header, error)
	// Events gives those with a Seq over after, in order. ErrNotFound.
	Events(ctx context.Context, drill string, after int64) ([]engine.Event, error)
	// Append adds all of the events or none, and they are on disk when it
	// returns nil. Their Seq goes on from the last one kept, else
	// *ConflictError; a Key is used once in a drill, else *KeyError. ErrClosed,
	// ErrReadOnly, ErrNotFound, and *UnfitError as Writer.Append has it.
	Append(ctx context.Context, drill string, events []engine.Event) error
	// CloseLog ends the log with its closed line and gives the head hash, the
	// same one every time. ErrNotFound, ErrReadOnly.
	CloseLog(ctx context.Context, drill string) (head string, err error)
	// Export writes the drill file, byte for byte as a Writer would have
	// written it. ErrNotFound, or what w failed with.
	Export(ctx context.Context, drill string, w io.Writer) error
	// Import keeps a drill file, whole and read-only. The same bytes twice are
	// the same entry. A *Problem when the file is damaged or torn.
	Import(ctx context.Context, r io.Reader) (Entry, error)
	// Beat notes that a drill was being conducted then. It never makes an
	// Append wait, and the last one may be lost in a power cut. ErrNotFound.
	Beat(ctx context.Context, drill string, b Beat) error
	// LastBeat gives the beat noted last, the zero Beat when there is none.
	// ErrNotFound.
	LastBeat(ctx context.Context, drill string) (Beat, error)
	// Put keeps a record (a name, a plan, a session …) in place of the one
	// before; a nil value deletes it. At most MaxRecord bytes: *UnfitError.
	Put(ctx context.Context, kind, id string, value []byte) error
	// Get gives a record. ErrNotFound.
	Get(ctx context.Context, kind, id string) ([]byte, error)
	// Records gives all of a kind, in byte order of their ids.
	Records(ctx context.Context, kind string) ([]Record, error)
	// Erase deletes the records that which picks of all there are, and has
	// their bytes overwritten wherever the store keeps them, in copies of its
	// data that lie beside it too: which is asked for each copy, and told a
	// value of at most MaxPicked bytes, else nil. It says which
	// files of the store and beside it still hold one of the texts, byte for
	// byte. Logs stay as they are.
	Erase(ctx context.Context, which func([]Kept) []Kept, texts []string) (Erased, error)
	// Close waits for what is under way, then refuses everything else.
	Close() error
}

// Kept is a record with its kind.
type Kept struct {
	Kind string
	Record
}

// Erased is what Erase did beside deleting.
type Erased struct {
	Copies []string // files with copies of the data, erased there as well
	Left   []string // files that still hold one of the texts
}

// Beat is a moment at which a drill was being conducted.
type Beat struct {
	At   engine.Millis // exercise time
	Wall int64         // wall clock, milliseconds since 1970 UTC
}

// Entry is a drill as a list shows it; all else is in its Header.
type Entry struct {
	Drill    string           // what the drill is asked for by; of an imported one ImportName
	Created  int64            // wall clock when it was created or imported, milliseconds since 1970 UTC
	Scenario string           // Header.Scenario.Name
	Site     string           // Header.Site.Name, "" without a site
	Events   int64            // how many
	Last     engine.EventType // type of the last event, "" without one
	Recorded int64            // wall clock of the last event, 0 without one
	Bytes    int64            // size of the drill file
	Head     string           // hash of the last line, the closed line excepted
	Closed   bool             // the log has its closed line
	Imported bool             // read-only
}

// Record is a value kept under a kind and an id.
type Record struct {
	ID    string
	Value []byte
}

// Caps of what a Store takes besides Limits.
const (
	MaxName   = 256      // bytes of the id of a drill, the kind or the id of a record
	MaxRecord = 1 << 20  // bytes of a record
	MaxPicked = 64 << 10 // bytes of a record that Erase shows: no photo
)

// What a Store refuses.
var (
	ErrNotFound = errors.New("there is no such drill or record")
	ErrExists   = errors.New("there is a drill of this id already")
	ErrReadOnly = errors.New("the drill was imported and is read-only")
	ErrStopped  = errors.New("the store is closed")
)

// ConflictError says that the events do not go on from the last one kept:
// somebody else has appended. Load what follows and decide again.
type ConflictError struct{ Last int64 }

func (e *ConflictError) Error() string {
	return fmt.Sprintf("the log has gone on to event %d", e.Last)
}

// KeyError says that a key was used before, in event Seq.
type KeyError struct {
	Key string
	Seq int64
}

func (e *KeyError) Error() string {
	return fmt.Sprintf("the key %q was used in event %d", e.Key, e.Seq)
}

// CheckName gives an *UnfitError for what cannot name a drill, a kind or a
// record: nothing at all, over MaxName bytes, not UTF-8, control characters.
func CheckName(name string) error {
	var text engine.Text
	switch {
	case name == "":
		text = engine.Both("mã để trống", "the id is empty")
	case len(name) > MaxName:
		text = engine.Both("mã dài quá %d byte", "the id is longer than %d bytes", MaxName)
	case !utf8.ValidString(name):
		text = notUTF8()
	case strings.ContainsFunc(name, unicode.IsControl):
		text = engine.Both("mã có ký tự điều khiển", "the id holds control characters")
	default:
		return nil
	}
	return &UnfitError{Text: text}
}

// CheckRecord gives an *UnfitError for a record that cannot be kept.
func CheckRecord(kind, id string, value []byte) error {
	if err := errors.Join(CheckName(kind), CheckName(id)); err != nil {
		return err
	}
	if len(value) > MaxRecord {
		return &UnfitError{Text: engine.Both("dài quá %d byte", "longer than %d bytes", MaxRecord)}
	}
	return nil
}

// FreshKeys refuses a key used before, in the log or among the events: a
// *KeyError. used says in which event each key of the log stands.
func FreshKeys(used map[string]int64, events []engine.Event) error {
	var here map[string]int64
	for i := range events {
		key := events[i].Key
		if key == "" {
			continue
		}
		seq, again := used[key]
		if !again {
			seq, again = here[key]
		}
		if again {
			return &KeyError{Key: key, Seq: seq}
		}
		if i == len(events)-1 {
			break // most batches have one key, and need no map
		}
		if here == nil {
			here = map[string]int64{}
		}
		here[key] = events[i].Seq
	}
	return nil
}

// ImportName is what an imported drill is asked for by: the id it had, then
// twelve hex digits of the hash of its bytes, so that two files never meet.
func ImportName(drill string, file []byte) string {
	sum := sha256.Sum256(file)
	mark := "@" + hex.EncodeToString(sum[:6])
	name := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, drill)
	for len(name)+len(mark) > MaxName {
		_, size := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-size]
	}
	return name + mark
}
