package server_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"saban/server"
)

// caller is somebody with a session, or without.
type caller struct {
	*client
	access server.Access
	drill  string
}

// TestEveryRouteIsForWhomTheTableSays asks every route as everybody.
func TestEveryRouteIsForWhomTheTableSays(t *testing.T) {
	st := newStage(t)
	table := accessTable(t)
	mine, other := st.drill(), st.drill()
	callers := map[string]caller{
		"nobody":                       {st.browser(), 0, ""},
		"a participant":                {st.phone(mine, "switchboard"), server.Participant, mine.ID},
		"another drill's participant":  {st.phone(other, "switchboard"), server.Participant, other.ID},
		"who has a made-up cookie":     {st.browserWith("saban", "bm90IGEgdG9rZW4gb2YgdGhpcyBzZXJ2ZXIsIG5ldmVyLg"), 0, ""},
		"who was turned away":          {st.turnedAway(mine), 0, ""},
		"whose session means nothing":  {st.of(0, mine), 0, mine.ID},
		"who has an access to come":    {st.of(128, mine), 128, mine.ID},
		"the administrator, signed in": {st.lead, server.Administrator, ""},
	}
	for _, access := range []server.Access{server.Evaluator, server.Observer, server.Projector, server.Facilitator} {
		callers["the "+access.String()] = caller{st.of(access, mine), access, mine.ID}
		callers["another drill's "+access.String()] = caller{st.of(access, other), access, other.ID}
	}
	st.act(mine.ID, "start", "start-key-1", nil)
	routes := st.server.Routes()
	for ending := range reports {
		if !slices.ContainsFunc(routes, func(r server.Route) bool {
			return r.Pattern == "/drills/{drill}/report."+ending && r.Access == server.Facilitator
		}) {
			t.Errorf("the report as %s is not for the facilitator", ending)
		}
	}
	if len(routes) < 60 {
		t.Fatalf("only %d routes", len(routes))
	}
	for name, c := range callers {
		for _, r := range routes {
			if ends(r, c) {
				continue
			}
			status := c.status(t, r.Method, filled(r.Pattern, mine))
			refused := status == http.StatusUnauthorized || status == http.StatusForbidden
			if c.may(table, r, mine) == refused && !opens(r) {
				t.Errorf("%s asks %s %s, for %s: %d", name, r.Method, r.Pattern, r.Access, status)
			}
			if status >= 500 {
				t.Errorf("%s asks %s %s: %d", name, r.Method, r.Pattern, status)
			}
		}
	}
	if got := callers["another drill's participant"].status(t, "GET", "/api/v1/drills/"+mine.ID); got != http.StatusForbidden {
		t.Errorf("another drill's participant reads this one: %d", got)
	}
	for _, path := range []string{"/api/v1/nothing", "/nothing", "/static/../server.go", "/static/%2e%2e/templates/phone.html", "/drills/..%2f..%2fetc"} {
		if got := st.browser().status(t, "GET", path); got == http.StatusOK {
			t.Errorf("%s is answered", path)
		}
	}
}

// may says whether the table lets somebody into a route of a drill.
func (c caller) may(table map[string][]string, r server.Route, d created) bool {
	row, ok := table[r.Method+" "+r.Pattern]
	if !ok {
		c.t.Errorf("access.md does not name %s %s: run the test with -update", r.Method, r.Pattern)
	}
	if slices.Contains(row, "anybody") {
		return true
	}
	elsewhere := c.access != server.Administrator && c.drill != d.ID && strings.Contains(r.Pattern, "{drill}")
	return slices.Contains(row, c.access.String()) && !elsewhere
}

// of is a browser with a session of this access to a drill.
func (st *stage) of(access server.Access, d created) *client {
	st.t.Helper()
	token, err := st.server.Enter(access, d.ID, "x-"+access.String())
	if err != nil {
		st.t.Fatal(err)
	}
	return st.browserWith("saban", token)
}

// opens reports whether a route refuses a wrong passphrase with the status of
// a caller who may not ask.
func opens(r server.Route) bool {
	return r.Method == "POST" && (r.Pattern == "/sign-in" || r.Pattern == "/api/v1/session")
}

