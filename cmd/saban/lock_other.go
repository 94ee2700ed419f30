//go:build !linux && !darwin && !windows

package main

import "os"

func alone(*os.File) bool { return true }
