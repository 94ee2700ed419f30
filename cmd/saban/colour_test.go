//go:build !windows

package main

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
)

// TestColour holds results at a terminal to what its user asked for; the
// scripts hold those in a pipe.
func TestColour(t *testing.T) {
	for name, c := range map[string]struct {
		env, flag string
		want      bool
	}{
		"at a terminal": {want: true},
		"NO_COLOR":      {env: "NO_COLOR"},
		"TERM=dumb":     {env: "TERM=dumb"},
		"--no-color":    {flag: "--no-color"},
		"--json":        {flag: "--json"},
	} {
		t.Run(name, func(t *testing.T) {
			args := []string{"show", commonFolder + "/gate.yaml"}
			if c.flag != "" {
				args = append(args, c.flag)
			}
			out := printedAtTerminal(t, c.env, args)
			if got := bytes.ContainsRune(out, '\x1b'); got != c.want {
				t.Errorf("coloured: %v, want %v\n%q", got, c.want, out[:min(len(out), 200)])
			}
		})
	}
}

func printedAtTerminal(t *testing.T, env string, args []string) []byte {
	t.Helper()
	ours, theirs, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer ours.Close()
	a := newApp()
	a.in, a.out, a.err = strings.NewReader(""), theirs, io.Discard
	a.env = func(name string) string {
		if key, value, _ := strings.Cut(env, "="); key == name {
			return value + map[bool]string{true: "1"}[value == ""]
		}
		return map[string]string{"TERM": "xterm-256color"}[name]
	}
	read := make(chan []byte)
	go func() {
		out, _ := io.ReadAll(ours) // ends with an error once the other end is closed
		read <- out
	}()
	if code := a.main(args); code != exitGood {
		t.Errorf("exit code %d", code)
	}
	_ = theirs.Close()
	select {
	case out := <-read:
		return out
	case <-time.After(90 * time.Second):
		t.Fatal("the terminal does not close")
	}
	return nil
}
