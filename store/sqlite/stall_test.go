package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"saban/store/storetest"
)

// stalled has the database wait, as on a disk that hangs, until it is let go.
func stalled(t *testing.T, dir string) (release func()) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, "saban.db"))
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	held, err := db.Conn(t.Context())
	must(t, err)
	_, err = held.ExecContext(t.Context(), "BEGIN IMMEDIATE")
	must(t, err)
	return func() {
		_, err := held.ExecContext(t.Context(), "ROLLBACK")
		must(t, err)
		must(t, held.Close())
	}
}

func TestADiskThatHangs(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	must(t, s.Create(t.Context(), storetest.Header("one")))
	must(t, s.Append(t.Context(), "one", storetest.Events(0, 1)))
	release := stalled(t, dir)
	for _, step := range []string{"the one it stands at", "one behind it"} {
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		if err := s.Append(ctx, "one", storetest.Events(1, 1)); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: %v, and not at its deadline", step, err)
		}
		cancel()
	}
	release()
	// What was handed over before is carried out.
	must(t, s.Append(t.Context(), "one", storetest.Events(2, 1)))
	reads(t, s, 3)
}
