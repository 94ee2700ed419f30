//go:build linux || darwin

package main

import (
	"path/filepath"

	"golang.org/x/sys/unix"
)

// freeBytes is what this user may still write on the disk of a folder that
// need not exist yet, in bytes.
func freeBytes(dir string) (free uint64, known bool) {
	var disk unix.Statfs_t
	for unix.Statfs(dir, &disk) != nil {
		up := filepath.Dir(dir)
		if up == dir {
			return 0, false
		}
		dir = up
	}
	return disk.Bavail * uint64(disk.Bsize), true
}
