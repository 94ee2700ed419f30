package server_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"saban/engine"
	"saban/scenarios"
	"saban/server"
)

// toMark is a drill in which two may answer in words.
func toMark(t *testing.T) (st *stage, d created, guard, head *client) {
	st = newStageOf(t, scenarios.Source{Name: "outcomes.yaml", Bytes: []byte(outcomes)})
	d = call[created](st.lead, "POST", "/api/v1/drills", map[string]any{"scenario": "outcomes"})
	guard, head = st.phone(d, "guard"), st.phone(d, "head")
	st.act(d.ID, "start", "start-key-1", nil)
	return st, d, guard, head
}

func says(st *stage, phone *client, role string) {
	st.t.Helper()
	st.receives(phone, role)
	inject := call[server.Phone](phone, "GET", "/api/v1/phone", nil).Cards[0].Inject
	call[any](phone, "POST", "/api/v1/phone/answers", map[string]any{"key": "words-" + role, "inject": inject, "role": role, "text": "vâng"})
}

// The facilitator is about to mark one answer when another comes in.
func TestConsoleKeepsTheTicksOfAMark(t *testing.T) {
	st, d, guard, head := toMark(t)
	p := newBrowser(t, st).leads(t, d.ID, "en")
	says(st, head, "head")
	p.tap("[data-mark] .rub label:nth-of-type(1)")
	p.tap("[data-mark] .rub label:nth-of-type(2)")
	says(st, guard, "guard")
	p.read("For you to mark · 2")
	if n := ask[int](p, `document.querySelectorAll("[data-mark]:not([hidden]) .rub input:checked").length`); n != 2 {
		t.Errorf("2 contents were ticked, and after another answer %d are", n)
	}
	p.reads()
	p.key("KeyW", "w")
	p.read("For you to mark · 1")
	for _, e := range call[[]happened](st.lead, "GET", "/api/v1/drills/"+d.ID+"/log", nil) {
		if e.Type == engine.Marked && (e.ID != "R1" || e.Content != engine.Whole) {
			t.Errorf("marked %s with %v", e.ID, e.Content)
		}
	}
}

// reads gives the facilitator the moment it takes to see what has changed:
// before that a key was meant for what was there.
func (p *tab) reads() { time.Sleep(700 * time.Millisecond) }

// slips has the page get a key, or a click, just after what a selector finds
// has become another one.
func (p *tab) slips(css, id, event string) {
	p.t.Helper()
	ask[bool](p, fmt.Sprintf(`((which) => { const was = which(); document.addEventListener("patched", function late() {
		if (which() === was) return;
		document.removeEventListener("patched", late);
		%s;
	}); return true; })(() => document.querySelector(%q)?.dataset[%q])`, event, css, id))
}

// pressing is the key as a script presses it, and clicking the mouse.
func pressing(code string) string {
	return fmt.Sprintf(`document.body.dispatchEvent(new KeyboardEvent("keydown", {code: %q, bubbles: true}))`, code)
}

func clicking(css string) string {
	return fmt.Sprintf(`document.querySelector(%q).dispatchEvent(new MouseEvent("click", {detail: 1, bubbles: true}))`, css)
}

// saysNothingWasDone waits for the page to say so, and a while for what may
// come after it.
func (p *tab) saysNothingWasDone(name string) {
	p.t.Helper()
	p.read(justBecome)
	p.shot(name)
	p.reads()
	ask[bool](p, `(document.querySelector("#toast").replaceChildren(), true)`)
}

const justBecome = "It has just become"

// acted are the injects of which a log tells something, and the answers marked.
func (st *stage) acted(d created, what ...engine.EventType) (n int) {
	st.t.Helper()
	for _, e := range st.log(d.ID) {
		for _, one := range what {
			if e.Type == one {
				n++
			}
		}
	}
	return n
}

