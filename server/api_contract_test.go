package server_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"saban/server"
	"saban/server/photo/phototest"
)

// TestEveryAnswerIsAsDescribed plays a drill in which every operation is
// answered, well and with a refusal, and holds each answer against the
// description.
func TestEveryAnswerIsAsDescribed(t *testing.T) {
	st := newStage(t)
	c := newContract(t, st)
	lead := c.browser(st)
	call[any](lead, "POST", "/api/v1/session", map[string]any{"passphrase": "ba bốn từ"})
	d := describedDrill(lead)
	phone := c.browser(st)
	who := call[struct{ Person string }](phone, "POST", "/api/v1/join", map[string]any{"code": d.Code, "name": "Quàng Thị Hòa", "roles": []string{"switchboard", "guard"}})
	guest := c.browser(st)
	other := call[struct{ Person string }](guest, "POST", "/api/v1/join", map[string]any{"code": d.Code, "roles": []string{"guard"}})
	call[any](lead, "GET", "/api/v1/join/"+d.Code, nil)
	call[any](lead, "GET", "/api/v1/drills/"+d.ID+"/guests", nil)
	call[any](lead, "DELETE", "/api/v1/drills/"+d.ID+"/guests/"+other.Person, nil)
	act := func(do string, more map[string]any) { lead.attempt("/api/v1/drills/"+d.ID+"/acts", do, more) }
	act("start", nil)
	readDrill(lead, d.ID)
	boardOf(lead)
	answerCard(st, phone)
	for _, verb := range append(acts, acts...) { // the second time most are refused
		if verb.do == "pause" {
			st.pass(d.ID, 15*time.Minute)
		}
		act(verb.do, verb.more)
	}
	answerCard(st, phone)
	act("assign", map[string]any{"role": "guard", "person": who.Person})
	judged(lead, d.ID)
	readDrill(lead, d.ID)
	peopleOf(c, st, lead, d)
	refusedCalls(lead, phone, d)
	act("end", nil)
	washedUp(lead, phone, d)
	call[any](lead, "POST", "/api/v1/drills/"+d.ID+"/close", nil)
	imported(lead, d.ID)
	call[any](lead, "DELETE", "/api/v1/session", nil)
	for _, op := range c.operations() {
		if strings.Contains(op, "/openapi") {
			continue
		}
		if c.answered[op+" 200"] == 0 {
			t.Errorf("%s was never answered well", op)
		}
	}
}

// boardOf makes drills for two teams, begins one of them twice and reads how
// all fare.
func boardOf(lead *client) {
	made := call[[]created](lead, "POST", "/api/v1/board/drills", map[string]any{"scenario": "bomb-threat", "site": "hydropower-a.yaml", "speed": 2, "teams": []string{"Tổ 1", "Tổ 2"}})
	call[any](lead, "POST", "/api/v1/board/start", map[string]any{"drills": []string{made[0].ID, "none"}})
	call[any](lead, "GET", "/api/v1/board", nil)
}

// describedDrill makes a drill with all a plan can hold.
func describedDrill(lead *client) created {
	call[any](lead, "GET", "/api/v1/scenarios", nil)
	d := call[created](lead, "POST", "/api/v1/drills", map[string]any{"scenario": "bomb-threat", "title": "Diễn tập quý I", "speed": 1.5,
		"covers": []any{map[string]any{"role": "medic", "by": "guard_chief"}}, "factors": []any{map[string]any{"role": "guard", "factor": 1.25}}, "places": map[string]any{"guard": 20}})
	plan := call[map[string]any](lead, "GET", "/api/v1/drills/"+d.ID+"/plan", nil)
	plan["speed"] = 1
	call[any](lead, "PUT", "/api/v1/drills/"+d.ID+"/plan", plan)
	return d
}

