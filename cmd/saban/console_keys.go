package main

import (
	"strings"

	"golang.org/x/text/unicode/norm"

	"saban/engine"
)

// hotkey is a key of the drill screen. The letters are consonants that no
// Vietnamese input method rewrites on their own (no vowel, d or w), and both
// cases count, so that Telex and VNI may stay on.
type hotkey struct {
	letter rune
	label  string
	short  engine.Text // in the bar at the bottom; empty = only in the help
	long   engine.Text
	do     func(c *console)
}

// hotkeys are all of them, in the order of the help.
func hotkeys() []hotkey {
	return []hotkey{
		{'p', "p", engine.Text{VI: "dừng", EN: "pause"}, engine.Text{VI: "tạm dừng, tiếp tục (phím cách cũng được)", EN: "pause, resume (space too)"}, (*console).pauseOrResume},
		{0, "1–9", engine.Text{VI: "trả lời", EN: "answer"}, engine.Text{VI: "ghi câu trả lời của một vai; 0: xem hết các câu", EN: "enter a role's answer; 0: all questions"}, nil},
		{'x', "x", engine.Text{VI: "cấm", EN: "prohibited"}, engine.Text{VI: "ghi một hành động cấm", EN: "record a prohibited action"}, (*console).prohibited},
		{'n', "n", engine.Text{VI: "đột xuất", EN: "ad hoc"}, engine.Text{VI: "viết và phát một tình huống đột xuất", EN: "write and release an ad hoc inject"}, (*console).adHoc},
		{'r', "r", engine.Text{VI: "báo lại", EN: "relay"}, engine.Text{VI: "báo lại một tin cho vai được hỏi mà không được gửi", EN: "pass news on to a role that is asked but not addressed"}, (*console).relay},
		{'m', "m", engine.Text{VI: "ghi chú", EN: "note"}, engine.Text{VI: "ghi chú vào nhật ký", EN: "note something in the log"}, (*console).note},
		{'f', "f", engine.Text{}, engine.Text{VI: "nêu một cờ của kịch bản", EN: "state a flag of the scenario"}, (*console).flag},
		{'g', "g", engine.Text{VI: "chuyển tay", EN: "force"}, engine.Text{VI: "chuyển tay sang trạng thái khác, có lý do", EN: "force another state, with a reason"}, (*console).force},
		{0, "Enter", engine.Text{VI: "phát", EN: "release"}, engine.Text{VI: "phát ngay tình huống kế tiếp", EN: "release the next inject now"}, nil},
		{'h', "h", engine.Text{VI: "giữ", EN: "hold"}, engine.Text{VI: "giữ hoặc thôi giữ tình huống kế tiếp", EN: "hold or unhold the next inject"}, (*console).hold},
		{'k', "k", engine.Text{VI: "bỏ", EN: "skip"}, engine.Text{VI: "bỏ tình huống kế tiếp, có lý do", EN: "skip the next inject, with a reason"}, (*console).skipNext},
		{'v', "v", engine.Text{}, engine.Text{VI: "việc với một tình huống bất kỳ: phát, giữ, dời, sửa lời, bỏ", EN: "any inject to come: release, hold, move, reword, skip"}, (*console).pickComing},
		{'t', "t", engine.Text{VI: "rút lại", EN: "take back"}, engine.Text{VI: "rút lại một việc đã ghi nhầm, có lý do", EN: "take back what was entered by mistake, with a reason"}, (*console).retract},
		{'l', "l", engine.Text{VI: "quan sát", EN: "observe"}, engine.Text{VI: "ghi việc đã thấy làm, kể cả muộn: ai, lúc nào", EN: "log what was seen done, late too: who, when"}, (*console).observe},
		{'c', "c", engine.Text{}, engine.Text{VI: "chấm nội dung câu đã trả lời: thêm mục đã nêu, xét “điều khác”", EN: "contents of an answer given: tick more, mark “something else”"}, (*console).contents},
		{'b', "b", engine.Text{}, engine.Text{VI: "bản đọc: lời đầy đủ và lưu ý của tình huống đã phát", EN: "the full text and note of a released inject"}, (*console).readAgain},
		{'s', "s", engine.Text{VI: "điểm", EN: "score"}, engine.Text{VI: "bảng điểm tạm tính", EN: "provisional scorecard"}, (*console).score},
		{'!', "!", engine.Text{VI: "sự cố thật", EN: "real incident"}, engine.Text{VI: "dừng vì sự cố thật, hoặc bỏ dừng", EN: "stop for a real incident, or release the stop"}, (*console).stopReal},
		{'q', "Q", engine.Text{VI: "kết thúc", EN: "end"}, engine.Text{VI: "kết thúc diễn tập (EndEx), hỏi lại một lần", EN: "end the drill (EndEx), asks once more"}, (*console).endEx},
		{'?', "?", engine.Text{VI: "phím", EN: "keys"}, engine.Text{VI: "trang này", EN: "this sheet"}, (*console).help},
		{0, "Ctrl-C", engine.Text{}, engine.Text{VI: "rời màn hình; tệp còn nguyên, chạy tiếp bằng --resume", EN: "leave; the file is kept and goes on with --resume"}, nil},
	}
}

