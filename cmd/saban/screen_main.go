package main

import (
	"strings"

	"saban/engine"
	"saban/live"
)

// draw shows the drill, or the page that stands in its place.
func (c *console) draw() error {
	w, h := c.size()
	cv := newCanvas(max(w, 1), max(h, 1))
	c.look()
	a := cv.all()
	top := c.header(a)
	c.footer(a.sub(0, h-2, w, 2))
	body := a.sub(1, top, w-2, h-top-2)
	if w >= wide {
		side := min(52, w*3/8)
		c.drawSide(body.sub(body.w-side, 0, side, body.h))
		body = body.sub(0, 0, body.w-side-2, body.h)
	}
	switch {
	case c.page != nil:
		c.page.draw(c, body)
	case !c.s.Drill.Started():
		c.drawStart(body)
	case c.s.Drill.StoppedReal():
		c.drawStopped(body)
	default:
		c.drawDrill(body, w >= wide)
	}
	return c.d.show(cv)
}

// drawSide is the second column of a wide screen: what comes, what was.
func (c *console) drawSide(a area) {
	n := min(max(len(c.coming), 1), max(3, a.h/3))
	c.drawComing(a.sub(0, 0, a.w, n+1))
	c.drawFeed(a.sub(0, n+1, a.w, a.h-n-1), 2)
}

// drawDrill shares the rows out: the inject first, then who must act, what
// comes, and what was.
func (c *console) drawDrill(a area, twoColumns bool) {
	coming, feed := 0, 0
	if !twoColumns {
		coming, feed = 1+min(3, max(1, len(c.coming))), 3
	}
	questions := 1 + max(1, len(c.open))
	room := a.h - coming - feed
	y := c.drawInject(a.sub(0, 0, a.w, max(4, min(room-questions, 16))), twoColumns)
	room = a.h - y - coming - feed
	if room < questions && feed > 2 {
		room++
	}
	y += c.drawQuestions(a.sub(0, y, a.w, max(2, room)))
	if twoColumns {
		return
	}
	c.drawComing(a.sub(0, y, a.w, coming))
	c.drawFeed(a.sub(0, y+coming, a.w, a.h-y-coming), 1)
}

// drawInject shows the inject that came last and returns how tall it is.
func (c *console) drawInject(a area, withNote bool) int {
	in := c.latest()
	if in == nil {
		a.rule(0, c.app.say("Tình huống", "Inject"), "")
		a.put(1, 1, c.app.say("Chưa phát tình huống nào", "No inject is out yet"), faint)
		return 3
	}
	title := c.app.say("Tình huống ", "Inject ") + c.s.injectName(&c.view, in.Inject.ID)
	if in.AdHoc {
		title = c.app.say("◇ Đột xuất ", "◇ Ad hoc ") + in.Inject.ID
	}
	a.rule(0, title, c.app.say("phát lúc %s", "out at %s", in.ReleasedAt.Clock()))
	y := a.lines(1, []line{{{" " + clip(c.s.route(in.Inject), a.w-1), faint}}})
	text := quoted(c.s.in(in.Text), a.w)
	if len(text) > a.h-y {
		text = text[:max(1, a.h-y)]
		last := &text[len(text)-1][1]
		last.text = clip(last.text+c.app.say(" … (b: đọc hết)", " … (b: read all)"), a.w-4)
		if !strings.Contains(last.text, "(b") {
			last.text = clip(last.text, a.w-22) + c.app.say(" (b: đọc hết)", " (b: read all)")
		}
	}
	y = a.lines(y, text)
	if note := c.s.in(in.Inject.Note); withNote && note != "" {
		if lines := textIntro(c.app.say("Lưu ý: ", "Note: ")+note)(c, a.w); y+len(lines) <= a.h {
			y = a.lines(y, lines)
		}
	}
	if withNote && y < a.h {
		y++
	}
	return y
}

// latest is the inject that came last.
func (c *console) latest() *engine.InjectView {
	for i := len(c.s.Log) - 1; i >= 0; i-- {
		if c.s.Log[i].Type != engine.Released {
			continue
		}
		for j := range c.view.Injects {
			if in := &c.view.Injects[j]; in.Inject.ID == c.s.Log[i].ID && in.Status == engine.Out {
				return in
			}
		}
	}
	return nil
}

