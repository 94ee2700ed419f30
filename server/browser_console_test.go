package server_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"saban/engine"
)

// key presses the key at a place of the keyboard, whatever letter an input
// method makes of it.
func (p *tab) key(code, letter string) {
	p.t.Helper()
	for _, kind := range []input.DispatchKeyEventType{"rawKeyDown", "keyUp"} {
		_, err := chromedp.Call(p.ctx, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: kind, Code: code, Key: letter, WindowsVirtualKeyCode: map[string]int64{"Escape": 27, "Space": 32, "Enter": 13}[code]})
		p.must(err, "pressing "+code)
	}
}

// leads opens the console of a drill.
func (b *browser) leads(t *testing.T, drill, lang string) *tab {
	t.Helper()
	p := b.lead(t, 1440, 900)
	p.goTo("/drills/" + drill + "?lang=" + lang)
	p.see("[data-region=top] .acts button")
	p.wait(`document.querySelector("[data-wall]").textContent.length > 4`, "the script running")
	return p
}

// Unikey in Telex and VNI rewrites letters and digits as they are typed: the
// console goes by the place of the key.
func TestConsoleByKeyboard(t *testing.T) {
	st := newStage(t)
	b := newBrowser(t, st)
	d, phones := st.running()
	p := b.leads(t, d.ID, "vi")
	next := func() string { return ask[string](p, `document.querySelector("[data-next]")?.dataset.next ?? ""`) }
	first := next()
	p.key("KeyH", "ĥ")
	p.wait(fmt.Sprintf(`document.querySelector("[data-next]").dataset.next !== %q`, first), "holding the next")
	p.tap("#toast button")
	p.wait(fmt.Sprintf(`document.querySelector("[data-next]").dataset.next === %q`, first), "undoing it")
	p.reads()
	p.key("KeyK", "Process")
	p.wait(fmt.Sprintf(`document.querySelector("[data-next]").dataset.next !== %q`, first), "skipping the next")
	p.tap("#toast button")
	p.wait(fmt.Sprintf(`document.querySelector("[data-next]").dataset.next === %q`, first), "undoing it")
	p.reads()
	p.key("Enter", "Enter")
	p.wait(fmt.Sprintf(`document.querySelector("[data-next]").dataset.next !== %q`, first), "sending the next")
	if n := count(st.log(d.ID), engine.Released, first); n != 1 {
		t.Errorf("%s was released %d times", first, n)
	}
	card := call[struct{ Cards []struct{ Inject string } }](phones["switchboard"], "GET", "/api/v1/phone", nil).Cards[0]
	call[map[string]any](phones["switchboard"], "POST", "/api/v1/phone/answers", map[string]any{"key": "words-key-1", "inject": card.Inject, "role": "switchboard", "text": "Đã báo Công an xã"})
	p.see("[data-mark]")
	p.reads()
	p.key("KeyW", "ư")
	p.gone("[data-mark]")
	p.key("KeyT", "Process")
	p.see("#force[open]")
	p.key("Escape", "Escape")
	p.gone("#force[open]")
	p.key("KeyN", "n")
	p.see("#adhoc[open]")
	ask[bool](p, `document.querySelector("#tx").value = "Tin đột xuất", document.querySelector("[name=to][value=guard]").click(), true`)
	p.tap("#adhoc footer button")
	p.gone("#adhoc[open]")
	p.read("Phát X")
	p.key("KeyM", "m")
	p.fill("#n", "ghi lại")
	p.key("Enter", "Enter")
	ask[bool](p, `document.querySelector("form.note").requestSubmit(), true`)
	p.read("ghi lại")
	ask[bool](p, `document.activeElement.blur(), true`)
	p.key("Equal", "+")
	p.see("[data-zoomed] svg")
	p.key("Minus", "-")
	p.gone("[data-zoomed] svg")
	p.key("Space", " ")
	p.see(".run.paused")
	p.reads()
	p.key("Space", " ")
	p.see(".run.running")
	t.Run("not while the keys are switched off", func(t *testing.T) {
		ask[bool](p, `localStorage.setItem("keys", "off"), true`)
		before := next()
		p.key("KeyH", "h")
		p.key("Enter", "Enter")
		if got := next(); got != before {
			t.Errorf("next was %s and is %s", before, got)
		}
		ask[bool](p, `localStorage.setItem("keys", "on"), true`)
	})
	t.Run("focus stays on a button when its part is drawn anew", func(t *testing.T) {
		ask[bool](p, `document.querySelector("[data-next] [data-do=hold]").focus(), true`)
		version := len(st.log(d.ID))
		st.act(d.ID, "flag", "flag-key-1", map[string]any{"id": st.console(d.ID).Flags[0].ID})
		p.wait(fmt.Sprintf(`document.querySelectorAll(".feed [data-seq='%d']").length > 0`, version+1), "the flag in the feed")
		if got := ask[string](p, `document.activeElement.dataset.do ?? document.activeElement.tagName`); got != "hold" {
			t.Errorf("focus is on %s", got)
		}
	})
	if bad := p.text("#toast .bad"); strings.TrimSpace(bad) != "" {
		t.Errorf("the page complains: %s", bad)
	}
}

