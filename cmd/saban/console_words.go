package main

import (
	"strings"

	"saban/engine"
	"saban/scenarios"
)

func (s *session) in(t engine.Text) string { return t.In(s.staging.app.lang) }

// roleName is a role in words, or its id.
func (s *session) roleName(id string) string {
	if r := s.staging.file.Scenario.Role(id); r != nil && !r.Title.Empty() {
		return s.in(r.Title)
	}
	return id
}

func (s *session) roleNames(ids []string) string {
	if len(ids) == 0 {
		return s.staging.app.say("tất cả", "everybody")
	}
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = s.roleName(id)
	}
	return strings.Join(names, ", ")
}

func (s *session) stateName(id string) string {
	if st := s.staging.file.Scenario.State(id); st != nil && !st.Title.Empty() {
		return s.in(st.Title)
	}
	return id
}

// route says how an inject goes from whom to whom.
func (s *session) route(in *engine.Inject) string {
	var parts []string
	if w := s.in(scenarios.ChannelTitle(in.Channel)); w != "" {
		parts = append(parts, w)
	}
	to := s.roleNames(in.To)
	if in.From != "" {
		to = s.roleName(in.From) + " → " + to
	} else {
		to = "→ " + to
	}
	return strings.Join(append(parts, to), " · ")
}

// injectName is an inject's id and title; one written on the spot has only
// its text.
func (s *session) injectName(v *engine.Snapshot, id string) string {
	for i := range v.Injects {
		in := v.Injects[i].Inject
		switch {
		case in.ID != id:
		case in.Title.Empty():
			return id + " “" + clip(s.in(in.Text), 40) + "”"
		default:
			return id + " " + s.in(in.Title)
		}
	}
	return id
}

// telling is an event in words: a mark, its style, and a sentence. An empty
// sentence is not worth telling.
type telling struct {
	mark  string
	style style
	text  string
}

// tell puts an event into words.
func (s *session) tell(v *engine.Snapshot, e *engine.Event) telling {
	switch e.Type {
	case engine.Responded, engine.Observed, engine.ProhibitedAct, engine.Missed, engine.Marked, engine.Rated, engine.Overridden, engine.Retracted:
		return s.tellAct(v, e)
	case engine.Due, engine.Released, engine.Received, engine.Held, engine.Unheld, engine.Postponed, engine.Skipped, engine.Withdrawn,
		engine.Edited, engine.Recalled, engine.Relayed, engine.Written:
		return s.tellInject(v, e)
	case engine.Moved, engine.Forced:
		return s.tellMove(e)
	}
	return s.tellRun(e)
}

func (s *session) tellRun(e *engine.Event) telling {
	a := s.staging.app
	switch e.Type {
	case engine.Started:
		return telling{"▶", plain, a.say("bắt đầu diễn tập (StartEx)", "the drill starts (StartEx)")}
	case engine.Paused:
		return telling{"‖", plain, a.say("tạm dừng", "paused")}
	case engine.Resumed:
		return telling{"▶", plain, a.say("tiếp tục", "resumed")}
	case engine.Ended:
		return telling{"■", plain, a.say("kết thúc diễn tập (EndEx)", "the drill ends (EndEx)")}
	case engine.Gap:
		return telling{"‖", warn, a.say("máy ngủ hoặc bị treo; tạm dừng ở nhịp cuối", "the machine slept or hung; paused at the last beat")}
	case engine.Recovered:
		return telling{"‖", warn, a.say("khôi phục sau khi dừng; đang tạm dừng", "recovered after an interruption; paused")}
	case engine.Faulted:
		return telling{"‖", bad, a.say("kịch bản chuyển vòng quanh ở “%s”; đã tạm dừng", "the scenario goes in circles at “%s”; paused", s.stateName(e.From))}
	case engine.StoppedReal:
		return telling{"■", bad, a.say("DỪNG VÌ SỰ CỐ THẬT: %s", "STOPPED FOR A REAL INCIDENT: %s", e.Reason)}
	case engine.ResumedReal:
		return telling{"‖", warn, a.say("bỏ dừng vì sự cố thật; đang tạm dừng", "real-incident stop released; paused")}
	case engine.Noted:
		if e.Mode == engine.ReportsReal && e.Of == 0 {
			return telling{"■", bad, a.say("báo có sự cố thật: %s", "a real incident is reported: %s", e.Text)}
		}
		return telling{"·", plain, a.say("ghi chú: %s", "note: %s", s.in(e.Said()))}
	case engine.Flagged:
		text := e.ID
		for _, f := range s.staging.file.Scenario.Flags {
			if f.ID == e.ID {
				text = s.in(f.Text)
			}
		}
		return telling{"·", plain, a.say("cờ: %s", "flag: %s", text)}
	}
	return telling{}
}

func (s *session) tellMove(e *engine.Event) telling {
	a, t := s.staging.app, telling{mark: "→", style: plain}
	if st := s.staging.file.Scenario.State(e.To); st != nil {
		switch st.Kind {
		case engine.Escalated:
			t.mark, t.style = "▲", warn
		case engine.Failed:
			t.mark, t.style = "■", bad
		case engine.Contained:
			t.mark, t.style = "●", good
		}
	}
	if e.Type == engine.Forced {
		t.text = a.say("chuyển tay sang “%s”: %s", "forced to “%s”: %s", s.stateName(e.To), e.Reason)
		return t
	}
	t.text = a.say("chuyển sang “%s”", "now “%s”", s.stateName(e.To))
	return t
}

func (s *session) tellInject(v *engine.Snapshot, e *engine.Event) telling {
	a, name := s.staging.app, s.injectName(v, e.ID)
	say := func(mark string, st style, vi, en string) telling {
		text := a.say(vi, en, name)
		if e.Reason != "" {
			text += ": " + e.Reason
		}
		return telling{mark, st, text}
	}
	switch e.Type {
	case engine.Released:
		switch e.Mode {
		case "adhoc":
			return say("◇", adhoc, "đột xuất: %s", "ad hoc: %s")
		case "by":
			return say("┃", accent, "phát tay %s", "released by hand: %s")
		case "when":
			return say("┃", accent, "phát %s (đủ điều kiện)", "released %s (its condition holds)")
		}
		return say("┃", accent, "phát %s", "released %s")
	case engine.Due:
		if e.Mode == "hold" {
			return say("‖", warn, "%s đến giờ nhưng đang giữ", "%s is due but held")
		}
		return say("‖", warn, "%s đến giờ, chờ trạng thái của nó", "%s is due and waits for its state")
	case engine.Held:
		return say("‖", plain, "giữ %s", "holding %s")
	case engine.Unheld:
		return say("·", plain, "thôi giữ %s", "no longer holding %s")
	case engine.Postponed:
		name += " → " + e.Moment.Clock()
		return say("·", plain, "dời %s", "moved %s")
	case engine.Skipped:
		return say("·", plain, "bỏ %s", "skipped %s")
	case engine.Edited:
		return say("·", plain, "sửa lời %s", "reworded %s")
	case engine.Recalled:
		return say("·", warn, "rút lại %s", "took back %s")
	case engine.Relayed:
		name += " → " + s.roleName(e.Role)
		return say("·", plain, "báo lại %s", "relayed %s")
	case engine.Withdrawn:
		return say("·", faint, "%s không còn xảy ra", "%s can no longer happen")
	case engine.Received:
		if e.Mode == "read" {
			return say("·", faint, "đã đọc %s", "%s was read out")
		}
	}
	return telling{}
}
