package server_test

import (
	"bytes"
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"saban/server"
)

// evil is what a page must never hold as it was sent.
const evil = `"'><x-evil onload=alert(1)></title></script><x-evil><img src=x onerror=evil=1>`

// TestNothingThatIsWrittenBecomesCode puts code wherever people can write and
// looks for it on every page and in every stream.
func TestNothingThatIsWrittenBecomesCode(t *testing.T) {
	st := newStage(t)
	d := call[created](st.lead, "POST", "/api/v1/drills", map[string]any{"scenario": "bomb-threat", "title": evil})
	phone, guest, hurt := st.hurt(d)
	pages := 0
	for _, r := range st.server.Routes() {
		if r.Method != http.MethodGet || strings.Contains(r.Pattern, "static") || strings.Contains(r.Pattern, "/report.") && !strings.HasSuffix(r.Pattern, ".html") {
			continue
		}
		for _, c := range []*client{st.lead, phone, guest, hurt, st.browser()} {
			path := strings.NewReplacer("{file}", url.PathEscape(evil)).Replace(filled(r.Pattern, d))
			body, kind := c.begin(path + "?find=" + url.QueryEscape(evil) + "&card=" + url.QueryEscape(evil) + "&code=" + url.QueryEscape(evil) + "&next=" + url.QueryEscape(evil) + "&inject=" + url.QueryEscape(evil))
			if strings.HasPrefix(kind, "text/html") {
				pages++
			}
			if (strings.HasPrefix(kind, "text/html") || strings.HasPrefix(kind, "text/event-stream")) && strings.Contains(body, "<x-evil") {
				at := strings.Index(body, "<x-evil")
				t.Errorf("%s: …%s…", path, body[max(at-200, 0):min(at+80, len(body))])
			}
		}
	}
	if pages < 20 {
		t.Errorf("only %d pages were looked at", pages)
	}
}

// hurt has code in names, answers, notes, reasons, invitations, ad hoc injects
// and file names of a drill.
func (st *stage) hurt(d created) (phone, guest, leader *client) {
	st.t.Helper()
	phone, guest, leader = st.harmers(d)
	st.harm(d, phone, guest)
	return phone, guest, leader
}

// harmers are a participant, an evaluator and a facilitator with code for
// names.
func (st *stage) harmers(d created) (phone, guest, leader *client) {
	st.t.Helper()
	phone = st.browser()
	phone.send("/api/v1/join", map[string]any{"code": d.Code, "name": evil, "roles": []string{"switchboard"}})
	made := st.invite(d, map[string]any{"for": evil})
	guest, _ = st.enter(made.Code, evil)
	leader, _ = st.enter(st.invite(d, map[string]any{"access": "facilitator", "for": evil}).Code, evil)
	return phone, guest, leader
}

// harm plays a drill of code.
func (st *stage) harm(d created, phone, guest *client) {
	st.t.Helper()
	st.act(d.ID, "start", "start-key-1", nil)
	for _, card := range call[server.Phone](phone, "GET", "/api/v1/phone", nil).Cards {
		phone.send("/api/v1/phone/answers", map[string]any{"key": "evil-answer", "inject": card.Inject, "role": card.Role, "text": evil})
	}
	phone.send("/api/v1/phone/notes", map[string]any{"key": "evil-note-1", "text": evil})
	at := "/api/v1/drills/" + d.ID + "/acts"
	guest.send(at, map[string]any{"do": "note", "key": "evil-note-2", "text": evil})
	for do, more := range map[string]map[string]any{
		"skip": {"id": "I05", "reason": evil}, "force": {"to": "assessing", "reason": evil}, "edit": {"id": "I02", "words": map[string]any{"vi": evil, "en": evil}},
		"override": {"id": "R02", "reason": evil, "override": map[string]any{"done": true}},
		"adhoc":    {"inject": map[string]any{"id": "X1", "title": map[string]any{"vi": evil, "en": evil}, "at_ms": 0, "to": []string{"switchboard"}, "channel": "radio", "text": map[string]any{"vi": evil, "en": evil}, "note": map[string]any{"vi": evil}}},
	} {
		st.lead.attempt(at, do, more)
	}
	_, file := st.lead.do("GET", "/drills/"+d.ID+"/file", "", "")
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	part, err := w.CreateFormFile("file", `../../../`+evil+`.drill.jsonl`)
	if err != nil {
		st.t.Fatal(err)
	}
	_, _ = io.WriteString(part, file)
	_ = w.Close()
	if res, text := st.lead.do("POST", "/drills/import", w.FormDataContentType(), form.String()); res.StatusCode >= http.StatusInternalServerError || strings.Contains(text, "<x-evil") {
		st.t.Errorf("a file with a bad name: %s", res.Status)
	}
}