// washedUp leads a hot wash in which a phone has spoken.
func washedUp(lead, phone *client, d created) {
	at := "/api/v1/drills/" + d.ID + "/hotwash"
	call[any](phone, "POST", "/api/v1/phone/hotwash", map[string]any{"key": "word-key-1", "question": "went_well", "text": "gọi nhau nhanh", "role": "guard"})
	call[any](phone, "GET", "/api/v1/phone/hotwash", nil)
	phone.send("/api/v1/phone/hotwash", map[string]any{"key": "word-key-2", "question": "went_well", "text": " "})
	for _, move := range []map[string]any{{"show": "step"}, {"reveal": true}, {"show": "words", "page": 1}, {"show": "result", "result": true}} {
		call[any](lead, "PUT", at, move)
		call[any](lead, "GET", at, nil)
	}
	lead.put(at, map[string]any{"show": "step", "step": "none"})
}

func readDrill(lead *client, drill string) {
	for _, path := range []string{"/api/v1/drills", "/api/v1/drills/" + drill, "/api/v1/drills/" + drill + "/log", "/api/v1/drills/" + drill + "/log?after=3", "/api/v1/drills/" + drill + "/scorecard"} {
		call[any](lead, "GET", path, nil)
	}
}

// judged says as an evaluator all that one may.
func judged(lead *client, drill string) {
	for i, body := range []map[string]any{
		{"do": "observe", "task": "R01", "observed_ms": 60000}, {"do": "observe", "task": "R01", "observed_ms": 90000}, {"do": "mark", "task": "R01", "content": 0.8},
		{"do": "unseen", "task": "R01"}, {"do": "prohibit", "task": "P01", "role": "guard"}, {"do": "note", "task": "R01", "text": "gọi chậm"},
		{"do": "rate", "task": "R01", "rating": "M"}, {"do": "settle", "task": "R01", "rating": "S", "text": "đã trao đổi"}, {"do": "settle", "task": "R01", "rating": "S"},
		{"do": "mark", "task": "nothing", "content": 1}} {
		body["key"] = fmt.Sprint("judged-", i, "-key")
		lead.send("/api/v1/drills/"+drill+"/judgements", body)
	}
	photo := string(phototest.JPEG(lead.t, phototest.Corners(64, 48)))
	for _, query := range []string{"key=contract-photo&task=R01&text=x", "key=contract-photo&task=R01", "key=contract-photo-2&task=nothing", "key=short"} {
		lead.do("POST", "/api/v1/drills/"+drill+"/photos?"+query, "application/octet-stream", photo)
	}
	call[any](lead, "GET", "/api/v1/drills/"+drill+"/evaluation", nil)
}

// answerCard answers, passes on and adds to what is on a phone.
func answerCard(st *stage, phone *client) {
	st.t.Helper()
	for _, card := range call[server.Phone](phone, "GET", "/api/v1/phone", nil).Cards {
		key := "phone-" + strings.ReplaceAll(card.Key, ".", "-")
		if card.Pick > 0 && card.Answer == nil {
			var ids []string
			for _, c := range card.Choices[:card.Pick] {
				ids = append(ids, c.ID)
			}
			phone.send("/api/v1/phone/answers", map[string]any{"key": key, "inject": card.Inject, "role": card.Role, "choices": ids, "age_ms": 200})
		}
		phone.send("/api/v1/phone/seen", map[string]any{"inject": card.Inject, "role": card.Role})
		if len(card.Relays) > 0 {
			phone.send("/api/v1/phone/relays", map[string]any{"key": key + "-relay", "inject": card.Inject, "to": card.Relays[0].ID})
		}
	}
	phone.send("/api/v1/phone/notes", map[string]any{"key": fmt.Sprint("phone-note-", time.Now().UnixNano()), "text": "Đã rõ"})
	phone.send("/api/v1/phone/alarm", map[string]any{"key": fmt.Sprint("phone-alarm-", time.Now().UnixNano()), "text": "Có người ngã"})
	call[any](phone, "POST", "/api/v1/phone/pulse", map[string]any{"round_ms": 30})
	call[any](phone, "GET", "/api/v1/phone", nil)
}

