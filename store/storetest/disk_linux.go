package storetest

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// SmallDisk is a disk of a few MiB, which only root may mount. On CI there has
// to be one.
func SmallDisk(tb testing.TB, size string) string {
	tb.Helper()
	dir := tb.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		if os.Getenv("CI") != "" {
			tb.Fatalf("no disk to fill: %v", err)
		}
		tb.Skipf("no disk to fill: mounting one wants root: %v", err)
	}
	tb.Cleanup(func() {
		if err := unix.Unmount(dir, unix.MNT_DETACH); err != nil {
			tb.Error(err)
		}
	})
	return dir
}

// Fill leaves no room on the disk of a folder until the file is removed.
func Fill(tb testing.TB, dir string) (file string) {
	tb.Helper()
	file = filepath.Join(dir, "ballast")
	f, err := os.Create(file)
	if err != nil {
		tb.Fatal(err)
	}
	for block := make([]byte, 1<<10); err == nil; {
		_, err = f.Write(block)
	}
	if err = errors.Join(ignoring(err, unix.ENOSPC), f.Close()); err != nil {
		tb.Fatal(err)
	}
	return file
}

func ignoring(err, expected error) error {
	if errors.Is(err, expected) {
		return nil
	}
	return err
}
