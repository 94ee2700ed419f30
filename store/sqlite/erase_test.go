package sqlite_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"saban/store"
	"saban/store/sqlite"
	"saban/store/storetest"
)

const erasedName = "Lường Thị Ngọc Ánh"

// namesIn lists the files of a folder that hold a name in any form.
func namesIn(t *testing.T, dir, name string) (found []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		raw, err := os.ReadFile(path)
		if bytes.Contains(raw, norm.NFC.Bytes([]byte(name))) || bytes.Contains(raw, norm.NFD.Bytes([]byte(name))) {
			found = append(found, filepath.Base(path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestErasedBytesAreInNoFile(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	open := func() *sqlite.Store {
		s, err := sqlite.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	s := open()
	must(s.Create(ctx, storetest.Header("d")))
	for i := range 400 { // pages split, and are moved about
		must(s.Put(ctx, "name d", fmt.Sprintf("p%03d", i), []byte(strings.Repeat(fmt.Sprint("người ", i, " "), i%9))))
		must(s.Put(ctx, "name d", "p777", []byte(strings.Repeat("x", i)+erasedName)))
	}
	for i := range 200 {
		must(s.Put(ctx, "name d", fmt.Sprintf("p%03d", i*2), nil))
	}
	must(s.Append(ctx, "d", storetest.Events(0, 20)))
	backup := filepath.Join(dir, "saban-20260101-000000.db")
	_, err := sqlite.Backup(ctx, dir, backup)
	must(err)
	must(s.Close())
	_, err = sqlite.Restore(ctx, dir, backup)
	must(err)
	must(os.WriteFile(filepath.Join(dir, "notes.txt"), norm.NFD.Bytes([]byte("của "+erasedName)), 0o600))
	s = open()
	must(s.Put(ctx, "name d", "p778", []byte(erasedName)))
	if before := namesIn(t, dir, erasedName); len(before) < 3 {
		t.Fatalf("the name stands only in %v", before)
	}
	done, err := s.Erase(ctx, func(all []store.Kept) []store.Kept {
		return slices.DeleteFunc(all, func(k store.Kept) bool { return !bytes.Contains(k.Value, []byte(erasedName)) })
	}, []string{erasedName, norm.NFD.String(erasedName)})
	must(err)
	if after := namesIn(t, dir, erasedName); !slices.Equal(after, []string{"notes.txt"}) || len(done.Left) != 1 || filepath.Base(done.Left[0]) != "notes.txt" {
		t.Errorf("the name stands in %v; told of %v", after, done.Left)
	}
	if len(done.Copies) != 2 {
		t.Errorf("copies: %v", done.Copies)
	}
	must(s.Append(ctx, "d", storetest.Events(20, 5)))
	must(s.Close())
	for _, file := range append(done.Copies, filepath.Join(dir, "saban.db")) {
		if found, err := sqlite.CheckFile(ctx, file); err != nil || len(found.Faults) > 0 {
			t.Errorf("%s: %v, %v", file, found, err)
		}
	}
	if after := namesIn(t, dir, erasedName); !slices.Equal(after, []string{"notes.txt"}) {
		t.Errorf("once closed the name stands in %v", after)
	}
}