// drawQuestions lists who must act, with the choices of as many questions as
// there is room for, and returns how tall it is.
func (c *console) drawQuestions(a area) int {
	a.rule(0, c.app.say("Ai phải làm", "Who must act"), c.countWords())
	if len(c.open) == 0 {
		text := c.app.say("Không chờ ai trả lời", "Nobody's answer is awaited")
		switch {
		case c.s.Drill.StateKind().Final():
			text += c.app.say(" · diễn biến đã tới kết cục · Q kết thúc", " · the situation has come to its end · Q end")
		case live.Next(c.coming) == nil:
			text += c.app.say(" · hết tình huống · n đột xuất · Q kết thúc", " · no inject left · n ad hoc · Q end")
		}
		a.put(1, 1, text, faint)
		return 2
	}
	rows := max(0, min(len(c.open), 9, a.h-1))
	spare := a.h - 1 - rows
	y := 1
	for i := range c.open[:rows] {
		if i == rows-1 && len(c.open) > rows {
			a.put(1, y, c.app.say("… và %d câu nữa (0: xem hết)", "… and %d more (0: all)", len(c.open)-rows+1), faint)
			y++
			break
		}
		q := &c.open[i]
		c.drawQuestion(a, y, i+1, q)
		y++
		if lines := c.choiceLines(i+1, q, a.w); len(lines) <= spare {
			y = a.lines(y, lines)
			spare -= len(lines)
		} else {
			spare = 0
		}
	}
	return y
}

func (c *console) countWords() string {
	if len(c.open) == 0 {
		return ""
	}
	late := 0
	for i := range c.open {
		if c.open[i].Urgency(c.s.Now()) >= live.PastTarget {
			late++
		}
	}
	if late > 0 {
		return c.app.say("%d câu, %d đã quá giờ", "%d open, %d past time", len(c.open), late)
	}
	return c.app.say("%d câu", "%d open", len(c.open))
}

// drawQuestion is one row: number, mark, role, inject, a track of its time,
// and the same in words.
func (c *console) drawQuestion(a area, y, n int, q *live.Question) {
	mark, st := urgencyMark(q.Urgency(c.s.Now()))
	const id, track, words = 4, 10, 29
	name := max(12, a.w-id-track-words-9)
	x := a.put(1, y, string(rune('0'+n)), accent)
	x = a.put(x+1, y, mark, st) + 1
	a.put(x, y, clip(c.s.in(q.Role.Role.Title), name), strong)
	x += name + 1
	a.put(x, y, clip(q.Inject.Inject.ID, id), faint)
	x += id + 1
	if q.Timed {
		c.drawTrack(a, x, y, track, q, st)
	}
	x += track + 1
	a.put(x, y, clip(c.timeWords(q, false), a.w-x), st)
}

// drawTrack is the time of a question as a line: spent thick, the rest up to
// the target thin, up to the limit dotted, with a tick at the target.
func (c *console) drawTrack(a area, x, y, n int, q *live.Question, st style) {
	spent := c.s.Now() - q.From
	at := func(m engine.Millis) int {
		return int(engine.MulDiv(int64(max(m, 0)), int64(n), int64(max(q.Limit, 1))))
	}
	target, now := min(at(q.Target), n-1), min(at(spent), n)
	for i := range n {
		mark, style := "┄", faint
		switch {
		case i < now && i == target:
			mark, style = "┿", st
		case i < now:
			mark, style = "━", st
		case i == target:
			mark = "┼"
		case i < target:
			mark = "─"
		}
		x = a.put(x, y, mark, style)
	}
}

// choiceLines are the choices of question n, each with the two digits that
// pick it.
func (c *console) choiceLines(n int, q *live.Question, w int) []line {
	var out []line
	for i, o := range q.Choices {
		lead := "     " + string(rune('0'+n)) + "·" + string(rune('1'+i)) + "  "
		if i > 8 {
			lead = blanks(10)
		}
		for n, part := range fold(c.s.in(o.Text), w-11) {
			if n > 0 {
				lead = blanks(10)
			}
			out = append(out, line{{lead, faint}, {part, plain}})
		}
	}
	return out
}
