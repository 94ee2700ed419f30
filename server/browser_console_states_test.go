package server_test

import (
	"fmt"
	"testing"
	"time"
)

// inBothThemes looks at a state in the light and the dark.
func (p *tab) inBothThemes(name string) {
	p.t.Helper()
	for _, theme := range []string{"light", "dark"} {
		ask[bool](p, fmt.Sprintf(`document.documentElement.dataset.theme = %q, true`, theme))
		ask[bool](p, `Promise.allSettled(document.getAnimations().filter(a => a instanceof CSSTransition).map(a => a.finished)).then(() => true)`) // colours change over 150 ms
		p.look(name + "-" + theme)
	}
	ask[bool](p, `document.documentElement.dataset.theme = "light", true`)
}

// opens shows a dialog as its button does, looks at it, and closes it.
func (p *tab) opens(name, id, lang string) {
	p.t.Helper()
	ask[bool](p, fmt.Sprintf(`(() => { const b = document.createElement("button"); b.dataset.open = %q; b.dataset.id = %q; document.querySelector("main").append(b); b.click(); b.remove(); return true })()`, name, id))
	p.see("#" + name + "[open]")
	p.inBothThemes("console-" + name + "-" + lang)
	p.key("Escape", "Escape")
	ask[bool](p, fmt.Sprintf(`document.getElementById(%q).close(), true`, name))
	p.gone("#" + name + "[open]")
}

func TestConsoleStates(t *testing.T) {
	st := newStage(t)
	b := newBrowser(t, st)
	for _, lang := range []string{"vi", "en"} {
		t.Run(lang, func(t *testing.T) {
			d, phones := st.running()
			st.act(d.ID, "release", "send-key-"+lang, map[string]any{"id": "I02"})
			for _, role := range []string{"switchboard", "director"} {
				for _, card := range call[struct {
					Cards []struct{ Inject, Role string }
				}](phones[role], "GET", "/api/v1/phone", nil).Cards {
					call[map[string]any](phones[role], "POST", "/api/v1/phone/answers", map[string]any{"key": "words-" + role + card.Inject, "inject": card.Inject, "role": role, "text": "Đã ghi nguyên văn lời người gọi, báo Công an xã."})
				}
			}
			st.pass(d.ID, 6*time.Minute)
			st.act(d.ID, "hold", "hold-key-"+lang, map[string]any{"id": st.console(d.ID).Next.ID})
			p := b.leads(t, d.ID, lang)
			p.inBothThemes("console-running-" + lang)
			p.size(1366, 768, 1)
			p.shot("console-1366x768-" + lang)
			if over := ask[int](p, `Math.max(document.documentElement.scrollHeight - innerHeight, document.documentElement.scrollWidth - innerWidth)`); over > 0 {
				t.Errorf("at 1366×768 the page is %d pixels too large", over)
			}
			p.size(1440, 900, 1)
			for name, id := range map[string]string{"adhoc": "", "force": "", "edit": "", "postpone": "", "seen": "", "redo": "R01", "retract": "2", "more": "", "keys": "", "end": "", "real": "", "release": ""} {
				p.opens(name, id, lang)
			}
			p.gone(".lost") // busy as it was, it may have missed a beat
			p.key("Space", " ")
			p.see(".run.paused")
			p.inBothThemes("console-paused-" + lang)
			st.act(d.ID, "stop_real", "real-key-"+lang, map[string]any{"reason": "có người bị thương"})
			p.see("main.real h1")
			p.inBothThemes("console-real-" + lang)
			st.act(d.ID, "resume_real", "over-key-"+lang, map[string]any{"reason": "đã xong", "passphrase": "ba bốn từ"})
			st.act(d.ID, "end", "end-key-"+lang, nil)
			p.see(".run.over")
			p.inBothThemes("console-over-" + lang)
		})
	}
}