func TestConsoleActsOnWhatWasRead(t *testing.T) {
	st := newStage(t)
	b := newBrowser(t, st)
	d, _ := st.running()
	p := b.leads(t, d.ID, "en")
	said := func(doing string) { t.Helper(); p.saysNothingWasDone("console-just-" + doing) }
	begun := 0
	goesOut := func(id string) {
		t.Helper()
		begun++
		st.act(d.ID, "release", fmt.Sprintf("out-by-itself-%d", begun), map[string]any{"id": id})
	}
	out := func() int { return st.acted(d, engine.Released, engine.Held, engine.Skipped) }
	for name, event := range map[string]string{"Enter": pressing("Enter"), "H": pressing("KeyH"), "K": pressing("KeyK"), "a click": clicking("[data-next] [data-do=release]")} {
		t.Run(name+" meant for the inject that has just gone out", func(t *testing.T) {
			before := out()
			p.slips("[data-next]", "next", event)
			goesOut(st.console(d.ID).Next.ID)
			said(name)
			if n := out() - before; n != 1 {
				t.Errorf("%d acts on injects", n)
			}
		})
	}
	t.Run("Enter pressed twice sends one, and can be undone", func(t *testing.T) {
		before, next := out(), st.console(d.ID).Next.ID
		p.slips("[data-next]", "next", pressing("Enter"))
		p.key("Enter", "Enter")
		p.read(justBecome)
		p.see("#toast button")
		p.read(justBecome)
		p.shot("console-just-twice-en")
		if n := out() - before; n != 1 {
			t.Errorf("%d acts on injects", n)
		}
		p.tap("#toast button") // within its six seconds
		st.waits("undoing it", func() bool { return count(st.log(d.ID), engine.Recalled, next) == 1 })
		p.accessible("console-just-twice-en")
		p.reads()
	})
	t.Run("a deliberate one acts", func(t *testing.T) {
		before := out()
		p.key("KeyH", "h")
		p.see("#toast button")
		if n := out() - before; n != 1 {
			t.Errorf("%d acts on injects", n)
		}
		p.reads()
	})
	t.Run("space meant to pause what has just paused by itself", func(t *testing.T) {
		p.slips(".acts [data-do]", "do", pressing("Space"))
		st.act(d.ID, "pause", "pause-key-1", nil)
		said("space")
		if got := st.console(d.ID).Phase; got != "paused" {
			t.Errorf("the drill is %s", got)
		}
	})
}

func TestConsoleDigitsActOnWhatWasRead(t *testing.T) {
	byHand := ""
	for i := 3; i < 6; i++ {
		byHand += fmt.Sprintf(`  - {id: I%d, at: hand, to: [guard], title: {vi: "Tin %[1]d", en: "News %[1]d"}, text: {vi: "Tin %[1]d.", en: "News %[1]d."}}`+"\n", i)
	}
	st := newStageOf(t, scenarios.Source{Name: "outcomes.yaml", Bytes: []byte(strings.Replace(outcomes, "prohibited:", byHand+"prohibited:", 1))})
	b := newBrowser(t, st)
	d := call[created](st.lead, "POST", "/api/v1/drills", map[string]any{"scenario": "outcomes"})
	st.act(d.ID, "start", "start-key-1", nil)
	p := b.leads(t, d.ID, "en")
	p.slips("[data-quick='0']", "id", pressing("Digit1"))
	st.act(d.ID, "release", "out-by-another-1", map[string]any{"id": "I3"})
	p.saysNothingWasDone("console-just-digit")
	if n := count(st.log(d.ID), engine.Released, "I4"); n != 0 {
		t.Error("a digit meant for I3 sent I4")
	}
	p.slips("[data-quick='1']", "id", pressing("Digit1"))
	st.act(d.ID, "release", "out-by-another-2", map[string]any{"id": "I5"})
	st.waits("the digit acting on what it has stood for all the while", func() bool { return count(st.log(d.ID), engine.Released, "I4") == 1 })
}

func TestConsoleMarksWhatWasRead(t *testing.T) {
	st, d, guard, head := toMark(t)
	says(st, head, "head")
	says(st, guard, "guard")
	p := newBrowser(t, st).leads(t, d.ID, "en")
	p.see("[data-mark]")
	p.slips("[data-mark]:not([hidden])", "mark", pressing("KeyE"))
	p.key("KeyQ", "q")
	p.saysNothingWasDone("console-just-mark")
	if n := st.acted(d, engine.Marked); n != 1 {
		t.Errorf("%d answers were marked", n)
	}
	p.tap("[data-mark] [data-grade='1']")
	p.gone("[data-mark]")
	t.Run("who turns to one may mark it at once", func(t *testing.T) {
		for _, e := range st.log(d.ID) {
			if e.Type == engine.Marked {
				st.act(d.ID, "retract", fmt.Sprintf("unmark-key-%d", e.Seq), map[string]any{"of": e.Seq, "reason": "chấm lại"})
			}
		}
		p.read("For you to mark · 2")
		p.reads()
		ask[bool](p, "("+pressing("KeyL")+", "+pressing("KeyQ")+", true)")
		p.read("For you to mark · 1")
	})
}
