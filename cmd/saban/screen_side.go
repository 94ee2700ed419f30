package main

import (
	"saban/engine"
	"saban/live"
)

// drawComing lists what is to come, with times or what it waits for.
func (c *console) drawComing(a area) {
	a.rule(0, c.app.say("Sắp tới", "To come"), "")
	if len(c.coming) == 0 {
		a.put(1, 1, c.app.say("Hết tình huống theo kịch bản", "No inject is left in the scenario"), faint)
		return
	}
	for i := range c.coming {
		y := i + 1
		if y == a.h-1 && len(c.coming) > a.h-1 && a.h > 4 {
			a.put(1, y, c.app.say("… và %d nữa (v)", "… and %d more (v)", len(c.coming)-i), faint)
			return
		}
		if y >= a.h {
			return
		}
		u := &c.coming[i]
		words, st := c.whenWords(u), faint
		if elsewhere := c.elsewhere(u); elsewhere != "" {
			words, st = elsewhere, warn
			if a.w > 60 {
				words = c.app.say("%s · viết cho “%s”", "%s · meant for “%s”", words, clip(c.s.stateName(u.Inject.ExpectedIn), 22))
			}
		}
		if u.Held || u.Status == engine.Waiting {
			st = warn
		}
		x := a.put(1, y, clockOf(u), plain)
		x = a.put(max(x+1, 8), y, clip(c.s.injectName(&c.view, u.Inject.ID), a.w-columns(words)-12), plain)
		a.put(max(x+2, a.w-columns(words)-1), y, words, st)
	}
}

// clockOf is when an inject is planned, or a sign that it has no time.
func clockOf(u *live.Upcoming) string {
	if u.Contingent || u.Hand {
		return "  ◇  "
	}
	return u.At.Clock()
}

// whenWords says what an inject to come waits for.
func (c *console) whenWords(u *live.Upcoming) string {
	switch {
	case u.Held && u.Status == engine.Waiting:
		return c.app.say("‖ giữ, đã đến giờ", "‖ held, due")
	case u.Held:
		return c.app.say("‖ đang giữ", "‖ held")
	case u.Status == engine.Waiting:
		return c.app.say("chờ trạng thái của nó", "waits for its state")
	case u.Contingent:
		return c.app.say("khi đủ điều kiện", "on its condition")
	case u.Hand:
		return c.app.say("phát bằng tay", "by hand")
	}
	return c.app.say("còn %s", "in %s", max(u.At-c.s.Now(), 0).Clock())
}

// elsewhere warns of an inject that is due soon and was written for another
// state than the present one.
func (c *console) elsewhere(u *live.Upcoming) string {
	if !u.Elsewhere || u.Contingent || u.Held || u.Status == engine.Waiting || !c.s.Drill.Started() || u.At-c.s.Now() > 2*engine.Minute {
		return ""
	}
	return c.app.say("◆ %s, lệch trạng thái", "◆ %s, other state", max(u.At-c.s.Now(), 0).Clock())
}

// drawStopped is all there is to see while a real incident is on.
func (c *console) drawStopped(a area) {
	y := a.title(c.app.say("Dừng vì sự cố thật lúc %s", "Stopped for a real incident at %s", c.s.Now().Clock())) + 1
	var out []line
	for _, text := range []string{
		c.s.StopReason(), "",
		c.app.say("Thôi diễn tập. Mọi người làm theo phương án thật; báo 113, 114 hoặc 115.", "No more exercise. Everybody follows the real plan; call 113, 114 or 115."),
		c.app.say("Đồng hồ diễn tập đứng yên, nhật ký còn nguyên.", "The exercise clock stands; the log is kept."), "",
		c.app.say("!  bỏ dừng", "!  release the stop"), c.app.say("Q  kết thúc buổi diễn tập", "Q  end the drill"),
	} {
		out = append(out, textLines(text, a.w, plain)...)
	}
	a.lines(y, out)
}

// drawFeed tells what happened, the latest first; a telling takes at most so
// many rows.
func (c *console) drawFeed(a area, rows int) {
	if a.h < 1 {
		return
	}
	a.rule(0, c.app.say("Diễn biến", "What happened"), "")
	y := 1
	for i := len(c.s.Log) - 1; i >= 0 && y < a.h; i-- {
		e := &c.s.Log[i]
		t := c.s.tell(&c.view, e)
		if t.text == "" {
			continue
		}
		x := a.put(1, y, e.At.Clock(), faint)
		x = a.put(x+1, y, t.mark, t.style) + 1
		lines := fold(t.text, a.w-x-1)
		if n := min(rows, a.h-y); len(lines) > n {
			lines[n-1] = clip(lines[n-1]+" "+lines[n], a.w-x-1)
			lines = lines[:n]
		}
		for _, l := range lines {
			a.put(x, y, l, plain)
			y++
		}
	}
}

// drawStart is the screen before StartEx.
func (c *console) drawStart(a area) {
	s := c.s.staging.file.Scenario
	y := a.title(c.app.say("Sẵn sàng bắt đầu", "Ready to start"))
	var out []line
	put := func(st style, text string) {
		for _, l := range fold(text, a.w-2) {
			out = append(out, line{{" " + l, st}})
		}
	}
	put(strong, c.s.in(s.Title))
	put(plain, c.s.in(s.Site.Name))
	put(faint, c.s.in(s.Site.About))
	out = append(out, nil)
	put(plain, c.app.say("%d tình huống, dự kiến %s, tốc độ %s", "%d injects, planned for %s, speed %s", len(s.Injects), s.Duration.Clock(), c.app.speedWords(max(c.s.staging.start.Speed, engine.Whole/1000))))
	filled, vacant := c.seats()
	put(plain, c.app.say("Vai có người: %s", "Roles held: %s", filled))
	for _, v := range vacant {
		put(warn, v)
	}
	put(faint, c.app.say("Ghi vào %s", "Written to %s", c.s.staging.path))
	out = append(out, nil)
	put(accent, c.app.say("Enter: bắt đầu (StartEx). Đồng hồ chạy ngay.", "Enter: start (StartEx). The clock runs at once."))
	a.lines(y, out)
}

// seats says which roles are held and which nobody holds.
func (c *console) seats() (filled string, vacant []string) {
	start := c.s.staging.start
	if len(start.Seats) == 0 {
		start.Seats = engine.FullSeats(c.s.staging.file.Scenario)
	}
	held := map[string]bool{}
	var names []string
	for _, seat := range start.Seats {
		if len(seat.Persons) > 0 {
			held[seat.Role] = true
			names = append(names, seat.Role)
		}
	}
	covers := map[string]string{}
	for _, cover := range start.Covers {
		covers[cover.Role] = cover.By
	}
	for _, r := range c.s.staging.file.Scenario.Roles {
		switch {
		case r.Simulated || held[r.ID]:
		case held[covers[r.ID]]:
			vacant = append(vacant, c.app.say("◆ %s: không có người, %s làm thay", "◆ %s: nobody, covered by %s", c.s.in(r.Title), c.s.roleName(covers[r.ID])))
		default:
			vacant = append(vacant, c.app.say("◆ %s: không có người; việc của vai này không tính", "◆ %s: nobody; its responses do not count", c.s.in(r.Title)))
		}
	}
	return c.s.roleNames(names), vacant
}
