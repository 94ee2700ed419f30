package server_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"saban/engine"
)

// slow has what the page sends take a while; deaf has the next answers never
// come, though the server has heard.
func (p *tab) slow(path string, ms int) {
	p.t.Helper()
	ask[bool](p, fmt.Sprintf(`(window.fetch = ((real) => async (to, ...more) => { if (to.endsWith(%q)) await new Promise((done) => setTimeout(done, %d)); return real(to, ...more); })(window.fetch), true)`, path, ms))
}

func (p *tab) deaf(path string, times int, heard bool) {
	p.t.Helper()
	ask[bool](p, fmt.Sprintf(`(window.fetch = ((real, told) => (to, how, ...more) => {
		if (!to.endsWith(%q) || told++ >= %d) return real(to, how, ...more);
		if (%t) real(to, {...how, signal: undefined}, ...more);
		return new Promise((_, no) => how.signal.addEventListener("abort", () => no(new DOMException("", "AbortError"))));
	})(window.fetch, 0), true)`, path, times, heard))
}

// late has the page learn of what it did from its stream, and only then from
// the answer, when it is let have it.
func (p *tab) late(path string) (let func()) {
	p.t.Helper()
	ask[bool](p, fmt.Sprintf(`(window.let = [], window.fetch = ((real) => async (to, ...more) => { const res = await real(to, ...more); if (to.endsWith(%q)) await new Promise((done) => window.let.push(done)); return res; })(window.fetch), true)`, path))
	return func() {
		p.t.Helper()
		p.wait(`window.let.length > 0`, "the answer")
		ask[bool](p, `(window.let.shift()(), true)`)
	}
}

const stillSending = "The server has not answered yet; still sending"

func (st *stage) adHocs(d created) (n int) {
	st.t.Helper()
	for _, e := range st.log(d.ID) {
		if e.Type == engine.Released && e.ID[0] == 'X' {
			n++
		}
	}
	return n
}

func TestAdHocIsOneInjectHoweverOftenItIsSent(t *testing.T) {
	st := newStage(t)
	d, _ := st.running()
	p := newBrowser(t, st).leads(t, d.ID, "en")
	p.slow("/acts", 4000)
	write := func(text string) {
		t.Helper()
		p.key("KeyN", "n")
		p.see("#adhoc[open]")
		ask[bool](p, `document.querySelector("[name=to][value=guard]").checked = true`)
		ask[bool](p, fmt.Sprintf(`(document.querySelector("#tx").value = %q, true)`, text))
	}
	const shut = `(document.querySelector("#adhoc").close(), document.activeElement.blur(), true)`
	const send = `(document.querySelector("[data-adhoc]").requestSubmit(), true)`
	write("A truck at the side gate")
	ask[bool](p, send)
	ask[bool](p, send)
	p.read(stillSending)
	p.shot("console-still-sending")
	ask[bool](p, shut)
	write("A truck at the side gate")
	ask[bool](p, send)
	p.gone("#adhoc[open]")
	if n := st.adHocs(d); n != 1 {
		t.Errorf("%d injects are out", n)
	}
	t.Run("another one written meanwhile is not wiped", func(t *testing.T) {
		write("A second truck")
		ask[bool](p, send)
		ask[bool](p, shut)
		write("Smoke in the store")
		st.waits("the second", func() bool { return st.adHocs(d) == 2 })
		p.see("#toast button")
		if got := p.value("#tx"); got != "Smoke in the store" || !ask[bool](p, `document.querySelector("#adhoc").open`) {
			t.Errorf("the dialog holds %q", got)
		}
		ask[bool](p, send)
		p.gone("#adhoc[open]")
		if n := st.adHocs(d); n != 3 {
			t.Errorf("%d injects are out", n)
		}
	})
}

func TestConsoleKeepsTheNoteWrittenMeanwhile(t *testing.T) {
	st := newStage(t)
	d, _ := st.running()
	p := newBrowser(t, st).leads(t, d.ID, "en")
	p.slow("/acts", 1500)
	p.fill("#n", "one")
	ask[bool](p, `(document.querySelector("form.note").requestSubmit(), true)`)
	p.fill("#n", "two")
	st.waits("the first note", func() bool { return st.acted(d, engine.Noted) == 1 })
	p.reads()
	if got := p.value("#n"); got != "two" {
		t.Errorf("the field holds %q", got)
	}
	t.Run("what is refused comes back", func(t *testing.T) {
		p.answers("/acts", 1, http.StatusConflict, `{"detail": "not now"}`)
		ask[bool](p, `(document.querySelector("form.note").requestSubmit(), true)`)
		p.read("not now")
		if got := p.value("#n"); got != "two" {
			t.Errorf("the field holds %q", got)
		}
	})
}

