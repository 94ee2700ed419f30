package check

import (
	"slices"
	"strings"

	"saban/engine"
	"saban/scenarios"
	"saban/scoring"
)

// bases reports what the two plays every scenario has to pass show: one that
// does everything in time, and one that does nothing.
func (a *analysis) bases() {
	play := script{base: promptly}
	out := a.stage.conduct(&play)
	if out.err == nil {
		card := a.stage.score(out)
		if len(a.g.s.States) > 0 {
			a.perfectPath(play, card)
		}
		a.perfectScore(play, card)
	}
	if len(a.g.s.States) == 0 {
		return
	}
	play = script{base: silently}
	if out = a.stage.conduct(&play); out.err != nil {
		return
	}
	if last := a.g.states[a.g.stateNo[out.last()]]; last.Kind != engine.Failed {
		a.say(remark{path: "states", code: scenarios.SilenceForgiven, play: play, expect: []string{"state: " + last.ID},
			text: both("không ai làm gì mà buổi diễn tập kết thúc ở %s (%s), không phải thất bại", "nobody acts, and the drill ends in %s (%s), not in failure", last.ID, last.Kind.Title()),
			hint: engine.Both("để một trạng thái xấu dẫn tới kind: failed khi elapsed >= …", "let a bad state lead to one of kind: failed once elapsed >= …")})
	}
}

func (a *analysis) perfectPath(play script, card scoring.Scorecard) {
	if card.StateKind != engine.Contained {
		a.say(remark{path: "states", code: scenarios.PerfectUncontained, play: play, expect: []string{"state: " + card.State},
			text: engine.Both("làm đủ và đúng giờ mà buổi diễn tập kết thúc ở %s, không phải đã khống chế", "everything is done in time, and the drill ends in %s, not contained", card.State),
			hint: engine.Both("xem đường đi của saban run %s --play …: điều kiện nào còn thiếu", "look at the path of saban run %s --play …: which condition is still missing", a.g.s.ID)})
	}
	for _, step := range card.Path {
		if step.Kind != engine.Escalated {
			continue
		}
		a.say(remark{path: index("states", a.g.stateNo[step.State]), code: scenarios.PerfectEscalates, play: play,
			text: engine.Both("làm đủ và đúng giờ mà vẫn vào %s lúc %s", "everything is done in time, and still %s is entered at %s", step.State, step.AtMS.Clock()),
			hint: engine.Both("nới mốc thời gian của đường vào, hoặc đòi missed(…) thay cho elapsed", "allow the way in more time, or ask for missed(…) in place of elapsed")})
		return
	}
}

func (a *analysis) perfectScore(play script, card scoring.Scorecard) {
	full := scoring.Points(100 * 100)
	if card.Total == nil || *card.Total >= full {
		return
	}
	total := card.Total.In(engine.EN)
	a.say(remark{path: "id", code: scenarios.PerfectBelowFull, play: play, noPath: true, expect: []string{"score: " + total},
		text: engine.Text{VI: "làm đủ và đúng giờ mà chỉ được " + card.Total.In(engine.VI) + " điểm", EN: "everything is done in time, and the total is only " + total},
		hint: a.lost(card)})
}

// lost names what a perfect play lost points by.
func (a *analysis) lost(card scoring.Scorecard) engine.Text {
	var ids []string
	for _, item := range card.Items {
		if item.Triggered && item.Value != nil && *item.Value < engine.Whole {
			ids = append(ids, item.ID)
		}
	}
	switch {
	case len(ids) > 0:
		return engine.Both("mất điểm ở %s", "points are lost on %s", strings.Join(ids, ", "))
	case card.Order.Kept < card.Order.Applicable:
		return engine.Both("mất điểm thứ tự: %d trong %d cặp", "points are lost on order: %d of %d pairs", card.Order.Kept, card.Order.Applicable)
	}
	return engine.Both("xem thang điểm của kịch bản", "look at the scenario's rubric")
}

// lateAnswers reports acts that make a bad and a good branch true at once.
func (a *analysis) lateAnswers() {
	for evil := range a.g.s.Transitions {
		for good := range a.g.s.Transitions {
			if w := a.seen.order[[2]int{evil, good}]; w != nil {
				a.orderDecides(evil, good, w)
			}
		}
	}
}

func (a *analysis) orderDecides(evil, good int, w *sighting) {
	act := w.steps[len(w.steps)-1]
	id := a.g.responses[act.response].ID
	first, second := min(evil, good), max(evil, good)
	play, ok := a.shown(w, func(o *outcome) bool {
		if o.err != nil || !o.fires(a.g.viaOf(first)) {
			return false
		}
		_, seen := a.g.replay(o.script)
		return seen.order[[2]int{evil, good}] != nil
	})
	if !ok {
		return
	}
	a.say(remark{path: index("transitions", second) + "/when", code: scenarios.OrderDecides, play: play,
		text: engine.Both("%s làm muộn khiến hai đường ra khỏi %s cùng đúng: tới %s hay %s chỉ do thứ tự trong tệp", "%s made late makes two ways out of %s true at once: %s or %s is decided by their order in the file alone",
			id, a.g.s.Transitions[evil].From, a.g.s.Transitions[first].To, a.g.s.Transitions[second].To),
		hint: engine.Both("thêm not late(%s) vào đường tốt, hoặc dùng missed(%s) cho đường xấu", "add not late(%s) to the good one, or use missed(%s) for the bad one", id, id)})
}

