package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"saban/store"
	"saban/store/sqlite"
	"saban/store/storetest"
)

// refused checks that the folder cannot be opened, and that the reason is told
// in both languages.
func refused(t *testing.T, dir string, want error, says string) *sqlite.FolderError {
	t.Helper()
	s, err := sqlite.Open(dir)
	if err == nil {
		_ = s.Close()
		t.Fatal("it was opened")
	}
	var folder *sqlite.FolderError
	if !errors.As(err, &folder) || want != nil && !errors.Is(err, want) {
		t.Fatalf("%v", err)
	}
	if !strings.Contains(folder.Text.EN, says) || folder.Text.VI == "" || folder.Hint.VI == "" || folder.Hint.EN == "" {
		t.Errorf("%+v", folder)
	}
	return folder
}

func TestFolderIsPrivate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows keeps rights in lists, which the user's own folder brings along")
	}
	dir := filepath.Join(t.TempDir(), "chỗ mới", "50% của tôi?#&")
	s := open(t, dir)
	must(t, s.Create(context.Background(), storetest.Header("one")))
	info, err := os.Stat(dir)
	must(t, err)
	if info.Mode().Perm() != 0o700 {
		t.Errorf("the folder is %v", info.Mode())
	}
	files, err := os.ReadDir(dir)
	must(t, err)
	names := map[string]bool{}
	for _, f := range files {
		names[f.Name()] = true
		if info, err := f.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s is %v, %v", f.Name(), info.Mode(), err)
		}
	}
	if !names["saban.db"] || !names["saban.lock"] {
		t.Errorf("%v", names)
	}
}

func TestSecondProcess(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	folder := refused(t, dir, sqlite.ErrInUse, "process "+strconv.Itoa(os.Getpid()))
	if !strings.Contains(folder.Text.VI, "tiến trình "+strconv.Itoa(os.Getpid())) {
		t.Errorf("%+v", folder)
	}
	if pid, err := sqlite.Holder(dir); err != nil || pid != os.Getpid() {
		t.Errorf("held by %d, %v", pid, err)
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childFolder+"="+dir)
	said, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(said), "another saban (process "+strconv.Itoa(os.Getpid())) {
		t.Errorf("%v: %s", err, said)
	}
	must(t, s.Close())
	if pid, err := sqlite.Holder(dir); err != nil || pid != 0 {
		t.Errorf("held by %d, %v", pid, err)
	}
	open(t, dir)
	if pid, err := sqlite.Holder(t.TempDir()); err != nil || pid != 0 {
		t.Errorf("an empty folder is held by %d, %v", pid, err)
	}
}

func TestOtherDatabases(t *testing.T) {
	for name, c := range map[string]struct {
		sql  string
		want error
		says string
	}{
		"a newer schema":        {"PRAGMA user_version = 999; PRAGMA application_id = 1396785742", sqlite.ErrNewer, "newer saban (schema 999"},
		"another program's":     {"CREATE TABLE x (y)", sqlite.ErrForeign, "another program"},
		"another program's, id": {"PRAGMA application_id = 7", sqlite.ErrForeign, "another program"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			file := filepath.Join(dir, "saban.db")
			db, err := sql.Open("sqlite", file)
			must(t, err)
			_, err = db.Exec(c.sql)
			must(t, err)
			must(t, db.Close())
			before, err := os.ReadFile(file)
			must(t, err)
			refused(t, dir, c.want, c.says)
			after, err := os.ReadFile(file)
			must(t, err)
			if string(before) != string(after) {
				t.Error("it was changed")
			}
		})
	}
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "saban.db"), []byte(strings.Repeat("không phải cơ sở dữ liệu\n", 500)), 0o600))
	_, err := sqlite.Open(dir)
	var damage *store.DamageError
	if !errors.As(err, &damage) || damage.Text().VI == "" {
		t.Errorf("no database at all: %v", err)
	}
}

func TestFolderInTheWay(t *testing.T) {
	file := filepath.Join(t.TempDir(), "x")
	must(t, os.WriteFile(file, nil, 0o600))
	refused(t, file, nil, "the data folder cannot be opened")
	dir := t.TempDir()
	must(t, os.Mkdir(filepath.Join(dir, "saban.db"), 0o700))
	refused(t, dir, nil, "the data folder cannot be opened")
}

// A deleted name is gone from the files, not only from the answers.
func TestDeletedRecordsLeaveNoTrace(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	s := open(t, dir)
	must(t, s.Create(ctx, storetest.Header("one")))
	must(t, s.Append(ctx, "one", storetest.Events(0, 1100))) // so many are packed
	name := "Người Đã Xin Xóa Tên"
	must(t, s.Put(ctx, "name", "p1", []byte(name+strings.Repeat(" ", 9000)+name)))
	must(t, s.Put(ctx, "name", "p1", []byte("đổi "+name)))
	must(t, s.Put(ctx, "name", "p1", nil))
	must(t, s.Close())
	files, err := os.ReadDir(dir)
	must(t, err)
	for _, f := range files {
		text, err := os.ReadFile(filepath.Join(dir, f.Name()))
		must(t, err)
		if strings.Contains(string(text), "Xin Xóa") {
			t.Errorf("%s still has it", f.Name())
		}
	}
}

// A pragma holds on every connection: what is acknowledged has been synced,
// what is deleted is overwritten, readers cannot write.
func TestEveryConnection(t *testing.T) {
	dir := t.TempDir()
	for name, want := range map[string][]int64{
		"synchronous":        {2, 1, 2, 2, 2, 2},                   // FULL, but for beats on their own
		"wal_autocheckpoint": {3000, 3000, 1000, 1000, 1000, 1000}, // readers commit nothing
		"secure_delete":      {1, 0, 0, 0, 0, 0},
		"query_only":         {0, 0, 1, 1, 1, 1},
		"cell_size_check":    {1, 1, 1, 1, 1, 1},
		"trusted_schema":     {0, 0, 0, 0, 0, 0},
		"busy_timeout":       {5000, 5000, 5000, 5000, 5000, 5000},
	} {
		got, err := sqlite.Pragmas(dir, name)
		must(t, err)
		if !slices.Equal(got, want) {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
}
