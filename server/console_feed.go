package server

import (
	"slices"
	"strings"

	"saban/engine"
	"saban/live"
)

// FeedLine is one event in a line or two.
type FeedLine struct {
	Seq     int64
	At      engine.Millis
	Who     string
	Verdict string // on-time, slow, missed, waiting; "" for what has no timing
	Note    string // beside the verdict
	Text    string
	Redo    string // the response whose facts can be set by hand
	Wall    int64  // the same by the wall clock, milliseconds since 1970
	Undo    bool   // it can be retracted
	Gone    bool   // it was
}

// mostFeed is how many lines the page shows; the log page has all.
const mostFeed = 60

// telling turns the log into the feed, the notes and what waits for the
// facilitator.
func (c *Console) telling(v *live.View, names map[string]string, lang engine.Lang) {
	c.Marks, c.Taps, c.Relays = marks(v, lang), taps(v, names, lang), relays(v, lang)
	c.Alarm = alarmOf(v, names, lang)
	x := indexOf(v)
	for i := len(v.Log) - 1; i >= 0; i-- {
		e := &v.Log[i]
		if e.Type == engine.Noted && x.retracted[e.Seq] {
			continue
		}
		if e.Type == engine.Noted {
			if len(c.Notes) < 20 {
				c.Notes = append(c.Notes, FeedLine{Seq: e.Seq, At: e.At, Wall: e.Recorded, Who: noteWriter(v, e, names, lang), Text: noteText(e, lang)})
			}
			continue
		}
		c.halt(v, e, lang)
		if len(c.Feed) < mostFeed {
			if line, ok := feedLine(v, e, names, lang); ok {
				line.Wall, line.Gone = e.Recorded, x.retracted[e.Seq]
				line.Undo = !line.Gone && retractable(e.Type)
				c.Feed = append(c.Feed, line)
			}
		}
	}
}

// halt says why the drill stands, where the page has to: read from the newest
// event back.
func (c *Console) halt(v *live.View, e *engine.Event, lang engine.Lang) {
	if c.Reason != "" || c.Halted != "" || c.moving {
		return
	}
	switch e.Type {
	case engine.Resumed, engine.Paused, engine.Started:
		c.moving = true
	case engine.StoppedReal:
		c.Reason, c.Stopped = e.Reason, e.Recorded
	case engine.Gap:
		c.Halted = engine.Both("Máy ngừng giữa chừng lúc %s; buổi diễn tập đã tạm dừng.", "The machine stood still at %s; the drill is paused.", e.At.Clock()).In(lang)
	case engine.Recovered:
		c.Halted = engine.Both("Máy chủ khởi động lại, khôi phục lúc %s; buổi diễn tập đang tạm dừng.", "The server was restarted and came back at %s; the drill is paused.", e.At.Clock()).In(lang)
	}
	if v.Phase != "paused" {
		c.Halted = ""
	}
}

// retractable reports whether what an event says can be undone: a fact, never
// a move of the machine.
func retractable(t engine.EventType) bool {
	switch t {
	case engine.Responded, engine.Observed, engine.ProhibitedAct, engine.Marked, engine.Flagged, engine.Overridden, engine.Skipped:
		return true
	}
	return false
}

func noteWriter(v *live.View, e *engine.Event, names map[string]string, lang engine.Lang) string {
	if e.Role != "" {
		return rolesOf(v.Scenario, []string{e.Role}, lang)
	}
	if name := names[e.Actor]; name != "" {
		return name
	}
	return engine.Both("Người điều khiển", "Facilitator").In(lang)
}