// peopleOf invites an evaluator, who comes in and is turned out again.
func peopleOf(c *contract, st *stage, lead *client, d created) {
	at := "/api/v1/drills/" + d.ID + "/invitations"
	made := call[server.Invited](lead, "POST", at, map[string]any{"access": "evaluator", "hours": 12, "once": true, "for": "Tòng Văn Hải"})
	guest := c.browser(st)
	call[any](guest, "POST", "/api/v1/invited", map[string]any{"code": made.Code, "name": "Tòng Văn Hải"})
	call[any](lead, "GET", at, nil)
	call[any](lead, "DELETE", at+"/"+made.ID, nil)
	call[any](lead, "POST", "/api/v1/drills/"+d.ID+"/forget", map[string]any{"whom": "tòng văn hải"})
	lead.send("/api/v1/drills/"+d.ID+"/forget", map[string]any{"whom": "tòng văn hải"})
	call[any](lead, "GET", "/api/v1/drills/"+d.ID+"/deeds", nil)
	guest.send("/api/v1/invited", map[string]any{"code": made.Code, "name": "Tòng Văn Hải"})
}

// send posts JSON, whatever the answer.
func (c *client) send(path string, body any) int {
	c.t.Helper()
	res, _ := c.do("POST", path, "application/json", jsonOf(c.t, body))
	return res.StatusCode
}

// attempt lets the facilitator act, whatever the answer.
func (c *client) attempt(path, do string, more map[string]any) {
	c.t.Helper()
	body := map[string]any{"do": do, "key": fmt.Sprintf("%s-%d", do, time.Now().UnixNano())}
	for k, v := range more {
		body[k] = v
	}
	c.send(path, body)
}

// acts is every act of a facilitator, with something to act on.
var acts = []struct {
	do   string
	more map[string]any
}{
	{"note", map[string]any{"text": "Ghi chú"}},
	{"edit", map[string]any{"id": "I02", "words": map[string]any{"vi": "Lời mới", "en": "New words"}}},
	{"hold", map[string]any{"id": "I02", "reason": "chưa cần"}},
	{"unhold", map[string]any{"id": "I02"}},
	{"postpone", map[string]any{"id": "I02", "moment_ms": 1200000}},
	{"release", map[string]any{"id": "I02"}},
	{"recall", map[string]any{"id": "I02", "reason": "nhầm"}},
	{"release", map[string]any{"id": "I03"}},
	{"receive", map[string]any{"id": "I03", "mode": "read"}},
	{"relay", map[string]any{"id": "I01", "role": "director"}},
	{"skip", map[string]any{"id": "I05", "reason": "hết giờ"}},
	{"adhoc", map[string]any{"inject": map[string]any{"id": "X1", "title": map[string]any{"vi": "Thêm"}, "at_ms": 0, "to": []string{"guard"}, "channel": "radio",
		"text": map[string]any{"vi": "Có thêm một vật"}, "note": map[string]any{}, "expects": []any{map[string]any{"id": "XR1", "by": "guard", "target_ms": 60000, "limit_ms": 120000, "weight": 0, "do": map[string]any{"vi": "Báo cáo"}}}}}},
	{"observe", map[string]any{"id": "R02", "role": "switchboard", "content": 0.5, "observed_ms": 1000}},
	{"prohibit", map[string]any{"id": "P01", "role": "guard", "observed_ms": 1500}},
	{"mark", map[string]any{"id": "R02", "of": 3, "content": 1}},
	{"rate", map[string]any{"id": "R02", "rating": "S", "reason": "thấy tận mắt"}},
	{"override", map[string]any{"id": "R02", "reason": "xem lại", "override": map[string]any{"done": true, "observed": 2000, "owner": 1, "content": 0.8}}},
	{"flag", map[string]any{"id": "second_call"}},
	{"force", map[string]any{"to": "assessing", "reason": "cho kịp"}},
	{"retract", map[string]any{"of": 3, "reason": "nhầm"}},
	{"pause", nil},
	{"resume", nil},
	{"stop_real", map[string]any{"reason": "có người ngã"}},
	{"resume_real", map[string]any{"passphrase": "wrong"}},
	{"resume_real", map[string]any{"reason": "đã xong", "passphrase": "ba bốn từ"}},
	{"resume", nil},
}

