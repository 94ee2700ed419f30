package main

import (
	"os"

	"golang.org/x/sys/windows"
)

// understandsANSI switches a Windows console to the sequences the screen is
// drawn with, and reports whether it knows them.
func understandsANSI(f *os.File) bool {
	h := windows.Handle(f.Fd())
	var mode uint32
	if windows.GetConsoleMode(h, &mode) != nil {
		return false
	}
	return windows.SetConsoleMode(h, mode|windows.ENABLE_PROCESSED_OUTPUT|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING) == nil
}
