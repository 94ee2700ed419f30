package main

import (
	"strconv"
	"strings"

	"saban/engine"
)

// tellAct puts into words what somebody did, and how it stands to its times.
func (s *session) tellAct(v *engine.Snapshot, e *engine.Event) telling {
	a := s.staging.app
	switch e.Type {
	case engine.Responded:
		return s.tellAnswer(v, e)
	case engine.Observed:
		t := s.judge(v, e, e.ID)
		t.text = s.roleName(e.Role) + ": " + s.in(s.offer(v, e.ID).Text) + s.since(e)
		return t
	case engine.ProhibitedAct:
		who := ""
		if e.Role != "" {
			who = s.roleName(e.Role) + ": "
		}
		return telling{"×", bad, a.say("hành động cấm · ", "prohibited · ") + who + s.in(s.offer(v, e.ID).Text) + s.since(e)}
	case engine.Missed:
		o := s.offer(v, e.ID)
		who := ""
		if o.Response != nil {
			who = s.roleName(o.Response.By) + ": "
		}
		return telling{"■", bad, a.say("quá giới hạn · ", "past the limit · ") + who + s.in(o.Text)}
	case engine.Marked:
		return telling{"·", plain, a.say("chấm nội dung %s: %s", "content of %s marked: %s", e.ID, a.share(e.Content))}
	case engine.Retracted:
		return telling{"·", plain, a.say("rút lại: %s (%s)", "taken back: %s (%s)", s.tellOf(v, e.Of), e.Reason)}
	}
	return telling{"·", plain, a.say("sửa %s: %s", "corrected %s: %s", e.ID, e.Reason)}
}

// tellOf says what an earlier event was.
func (s *session) tellOf(v *engine.Snapshot, seq int64) string {
	if seq < 1 || seq > int64(len(s.Log)) {
		return "#" + strconv.FormatInt(seq, 10)
	}
	return s.tell(v, &s.Log[seq-1]).text
}

func (s *session) since(e *engine.Event) string {
	if e.Observed == e.At {
		return ""
	}
	return s.staging.app.say(" (lúc %s)", " (at %s)", e.Observed.Clock())
}

func (s *session) tellAnswer(v *engine.Snapshot, e *engine.Event) telling {
	a, role := s.staging.app, s.roleName(e.Role)
	t := telling{mark: "·", style: plain}
	var words []string
	for _, id := range e.Choices {
		words = append(words, s.in(s.offer(v, id).Text))
		if one := s.judge(v, e, id); one.mark != "·" {
			t = one
		}
	}
	if e.Text != "" {
		words = append(words, a.say("điều khác: ", "something else: ")+e.Text)
	}
	boxes := 0
	for _, ticks := range e.Boxes {
		boxes += len(ticks.Boxes)
	}
	if boxes > 0 {
		words = append(words, a.say("nêu được %d nội dung", "%d contents given", boxes))
	}
	t.text = role + ": " + strings.Join(words, "; ")
	return t
}

// judge marks an act by its times: ● in time, ◆ past target, ■ past limit.
func (s *session) judge(v *engine.Snapshot, e *engine.Event, id string) telling {
	o := s.offer(v, id)
	if s.staging.file.Scenario.FindProhibited(id) != nil {
		return telling{mark: "×", style: bad}
	}
	if o.Response == nil {
		return telling{mark: "·", style: plain}
	}
	for i := range v.Responses {
		r := &v.Responses[i]
		if r.Response.ID != o.Response.ID || !r.Triggered {
			continue
		}
		switch spent := e.Observed - r.From; {
		case spent <= r.Target:
			return telling{mark: "●", style: good}
		case spent <= r.Limit:
			return telling{mark: "◆", style: warn}
		}
		return telling{mark: "■", style: bad}
	}
	return telling{mark: "●", style: good}
}
