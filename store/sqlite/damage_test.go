package sqlite_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"saban/engine"
	"saban/store"
	"saban/store/sqlite"
	"saban/store/storetest"
)

func isExists(err error) bool { return errors.Is(err, store.ErrExists) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// beside runs a statement on the database of a folder past the store.
func beside(t *testing.T, dir, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, "saban.db"))
	must(t, err)
	defer func() { must(t, db.Close()) }()
	_, err = db.Exec(statement)
	must(t, err)
}

// filled fills a new data folder and says what is in it: whatever a caller
// can ask for.
func filled(t *testing.T, dir string) map[string]string {
	t.Helper()
	ctx := context.Background()
	s, err := sqlite.Open(dir)
	must(t, err)
	for i := range 5 {
		drill := fmt.Sprint("drill-", i)
		must(t, s.Create(ctx, storetest.Header(drill)))
		must(t, s.Append(ctx, drill, storetest.Events(0, 40*i)))
		must(t, s.Beat(ctx, drill, store.Beat{At: engine.Millis(i * 1000), Wall: int64(i) * 1e12}))
		must(t, s.Put(ctx, "name", fmt.Sprint("p", i), fmt.Append(nil, "người thứ ", i)))
	}
	_, err = s.CloseLog(ctx, "drill-3")
	must(t, err)
	file, _ := storetest.File(t, storetest.Header("far"), storetest.Events(0, 50), true)
	_, err = s.Import(ctx, bytes.NewReader(file))
	must(t, err)
	must(t, s.Close())
	s, err = sqlite.Open(dir)
	must(t, err)
	held, err := contents(s)
	must(t, err)
	must(t, s.Close())
	beside(t, dir, "VACUUM") // each line stands in the file once
	return held
}

// contents is all that a store answers, as far as it answers.
func contents(s *sqlite.Store) (map[string]string, error) {
	ctx := context.Background()
	held := map[string]string{}
	list, err := s.Drills(ctx)
	if err != nil {
		return held, err
	}
	held["drills"] = fmt.Sprint(list)
	for i := range 5 {
		drill := fmt.Sprint("drill-", i)
		var file bytes.Buffer
		if own := s.Export(ctx, drill, &file); own == nil {
			held["file "+drill] = file.String()
		} else {
			err = errors.Join(err, own)
		}
		if events, own := s.Events(ctx, drill, 0); own == nil {
			held["events "+drill] = fmt.Sprintf("%+v", events)
		} else {
			err = errors.Join(err, own)
		}
		if h, own := s.Header(ctx, drill); own == nil {
			held["header "+drill] = h.Scenario.Bytes
		} else {
			err = errors.Join(err, own)
		}
	}
	records, own := s.Records(ctx, "name")
	if own == nil {
		held["records"] = fmt.Sprint(records)
	}
	return held, errors.Join(err, own)
}

// A disk alters bytes. Whatever it is, the store says so or still answers what
// was written: nothing is lost in silence.
func TestDamagedPages(t *testing.T) {
	sound := t.TempDir()
	want := filled(t, sound)
	database, err := os.ReadFile(filepath.Join(sound, "saban.db"))
	must(t, err)
	trials := 150
	if testing.Short() {
		trials = 30
	}
	found := 0
	random := rand.New(rand.NewPCG(1, 2))
	for n := range trials {
		damaged := bytes.Clone(database)
		at := random.IntN(len(damaged))
		for i := range 1 + random.IntN(24) {
			damaged[min(at+i, len(damaged)-1)] ^= byte(1 + random.IntN(255))
		}
		dir := t.TempDir()
		must(t, os.WriteFile(filepath.Join(dir, "saban.db"), damaged, 0o600))
		if loud(t, dir, want, fmt.Sprintf("trial %d, byte %d", n, at)) {
			found++
		}
	}
	t.Logf("%d of %d were found; the others hit bytes that hold nothing", found, trials)
	if found < trials/3 {
		t.Error("too few to believe the test")
	}
}

