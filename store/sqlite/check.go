package sqlite

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"saban/engine"
	"saban/store"
)

// quickCheck finds pages that do not hang together; what is written on them
// the chain of each drill and the sum of each record prove.
func quickCheck(c *conn) error { return structure(c, "PRAGMA quick_check(1)") }

func structure(c *conn, pragma string) error {
	lines, err := c.words(pragma)
	if err != nil {
		return err
	}
	if len(lines) == 1 && lines[0] == "ok" {
		return nil
	}
	return &store.DamageError{Err: errors.New(lines[0])}
}

// Checked is what Check found.
type Checked struct {
	Schema  int64                 // number of the last migration
	Drills  []store.Entry         // newest first
	Beats   map[string]store.Beat // last of each drill
	Events  int64                 // of all drills
	Records int64                 // of all kinds
	Bytes   int64                 // of the database and its log
	Faults  []error               // *store.DamageError: what is damaged
}

// Check reads the database of a data folder to its last byte: whether its
// pages hang together, whether the chain of every drill holds, whether every
// record is as it was written. It changes nothing and works beside a process
// that uses the data. The error says why it could not be done; damage is in
// Faults. A folder without data gives fs.ErrNotExist.
func Check(ctx context.Context, dir string) (*Checked, error) {
	return check(ctx, filepath.Join(dir, fileName), "rw")
}

// CheckFile is Check for a file that Backup wrote.
func CheckFile(ctx context.Context, file string) (*Checked, error) { return check(ctx, file, "ro") }

func check(ctx context.Context, file, mode string) (*Checked, error) {
	found := &Checked{Beats: map[string]store.Beat{}}
	err := found.look(ctx, file, mode)
	if found.damaged(err) {
		err = nil
	}
	if err != nil {
		return nil, err
	}
	for _, name := range []string{file, file + "-wal"} {
		if info, err := os.Stat(name); err == nil {
			found.Bytes += info.Size()
		}
	}
	return found, nil
}

// damaged takes note of damage; any other error is not its business.
func (found *Checked) damaged(err error) bool {
	var damage *store.DamageError
	switch {
	case errors.As(err, &damage):
	case code(err) == codeCorrupt || code(err) == codeNotADB:
		damage = &store.DamageError{Err: err}
	default:
		return false
	}
	found.Faults = append(found.Faults, damage)
	return true
}

// look opens a database, reads it, and closes it again.
func (found *Checked) look(ctx context.Context, file, mode string) (err error) {
	if file, err = filepath.Abs(file); err != nil {
		return err
	}
	if _, err := os.Stat(file); err != nil {
		return err
	}
	name := dsn(file, mode, "query_only(1)")
	c, err := connect(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.close()) }()
	if found.Schema, err = schemaOf(c); err != nil {
		return err
	}
	if found.Schema == 0 {
		return &FolderError{Err: ErrForeign,
			Text: engine.Both("%s không có dữ liệu của saban", "%s holds no data of saban", file),
			Hint: engine.Both("chọn tệp do saban backup ghi", "choose a file that saban backup wrote")}
	}
	if err := structure(c, "PRAGMA integrity_check(1)"); err != nil && !found.damaged(err) {
		return err
	}
	s := &Store{drills: map[string]*drill{}}
	if s.read, err = pool(name); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.read.Close()) }()
	if err := (&writer{store: s, strict: c, dirty: map[*drill]keptRow{}}).load(); err != nil {
		return err
	}
	if err := found.drills(ctx, s); err != nil {
		return err
	}
	return found.records(ctx, s, c)
}

// drills reads every log to its end.
func (found *Checked) drills(ctx context.Context, s *Store) (err error) {
	if found.Drills, err = s.Drills(ctx); err != nil {
		return err
	}
	for _, e := range found.Drills {
		found.Events += e.Events
		if b := s.drills[e.Drill].beat; b != (store.Beat{}) {
			found.Beats[e.Drill] = b
		}
		if err := s.Export(ctx, e.Drill, io.Discard); err != nil && !found.damaged(err) {
			return err
		}
	}
	return nil
}

func (found *Checked) records(ctx context.Context, s *Store, c *conn) error {
	kinds, err := c.words("SELECT DISTINCT kind FROM record")
	if err != nil {
		return err
	}
	for _, kind := range kinds {
		records, err := s.Records(ctx, kind)
		if err != nil && !found.damaged(err) {
			return err
		}
		found.Records += int64(len(records))
	}
	return nil
}
