package store_test

import (
	"testing"

	"saban/store"
	"saban/store/storetest"
)

func TestMemory(t *testing.T) {
	storetest.Run(t, storetest.Config{Open: func(t testing.TB) store.Store {
		s := store.NewMemory()
		t.Cleanup(func() { _ = s.Close() })
		return s
	}})
}
