package server_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"saban/engine"
	"saban/server"
)

// TestARealIncidentReachesEveryPhone has two hundred phones on their streams,
// stops for a real incident while injects are due, and looks at all of them.
func TestARealIncidentReachesEveryPhone(t *testing.T) {
	const phones = 200
	st := newStage(t)
	places := map[string]int{}
	for _, role := range st.console(st.drill().ID).Roles {
		places[role.ID] = phones
	}
	d := call[created](st.lead, "POST", "/api/v1/drills", map[string]any{"scenario": "bomb-threat", "places": places})
	var all []*client
	var streams []*streamed
	for i := range phones {
		role := []string{"switchboard", "guard", "director", "medic"}[i%4]
		phone := st.phone(d, role)
		all, streams = append(all, phone), append(streams, phone.reads(t, "identity")) // read at once, which unpacking does not
	}
	st.act(d.ID, "start", "start-key-1", nil)
	everywhere := func(phase string) time.Duration {
		t.Helper()
		from := time.Now()
		st.waits("every phone being "+phase, func() bool {
			return !slices.ContainsFunc(streams, func(s *streamed) bool {
				text := s.String()
				return !strings.HasPrefix(text[strings.LastIndex(text, `"phase":`)+len(`"phase":`):], `"`+phase+`"`)
			})
		})
		return time.Since(from)
	}
	everywhere("running")
	st.act(d.ID, "stop_real", "stop-key-1", map[string]any{"reason": "có người ngã"})
	t.Logf("%d phones have the real-incident page after %v", phones, everywhere("stopped").Round(time.Millisecond))

	before, said := len(st.log(d.ID)), make([]int, phones)
	for i, s := range streams {
		said[i] = strings.Count(s.String(), "event: patch")
	}
	cards := func(c *client) int { return len(call[server.Phone](c, "GET", "/api/v1/phone", nil).Cards) }
	had := cards(all[0])
	t.Run("nothing is delivered while it lasts", func(t *testing.T) {
		st := st.in(t)
		now := st.console(d.ID).Now
		st.pass(d.ID, 20*time.Minute) // injects are due in it
		for i, act := range []string{`"release","id":"I05"`, `"release","id":"I06"`, `"adhoc","inject":{"id":"X1","at_ms":0,"channel":"radio","to":["guard"],"title":{},"note":{},"text":{"vi":"x"}}`, `"resume"`, `"relay","id":"I01","role":"director"`} {
			st.refused(d.ID, fmt.Sprintf(`{"key":"window-key-%d","do":%s}`, i, act))
		}
		card := call[server.Phone](all[0], "GET", "/api/v1/phone", nil).Cards[0]
		if res, _ := all[0].do("POST", "/api/v1/phone/answers", "application/json", jsonOf(t, map[string]any{"key": "window-answer", "inject": card.Inject, "role": "switchboard", "text": "x"})); res.StatusCode < 400 {
			t.Errorf("an answer was taken: %s", res.Status)
		}
		if c := st.console(d.ID); c.Now != now || c.Phase != "stopped" {
			t.Errorf("the clock went from %v to %v, %s", now, c.Now, c.Phase)
		}
		for _, e := range st.log(d.ID)[before:] {
			switch e.Type {
			case engine.Released, engine.Received, engine.Relayed, engine.Written, engine.Moved, engine.Missed:
				t.Errorf("%s %s while the drill stood", e.Type, e.ID)
			}
		}
		if n := cards(all[0]); n != had {
			t.Errorf("a phone has %d cards, had %d", n, had)
		}
		for i, s := range streams {
			if n := strings.Count(s.String(), "event: patch"); n != said[i] {
				t.Fatalf("phone %d was told something %d times", i, n-said[i])
			}
		}
	})
	t.Run("it is released with a reason, into pause", func(t *testing.T) {
		st := st.in(t)
		if status := st.refused(d.ID, `{"do":"resume_real","key":"over-key-0","passphrase":"ba bốn từ"}`); status != http.StatusConflict {
			t.Errorf("without a reason it is answered %d", status)
		}
		st.act(d.ID, "resume_real", "over-key-1", map[string]any{"reason": "đã xong", "passphrase": "ba bốn từ"})
		everywhere("paused")
		if cards(all[0]) != had || slices.ContainsFunc(st.log(d.ID)[before:], func(e logged) bool { return e.Type == engine.Released }) {
			t.Error("something was delivered by the release itself")
		}
		st.act(d.ID, "resume", "go-on-key-1", nil)
		st.pass(d.ID, 6*time.Minute)
		everywhere("running")
		if cards(all[0]) <= had {
			t.Error("after it nothing is delivered")
		}
	})
}

