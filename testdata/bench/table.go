package main

import (
	"fmt"
	"io"
	"math"
	"os"
	"strings"
	"text/tabwriter"
	"time"
)

// row is one goal.
type row struct {
	Goal      string   `json:"goal"` // its number
	Work      string   `json:"work"`
	Ours      float64  `json:"ours"` // median, in Unit
	Yardstick string   `json:"yardstick"`
	Theirs    float64  `json:"theirs"` // median, in Unit
	Unit      string   `json:"unit"`   // ns, or what is counted
	Ratio     float64  `json:"ratio"`  // of the medians
	Best      float64  `json:"best"`   // of the minima
	Limit     float64  `json:"limit"`
	AtLeast   bool     `json:"at_least,omitempty"` // the ratio has to reach Limit, else to stay under it
	Allocs    *float64 `json:"allocs,omitempty"`   // of ours, an op
	Holds     bool     `json:"holds"`
	Skipped   string   `json:"skipped,omitempty"`
}

type table struct {
	only string
	rows []row
}

// asked reports whether the row is asked for.
func (t *table) asked(goal string) bool {
	return strings.HasPrefix(goal, t.only) || strings.HasPrefix(t.only, goal)
}

// wants reports the same, and says what is going on: some rows take seconds.
func (t *table) wants(goal string) bool {
	if !t.asked(goal) {
		return false
	}
	fmt.Fprintf(os.Stderr, "bench: row %s\n", goal)
	return true
}

func (t *table) add(r row) {
	if r.Skipped == "" {
		over := func(ratio float64) bool { return ratio > r.Limit }
		if r.AtLeast {
			over = func(ratio float64) bool { return ratio < r.Limit }
		}
		r.Holds = !over(r.Ratio) || !over(r.Best)
	}
	t.rows = append(t.rows, r)
}

func (t *table) holds() bool {
	for i := range t.rows {
		if !t.rows[i].Holds && t.rows[i].Skipped == "" {
			return false
		}
	}
	return true
}

func (t *table) print(w io.Writer) {
	tab := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tab, "#\twork\tours\tyardstick\t\tratio\tbest\tgoal\tholds\tallocs/op")
	for i := range t.rows {
		fmt.Fprintln(tab, strings.Join(t.rows[i].cells(), "\t"))
	}
	_ = tab.Flush() // into the same writer as the lines below
	fmt.Fprintln(w, "\nratio: of the medians of all rounds; best: of the minima. A row fails when both exceed the goal.")
}

func (r *row) cells() []string {
	if r.Skipped != "" {
		return []string{r.Goal, r.Work, "", r.Yardstick, "", "", "", r.goal(), "skipped: " + r.Skipped, ""}
	}
	verdict, allocs := "yes", ""
	if !r.Holds {
		verdict = "NO"
	}
	if r.Allocs != nil {
		allocs = fmt.Sprintf("%.2f", *r.Allocs)
	}
	return []string{r.Goal, r.Work, r.amount(r.Ours), r.Yardstick, r.amount(r.Theirs),
		fmt.Sprintf("%.2f", r.Ratio), fmt.Sprintf("%.2f", r.Best), r.goal(), verdict, allocs}
}

func (r *row) goal() string {
	if r.AtLeast {
		return fmt.Sprintf("≥ %.2f", r.Limit)
	}
	return fmt.Sprintf("≤ %.2f", r.Limit)
}

func (r *row) amount(v float64) string {
	if r.Unit != "ns" {
		return fmt.Sprintf("%.*f %s", max(0, 2-int(math.Log10(max(1, v)))), v, r.Unit)
	}
	switch d := time.Duration(v); {
	case v < 100:
		return fmt.Sprintf("%.1f ns", v)
	case d < 10*time.Microsecond:
		return fmt.Sprintf("%.0f ns", v)
	case d < 10*time.Millisecond:
		return fmt.Sprintf("%.0f µs", v/1e3)
	}
	return fmt.Sprintf("%.0f ms", v/1e6)
}