func TestTwoConsolesAgree(t *testing.T) {
	st := newStage(t)
	b := newBrowser(t, st)
	d, _ := st.running()
	one, two := b.leads(t, d.ID, "en"), b.leads(t, d.ID, "en")
	next := st.console(d.ID).Next.ID
	// both want it: the second has not heard of the first yet
	const send = `fetch(document.body.dataset.acts, {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify({do: "release", id: %q, key: %q})}).then(r => r.status)`
	for i, p := range []*tab{one, two} {
		if status := ask[int](p, fmt.Sprintf(send, next, fmt.Sprintf("both-want-it-%d", i))); status != 200 {
			t.Errorf("tab %d is answered %d", i+1, status)
		}
	}
	for _, p := range []*tab{one, two} {
		p.wait(fmt.Sprintf(`document.querySelector("[data-next]").dataset.next !== %q`, next), "the next one")
	}
	if n := count(st.log(d.ID), engine.Released, next); n != 1 {
		t.Errorf("%s was released %d times", next, n)
	}
	t.Run("a double click sends one", func(t *testing.T) {
		one.reads()
		before := st.console(d.ID).Out
		x, y := ask[float64](one, `(r => r.x + r.width / 2)(document.querySelector("[data-next] [data-do=release]").getBoundingClientRect())`), ask[float64](one, `(r => r.y + r.height / 2)(document.querySelector("[data-next] [data-do=release]").getBoundingClientRect())`)
		for n := int64(1); n <= 2; n++ {
			for _, kind := range []input.DispatchMouseEventType{"mousePressed", "mouseReleased"} {
				_, err := chromedp.Call(one.ctx, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: kind, X: x, Y: y, Button: "left", ClickCount: n})
				one.must(err, "clicking")
			}
		}
		one.see("#toast button")
		one.wait(fmt.Sprintf(`document.querySelector("[data-region=next] .cnt").textContent.includes("%d released")`, before+1), "one more released")
		if got := st.console(d.ID).Out; got != before+1 {
			t.Errorf("%d were released by a double click", got-before)
		}
	})
	t.Run("one that is lost can do nothing and says why", func(t *testing.T) {
		st.stop()
		two.see(".lost")
		if !ask[bool](two, `[...document.querySelectorAll("[data-do]")].every(b => b.disabled && b.title)`) {
			t.Error("a control can be used without the server")
		}
		two.look("console-lost")
		st.restart()
		two.gone(".lost")
		two.see(".run.paused")
		two.read("The server was restarted")
		if ask[bool](two, `[...document.querySelectorAll("[data-do]")].some(b => b.disabled)`) {
			t.Error("a control is still off")
		}
	})
}
