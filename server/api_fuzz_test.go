package server_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"saban/server"
)

// bodied lists the operations that take a body, but those that end the drill
// or the sessions the next body needs.
func (st *stage) bodied() (out []server.Route) {
	for _, r := range st.server.Routes() {
		if (r.Method == http.MethodPost || r.Method == http.MethodPut) && strings.HasPrefix(r.Pattern, "/api/") && !strings.HasSuffix(r.Pattern, "/close") {
			out = append(out, r)
		}
	}
	return out
}

// hostile are bodies to begin with; each is sent to each operation.
var hostile = []string{
	``, `{}`, `[]`, `null`, `0`, `"x"`, `{"key":`, "\xff\xfe", `{"a":1}{"b":2}`, strings.Repeat(`{"a":`, 3000), strings.Repeat(`[`, 20000),
	`{"do":"start","key":"key-key-1"}`, `{"do":"force","key":"key-key-2","to":"exposed","reason":"x"}`,
	`{"do":"adhoc","key":"key-key-3","inject":{"id":"X1","title":{},"at_ms":0,"text":{"vi":"x"},"note":{},"expects":[{"id":"XR","by":"guard","target_ms":-1,"limit_ms":9223372036854775807,"weight":99,"do":{}}]}}`,
	`{"do":"adhoc","key":"key-key-4","inject":{"id":"X2","title":{"vi":"x"},"at_ms":-9223372036854775808,"text":{"vi":"x"},"note":{},"to":["guard"],"when":"all([1],{true})"}}`,
	`{"do":"postpone","key":"key-key-5","id":"I02","moment_ms":86400000}`, `{"do":"mark","key":"key-key-6","id":"R01","of":1,"content":1e308}`,
	`{"do":"override","key":"key-key-7","id":"R01","reason":"x","override":{"observed":-9223372036854775808,"owner":7,"content":0.1}}`,
	`{"do":"edit","key":"key-key-8","id":"I02","words":{"vi":"\u0000\u202e\ud800"}}`, `{"do":"observe","key":"key-key-9","id":"R01","observed_ms":1e3,"content":999999.5}`,
	`{"do":"retract","key":"key-key-a","of":9223372036854775807,"reason":"x"}`, `{"do":"rate","key":"key-key-b","id":"NB","rating":"P","reason":"x"}`,
	`{"key":"key-key-c","inject":"I01","role":"switchboard","choices":["1","1","1"],"age_ms":86400000}`,
	`{"key":"key-key-d","inject":"I01","role":"switchboard","boxes":[{"choice":"-1","boxes":["\"'<script>"]}],"text":"\u0007"}`,
	`{"key":"key-key-e","inject":"../../etc","to":"director"}`, `{"key":"key-key-f","text":"=1+1"}`,
	`{"scenario":"bomb-threat","speed":999999.999999999,"factors":[{"role":"guard","factor":999999}],"places":{"guard":-5}}`,
	`{"code":"","speed":0.000000001,"covers":[{"role":"guard","by":"guard"}]}`, `{"code":"000000","roles":["a","a"]}`, `{"passphrase":""}`,
	`{"do":"settle","key":"key-key-g","task":"R01","rating":"P","text":"\u202e"}`, `{"do":"prohibit","key":"key-key-h","task":"P01","observed_ms":-1}`, `{"do":"unseen","key":"key-key-i","task":"../x"}`,
	`{"access":"facilitator","hours":99999,"for":"\r\nX: 1"}`, `{"whom":"\u0000"}`, `{"code":"AAAA-BBBB-CCCC","name":"\ud800"}`, `{"scenario":"bomb-threat","teams":["","",""]}`, `{"drills":["x","x"]}`,
}

// FuzzBodies sends anything to every operation that takes a body. Whatever it
// is, the answer is as described and no failure of the server.
func FuzzBodies(f *testing.F) {
	at := newFuzzStage(f)
	if len(at.bodied) < 15 {
		f.Errorf("only %d operations take a body", len(at.bodied))
	}
	for which := range at.bodied {
		for _, body := range hostile {
			f.Add(uint8(which), body)
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, body string) {
		op := at.bodied[int(which)%len(at.bodied)]
		if at.made > 200 && (op.Pattern == "/api/v1/drills" || op.Pattern == "/api/v1/board/drills") {
			return // enough drills for one server
		}
		at.ask(t, op.Method, filled(op.Pattern, at.drill), body)
		at.ask(t, "GET", "/api/v1/drills/"+at.drill.ID, "")
	})
}

// fuzzStage is a server asked without a network, each time from another
// address so that none asks too often.
type fuzzStage struct {
	*contract
	handler     http.Handler
	bodied      []server.Route
	drill       created
	lead, phone []*http.Cookie
	asked, made int
}

func newFuzzStage(f *testing.F) *fuzzStage {
	st := newStage(f)
	d := st.drill()
	phone := st.browser()
	call[any](phone, "POST", "/api/v1/join", map[string]any{"code": d.Code, "roles": []string{"switchboard"}})
	call[any](st.lead, "POST", "/api/v1/drills/"+d.ID+"/acts", map[string]any{"do": "start", "key": "start-key-1"})
	u, err := url.Parse(st.at.URL)
	if err != nil {
		f.Fatal(err)
	}
	return &fuzzStage{contract: newContract(f, st), handler: st.server.Handler(), bodied: st.bodied(), drill: d, lead: st.lead.http.Jar.Cookies(u), phone: phone.http.Jar.Cookies(u)}
}

func (at *fuzzStage) ask(t *testing.T, method, path, body string) {
	t.Helper()
	at.asked++
	req := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body))
	req.Host, req.RemoteAddr = "127.0.0.1", fmt.Sprintf("127.%d.%d.%d:9", 1+at.asked>>16&63, at.asked>>8&255, at.asked&255)
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	cookies := at.lead
	if strings.HasPrefix(path, "/api/v1/phone") {
		cookies = at.phone
	}
	for _, c := range cookies {
		req.AddCookie(c)
	}
	out := httptest.NewRecorder()
	at.handler.ServeHTTP(out, req)
	res := out.Result()
	if (path == "/api/v1/drills" || path == "/api/v1/board/drills") && res.StatusCode == http.StatusOK {
		at.made++
	}
	if res.StatusCode >= 500 {
		t.Errorf("%s %s: %s", method, path, res.Status)
	}
	if err := at.check(req, res, out.Body.Bytes()); err != nil {
		t.Errorf("%s %s answers %s: %v\n%s", method, path, res.Status, err, short(out.Body.Bytes()))
	}
}
