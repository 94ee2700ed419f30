package server_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"saban/server"
)

// board is what somebody's board shows, by title.
func (c *client) board() map[string]server.Standing {
	c.t.Helper()
	out := map[string]server.Standing{}
	for _, one := range call[[]server.Standing](c, "GET", "/api/v1/board", nil) {
		out[one.Title] = one
	}
	return out
}

// teams has a drill of the same scenario made for each.
func (st *stage) teams(names ...string) []created {
	st.t.Helper()
	return call[[]created](st.lead, "POST", "/api/v1/board/drills", map[string]any{"scenario": "bomb-threat", "teams": names})
}

func kinds(one server.Standing) (out []string) {
	for _, a := range one.Alarms {
		out = append(out, a.Kind)
	}
	return out
}

func TestOneScenarioForSeveralTeams(t *testing.T) {
	st := newStage(t)
	made := st.teams("Ca sáng", " Ca  chiều ", "")
	if len(made) != 2 || made[0].Code == made[1].Code || made[0].ID == made[1].ID {
		t.Fatalf("%+v", made)
	}
	for title, one := range st.lead.board() {
		if title != "Ca sáng" && title != "Ca chiều" || one.Phase != "waiting" || one.Scenario == "" || one.Duration == 0 || len(one.Alarms) != 0 {
			t.Errorf("%q: %+v", title, one)
		}
	}
	t.Run("not two of one name, nor none", func(t *testing.T) {
		for _, names := range [][]string{{"Ca đêm", "Ca đêm"}, {"", " "}} {
			res, text := st.lead.do("POST", "/api/v1/board/drills", "application/json", jsonOf(t, map[string]any{"scenario": "bomb-threat", "teams": names}))
			if res.StatusCode != http.StatusConflict && res.StatusCode != http.StatusUnprocessableEntity {
				t.Errorf("%v: %s %s", names, res.Status, text)
			}
		}
		if n := len(st.lead.board()); n != 2 {
			t.Errorf("%d drills, of two", n)
		}
	})
	t.Run("the page keeps what was refused", func(t *testing.T) {
		for lang, why := range map[string]string{"vi": "có hai đội cùng tên", "en": "two teams are called"} {
			res, text := st.lead.do("POST", "/board/drills?lang="+lang, "application/x-www-form-urlencoded", "scenario=bomb-threat&speed=1&teams=T%E1%BB%95+1%0D%0AT%E1%BB%95+1")
			if res.StatusCode == http.StatusOK || !strings.Contains(text, why) || !strings.Contains(text, "Tổ 1\r\nTổ 1</textarea>") && !strings.Contains(text, "Tổ 1\nTổ 1</textarea>") {
				t.Errorf("%s: %s\n%s", lang, res.Status, text)
			}
		}
	})
	t.Run("the page makes them", func(t *testing.T) {
		res, _ := st.lead.do("POST", "/board/drills", "application/x-www-form-urlencoded", "scenario=bomb-threat&speed=5&teams=T%E1%BB%95+1%0D%0AT%E1%BB%95+2")
		all := st.lead.board()
		if res.Request.URL.Path != "/board" || len(all) != 4 || !all["Tổ 1"].Practice || !all["Tổ 2"].Practice || all["Ca sáng"].Practice {
			t.Errorf("%s: %+v", res.Request.URL, all)
		}
	})
}

func TestTeamsStartTogetherOrApart(t *testing.T) {
	st := newStage(t)
	made := st.teams("A", "B", "C", "D")
	st.act(made[3].ID, "start", "start-key-1", nil) // apart
	st.act(made[3].ID, "end", "end-key-1", nil)
	own := st.of(server.Facilitator, made[2])
	start := func(c *client, drills ...created) (out []server.Begun) {
		ids := make([]string, len(drills))
		for i, d := range drills {
			ids[i] = d.ID
		}
		return call[[]server.Begun](c, "POST", "/api/v1/board/start", map[string]any{"drills": ids})
	}
	begun := start(st.lead, made[0], made[3], made[1])
	if begun[0].Seq == 0 || begun[0].Problem != nil || begun[1].Problem == nil || begun[2].Seq == 0 {
		t.Errorf("one that cannot begin held the others up, or was not named: %+v", begun)
	}
	if again := start(st.lead, made[0]); again[0].Seq != begun[0].Seq {
		t.Errorf("asked twice it began twice: %+v", again)
	}
	if refused := start(own, made[1], made[2]); refused[0].Problem == nil || refused[0].Problem.Status != http.StatusForbidden || refused[1].Seq == 0 {
		t.Errorf("who leads one drill began another, or not their own: %+v", refused)
	}
	all := st.lead.board()
	for title, phase := range map[string]string{"A": "running", "B": "running", "C": "running", "D": "over"} {
		if all[title].Phase != phase || all[title].Clock.Running != (phase == "running") {
			t.Errorf("%s: %+v", title, all[title])
		}
	}
	if seen := own.board(); len(seen) != 1 || seen["C"].ID != made[2].ID {
		t.Errorf("who leads one drill sees %d", len(seen))
	}
	if res, text := st.lead.form("/board/start"); res.StatusCode == http.StatusOK || !strings.Contains(text, "no drill is chosen") {
		t.Errorf("nothing ticked: %s", res.Status)
	}
}

