package server_test

import (
	"testing"

	"saban/engine"
	"saban/scenarios"
	"saban/server"
)

// The facilitator is about to mark one answer when another comes in.
func TestConsoleKeepsTheTicksOfAMark(t *testing.T) {
	st := newStageOf(t, scenarios.Source{Name: "outcomes.yaml", Bytes: []byte(outcomes)})
	b := newBrowser(t, st)
	d := call[created](st.lead, "POST", "/api/v1/drills", map[string]any{"scenario": "outcomes"})
	guard, head := st.phone(d, "guard"), st.phone(d, "head")
	st.act(d.ID, "start", "start-key-1", nil)
	says := func(phone *client, role string) {
		t.Helper()
		st.receives(phone, role)
		inject := call[server.Phone](phone, "GET", "/api/v1/phone", nil).Cards[0].Inject
		call[any](phone, "POST", "/api/v1/phone/answers", map[string]any{"key": "words-" + role, "inject": inject, "role": role, "text": "vâng"})
	}
	says(head, "head")
	p := b.leads(t, d.ID, "en")
	p.tap("[data-mark] .rub label:nth-of-type(1)")
	p.tap("[data-mark] .rub label:nth-of-type(2)")
	says(guard, "guard")
	p.read("For you to mark · 2")
	if n := ask[int](p, `document.querySelectorAll("[data-mark]:not([hidden]) .rub input:checked").length`); n != 2 {
		t.Errorf("2 contents were ticked, and after another answer %d are", n)
	}
	p.key("KeyW", "w")
	p.read("For you to mark · 1")
	for _, e := range call[[]happened](st.lead, "GET", "/api/v1/drills/"+d.ID+"/log", nil) {
		if e.Type == engine.Marked && (e.ID != "R1" || e.Content != engine.Whole) {
			t.Errorf("marked %s with %v", e.ID, e.Content)
		}
	}
}
