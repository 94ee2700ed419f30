package server_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"saban/engine"
)

// What comes in another order than one thinks of: the stream before the answer,
// a redraw under a finger, a key after what it was meant for has gone.

func TestFocusDoesNotPassToAnotherInject(t *testing.T) {
	st := newStage(t)
	d, _ := st.running()
	p := newBrowser(t, st).leads(t, d.ID, "en")
	inQueue := `[...document.querySelectorAll("[data-region=left] [data-do=release], [data-region=next] .q [data-do=release]")].filter((b) => b.getClientRects().length)`
	t.Run("sent by the keyboard, the next one is not under the key", func(t *testing.T) {
		id := ask[string](p, `((b) => { b.focus(); return b.dataset.id; })(`+inQueue+`[0])`)
		p.reads()
		ask[bool](p, `(document.activeElement.click(), true)`) // as a key does
		st.waits("its release", func() bool { return count(st.log(d.ID), engine.Released, id) == 1 })
		p.wait(fmt.Sprintf(`!document.querySelector("[data-do=release][data-id='%s']")`, id), "it leaving the queue")
		p.reads()
		if on := ask[string](p, `document.activeElement.dataset.id ?? ""`); on != "" {
			t.Errorf("the focus is on %s now", on)
		}
		before := st.acted(d, engine.Released)
		p.key("Space", " ")
		p.see(".run.paused")
		if n := st.acted(d, engine.Released) - before; n != 0 {
			t.Errorf("the key that pauses sent %d", n)
		}
		p.reads()
		p.key("Space", " ")
		p.gone(".run.paused")
	})
	t.Run("held with the mouse, Enter sends the next one", func(t *testing.T) {
		p.reads()
		held := st.console(d.ID).Next.ID
		p.tap("[data-next] [data-do=hold]")
		p.wait(fmt.Sprintf(`document.querySelector("[data-next]").dataset.next !== %q`, held), "the next one")
		next := ask[string](p, `document.querySelector("[data-next]").dataset.next`)
		p.reads()
		p.key("Enter", "Enter")
		st.waits("its release", func() bool { return count(st.log(d.ID), engine.Released, next) == 1 })
	})
}

// A page in the background has no stream after a while; the facilitator's has
// to sound when somebody reports a real incident.
func TestTheSirenIsHeardWhereTheConsoleIsNotInView(t *testing.T) {
	st := newStage(t)
	b := newBrowser(t, st)
	d, phones := st.running()
	p := b.leads(t, d.ID, "en")
	p.hides(true)
	time.Sleep(17 * time.Second)
	call[any](phones["guard"], "POST", "/api/v1/phone/alarm", map[string]any{"key": "alarm-key-1", "text": "A fall on the stairs"})
	p.wait(`document.title.startsWith("(!)")`, "the report in its title")
}

func TestASecondTapBeforeTheCardIsDrawnAnewSendsNothing(t *testing.T) {
	st, d, p := alarmed(t, "en")
	p.choose("Call the shift leader", "Compare camera")
	ask[bool](p, `(dispatchEvent(new PointerEvent("pointerdown")), document.querySelector(".go").click(), true)`) // nothing is drawn under a finger
	p.wait(`document.querySelector("article").classList.contains("acked")`, "the server having it")
	ask[bool](p, `(document.querySelector("#answer").requestSubmit(), true)`)
	p.see(".got .done")
	time.Sleep(time.Second)
	if n := len(st.answers(d)); n != 1 {
		t.Errorf("the log holds %d answers", n)
	}
	if bad := ask[string](p, `document.querySelector("[data-shape^=refused]")?.innerText ?? ""`); bad != "" {
		t.Errorf("the card says %q", bad)
	}
	t.Run("nor does one that adds to it", func(t *testing.T) {
		p.tap("details.other > summary")
		p.fill("#text", "both lines")
		ask[bool](p, `(dispatchEvent(new PointerEvent("pointerdown")), document.querySelector(".go.extra").click(), true)`)
		st.waits("the addition", func() bool { return len(st.answers(d)) == 2 })
		p.wait(`!document.querySelector("article").classList.contains("sending")`, "the server having it")
		ask[bool](p, `(document.querySelector("#answer").requestSubmit(), true)`)
		time.Sleep(time.Second)
		if n := len(st.answers(d)); n != 2 {
			t.Errorf("the log holds %d", n)
		}
	})
}

