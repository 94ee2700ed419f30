package paper

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"saban/engine"
	"saban/scenarios/graph"
)

// Order lists the numbers of the injects in the order they are expected:
// those whose time is known first, then those that wait for something.
func Order(c *engine.Compiled) []int {
	order := make([]int, len(c.Scenario().Injects))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(plannedAt(c, i), plannedAt(c, j)) })
	return order
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

// Planned is the time an inject comes out at whatever happens, or in words
// what it waits for.
func Planned(c *engine.Compiled, i int, lang engine.Lang) string {
	if known := plannedAt(c, i); known != unplanned && known != c.Scenario().Injects[i].At {
		return known.Clock() + " (" + c.InjectGuard(i).Tree.Bound + ")"
	}
	return Release(c, i, lang)
}

// Release says in words when an inject is released: its time, its condition,
// or that it is released by hand.
func Release(c *engine.Compiled, i int, lang engine.Lang) string {
	in, guard := &c.Scenario().Injects[i], c.InjectGuard(i)
	say := func(vi, en string, args ...engine.Text) string { return engine.Fill(vi, en, args...).In(lang) }
	var words []string
	if in.Hand {
		words = append(words, say("phát bằng tay", "by hand"))
	}
	if !in.Hand && guard == nil {
		words = append(words, in.At.Clock())
	}
	if guard != nil && in.At > 0 {
		words = append(words, say("từ %s", "from %s", engine.Same(in.At.Clock())))
	}
	if guard != nil {
		words = append(words, say("khi ", "when ")+condition(c, guard, lang))
	}
	if in.Until > 0 {
		words = append(words, say("muộn nhất %s", "until %s", engine.Same(in.Until.Clock())))
	}
	return strings.Join(words, ", ")
}

// condition is a guard in words, states by their titles.
func condition(c *engine.Compiled, guard *engine.Guard, lang engine.Lang) string {
	return graph.WordsNaming(guard, lang, func(fact engine.FactKind, id string) string {
		if st := c.Scenario().State(id); fact == engine.FactState && st != nil {
			return "“" + st.Title.In(lang) + "”"
		}
		return id
	})
}
