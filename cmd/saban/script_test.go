package main

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"saban/store/sqlite"
)

const scripts = "../../testdata/scripts"

// TestMain lets scripts run this very program as the command saban.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"saban": func() { os.Exit(newApp().main(os.Args[1:])) },
	})
}

// TestScripts plays testdata/scripts/*.txtar. Each starts in a folder of its
// own that holds a copy of scripts/common, with $SHIPPED naming the folder of
// the shipped scenarios, $FAULTS that of the broken ones, $CHECK that of the
// doubtful ones and $MARKET that of one written by a beginner.
// `go test ./cmd/saban -run Scripts -update` rewrites what they compare with.
func TestScripts(t *testing.T) {
	shipped, err := filepath.Abs("../../scenarios")
	if err != nil {
		t.Fatal(err)
	}
	update := flag.Lookup("update")
	testscript.Run(t, testscript.Params{
		Dir:                 scripts,
		UpdateScripts:       update != nil && update.Value.String() == "true",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("SHIPPED", shipped)
			env.Setenv("FAULTS", filepath.Join(shipped, "..", "testdata", "faults"))
			env.Setenv("MARKET", filepath.Join(shipped, "..", "testdata", "market"))
			env.Setenv("CHECK", filepath.Join(shipped, "..", "testdata", "check"))
			return os.CopyFS(env.WorkDir, os.DirFS(filepath.Join(scripts, "common")))
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"exits":      exits,
			"capture":    capture,
			"substitute": substitute,
			"firstlines": firstLines,
			"tear":       tear,
			"unmarked":   unmarked,
			"keeps":      keeps,
			"occupies":   occupies,
		},
	})
}

// exits CODE PROGRAM ARG… runs a program that has to end with that exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM ARG…")
	}
	code := 0
	err := ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if want, _ := strconv.Atoi(args[0]); code != want {
		ts.Fatalf("exit code %d, want %d", code, want)
	}
}

// capture NAME PATTERN FILE sets an environment variable to what the first
// group of the pattern finds.
func capture(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: capture NAME PATTERN FILE")
	}
	found := regexp.MustCompile(args[1]).FindStringSubmatch(ts.ReadFile(args[2]))
	if len(found) != 2 {
		ts.Fatalf("%s is not in %s", args[1], args[2])
	}
	ts.Setenv(args[0], found[1])
}

// substitute FILE OLD NEW changes the first place where OLD stands.
func substitute(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: substitute FILE OLD NEW")
	}
	text := []byte(ts.ReadFile(args[0]))
	changed := bytes.Replace(text, []byte(args[1]), []byte(args[2]), 1)
	if bytes.Equal(text, changed) {
		ts.Fatalf("%s is not in %s", args[1], args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), changed, 0o644))
}

// firstlines COUNT FILE OUT copies the first lines of a file; a negative
// COUNT leaves out so many at the end.
func firstLines(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: firstlines COUNT FILE OUT")
	}
	count, err := strconv.Atoi(args[0])
	ts.Check(err)
	lines := bytes.SplitAfter([]byte(ts.ReadFile(args[1])), []byte("\n"))
	lines = lines[:len(lines)-1]
	if count < 0 {
		count += len(lines)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), bytes.Join(lines[:count], nil), 0o644))
}

// keeps DIR DRILL_FILE… fills a data folder.
func keeps(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: keeps DIR DRILL_FILE…")
	}
	for i := range args {
		args[i] = ts.MkAbs(args[i])
	}
	ts.Check(dataWith(args[0], args[1:]...))
}

// occupies DIR uses a data folder until the script ends.
func occupies(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: occupies DIR")
	}
	s, err := sqlite.Open(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Defer(func() { _ = s.Close() })
}

// tear COUNT FILE cuts so many bytes off the end, as a crash does.
func tear(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: tear COUNT FILE")
	}
	count, err := strconv.Atoi(args[0])
	ts.Check(err)
	text := ts.ReadFile(args[1])
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text[:len(text)-count]), 0o644))
}

// unmarked stdout|stderr|FILE wants no escape sequences: no colour, no cursor.
func unmarked(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: unmarked stdout|stderr|FILE")
	}
	if bytes.ContainsRune([]byte(ts.ReadFile(args[0])), '\x1b') {
		ts.Fatalf("%s holds escape sequences", args[0])
	}
}
