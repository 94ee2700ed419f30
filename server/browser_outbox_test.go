package server_test

import (
	"fmt"
	"testing"
	"time"

	"saban/engine"
	"saban/server"
)

// fails has the next so many sendings to a path fail, as without a network.
func (p *tab) fails(path string, times int) {
	p.t.Helper()
	ask[bool](p, fmt.Sprintf(`(window.fetch = ((real, told) => (to, ...more) => String(to).includes(%q) && told++ < %d ? Promise.reject(new TypeError("no network")) : real(to, ...more))(window.fetch, 0), true)`, path, times))
}

func TestTheLastWordOnATaskStands(t *testing.T) {
	_, d, one, p := onTablet(t, "vi")
	task := p.inView()
	p.fails("/judgements", 1)
	p.picks("P")
	p.picks("S")
	p.saved()
	if got := one.task(d, task); got.Mine != "S" {
		t.Errorf("P failed to be sent, then S was chosen: the server has %q", got.Mine)
	}
	p.fails("/judgements", 1)
	p.fill(open+"[data-note] [name=text]", "lệnh chậm một phút")
	p.picks("M")
	p.saved()
	if got := one.task(d, task); got.Mine != "M" || len(got.Notes) != 1 {
		t.Errorf("the note failed to be sent first: rated %q, notes %+v", got.Mine, got.Notes)
	}
}

// The server has a rating, and a part drawn before it had it comes late.
func TestARatingIsNotForgottenBeforeItIsShown(t *testing.T) {
	st, d, _, p := onTablet(t, "vi")
	task := p.inView()
	ask[bool](p, `(window.late = (e) => e.preventDefault(), document.addEventListener("regions", window.late, true), true)`)
	p.picks("S")
	p.saved()
	ask[bool](p, `((pane) => (pane.innerHTML = pane.innerHTML, document.dispatchEvent(new Event("patched")), pane.querySelector(".go").click(), true))(document.querySelector(".pane:not([hidden])"))`)
	p.wait(fmt.Sprintf(`document.querySelector("[data-pane]:not([hidden])").dataset.pane !== %q`, task), "the next task")
	p.saved()
	if n := count(st.log(d.ID), engine.Rated, task); n != 1 {
		t.Errorf("rated once, told %d times", n)
	}
}

func TestAReportOfARealIncidentWaitsForNothing(t *testing.T) {
	st, d, p := alarmed(t, "en")
	ask[bool](p, `(window.fetch = ((real) => (to, ...more) => String(to).endsWith("/phone/answers") ? new Promise(() => {}) : real(to, ...more))(window.fetch), true)`) // never
	p.choose("Call the shift leader", "Compare camera")
	p.tap("button.go")
	p.see("article.sending")
	p.tap("#alarm")
	p.see("#real[open]")
	p.hold("#real [data-hold]", 2500*time.Millisecond)
	st.waits("the report", func() bool { return st.console(d.ID).Alarm != nil })
}

func TestAnAnswerIsSentThoughTheBrowserHasNoRoomForIt(t *testing.T) {
	st, d, p := alarmed(t, "en")
	ask[bool](p, `(Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }, true)`)
	p.choose("Call the shift leader", "Compare camera")
	p.tap("button.go")
	p.see(".got .done")
	if sent := st.answers(d); len(sent) != 1 {
		t.Errorf("the log holds %+v", sent)
	}
}

func TestWhatIsSeenAfterATabletSleptCountsWhenItIsSeen(t *testing.T) {
	st, d, one, p := onTablet(t, "vi")
	task := p.inView()
	p.offline(true)
	ask[bool](p, `(Date.now = ((real) => () => real.call(Date) + 300000)(Date.now), true)`) // what the page counts by itself stood still
	st.pass(d.ID, 5*time.Minute)
	p.tap(open + "button[value=observe]")
	p.wait(`!document.querySelector("[data-icon-wait]").hidden`, "it being kept")
	time.Sleep(3 * time.Second)
	p.offline(false)
	p.saved()
	now := st.console(d.ID).Now
	if seen := one.task(d, task).Seen; len(seen) != 1 || now-seen[0].Seen > 20*engine.Second {
		t.Errorf("at %v it was seen at %+v", now, seen)
	}
}

func TestWordsToTheFacilitatorOutlastAnInject(t *testing.T) {
	st, d, p := alarmed(t, "en")
	p.choose("Call the shift leader", "Compare camera")
	p.tap("button.go")
	p.see(".got .done")
	p.opensJournal()
	p.fill("#words-to", "cửa phụ đang")
	st.releases(d, "question")
	p.see(".tabs li:nth-child(2)")
	if got := p.value("#words-to"); got != "cửa phụ đang" {
		t.Errorf("an inject came, and the words are %q", got)
	}
	p.reload()
	p.opensJournal()
	if got := p.value("#words-to"); got != "cửa phụ đang" {
		t.Errorf("after a reload the words are %q", got)
	}
	p.fill("#words-to", " mở")
	p.tap("#sheet .tellus .go")
	st.waits("the words", func() bool { n := st.console(d.ID).Notes; return len(n) == 1 && n[0].Text == "cửa phụ đang mở" })
	p.closesJournal()
	p.opensJournal()
	if got := p.value("#words-to"); got != "" {
		t.Errorf("what was sent is there again: %q", got)
	}
}

func TestWhatCameTooLateForAClosedDrillIsShown(t *testing.T) {
	st := newStage(t)
	b := newBrowser(t, st)
	for lang, name := range map[string]string{"vi": "Ghi chú", "en": "Note"} {
		t.Run(lang, func(t *testing.T) {
			d, _ := st.running()
			p := b.watches(t, st.evaluator(d, "e1"), d.ID, lang)
			task := p.inView()
			p.offline(true)
			p.fill(open+"[data-note] [name=text]", "chưa kịp gửi")
			p.tap(open + "[data-note] button")
			p.wait(`!document.querySelector("[data-icon-wait]").hidden`, "it being kept")
			st.does(d, "end", nil)
			call[server.Closed](st.lead, "POST", "/api/v1/drills/"+d.ID+"/close", nil)
			p.offline(false)
			p.see("[data-leftover]")
			p.see("[data-page=ended]")
			p.read(name + " · " + task + " · “chưa kịp gửi”")
			p.look("leftover-" + lang)
			p.tap("[data-leftover] button")
			p.gone("[data-leftover]:not([hidden])")
			p.reload()
			p.see("h1")
			p.gone("[data-leftover]:not([hidden])")
		})
	}
}

func TestAPartIsDrawnAnewWhereItWasRead(t *testing.T) {
	st, d, _, p := onTablet(t, "vi")
	two := st.evaluator(d, "e2")
	p.picks("P") // who has rated sees what others note
	p.saved()
	p.size(1024, 600, 1)
	const pane = `document.querySelector(".pane:not([hidden]) .two")`
	far := ask[float64](p, `(`+pane+`.scrollTop = 60, `+pane+`.scrollTop)`)
	if far < 30 {
		t.Fatalf("it does not scroll: %v", far)
	}
	two.judges(d, "note", p.inView(), map[string]any{"text": "đến lúc đang đọc"})
	p.read("đến lúc đang đọc")
	if got := ask[float64](p, pane+`.scrollTop`); got != far {
		t.Errorf("read to %v, drawn anew at %v", far, got)
	}
}
