package main

import (
	"path/filepath"

	"golang.org/x/sys/windows"
)

// freeBytes is what this user may still write on the disk of a folder that
// need not exist yet, in bytes.
func freeBytes(dir string) (free uint64, known bool) {
	name, err := windows.UTF16PtrFromString(filepath.VolumeName(dir) + `\`)
	if err == nil {
		err = windows.GetDiskFreeSpaceEx(name, &free, nil, nil)
	}
	return free, err == nil
}
