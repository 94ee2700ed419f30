// Bench prints the goals of speed as one table: each row is a work of ours and
// a yardstick, run in alternating rounds on this machine, because absolute
// figures drift and ratios do not.
//
//	go run ./testdata/bench          from the top of the repository
//	go run ./testdata/bench --json
//
// A time ratio fails only when both the median and the minimum of its rounds
// exceed the goal. Exit 2 when a row does not hold, 1 when one could not be
// measured; a yardstick that is not on this machine is a row skipped.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
)

// errSkipped says that a yardstick is not on this machine.
var errSkipped = errors.New("skipped")

func main() {
	asJSON := flag.Bool("json", false, "print the rows as JSON")
	only := flag.String("only", "", "run the rows whose number begins so")
	flag.Parse()
	var t table
	t.only = *only
	var failed error
	for _, measure := range []func(*table) error{steps, drills, loading, durable, replaying, rescoring, starting, serving, reporting} {
		if failed = measure(&t); failed != nil {
			fmt.Fprintln(os.Stderr, "bench:", failed)
			break
		}
	}
	if *asJSON {
		out := json.NewEncoder(os.Stdout)
		out.SetIndent("", "  ")
		if err := out.Encode(t.rows); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
	} else {
		t.print(os.Stdout)
	}
	switch {
	case failed != nil:
		os.Exit(1)
	case !t.holds():
		os.Exit(2)
	}
}