// ends reports whether asking a route would leave the caller without session
// or drill.
func ends(r server.Route, c caller) bool {
	out := r.Method == "POST" && r.Pattern == "/sign-out" || r.Method == "DELETE" && r.Pattern == "/api/v1/session" || strings.HasSuffix(r.Pattern, "/close")
	return out && r.Access.Lets(c.access)
}

func filled(pattern string, d created) string {
	return strings.NewReplacer("{drill}", d.ID, "{code}", d.Code, "{person}", "nobody", "{token}", "wrong", "{name}", "none.css", "{photo}", "none", "{$}", "").Replace(pattern)
}

// status asks and gives up reading at once: a stream never ends by itself.
func (c *client) status(t testing.TB, method, path string) int {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 90*time.Second)
	defer cancel()
	body, kind := "", ""
	if method != http.MethodGet {
		body, kind = "{}", "application/json"
		if !strings.HasPrefix(path, "/api/") {
			body, kind = "x=1", "application/x-www-form-urlencoded"
		}
	}
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	plain := *c.http
	plain.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	res, err := plain.Do(req)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	_ = res.Body.Close()
	return res.StatusCode
}

func (st *stage) browserWith(cookie, value string) *client {
	c := st.browser()
	u, err := url.Parse(st.at.URL)
	if err != nil {
		st.t.Fatal(err)
	}
	c.http.Jar.SetCookies(u, []*http.Cookie{{Name: cookie, Value: value, Path: "/"}})
	return c
}

// phone is a browser that has joined a drill in one role.
func (st *stage) phone(d created, role string) *client {
	st.t.Helper()
	c := st.browser()
	call[map[string]any](c, "POST", "/api/v1/join", map[string]any{"code": d.Code, "roles": []string{role}})
	return c
}

func (st *stage) turnedAway(d created) *client {
	c := st.phone(d, "guard")
	for _, g := range call[[]server.Guest](st.lead, "GET", "/api/v1/drills/"+d.ID+"/guests", nil) {
		if len(g.Roles) == 1 && g.Roles[0] == "guard" {
			call[any](st.lead, "DELETE", "/api/v1/drills/"+d.ID+"/guests/"+g.Person, nil)
		}
	}
	return c
}

func TestAnotherSiteCannotAct(t *testing.T) {
	st := newStage(t)
	d := st.drill()
	for name, header := range map[string][2]string{"by fetch metadata": {"Sec-Fetch-Site", "cross-site"}, "by origin": {"Origin", "http://evil.example"}} {
		t.Run(name, func(t *testing.T) {
			req, _ := http.NewRequest("POST", st.at.URL+"/api/v1/drills/"+d.ID+"/acts", strings.NewReader(`{"do":"start","key":"cross-site-1"}`))
			req.Header.Set("Content-Type", "application/json")
			req.Header.Set(header[0], header[1])
			res, err := st.lead.http.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			_ = res.Body.Close()
			if res.StatusCode != http.StatusForbidden {
				t.Errorf("%s", res.Status)
			}
		})
	}
	t.Run("by a name that was made to point here", func(t *testing.T) {
		req, _ := http.NewRequest("GET", st.at.URL+"/api/v1/drills", nil)
		req.Host = "drill.evil.example"
		res, err := st.lead.http.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != http.StatusMisdirectedRequest {
			t.Errorf("%s", res.Status)
		}
	})
}

func TestWayBackStaysHere(t *testing.T) {
	st := newStage(t)
	for _, to := range []string{"//evil.example", "https://evil.example/", `/\evil.example`, "/%0d%0aSet-Cookie:x=1", "javascript:alert(1)"} {
		c := st.browser()
		c.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
		res, _ := c.form("/lang", "lang", "en", "back", to)
		if at := res.Header.Get("Location"); strings.Contains(at, "evil") || strings.Contains(at, "javascript") || res.Header.Get("X") != "" {
			t.Errorf("%q leads to %q", to, at)
		}
	}
}

