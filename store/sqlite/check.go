package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"os"
	"path/filepath"

	"saban/engine"
	"saban/store"
)

// quickCheck finds pages that do not hang together, and an index that does not
// name what is in its table where nothing else would miss it. What is written
// on the pages the sums prove, and the chain of each drill.
func quickCheck(c *conn) error {
	for _, pragma := range []string{"quick_check(1)", "integrity_check(drill)", "integrity_check(record)"} {
		if err := structure(c, "PRAGMA "+pragma); err != nil {
			return err
		}
	}
	return eachRecord(c, func(err error) error { return err })
}

// eachRecord looks at every record, by the table and not by its index, which
// may have lost some. visit gets nil for one that is intact.
func eachRecord(c *conn, visit func(error) error) error {
	return c.rows("SELECT kind, id, value, sum FROM record NOT INDEXED", func(row []driver.Value) error {
		value, _ := row[2].([]byte)
		_, err := intact(words(row[0]), words(row[1]), value, whole(row[3]))
		return visit(err)
	})
}

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
	// A process may be writing: rows and recent lines have to be of one moment.
	if err := c.script("BEGIN"); err != nil {
		return err
	}
	if err := errors.Join((&writer{store: s, strict: c}).load(), c.script("COMMIT")); err != nil {
		return err
	}
	if err := found.drills(ctx, s); err != nil {
		return err
	}
	return found.records(c)
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
		err := s.Export(ctx, e.Drill, io.Discard)
		if err == nil && !e.Imported {
			err = s.keysOnce(ctx, e.Drill)
		}
		if err != nil && !found.damaged(err) {
			return err
		}
	}
	return nil
}

// keysOnce checks that no key of a drill stands in two events.
func (s *Store) keysOnce(ctx context.Context, drill string) error {
	log, err := s.Events(ctx, drill, 0)
	if err != nil {
		return err
	}
	var again *store.KeyError
	if err := store.FreshKeys(nil, log); errors.As(err, &again) {
		return &store.DamageError{Drill: drill, Err: err,
			What: engine.Both("khóa %q đứng ở hai sự kiện, sự kiện đầu là %d", "the key %q stands in two events, the first is %d", again.Key, again.Seq)}
	}
	return nil
}

func (found *Checked) records(c *conn) error {
	return eachRecord(c, func(err error) error {
		found.Records++
		if err != nil && !found.damaged(err) {
			return err
		}
		return nil
	})
}
