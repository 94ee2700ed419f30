package server

import (
	"slices"

	"saban/engine"
	"saban/live"
)

// room lists what the facilitator may report of what happens in the room, and
// how much each role has before it.
func (c *Console) room(v *live.View, lang engine.Lang) {
	stated := map[string]bool{}
	for _, a := range v.Acts {
		stated[a.ID] = a.Times > 0
	}
	for _, f := range v.Scenario.Flags {
		if !stated[f.ID] {
			c.Flags = append(c.Flags, FlagChoice{f.ID, f.Text.In(lang)})
		}
	}
	open := map[string]int{}
	for _, q := range v.Questions() {
		open[q.Ask.Role]++
	}
	for _, role := range c.Roles {
		c.Busy = append(c.Busy, BusyRole{role.ID, open[role.ID]})
	}
	c.seen(v, stated, lang)
}

// seen lists every response, by its ways where it has some, what is asked now
// before what is not, then the prohibited actions.
func (c *Console) seen(v *live.View, recorded map[string]bool, lang engine.Lang) {
	var asked, later []SeenChoice
	for i := range v.Responses {
		r := &v.Responses[i]
		one := SeenChoice{ID: r.Response.ID, Text: r.Response.Do.In(lang), Role: rolesOf(v.Scenario, []string{r.Response.By}, lang), Done: r.Done}
		list := &later
		if r.Triggered && !r.Done {
			list = &asked
		}
		if len(r.Response.Ways) == 0 {
			*list = append(*list, one)
		}
		for _, w := range r.Response.Ways {
			way := one
			way.ID, way.Text = w.ID, w.Do.In(lang)
			*list = append(*list, way)
		}
	}
	c.Seen = slices.Concat(asked, later)
	for i := range v.Scenario.Prohibited {
		p := &v.Scenario.Prohibited[i]
		c.Seen = append(c.Seen, SeenChoice{ID: p.ID, Text: p.Text.In(lang), Bad: true, Done: recorded[p.ID]})
	}
}
