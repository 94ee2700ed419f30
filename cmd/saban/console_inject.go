package main

import (
	"strings"

	"saban/engine"
	"saban/live"
)

// nextComing is the inject that Enter, h and k are about; without one it
// says so.
func (c *console) nextComing() *live.Upcoming {
	u := live.Next(c.coming)
	if u == nil {
		c.say(plain, "hết tình huống theo kịch bản · n: đột xuất · Q: kết thúc", "no inject is left in the scenario · n: ad hoc · Q: end")
	}
	return u
}

func (c *console) releaseNext() {
	if c.s.Mono() < c.quiet {
		return
	}
	if u := c.nextComing(); u != nil {
		c.release(u.Inject.ID)
	}
}

func (c *console) release(id string) {
	if c.do(engine.Command{Do: engine.Release, Body: engine.Body{ID: id}}) {
		c.say(good, "đã phát %s · t: rút lại", "released %s · t: take back", id)
	}
}

func (c *console) hold() {
	if u := c.nextComing(); u != nil {
		c.toggleHold(u)
	}
}

func (c *console) toggleHold(u *live.Upcoming) {
	verb := engine.Hold
	if u.Held {
		verb = engine.Unhold
	}
	c.do(engine.Command{Do: verb, Body: engine.Body{ID: u.Inject.ID}})
}

func (c *console) skipNext() {
	if u := c.nextComing(); u != nil {
		c.skip(u)
	}
}

func (c *console) skip(u *live.Upcoming) {
	id, a := u.Inject.ID, c.app
	c.reason(a.say("Bỏ tình huống %s", "Skip %s", c.s.injectName(&c.view, id)), []string{
		a.say("Không còn hợp với diễn biến", "No longer fits what has happened"),
		a.say("Thiếu thời gian", "Not enough time"),
		a.say("Các vai đang quá tải", "The roles are overloaded"),
	}, func(c *console, why string) {
		c.do(engine.Command{Do: engine.Skip, Body: engine.Body{ID: id, Reason: why}})
	})
}

// pickComing lists what is to come, then what can be done with one of them.
func (c *console) pickComing() {
	if len(c.coming) == 0 {
		c.nextComing()
		return
	}
	list := c.coming
	m := &menu{title: c.app.say("Việc với tình huống nào?", "Which inject?")}
	for i := range list {
		m.items = append(m.items, item{text: c.s.injectName(&c.view, list[i].Inject.ID), note: c.whenWords(&list[i])})
	}
	m.then = func(c *console, picked []int) { c.manage(list[picked[0]]) }
	c.show(m)
}

func (c *console) manage(u live.Upcoming) {
	a, id := c.app, u.Inject.ID
	hold := a.say("Giữ lại", "Hold it")
	if u.Held {
		hold = a.say("Thôi giữ", "Hold it no longer")
	}
	c.show(&menu{title: c.s.injectName(&c.view, id), intro: func(c *console, w int) []line { return quoted(c.s.in(u.Text), w) },
		items: []item{{text: a.say("Phát ngay", "Release it now")}, {text: hold}, {text: a.say("Dời giờ", "Move its time")},
			{text: a.say("Sửa lời", "Reword it")}, {text: a.say("Bỏ", "Skip it")}},
		then: func(c *console, picked []int) {
			c.show(nil)
			switch picked[0] {
			case 0:
				c.release(id)
			case 1:
				c.toggleHold(&u)
			case 2:
				c.postpone(id)
			case 3:
				c.reword(id)
			case 4:
				c.skip(&u)
			}
		}})
}

func (c *console) postpone(id string) {
	c.askTime(c.app.say("Dời %s đến lúc nào?", "Move %s to when?", id), func(c *console, at engine.Millis, _ bool) {
		c.do(engine.Command{Do: engine.Postpone, Body: engine.Body{ID: id, Moment: at}})
	})
}

// askTime takes an exercise time as the clock shows it; empty is now.
func (c *console) askTime(title string, then func(c *console, at engine.Millis, now bool)) {
	c.show(&entry{title: title, empty: true, intro: textIntro(c.app.say("Giờ diễn tập, phút:giây, ví dụ 12:30 (Enter: bây giờ)", "Exercise time, minutes:seconds, such as 12:30 (Enter: now)")),
		then: func(c *console, text string) {
			at, ok := parseClock(text)
			if text == "" {
				at, ok = c.s.Now(), true
			}
			if !ok {
				c.say(warn, "không đọc được giờ %q; viết như 12:30", "%q is no time; write it like 12:30", text)
				return
			}
			c.show(nil)
			then(c, at, text == "")
		}})
}