// command is a key pressed on the drill screen.
func (c *console) command(k key) {
	if !c.s.Drill.Started() {
		c.beforeStart(k)
		return
	}
	if d := k.digit(); d >= 0 {
		c.answerNumber(d)
		return
	}
	if k.name == keyEnter {
		c.releaseNext()
		return
	}
	if k.is(' ') {
		c.pauseOrResume()
		return
	}
	for _, h := range hotkeys() {
		if h.letter != 0 && k.is(h.letter) {
			h.do(c)
			return
		}
	}
}

func (c *console) beforeStart(k key) {
	switch {
	case k.name == keyEnter || k.is('p') || k.is(' '):
		c.taken(c.s.startEx())
	case k.is('?'):
		c.help()
	}
}

func (c *console) pauseOrResume() {
	switch {
	case c.s.Drill.StoppedReal():
		c.stopReal()
	case c.s.Drill.Paused():
		c.do(engine.Command{Do: engine.Resume})
	default:
		c.do(engine.Command{Do: engine.Pause})
	}
}

// stopReal stops everything with one more key, or asks to release the stop.
func (c *console) stopReal() {
	a := c.app
	if c.s.Drill.StoppedReal() {
		c.show(&menu{title: a.say("Đang dừng vì sự cố thật", "Stopped for a real incident"), items: []item{
			{text: a.say("Vẫn dừng", "Stay stopped")}, {text: a.say("Bỏ dừng; buổi diễn tập tạm dừng chờ tiếp tục", "Release the stop; the drill stays paused")}},
			then: func(c *console, picked []int) {
				c.show(nil)
				if picked[0] == 1 {
					c.releaseReal()
				}
			}})
		return
	}
	c.reason(a.say("Dừng vì sự cố thật", "Stop for a real incident"), []string{
		a.say("Có sự cố thật tại cơ sở", "A real incident at the facility"),
		a.say("Có người bị nạn hoặc cần cấp cứu", "Somebody is hurt or needs help"),
		a.say("Nhầm là sự cố thật ở bên ngoài", "The drill is being taken for real outside"),
	}, func(c *console, why string) {
		c.do(engine.Command{Do: engine.StopReal, Body: engine.Body{Reason: why}})
	})
}

// releaseReal asks why before it releases the stop, as the server's pages do.
func (c *console) releaseReal() {
	a := c.app
	c.reason(a.say("Bỏ dừng vì sự cố thật", "Release the stop for a real incident"), []string{
		a.say("Sự việc thật đã xong", "The real incident is over"),
		a.say("Đã bàn giao cho lực lượng chức năng", "It was handed over to the services"),
		a.say("Không phải sự cố thật", "It was no real incident"),
	}, func(c *console, why string) {
		c.do(engine.Command{Do: engine.ResumeReal, Body: engine.Body{Reason: why}})
	})
}

// reason asks why: one of a few usual reasons, or a sentence.
func (c *console) reason(title string, usual []string, then func(c *console, why string)) {
	m := &menu{title: title, intro: textIntro(c.app.say("Việc này cần lý do:", "This needs a reason:"))}
	for _, r := range usual {
		m.items = append(m.items, item{text: r})
	}
	m.items = append(m.items, item{text: c.app.say("Lý do khác…", "Another reason…"), style: faint})
	m.then = func(c *console, picked []int) {
		if picked[0] < len(usual) {
			c.show(nil)
			then(c, usual[picked[0]])
			return
		}
		c.show(&entry{title: title, intro: textIntro(c.app.say("Lý do:", "Reason:")), then: func(c *console, text string) {
			c.show(nil)
			then(c, text)
		}})
	}
	c.show(m)
}

func textIntro(text string) func(*console, int) []line {
	return func(_ *console, w int) []line {
		var out []line
		for _, l := range fold(text, w-2) {
			out = append(out, line{{" " + l, faint}})
		}
		return out
	}
}

// endEx ends the drill after one more question.
func (c *console) endEx() {
	a := c.app
	waiting := 0
	for _, u := range c.coming {
		if !u.Contingent {
			waiting++
		}
	}
	intro := a.say("Còn %d câu chưa trả lời, %d tình huống chưa phát. Sau EndEx đồng hồ dừng và bảng điểm hiện ra.",
		"%d questions are open, %d injects are not out. After EndEx the clock stops and the scorecard is shown.", len(c.open), waiting)
	c.show(&menu{title: a.say("Kết thúc buổi diễn tập?", "End the drill?"), intro: textIntro(intro), items: []item{
		{text: a.say("Chưa, diễn tập tiếp", "Not yet, go on")}, {text: a.say("Kết thúc (EndEx)", "End it (EndEx)")}},
		then: func(c *console, picked []int) {
			c.show(nil)
			if picked[0] == 1 {
				c.do(engine.Command{Do: engine.End})
			}
		}})
}

func (c *console) note() {
	c.show(&entry{title: c.app.say("Ghi chú vào nhật ký", "A note in the log"), then: func(c *console, text string) {
		c.show(nil)
		c.do(engine.Command{Do: engine.Note, Body: engine.Body{Text: text}})
	}})
}

// trimmed is text as it is kept: composed, without spaces around.
func trimmed(s string) string { return strings.TrimSpace(norm.NFC.String(s)) }
