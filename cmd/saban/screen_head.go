package main

import (
	"slices"
	"strings"

	"saban/engine"
)

// digits are drawn three rows high: exercise time is the first thing to see.
var digits = map[rune][3]string{
	'0': {"█▀█", "█ █", "▀▀▀"}, '1': {"▄█ ", " █ ", "▀▀▀"}, '2': {"▀▀█", "█▀▀", "▀▀▀"}, '3': {"▀▀█", "▀▀█", "▀▀▀"},
	'4': {"█ █", "▀▀█", "  ▀"}, '5': {"█▀▀", "▀▀█", "▀▀▀"}, '6': {"█▀▀", "█▀█", "▀▀▀"}, '7': {"▀▀█", "  █", "  ▀"},
	'8': {"█▀█", "█▀█", "▀▀▀"}, '9': {"█▀█", "▀▀█", "▀▀▀"}, ':': {"▄", "▄", " "},
}

// large writes a clock in tall digits and returns how wide it is.
func large(clock string) [3]string {
	var rows [3]string
	for i, r := range clock {
		for y := range rows {
			if i > 0 {
				rows[y] += " "
			}
			rows[y] += digits[r][y]
		}
	}
	return rows
}

// low is a screen too short for tall digits, wide one with room for two
// columns.
const (
	low  = 20
	wide = 110
)

// header draws what is always in sight and returns its height: the strip, the
// clock, how the drill runs and where it stands.
func (c *console) header(a area) int {
	c.strip(a)
	phase, st := c.phaseWords()
	state := c.app.kind(c.s.Drill.StateKind()) + " " + c.s.stateName(c.view.State)
	here := ""
	if c.s.Drill.Started() {
		here = c.app.say("từ %s", "since %s", c.view.Entered.Clock())
	}
	if c.view.Forced {
		here += c.app.say(" · chuyển tay", " · forced")
	}
	wall := c.s.Wall().Format("15:04:05")
	whole, over := c.app.say("kế hoạch %s", "planned %s", c.s.staging.file.Scenario.Duration.Clock()), faint
	if late := c.s.Now() - c.s.staging.file.Scenario.Duration; late > 0 {
		whole, over = c.app.say("quá kế hoạch %s", "%s over plan", late.Clock()), warn
	}
	if a.h < low || a.w < 60 {
		x := a.put(1, 1, "T+"+c.s.Now().Clock(), strong)
		x = a.put(x+2, 1, phase, st)
		a.put(x+2, 1, state, plain)
		a.right(1, 1, wall, faint)
		return 2
	}
	a.put(1, 2, "T+", strong)
	x := 4
	for y, row := range large(c.s.Now().Clock()) {
		x = a.put(4, 1+y, row, strong)
	}
	x += 3
	end := a.put(x, 1, phase, st)
	a.put(end+2, 1, c.paceWords(), faint)
	a.put(x, 2, clip(state, a.w-x-12), strong)
	a.put(x, 3, here, faint)
	a.right(1, 1, wall, plain)
	a.right(3, 1, whole, over)
	return 4
}

// strip says on every screen that this is an exercise, or that it is not.
func (c *console) strip(a area) {
	if c.s.Drill.StoppedReal() {
		a.fill(0, alarm)
		a.put(1, 0, c.app.say("SỰ CỐ THẬT — BUỔI DIỄN TẬP ĐÃ DỪNG", "REAL INCIDENT — THE EXERCISE IS STOPPED"), alarm)
		return
	}
	a.fill(0, strip)
	x := a.put(1, 0, c.app.say("DIỄN TẬP — KHÔNG PHẢI SỰ VIỆC THẬT", "EXERCISE — NOT A REAL INCIDENT"), strip)
	title := clip(c.s.in(c.s.staging.file.Scenario.Title), a.w-x-4)
	a.right(0, 1, title, strip)
}

