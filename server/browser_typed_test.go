package server_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// press presses keys, wherever the focus is.
func (p *tab) press(keys string) {
	p.t.Helper()
	_, err := do(p, chromedp.KeyEvent(keys))
	p.must(err, "pressing keys")
}

// entered presses Enter and waits for the page that follows.
func (p *tab) entered(field string) {
	p.t.Helper()
	p.press(kb.Enter)
	p.wait(`document.readyState === "complete" && document.activeElement?.name === "`+field+`" && document.activeElement.value === ""`, "going on at "+field)
}

// TestADrillOnPaperIsTypedInByKeyboard types a short drill in without a mouse,
// and looks at every page on the way.
func TestADrillOnPaperIsTypedInByKeyboard(t *testing.T) {
	st := newStage(t)
	b := newBrowser(t, st)
	p := b.lead(t, 1366, 768)
	p.goTo("/typed/new?scenario=bomb-threat&lang=vi")
	p.wait(`document.activeElement?.name === "start"`, "the focus")
	p.press("08:30" + kb.Enter)
	p.see("nav.sheets")
	id := strings.TrimPrefix(ask[string](p, `location.pathname`), "/typed/")
	in := &typist{st.lead, id}
	p.wait(`document.activeElement?.name === "done.R02.at"`, "the focus")
	p.press("831")
	p.entered("done.R03.at")
	p.press("8h33" + kb.ArrowDown + "0835")
	p.entered("slip.switchboard.at")
	p.press("8:32" + kb.Tab + "2")
	p.entered("slip.guard_chief.at")
	p.goTo("/typed/" + id + "?add=note")
	p.wait(`document.activeElement?.name === "row.at"`, "the focus")
	if sent := ask[int](p, `((f, sent = 0) => (f.addEventListener("submit", (e) => { if (!e.defaultPrevented) sent++; e.preventDefault(); }), f.requestSubmit(), f.requestSubmit(), sent))(document.querySelector("form[data-typed]"))`); sent != 1 {
		t.Errorf("a key that bounces sends the form %d times", sent)
	}
	p.goTo("/typed/" + id + "?add=note")
	p.wait(`document.activeElement?.name === "row.at"`, "the focus")
	p.press(kb.Tab + "Loa ở sân không nghe" + kb.Tab + kb.Tab)
	p.press(kb.Enter)
	p.read("Đã ghi: ghi chú · Loa ở sân không nghe")
	if got := steps(in.file()); !strings.Contains(got, `{at: "8:31", done: R02, by: switchboard}`) || !strings.Contains(got, `{at: "8:33", done: R03`) || !strings.Contains(got, `{at: "08:35", done: R04`) || !strings.Contains(got, "choices: [2]") || !strings.Contains(got, `note: "Loa ở sân`) {
		t.Errorf("the draft is %s", got)
	}
	p.goTo("/typed/" + id + "?sheet=I02")
	p.wait(`document.activeElement?.matches("input.num")`, "the focus")
	p.press("mười giờ")
	p.press(kb.Enter)
	p.see("[aria-invalid]")
	p.wait(leaveAsks, "the page asking before what is not kept is left")
	faulty := in.typedSheetWithFaults()
	for _, lang := range []string{"vi", "en"} {
		for _, size := range [][2]int64{{1366, 768}, {1024, 768}} {
			p.size(size[0], size[1], 1)
			name := lang + map[bool]string{true: "-narrow"}[size[0] == 1024]
			for page, path := range map[string]string{"new": "/typed/new", "head": "/typed/" + id + "/head", "sheet": "/typed/" + id + "?sheet=I01", "row": "/typed/" + id + "?add=done", "inject": "/typed/" + id + "?add=inject",
				"edit": "/typed/" + id + "?row=1", "check": "/typed/" + faulty + "/check", "check-good": "/typed/" + id + "/check", "drop": "/typed/" + id + "/drop", "drills": "/drills"} {
				p.goTo(path + map[bool]string{true: "&", false: "?"}[strings.Contains(path, "?")] + "lang=" + lang)
				p.look("typed-" + page + "-" + name)
				if over := ask[int](p, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
					t.Errorf("%s is %d pixels too wide", page, over)
				}
			}
			p.goTo("/typed/" + id + "?sheet=I01&lang=" + lang)
			p.fill("[name='done.R02.at']", "x")
			p.tap(".sh .go .p")
			p.see("[aria-invalid]")
			p.look("typed-wrong-" + name)
			p.goTo("/typed/new?lang=" + lang)
			ask[bool](p, `(document.body.insertAdjacentHTML("beforeend", '<form id="t" method="post" action="/typed/upload"><textarea name="text">paper: 1\nscenario: bomb-threat\nday: "2026-03-14"\nstart: 08:30\nsteps:\n  - {at: 2m, done: R99}\n</textarea></form>'), document.getElementById("t").submit(), true)`)
			p.see(".fnd")
			p.look("typed-faults-" + name)
		}
	}
	p.size(1366, 768, 1)
	p.goTo("/typed/" + id + "/check?lang=vi")
	p.tap("form .p")
	p.read("Từng việc")
	p.look("typed-result")
	p.goTo("/typed/" + id + "?lang=vi")
	p.look("typed-done")
}

// typedSheetWithFaults is another draft, of what cannot have happened.
func (p *typist) typedSheetWithFaults() string {
	p.t.Helper()
	res, _ := p.post("/typed/upload", "text", smallPaper+"  - {at: 2m, done: R02}\n  - {at: 20s, respond: {inject: I09, role: director, choices: [1]}}\n  - {at: 9m, release: I01}\n")
	return strings.TrimPrefix(res.Request.URL.Path, "/typed/")
}