// begin reads an answer, of a stream what comes at once.
func (c *client) begin(path string) (body, kind string) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), 10*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+path, http.NoBody)
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("Accept-Encoding", "identity")
	res, err := c.http.Do(req)
	if err != nil {
		c.t.Fatalf("%s: %v", path, err)
	}
	defer func() { _ = res.Body.Close() }()
	kind = res.Header.Get("Content-Type")
	var out bytes.Buffer
	if strings.HasPrefix(kind, "text/event-stream") {
		for buf := make([]byte, 64<<10); !bytes.Contains(out.Bytes(), []byte("\n\n")); {
			n, err := res.Body.Read(buf)
			out.Write(buf[:n])
			if err != nil {
				break
			}
		}
		return out.String(), kind
	}
	_, _ = out.ReadFrom(res.Body)
	return out.String(), kind
}

func TestNoAddressLeadsOut(t *testing.T) {
	st := newStage(t)
	d := st.drill()
	made := st.invite(d, nil)
	for _, to := range []string{"//evil.example", "https://evil.example/", `/\evil.example`, `\\evil.example`, "/%0d%0aX-Evil:1", "/\r\nX-Evil: 1", "javascript:alert(1)", " //evil.example", "/\t/evil.example"} {
		for name, form := range map[string][]string{
			"/lang":    {"lang", "en", "back", url.QueryEscape(to)},
			"/sign-in": {"passphrase", "ba bốn từ", "next", url.QueryEscape(to)},
			"/i":       {"code", made.Code, "name", "Hải", "next", url.QueryEscape(to), "back", url.QueryEscape(to)},
			"/j":       {"code", d.Code, "role", "guard", "next", url.QueryEscape(to)},
		} {
			c := st.browser()
			c.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
			res, _ := c.form(name, form...)
			at, err := url.Parse(res.Header.Get("Location"))
			if err != nil || at.Host != "" || at.Scheme != "" || strings.Contains(at.Path, "evil.example") || res.Header.Get("X-Evil") != "" {
				t.Errorf("%s with %q leads to %q", name, to, res.Header.Get("Location"))
			}
		}
	}
}

func TestNoPathLeadsToAFileThatIsNotServed(t *testing.T) {
	st := newStage(t)
	d := st.drill()
	up := []string{"../", "..%2f", "..%5c", "%2e%2e/", "%2e%2e%2f", "....//", "..%252f", "%00/"}
	for _, c := range []*client{st.browser(), st.lead} {
		for _, step := range up {
			for _, base := range []string{"/static/", "/static/templates/", "/drills/", "/drills/" + d.ID + "/", "/api/v1/drills/", "/i/", "/j/"} {
				for _, file := range []string{"etc/passwd", "server.go", "templates/phone.html", "saban.db"} {
					body, _ := c.begin(base + strings.Repeat(step, 6) + file)
					if strings.Contains(body, "root:") || strings.Contains(body, "package server") || strings.Contains(body, "{{define") || strings.Contains(body, "SQLite format") {
						t.Fatalf("%s is served", base+strings.Repeat(step, 6)+file)
					}
				}
			}
		}
	}
}

func TestNoHeaderIsMadeOfWhatIsSent(t *testing.T) {
	st := newStage(t)
	d := call[created](st.lead, "POST", "/api/v1/drills", map[string]any{"scenario": "bomb-threat", "title": "x\r\nX-Evil: 1"})
	const bad = "%0d%0aX-Evil:%201%0d%0a%0d%0a<x-evil>"
	for _, path := range []string{"/i/" + bad, "/j/" + bad, "/j?code=" + bad, "/sign-in?next=" + bad, "/drills/" + bad, "/drills/" + bad + "/file", "/drills/" + bad + "/log?as=csv",
		"/drills/" + d.ID + "/log?as=csv&find=" + bad, "/drills/" + d.ID + "/file", "/drills/" + d.ID + "/report.html", "/p?card=" + bad, "/?lang=" + bad, "/static/" + bad} {
		res, body := st.lead.do("GET", path, "", "")
		for name, values := range res.Header {
			if strings.HasPrefix(name, "X-Evil") || strings.ContainsAny(strings.Join(values, ""), "\r\n") {
				t.Errorf("%s: %s: %q", path, name, values)
			}
		}
		if strings.Contains(body, "<x-evil>") && strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
			t.Errorf("%s: the page holds what was sent", path)
		}
	}
}

// TestAnotherSiteCannotSendAForm tries every form of every page as a page
// elsewhere would have a browser send it.
func TestAnotherSiteCannotSendAForm(t *testing.T) {
	st := newStage(t)
	d := st.drill()
	for _, r := range st.server.Routes() {
		if r.Method == http.MethodGet {
			continue
		}
		for _, header := range [][2]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "http://evil.example"}, {"Origin", "null"}} {
			req, err := http.NewRequest(r.Method, st.at.URL+filled(r.Pattern, d), strings.NewReader("x=1"))
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			req.Header.Set(header[0], header[1])
			res, err := st.lead.http.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			_ = res.Body.Close()
			if res.StatusCode != http.StatusForbidden {
				t.Errorf("%s %s by %s %s: %s", r.Method, r.Pattern, header[0], header[1], res.Status)
			}
		}
	}
}
