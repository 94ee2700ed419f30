package server_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// TestNothingThatIsWrittenRunsInABrowser opens every page of a drill that is
// played with code for words, some before it is written and some after, with
// the content policy switched off: it is the last of the walls, not the only.
func TestNothingThatIsWrittenRunsInABrowser(t *testing.T) {
	st := newStage(t)
	d := call[created](st.lead, "POST", "/api/v1/drills", map[string]any{"scenario": "bomb-threat", "title": evil})
	phone, guest, leader := st.harmers(d)
	b := newBrowser(t, st)
	open := func(c *client, path string) *tab {
		p := b.desk(t, 1366, 768)
		p.takeSession(c)
		_, err := chromedp.Call(p.ctx, page.SetBypassCSP, page.SetBypassCSPParams{Enabled: true})
		p.must(err, "content policy off")
		p.goTo(path)
		return p
	}
	live := map[string]*tab{
		"the console": open(leader, "/drills/"+d.ID), "the board": open(st.lead, "/board"), "the phone": open(phone, "/p"),
		"the tablet": open(guest, "/drills/"+d.ID+"/evaluate"), "the screen": open(st.lead, "/drills/"+d.ID+"/screen"),
	}
	st.harm(d, phone, guest)
	live["the phone"].read("<x-evil")
	live["the console"].read("<x-evil")
	for where, p := range live {
		p.harmless(where)
	}
	call[any](st.lead, "POST", "/api/v1/drills/"+d.ID+"/acts", map[string]any{"do": "end", "key": "end-of-evil"})
	looked := 0
	for _, who := range []*client{st.lead, leader, phone, guest} {
		p := live["the board"]
		if who != st.lead {
			p = open(who, "/")
		}
		for _, r := range st.server.Routes() {
			if !shows(r.Method, r.Pattern) {
				continue
			}
			path := filled(r.Pattern, d)
			p.goTo(path)
			p.harmless(path)
			looked++
		}
	}
	if looked < 60 {
		t.Errorf("only %d pages were looked at", looked)
	}
}

// shows reports whether a route is a page a browser shows.
func shows(method, pattern string) bool {
	if method != http.MethodGet || strings.HasPrefix(pattern, "/api/") || strings.HasSuffix(pattern, "/live") {
		return false
	}
	for _, file := range []string{"/static/", "/file", "/log.csv", ".png", ".pdf", ".docx", ".xlsx", ".md", ".json", ".crt", ".yaml", ".zip"} {
		if strings.Contains(pattern, file) {
			return false
		}
	}
	return true
}

// harmless fails the test where something written has become a part of the
// page.
func (p *tab) harmless(where string) {
	p.t.Helper()
	if ask[bool](p, `"evil" in window || !!document.querySelector("x-evil, [onload], [onerror], img[src=x]")`) {
		p.shot("EVIL " + where)
		p.t.Errorf("%s: what was written has become code", where)
	}
}
