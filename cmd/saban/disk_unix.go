//go:build linux || darwin

package main

import "golang.org/x/sys/unix"

// freeBytes is how much an ordinary user may still write into a folder.
func freeBytes(dir string) (uint64, bool) {
	var fs unix.Statfs_t
	if err := unix.Statfs(dir, &fs); err != nil {
		return 0, false
	}
	return fs.Bavail * uint64(fs.Bsize), true
}
