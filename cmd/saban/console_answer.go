package main

import (
	"saban/engine"
	"saban/live"
)

// answerNumber opens a question by its number on the screen; 0 lists all.
func (c *console) answerNumber(d int) {
	switch {
	case len(c.open) == 0:
		c.say(plain, "chưa có câu nào chờ trả lời", "no question is open")
	case c.s.Drill.Paused():
		c.say(warn, "đang tạm dừng · p: tiếp tục rồi trả lời", "paused · p: resume, then answer")
	case d == 0:
		m := &menu{title: c.app.say("Các câu chờ trả lời", "Open questions")}
		open := c.open
		for i := range open {
			q := &open[i]
			m.items = append(m.items, item{text: c.s.in(q.Role.Role.Title) + " · " + c.s.injectName(&c.view, q.Inject.Inject.ID), note: c.timeWords(q, false)})
		}
		m.then = func(c *console, picked []int) { c.answer(open[picked[0]]) }
		c.show(m)
	case d <= len(c.open):
		c.answer(c.open[d-1])
	default:
		c.say(plain, "không có câu số %d", "there is no question %d", d)
	}
}

// answer asks for the choices of a role.
func (c *console) answer(q live.Question) {
	m := &menu{title: c.app.say("%s trả lời · %s", "%s answers · %s", c.s.in(q.Role.Role.Title), c.s.injectName(&c.view, q.Inject.Inject.ID))}
	m.intro = func(c *console, w int) []line { return c.questionIntro(&q, w) }
	for _, o := range q.Choices {
		m.items = append(m.items, item{text: c.s.in(o.Text)})
	}
	m.items = append(m.items, item{text: c.app.say("Điều khác…", "Something else…"), style: faint})
	if q.Ask.Pick > 1 {
		m.least, m.most = 1, q.Ask.Pick
	}
	m.then = func(c *console, picked []int) {
		cmd := engine.Command{Do: engine.Respond, Body: engine.Body{ID: q.Inject.Inject.ID, Role: q.Ask.Role}}
		other := false
		for _, i := range picked {
			if i == len(q.Choices) {
				other = true
				continue
			}
			cmd.Choices = append(cmd.Choices, q.Choices[i].ID)
		}
		if !other {
			if len(picked) < q.Ask.Pick {
				c.say(warn, "chọn %d", "choose %d", q.Ask.Pick)
				return
			}
			c.respond(cmd)
			return
		}
		c.show(&entry{title: m.title, intro: textIntro(c.app.say("Vai này làm gì khác? Câu này sẽ được chấm sau.", "What else does the role do? This is marked later.")),
			then: func(c *console, text string) {
				cmd.Text = text
				c.respond(cmd)
			}})
	}
	c.show(m)
}

// questionIntro says what the role knows, how its time stands and what
// should come first.
func (c *console) questionIntro(q *live.Question, w int) []line {
	var out []line
	in := q.Inject.Inject
	if heard := c.s.in(q.Ask.Told); heard != "" && !in.Reads(q.Ask.Role) {
		out = append(out, quoted(c.app.say("nghe được: ", "has heard: ")+heard, w)...)
	} else if c.page != nil && in.Reads(q.Ask.Role) {
		out = append(out, quoted(c.s.in(q.Inject.Text), w)...)
	}
	words := c.timeWords(q, true)
	if q.Ask.Pick > 1 {
		words += c.app.say(" · chọn %d", " · choose %d", q.Ask.Pick)
	}
	if q.Role.Cover != "" {
		words += c.app.say(" · %s làm thay", " · covered by %s", c.s.roleName(q.Role.Cover))
	}
	mark, st := urgencyMark(q.Urgency(c.s.Now()))
	out = append(out, line{{" " + mark + " ", st}, {words, st}})
	for _, id := range q.After {
		out = append(out, line{{clip(c.app.say("   nên sau: ", "   should follow: ")+c.s.in(c.s.offer(&c.view, id).Text), w-1), faint}})
	}
	return out
}

// respond sends an answer at once, so that ticking boxes costs no time, and
// asks for the boxes of what was chosen after.
func (c *console) respond(cmd engine.Command) {
	c.show(nil)
	if !c.do(cmd) {
		return
	}
	c.look()
	c.say(good, "đã ghi · t: rút lại", "recorded · t: take back")
	c.askBoxes(cmd.ID, cmd.Role, cmd.Choices)
}

// askBoxes asks which contents were given, response by response.
func (c *console) askBoxes(inject, role string, choices []string) {
	for i, id := range choices {
		set := c.boxesOf(id)
		if set == nil {
			continue
		}
		response := c.s.offer(&c.view, id).Response
		m := &menu{title: c.app.say("%s nêu được những gì?", "What did %s give?", c.s.roleName(role)), most: len(set.Boxes),
			intro: textIntro(c.s.in(response.Do))}
		for _, b := range set.Boxes {
			m.items = append(m.items, item{text: c.s.in(b.Text)})
		}
		m.then = func(c *console, picked []int) {
			c.show(nil)
			if len(picked) > 0 {
				ticks := engine.Ticks{Response: response.ID}
				for _, b := range picked {
					ticks.Boxes = append(ticks.Boxes, set.Boxes[b].ID)
				}
				c.do(engine.Command{Do: engine.Respond, Body: engine.Body{ID: inject, Role: role, Boxes: []engine.Ticks{ticks}}})
			}
			c.askBoxes(inject, role, choices[i+1:])
		}
		c.show(m)
		return
	}
}

// boxesOf returns the contents a choice should have, or nil.
func (c *console) boxesOf(id string) *engine.BoxSet {
	if r := c.s.offer(&c.view, id).Response; r != nil && r.Boxes != "" {
		return c.s.staging.file.Scenario.BoxSet(r.Boxes)
	}
	return nil
}

// timeWords says how a question stands to its times.
func (c *console) timeWords(q *live.Question, long bool) string {
	now := c.s.Now()
	spent := now - q.From
	switch q.Urgency(now) {
	case live.InTime:
		left := (q.Target - spent).Clock()
		if long {
			return c.app.say("đúng hạn: còn %s đến thời gian chuẩn", "in time: %s to the target", left)
		}
		return c.app.say("còn %s", "%s left", left)
	case live.PastTarget:
		over, left := (spent - q.Target).Clock(), (q.Limit - spent).Clock()
		if long {
			return c.app.say("quá thời gian chuẩn %s, còn %s đến giới hạn", "past target by %s, %s to the limit", over, left)
		}
		return c.app.say("quá chuẩn %s · còn %s", "past target %s, %s left", over, left)
	case live.PastLimit:
		if long {
			return c.app.say("quá giới hạn %s; vẫn nhận câu trả lời", "past the limit by %s; an answer is still taken", (spent - q.Limit).Clock())
		}
		return c.app.say("quá giới hạn %s", "past limit %s", (spent - q.Limit).Clock())
	}
	return c.app.say("không bấm giờ", "not timed")
}

func urgencyMark(u live.Urgency) (string, style) {
	switch u {
	case live.InTime:
		return "○", good
	case live.PastTarget:
		return "◆", warn
	case live.PastLimit:
		return "■", bad
	}
	return "○", faint
}

// quoted is text to read aloud, set apart by a bar.
func quoted(text string, w int) []line {
	var out []line
	for _, l := range fold(text, w-4) {
		out = append(out, line{{" ┃ ", accent}, {l, plain}})
	}
	return out
}