func TestASecondTapOnARelayTellsNobodyTwice(t *testing.T) {
	st, d, p := alarmed(t, "en")
	ask[bool](p, `(dispatchEvent(new PointerEvent("pointerdown")), document.querySelector(".relay .rb").click(), true)`)
	st.waits("the relay", func() bool { return st.acted(d, engine.Relayed) == 1 })
	p.wait(`!JSON.stringify(localStorage).includes("relay")`, "the phone knowing")
	ask[bool](p, `(document.querySelector(".relay .rb")?.click(), true)`)
	p.see(".passed")
	time.Sleep(time.Second)
	if n := st.acted(d, engine.Relayed); n != 1 {
		t.Errorf("told %d times", n)
	}
}

// Who is adding words to an answer goes on writing when another inject comes.
func TestAnInjectDoesNotTakeTheFieldWordsAreAddedIn(t *testing.T) {
	st, d, p := alarmed(t, "en")
	p.choose("Call the shift leader", "Compare camera")
	p.tap("button.go")
	p.see(".got .done")
	p.tap("details.other > summary")
	p.fill("#text", "the shift leader ")
	st.releases(d, "question")
	p.see(".tabs li:nth-child(2)")
	if got := p.value("#text"); got != "the shift leader " || !ask[bool](p, `document.activeElement.id === "text"`) {
		t.Errorf("the field holds %q and has lost the hand that writes", got)
	}
	t.Run("and is shown the other once that is sent", func(t *testing.T) {
		p.tap("button.go.extra")
		st.waits("the addition", func() bool { return len(st.answers(d)) == 2 })
	})
}

// A tab that is touched before the stream has told anything is opened by the
// server.
func TestATabTouchedBeforeTheStreamHasTold(t *testing.T) {
	st, d, p := alarmed(t, "en")
	st.releases(d, "question")
	p.see(".tabs li:nth-child(2)")
	_, err := chromedp.Call(p.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `window.EventSource = class { addEventListener() {} close() {} }`})
	p.must(err, "keeping the stream silent")
	p.reload()
	p.see(".tabs li:nth-child(2) a")
	other := ask[string](p, `[...document.querySelectorAll(".tabs a")].find((a) => a.dataset.key !== document.querySelector("article").dataset.key).dataset.key`)
	ask[bool](p, fmt.Sprintf(`(document.querySelector(".tabs a[data-key='%s']").click(), true)`, other))
	p.wait(fmt.Sprintf(`document.querySelector("article").dataset.key === %q`, other), "the other card")
}

// A mark that is on its way is shown as made, whatever is drawn anew meanwhile.
func TestAMarkUnderWayStaysPressed(t *testing.T) {
	_, d, who, p := onTablet(t, "en")
	task := p.inView()
	p.slow("/judgements", 4000)
	yes := fmt.Sprintf(`document.querySelector("[data-pane='%s'] [value=observe]")`, task)
	ask[bool](p, `(`+yes+`.click(), true)`)
	ask[bool](p, fmt.Sprintf(`(%s.drawn = true)`, yes))
	who.judge(d, "note", task, map[string]any{"text": "from another tab"})
	p.wait(fmt.Sprintf(`!%s.drawn`, yes), "the pane drawn anew")
	if !ask[bool](p, yes+`.ariaPressed === "true"`) {
		t.Error("it is drawn as not pressed")
	}
	p.wait(fmt.Sprintf(`JSON.stringify(localStorage).includes("observe") === false && %s.ariaPressed === "true"`, yes), "the server having it, and still pressed")
}

