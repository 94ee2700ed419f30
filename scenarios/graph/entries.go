package graph

import (
	"strconv"

	"saban/engine"
)

// listBeside is how wide the list of transitions is beside the machine.
const listBeside = 360.0

const (
	entryStep = 13.0
	entryGap  = 5.0
	entryIn   = 20.0 // under its number
)

// entry is a transition in the list below or beside the picture.
type entry struct {
	number int
	head   []string // from → to
	when   []string
	why    []string
	from   string
	to     string
}

func list(c *engine.Compiled, lang engine.Lang, width float64) []entry {
	s := c.Scenario()
	most := int((width - entryIn) / (10.5 * 0.52))
	var out []entry
	for i, e := range Edges(c) {
		one := entry{number: i + 1, from: e.From, to: e.To}
		one.head = wrap(title(s.State(e.From), lang)+" → "+title(s.State(e.To), lang), most-4)
		one.when = wrap(engine.Text{VI: "khi ", EN: "when "}.In(lang)+e.Words.In(lang), most)
		if why := e.Why.In(lang); why != "" {
			one.why = wrap(why, most)
		}
		out = append(out, one)
	}
	return out
}

func (e *entry) height() float64 {
	return entryStep*float64(len(e.head)+len(e.when)+len(e.why)) + entryGap
}

func entriesHeight(entries []entry) float64 {
	sum := 12.0
	for i := range entries {
		sum += entries[i].height()
	}
	return sum
}

func (d *drawing) list(entries []entry, x, y float64, t *trail) {
	gone := map[[2]string]bool{}
	for a := range t.arrows {
		gone[[2]string{a.from.state.ID, a.to.state.ID}] = true
	}
	y += entryStep
	for i := range entries {
		e := &entries[i]
		class := ""
		if t.shown && !gone[[2]string{e.from, e.to}] {
			class = " class=\"pale\""
		}
		d.f("<g%s><text class=\"l b\" x=\"%.1f\" y=\"%.1f\">%s</text>", class, x, y, strconv.Itoa(e.number))
		for k, lines := range [][]string{e.head, e.when, e.why} {
			for _, line := range lines {
				d.f("<text class=\"l%s\" x=\"%.1f\" y=\"%.1f\">%s</text>", []string{" b", "", " w"}[k], x+entryIn, y, text(line))
				y += entryStep
			}
		}
		d.f("</g>\n")
		y += entryGap
	}
}
