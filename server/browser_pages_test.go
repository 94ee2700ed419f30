package server_test

import (
	"strings"
	"testing"
	"time"

	"saban/server"
)

// The facilitator's pages beside the console, at the width of a laptop and of
// a phone.
func TestFacilitatorPages(t *testing.T) {
	st := newStage(t)
	b := newBrowser(t, st)
	d, _ := st.running()
	st.pass(d.ID, 6*time.Minute)
	over, _ := st.running()
	st.act(over.ID, "end", "end-key-1", nil)
	waiting := st.drill()
	made := st.invite(d, map[string]any{"for": "Tòng Văn Hải, Sở Y tế"})
	_, _ = st.enter(made.Code, "Tòng Văn Hải")
	st.revokeOne(d)
	st.act(d.ID, "force", "force-key-1", map[string]any{"to": "panic", "reason": "người chơi đi lệch, đưa về đúng diễn biến để kịp giờ"})
	forgetting := call[[]server.Guest](st.lead, "GET", "/api/v1/drills/"+d.ID+"/guests", nil)[0]
	st.act(d.ID, "note", "note-key-1", map[string]any{"text": forgetting.Name + " ra ngoài lúc 8 giờ 20"})
	seated, _ := st.enter(made.Code, "Quàng Thị Hòa")
	out := b.desk(t, 1366, 768)
	p := b.lead(t, 1366, 768)
	guest := b.desk(t, 1366, 768)
	guest.takeSession(seated)
	for _, lang := range []string{"vi", "en"} {
		t.Run(lang, func(t *testing.T) {
			for name, path := range map[string]string{"sign-in": "/sign-in", "not-there": "/nowhere", "invited": "/i/" + made.Code, "invitation": "/i"} {
				out.goTo(path + "?lang=" + lang)
				out.look("page-" + name + "-" + lang)
			}
			guest.goTo("/in?lang=" + lang)
			guest.look("page-seat-" + lang)
			for name, path := range map[string]string{"drills": "/drills", "new": "/drills/new", "check": "/drills/" + waiting.ID + "/check", "sheet": "/drills/" + waiting.ID + "/sheet",
				"result": "/drills/" + over.ID + "/result", "result-so-far": "/drills/" + d.ID + "/result", "log": "/drills/" + d.ID + "/log", "board": "/board",
				"handbook-facilitator": "/handbook/facilitator", "handbook-evaluator": "/handbook/evaluator",
				"people": "/drills/" + d.ID + "/people", "audit": "/drills/" + d.ID + "/audit", "watch": "/drills/" + d.ID + "/watch", "forget": "/drills/" + d.ID + "/forget?person=" + forgetting.Person} {
				p.size(1366, 768, 1)
				p.goTo(path + map[bool]string{true: "&", false: "?"}[strings.Contains(path, "?")] + "lang=" + lang)
				if name == "forget" {
					p.see("button.p[value='" + forgetting.Person + "']")
				}
				p.look("page-" + name + "-" + lang)
				p.size(360, 800, 1)
				if strings.Contains("people audit forget watch", name) {
					p.look("page-" + name + "-narrow-" + lang)
				}
				if over := ask[int](p, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
					t.Errorf("%s is %d pixels wider than a phone: %s", name, over, ask[string](p, `[...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > innerWidth && !e.closest(".wide")).map((e) => e.outerHTML.slice(0, 60)).join(" · ")`))
				}
			}
		})
	}
}

// revokeOne makes an invitation and takes it back.
func (st *stage) revokeOne(d created) {
	st.t.Helper()
	made := st.invite(d, map[string]any{"access": "observer", "once": true})
	call[any](st.lead, "DELETE", "/api/v1/drills/"+d.ID+"/invitations/"+made.ID, nil)
}
