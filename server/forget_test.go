package server_test

import (
	"net/http"
	"strings"
	"testing"

	"saban/server"
)

func TestANameIsForgotten(t *testing.T) {
	st := newStage(t)
	d, other := st.drill(), st.drill()
	const name = "Quàng Thị Hòa"
	phone := st.browser()
	who := call[struct{ Person string }](phone, "POST", "/api/v1/join", map[string]any{"code": d.Code, "name": name, "roles": []string{"switchboard"}})
	call[any](st.browser(), "POST", "/api/v1/join", map[string]any{"code": other.Code, "name": name, "roles": []string{"guard"}})
	st.act(d.ID, "start", "start-key-1", nil)
	st.act(d.ID, "note", "note-key-1", map[string]any{"text": "QUÀNG THỊ HÒA đã có mặt"})
	before := call[[]map[string]any](st.lead, "GET", "/api/v1/drills/"+d.ID+"/log", nil)
	if _, page := st.lead.do("GET", "/drills/"+d.ID+"/forget?person="+who.Person, "", ""); !strings.Contains(page, "QUÀNG THỊ HÒA đã có mặt") || !strings.Contains(page, name) {
		t.Errorf("the page does not say what stays\n%s", page)
	}
	done := call[server.Forgotten](st.lead, "POST", "/api/v1/drills/"+d.ID+"/forget", map[string]any{"whom": "quàng thị  hòa"})
	if len(done.People) != 1 || done.People[0].Person != who.Person || len(done.Said) != 1 {
		t.Errorf("%+v", done)
	}
	if phone.status(t, "GET", "/p") == http.StatusOK {
		t.Error("the phone is still in")
	}
	if guests := call[[]server.Guest](st.lead, "GET", "/api/v1/drills/"+d.ID+"/guests", nil); len(guests) != 0 {
		t.Errorf("the place is still taken: %+v", guests)
	}
	if after := call[[]map[string]any](st.lead, "GET", "/api/v1/drills/"+d.ID+"/log", nil); len(after) < len(before) || jsonOf(t, after[:len(before)]) != jsonOf(t, before) {
		t.Error("the log is not what it was")
	}
	for _, path := range []string{"/people", "/audit", ""} {
		if _, page := st.lead.do("GET", "/drills/"+d.ID+path, "", ""); strings.Contains(page, name) {
			t.Errorf("%s still names the person", path)
		}
	}
	if _, page := st.lead.do("GET", "/drills/"+other.ID+"/people", "", ""); !strings.Contains(page, name) {
		t.Error("the same name in another drill is gone too")
	}
	if got := st.lead.send("/api/v1/drills/"+d.ID+"/forget", map[string]any{"whom": name}); got != http.StatusNotFound {
		t.Errorf("once more: %d", got)
	}
}
