package main

import (
	"fmt"
	"strconv"

	"saban/engine"
)

// players lists the roles people sit in.
func (c *console) players() []engine.RoleView {
	var out []engine.RoleView
	for _, r := range c.view.Roles {
		if !r.Role.Simulated && r.Filled {
			out = append(out, r)
		}
	}
	return out
}

func (c *console) roleItems(roles []engine.RoleView) []item {
	var out []item
	for i := range roles {
		out = append(out, item{text: c.s.in(roles[i].Role.Title)})
	}
	return out
}

// pickRole asks for one role; first is offered first when it is among them.
func (c *console) pickRole(title, first string, none bool, then func(c *console, role string)) {
	roles := c.players()
	for i := range roles {
		if roles[i].Role.ID == first {
			roles = append(append([]engine.RoleView{roles[i]}, roles[:i:i]...), roles[i+1:]...)
			break
		}
	}
	items := c.roleItems(roles)
	if none {
		items = append(items, item{text: c.app.say("Không rõ ai", "Not known who"), style: faint})
	}
	c.show(&menu{title: title, items: items, then: func(c *console, picked []int) {
		if picked[0] == len(roles) {
			then(c, "")
			return
		}
		then(c, roles[picked[0]].Role.ID)
	}})
}

// adHoc writes an inject on the spot: to whom, its text, and if wanted what
// should be done about it.
func (c *console) adHoc() {
	roles := c.players()
	title := c.app.say("Tình huống đột xuất", "Ad hoc inject")
	c.show(&menu{title: title, intro: textIntro(c.app.say("Gửi cho những ai?", "To whom?")), items: c.roleItems(roles), least: 1, most: len(roles),
		then: func(c *console, picked []int) {
			in := &engine.Inject{ID: c.freeID("X"), Channel: "radio"}
			if len(picked) < len(roles) {
				for _, i := range picked {
					in.To = append(in.To, roles[i].Role.ID)
				}
			}
			c.show(&entry{title: title + " · " + c.s.roleNames(in.To), intro: textIntro(c.app.say("Lời đọc cho người tham gia:", "The text to read to the players:")),
				then: func(c *console, text string) {
					in.Text = c.inMyLanguage(text)
					c.adHocExpects(in, title)
				}})
		}})
}

// adHocExpects asks what should be done. It weighs nothing unless a weight
// is chosen.
func (c *console) adHocExpects(in *engine.Inject, title string) {
	c.show(&entry{title: title, empty: true, intro: textIntro(c.app.say("Cần làm gì? (Enter: chỉ thông báo, không hỏi ai)", "What should be done? (Enter: for information only, nobody is asked)")),
		then: func(c *console, text string) {
			if text == "" {
				c.show(nil)
				c.do(engine.Command{Do: engine.AdHoc, Body: engine.Body{Inject: in}})
				return
			}
			first := ""
			if len(in.To) > 0 {
				first = in.To[0]
			}
			c.pickRole(c.app.say("Ai phải làm?", "Who must do it?"), first, false, func(c *console, role string) {
				r := engine.Response{ID: c.freeID("RX"), By: role, Do: c.inMyLanguage(text)}
				c.adHocWeight(in, r)
			})
		}})
}

func (c *console) adHocWeight(in *engine.Inject, r engine.Response) {
	m := &menu{title: c.app.say("Có tính điểm không?", "Does it count?"), items: []item{{text: c.app.say("Không tính điểm, chỉ theo dõi", "No, only shown")}}}
	for n := 1; n <= 5; n++ {
		m.items = append(m.items, item{text: c.app.say("Tính, trọng số %d", "Yes, weight %d", n)})
	}
	m.then = func(c *console, picked []int) {
		c.show(nil)
		if r.Weight = picked[0]; r.Weight > 0 {
			r.Capability = engine.CH
		}
		in.Expects = []engine.Response{r}
		c.do(engine.Command{Do: engine.AdHoc, Body: engine.Body{Inject: in}})
	}
	c.show(m)
}

// freeID numbers what is written on the spot: X1, X2, …
func (c *console) freeID(prefix string) string {
	taken := map[string]bool{}
	for i := range c.view.Injects {
		taken[c.view.Injects[i].Inject.ID] = true
	}
	for i := range c.view.Responses {
		taken[c.view.Responses[i].Response.ID] = true
	}
	for n := 1; ; n++ {
		id := prefix + strconv.Itoa(n)
		if !taken[id] && !c.named(id) {
			return id
		}
	}
}

// named reports whether the scenario uses an id for something else.
func (c *console) named(id string) bool {
	s := c.s.staging.file.Scenario
	_, way := s.FindWay(id)
	flag := false
	for _, f := range s.Flags {
		flag = flag || f.ID == id
	}
	return way != nil || flag || s.Role(id) != nil || s.State(id) != nil || s.FindProhibited(id) != nil || s.FindDistractor(id) != nil || s.Objective(id) != nil
}

// prohibited records an act that adds danger, and who did it.
func (c *console) prohibited() {
	s := c.s.staging.file.Scenario
	m := &menu{title: c.app.say("Hành động cấm nào?", "Which prohibited action?")}
	for _, p := range s.Prohibited {
		m.items = append(m.items, item{text: c.s.in(p.Text), note: c.app.say("(%s)", "(%s)", c.s.in(p.Severity.Title()))})
	}
	if len(m.items) == 0 {
		c.say(plain, "kịch bản không có hành động cấm", "the scenario has no prohibited actions")
		return
	}
	m.then = func(c *console, picked []int) {
		p := s.Prohibited[picked[0]]
		c.pickRole(c.app.say("Ai đã làm?", "Who did it?"), "", true, func(c *console, role string) {
			c.show(nil)
			if c.do(engine.Command{Do: engine.Prohibit, Body: engine.Body{ID: p.ID, Role: role}}) {
				c.say(good, "đã ghi · t: rút lại", "recorded · t: take back")
			}
		})
	}
	c.show(m)
}

func (a *app) speedWords(r engine.Ratio) string { return fmt.Sprintf("×%s", a.share(r)) }