func (c *console) phaseWords() (string, style) {
	switch {
	case c.s.Drill.StoppedReal():
		return c.app.say("■ dừng vì sự cố thật", "■ stopped for a real incident"), bad
	case !c.s.Drill.Started():
		return c.app.say("○ chưa bắt đầu", "○ not started"), plain
	case c.s.Drill.Over():
		return c.app.say("■ đã kết thúc", "■ ended"), plain
	case c.s.Drill.Paused():
		return c.app.say(" ‖ TẠM DỪNG ", " ‖ PAUSED "), banner
	}
	return c.app.say("▶ đang chạy", "▶ running"), plain
}

// paceWords says that a drill at another speed is practice.
func (c *console) paceWords() string {
	speed := c.s.Watch().Speed()
	if !c.s.Drill.Started() {
		speed = c.s.staging.start.Speed
	}
	if speed == engine.Whole || speed == 0 {
		return ""
	}
	return c.app.speedWords(speed) + c.app.say(" · tập thử", " · practice")
}

// title writes the head of a page or a block and returns the row after it.
func (a area) title(text string) int {
	a.rule(0, text, "")
	return 1
}

// rule draws a hairline with a title on it and a word at its end.
func (a area) rule(y int, text, end string) {
	a.put(0, y, strings.Repeat("─", a.w), faint)
	if text != "" {
		a.put(2, y, " "+clip(text, a.w-6-columns(end))+" ", strong)
	}
	if end != "" {
		a.put(a.w-columns(end)-4, y, " "+end+" ", faint)
	}
}

// footer draws the last two rows: what just happened, and the keys.
func (c *console) footer(a area) {
	if c.s.Mono() < c.notice.until {
		a.put(1, 0, clip(c.notice.text, a.w-2), c.notice.style)
	} else if c.s.Drill.Fault() != "" {
		a.put(1, 0, c.app.say("máy tự dừng vì kịch bản chuyển vòng quanh: g chuyển tay, rồi p tiếp tục", "the engine paused because the scenario goes in circles: g to force a state, then p"), bad)
	}
	if c.page != nil {
		a.put(1, 1, clip(c.page.keys(c), a.w-2), faint)
		return
	}
	c.keyBar(a)
}

// keyBar names the keys there is room for; the help names them all.
func (c *console) keyBar(a area) {
	if !c.s.Drill.Started() {
		a.put(1, 1, c.app.say("Enter bắt đầu (StartEx) · ? phím · Ctrl-C rời đi", "Enter start (StartEx) · ? keys · Ctrl-C leave"), faint)
		return
	}
	if c.s.Drill.StoppedReal() {
		a.put(1, 1, c.app.say("! bỏ dừng · m ghi chú · Q kết thúc · Ctrl-C rời đi", "! release the stop · m note · Q end · Ctrl-C leave"), faint)
		return
	}
	order := []rune{'?', 'p', '1', 'x', 'n', '\r', 'g', 't', 'm', 'r', 'h', 'k', 's', 'l', '!', 'q'}
	if c.s.Drill.Paused() {
		order = slices.DeleteFunc(order, func(letter rune) bool { return letter == '1' }) // no answer is taken now
	}
	must := c.barItem('q')
	room := a.w - 2 - columns(must.text()) - 2
	x := 1
	for _, letter := range order[:len(order)-1] {
		it := c.barItem(letter)
		if x+columns(it.text())+2 > room {
			continue
		}
		x = it.put(a, x)
	}
	must.put(a, x)
}

type barItem struct{ key, word string }

func (b barItem) text() string { return b.key + " " + b.word }

func (b barItem) put(a area, x int) int {
	x = a.put(x, 1, b.key, accent)
	return a.put(x, 1, " "+b.word, faint) + 2
}

func (c *console) barItem(letter rune) barItem {
	label := string(letter)
	switch letter {
	case '1':
		label = "1–9"
	case '\r':
		label = "Enter"
	}
	for _, h := range hotkeys() {
		if h.letter == letter && letter != 0 || h.letter == 0 && h.label == label {
			word := c.s.in(h.short)
			if letter == 'p' && c.s.Drill.Paused() {
				word = c.app.say("tiếp tục", "resume")
			}
			return barItem{h.label, word}
		}
	}
	return barItem{}
}
