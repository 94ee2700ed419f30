package server_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"saban/scenarios"
	"saban/server"
)

// joins opens a phone, brings it into a drill and waits until it is in.
func (b *browser) joins(t testing.TB, d created, lang, name string, roles ...string) *tab {
	t.Helper()
	p := b.phone(t)
	p.goTo("/j/" + d.Code + "?lang=" + lang)
	p.fill("input[name=name]", name)
	for _, role := range roles {
		p.tap("input[value=" + role + "]")
	}
	p.tap("button.go")
	p.wait(`location.pathname === "/p" && document.body.classList.contains("js")`, "being in")
	return p
}

// drillInBrowsers is a stage, a browser, and a drill of the drawings.
func drillInBrowsers(t *testing.T) (*stage, *browser, created) {
	t.Helper()
	st := phoneStage(t)
	return st, newBrowser(t, st), st.phoneDrill()
}

// alarmed is a phone of the control room that is asked about the alarm.
func alarmed(t *testing.T, lang string) (*stage, created, *tab) {
	t.Helper()
	st, b, d := drillInBrowsers(t)
	p := b.joins(t, d, lang, "Thảo", "control")
	st.does(d, "start", nil)
	st.releases(d, "alarm")
	p.settled()
	return st, d, p
}

// phoneStage is a stage whose drills are those of the drawings.
func phoneStage(t *testing.T) *stage {
	t.Helper()
	text, err := os.ReadFile("testdata/phone.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return newStageOf(t, scenarios.Source{Name: "phone.yaml", Bytes: text})
}

func (st *stage) phoneDrill() created {
	st.t.Helper()
	return call[created](st.lead, "POST", "/api/v1/drills", map[string]any{"scenario": "phone"})
}

// does has the facilitator act, under a key of its own.
func (st *stage) does(d created, do string, more map[string]any) {
	st.t.Helper()
	st.deeds++
	st.act(d.ID, do, fmt.Sprintf("act-number-%d", st.deeds), more)
}

func (st *stage) releases(d created, inject string) {
	st.t.Helper()
	st.does(d, "release", map[string]any{"id": inject})
}

// settled waits until a card can be answered: its first touches are ignored.
func (p *tab) settled() {
	p.t.Helper()
	p.wait(`document.querySelector("article.ask") && !document.querySelector("article.just")`, "the card taking touches")
}

// steady waits until the page's clock has followed the server's.
func (p *tab) steady(digits string) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`document.querySelector("[data-t=big]")?.textContent.startsWith(%q)`, digits), "the clock at "+digits)
}

// choose picks the choices that begin with some words.
func (p *tab) choose(starts ...string) {
	p.t.Helper()
	for _, s := range starts {
		n := ask[int](p, fmt.Sprintf(`[...document.querySelectorAll("fieldset label.op")].findIndex(l => l.innerText.trim().startsWith(%q)) + 1`, s))
		if n == 0 {
			p.t.Fatalf("no choice begins with %q:\n%s", s, p.text("fieldset"))
		}
		p.tap(fmt.Sprintf("fieldset label.op:nth-of-type(%d)", n))
	}
}

// said is what the two languages of the fixture call things.
var said = map[string]struct{ call, compare, search, tellPolice, something string }{
	"vi": {"Gọi điện thoại bàn", "Đối chiếu camera 07", "Cử hai người", "Trả lời từng câu", "Hàng rào đông trạm 110 kV, phát hiện 08:00. Đã lập vành đai 100 m, đang sơ tán gian máy."},
	"en": {"Call the shift leader", "Compare camera 07", "Send two people", "Answer each question", "East fence of the 110 kV yard, found at 08:00. Cordon at 100 m, turbine hall being cleared."},
}

func TestThePhoneInEveryState(t *testing.T) {
	st := phoneStage(t)
	b := newBrowser(t, st)
	for _, lang := range []string{"vi", "en"} {
		t.Run(lang, func(t *testing.T) { phoneStates(t, st.in(t), b, lang) })
	}
}