// contained reports critical responses that contained can do without.
func (a *analysis) contained() {
	for no := range a.g.responses {
		w := a.seen.missing[no]
		if w == nil {
			continue
		}
		id := a.g.responses[no].ID
		play, ok := a.shown(w, func(o *outcome) bool { return a.doneWithout(o, id) != "" })
		if !ok {
			continue
		}
		out := a.stage.conduct(&play)
		state, into := a.doneWithout(out, id), 0
		for _, v := range out.path[1:] {
			if v.state == state {
				into = a.g.via[v.via]
			}
		}
		a.say(remark{path: index("transitions", into) + "/when", code: scenarios.ContainedWithout, play: play, expect: []string{"state: " + state},
			text: engine.Both("tới được %s dù %s (hành động then chốt) không ai làm", "%s is reached though nobody does %s, which is critical", state, id),
			hint: engine.Both("thêm done(%s) vào điều kiện, hoặc bỏ critical", "add done(%s) to the condition, or take critical out", id)})
	}
}

// doneWithout returns the contained state a play came to after a response was
// asked for and with nobody ever making it, or nothing.
func (a *analysis) doneWithout(o *outcome, id string) string {
	asked, ok := o.received[id]
	if _, made := o.made[id]; made || !ok || o.err != nil {
		return ""
	}
	for _, v := range o.path {
		if a.g.kind(a.g.stateNo[v.state]) == engine.Contained && v.at >= asked {
			return v.state
		}
	}
	return ""
}

// prohibited reports prohibited actions that conditions name and nothing
// follows from.
func (a *analysis) prohibited() {
	k := newCone(a.g).transitions(nil)
	for i := range a.g.s.Injects {
		k.inject(i)
	}
	twins := a.g.twins()
	for n := range a.g.s.Prohibited {
		i := a.g.freeNo[a.g.s.Prohibited[n].ID]
		if !k.free[i] || a.seen.effect[twins[i]] != nil || !a.believed() || a.changes(twins[i]) {
			continue
		}
		id := a.g.s.Prohibited[n].ID
		play := a.idle(i)
		a.say(remark{path: index("prohibited", n), code: scenarios.IdleProhibited, play: play,
			text: engine.Both("%s có trong điều kiện nhưng không đổi được diễn biến nào", "%s stands in a condition but changes the course of no play", id),
			hint: a.and(engine.Both("xem lại điều kiện nêu prohibited(%s) hoặc done(%s)", "look at the condition that names prohibited(%s) or done(%s)", id, id))})
	}
}

// idle is a play in which an act is seen where a condition names it.
func (a *analysis) idle(i int) script {
	play := script{base: promptly, steps: []step{{at: engine.Minute, response: -1, free: i}}}
	for s := range a.g.states {
		w := a.seen.states[s]
		if w == nil || !a.seen.relevant[s][a.g.factNo(a.g.free[i].id)] || len(a.g.out[s]) == 0 {
			continue
		}
		id := a.g.states[s].ID
		c, ok := a.shown(w, func(o *outcome) bool { _, in := o.comes(id); return in })
		if at, in := a.stage.conduct(&c).comes(id); ok && in {
			c.steps = append(slices.Clone(c.steps), step{at: at + just, response: -1, free: i})
			return c
		}
	}
	return play
}

// changes reports whether some play ends otherwise when an act is added in
// one of its states.
func (a *analysis) changes(i int) bool {
	tried := slices.Concat([]*sighting{{base: promptly}, {base: silently}, {base: slowly}}, a.seen.states, a.seen.fired)
	for guard := range len(a.g.s.Transitions) + len(a.g.s.Injects) {
		tried = append(tried, a.seen.weighs[[2]int{i, guard}])
	}
	for _, w := range tried {
		if w == nil {
			continue
		}
		c := w.script()
		plain := a.stage.conduct(&c)
		was := plain.course()
		for _, v := range plain.path {
			more := c
			more.steps = append(append([]step(nil), c.steps...), step{at: v.at + just, response: -1, free: i})
			if a.stage.conduct(&more).course() != was {
				return true
			}
		}
	}
	return false
}

// course is all that a play came to: states and injects with their times.
func (o *outcome) course() string {
	var b strings.Builder
	for i := range o.log {
		switch e := &o.log[i]; e.Type {
		case engine.Moved:
			b.WriteString(e.Via + " " + e.At.String() + "\n")
		case engine.Released, engine.Withdrawn, engine.Skipped:
			b.WriteString(e.ID + " " + string(e.Type) + " " + e.At.String() + "\n")
		}
	}
	return b.String()
}
