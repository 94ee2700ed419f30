package server_test

import (
	"strings"
	"testing"
	"time"

	"saban/engine"
	"saban/scenarios"
	"saban/server"
)

// outcomes is a scenario in which every outcome there is can be had.
const outcomes = `saban: 1
id: outcomes
lang: vi
title: {vi: "Mọi kết cục", en: "Every outcome"}
duration: 20m
objectives:
  O1: {capability: CH, text: {vi: "Chỉ huy", en: "Command"}}
boxes:
  report: [{id: where, text: {vi: "Ở đâu", en: "Where"}}, {id: what, text: {vi: "Việc gì", en: "What"}}]
roles:
  guard: {title: {vi: "Bảo vệ", en: "Guard"}}
  head: {title: {vi: "Giám đốc", en: "Head"}}
  medic: {title: {vi: "Y tế", en: "Medic"}}
states:
  calm: {kind: initial, title: {vi: "Yên", en: "Calm"}}
  smoke: {kind: normal, title: {vi: "Có khói", en: "Smoke"}}
  safe: {kind: contained, title: {vi: "Đã yên", en: "Safe"}}
transitions:
  - {from: calm, to: smoke, when: inject(I1)}
  - {from: smoke, to: safe, when: done(R4)}
injects:
  - id: I1
    at: 0s
    to: [guard, head]
    title: {vi: "Khói", en: "Smoke"}
    text: {vi: "Có khói ở kho.", en: "There is smoke in the store."}
    also: {head: [D1]}
    expects:
      - {id: R1, by: head, target: 1m, limit: 3m, objective: O1, boxes: report, do: {vi: "Báo tin", en: "Report"}}
      - {id: R2, by: guard, target: 1m, limit: 3m, objective: O1, do: {vi: "Khóa cửa", en: "Shut the door"}}
      - {id: R3, by: guard, target: 1m, limit: 3m, objective: O1, do: {vi: "Đếm người", en: "Count people"}}
      - {id: R5, by: guard, target: 1m, limit: 3m, objective: O1, do: {vi: "Ghi sổ", en: "Keep the log"}}
  - id: I2
    at: 6m
    to: [guard]
    title: {vi: "Hỏi lại", en: "A question"}
    text: {vi: "Đã gọi 114 chưa?", en: "Has 114 been called?"}
    expects:
      - {id: R4, by: guard, target: 1m, limit: 3m, objective: O1, do: {vi: "Gọi 114", en: "Call 114"}}
      - {id: R6, by: medic, target: 1m, limit: 3m, objective: O1, do: {vi: "Đón xe cấp cứu", en: "Meet the ambulance"}}
prohibited:
  - {id: P1, severity: major, capability: CH, text: {vi: "Mở cửa kho", en: "Opening the store"}, why: {vi: "khói lan", en: "smoke spreads"}}
distractors:
  - {id: D1, text: {vi: "Chờ xem", en: "Wait and see"}}
`

