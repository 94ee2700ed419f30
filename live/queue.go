package live

import (
	"slices"

	"saban/engine"
)

// Upcoming is an inject that may still come.
type Upcoming struct {
	engine.InjectView
	Hand, Contingent bool
	Elsewhere        bool // written for another state than the present one
}

// Queue lists the injects still to come: those that wait, then the planned in
// order of time, by hand, and those that hang on a condition.
func Queue(v *engine.Snapshot) []Upcoming {
	var out []Upcoming
	for _, in := range v.Injects {
		if in.Status != engine.Pending && in.Status != engine.Waiting {
			continue
		}
		out = append(out, Upcoming{in, in.Inject.Hand, in.Inject.When != "" && in.Status == engine.Pending,
			in.Inject.ExpectedIn != "" && in.Inject.ExpectedIn != v.State})
	}
	rank := func(u *Upcoming) int {
		switch {
		case u.Status == engine.Waiting:
			return 0
		case u.Contingent:
			return 3
		case u.Hand:
			return 2
		}
		return 1
	}
	slices.SortStableFunc(out, func(a, b Upcoming) int {
		if d := rank(&a) - rank(&b); d != 0 || rank(&a) >= 2 {
			return d
		}
		return int(a.At - b.At)
	})
	return out
}

// Next is the inject a facilitator would send now, or nil.
func Next(queue []Upcoming) *Upcoming {
	if len(queue) == 0 || queue[0].Contingent {
		return nil
	}
	return &queue[0]
}
