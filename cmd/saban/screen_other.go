//go:build !windows

package main

import "os"

// understandsANSI: every terminal here does; run turns to lines on a dumb one.
func understandsANSI(*os.File) bool { return true }