func TestAParticipantReportsARealIncident(t *testing.T) {
	st := newStage(t)
	d, phones := st.running()
	guard := phones["guard"]
	report := func(key, text string) {
		call[any](guard, "POST", "/api/v1/phone/alarm", map[string]any{"key": key, "text": text})
	}
	report("alarm-key-1", "Có người ngã ở sảnh")
	report("alarm-key-2", "Có người ngã ở sảnh")
	a := st.console(d.ID).Alarm
	if a == nil || a.Text != "Có người ngã ở sảnh" || !strings.Contains(a.Who, "Người guard") || a.More != 0 {
		t.Fatalf("the facilitator sees %+v", a)
	}
	if phase := st.console(d.ID).Phase; phase != "running" {
		t.Errorf("asking alone made it %s", phase)
	}
	t.Run("it can be said to be none", func(t *testing.T) {
		st.act(d.ID, "note", "none-key-1", map[string]any{"mode": "real", "of": a.Seq, "text": "Không phải sự cố thật"})
		if a := st.console(d.ID).Alarm; a != nil {
			t.Errorf("it is still there: %+v", a)
		}
	})
	t.Run("without script it is confirmed by a box", func(t *testing.T) {
		_, page := guard.do("GET", "/p/su-co-that", "", "")
		key := first(t, page, formKey)
		if res, page := guard.fields("/p/su-co-that", url.Values{"key": {key}, "text": {"cháy <kho>"}}); res.StatusCode != http.StatusConflict || !strings.Contains(page, "cháy &lt;kho&gt;") || st.console(d.ID).Alarm != nil {
			t.Errorf("%s\n%s", res.Status, page)
		}
		if res, page := guard.fields("/p/su-co-that", url.Values{"key": {key}, "text": {"cháy <kho>"}, "sure": {"1"}}); res.StatusCode != http.StatusOK || !strings.Contains(page, `role="status"`) {
			t.Errorf("%s\n%s", res.Status, page)
		}
		if a := st.console(d.ID).Alarm; a == nil || a.Text != "cháy <kho>" {
			t.Fatalf("%+v", a)
		}
	})
	t.Run("confirmed, it stops the drill, and the page says so without script", func(t *testing.T) {
		st.act(d.ID, "stop_real", "stop-key-1", map[string]any{"reason": "cháy kho"})
		if a := st.console(d.ID).Alarm; a != nil {
			t.Errorf("it still asks: %+v", a)
		}
		for _, path := range []string{"/p", "/p/nhat-ky", "/p/su-co-that"} {
			if _, page := guard.do("GET", path, "", ""); !strings.Contains(page, `data-phase="stopped"`) || !strings.Contains(page, `<main class="real"`) || !strings.Contains(page, "115") {
				t.Errorf("%s does not say it\n%s", path, page)
			}
		}
		if _, page := guard.do("GET", "/p", "", ""); !strings.Contains(page, `http-equiv="refresh"`) {
			t.Error("a phone without script would stay on the page when it is over")
		}
	})
	t.Run("what other notes say is no report", func(t *testing.T) {
		st.refused(d.ID, `{"do":"note","key":"odd-note-1","mode":"read","text":"x"}`)
	})
	t.Run("once the drill is over there is nothing to stop", func(t *testing.T) {
		st.act(d.ID, "end", "end-key-1", nil)
		if res, _ := guard.do("POST", "/api/v1/phone/alarm", "application/json", `{"key":"alarm-key-9"}`); res.StatusCode != http.StatusConflict {
			t.Errorf("answered %s", res.Status)
		}
	})
}