func TestHeadersKeepForeignPagesOut(t *testing.T) {
	st := newStage(t)
	for _, path := range []string{"/sign-in", "/j", "/api/v1/openapi.json", "/nothing"} {
		res, _ := st.browser().do("GET", path, "", "")
		csp := res.Header.Get("Content-Security-Policy")
		if !strings.Contains(csp, "default-src 'self'") || strings.Contains(csp, "unsafe") || !strings.Contains(csp, "frame-ancestors 'none'") || res.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", path, res.Header)
		}
	}
}

func TestFewPassphrasesAMinute(t *testing.T) {
	st := newStage(t)
	c, refused := st.browser(), 0
	for range 300 {
		if res, _ := c.do("POST", "/api/v1/session", "application/json", `{"passphrase":"x"}`); res.StatusCode == http.StatusTooManyRequests {
			refused++
		}
	}
	if refused == 0 {
		t.Error("three hundred tries in a row and none was put off")
	}
}

func TestWhatIsNotThereIsToldInTheServersOwnWords(t *testing.T) {
	st := newStage(t)
	title := map[string]string{"vi": "không có trang này", "en": "there is no such page"}
	for _, lang := range []string{"vi", "en"} {
		for _, path := range []string{"/nothing", "/p/nothing", "/static/none.css", "/drills/none/of/it"} {
			res, text := st.browser().do("GET", path+"?lang="+lang, "", "")
			if res.StatusCode != http.StatusNotFound || !strings.Contains(text, `<html lang="`+lang+`"`) || !strings.Contains(text, "<title>") || !strings.Contains(text, title[lang]) || !strings.Contains(text, `class="go wide" href="/"`) {
				t.Errorf("%s in %s: %s\n%s", path, lang, res.Status, text)
			}
		}
	}
	for method, path := range map[string]string{"DELETE": "/j", "PUT": "/p", "POST": "/p/nhat-ky"} {
		res, text := st.browser().do(method, path, "", "")
		if res.StatusCode != http.StatusMethodNotAllowed || !strings.Contains(res.Header.Get("Allow"), "GET") || !strings.Contains(text, "<html lang=") {
			t.Errorf("%s %s: %s, allowed: %q\n%s", method, path, res.Status, res.Header.Get("Allow"), text)
		}
	}
	for method, path := range map[string]string{"GET": "/api/v1/nothing", "DELETE": "/api/v1/join"} {
		res, text := st.browser().do(method, path, "", "")
		if res.StatusCode != http.StatusNotFound && res.StatusCode != http.StatusMethodNotAllowed || res.Header.Get("Content-Type") != "application/problem+json" || !strings.Contains(text, `"code"`) {
			t.Errorf("%s %s: %s %s\n%s", method, path, res.Status, res.Header.Get("Content-Type"), text)
		}
	}
}

// TestLeadingIsDoneOnTheServersOwnMachine asks every route from another
// machine: evaluators, observers, screens and phones are there, those who lead
// only when the server was told so.
func TestLeadingIsDoneOnTheServersOwnMachine(t *testing.T) {
	st := newStage(t)
	d := st.drill()
	st.act(d.ID, "start", "start-key-1", nil)
	for _, access := range []server.Access{server.Administrator, server.Facilitator, server.Evaluator, server.Observer, server.Projector, server.Participant} {
		drill := d.ID
		if access == server.Administrator {
			drill = ""
		}
		token, err := st.server.Enter(access, drill, "x")
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range st.server.Routes() {
			if r.Access&server.Anybody != 0 || !r.Access.Lets(access) || !access.Leads() && (r.Method != http.MethodGet || strings.HasSuffix(r.Pattern, "/live")) {
				continue
			}
			req := httptest.NewRequest(r.Method, "http://10.0.0.2:8080"+filled(r.Pattern, d), http.NoBody)
			req.RemoteAddr = "10.0.0.7:40000"
			req.AddCookie(&http.Cookie{Name: "saban", Value: token})
			got := httptest.NewRecorder()
			st.server.Handler().ServeHTTP(got, req)
			if refused := got.Code == http.StatusForbidden; refused != access.Leads() {
				t.Errorf("%s asks %s %s from another machine: %d", access, r.Method, r.Pattern, got.Code)
			}
		}
	}
}
