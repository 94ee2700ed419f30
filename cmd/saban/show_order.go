package main

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"saban/engine"
	"saban/scenarios/graph"
)

// showOrder prints the running order on one page: what comes when, to whom.
func (a *app) showOrder(c *engine.Compiled) {
	s := c.Scenario()
	a.heading("Danh mục tình huống", "Master scenario events list")
	planned := make([]int, len(s.Injects))
	for i := range planned {
		planned[i] = i
	}
	slices.SortStableFunc(planned, func(i, j int) int { return cmp.Compare(plannedAt(c, i), plannedAt(c, j)) })
	rows := make([][]string, len(planned))
	for k, i := range planned {
		in := &s.Injects[i]
		at := a.injectTime(c, i)
		if known := plannedAt(c, i); known != unplanned && known != in.At {
			at = known.Clock() + " (" + c.InjectGuard(i).Tree.Bound + ")"
		}
		rows[k] = []string{in.ID, in.Title.In(a.lang), a.roleTitles(s, in.To), at}
	}
	a.table([]column{{title: ""}, {title: a.say("tình huống", "inject"), most: 34}, {title: a.say("đến", "to"), most: 30}, {title: a.say("giờ phát", "released")}}, rows)
}

// unplanned comes after every time.
const unplanned = engine.Millis(math.MaxInt64)

// plannedAt is when an inject comes out whatever happens: at its time, or
// when the clock alone makes its condition true.
func plannedAt(c *engine.Compiled, i int) engine.Millis {
	in, guard := &c.Scenario().Injects[i], c.InjectGuard(i)
	switch {
	case in.Hand:
		return unplanned
	case guard == nil:
		return in.At
	case guard.Tree.Op == engine.Atom && guard.Tree.Fact == engine.FactClock:
		return max(in.At, guard.Tree.AtLeast)
	}
	return unplanned
}

// injectTime says when an inject is released.
func (a *app) injectTime(c *engine.Compiled, i int) string {
	in, guard := &c.Scenario().Injects[i], c.InjectGuard(i)
	var words []string
	if in.Hand {
		words = append(words, a.say("phát bằng tay", "by hand"))
	}
	if !in.Hand && guard == nil {
		words = append(words, in.At.Clock())
	}
	if guard != nil && in.At > 0 {
		words = append(words, a.say("từ %s", "from %s", in.At.Clock()))
	}
	if guard != nil {
		words = append(words, a.say("khi ", "when ")+graph.WordsNaming(guard, a.lang, func(fact engine.FactKind, id string) string {
			if fact == engine.FactState {
				return a.stateTitle(c.Scenario(), id)
			}
			return id
		}))
	}
	if in.Until > 0 {
		words = append(words, a.say("muộn nhất %s", "until %s", in.Until.Clock()))
	}
	return strings.Join(words, ", ")
}
