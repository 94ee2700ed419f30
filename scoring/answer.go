package scoring

import "saban/engine"

// addAnswer keeps what a role chose and ticked, by number: the event's slices
// may be used again by who made it.
func (sc *Scorer) addAnswer(e *engine.Event) {
	r, ok := sc.ids[e.ID]
	if !ok || r.kind != isInject {
		return
	}
	a := act{
		seq: e.Seq, at: e.At, observed: e.Observed, role: e.Role, epoch: len(sc.epochs) - 1,
		answer: true, inject: r.index, text: e.Text != "",
	}
	a.choices[0], a.ticks[0] = len(sc.choices), len(sc.ticks)
	for _, id := range e.Choices {
		if c, ok := sc.ids[id]; ok && c.kind != isInject {
			sc.choices = append(sc.choices, c)
		}
	}
	for _, t := range e.Boxes {
		if c, ok := sc.ids[t.Response]; ok && c.kind == isResponse {
			sc.addTicks(c.index, t.Boxes)
		}
	}
	a.choices[1], a.ticks[1] = len(sc.choices), len(sc.ticks)
	sc.acts = append(sc.acts, a)
}

func (sc *Scorer) addTicks(response int, ids []string) {
	set := sc.expected[response].boxes
	if set == nil {
		return
	}
	for _, id := range ids {
		for b := range set.Boxes {
			if set.Boxes[b].ID == id {
				sc.ticks = append(sc.ticks, tick{response, b})
			}
		}
	}
}