// TestTheBoardSaysWhatToSeeTo lets each drill come into a trouble of its own.
func TestTheBoardSaysWhatToSeeTo(t *testing.T) {
	st := newStage(t)
	made := st.teams("A", "B", "C")
	phone := st.phone(made[0], "switchboard")
	for _, d := range made {
		st.act(d.ID, "start", "start-key-1", nil)
	}
	card := call[server.Phone](phone, "GET", "/api/v1/phone", nil).Cards[0]
	call[any](phone, "POST", "/api/v1/phone/answers", map[string]any{"key": "answer-key-1", "inject": card.Inject, "role": card.Role, "text": "Gọi ngay giám đốc"})
	st.act(made[1].ID, "stop_real", "real-key-1", map[string]any{"reason": "có người ngã"})
	hurt := st.phone(made[2], "guard")
	call[any](hurt, "POST", "/api/v1/phone/alarm", map[string]any{"key": "alarm-key-1", "text": "có người ngất"})
	all := st.lead.board()
	if k := kinds(all["C"]); len(k) == 0 || k[0] != "reported" || slices.Contains(kinds(all["A"]), "reported") {
		t.Errorf("a real incident is reported in C alone: %v, %v", k, kinds(all["A"]))
	}
	if !slices.Contains(kinds(all["A"]), "marks") || slices.Contains(kinds(all["C"]), "marks") {
		t.Errorf("an answer waits to be marked in A alone: %v, %v", kinds(all["A"]), kinds(all["C"]))
	}
	if k := kinds(all["B"]); all["B"].Phase != "stopped" || len(k) == 0 || k[0] != "real" {
		t.Errorf("B stands for a real incident: %s %v", all["B"].Phase, k)
	}
	if first := call[[]server.Standing](st.lead, "GET", "/api/v1/board", nil)[0]; first.Title != "B" {
		t.Errorf("%s stands first, not what stands for a real incident", first.Title)
	}
	for lang, words := range map[string][]string{"vi": {"sự cố thật: đã dừng", "1 câu cần chấm", "có người báo sự cố thật"}, "en": {"real incident: stopped", "1 to mark", "a real incident is reported"}} {
		_, text := st.lead.do("GET", "/board?lang="+lang, "", "")
		for _, word := range words {
			if !strings.Contains(text, word) {
				t.Errorf("the board in %s does not say %q", lang, word)
			}
		}
	}
}

// TestOneStreamTellsOfEveryDrill listens once and has different drills change.
func TestOneStreamTellsOfEveryDrill(t *testing.T) {
	st := newStage(t)
	made := st.teams("A", "B")
	page := st.lead.watches(t, "/board/live?lang=en")
	hear := func(what, words string) {
		t.Helper()
		for until := time.Now().Add(stepTime); !page.reads(words); time.Sleep(5 * time.Millisecond) {
			if time.Now().After(until) {
				t.Fatalf("the stream never told of %s", what)
			}
		}
	}
	hear("the drills there are", `data-drill="`+made[1].ID)
	st.act(made[0].ID, "start", "start-key-1", nil)
	hear("the first that began", `data-speed="1"`)
	st.act(made[1].ID, "start", "start-key-1", nil)
	st.act(made[1].ID, "pause", "pause-key-1", nil)
	hear("the second that paused", "paused")
	more := st.teams("C")
	hear("one that was made", `data-drill="`+more[0].ID)
}
