package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"saban/store"
	"saban/store/sqlite"
	"saban/store/storetest"
)

// A backup taken beside a running store is whole, and holds all that was
// acknowledged before it began.
func TestBackupWhileAppending(t *testing.T) {
	ctx := context.Background()
	dir, out := t.TempDir(), t.TempDir()
	s := open(t, dir)
	stop := make(chan struct{})
	var wg sync.WaitGroup
	var mu sync.Mutex
	acknowledged := map[string]int64{}
	for i := range 4 {
		drill := fmt.Sprint("drill-", i)
		must(t, s.Create(ctx, storetest.Header(drill)))
		wg.Go(func() {
			for at := int64(0); ; at += 5 {
				select {
				case <-stop:
					return
				default:
				}
				if err := s.Append(ctx, drill, storetest.Events(at, 5)); err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				acknowledged[drill] = at + 5
				mu.Unlock()
			}
		})
	}
	for n := range 5 {
		mu.Lock()
		before := map[string]int64{}
		for drill, at := range acknowledged {
			before[drill] = at
		}
		mu.Unlock()
		file := filepath.Join(out, fmt.Sprint(n, ".db"))
		found, err := sqlite.Backup(ctx, dir, file)
		must(t, err)
		if len(found.Drills) != 4 || len(found.Faults) != 0 {
			t.Fatalf("%+v", found)
		}
		for _, e := range found.Drills {
			if e.Events < before[e.Drill] {
				t.Errorf("%s: %d events, %d were acknowledged", e.Drill, e.Events, before[e.Drill])
			}
		}
	}
	close(stop)
	wg.Wait()
	files, err := os.ReadDir(out)
	must(t, err)
	if len(files) != 5 {
		t.Errorf("something was left behind: %v", files)
	}
}

func TestBackupAndRestore(t *testing.T) {
	ctx := context.Background()
	dir, file := t.TempDir(), filepath.Join(t.TempDir(), "bản lưu.db")
	want := filled(t, dir)
	found, err := sqlite.Backup(ctx, dir, file)
	must(t, err)
	if len(found.Drills) != 6 || found.Events != 450 || found.Records != 5 || found.Bytes == 0 || found.Schema != 1 || found.Beats["drill-4"].At != 4000 {
		t.Errorf("%+v", found)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if _, err := sqlite.Backup(ctx, dir, file); !errors.Is(err, fs.ErrExist) {
		t.Errorf("written over: %v", err)
	}

	s := open(t, dir) // what happens after the backup is set aside
	must(t, s.Create(ctx, storetest.Header("later")))
	if _, err := sqlite.Restore(ctx, dir, file); !errors.Is(err, sqlite.ErrInUse) {
		t.Errorf("restored under a running store: %v", err)
	}
	must(t, s.Close())
	for name, to := range map[string]string{"over data": dir, "into a new folder": filepath.Join(t.TempDir(), "new")} {
		back, err := sqlite.Restore(ctx, to, file)
		must(t, err)
		s := open(t, to)
		got, err := contents(s)
		must(t, err)
		for key := range want {
			if got[key] != want[key] {
				t.Errorf("%s: %s is another", name, key)
			}
		}
		must(t, s.Close())
		if name != "over data" {
			if back.Aside != "" {
				t.Errorf("set aside %s", back.Aside)
			}
			continue
		}
		old := open(t, back.Aside)
		list, err := old.Drills(ctx)
		must(t, err)
		if !listed(list, "later") || len(list) != 7 {
			t.Errorf("set aside: %v", list)
		}
	}
}

func TestRestoreRefuses(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	want := filled(t, dir)
	backup := filepath.Join(t.TempDir(), "x.db")
	_, err := sqlite.Backup(ctx, dir, backup)
	must(t, err)
	text, err := os.ReadFile(backup)
	must(t, err)
	altered := strings.Replace(string(text), "ghi chú 33 ", "ghi chú 34 ", 1)
	for name, bad := range map[string]string{"altered": altered, "cut off": string(text[:len(text)/2]), "empty": "", "another file": strings.Repeat("xyz\n", 2000)} {
		file := filepath.Join(t.TempDir(), "bad.db")
		must(t, os.WriteFile(file, []byte(bad), 0o600))
		_, err := sqlite.Restore(ctx, dir, file)
		var damage *store.DamageError
		var folder *sqlite.FolderError
		if !errors.As(err, &damage) && !errors.As(err, &folder) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := sqlite.Restore(ctx, dir, filepath.Join(dir, "none.db")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	files, err := os.ReadDir(dir)
	must(t, err)
	if len(files) != 2 {
		t.Errorf("something was left behind: %v", files)
	}
	s := open(t, dir)
	got, err := contents(s)
	must(t, err)
	for key := range want {
		if got[key] != want[key] {
			t.Errorf("%s is another", key)
		}
	}
}

func TestDamagedDataIsNotBackedUp(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	filled(t, dir)
	file := filepath.Join(dir, "saban.db")
	text, err := os.ReadFile(file)
	must(t, err)
	must(t, os.WriteFile(file, []byte(strings.Replace(string(text), "ghi chú 33 ", "ghi chú 34 ", 1)), 0o600))
	to := filepath.Join(t.TempDir(), "x.db")
	var damage *store.DamageError
	if _, err := sqlite.Backup(ctx, dir, to); !errors.As(err, &damage) {
		t.Errorf("%v", err)
	}
	if files, _ := os.ReadDir(filepath.Dir(to)); len(files) != 0 {
		t.Errorf("something was left behind: %v", files)
	}
	if _, err := sqlite.Backup(ctx, t.TempDir(), to); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("nothing to back up: %v", err)
	}
}
