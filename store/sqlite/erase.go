package sqlite

import (
	"bytes"
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"saban/store"
)

// Erase implements store.Store. Deleted bytes are zeroed on their pages
// (secure_delete); then the database is written anew, so that none is left
// where pages were moved about, and the log beside it is emptied. Nobody else
// writes meanwhile. Copies are the databases of saban in the folder and in
// those below it: backups, and what a restore set aside.
func (s *Store) Erase(ctx context.Context, which func([]store.Kept) []store.Kept, texts []string) (store.Erased, error) {
	var out store.Erased
	var c *conn
	var scrubbed error
	err := s.ask(ctx, &request{do: func(own *conn) error {
		c = own
		return deleteRecords(c, which)
	}, after: func(err error) {
		if err == nil {
			scrubbed = scrub(c)
		}
	}})
	if err == nil {
		err = scrubbed
	}
	if err != nil {
		return out, err
	}
	dir := filepath.Dir(s.lock.Name())
	own := filepath.Join(dir, fileName)
	files, err := filesBelow(dir)
	if err != nil {
		return out, err
	}
	for _, file := range files {
		if file == own || !isCopy(file) {
			continue
		}
		if err := eraseCopy(file, which); err != nil {
			return out, fmt.Errorf("%s: %w", file, err)
		}
		out.Copies = append(out.Copies, file)
	}
	out.Left, err = stillHold(dir, texts)
	return out, err
}

func deleteRecords(c *conn, which func([]store.Kept) []store.Kept) error {
	var all []store.Kept
	err := c.rows(fmt.Sprintf("SELECT kind, id, CASE WHEN length(value) <= %d THEN value END FROM record", store.MaxPicked), func(row []driver.Value) error {
		value, _ := row[2].([]byte)
		all = append(all, store.Kept{Kind: words(row[0]), Record: store.Record{ID: words(row[1]), Value: bytes.Clone(value)}})
		return nil
	})
	if err != nil {
		return err
	}
	for _, k := range which(all) {
		if err := c.exec("DELETE FROM record WHERE kind = ? AND id = ?", k.Kind, k.ID); err != nil {
			return err
		}
	}
	return nil
}

// scrub writes the database anew and empties its log. A reader may hold the
// log open for a moment; busy_timeout waits for it.
func scrub(c *conn) error {
	if err := c.script("PRAGMA temp_store = MEMORY; VACUUM"); err != nil {
		return wrote(err)
	}
	busy, err := c.number("PRAGMA wal_checkpoint(TRUNCATE)")
	if err == nil && busy != 0 {
		return errBusy
	}
	return wrote(err)
}

var errBusy = errors.New("the log of the database is being read and could not be emptied; try again")

// isCopy reports whether a file is a database of saban.
func isCopy(file string) bool {
	f, err := os.Open(file)
	if err != nil {
		return false
	}
	head := make([]byte, 16)
	_, err = io.ReadFull(f, head)
	_ = f.Close()
	return err == nil && string(head) == "SQLite format 3\x00" && ours(file) == nil
}

func eraseCopy(file string, which func([]store.Kept) []store.Kept) (err error) {
	c, err := connect(dsn(file, "rw", "synchronous(FULL)", "secure_delete(1)"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.close()) }()
	if version, err := schemaOf(c); err != nil || version == 0 {
		return err
	}
	if err := c.script("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	if err := deleteRecords(c, which); err != nil {
		_ = c.script("ROLLBACK") // the first error is the one to tell
		return err
	}
	if err := c.script("COMMIT"); err != nil {
		return err
	}
	return scrub(c)
}

// filesBelow lists the regular files of a folder and those below it.
func filesBelow(dir string) (files []string, err error) {
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			files = append(files, path)
		}
		if errors.Is(err, fs.ErrNotExist) { // SQLite makes and removes files of its own
			return nil
		}
		return err
	})
	return files, err
}

// stillHold lists the files in which one of the texts stands, byte for byte.
func stillHold(dir string, texts []string) (left []string, err error) {
	var needles [][]byte
	for _, text := range texts {
		if strings.TrimSpace(text) != "" {
			needles = append(needles, []byte(text))
		}
	}
	if len(needles) == 0 {
		return nil, nil
	}
	files, err := filesBelow(dir)
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		found, err := holds(file, needles)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		if found {
			left = append(left, file)
		}
	}
	return left, nil
}

// holds looks through a file of any size.
func holds(file string, needles [][]byte) (bool, error) {
	longest := 0
	for _, n := range needles {
		longest = max(longest, len(n))
	}
	f, err := os.Open(file)
	if err != nil {
		return false, err
	}
	defer f.Close()
	window := make([]byte, 0, 1<<20)
	for {
		n, err := io.ReadFull(f, window[len(window):cap(window)])
		window = window[:len(window)+n]
		for _, needle := range needles {
			if bytes.Contains(window, needle) {
				return true, nil
			}
		}
		if err != nil {
			if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				return false, nil
			}
			return false, err
		}
		keep := min(longest, len(window))
		window = append(window[:0], window[len(window)-keep:]...)
	}
}
