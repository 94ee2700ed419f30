package check

import (
	"slices"

	"saban/engine"
	"saban/scenarios"
)

// conditions reports transitions that never fire, or always at once, and
// injects that never wait.
func (a *analysis) conditions() {
	for t := range a.g.s.Transitions {
		if a.seen.states[a.g.from(t)] == nil {
			continue // said of the state
		}
		switch {
		case a.seen.fired[t] != nil:
			if !a.seen.falseSeen[t] && a.believed() {
				a.neverFalse(t)
			}
		case a.seen.states[a.g.to(t)] != nil && a.believed():
			a.neverFires(t)
		}
	}
	for i := range a.g.s.Injects {
		if a.seen.released[i] != nil && a.g.s.Injects[i].When != "" && !a.seen.waited[i] && a.believed() {
			a.neverWaits(i)
		}
	}
}

// neverFires says whether a transition comes second everywhere, or is just
// never true.
func (a *analysis) neverFires(t int) {
	if a.g.kind(a.g.from(t)) == engine.Escalated && !bad(a.g.kind(a.g.to(t))) && !a.recovers(a.g.from(t)) {
		return // said of the state
	}
	if w := a.seen.beaten[t]; w != nil {
		a.isShadowed(t, w)
		return
	}
	from := a.g.s.Transitions[t].From
	play, ok := a.shown(a.seen.states[a.g.from(t)], func(o *outcome) bool { _, in := o.comes(from); return in })
	if !ok {
		return
	}
	r := remark{path: index("transitions", t) + "/when", code: scenarios.NeverTrue, play: play,
		text: engine.Both("điều kiện này không bao giờ đúng khi đang ở %s", "this condition is never true while the drill is in %s", from),
		hint: a.and(engine.Both("xem lại điều kiện, hoặc bỏ đường chuyển", "look at the condition, or take the transition out"))}
	if a.seen.heldBack[t] != nil {
		r.text = engine.Both("điều kiện này chỉ đúng trong lúc %s còn phải kéo dài (at_least), chưa bao giờ đúng sau đó", "this condition is true only while %s still has to last (at_least), and never afterwards", from)
	}
	if late := a.late.fired[t]; late != nil {
		via := a.g.viaOf(t)
		play, at, ok := a.prolonged(late, func(o *outcome) (engine.Millis, bool) {
			i := slices.IndexFunc(o.path, func(v visit) bool { return v.via == via })
			if i < 0 {
				return 0, false
			}
			return o.path[i].at, true
		})
		if ok {
			r.play = play
			r.text = engine.Both("điều kiện này sớm nhất lúc %s mới đúng, sau giờ kết thúc %s", "this condition is true at %s at the earliest, after the end at %s", at.Clock(), a.g.end)
		}
	}
	a.say(r)
}

// isShadowed reports a transition that is true only when one before it is.
func (a *analysis) isShadowed(t int, w *sighting) {
	instead := func(o *outcome) int {
		if o.err != nil {
			return -1
		}
		_, seen := a.g.replay(o.script)
		if seen.beaten[t] == nil {
			return -1
		}
		for i, v := range o.path {
			if i > 0 && v.at == seen.beaten[t].at && o.path[i-1].state == a.g.s.Transitions[t].From {
				return a.g.via[v.via]
			}
		}
		return -1
	}
	play, ok := a.shown(w, func(o *outcome) bool { return instead(o) >= 0 })
	if !ok {
		return
	}
	other := instead(a.stage.conduct(&play))
	a.say(remark{path: index("transitions", t), code: scenarios.Shadowed, play: play,
		text: both("%s không bao giờ được đi: mỗi khi điều kiện đúng thì %s đứng trước cũng đúng và được chọn", "%s is never taken: whenever its condition is true, so is that of %s before it", a.g.name(t), a.ordinal(other)),
		hint: engine.Both("đổi thứ tự hai đường, hoặc thêm not (…) vào đường trước", "exchange the two, or add not (…) to the first")})
}

// ordinal is a transition by name and, where the name does not tell it from
// others, by number.
func (a *analysis) ordinal(t int) engine.Text {
	name := a.g.name(t)
	for i := range a.g.s.Transitions {
		if i != t && a.g.name(i) == name {
			return engine.Both("%s (đường số %d)", "%s (transition %d)", name, t+1)
		}
	}
	return engine.Same(name)
}

func (a *analysis) neverFalse(t int) {
	from, via := a.g.s.Transitions[t].From, a.g.viaOf(t)
	stay := a.g.states[a.g.from(t)].AtLeast
	play, ok := a.shown(a.seen.fired[t], func(o *outcome) bool { return o.err == nil && atOnce(o, via, stay) })
	if !ok {
		return
	}
	r := remark{path: index("transitions", t) + "/when", code: scenarios.NeverFalse, play: play,
		text: engine.Both("điều kiện này luôn đúng khi vào %s: không ai kịp thấy trạng thái đó", "this condition is always true on entering %s: nobody ever sees that state", from),
		hint: a.and(engine.Both("bỏ trạng thái, hoặc đòi một điều xảy ra sau khi vào", "take the state out, or ask for something that comes after its entry"))}
	if stay > 0 {
		r.text = engine.Both("điều kiện này luôn đúng khi đang ở %s: hết at_least là đi, ai làm gì cũng vậy", "this condition is always true in %s: it is left at the end of at_least whatever anybody does", from)
	}
	a.say(r)
}

// atOnce reports whether a transition was taken as soon as it could be after
// the entry into the state it leaves, with nothing in between.
func atOnce(o *outcome, via string, stay engine.Millis) bool {
	for i, v := range o.path {
		if i == 0 || v.via != via {
			continue
		}
		before := o.path[i-1]
		if v.at == before.at+stay && (stay > 0 || v.seq == before.seq+1) {
			return true
		}
	}
	return false
}

func (a *analysis) neverWaits(i int) {
	in := &a.g.s.Injects[i]
	play, ok := a.shown(a.seen.released[i], func(o *outcome) bool { at, out := o.released[in.ID]; return out && at == in.At })
	if !ok {
		return
	}
	a.say(remark{path: index("injects", i) + "/when", code: scenarios.NeverFalse, play: play, noPath: true, expect: []string{"released: [" + in.ID + "]"},
		text: engine.Both("điều kiện này luôn đúng: %s lần nào cũng phát lúc %s", "this condition is always true: %s comes at %s every time", in.ID, in.At.Clock()),
		hint: a.and(engine.Both("bỏ when và ghi at: %s", "leave when out and write at: %s", in.At))})
}
