package main

import (
	"saban/engine"
	"saban/paper"
)

// showOrder prints the running order on one page: what comes when, to whom.
func (a *app) showOrder(c *engine.Compiled) {
	s := c.Scenario()
	a.heading("Danh mục tình huống", "Master scenario events list")
	order := paper.Order(c)
	rows := make([][]string, len(order))
	for k, i := range order {
		in := &s.Injects[i]
		rows[k] = []string{in.ID, in.Title.In(a.lang), a.roleTitles(s, in.To), paper.Planned(c, i, a.lang)}
	}
	a.table([]column{{title: ""}, {title: a.say("tình huống", "inject"), most: 34}, {title: a.say("đến", "to"), most: 30}, {title: a.say("giờ phát", "released")}}, rows)
}
