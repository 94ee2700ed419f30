package server_test

import (
	"strings"
	"testing"
)

// TestARealIncidentTakesResultAndBoard: the result page of the drill that
// stands, as it is opened and while it is open, and its row of the board; the
// pages of others go on.
func TestARealIncidentTakesResultAndBoard(t *testing.T) {
	st := newStage(t)
	d, other := st.drill(), st.drill()
	st.does(d, "start", nil)
	st.does(other, "start", nil)
	result := func(drill string) string {
		_, page := st.lead.do("GET", "/drills/"+drill+"/result?lang=en", "", "")
		return page
	}
	live := st.lead.watches(t, "/drills/"+d.ID+"/result/live")
	if page := result(d.ID); !strings.Contains(page, `data-phase="running"`) || !strings.Contains(page, `data-live="/drills/`+d.ID+`/result/live"`) {
		t.Fatal("the page of the result does not listen")
	}
	st.act(d.ID, "stop_real", "stop-key-1", map[string]any{"reason": "có người ngã"})
	st.waits("the open page being told", func() bool { return live.phase() == "stopped" })
	if page := result(d.ID); !strings.Contains(page, `data-phase="stopped"`) || !strings.Contains(page, `class="real"`) || !strings.Contains(page, "REAL INCIDENT") {
		t.Error("opened now, the page of the result does not show it")
	}
	if page := result(other.ID); !strings.Contains(page, `data-phase="running"`) {
		t.Error("another drill's result stands too")
	}
	_, board := st.lead.do("GET", "/board?lang=en", "", "")
	for _, row := range strings.Split(board, "<tr ")[1:] {
		mine := strings.HasPrefix(row, `data-drill="`+d.ID+`"`)
		if stands := strings.Contains(row, `class="stp"`) && strings.Contains(row, "STOP THE DRILL — REAL INCIDENT"); stands != mine {
			t.Errorf("a row of the board: %.300s", row)
		}
	}
	st.act(d.ID, "resume_real", "resume-key-1", map[string]any{"passphrase": "ba bốn từ", "reason": "đã yên"})
	st.waits("the open page being told again", func() bool { return live.phase() == "paused" })
}
