package server_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"saban/engine"
)

// hold presses the mouse, or a finger, on something for a while.
func (p *tab) hold(sel string, d time.Duration) {
	p.t.Helper()
	p.see(sel)
	at := ask[[]float64](p, fmt.Sprintf(`(r => [r.x + r.width / 2, r.y + r.height / 2])(document.querySelector(%q).getBoundingClientRect())`, sel))
	mouse := func(kind input.DispatchMouseEventType) {
		_, err := chromedp.Call(p.ctx, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: kind, X: at[0], Y: at[1], Button: "left", ClickCount: 1})
		p.must(err, "holding "+sel)
	}
	mouse("mousePressed")
	time.Sleep(d)
	mouse("mouseReleased")
}

// holdKey holds a key down on what has the focus.
func (p *tab) holdKey(code, key string, d time.Duration) {
	p.t.Helper()
	for _, kind := range []input.DispatchKeyEventType{"rawKeyDown", "keyUp"} {
		_, err := chromedp.Call(p.ctx, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: kind, Code: code, Key: key})
		p.must(err, "holding "+code)
		if kind == "rawKeyDown" {
			time.Sleep(d)
		}
	}
}

// TestARealIncidentInBrowsers has a phone ask, the facilitator dismiss and
// confirm, and looks at every page of it in both languages.
func TestARealIncidentInBrowsers(t *testing.T) {
	st := newStage(t)
	b := newBrowser(t, st)
	for _, lang := range []string{"vi", "en"} {
		t.Run(lang, func(t *testing.T) {
			st := st.in(t)
			d := st.drill()
			phone := b.joins(t, d, lang, "Lò Văn Thảo", "guard")
			st.act(d.ID, "start", "start-key-"+lang, nil)
			p := b.leads(t, d.ID, lang)
			look := func(q *tab, name string) { t.Helper(); q.look("real-" + name + "-" + lang) }

			phone.tap("#alarm")
			phone.see("#real[open]")
			phone.fill("#sos-text", "Có người ngã ở sảnh A")
			look(phone, "phone-asks")
			phone.hold("#real [data-hold]", 300*time.Millisecond)
			phone.see("#real [data-early]:not(:empty)")
			phone.hold("#real [data-hold]", 2600*time.Millisecond)
			phone.gone("#real[open]")
			phone.see("#aside .as")
			look(phone, "phone-asked")
			p.see("[data-sos]")
			p.tap("#feed") // a page sounds once somebody has touched it
			p.wait(`document.body.dataset.siren === "on"`, "the siren")
			look(p, "console-asked")
			time.Sleep(700 * time.Millisecond) // keys meant for what was there before do nothing
			p.key("KeyB", "b")
			p.gone("[data-sos]")
			p.wait(`document.body.dataset.siren === "off"`, "the siren falling silent")

			phone.tap("#alarm")
			phone.tap("#real summary")
			phone.tap("#real input[name=sure]")
			phone.tap("#real details button")
			p.see("[data-sos]")
			p.tap("[data-sos] [data-do=stop_real]")
			for _, e := range call[[]struct{ Reason string }](st.lead, "GET", "/api/v1/drills/"+d.ID+"/log", nil) {
				if strings.Contains(e.Reason, "Lò Văn Thảo") {
					t.Errorf("a name is in the log: %q", e.Reason)
				}
			}
			for name, q := range map[string]*tab{"phone": phone, "console": p} {
				q.see("main.real h1")
				q.gone(".drill")
				q.gone("#feed")
				look(q, name)
			}
			p.key("KeyN", "n")
			if ask[bool](p, `Boolean(document.querySelector("dialog[open]"))`) {
				t.Error("an inject can be written over the page of a real incident")
			}
			p.tap("main.real [data-open=release]")
			p.fill("#rls", "ba bốn từ")
			p.fill("#rlr", "Đã đưa đi cấp cứu")
			look(p, "console-release")
			p.tap("#release footer button")
			p.see(".run.paused")
			phone.gone("main.real")
			phone.see(".bn.paused")
			if title := ask[string](phone, `document.title`); title == "" || ask[string](phone, `document.querySelector("meta[name=theme-color]").content`) != "#FFD84A" {
				t.Errorf("after it the phone is called %q", title)
			}
			if n := count(st.log(d.ID), engine.ResumedReal, ""); n != 1 {
				t.Errorf("%d releases in the log", n)
			}
		})
	}
}

// A real incident takes a button, the menu or the dialog, a mouse or a key,
// and two seconds of it; or two deliberate steps by whoever cannot hold.
func TestRealIncidentIsHeld(t *testing.T) {
	st := newStage(t)
	b := newBrowser(t, st)
	phase := func(d created) string { return st.console(d.ID).Phase }
	start := func(t *testing.T) (created, *tab) {
		d, _ := st.in(t).running()
		st.pass(d.ID, 61*time.Second)
		p := b.leads(t, d.ID, "en")
		p.wait(`document.querySelector("[data-clock]").textContent.startsWith("01:")`, "the page as the stream tells it")
		return d, p
	}
	const short, long = 300 * time.Millisecond, 2600 * time.Millisecond
	t.Run("the button, by mouse", func(t *testing.T) {
		d, p := start(t)
		p.hold(".acts [data-hold]", short)
		p.see("#real[open]")
		if got := phase(d); got != "running" {
			t.Fatalf("a short press made it %s", got)
		}
		p.tap("#real [data-close]")
		p.hold(".acts [data-hold]", long)
		p.see("main.real h1")
	})
	t.Run("the button, by key", func(t *testing.T) {
		d, p := start(t)
		ask[bool](p, `document.querySelector(".acts [data-hold]").focus(), true`)
		p.holdKey("Enter", "Enter", short)
		p.see("#real[open]")
		if got := phase(d); got != "running" {
			t.Fatalf("a short press made it %s", got)
		}
		p.tap("#real [data-close]")
		ask[bool](p, `document.querySelector(".acts [data-hold]").focus(), true`)
		p.holdKey("Space", " ", long)
		p.see("main.real h1")
	})
	t.Run("the menu", func(t *testing.T) {
		_, p := start(t)
		p.tap("[data-open=more]")
		p.hold("#more [data-hold]", long)
		p.see("main.real h1")
	})
	t.Run("the dialog, without holding", func(t *testing.T) {
		d, p := start(t)
		ask[bool](p, `document.querySelector(".acts [data-hold]").click(), true`) // as a screen reader does
		p.see("#real[open]")
		p.tap("#real footer .danger")
		if got := phase(d); got != "running" {
			t.Fatalf("unconfirmed it is %s", got)
		}
		p.tap("#real input[name=sure]")
		p.tap("#real footer .danger")
		p.see("main.real h1")
		p.gone("#real[open]")
	})
}
