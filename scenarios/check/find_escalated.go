package check

import (
	"fmt"
	"slices"

	"saban/engine"
	"saban/scenarios"
)

// escalated reports escalated states that nobody gets out of, that are left
// for nothing, or that come back by themselves.
func (a *analysis) escalated() {
	for s := range a.g.states {
		if a.g.kind(s) != engine.Escalated || a.seen.states[s] == nil {
			continue
		}
		if !a.recovers(s) && a.believed() {
			a.noRecovery(s)
		}
		if w := a.seen.rounds[s]; w != nil {
			a.returns(s, w)
		}
	}
	for t := range a.g.s.Transitions {
		if w := a.seen.free[t]; w != nil {
			a.leftForNothing(t, w)
		}
		if w := a.seen.old[t]; w != nil && a.seen.rounds[a.g.to(t)] == nil {
			a.backByOldFact(t, w)
		}
	}
}

// recovers reports whether some play gets from an escalated state to one that
// is neither that nor failed.
func (a *analysis) recovers(s int) bool {
	for to, there := range a.g.reach(s, func(t int) bool { return a.seen.fired[t] != nil }) {
		if there && !bad(a.g.kind(to)) {
			return true
		}
	}
	return false
}

func (a *analysis) noRecovery(s int) {
	id := a.g.states[s].ID
	play, ok := a.shown(a.seen.states[s], func(o *outcome) bool { return a.worse(o, id) })
	for no := range a.g.responses { // more telling where somebody tries
		if !a.seen.relevant[s][no] {
			continue
		}
		c := a.seen.states[s].script()
		in, _ := a.stage.conduct(&c).comes(id)
		c.steps = append(slices.Clone(c.steps), step{at: in + engine.Minute, response: no, free: -1})
		if tried, holds := a.stage.shrink(c, func(o *outcome) bool {
			in, _ := o.comes(id)
			asked, wanted := o.received[a.g.responses[no].ID]
			return a.worse(o, id) && wanted && asked >= in && o.made[a.g.responses[no].ID] > asked
		}); holds {
			play, ok = tried, true
		}
	}
	if !ok {
		return
	}
	a.say(remark{path: index("states", s), code: scenarios.NoRecovery, play: play,
		text: engine.Both("từ %s không cách chơi nào phục hồi được", "no play recovers from %s", id),
		hint: a.and(engine.Both("cho %s một tình huống và một hành động riêng dẫn ra ngoài", "give %s an inject and a response of its own that leads out", id))})
}

// worse reports whether a play comes to a state and, from then on, to bad ones
// alone.
func (a *analysis) worse(o *outcome, id string) bool {
	i := slices.IndexFunc(o.path, func(v visit) bool { return v.state == id })
	return i >= 0 && !slices.ContainsFunc(o.path[i:], func(v visit) bool { return !bad(a.g.kind(a.g.stateNo[v.state])) })
}

func (a *analysis) returns(s int, w *sighting) {
	id := a.g.states[s].ID
	times := func(o *outcome) int {
		n := 0
		for _, v := range o.path {
			if v.state == id {
				n++
			}
		}
		return n
	}
	play, ok := a.shown(w, func(o *outcome) bool { return o.err == nil && times(o) >= 3 && a.untouched(o, s) })
	if !ok {
		return
	}
	a.say(remark{path: index("states", s), code: scenarios.Rounds, play: play,
		text: engine.Both("vào %s %d lần mà giữa các lần không ai làm gì liên quan", "%s is entered %d times though nobody does anything about it in between", id, times(a.stage.conduct(&play))),
		hint: engine.Both("để lần thứ hai dẫn tới trạng thái thất bại, hoặc đòi một hành động riêng mới ra được", "let the second time lead to a failed state, or ask for an act of its own to get out")})
}

// untouched reports whether, from the first to the third of its entries, no
// act was made that the ways into and out of a state read.
func (a *analysis) untouched(o *outcome, s int) bool {
	var entries []engine.Millis
	for _, v := range o.path {
		if v.state == a.g.states[s].ID {
			entries = append(entries, v.at)
		}
	}
	for i := 0; i+2 < len(entries); i++ {
		if !a.relevantBetween(o, s, entries[i], entries[i+2]) {
			return true
		}
	}
	return false
}

func (a *analysis) relevantBetween(o *outcome, s int, from, to engine.Millis) bool {
	for id, at := range o.made {
		if a.seen.relevant[s][a.g.factNo(id)] && at > from && at < to {
			return true
		}
	}
	return false
}

func (a *analysis) leftForNothing(t int, w *sighting) {
	from, to, via := a.g.s.Transitions[t].From, a.g.s.Transitions[t].To, a.g.viaOf(t)
	play, ok := a.shown(w, func(o *outcome) bool { return a.unearned(o, t, via) >= 0 })
	if !ok {
		return
	}
	at := a.unearned(a.stage.conduct(&play), t, via)
	a.say(remark{path: index("transitions", t) + "/when", code: scenarios.FreeRecovery, play: play,
		text: engine.Both("%s được phục hồi về %s lúc %s dù từ khi vào không ai làm gì: điều kiện đã đúng sẵn", "%s recovers to %s at %s though nobody did anything since it began: the condition was true already", from, to, at.Clock()),
		hint: engine.Both("done đúng mãi mãi: cho %s một tình huống và một hành động chỉ hỏi ở đó", "done is true for ever: give %s an inject and a response asked for only there", from)})
}

// unearned is when a transition out of an escalated state was taken at the
// end of its dwell with no act it reads since entry, or -1.
func (a *analysis) unearned(o *outcome, t int, via string) engine.Millis {
	for i, v := range o.path {
		if i == 0 || v.via != via {
			continue
		}
		from := o.path[i-1]
		if v.at != from.at+a.g.states[a.g.from(t)].AtLeast {
			continue
		}
		acted := false
		a.g.c.TransitionGuard(t).Tree.Atoms(func(n *engine.GuardNode) {
			for j := range o.log {
				e := &o.log[j]
				acted = acted || e.Seq > from.seq && e.Seq < v.seq && acts(e) && a.g.makes(e.ID, n.ID)
			}
		})
		if !acted {
			return v.at
		}
	}
	return -1
}

// makes reports whether an act of one id is what a guard asks for under
// another.
func (g *game) makes(act, read string) bool {
	if act == read {
		return true
	}
	x, ok1 := g.responseNo[act]
	y, ok2 := g.responseNo[read]
	return ok1 && ok2 && x == y
}

func (a *analysis) backByOldFact(t int, w *sighting) {
	to, via := a.g.s.Transitions[t].To, a.g.viaOf(t)
	play, ok := a.shown(w, func(o *outcome) bool {
		if o.err != nil || !o.fires(via) {
			return false
		}
		_, seen := a.g.replay(o.script)
		return seen.old[t] != nil
	})
	if !ok {
		return
	}
	a.say(remark{path: index("transitions", t) + "/when", code: scenarios.OldFactAgain, play: play,
		text: engine.Both("%s quay lại lần nữa chỉ vì điều đã có từ lần trước", "%s comes back by nothing but what was so the first time", to),
		hint: engine.Both("thêm vào %s một điều mới: việc của lần phục hồi, hoặc not missed(…) ở đường ra", "ask for something new in %s: what the recovery did, or not missed(…) on the way out", fmt.Sprintf("%q", a.g.s.Transitions[t].When))})
}