// A double tap marks once.
func TestADoubleTapMarksOnce(t *testing.T) {
	st, d, _, p := onTablet(t, "en")
	task := p.inView()
	ask[bool](p, fmt.Sprintf(`((b) => { for (const n of [1, 2]) b.dispatchEvent(new MouseEvent("click", { detail: n, bubbles: true, cancelable: true })); return true; })(document.querySelector("[data-pane='%s'] [value=observe]"))`, task))
	p.saved()
	if n := st.acted(d, engine.Observed); n != 1 {
		t.Errorf("the log holds %d", n)
	}
}

// Who works by keyboard stays where they are when a part is drawn anew.
func TestARatingKeepsTheFocusWhenItsPaneIsDrawnAnew(t *testing.T) {
	_, _, _, p := onTablet(t, "en")
	task := p.inView()
	ask[bool](p, fmt.Sprintf(`((i) => { i.focus(); i.drawn = true; i.click(); return true; })(document.querySelector("[data-pane='%s'] [name=rating][value=S]"))`, task))
	p.wait(fmt.Sprintf(`!document.querySelector("[data-pane='%s'] [name=rating][value=S]").drawn`, task), "the pane drawn anew")
	if on := ask[string](p, `document.activeElement.name + " " + document.activeElement.value`); on != "rating S" {
		t.Errorf("the focus is on %q", on)
	}
}

// Words not sent yet of one drill outlive that another drill is opened.
func TestDraftsOfTwoDrillsDoNotTouchEachOther(t *testing.T) {
	st := newStage(t)
	b := newBrowser(t, st)
	one, _ := st.running()
	two := st.drill()
	p := b.lead(t, 1280, 800)
	p.goTo("/drills/" + one.ID + "/evaluate?lang=en")
	p.see(".pane:not([hidden]) [data-note] [name=text]")
	p.fill(".pane:not([hidden]) [data-note] [name=text]", "the gate was open")
	other := p.again()
	other.goTo("/drills/" + two.ID + "/evaluate?lang=en")
	other.see("[data-saved]")
	p.reload()
	p.wait(`[...document.querySelectorAll("[data-note] [name=text]")].some((f) => f.value === "the gate was open")`, "the words")
}

// A list that is open stays open while people arrive.
func TestAnOpenListIsNotDrawnAnew(t *testing.T) {
	st := newStage(t)
	b := newBrowser(t, st)
	d := st.drill()
	p := b.lead(t, 1366, 768)
	p.goTo("/drills/" + d.ID + "/check?lang=en")
	const list = `document.querySelector("select[name='cover.guard']")`
	p.wait(`document.querySelector("[data-region=state]") !== null && `+list+` !== null`, "the page")
	ask[bool](p, `((s) => { s.mine = true; s.focus(); for (const kind of ["pointerdown", "pointerup"]) s.dispatchEvent(new PointerEvent(kind, { bubbles: true })); return true; })(`+list+`)`)
	st.phone(d, "director")
	time.Sleep(2 * time.Second)
	if !ask[bool](p, list+`.mine === true`) {
		t.Error("the list that was open is gone")
	}
	ask[bool](p, `((s) => { s.dispatchEvent(new Event("change", { bubbles: true })); return true; })(`+list+`)`)
	p.wait(list+`.mine !== true`, "the page drawn once something is chosen")
}

// Who holds on a little longer than needed has stopped the drill, and is not
// asked how.
func TestAHoldThatWentThroughAsksNothingMore(t *testing.T) {
	st := newStage(t)
	d, _ := st.running()
	p := newBrowser(t, st).leads(t, d.ID, "en")
	p.slow("/acts", 2500)
	p.hold("[data-region=top] [data-hold]", 2900*time.Millisecond)
	if ask[bool](p, `document.querySelector("#real").open`) {
		t.Error("a dialog asks what was meant")
	}
	p.see("main.real h1")
}
