package report

import (
	"strconv"
	"time"

	"saban/engine"
)

// timeline tells the drill in the order things became known. Comings and
// goings of devices, the work of evaluators and the words of the hot wash are
// left out: corrections and words have tables of their own.
func (b *builder) timeline() []Line {
	var lines []Line
	released := map[string]engine.Millis{}
	for i := range b.log {
		e := &b.log[i]
		if hotWash(e) {
			continue
		}
		if e.Type == engine.Released {
			released[e.ID] = e.At
		}
		if e.Type == engine.Received && released[e.ID] == e.At && e.Mode != "assumed" {
			continue // it came in when it went out
		}
		what := b.tell(e)
		if what.Empty() {
			continue
		}
		if e.Subject() && e.Observed != e.At {
			what = engine.Fill("%s (xảy ra lúc %s, nhập sau)", "%s (happened at %s, entered later)", what, engine.Same(e.Observed.Clock()))
		}
		clock := ""
		if !b.start.Virtual {
			clock = at(e.Recorded).Format(time.RFC3339)
		}
		lines = append(lines, Line{Event: e.Seq, Type: e.Type, AtMS: e.At, Wall: clock, Who: b.who(e), What: what, Retracted: b.gone[e.Seq]})
	}
	return lines
}

// who acted: a role where a role did, else the person who led.
func (b *builder) who(e *engine.Event) engine.Text {
	switch {
	case e.Role != "" && (e.Subject() || played(e)):
		return b.name(e.Role)
	case e.Type == engine.Missed:
		if _, r := b.response(e.ID); r != nil {
			return b.name(r.By)
		}
	}
	return b.person(e.Actor)
}

// played says that whoever holds a role did this, so that the role is named.
func played(e *engine.Event) bool {
	switch e.Type {
	case engine.Relayed, engine.Received, engine.Noted:
		return true
	case engine.Assigned:
		return e.Actor == e.Person
	}
	return false
}

// tell says an event in a sentence, or nothing when it is not for here.
func (b *builder) tell(e *engine.Event) engine.Text {
	for _, tell := range []func(*engine.Event) engine.Text{b.tellRun, b.tellInject, b.tellMoved, b.tellDone} {
		if text := tell(e); !text.Empty() {
			return text
		}
	}
	return engine.Text{}
}

// tellRun is about the drill as a whole.
func (b *builder) tellRun(e *engine.Event) engine.Text {
	switch e.Type {
	case engine.Started:
		return engine.Text{VI: "Bắt đầu diễn tập", EN: "StartEx"}
	case engine.Ended:
		if e.Mode == "until" {
			return engine.Text{VI: "Kết thúc diễn tập (hết giờ)", EN: "EndEx (time is up)"}
		}
		return because(engine.Text{VI: "Kết thúc diễn tập", EN: "EndEx"}, e.Reason)
	case engine.Paused:
		return because(engine.Text{VI: "Tạm dừng", EN: "Paused"}, e.Reason)
	case engine.Resumed:
		return because(engine.Text{VI: "Tiếp tục", EN: "Resumed"}, e.Reason)
	case engine.StoppedReal:
		return because(engine.Text{VI: "TÌNH HUỐNG THẬT – DỪNG DIỄN TẬP", EN: "REAL INCIDENT – DRILL STOPPED"}, e.Reason)
	case engine.ResumedReal:
		return because(engine.Text{VI: "Việc thật đã xong, chờ tiếp tục", EN: "The real incident is over, waiting to resume"}, e.Reason)
	case engine.Gap:
		return engine.Text{VI: "Máy bị gián đoạn, tạm dừng", EN: "The machine was interrupted, paused"}
	case engine.Recovered:
		return engine.Text{VI: "Máy khởi động lại, tạm dừng", EN: "The machine was restarted, paused"}
	case engine.Faulted:
		return engine.Fill("Máy tự dừng vì lỗi (%s)", "The engine stopped itself (%s)", engine.Same(e.Mode))
	case engine.Assigned:
		if e.Person == "" {
			return engine.Fill("Vai %s không còn người giữ", "Nobody holds %s any more", b.name(e.Role))
		}
		return engine.Fill("Vai %s có người giữ", "Somebody holds %s", b.name(e.Role))
	case engine.Noted:
		return noted(e)
	case engine.Retracted:
		if b.wordAt(e.Of) {
			return because(engine.Fill("Rút lại một ý kiến rút kinh nghiệm (#%s)", "A word of the hot wash retracted (#%s)", engine.Same(strconv.FormatInt(e.Of, 10))), e.Reason)
		}
		return because(engine.Fill("Rút lại sự kiện #%s", "Event #%s retracted", engine.Same(strconv.FormatInt(e.Of, 10))), e.Reason)
	}
	return engine.Text{}
}

// noted tells what somebody wrote, and whether it was about a real incident.
func noted(e *engine.Event) engine.Text {
	switch {
	case e.Mode == engine.ReportsReal && e.Of == 0:
		return engine.Fill("Báo có sự cố thật: %s", "A real incident is reported: %s", engine.Same(e.Text))
	case e.Mode == engine.ReportsReal:
		return engine.Fill("Báo #%s không phải sự cố thật", "Report #%s is no real incident", engine.Same(strconv.FormatInt(e.Of, 10)))
	}
	return engine.Fill("Ghi chú: %s", "Note: %s", e.Said())
}

