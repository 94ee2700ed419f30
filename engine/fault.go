package engine

import "strings"

// Fault is a mistake in a scenario, at a place in it. Path leads there from
// the top of the scenario by keys, list positions or ids ("transitions/3/when");
// Offset is the byte within a guard where it begins.
type Fault struct {
	Path   string
	Offset int
	Text   Text
	Hint   Text
}

// Faults are all mistakes found in one run.
type Faults []Fault

func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, one := range f {
		lines[i] = one.Path + ": " + one.Text.EN
		if !one.Hint.Empty() {
			lines[i] += " (" + one.Hint.EN + ")"
		}
	}
	return strings.Join(lines, "\n")
}

// Closest returns the candidate that word was probably meant to be, or "".
func Closest(word string, candidates []string) string {
	best, bestCost := "", 1+len(word)/3
	for _, c := range candidates {
		if cost := editDistance(strings.ToLower(word), strings.ToLower(c), bestCost); cost <= bestCost && (best == "" || cost < bestCost) {
			best, bestCost = c, cost
		}
	}
	return best
}

// editDistance counts insertions, deletions, changes and swaps of neighbours
// (Damerau–Levenshtein, optimal string alignment), giving up above most.
func editDistance(a, b string, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most || len(a) > 64 || len(b) > 64 {
		return most + 1
	}
	var rows [3][65]int
	for j := 0; j <= len(b); j++ {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur, prev, before := &rows[i%3], &rows[(i+2)%3], &rows[(i+1)%3]
		cur[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], before[j-2]+1)
			}
		}
	}
	return rows[len(a)%3][len(b)]
}
