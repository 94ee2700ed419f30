// Load starts the server on 127.0.0.1 and plays phones on it: they join, keep
// their stream open and answer. It prints how long an inject took, from the
// facilitator's click to each phone, how long an answer took to be
// acknowledged, what was lost, and how much memory the server holds.
//
//	go run ./testdata/load                          1,000 phones on one drill
//	go run ./testdata/load --drills 50 --phones 20  fifty drills of twenty
//	go run ./testdata/load --bare                   beside a server of events that keeps nothing
//	go run ./testdata/load --json
//
// Each phone calls from an address of its own in 127.0.0.0/8, as phones do.
// Exit 2 when anything was lost, 1 when it could not be measured.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"time"
)

func main() {
	var o options
	flag.IntVar(&o.drills, "drills", 1, "drills at once")
	flag.IntVar(&o.phones, "phones", 1000, "phones of each")
	flag.IntVar(&o.injects, "injects", 10, "injects released in each drill")
	flag.BoolVar(&o.bare, "bare", false, "then release as many in turn with a bare server of events")
	asJSON := flag.Bool("json", false, "print the result as JSON")
	flag.Parse()
	res, err := play(o)
	if err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
	if *asJSON {
		out := json.NewEncoder(os.Stdout)
		out.SetIndent("", "  ")
		err = out.Encode(res)
	} else {
		res.print()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
	if res.Lost > 0 {
		os.Exit(2)
	}
}

// options say how much is played.
type options struct {
	drills, phones, injects int
	bare                    bool
}

// result is what was measured; times in milliseconds.
type result struct {
	Drills    int    `json:"drills"`
	Phones    int    `json:"phones"`
	Delivered spread `json:"delivered_ms"`    // from the act to each phone
	Last      spread `json:"last_phone_ms"`   // from the act to the last phone of its drill
	Answered  spread `json:"acknowledged_ms"` // from a phone's sending to the server's word
	Quiet     spread `json:"quiet_last_ms"`   // the same while nobody talks, in turn with Bare
	Bare      spread `json:"bare_last_ms"`    // to the last reader of a bare server of events
	Lost      int    `json:"lost"`            // deliveries and acknowledged words that are not there
	IdleKB    int    `json:"idle_kb"`         // resident memory before anybody came
	FullKB    int    `json:"full_kb"`         // with everybody there, at the end
	IdleOwnKB int    `json:"idle_own_kb"`     // of these, what is not the program itself: its
	FullOwnKB int    `json:"full_own_kb"`     // pages are read once, however many there are
	Joining   int64  `json:"joining_ms"`      // until the last phone's stream was open
}

// spread is how times lie.
type spread struct {
	N   int     `json:"n"`
	Min float64 `json:"min"`
	P50 float64 `json:"p50"`
	P99 float64 `json:"p99"`
	Max float64 `json:"max"`
}

func (r *result) print() {
	fmt.Printf("%d drills of %d phones, all joined after %d ms\n\n", r.Drills, r.Phones, r.Joining)
	fmt.Printf("%-36s %8s %9s %9s %9s\n", "", "n", "p50", "p99", "max")
	for _, row := range []struct {
		what string
		spread
	}{{"inject, to each phone", r.Delivered}, {"inject, to the last phone", r.Last}, {"word of a phone, acknowledged", r.Answered}, {"inject, to the last, nobody talking", r.Quiet}, {"bare server, to the last", r.Bare}} {
		if row.N == 0 {
			continue
		}
		fmt.Printf("%-36s %8d %6.1f ms %6.1f ms %6.1f ms\n", row.what, row.N, row.P50, row.P99, row.Max)
	}
	fmt.Printf("\nlost: %d\nmemory of the server: %d MB idle, %d MB with everybody there; %d KB a phone\n", r.Lost, r.IdleKB>>10, r.FullKB>>10, (r.FullOwnKB-r.IdleOwnKB)/max(r.Drills*r.Phones, 1))
}

func millis(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