// parseClock reads 12:30 or 1:02:30, and 12m30s too.
func parseClock(s string) (engine.Millis, bool) {
	if at, ok := engine.ParseDuration(s); ok {
		return at, true
	}
	parts := strings.Split(s, ":")
	if len(parts) < 2 || len(parts) > 3 {
		return 0, false
	}
	if len(parts) == 2 {
		parts = append([]string{"0"}, parts...)
	}
	return engine.ParseDuration(parts[0] + "h" + parts[1] + "m" + parts[2] + "s")
}

func (c *console) reword(id string) {
	c.show(&entry{title: c.app.say("Lời mới của %s", "New text of %s", id), then: func(c *console, text string) {
		c.show(nil)
		words := c.inMyLanguage(text)
		c.do(engine.Command{Do: engine.Edit, Body: engine.Body{ID: id, Words: &words}})
	}})
}

// inMyLanguage is a text as typed: nobody translates it.
func (c *console) inMyLanguage(text string) engine.Text {
	if c.app.lang == engine.EN {
		return engine.Text{EN: text}
	}
	return engine.Text{VI: text}
}

// relay lists the roles that were asked and not told yet.
func (c *console) relay() {
	type news struct{ inject, role string }
	var list []news
	m := &menu{title: c.app.say("Báo lại tin nào, cho ai?", "Pass which news on, to whom?")}
	for _, q := range c.open {
		in := q.Inject.Inject
		told := false
		for _, role := range q.Inject.Relayed {
			told = told || role == q.Ask.Role
		}
		if told || in.Reads(q.Ask.Role) {
			continue
		}
		text := c.s.in(q.Role.Role.Title) + " · " + c.s.injectName(&c.view, in.ID)
		m.items = append(m.items, item{text: text, note: c.s.in(q.Ask.Told)})
		list = append(list, news{in.ID, q.Ask.Role})
	}
	if len(list) == 0 {
		c.say(plain, "không có tin nào phải báo lại", "there is no news to pass on")
		return
	}
	m.then = func(c *console, picked []int) {
		c.show(nil)
		n := list[picked[0]]
		c.do(engine.Command{Do: engine.Relay, Body: engine.Body{ID: n.inject, Role: n.role}})
	}
	c.show(m)
}

// readAgain shows a released inject whole.
func (c *console) readAgain() {
	m := &menu{title: c.app.say("Bản đọc của tình huống nào?", "Read which inject?")}
	var list []engine.InjectView
	for i := len(c.s.Log) - 1; i >= 0; i-- {
		for _, in := range c.view.Injects {
			if e := &c.s.Log[i]; e.Type == engine.Released && e.ID == in.Inject.ID {
				list = append(list, in)
				m.items = append(m.items, item{text: e.At.Clock() + "  " + c.s.injectName(&c.view, e.ID)})
			}
		}
	}
	if len(list) == 0 {
		c.say(plain, "chưa phát tình huống nào", "no inject is out yet")
		return
	}
	m.then = func(c *console, picked []int) {
		in := list[picked[0]]
		c.show(&sheet{title: c.s.injectName(&c.view, in.Inject.ID), lines: func(c *console, w int) []line { return c.card(in, w) }})
	}
	c.show(m)
}

// card is all there is to read of an inject.
func (c *console) card(in engine.InjectView, w int) []line {
	out := []line{{{" " + c.s.route(in.Inject), faint}}, nil}
	out = append(out, quoted(c.s.in(in.Text), w)...)
	for _, ask := range in.Inject.AskList() {
		if told := c.s.in(ask.Told); told != "" {
			out = append(out, nil, line{{" " + c.app.say("Báo cho %s:", "Told to %s:", c.s.roleName(ask.Role)), strong}})
			out = append(out, quoted(told, w)...)
		}
	}
	if note := c.s.in(in.Inject.Note); note != "" {
		out = append(out, nil)
		out = append(out, textIntro(c.app.say("Lưu ý: ", "Note: ")+note)(c, w)...)
	}
	return out
}
