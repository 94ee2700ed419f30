package sqlite_test

import (
	"testing"

	"saban/store"
	"saban/store/sqlite"
	"saban/store/storetest"
)

func open(t testing.TB, dir string) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestStore(t *testing.T) {
	folders := map[store.Store]string{}
	storetest.Run(t, storetest.Config{
		Open: func(t testing.TB) store.Store {
			dir := t.TempDir()
			s := open(t, dir)
			folders[s] = dir
			return s
		},
		Reopen: func(t testing.TB, s store.Store) store.Store {
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			again := open(t, folders[s])
			folders[again] = folders[s]
			return again
		},
	})
}
