package sqlite_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"saban/engine"
	"saban/store"
	"saban/store/sqlite"
	"saban/store/storetest"
)

// untilFull appends until the disk refuses, and gives the number of events
// acknowledged.
func untilFull(t *testing.T, s *sqlite.Store, drill string, at int64) int64 {
	t.Helper()
	for range 2000 {
		err := s.Append(context.Background(), drill, storetest.Events(at, 20))
		if err == nil {
			at += 20
			continue
		}
		noSpace(t, err)
		return at
	}
	t.Fatal("the disk is never full")
	return 0
}

func noSpace(t *testing.T, err error) {
	t.Helper()
	var failed *store.WriteError
	if !errors.As(err, &failed) || !errors.Is(err, store.ErrNoSpace) {
		t.Fatalf("%v", err)
	}
	if text := failed.Text(); !strings.Contains(text.EN, "the disk is full") || !strings.Contains(text.EN, "delete files") || text.VI == "" {
		t.Errorf("%+v", text)
	}
}

func TestFullDisk(t *testing.T) {
	ctx := context.Background()
	disk := storetest.SmallDisk(t, "6m")
	dir := filepath.Join(disk, "data")
	s, err := sqlite.Open(dir)
	must(t, err)
	must(t, s.Create(ctx, storetest.Header("one")))
	must(t, s.Append(ctx, "one", storetest.Events(0, 100)))
	at := int64(100)
	for range 3 { // full, and room again
		ballast := storetest.Fill(t, disk)
		at = untilFull(t, s, "one", at)
		noSpace(t, s.Create(ctx, storetest.Header("two")))
		noSpace(t, s.Put(ctx, "plan", "a", make([]byte, 1<<20)))
		file, _ := storetest.File(t, storetest.Header("far"), storetest.Events(0, 3000), true)
		_, err := s.Import(ctx, strings.NewReader(string(file)))
		noSpace(t, err)
		must(t, s.Beat(ctx, "one", store.Beat{At: engine.Millis(at)})) // lost, and nobody waits for it
		reads(t, s, at)
		must(t, os.Remove(ballast))
		must(t, s.Append(ctx, "one", storetest.Events(at, 30)))
		at += 30
		reads(t, s, at)
	}
	ballast := storetest.Fill(t, disk)
	at = untilFull(t, s, "one", at)
	_ = s.Close() // the log cannot be moved into the database: it stays beside it
	must(t, os.Remove(ballast))
	s, err = sqlite.Open(dir)
	must(t, err)
	reads(t, s, at)
	must(t, s.Close())
	found, err := sqlite.Check(ctx, dir)
	must(t, err)
	if len(found.Faults) > 0 || found.Events != at {
		t.Errorf("%+v", found)
	}
}

// reads checks that the drill has exactly the events acknowledged.
func reads(t *testing.T, s *sqlite.Store, want int64) {
	t.Helper()
	var got strings.Builder
	must(t, s.Export(context.Background(), "one", &got))
	file, _ := storetest.File(t, storetest.Header("one"), storetest.Events(0, int(want)), false)
	if got.String() != string(file) {
		t.Fatalf("after %d events the file is another", want)
	}
}

func TestFullDiskAtTheStart(t *testing.T) {
	disk := storetest.SmallDisk(t, "1m")
	ballast := storetest.Fill(t, disk)
	refused(t, filepath.Join(disk, "data"), nil, "the disk is full")
	must(t, os.Remove(ballast))
	open(t, filepath.Join(disk, "data"))
}

func TestReadOnlyFolder(t *testing.T) {
	disk := storetest.SmallDisk(t, "4m")
	dir := filepath.Join(disk, "data")
	s, err := sqlite.Open(dir)
	must(t, err)
	must(t, s.Close())
	must(t, unix.Mount("", disk, "", unix.MS_REMOUNT|unix.MS_RDONLY, ""))
	refused(t, dir, nil, "cannot be written")
	refused(t, filepath.Join(disk, "other"), nil, "cannot be written")
}