// refusedCalls are answers that must be problem documents.
func refusedCalls(lead, phone *client, d created) {
	for _, ask := range []struct {
		who                *client
		method, path, kind string
		body               string
		status             int
	}{
		{phone, "GET", "/api/v1/drills", "", "", http.StatusForbidden},
		{lead, "GET", "/api/v1/phone", "", "", http.StatusUnauthorized},
		{lead, "GET", "/api/v1/drills/none", "", "", http.StatusNotFound},
		{lead, "GET", "/api/v1/drills/none/log", "", "", http.StatusNotFound},
		{lead, "GET", "/api/v1/drills/none/scorecard", "", "", http.StatusNotFound},
		{lead, "GET", "/api/v1/drills/" + d.ID + "/log?after=-1", "", "", http.StatusUnprocessableEntity},
		{lead, "GET", "/api/v1/join/000000", "", "", http.StatusNotFound},
		{lead, "GET", "/api/v1/nothing", "", "", http.StatusNotFound},
		{lead, "PATCH", "/api/v1/drills", "", "", http.StatusMethodNotAllowed},
		{lead, "POST", "/api/v1/drills", "application/json", `{"scenario":"none"}`, http.StatusConflict},
		{lead, "POST", "/api/v1/drills", "application/json", `{"scenario":"bomb-threat","speed":100.5}`, http.StatusUnprocessableEntity},
		{lead, "POST", "/api/v1/drills", "application/json", `{"scenario":`, http.StatusBadRequest},
		{lead, "POST", "/api/v1/drills", "application/json", `{"scenario":"bomb-threat","nonsense":1}`, http.StatusUnprocessableEntity},
		{lead, "POST", "/api/v1/drills", "application/xml", `<a/>`, http.StatusUnsupportedMediaType},
		{lead, "POST", "/api/v1/drills/import", "application/jsonl", "nonsense", http.StatusUnprocessableEntity},
		{lead, "POST", "/api/v1/drills/" + d.ID + "/close", "", "", http.StatusConflict},
		{lead, "POST", "/api/v1/drills/" + d.ID + "/acts", "application/json", `{"do":"explode","key":"key-key-1"}`, http.StatusUnprocessableEntity},
		{lead, "POST", "/api/v1/drills/" + d.ID + "/acts", "application/json", `{"do":"note","key":"k"}`, http.StatusUnprocessableEntity},
		{lead, "POST", "/api/v1/drills/" + d.ID + "/acts", "application/json", `{"do":"note","key":"key-key-1","text":"` + strings.Repeat("x", 3<<20) + `"}`, http.StatusRequestEntityTooLarge},
		{lead, "PUT", "/api/v1/drills/" + d.ID + "/plan", "application/json", `{}`, http.StatusUnprocessableEntity},
		{phone, "POST", "/api/v1/phone/answers", "application/json", `{"key":"key-key-1","inject":"I01","role":"director"}`, http.StatusConflict},
		{phone, "POST", "/api/v1/phone/notes", "application/json", `{"key":"key-key-1","text":""}`, http.StatusUnprocessableEntity},
		{phone, "POST", "/api/v1/join", "application/json", `{"code":"` + d.Code + `","roles":["nobody"]}`, http.StatusConflict},
		{phone, "POST", "/api/v1/session", "application/json", `{"passphrase":"wrong"}`, http.StatusUnauthorized},
	} {
		if res, body := ask.who.do(ask.method, ask.path, ask.kind, ask.body); res.StatusCode != ask.status {
			lead.t.Errorf("%s %s %.60s: %s, want %d: %.300s", ask.method, ask.path, ask.body, res.Status, ask.status, body)
		}
	}
}

// imported reads a drill that is over, and one brought from elsewhere.
func imported(lead *client, drill string) {
	readDrillClosed := []string{"/api/v1/drills", "/api/v1/drills/" + drill + "/log", "/api/v1/drills/" + drill + "/scorecard"}
	for _, path := range readDrillClosed {
		call[any](lead, "GET", path, nil)
	}
	_, file := lead.do("GET", "/drills/"+drill+"/file", "", "")
	if res, body := lead.do("POST", "/api/v1/drills/import", "application/jsonl", file); res.StatusCode != http.StatusOK {
		lead.t.Errorf("a file of the drill that is here: %s %s", res.Status, body)
	}
}
