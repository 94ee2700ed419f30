package main

import (
	"slices"

	"saban/engine"
)

// contents lists the answers given that have contents to tick, or free text
// that somebody has to mark.
func (c *console) contents() {
	m := &menu{title: c.app.say("Chấm nội dung câu nào?", "Mark the contents of which answer?")}
	var of []*engine.Event
	for i := len(c.s.Log) - 1; i >= 0; i-- {
		e := &c.s.Log[i]
		if e.Type != engine.Responded || c.s.gone(e.Seq) {
			continue
		}
		if e.Text != "" || slices.ContainsFunc(e.Choices, func(id string) bool { return c.boxesOf(id) != nil }) {
			of = append(of, e)
			m.items = append(m.items, item{text: e.At.Clock() + " " + c.s.tell(&c.view, e).text})
		}
	}
	if len(of) == 0 {
		c.say(plain, "chưa có câu trả lời nào phải chấm nội dung", "no answer given has contents to mark")
		return
	}
	m.then = func(c *console, picked []int) {
		c.show(nil)
		e := of[picked[0]]
		if e.Text != "" {
			c.markText(e)
			return
		}
		c.askBoxes(e.ID, e.Role, e.Choices)
	}
	c.show(m)
}

// markText says which action a free text amounts to, and how far.
func (c *console) markText(e *engine.Event) {
	title := "“" + e.Text + "”"
	m := &menu{title: title, intro: textIntro(c.app.say("Lời này ứng với hành động nào?", "Which action does this amount to?"))}
	var ids []string
	for i := range c.view.Responses {
		r := &c.view.Responses[i]
		if r.Inject != e.ID {
			continue
		}
		if len(r.Response.Ways) == 0 {
			ids = append(ids, r.Response.ID)
		}
		for _, w := range r.Response.Ways {
			ids = append(ids, w.ID)
		}
	}
	for _, id := range ids {
		m.items = append(m.items, item{text: c.s.in(c.s.offer(&c.view, id).Text)})
	}
	m.items = append(m.items, item{text: c.app.say("Không ứng với hành động nào", "None of them"), style: faint})
	m.then = func(c *console, picked []int) {
		if picked[0] == len(ids) {
			c.show(nil)
			return
		}
		c.markShare(title, ids[picked[0]], e.Seq)
	}
	c.show(m)
}

func (c *console) markShare(title, id string, of int64) {
	shares := []engine.Ratio{engine.Whole, engine.Whole * 3 / 4, engine.Whole / 2, engine.Whole / 4}
	a := c.app
	c.show(&menu{title: title, intro: textIntro(a.say("Đủ đến đâu?", "How complete?")), items: []item{
		{text: a.say("Đủ", "Complete")}, {text: a.say("Phần lớn", "Most of it")}, {text: a.say("Một nửa", "Half of it")}, {text: a.say("Ít", "Little of it")}},
		then: func(c *console, picked []int) {
			c.show(nil)
			c.do(engine.Command{Do: engine.Mark, Body: engine.Body{ID: id, Of: of, Content: shares[picked[0]]}})
		}})
}

// gone reports whether an event was taken back.
func (s *session) gone(seq int64) bool {
	for i := range s.Log {
		if s.Log[i].Type == engine.Retracted && s.Log[i].Of == seq {
			return true
		}
	}
	return false
}