// tellInject is about what was put to the players.
func (b *builder) tellInject(e *engine.Event) engine.Text {
	name := b.quoted(e.ID)
	switch e.Type {
	case engine.Written:
		return engine.Fill("Viết thêm tình huống %s", "Inject %s written", name)
	case engine.Released:
		return b.tellReleased(e)
	case engine.Received:
		if e.Mode == "assumed" {
			return engine.Fill("Coi như đã nhận %s, chưa có xác nhận", "%s assumed to be received", name)
		}
		return engine.Fill("Đã nhận %s", "%s received", name)
	case engine.Held:
		return because(engine.Fill("Giữ lại %s", "%s held back", name), e.Reason)
	case engine.Unheld:
		return because(engine.Fill("Thôi giữ %s", "%s no longer held back", name), e.Reason)
	case engine.Postponed:
		return because(engine.Fill("Dời %s đến %s", "%s moved to %s", name, engine.Same(e.Moment.Clock())), e.Reason)
	case engine.Skipped:
		if e.Mode == "only_in" {
			return engine.Fill("Bỏ %s: không hợp với trạng thái lúc đó", "%s skipped: it did not fit the state", name)
		}
		return because(engine.Fill("Bỏ %s", "%s skipped", name), e.Reason)
	case engine.Edited:
		return because(engine.Fill("Sửa lời %s", "%s reworded", name), e.Reason)
	case engine.Recalled:
		return because(engine.Fill("Thu hồi %s", "%s recalled", name), e.Reason)
	case engine.Relayed:
		return engine.Fill("Tin %s được báo cho %s", "%s passed on to %s", name, b.name(e.Role))
	}
	return engine.Text{}
}

func (b *builder) tellReleased(e *engine.Event) engine.Text {
	to := engine.Text{VI: "mọi vai", EN: "all roles"}
	for _, in := range b.injects {
		if in.ID == e.ID {
			to = b.readers(in)
		}
	}
	text := engine.Fill("Phát tình huống %s cho %s", "Inject %s released to %s", b.quoted(e.ID), to)
	switch e.Mode {
	case "when":
		return engine.Fill("%s (dự phòng, theo điều kiện)", "%s (contingency)", text)
	case "adhoc":
		return engine.Fill("%s (đột xuất)", "%s (ad hoc)", text)
	}
	return text
}

// tellMoved is about the situation.
func (b *builder) tellMoved(e *engine.Event) engine.Text {
	switch e.Type {
	case engine.Moved:
		text := engine.Fill("Tình huống chuyển sang %s", "The situation moves to %s", b.situation(e.To))
		for i := range b.s.Transitions {
			t := &b.s.Transitions[i]
			if engine.TransitionID(t, i) == e.Via && !t.Why.Empty() {
				return engine.Fill("%s: %s", "%s: %s", text, t.Why)
			}
		}
		return text
	case engine.Forced:
		return because(engine.Fill("Chuyển tay tình huống sang %s", "The situation is forced to %s", b.situation(e.To)), e.Reason)
	case engine.Flagged:
		return because(engine.Fill("Ghi nhận: %s", "Stated: %s", b.name(e.ID)), e.Reason)
	}
	return engine.Text{}
}

func (b *builder) situation(id string) engine.Text {
	if st := b.s.State(id); st != nil {
		return engine.Fill("%s (%s)", "%s (%s)", b.quoted(id), st.Kind.Title())
	}
	return b.quoted(id)
}

// tellDone is about what people did.
func (b *builder) tellDone(e *engine.Event) engine.Text {
	switch e.Type {
	case engine.Responded:
		var said []engine.Text
		for _, id := range e.Choices {
			said = append(said, b.quoted(id))
		}
		if e.Text != "" {
			said = append(said, engine.Fill("viết: “%s”", "wrote: “%s”", engine.Same(e.Text)))
		}
		return engine.Fill("Trả lời %s: %s", "Answer to %s: %s", b.quoted(e.ID), join(said, "; "))
	case engine.Observed:
		text := engine.Fill("Làm %s", "%s done", b.quoted(e.ID))
		if e.Content < engine.Whole {
			text = engine.Fill("%s, nội dung đạt %s", "%s, content %s", text, engine.Same(e.Content.Percent()))
		}
		return withNote(text, e.Text)
	case engine.ProhibitedAct:
		text := engine.Fill("HÀNH ĐỘNG CẤM: %s", "PROHIBITED ACTION: %s", b.quoted(e.ID))
		if p := b.s.FindProhibited(e.ID); p != nil {
			text = engine.Fill("HÀNH ĐỘNG CẤM (%s): %s", "PROHIBITED ACTION (%s): %s", p.Severity.Title(), b.quoted(e.ID))
		}
		return withNote(text, e.Text)
	case engine.Missed:
		return engine.Fill("Quá giới hạn mà chưa làm %s", "Limit passed, not done: %s", b.quoted(e.ID))
	}
	return engine.Text{}
}

func withNote(t engine.Text, note string) engine.Text {
	if note == "" {
		return t
	}
	return engine.Fill("%s. Ghi chú: %s", "%s. Note: %s", t, engine.Same(note))
}