// loud reports whether the damage was found, and fails when it was not but
// something is different.
func loud(t *testing.T, dir string, want map[string]string, what string) bool {
	t.Helper()
	s, err := sqlite.Open(dir)
	if err != nil {
		var damage *store.DamageError
		var folder *sqlite.FolderError
		if !errors.As(err, &damage) && !errors.As(err, &folder) {
			t.Errorf("%s: Open: %v", what, err)
		}
		return true
	}
	defer s.Close()
	got, err := contents(s)
	for key, text := range got {
		if text != want[key] {
			t.Errorf("%s: %s was altered in silence\n%.300s\n%.300s", what, key, text, want[key])
		}
	}
	var damage *store.DamageError
	switch {
	case err == nil && len(got) != len(want):
		t.Errorf("%s: something is missing in silence", what)
	case err != nil && !errors.As(err, &damage):
		t.Errorf("%s: %v", what, err)
	}
	return err != nil
}

func TestDamagedLine(t *testing.T) {
	dir := t.TempDir()
	filled(t, dir)
	file := filepath.Join(dir, "saban.db")
	database, err := os.ReadFile(file)
	must(t, err)
	old := []byte(`"drill":"drill-4"`)
	at := bytes.Index(database, []byte("ghi chú 97 "))
	if at < 0 || !bytes.Contains(database, old) {
		t.Fatal("the line is not there")
	}
	database[at+9] = '8'
	must(t, os.WriteFile(file, database, 0o600))
	s := open(t, dir)
	ctx := context.Background()
	drill := ""
	for _, name := range []string{"drill-3", "drill-4"} { // whichever lies first
		if _, err := s.Events(ctx, name, 0); err != nil {
			drill = name
		}
	}
	_, err = s.Events(ctx, drill, 0)
	var damage *store.DamageError
	var p *store.Problem
	if !errors.As(err, &damage) || !errors.As(err, &p) || damage.Drill != drill || p.Line != 98 {
		t.Fatalf("%v", err)
	}
	if text := damage.Text(); text.VI == "" || !strings.Contains(damage.Hint().EN, "saban restore") {
		t.Errorf("%+v", text)
	}
	// No line is hung onto a broken chain, and the others are as before.
	if err := s.Append(ctx, drill, storetest.Events(160, 1)); drill == "drill-4" && !errors.As(err, &damage) {
		t.Errorf("appended behind damage: %v", err)
	}
	must(t, s.Append(ctx, "drill-2", storetest.Events(80, 1)))
	found, err := sqlite.Check(ctx, dir)
	must(t, err)
	if len(found.Faults) != 1 || !errors.As(found.Faults[0], &damage) || damage.Drill != drill {
		t.Errorf("Check: %v", found.Faults)
	}
}

// Lines that are not packed yet and were altered meanwhile are refused, and
// stay as they are: packing hides nothing.
func TestDamagedRecentLine(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	s := open(t, dir)
	must(t, s.Create(ctx, storetest.Header("one")))
	must(t, s.Create(ctx, storetest.Header("two")))
	must(t, s.Append(ctx, "one", storetest.Events(0, 9)))
	must(t, s.Append(ctx, "two", storetest.Events(0, 7)))
	beside(t, dir, "PRAGMA wal_checkpoint(TRUNCATE)")
	database, err := os.ReadFile(filepath.Join(dir, "saban.db"))
	must(t, err)
	database = bytes.Replace(database, []byte("ghi chú 4 "), []byte("ghi chú 5 "), 1)

	killed := t.TempDir() // as the folder lies there after a kill
	must(t, os.WriteFile(filepath.Join(killed, "saban.db"), database, 0o600))
	for _, when := range []string{"before others are packed", "once others are"} {
		s, err := sqlite.Open(killed)
		must(t, err)
		damaged := 0
		for drill, n := range map[string]int{"one": 9, "two": 7} {
			events, err := s.Events(ctx, drill, 0)
			var damage *store.DamageError
			switch {
			case errors.As(err, &damage):
				damaged++
			case err != nil || len(events) != n:
				t.Errorf("%s, %s: %d events, %v", when, drill, len(events), err)
			}
		}
		if damaged != 1 {
			t.Errorf("%s: %d drills are damaged", when, damaged)
		}
		must(t, s.Close())
		if found, err := sqlite.Check(ctx, killed); err != nil || len(found.Faults) != 1 {
			t.Errorf("%s: Check: %+v, %v", when, found, err)
		}
	}
}
