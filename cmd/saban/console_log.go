package main

import (
	"slices"

	"saban/engine"
	"saban/live"
)

// flag states a fact of the scenario's.
func (c *console) flag() {
	flags := c.s.staging.file.Scenario.Flags
	if len(flags) == 0 {
		c.say(plain, "kịch bản không có cờ", "the scenario has no flags")
		return
	}
	m := &menu{title: c.app.say("Nêu cờ nào?", "State which flag?")}
	for _, f := range flags {
		it := item{text: c.s.in(f.Text)}
		if slices.ContainsFunc(c.view.Acts, func(a engine.ActView) bool { return a.ID == f.ID }) {
			it.note = c.app.say("(đã nêu)", "(stated)")
		}
		m.items = append(m.items, it)
	}
	m.then = func(c *console, picked []int) {
		c.show(nil)
		c.do(engine.Command{Do: engine.RaiseFlag, Body: engine.Body{ID: flags[picked[0]].ID}})
	}
	c.show(m)
}

// force lists the states the machine may go to next, then all others.
func (c *console) force() {
	s := c.s.staging.file.Scenario
	var list []engine.State
	add := func(st *engine.State) {
		if st != nil && st.ID != c.view.State && !slices.ContainsFunc(list, func(x engine.State) bool { return x.ID == st.ID }) {
			list = append(list, *st)
		}
	}
	for _, t := range s.Transitions {
		if t.From == c.view.State {
			add(s.State(t.To))
		}
	}
	reach := len(list)
	states := s.Situations()
	for i := range states {
		add(&states[i])
	}
	if len(list) == 0 {
		c.say(plain, "kịch bản chỉ có một trạng thái", "the scenario has one state only")
		return
	}
	title := c.app.say("Chuyển tay sang trạng thái nào?", "Force which state?")
	m := &menu{title: title}
	for i, st := range list {
		it := item{text: c.app.kind(st.Kind) + " " + c.s.in(st.Title)}
		if i < reach {
			it.note = c.app.say("(có đường chuyển)", "(a transition leads there)")
		}
		m.items = append(m.items, it)
	}
	m.then = func(c *console, picked []int) {
		to, a := list[picked[0]], c.app
		c.reason(a.say("Chuyển tay sang “%s”", "Force “%s”", c.s.in(to.Title)), []string{
			a.say("Thực tế trong phòng đã đi đến đó", "The room has in fact got there"),
			a.say("Để kịp thời gian", "To keep to the time"),
			a.say("Để tập phần sau", "To play the part that follows"),
			a.say("Máy ghi muộn một việc đã làm", "Something done was entered late"),
		}, func(c *console, why string) {
			c.do(engine.Command{Do: engine.Force, Body: engine.Body{To: to.ID, Reason: why}})
		})
	}
	c.show(m)
}

// retract lists the last facts that can be taken back.
func (c *console) retract() {
	var list []*engine.Event
	m := &menu{title: c.app.say("Rút lại việc nào? (mới nhất trước)", "Take back what? (latest first)")}
	for i := len(c.s.Log) - 1; i >= 0 && len(list) < 27; i-- {
		e := &c.s.Log[i]
		if !c.retractable(e) {
			continue
		}
		list = append(list, e)
		m.items = append(m.items, item{text: e.At.Clock() + "  " + c.s.tell(&c.view, e).text})
	}
	if len(list) == 0 {
		c.say(plain, "chưa có gì để rút lại", "there is nothing to take back")
		return
	}
	m.then = func(c *console, picked []int) {
		e, a := list[picked[0]], c.app
		c.reason(a.say("Rút lại: %s", "Take back: %s", c.s.tell(&c.view, e).text), []string{
			a.say("Bấm nhầm", "Pressed by mistake"), a.say("Nghe nhầm", "Misheard"), a.say("Ghi nhầm vai", "Entered for the wrong role"),
		}, func(c *console, why string) {
			cmd := engine.Command{Do: engine.Retract, Body: engine.Body{Of: e.Seq, Reason: why}}
			if e.Type == engine.Released {
				cmd = engine.Command{Do: engine.Recall, Body: engine.Body{ID: e.ID, Reason: why}}
			}
			c.do(cmd)
		})
	}
	c.show(m)
}

// retractable: facts, and the release of an inject that is still out.
func (c *console) retractable(e *engine.Event) bool {
	switch e.Type {
	case engine.Responded, engine.Observed, engine.ProhibitedAct, engine.Flagged, engine.Noted:
		return !c.s.gone(e.Seq)
	case engine.Skipped:
		return e.Actor != "" && !c.s.gone(e.Seq)
	case engine.Released:
		return slices.ContainsFunc(c.view.Injects, func(in engine.InjectView) bool {
			return in.Inject.ID == e.ID && in.Status == engine.Out && in.ReleasedAt == e.At
		})
	}
	return false
}

// observe logs something that was seen done: what, by whom, how complete,
// and when.
func (c *console) observe() {
	m := &menu{title: c.app.say("Đã thấy làm việc gì?", "What was seen done?")}
	var offers []live.Offer
	add := func(id, note string, st style) {
		o := c.s.offer(&c.view, id)
		offers = append(offers, o)
		m.items = append(m.items, item{text: c.s.in(o.Text), note: note, style: st})
	}
	each := func(wanted bool) {
		for i := range c.view.Responses {
			r := &c.view.Responses[i]
			if (r.Triggered && !r.Done) != wanted {
				continue
			}
			note := "(" + c.s.roleName(r.Response.By) + ")"
			for _, w := range r.Response.Ways {
				add(w.ID, note, plain)
			}
			if len(r.Response.Ways) == 0 {
				add(r.Response.ID, note, plain)
			}
		}
	}
	each(true)
	s := c.s.staging.file.Scenario
	for _, p := range s.Prohibited {
		add(p.ID, c.app.say("(cấm)", "(prohibited)"), bad)
	}
	each(false)
	for _, d := range s.Distractors {
		add(d.ID, c.app.say("(vô ích)", "(useless)"), faint)
	}
	m.then = func(c *console, picked []int) { c.observeBy(offers[picked[0]]) }
	c.show(m)
}

func (c *console) observeBy(o live.Offer) {
	first := ""
	if o.Response != nil {
		first = o.Response.By
	}
	c.pickRole(c.app.say("Ai đã làm?", "Who did it?"), first, o.Response == nil, func(c *console, role string) {
		cmd := engine.Command{Do: engine.Observe, Body: engine.Body{ID: o.ID, Role: role, Content: engine.Whole}}
		if c.s.staging.file.Scenario.FindProhibited(o.ID) != nil {
			cmd.Do, cmd.Content = engine.Prohibit, 0
		}
		set := c.boxesOf(o.ID)
		if set == nil {
			c.observeAt(cmd)
			return
		}
		m := &menu{title: c.app.say("Nêu được những gì?", "Which contents were given?"), most: len(set.Boxes), intro: textIntro(c.s.in(o.Text))}
		for _, b := range set.Boxes {
			m.items = append(m.items, item{text: c.s.in(b.Text)})
		}
		m.then = func(c *console, picked []int) {
			cmd.Content = engine.Over(int64(len(picked)), int64(len(set.Boxes)))
			c.observeAt(cmd)
		}
		c.show(m)
	})
}

func (c *console) observeAt(cmd engine.Command) {
	c.askTime(c.app.say("Lúc nào?", "When?"), func(c *console, at engine.Millis, now bool) {
		if !now {
			cmd.Late, cmd.Observed = true, at
		}
		if c.do(cmd) {
			c.say(good, "đã ghi · t: rút lại", "recorded · t: take back")
		}
	})
}
