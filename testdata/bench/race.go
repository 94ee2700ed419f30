package main

import (
	"runtime"
	"slices"
	"time"
)

// rounds of each side; span is how long one round of a side lasts. Many short
// ones: what else runs on the machine then hits both sides alike, and the
// minimum is that of a quiet moment.
const (
	rounds = 25
	span   = 10 * time.Millisecond
)

// work does something n times and returns how long one took, in nanoseconds.
type work func(n int) (float64, error)

// timed times a work from outside.
func timed(do func(n int) error) work {
	return func(n int) (float64, error) {
		began := time.Now()
		err := do(n)
		return float64(time.Since(began)) / float64(n), err
	}
}

// result is what the rounds brought.
type result struct{ ours, theirs []float64 }

// race runs both sides in turn. Rubbish of one round is not left to the next.
func race(times int, each time.Duration, ours, theirs work) (result, error) {
	var res result
	var sizes [2]int
	for i, side := range []work{ours, theirs} {
		n, err := sized(side, each)
		if err != nil {
			return res, err
		}
		sizes[i] = n
	}
	for range times {
		for i, side := range []work{ours, theirs} {
			runtime.GC()
			ns, err := side(sizes[i])
			if err != nil {
				return res, err
			}
			list := []*[]float64{&res.ours, &res.theirs}[i]
			*list = append(*list, ns)
		}
	}
	return res, nil
}

// sized finds how often a work has to be done to last each.
func sized(w work, each time.Duration) (int, error) {
	for n := 1; ; n *= 4 {
		began := time.Now()
		if _, err := w(n); err != nil {
			return 0, err
		}
		if took := time.Since(began); took >= each/8 {
			return max(1, int(each/(took/time.Duration(n)))), nil
		}
	}
}

func median(list []float64) float64 {
	sorted := slices.Sorted(slices.Values(list))
	mid := len(sorted) / 2
	if len(sorted)%2 == 0 {
		return (sorted[mid-1] + sorted[mid]) / 2
	}
	return sorted[mid]
}

// row fills in what was measured.
func (res *result) row(r row) row {
	r.Unit = "ns"
	r.Ours, r.Theirs = median(res.ours), median(res.theirs)
	r.Ratio = r.Ours / r.Theirs
	r.Best = slices.Min(res.ours) / slices.Min(res.theirs)
	return r
}

// allocs counts the allocations of n ops, an op.
func allocs(n int, do func(n int) error) (*float64, error) {
	if err := do(n); err != nil { // what is kept for later runs is not counted
		return nil, err
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	err := do(n)
	runtime.ReadMemStats(&after)
	per := float64(after.Mallocs-before.Mallocs) / float64(n)
	return &per, err
}