// feedLine tells one event, or nothing of what the page shows elsewhere.
func feedLine(v *live.View, e *engine.Event, names map[string]string, lang engine.Lang) (FeedLine, bool) {
	say := func(vi, en string, args ...any) string { return engine.Both(vi, en, args...).In(lang) }
	l := FeedLine{Seq: e.Seq, At: e.At, Who: say("Hệ thống", "System")}
	if e.Role != "" {
		l.Who = rolesOf(v.Scenario, []string{e.Role}, lang)
	}
	what := func() string { return live.FindOffer(v.Scenario, &v.Snapshot, e.ID).Text.In(lang) }
	title := func() string {
		if in := injectOf(v, e.ID); in != nil {
			return in.Inject.Title.In(lang)
		}
		return e.ID
	}
	switch e.Type {
	case engine.Responded:
		l.answered(v, e, lang)
	case engine.Missed:
		l.Verdict, l.Note, l.Text, l.Redo = "missed", say("%s hết giới hạn", "%s past its limit", e.ID), what(), e.ID
	case engine.Observed:
		l.Text = say("%s: thấy đã làm “%s”", "%s: seen done, “%s”", e.ID, what())
	case engine.ProhibitedAct:
		l.Verdict, l.Note, l.Text = "missed", say("hành động cấm", "prohibited action"), what()
	case engine.Released:
		l.Text = say("Phát %s · %s", "%s released · %s", e.ID, title())
	case engine.Skipped:
		l.Text = say("Bỏ qua %s · %s", "%s skipped · %s", e.ID, title())
	case engine.Moved:
		l.Text = say("Chuyển sang “%s”", "Moved to “%s”", stateTitle(v.Scenario, e.To, lang))
	case engine.Forced:
		l.Text = say("Chuyển tay sang “%s”: %s", "Forced to “%s”: %s", stateTitle(v.Scenario, e.To, lang), e.Reason)
	case engine.Paused:
		l.Text = say("Tạm dừng", "Paused")
	case engine.Resumed:
		l.Text = say("Chạy tiếp", "Resumed")
	case engine.Gap:
		l.Text = say("Máy ngừng giữa chừng; đã tạm dừng", "The machine stood still; paused")
	case engine.Recovered:
		l.Text = say("Máy chủ khởi động lại; đã tạm dừng", "The server was restarted; paused")
	case engine.Relayed:
		l.Text = say("đã được báo %s · %s", "was told of %s · %s", e.ID, title())
	case engine.StoppedReal:
		l.Verdict, l.Note, l.Text = "missed", say("SỰ CỐ THẬT", "REAL INCIDENT"), e.Reason
	case engine.ResumedReal:
		l.Text = say("Bỏ dừng vì sự cố thật", "Real incident over")
	case engine.Started:
		l.Text = say("Bắt đầu diễn tập", "The drill begins (StartEx)")
	case engine.Ended:
		l.Text = say("Kết thúc diễn tập", "The drill ends (EndEx)")
	case engine.Overridden:
		l.Text = say("%s được chấm lại: %s", "%s was set by hand: %s", e.ID, e.Reason)
	case engine.Retracted:
		l.Text = say("Rút lại #%d: %s", "#%d retracted: %s", e.Of, e.Reason)
	case engine.Edited:
		l.Text = say("Sửa lời %s", "%s edited", e.ID)
	case engine.Marked:
		l.Text = say("%s được chấm %s", "%s marked %s", e.ID, e.Content.Percent())
	case engine.Flagged:
		l.Text = say("Ghi nhận: %s", "Stated: %s", flagText(v, e.ID, lang))
	case engine.Postponed:
		l.Text = say("Dời %s tới %s", "%s put off to %s", e.ID, e.Moment.Clock())
	case engine.Held:
		l.Text = say("Giữ %s · %s", "%s held · %s", e.ID, title())
	case engine.Recalled:
		l.Text = say("Rút lại %s khi chưa ai đọc", "%s recalled before anybody read it", e.ID)
	default:
		return l, false
	}
	return l, true
}

func flagText(v *live.View, id string, lang engine.Lang) string {
	for _, f := range v.Scenario.Flags {
		if f.ID == id {
			return f.Text.In(lang)
		}
	}
	return id
}

// answered tells an answer: what was chosen, and whether it was in time.
func (l *FeedLine) answered(v *live.View, e *engine.Event, lang engine.Lang) {
	var words []string
	for _, id := range e.Choices {
		o := live.FindOffer(v.Scenario, &v.Snapshot, id)
		words = append(words, short(o.Text.In(lang), 90))
		if o.Response == nil {
			continue
		}
		i := slices.IndexFunc(v.Responses, func(r engine.ResponseView) bool { return r.Response.ID == o.Response.ID })
		if i < 0 || l.Verdict == "slow" {
			continue
		}
		r := &v.Responses[i]
		l.Redo = r.Response.ID
		if spent := e.Observed - r.From; !r.Triggered || spent <= r.Target {
			l.Verdict, l.Note = "on-time", engine.Both("đúng hạn", "on target").In(lang)
		} else {
			l.Verdict = "slow"
			l.Note = engine.Both("trễ %s", "late by %s", (spent - r.Target).Clock()).In(lang)
		}
	}
	if e.Text != "" {
		words = append(words, "“"+e.Text+"”")
	}
	if len(words) == 0 {
		words = append(words, engine.Both("bổ sung nội dung báo cáo", "adds to the report").In(lang))
	}
	l.Text = e.ID + " · " + strings.Join(words, "; ")
}