func TestADialogClosesThoughItsListIsDrawnAnewBeforeTheAnswer(t *testing.T) {
	st := newStage(t)
	d, _ := st.running()
	p := newBrowser(t, st).leads(t, d.ID, "en")
	let := p.late("/acts")
	force := func(state, reason string) {
		t.Helper()
		p.key("KeyT", "t")
		p.see("#force[open]")
		p.tap("#force label.ro:has([value=" + state + "])")
		p.fill("#fr", reason)
		p.tap("#force footer button")
		p.wait(fmt.Sprintf(`!document.querySelector("#force [value=%s]")`, state), "the state left out, for it is where the drill is now")
	}
	force("found_item", "to save time")
	let()
	p.gone("#force[open]")
	t.Run("and stays for what is written meanwhile", func(t *testing.T) {
		force("evacuation", "to match the room")
		p.fill("#fr", " again")
		let()
		time.Sleep(time.Second) // it would close
		if got := p.value("#fr"); got != "to match the room again" || !ask[bool](p, `document.querySelector("#force").open`) {
			t.Errorf("the dialog holds %q", got)
		}
		p.tap("#force [data-close]")
	})
	t.Run("also where a response is set down as seen", func(t *testing.T) {
		p.reads()
		p.key("KeyO", "o")
		p.see("#seen[open]")
		one := ask[string](p, `document.querySelector("#seen [name=id]").value`)
		p.tap("#seen label:has([value=" + one + "])")
		p.fill("#snf", ask[string](p, `document.querySelector("#seen [name=id]:checked").closest("label").textContent.trim()`))
		p.tap("#seen footer button")
		p.wait(fmt.Sprintf(`document.querySelector("#seen label.dn [value='%s']") !== null`, one), "the list saying that it is recorded")
		let()
		p.gone("#seen[open]")
		if n := ask[int](p, `document.querySelectorAll("#snl label[hidden]").length`); n > 0 {
			t.Errorf("%d are left out by a search that is over", n)
		}
		if n := st.acted(d, engine.Observed); n != 1 {
			t.Errorf("%d were set down", n)
		}
	})
}

func TestConsoleSaysThatItIsStillSending(t *testing.T) {
	st := newStage(t)
	d, _ := st.running()
	p := newBrowser(t, st).leads(t, d.ID, "en")
	next := st.console(d.ID).Next.ID
	p.deaf("/acts", 1, true)
	p.key("Enter", "Enter")
	p.read(stillSending)
	st.waits("the inject", func() bool { return count(st.log(d.ID), engine.Released, next) == 1 })
	t.Run("until it has the answer, by itself, and done once", func(t *testing.T) {
		p.see("#toast button")
		if n := count(st.log(d.ID), engine.Released, next); n != 1 {
			t.Errorf("%s was released %d times", next, n)
		}
	})
	t.Run("a stop for a real incident is tried anew when it is pressed again", func(t *testing.T) {
		p.deaf("/acts", 1, false)
		p.hold("[data-region=top] [data-hold]", 2300*time.Millisecond)
		p.read(stillSending)
		p.hold("[data-region=top] [data-hold]", 2300*time.Millisecond)
		p.see("main.real h1")
		if n := st.acted(d, engine.StoppedReal); n != 1 {
			t.Errorf("stopped %d times", n)
		}
	})
}

func TestTheHotWashKeepsWhatIsSaidMeanwhile(t *testing.T) {
	st := newStage(t)
	d, _, _ := st.ended()
	p := newBrowser(t, st).lead(t, 1366, 768)
	p.goTo("/drills/" + d.ID + "/review?lang=en")
	p.see(".js .lst .tk")
	p.deaf("/review", 1, true)
	write := func(text string) {
		t.Helper()
		p.fill("#t-to_change", text)
		ask[bool](p, `(document.querySelector("#f-to_change").requestSubmit(), true)`)
	}
	write("More lamps")
	write("A second radio")
	p.fill("#t-to_change", "A third")
	p.read(stillSending)
	p.look("review-still-sending-en")
	p.tap("#next")
	p.see("#reveal")
	p.wait(`document.querySelector(".wrong").hidden`, "the first having its answer")
	if got := p.value("#t-to_change"); got != "A third" {
		t.Errorf("the field holds %q", got)
	}
	if words := st.washed(d).Words[2]; words.Count != 2 {
		t.Errorf("%d words are there: %+v", words.Count, words)
	}
	t.Run("what is refused comes back", func(t *testing.T) {
		p.answers("/review", 1, http.StatusConflict, `<p class="wrong">not now</p>`)
		ask[bool](p, `(document.querySelector("#f-to_change").requestSubmit(), true)`)
		p.read("not now")
		if got := p.value("#t-to_change"); got != "A third" {
			t.Errorf("the field holds %q", got)
		}
	})
	t.Run("a step under way says so, and can be pressed again", func(t *testing.T) {
		p.deaf("/review", 1, false)
		p.tap("#reveal")
		p.tap("#reveal")
		p.read(stillSending)
		p.read("The server did not take it")
		p.tap("#reveal")
		p.see("#reveal[value='0']")
	})
}