func phoneStates(t *testing.T, st *stage, b *browser, lang string) {
	words := said[lang]
	d := st.phoneDrill()
	look := func(p *tab, name string) { t.Helper(); p.look("phone-" + name + "-" + lang) }

	p := b.phone(t)
	p.goTo("/p?lang=" + lang)
	look(p, "outside")
	p.goTo("/nothing?lang=" + lang)
	look(p, "problem")
	p.goTo("/j?lang=" + lang)
	p.fill("#code", "100100")
	look(p, "code")
	p.tap("button.go")
	p.see(".wrong")
	look(p, "code-wrong")
	p = b.joins(t, d, lang, "Lò Văn Thảo", "control")
	p.see(".idle")
	look(p, "waiting")
	colleague := b.joins(t, d, lang, "Quàng Thị Mai", "control")
	st.does(d, "start", nil)
	st.releases(d, "alarm")
	p.settled()
	p.wait(`/T2/.test(document.getElementById("shout").textContent) && /[0-9]/.test(document.getElementById("say").textContent)`, "the inject and its time being spoken")
	if got := ask[string](p, `document.activeElement.id`); got != "h" {
		t.Errorf("the focus is on %q, not on the heading", got)
	}
	st.pass(d.ID, 46*time.Second)
	p.steady("1:")
	p.choose(words.call, words.compare)
	look(p, "inject")

	st.does(d, "pause", nil)
	p.see(".bn.paused")
	look(p, "paused")
	p.tap("button.go")
	p.see("[data-msg]:not(:empty)")
	st.does(d, "resume", nil)
	p.gone(".bn.paused")
	p.tap("button.go")
	p.see(".got .done")
	look(p, "received")
	colleague.see(".got")
	colleague.read("Lò Văn Thảo")
	look(colleague, "colleague-answered")

	p.tap("fieldset.bx label:nth-of-type(2)")
	p.tap("fieldset.bx label:nth-of-type(3)")
	look(p, "boxes")
	p.tap("button.extra")
	p.see(".op.kept")
	look(p, "boxes-sent")

	st.releases(d, "question")
	p.settled()
	st.pass(d.ID, 84*time.Second)
	p.see(".cd.late")
	p.tap("[data-do=write]")
	p.fill("#text", words.something)
	look(p, "text-late")
	st.releases(d, "order")
	p.wait(`document.querySelectorAll(".tabs li:not([hidden])").length > 1`, "several cards")
	look(p, "several")
	if got := p.value("#text"); got != words.something {
		t.Errorf("after another inject came the text is %q", got)
	}
	st.pass(d.ID, 120*time.Second)
	p.see(".cd.over")
	look(p, "past-limit")
	p.tap("[data-do=tell]")
	p.see("dialog[open]")
	look(p, "tell")
	p.fill("#tell-text", "x")
	p.tap("[data-do=tell-send]")
	p.gone("dialog[open]")

	p.offline(true)
	p.tap("button.go")
	p.see(".is-lost .rc.bad")
	look(p, "offline")
	p.offline(false)
	p.see(".got .done")
	p.gone(".is-lost #lost")
	p.tap(".tabs [data-stage=info]")
	p.see("article.info")
	look(p, "order")
	p.tap("[data-do=dismiss]")
	p.gone("article.info")

	phoneRest(t, st, b, d, p, lang)
}

// phoneRest is what happens to a phone beside the injects.
func phoneRest(t *testing.T, st *stage, b *browser, d created, p *tab, lang string) {
	look := func(p *tab, name string) { t.Helper(); p.look("phone-" + name + "-" + lang) }
	p.tap("#journal")
	p.see("#sheet .je")
	look(p, "journal-in-page")
	p.back()
	p.gone("#sheet")
	away := b.joins(t, d, lang, "Lầm", "guard", "chief")
	st.does(d, "relay", map[string]any{"id": "alarm", "role": "chief"})
	away.see("article.ask")
	look(away, "relayed-two-roles")
	for _, g := range call[[]server.Guest](st.lead, "GET", "/api/v1/drills/"+d.ID+"/guests", nil) {
		if g.Name == "Lầm" {
			call[any](st.lead, "DELETE", "/api/v1/drills/"+d.ID+"/guests/"+g.Person, nil)
		}
	}
	away.see("[data-page=outside]")
	look(away, "turned-away")

	st.does(d, "stop_real", map[string]any{"reason": "thật"})
	p.see("main.real h1")
	look(p, "real-incident")
	st.does(d, "resume_real", map[string]any{"reason": "đã xong", "passphrase": "ba bốn từ"})
	p.gone("main.real")
	st.does(d, "end", nil)
	p.see(".end")
	look(p, "over")
	call[any](st.lead, "POST", "/api/v1/drills/"+d.ID+"/close", nil)
	p.see("[data-page=ended]")
	look(p, "ended")
	p.tap("a.go")
	p.see(".je")
	look(p, "journal")
}

func TestAnInjectHasTheShapeOfItsChannel(t *testing.T) {
	st, b, d := drillInBrowsers(t)
	p := b.joins(t, d, "vi", "Thảo", "control")
	st.does(d, "start", nil)
	for i, channel := range scenarios.Channels {
		text := "Cổng chính có xe lạ đỗ sát hàng rào. Người lái đã đi khỏi. Biển số phủ bạt."
		st.does(d, "adhoc", map[string]any{"inject": map[string]any{"id": fmt.Sprintf("X%d", i), "title": map[string]any{"vi": "Xe lạ ở cổng chính", "en": "Strange car"}, "channel": channel, "from": "police", "at_ms": 0, "note": map[string]any{},
			"to": []string{"control"}, "text": map[string]any{"vi": text, "en": text}}})
		p.see(".inj.ch-" + channel)
		p.look("phone-channel-" + channel)
		if got := strings.Join(strings.Fields(p.text(".inj")), " "); !strings.Contains(got, "Xe lạ ở cổng chính") || !strings.Contains(got, "Biển số phủ bạt.") {
			t.Errorf("%s shows %q", channel, got)
		}
	}
}
