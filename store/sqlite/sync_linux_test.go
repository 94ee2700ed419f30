package sqlite_test

import (
	"testing"

	driver "modernc.org/sqlite"

	"saban/store/sqlite"
)

func TestACommitDoesNotWaitForTimestamps(t *testing.T) {
	s, err := sqlite.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if !driver.FdatasyncEnabled() {
		t.Error("commits sync with fsync")
	}
}
