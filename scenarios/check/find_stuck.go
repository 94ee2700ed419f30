package check

import (
	"saban/engine"
	"saban/scenarios"
)

// dead reports where a play can come to and never get to an end from, and
// machines that go round by themselves.
func (a *analysis) dead() {
	said := map[string]bool{} // states
	for s := range a.g.states {
		if w := a.stuck.rounds[s]; w != nil {
			a.goesRound(w, said)
		}
	}
	if w := a.seen.fault; w != nil {
		a.runsInCircles(w)
	}
	for s := range a.g.states {
		if w := a.stuck.stuck[s]; w != nil {
			a.stuckIn(s, w, said)
		}
	}
}

func (a *analysis) stuckIn(s int, w *sighting, said map[string]bool) {
	id := a.g.states[s].ID
	play, ok := a.shown(w, func(o *outcome) bool { return o.err == nil && o.last() == id })
	if !ok || !a.stillStuck(play) {
		play = w.script() // the pace may go on to another state with no way out
		if !a.stillStuck(play) {
			return
		}
	}
	id = a.stage.conduct(&play).last()
	if said[id] {
		return
	}
	said[id] = true
	play, _ = a.stage.shrink(play, func(o *outcome) bool { return o.err == nil && o.last() == id && a.stillStuck(o.script) })
	out := a.stage.conduct(&play)
	last := out.path[len(out.path)-1]
	for _, one := range play.steps {
		last.at = max(last.at, one.at)
	}
	a.say(remark{path: index("states", a.g.stateNo[id]), code: scenarios.Stuck, level: scenarios.Error, play: play, expect: []string{"state: " + id},
		text: engine.Both("kẹt ở %s từ %s: sau đó ai làm gì đúng cũng không tới được trạng thái kết thúc nào", "stuck in %s from %s on: nothing anybody should do leads to any end from there", id, last.at.Clock()),
		hint: engine.Both("thêm đường ra khỏi %s, chẳng hạn elapsed >= … tới trạng thái thất bại", "add a way out of %s, such as elapsed >= … to a failed state", id)})
}

// stillStuck asks of a whole play whether it ends where there is no way out.
func (a *analysis) stillStuck(c script) bool {
	p, _ := a.g.replay(c)
	return !p.final(a.g) && !a.stuck.escapes(p)
}

// goesRound reports a round, and marks its states as said.
func (a *analysis) goesRound(w *sighting, said map[string]bool) {
	play, ok := a.shown(w, func(o *outcome) bool {
		_, n := o.turns()
		return o.err == nil && n >= 2 && !a.g.kind(a.g.stateNo[o.last()]).Final()
	})
	if !ok {
		return
	}
	count, n := a.stage.conduct(&play).turns()
	state := ""
	for i := len(a.g.states) - 1; i >= 0; i-- {
		id := a.g.states[i].ID
		if count[id] > 1 && said[id] {
			return
		}
		if count[id] == n {
			state = id
		}
	}
	for id, times := range count {
		said[id] = said[id] || times > 1
	}
	a.say(remark{path: index("states", a.g.stateNo[state]), code: scenarios.GoesRound, level: scenarios.Error, play: play,
		text: engine.Both("không ai làm gì mà máy trạng thái cứ quay vòng qua %s, %d lần trong buổi, mãi không tới kết thúc", "with nobody acting the machine goes round through %s, %d times in the drill, and never comes to an end", state, n),
		hint: engine.Both("để một lần quay lại dẫn tới trạng thái thất bại, hoặc bỏ một đường của vòng", "let one return lead to a failed state, or take one way of the circle out")})
}

// turns counts by state how often it was entered with no act after that, and
// the most of them.
func (o *outcome) turns() (count map[string]int, most int) {
	var lastAct engine.Millis
	for _, at := range o.made {
		lastAct = max(lastAct, at)
	}
	count = map[string]int{}
	for _, v := range o.path {
		if v.at >= lastAct {
			count[v.state]++
			most = max(most, count[v.state])
		}
	}
	return count, most
}

func (a *analysis) runsInCircles(w *sighting) {
	play, ok := a.shown(w, func(o *outcome) bool { return o.err != nil })
	if !ok {
		return
	}
	out := a.stage.conduct(&play)
	last := out.path[len(out.path)-1]
	a.say(remark{path: index("states", a.g.stateNo[last.state]), code: scenarios.GoesRound, level: scenarios.Error, play: play,
		text: engine.Both("lúc %s máy trạng thái chuyển quá mười lần liền và dừng ở %s", "at %s the machine makes more than ten moves at once and stops in %s", last.at.Clock(), last.state),
		hint: engine.Both("thêm elapsed >= …, hoặc một điều đang sai lúc quay lại", "add elapsed >= …, or something that is false on the way back")})
}
