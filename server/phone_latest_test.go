package server_test

import (
	"fmt"
	"strings"
	"testing"

	"saban/scenarios"
)

// TestTheLatestOfOneInstantStayAtHand has five messages come at StartEx: a
// phone keeps the last three at hand, not the first.
func TestTheLatestOfOneInstantStayAtHand(t *testing.T) {
	var text strings.Builder
	text.WriteString("saban: 1\nid: instant\nlang: vi\ntitle: \"Năm tin một lúc\"\nduration: 10m\nroles:\n  guard: {title: \"Bảo vệ\"}\ninjects:\n")
	for n := range 5 {
		fmt.Fprintf(&text, "  - {id: I0%d, at: 0s, channel: radio, to: [guard], title: \"Tin\", text: \"Tin số %d.\"}\n", n+1, n+1)
	}
	st := newStageOf(t, scenarios.Source{Name: "instant.yaml", Bytes: []byte(text.String())})
	d := call[created](st.lead, "POST", "/api/v1/drills", map[string]any{"scenario": "instant"})
	guard := st.phone(d, "guard")
	st.does(d, "start", nil)
	_, page := guard.do("GET", "/p", "", "")
	tabs := strings.Count(page, `href="/p?card=`)
	heard := guard.opened(t)
	st.waits("the last three", func() bool {
		got := heard.String()
		return strings.Contains(got, "Tin số 3.") && strings.Contains(got, "Tin số 4.") && strings.Contains(got, "Tin số 5.")
	})
	if got := heard.String(); tabs < 3 || strings.Contains(got, "Tin số 1.") || strings.Contains(got, "Tin số 2.") {
		t.Errorf("%d at hand, the first among them", tabs)
	}
}
