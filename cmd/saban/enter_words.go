package main

import (
	"strconv"
	"strings"

	"saban/engine"
	"saban/scenarios"
)

// describe is an entry on one line: number, time of day, what, who.
func (t *typist) describe(s *scenarios.Step) string {
	clock := t.draft.TimeOfDay(s.At)
	if s.Given() == "" {
		clock = "–"
	}
	line := pad(strconv.Itoa(s.Number), -4) + "  " + pad(clock, 8) + "  " + t.happened(s)
	return clip(line, lineWidth)
}

func (t *typist) happened(s *scenarios.Step) string {
	c := &s.Command
	var said []string
	add := func(vi, en string, args ...any) { said = append(said, t.say(vi, en, args...)) }
	switch c.Do {
	case engine.Observe:
		add("đã làm %s", "%s done", c.ID)
		if c.Content < engine.Whole {
			add("đủ %s", "%s of it", t.share(c.Content))
		}
	case engine.Prohibit:
		add("điều cấm %s", "prohibited %s", c.ID)
	case engine.Respond:
		add("phiếu %s", "slip %s", c.ID)
		add("chọn %s", "chose %s", strings.Join(c.Choices, " "))
	case engine.Relay:
		add("báo lại %s", "%s passed on", c.ID)
	case engine.Release:
		add("phát %s", "%s given out", c.ID)
	case engine.Hold:
		add("giữ %s", "%s held", c.ID)
	case engine.Unhold:
		add("thôi giữ %s", "%s no longer held", c.ID)
	case engine.Skip:
		add("không phát %s", "%s not given out", c.ID)
	case engine.AdHoc:
		add("tình huống mới %s", "new inject %s", c.Inject.ID)
		said = append(said, c.Inject.Text.In(t.lang))
	case engine.Force:
		add("ép sang %s", "put into %s", c.To)
	case engine.RaiseFlag:
		add("cờ %s", "flag %s", c.ID)
	case engine.Pause:
		add("tạm dừng %s", "pause of %s", t.span(s.Pause))
	case engine.Mark:
		add("chấm %s: %s", "%s marked %s", c.ID, t.share(c.Content))
	case engine.Rate:
		add("mức %s: %s", "%s rated %s", c.ID, c.Rating)
	case engine.Note:
		add("ghi chú", "note")
	}
	if c.Role != "" {
		said = append(said, t.roleTitle(t.file.Scenario, c.Role))
	}
	for _, text := range []string{c.Text, c.Reason, t.meaning(c.ID)} {
		if text != "" {
			said = append(said, text)
		}
	}
	return strings.Join(said, " · ")
}

// meaning is what an id stands for.
func (t *typist) meaning(id string) string {
	for _, x := range t.things() {
		if x[0] == id {
			return x[1]
		}
	}
	return ""
}