func TestEveryOutcomeIsToldByRole(t *testing.T) {
	st := newStageOf(t, scenarios.Source{Name: "outcomes.yaml", Bytes: []byte(outcomes)})
	d := call[created](st.lead, "POST", "/api/v1/drills", map[string]any{"scenario": "outcomes"})
	guard, head := st.phone(d, "guard"), st.phone(d, "head")
	st.act(d.ID, "start", "start-key-1", nil)
	st.receives(guard, "guard")
	st.answersWithBoxes(head)
	seen := func(at time.Duration, id, role string) {
		t.Helper()
		st.act(d.ID, "observe", "seen-key-"+id, map[string]any{"id": id, "role": role, "observed_ms": at.Milliseconds()})
	}
	st.pass(d.ID, 5*time.Minute)
	seen(2*time.Minute, "R2", "head")
	seen(4*time.Minute, "R3", "guard")
	seen(4*time.Minute+30*time.Second, "R4", "guard")
	st.act(d.ID, "prohibit", "bad-key-1", map[string]any{"id": "P1", "role": "guard", "observed_ms": 290000})
	st.pass(d.ID, 10*time.Minute)
	st.act(d.ID, "end", "end-key-1", nil)

	one := st.washed(d).Now
	want := map[string]string{"R1": "on_time", "R2": "slow", "R3": "late", "R5": "missed"}
	for _, o := range one.Outcomes {
		if o.How != want[o.ID] {
			t.Errorf("%s came out %s, not %s", o.ID, o.How, want[o.ID])
		}
		switch o.ID {
		case "R1":
			if o.Role != "Head" || len(o.Boxes) != 2 || o.Boxes[0].Ticked || !o.Boxes[1].Ticked || o.Content == nil || *o.Content != engine.Whole/2 {
				t.Errorf("its contents: %+v", o)
			}
		case "R2":
			if o.Other != "Head" || o.After == nil || *o.After < 119*engine.Second {
				t.Errorf("done by another role: %+v", o)
			}
		case "R5":
			if o.After != nil || o.At != nil {
				t.Errorf("not done: %+v", o)
			}
		}
		delete(want, o.ID)
	}
	if len(want) > 0 {
		t.Errorf("not told: %v", want)
	}
	if len(one.Prohibited) != 1 || one.Prohibited[0].Text != "Opening the store" || one.Prohibited[0].Role != "Guard" {
		t.Errorf("prohibited: %+v", one.Prohibited)
	}
	if len(one.Moves) != 2 || one.Moves[0].To != "Smoke" || one.Moves[1].To != "Safe" {
		t.Errorf("moves: %+v", one.Moves)
	}
	st.leads(d, map[string]any{"show": "step", "step": "I2", "reveal": true})
	two := st.washed(d).Now
	if two.Outcomes[0].ID != "R4" || !two.Outcomes[0].Proactive || two.Outcomes[1].How != "unasked" || len(two.Prohibited)+len(two.Moves) != 0 {
		t.Errorf("the second: %+v", two)
	}
	screen := st.of(server.Projector, d)
	screen.told(t, d, []string{"done ahead of the news", "its time never came"}, []string{"Opening the store", "Safe"})
	st.leads(d, map[string]any{"step": "I1", "reveal": true})
	screen.told(t, d, []string{"on target", "late, within the limit", "past the limit", "not done", "(done by Head)", "content 50%"}, []string{"Opening the store", "Safe"})
	_, page := st.lead.do("GET", "/drills/"+d.ID+"/review?lang=en", "", "")
	for _, part := range []string{"Opening the store", "Safe", "on target", "past the limit", "was there", "was not"} {
		if !strings.Contains(page, part) {
			t.Errorf("the facilitator's page has no %q", part)
		}
	}
}

// answersWithBoxes has the head report, one of two contents.
func (st *stage) answersWithBoxes(head *client) {
	st.t.Helper()
	st.receives(head, "head")
	card := call[server.Phone](head, "GET", "/api/v1/phone", nil).Cards[0]
	for _, c := range card.Choices {
		if c.Text == "Report" {
			call[any](head, "POST", "/api/v1/phone/answers", map[string]any{"key": "answer-key-1", "inject": card.Inject, "role": "head", "choices": []string{c.ID}, "boxes": []map[string]any{{"choice": c.ID, "boxes": []string{"what"}}}})
		}
	}
}

// told holds a room's screen against what has to be on it, and what must not.
func (c *client) told(t *testing.T, d created, must, never []string) {
	t.Helper()
	_, page := c.do("GET", "/drills/"+d.ID+"/screen?lang=en", "", "")
	for _, part := range must {
		if !strings.Contains(page, part) {
			t.Errorf("the screen has no %q:\n%s", part, page)
		}
	}
	for _, part := range never {
		if strings.Contains(page, part) {
			t.Errorf("the screen has %q", part)
		}
	}
}
