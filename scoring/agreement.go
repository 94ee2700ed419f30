package scoring

import (
	"cmp"
	"maps"
	"slices"

	"saban/engine"
)

// RatedTwice is one task as two evaluators rated it.
type RatedTwice struct {
	Task string `json:"task"` // a response, or a capability
	A    Rating `json:"a"`
	B    Rating `json:"b"`
}

// TimeGap is a response that two evaluators saw done at times too far apart.
type TimeGap struct {
	Task string        `json:"task"`
	A    engine.Millis `json:"a_ms"` // exercise time
	B    engine.Millis `json:"b_ms"`
}

// Agreement is how far two evaluators who rated the same tasks agree. Kappa
// is agreement beyond what their own distributions would bring about by
// chance (Cohen), Weighted counts a step apart as a third of the way from
// full agreement to none (linear weights over P, S, M, U). Both are from -1
// to 1, rounded half away from zero to a billionth, and absent when neither
// evaluator ever left one rating, where chance alone explains everything.
type Agreement struct {
	A        string        `json:"a"` // person ids
	B        string        `json:"b"`
	Tasks    []RatedTwice  `json:"tasks"`
	Raw      engine.Ratio  `json:"raw"` // share of pairs that are equal
	Kappa    *engine.Ratio `json:"kappa"`
	Weighted *engine.Ratio `json:"weighted_kappa"`
	Gaps     []TimeGap     `json:"gaps,omitempty"`
}

// Evaluators agree enough to go by from this many tasks and this kappa on;
// times apart by more are for the debrief (domain.md §5.2).
const (
	EnoughTasks = 10
	EnoughKappa = engine.Ratio(410_000_000)
	TimesApart  = 30 * engine.Second
)

// Reliable reports whether the ratings can be gone by without talking them
// over first.
func (a *Agreement) Reliable() bool {
	return len(a.Tasks) >= EnoughTasks && a.Kappa != nil && *a.Kappa >= EnoughKappa
}

// steps is how far the best rating is from the worst.
const steps = 3

// Agree reckons the agreement of pairs of ratings; nothing without pairs.
func Agree(pairs []RatedTwice) Agreement {
	out := Agreement{Tasks: pairs}
	if len(pairs) == 0 {
		return out
	}
	var equal, near int64 // pairs, and thirds of pairs
	var as, bs [steps + 1]int64
	for _, p := range pairs {
		a, b := p.A.rank(), p.B.rank()
		as[a]++
		bs[b]++
		near += int64(steps - max(a-b, b-a))
		if a == b {
			equal++
		}
	}
	var equalByChance, nearByChance int64 // the same, n times as large
	for a := range as {
		equalByChance += as[a] * bs[a]
		for b := range bs {
			nearByChance += as[a] * bs[b] * int64(steps-max(a-b, b-a))
		}
	}
	n := int64(len(pairs))
	out.Raw = engine.Over(equal, n)
	out.Kappa = beyondChance(equal*n-equalByChance, n*n-equalByChance)
	out.Weighted = beyondChance(near*n-nearByChance, steps*n*n-nearByChance)
	return out
}

// beyondChance is what was reached of what could be; nothing when there was
// nothing to reach.
func beyondChance(reached, most int64) *engine.Ratio {
	if most == 0 {
		return nil
	}
	sign := int64(1)
	if reached < 0 {
		sign = -1
	}
	r := engine.Ratio(sign * int64(engine.Over(sign*reached, most)))
	return &r
}

// judged is what one evaluator said of each task: the last rating, and when
// they first saw it done.
type judged struct {
	ratings map[string]Rating
	seen    map[string]engine.Millis
}

// Agreements compares every two evaluators of a drill who rated or saw the
// same tasks, from its log. What was retracted, and what a lead settled, is
// left out.
func Agreements(log []engine.Event) []Agreement {
	gone := map[int64]bool{}
	for i := range log {
		if log[i].Type == engine.Retracted {
			gone[log[i].Of] = true
		}
	}
	by := map[string]*judged{}
	for i := range log {
		e := &log[i]
		if e.Actor == "" || gone[e.Seq] || e.Type != engine.Rated && e.Type != engine.Observed {
			continue
		}
		j := by[e.Actor]
		if j == nil {
			j = &judged{map[string]Rating{}, map[string]engine.Millis{}}
			by[e.Actor] = j
		}
		if e.Type == engine.Observed {
			if _, before := j.seen[e.ID]; !before {
				j.seen[e.ID] = e.Observed
			}
		} else if rating := Rating(e.Rating); rating.valid() && e.Mode != engine.Settled {
			j.ratings[e.ID] = rating
		}
	}
	people := slices.Sorted(maps.Keys(by))
	var out []Agreement
	for i, a := range people {
		for _, b := range people[i+1:] {
			if one := between(by[a], by[b]); len(one.Tasks)+len(one.Gaps) > 0 {
				one.A, one.B = a, b
				out = append(out, one)
			}
		}
	}
	return out
}

func between(a, b *judged) Agreement {
	var pairs []RatedTwice
	for task, rating := range a.ratings {
		if other, both := b.ratings[task]; both {
			pairs = append(pairs, RatedTwice{task, rating, other})
		}
	}
	slices.SortFunc(pairs, func(x, y RatedTwice) int { return cmp.Compare(x.Task, y.Task) })
	out := Agree(pairs)
	for task, at := range a.seen {
		if other, both := b.seen[task]; both && max(at-other, other-at) > TimesApart {
			out.Gaps = append(out.Gaps, TimeGap{task, at, other})
		}
	}
	slices.SortFunc(out.Gaps, func(x, y TimeGap) int { return cmp.Compare(x.Task, y.Task) })
	return out
}

// KappaBand is how far a kappa goes, in words (Landis and Koch 1977).
func KappaBand(kappa engine.Ratio) engine.Text {
	for _, band := range []struct {
		to   engine.Ratio
		text engine.Text
	}{
		{0, engine.Text{VI: "không hơn ngẫu nhiên", EN: "no better than chance"}},
		{200_000_000, engine.Text{VI: "rất thấp", EN: "slight"}},
		{400_000_000, engine.Text{VI: "thấp", EN: "fair"}},
		{600_000_000, engine.Text{VI: "trung bình", EN: "moderate"}},
		{800_000_000, engine.Text{VI: "khá cao", EN: "substantial"}},
	} {
		if kappa <= band.to {
			return band.text
		}
	}
	return engine.Text{VI: "gần như hoàn toàn", EN: "almost perfect"}
}
