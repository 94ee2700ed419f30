package check

import (
	"strings"

	"saban/engine"
	"saban/scenarios"
)

// unreached reports states that no play comes to in time. What follows only
// from another of them is not reported.
func (a *analysis) unreached() {
	for s := range a.g.states {
		if a.seen.states[s] != nil {
			continue
		}
		from := a.nearest(s)
		switch late := a.late.states[s]; {
		case from < 0:
		case late != nil:
			a.afterTheEnd(s, late)
		case a.believed():
			a.never(s, from)
		}
	}
}

// nearest returns a state that was reached and from which a transition leads
// to s, or -1.
func (a *analysis) nearest(s int) int {
	for t := range a.g.s.Transitions {
		if from := a.g.from(t); a.g.to(t) == s && a.seen.states[from] != nil {
			return from
		}
	}
	return -1
}

func (a *analysis) never(s, from int) {
	id, near := a.g.states[s].ID, a.g.states[from].ID
	play, ok := a.shown(a.seen.states[from], func(o *outcome) bool {
		_, there := o.comes(near)
		_, here := o.comes(id)
		return there && !here
	})
	if !ok {
		return
	}
	a.say(remark{path: index("states", s), code: scenarios.TooFar, play: play, expect: []string{"never: [" + id + "]"},
		text: engine.Both("không cách chơi nào tới được %s trong %s", "no play reaches %s within %s", id, a.g.end),
		hint: a.and(engine.Both("xem lại điều kiện của các đường vào từ %s", "look at the conditions of its ways in from %s", near))})
}

func (a *analysis) afterTheEnd(s int, late *sighting) {
	id := a.g.states[s].ID
	play, at, ok := a.prolonged(late, func(o *outcome) (engine.Millis, bool) { return o.comes(id) })
	if !ok {
		return
	}
	code := scenarios.TooFar
	if a.g.kind(s).Final() {
		code = scenarios.EndTooLate
	}
	a.say(remark{path: index("states", s), code: code, play: play,
		text: engine.Both("sớm nhất lúc %s mới tới được %s, sau giờ kết thúc %s", "%[2]s is reached at %[1]s at the earliest, after the end at %[3]s", at.Clock(), id, a.g.end),
		hint: engine.Both("kéo dài duration, hoặc rút ngắn các mốc thời gian trên đường tới đó", "lengthen the duration, or shorten the times on the way")})
}

// prolonged shrinks a play of a drill that lasts longer, and ends it soon
// after what it shows.
func (a *analysis) prolonged(late *sighting, when func(o *outcome) (engine.Millis, bool)) (script, engine.Millis, bool) {
	c := late.script()
	c.end = 2 * a.g.end
	play, ok := a.stage.shrink(c, func(o *outcome) bool {
		at, there := when(o)
		return there && at <= late.at
	})
	if !ok {
		return play, 0, false
	}
	at, _ := when(a.stage.conduct(&play))
	play.end = (at + engine.Minute - 1) / engine.Minute * engine.Minute
	return play, at, true
}

// unreleased reports injects that no play gives out, with the responses that
// are never asked for because of it.
func (a *analysis) unreleased() {
	for i := range a.g.s.Injects {
		if a.seen.released[i] != nil || a.waitsForUnreached(i) {
			continue
		}
		switch late := a.late.released[i]; {
		case a.seen.over[i] != nil:
			a.onlyWhenOver(i)
		case late != nil:
			a.releasedTooLate(i, late)
		case a.believed():
			a.neverReleased(i)
		}
	}
}

// waitsForUnreached reports that an inject waits for a state that is itself
// reported as never reached.
func (a *analysis) waitsForUnreached(i int) bool {
	waits := len(a.g.s.Injects[i].OnlyIn) > 0
	for _, id := range a.g.s.Injects[i].OnlyIn {
		waits = waits && a.seen.states[a.g.stateNo[id]] == nil
	}
	if guard := a.g.c.InjectGuard(i); guard != nil {
		positive(guard.Tree, true, func(n *engine.GuardNode) {
			if n.Fact == engine.FactState && a.seen.states[a.g.stateNo[n.ID]] == nil && guard.Tree.Op != engine.Or {
				waits = true
			}
		})
	}
	return waits
}

// pathOfWhen is where the condition of an inject stands, or its time.
func (a *analysis) pathOfWhen(i int) string {
	if a.g.s.Injects[i].When != "" {
		return index("injects", i) + "/when"
	}
	return index("injects", i)
}

// unasked names the responses of an inject, for texts: " (R01, R02 …)".
func (a *analysis) unasked(i int) engine.Text {
	var ids []string
	for _, no := range a.g.ofInject[i] {
		ids = append(ids, a.g.responses[no].ID)
	}
	if len(ids) == 0 {
		return engine.Text{}
	}
	all := strings.Join(ids, ", ")
	return engine.Both(", nên %s không bao giờ được hỏi", ", so %s is never asked for", all)
}

