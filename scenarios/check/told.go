package check

import (
	"strings"

	"saban/engine"
)

// told is what happens in a play, in a line: what was not done, then in order
// of time what was done otherwise than by the pace, and the states.
func (g *game) told(o *outcome) engine.Text {
	c := &o.script
	parts := []engine.Text{c.manner()}
	for _, role := range c.empty {
		parts = append(parts, engine.Both("không ai giữ vai %s", "nobody holds %s", role))
	}
	for _, no := range c.omit {
		parts = append(parts, engine.Both("không làm %s", "%s not done", g.responses[no].ID))
	}
	var vi, en []string
	for _, part := range append(parts, folded(g.happenings(o))...) {
		vi, en = append(vi, part.VI), append(en, part.EN)
	}
	return engine.Text{VI: strings.Join(vi, " · "), EN: strings.Join(en, " · ")}
}

// manner is how everything is done that a play does not name.
func (c *script) manner() engine.Text {
	named := len(c.steps)+len(c.omit) > 0
	switch {
	case c.base.pace == 0 && len(c.steps) == 0:
		return engine.Both("không ai làm gì", "nobody acts")
	case c.base.pace == 0:
		return engine.Both("chỉ làm những việc sau", "only this is done")
	case c.base.ofLimit && named:
		return engine.Both("mọi việc khác đều muộn", "everything else is late")
	case c.base.ofLimit:
		return engine.Both("việc gì cũng muộn", "everything is late")
	case named:
		return engine.Both("mọi việc khác đúng giờ", "everything else in time")
	}
	return engine.Both("mọi việc đúng giờ", "everything in time")
}

// happening is a state that was entered, or an act a play names.
type happening struct {
	what string
	at   engine.Millis
	act  bool
	late bool
}

// text is a happening in a line of them.
func (h happening) text() engine.Text {
	if h.late {
		return engine.Both("%s %s (quá hạn)", "%s %s (past its limit)", h.what, h.at.Clock())
	}
	return engine.Same(h.what + " " + h.at.Clock())
}

// happenings are what a play names and what came of it, in the order they
// came.
func (g *game) happenings(o *outcome) []happening {
	var all []happening
	for i := range o.log {
		e := &o.log[i]
		if e.Type == engine.Moved {
			all = append(all, happening{what: e.To, at: e.At})
			continue
		}
		for _, s := range o.script.steps {
			id := o.script.id(g, s)
			if !acts(e) || !g.makes(e.ID, id) {
				continue
			}
			one := happening{what: id, at: e.At, act: true}
			if s.response >= 0 {
				x := g.responses[s.response]
				asked, ok := o.received[x.ID]
				one.late = ok && e.At > asked+x.Limit
			}
			all = append(all, one)
			break
		}
	}
	return all
}

const (
	longestRound = 4 // states
	roundsShown  = 2
)

// folded writes happenings out, but of rounds through the same states, with
// nothing done between, the first two.
func folded(all []happening) []engine.Text {
	var out []engine.Text
	for i := 0; i < len(all); {
		size, times := turns(all[i:])
		if times <= roundsShown+1 {
			out = append(out, all[i].text())
			i++
			continue
		}
		for _, one := range all[i : i+size*roundsShown] {
			out = append(out, one.text())
		}
		i += size * times
		out = append(out, engine.Both("… thêm %d vòng nữa, tới %s", "… %d more rounds, to %s", times-roundsShown, all[i-1].at.Clock()))
	}
	return out
}

// turns says how often the states that happenings begin with follow each
// other again.
func turns(all []happening) (size, times int) {
	for size = 2; size <= longestRound; size++ {
		n := 0
		for n < len(all) && !all[n].act && all[n].what == all[n%size].what {
			n++
		}
		if times = n / size; times > 1 {
			return size, times
		}
	}
	return 1, 1
}
