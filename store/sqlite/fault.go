package sqlite

import (
	"errors"
	"syscall"

	driverpkg "modernc.org/sqlite"

	"saban/engine"
	"saban/store"
)

// Why a data folder cannot be used.
var (
	ErrInUse   = errors.New("another process uses the data folder")
	ErrNewer   = errors.New("the data was written by a newer version")
	ErrForeign = errors.New("the database is another program's")
)

// FolderError says why a data folder cannot be used, and what to do. It wraps
// one of the errors above or what the system said.
type FolderError struct {
	Text, Hint engine.Text
	Err        error
}

func (e *FolderError) Error() string { return e.Text.EN }

func (e *FolderError) Unwrap() error { return e.Err }

// Result codes of SQLite that matter here; the low byte of an extended code.
const (
	codeReadOnly   = 8
	codeFull       = 13
	codeCantOpen   = 14
	codeConstraint = 19
	codeIO         = 10
	codeCorrupt    = 11
	codeNotADB     = 26
)

// code gives the primary result code, 0 for any other error.
func code(err error) int {
	var e *driverpkg.Error
	if errors.As(err, &e) {
		return e.Code() & 0xff
	}
	return 0
}

// wrote puts an error of writing into the words of store. Refusals stay as
// they are.
func wrote(err error) error {
	switch code(err) {
	case 0:
		if errors.Is(err, syscall.ENOSPC) {
			return &store.WriteError{Err: errors.Join(store.ErrNoSpace, err)}
		}
		return err
	case codeFull:
		return &store.WriteError{Err: errors.Join(store.ErrNoSpace, err)}
	case codeCorrupt, codeNotADB:
		return &store.DamageError{Err: err}
	case codeConstraint:
		return errors.Join(store.ErrExists, err)
	}
	return &store.WriteError{Err: err}
}

// final reports whether no more may be written after err until the database
// is opened anew. What a failed write or sync has left in the log nobody
// knows, and a later commit might rest on it. A full disk is not of that kind:
// SQLite learns of it before anything counts.
func final(err error) bool {
	switch code(err) {
	case codeIO, codeCorrupt, codeNotADB:
		return true
	}
	return false
}

// readFault puts an error of reading into the words of store.
func readFault(drill string, err error) error {
	var p *store.Problem
	switch {
	case errors.As(err, &p):
		return &store.DamageError{Drill: drill, Err: p}
	case code(err) == codeCorrupt || code(err) == codeNotADB || code(err) == codeIO:
		return &store.DamageError{Drill: drill, Err: err}
	}
	return err
}