func (a *analysis) neverReleased(i int) {
	in := &a.g.s.Injects[i]
	play, ok := a.shown(&sighting{base: promptly}, func(o *outcome) bool { _, out := o.released[in.ID]; return !out })
	if !ok {
		return
	}
	more := a.unasked(i)
	a.say(remark{path: a.pathOfWhen(i), code: scenarios.NeverReleased, play: play, noPath: true, expect: []string{"withheld: [" + in.ID + "]"},
		text: engine.Text{VI: "không cách chơi nào làm " + in.ID + " được phát" + more.VI, EN: "no play releases " + in.ID + more.EN},
		hint: a.and(engine.Both("xem lại when, at, until và only_in", "look at when, at, until and only_in"))})
}

func (a *analysis) releasedTooLate(i int, late *sighting) {
	in := &a.g.s.Injects[i]
	play, at, ok := a.prolonged(late, func(o *outcome) (engine.Millis, bool) { at, out := o.released[in.ID]; return at, out })
	if !ok {
		return
	}
	more := a.unasked(i)
	text := engine.Both("%s sớm nhất lúc %s mới phát được, sau giờ kết thúc %s", "%s is released at %s at the earliest, after the end at %s", in.ID, at.Clock(), a.g.end)
	a.say(remark{path: a.pathOfWhen(i), code: scenarios.NeverReleased, play: play, noPath: true, expect: []string{"released: [" + in.ID + "]"},
		text: engine.Text{VI: text.VI + more.VI, EN: text.EN + more.EN},
		hint: engine.Both("kéo dài duration, hoặc cho phát sớm hơn", "lengthen the duration, or have it released earlier")})
}

func (a *analysis) onlyWhenOver(i int) {
	in := &a.g.s.Injects[i]
	play, ok := a.shown(a.seen.over[i], func(o *outcome) bool {
		if _, out := o.released[in.ID]; out || o.err != nil {
			return false
		}
		_, seen := a.g.replay(o.script)
		return seen.over[i] != nil
	})
	if !ok {
		return
	}
	more := a.unasked(i)
	a.say(remark{path: a.pathOfWhen(i), code: scenarios.OnlyWhenOver, play: play, expect: []string{"withheld: [" + in.ID + "]"},
		text: engine.Text{VI: "điều kiện của " + in.ID + " chỉ đúng khi đã ở trạng thái kết thúc: lúc đó tình huống dự phòng bị rút" + more.VI,
			EN: "the condition of " + in.ID + " is true in a final state only, where contingencies are withdrawn" + more.EN},
		hint: engine.Both("cho điều kiện đúng sớm hơn, hoặc đặt at: giờ cố định", "have it true earlier, or give the inject a fixed time")})
}

// tooLate reports responses that even the earliest trigger leaves no time
// for.
func (a *analysis) tooLate() {
	for no := range a.g.responses {
		x := &a.g.responses[no]
		in, first := &a.g.s.Injects[x.inject], a.seen.released[x.inject]
		if first == nil || first.at+x.Limit <= a.g.end || !a.earliest(x.inject) {
			continue
		}
		noTarget := first.at+x.Target > a.g.end
		if !noTarget && !in.Hand && in.At+x.Response.Limit > a.g.end {
			continue // the reader has said it
		}
		play, ok := a.shown(first, func(o *outcome) bool { at, out := o.released[in.ID]; return out && at <= first.at })
		if !ok {
			continue
		}
		r := remark{path: a.g.pathOf(no) + "/limit", code: scenarios.LimitTooLate, play: play, expect: []string{"released: [" + in.ID + "]"},
			text: engine.Both("%s được hỏi sớm nhất lúc %s: giới hạn %s luôn ở sau giờ kết thúc %s", "%s is asked for at %s at the earliest: its limit of %s always lies past the end at %s", x.ID, first.at.Clock(), x.Limit, a.g.end),
			hint: engine.Both("cho %s phát sớm hơn, rút ngắn giới hạn hoặc kéo dài buổi diễn tập", "have %s released earlier, shorten the limit or lengthen the drill", in.ID)}
		if noTarget {
			r.path, r.code = a.g.pathOf(no)+"/target", scenarios.TargetTooLate
			r.text = engine.Both("%s được hỏi sớm nhất lúc %s: đúng thời gian chuẩn %s cũng đã quá giờ kết thúc %s", "%s is asked for at %s at the earliest: even within its target of %s it comes after the end at %s", x.ID, first.at.Clock(), x.Target, a.g.end)
		}
		a.say(r)
	}
}

// earliest reports whether it is known when an inject comes out first.
func (a *analysis) earliest(i int) bool {
	return a.g.planned(i) || a.early.exhausted || a.early.deviations >= 2
}
