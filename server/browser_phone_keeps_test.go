package server_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"saban/engine"
	"saban/server"
)

// answered is an answer as the log has it.
type answered struct {
	Type              engine.EventType
	At, Observed, Tap engine.Millis
	Text              string
	Choices           []string
}

func (st *stage) answers(d created) []answered {
	st.t.Helper()
	all := call[[]answered](st.lead, "GET", "/api/v1/drills/"+d.ID+"/log", nil)
	return slices.DeleteFunc(all, func(e answered) bool { return e.Type != engine.Responded })
}

// waits until something of the server's holds.
func (st *stage) waits(doing string, holds func() bool) {
	st.t.Helper()
	for until := time.Now().Add(stepTime); !holds(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(until) {
			st.t.Fatalf("%s: it did not come", doing)
		}
	}
}

func TestWhatIsWrittenOnAPhoneIsKept(t *testing.T) {
	st, d, p := alarmed(t, "vi")
	p.choose("Gọi điện thoại bàn")
	p.tap("[data-do=write]")
	p.fill("#text", "Cửa T2 ")
	kept := func(p *tab, doing, text string) {
		t.Helper()
		p.see("article.ask")
		p.wait(`document.querySelectorAll("input[name=choice]:checked").length === 1`, doing+": the choice")
		if got := p.value("#text"); got != text {
			t.Errorf("%s: the text is %q, not %q", doing, got, text)
		}
	}

	p.reload()
	kept(p, "after a reload", "Cửa T2 ")
	p.goTo("/j")
	p.back()
	kept(p, "after going away and back", "Cửa T2 ")
	p.size(800, 360, 2)
	kept(p, "held across", "Cửa T2 ")
	p.look("phone-landscape")
	p.size(180, 400, 4)
	kept(p, "at twice the size", "Cửa T2 ")
	p.look("phone-zoom-200")
	p.size(320, 568, 2)
	p.look("phone-320")
	p.size(360, 800, 2)

	ask[bool](p, `((t) => { t.focus(); t.setSelectionRange(t.value.length, t.value.length); return true })(document.querySelector("#text"))`)
	compose(p, "mấ")
	st.releases(d, "question")
	p.see(".tabs li:nth-child(2)")
	if got := p.value("#text"); got != "Cửa T2 mấ" {
		t.Errorf("an inject came while a word was being composed: %q", got)
	}
	commit(p, "mất tín hiệu")
	kept(p, "after a word was composed", "Cửa T2 mất tín hiệu")

	other := p.again()
	other.goTo("/p?card=" + ask[string](p, `document.querySelector("article").dataset.key`))
	kept(other, "in another tab", "Cửa T2 mất tín hiệu")
	other.fill("#text", ", đã báo")
	p.wait(`document.querySelector("#text").value === "Cửa T2 mất tín hiệu, đã báo"`, "the other tab's words")

	p.settled()
	other.settled()
	ask[bool](p, `(document.querySelector(".go").click(), document.querySelector(".go").click(), true)`)
	ask[bool](other, `(document.querySelector(".go").click(), true)`)
	p.see(".got .done")
	other.see(".got .done")
	time.Sleep(time.Second)
	if sent := st.answers(d); len(sent) != 1 || sent[0].Text != "Cửa T2 mất tín hiệu, đã báo" || len(sent[0].Choices) != 1 {
		t.Errorf("the log holds %+v", sent)
	}
}

// compose writes at the caret with an input method, without ending the word.
func compose(p *tab, text string) {
	p.t.Helper()
	n := int64(len([]rune(text)))
	_, err := chromedp.Call(p.ctx, input.ImeSetComposition, input.ImeSetCompositionParams{Text: text, SelectionStart: n, SelectionEnd: n})
	p.must(err, "composing")
}

// commit ends it.
func commit(p *tab, text string) {
	p.t.Helper()
	_, err := chromedp.Call(p.ctx, input.InsertText, input.InsertTextParams{Text: text})
	p.must(err, "ending a word")
}

// The seconds without network are real ones: the phone's clock counts them.
func TestAnAnswerTappedWithoutNetworkCountsFromItsTap(t *testing.T) {
	st, d, p := alarmed(t, "en")
	p.choose("Call the shift leader", "Compare camera")
	p.offline(true)
	p.tap("button.go")
	tapped := time.Now()
	p.see(".is-lost .rc.bad")
	if n := len(st.answers(d)); n != 0 {
		t.Fatalf("%d answers came without a network", n)
	}
	time.Sleep(10*time.Second - time.Since(tapped))
	p.offline(false)
	p.see(".got .done")
	p.look("phone-received-late")
	sent := st.answers(d)
	if len(sent) != 1 || sent[0].Tap != 0 {
		t.Fatalf("the log holds %+v", sent)
	}
	if late := sent[0].At - sent[0].Observed; late < 9*engine.Second {
		t.Errorf("it counts from %v before its receipt, and was tapped 10 s before", late)
	}
}

func TestAnAnswerOutlivesTheServer(t *testing.T) {
	st, d, p := alarmed(t, "en")
	p.choose("Call the shift leader", "Compare camera")
	st.stop()
	p.tap("button.go")
	p.see(".is-lost #lost")
	p.read("Not sent yet")
	st.restart()
	p.gone(".is-lost #lost")
	p.see(".bn.paused")
	p.read("Will be sent when the drill goes on")
	p.look("phone-waits-for-resume")
	p.reload()
	p.read("Will be sent when the drill goes on")
	st.does(d, "resume", nil)
	p.see(".got .done")
	if n := len(st.answers(d)); n != 1 {
		t.Errorf("%d answers", n)
	}
}

// answers has the page be answered so, the next times it sends something to a
// path.
func (p *tab) answers(path string, times, status int, body string) {
	p.t.Helper()
	ask[bool](p, fmt.Sprintf(`(window.fetch = ((real, told) => (to, ...more) => to.endsWith(%q) && told++ < %d ? Promise.resolve(new Response(%q, {status: %d})) : real(to, ...more))(window.fetch, 0), true)`,
		path, times, body, status))
}

func TestAnAnswerThatCameTooSlowlyIsSentAgain(t *testing.T) {
	st, d, p := alarmed(t, "en")
	p.answers("/phone/answers", 1, http.StatusRequestTimeout, "{}")
	p.choose("Call the shift leader", "Compare camera")
	p.tap("button.go")
	p.see(".got .done")
	if n := len(st.answers(d)); n != 1 {
		t.Errorf("%d answers", n)
	}
}

func TestWhatTheServerRefusesStaysOnThePhone(t *testing.T) {
	st, b, d := drillInBrowsers(t)
	slow, quick := b.joins(t, d, "vi", "Thảo", "control"), b.joins(t, d, "vi", "Mai", "control")
	st.does(d, "start", nil)
	st.releases(d, "alarm")
	slow.settled()
	slow.choose("Gọi điện thoại bàn", "Cử một người")
	slow.offline(true)
	slow.tap("button.go")
	slow.see(".rc.bad")
	quick.settled()
	quick.choose("Gọi điện thoại bàn", "Đối chiếu camera")
	quick.tap("button.go")
	quick.see(".got .done")
	slow.offline(false)
	slow.read("Máy chủ không nhận câu trả lời này")
	slow.read("Mai đã trả lời cho đội")
	slow.look("phone-refused")
	slow.tap(".ft.local [data-do=tell]")
	slow.see("dialog[open]")
	slow.fill("#tell-text", "máy tôi mất mạng")
	slow.tap("[data-do=tell-send]")
	st.waits("the note", func() bool { return count(st.log(d.ID), engine.Noted, "alarm") == 1 })
	slow.tap(".ft.local [data-do=edit]")
	slow.gone(".rc.bad")
	if n := len(st.answers(d)); n != 1 {
		t.Errorf("%d answers", n)
	}
}

func (p *tab) opensJournal() {
	p.t.Helper()
	p.tap("#journal")
	p.see("#sheet")
}

func (p *tab) closesJournal() {
	p.t.Helper()
	p.tap("#journal")
	p.gone("#sheet")
}

func TestWordsAndRelaysThatDoNotArriveAreSeen(t *testing.T) {
	st, d, p := alarmed(t, "vi")
	tells := func(text string) {
		p.opensJournal()
		p.fill("#words-to", text)
		p.tap("#sheet .tellus .go")
	}
	noted := func() int { return len(st.console(d.ID).Notes) }

	p.answers("/phone/notes", 5, http.StatusServiceUnavailable, "{}")
	tells("máy tôi chập chờn")
	p.see(".as [data-name]")
	p.read("Đang chờ gửi")
	p.read("“máy tôi chập chờn”")
	p.look("phone-note-waits")
	p.read("Người điều khiển đã nhận lời của bạn")
	p.gone(".as")
	if n := noted(); n != 1 {
		t.Errorf("%d notes", n)
	}

	p.answers("/phone/notes", 1, http.StatusConflict, `{"code":"x","detail":"không nhận được","try":"viết lại"}`)
	p.closesJournal()
	tells("hỏi lại")
	p.see(".as.bad")
	p.read("không nhận được; viết lại")
	p.look("phone-note-refused")
	p.tap(".as [data-do=reword]")
	p.see("dialog[open]")
	if text := p.value("#tell-text"); text != "hỏi lại" {
		t.Errorf("to be changed: %q", text)
	}
	p.fill("#tell-text", " cho rõ")
	p.tap("[data-do=tell-send]")
	p.gone(".as.bad")
	st.waits("the second note", func() bool { return noted() == 2 })

	p.answers("/phone/relays", 1, http.StatusConflict, `{"code":"x","detail":"không báo lại được tin này"}`)
	p.closesJournal()
	p.tap(".rb")
	p.see(".as.bad")
	p.read("Báo cho Trưởng ca không báo lại được tin này")
	p.gone(".rb.busy")
	p.look("phone-relay-refused")
	p.tap(".as [data-do=forget]")
	p.gone(".as")
	p.tap(".rb")
	p.see(".passed")
	if n := count(st.log(d.ID), engine.Relayed, "alarm"); n != 1 {
		t.Errorf("%d relays", n)
	}
}

func TestAPhoneIsLightOnTheNetwork(t *testing.T) {
	_, b, d := drillInBrowsers(t)
	p := b.phone(t)
	first := p.counted()
	p.goTo("/j/" + d.Code + "?lang=vi")
	p.tap("input[value=control]")
	p.tap("button.go")
	p.see(".js .idle")
	total := 0
	for address, n := range first() {
		t.Logf("%6d %s", n, address)
		total += n
	}
	if total == 0 || total >= 75_000 {
		t.Errorf("joining and the first page took %d bytes, of 75,000 at most", total)
	}
}

func TestABrowserWithoutScriptAnswers(t *testing.T) {
	st, b, d := drillInBrowsers(t)
	p := b.phone(t)
	p.withoutScript()
	p.goTo("/j/" + d.Code + "?lang=vi")
	p.tap("input[value=control]")
	p.tap("button.go")
	p.read("Trang tự tải lại")
	p.shot("phone-no-script-waiting")
	st.does(d, "start", nil)
	st.releases(d, "question")
	p.read("Công an hỏi tình hình") // the page has reloaded by itself
	p.shot("phone-no-script-inject")
	p.choose("Trả lời từng câu")
	p.tap("button.go")
	p.see(".got .done")
	p.shot("phone-no-script-received")
	if n := len(st.answers(d)); n != 1 {
		t.Errorf("%d answers", n)
	}
}

// hides has the page believe that nobody looks at it, or somebody does again.
func (p *tab) hides(is bool) {
	p.t.Helper()
	state := map[bool]string{true: "hidden", false: "visible"}[is]
	ask[bool](p, fmt.Sprintf(`(Object.defineProperty(document, "hidden", {value: %t, configurable: true}),
		Object.defineProperty(document, "visibilityState", {value: %q, configurable: true}), document.dispatchEvent(new Event("visibilitychange")), true)`, is, state))
}

func TestAPhoneNobodyLooksAtLeavesItsPlace(t *testing.T) {
	st, b, d := drillInBrowsers(t)
	p := b.joins(t, d, "en", "Thảo", "control")
	st.does(d, "start", nil)
	online := func() bool {
		devices := call[server.Status](st.lead, "GET", "/api/v1/drills/"+d.ID, nil).Devices
		return len(devices) == 1 && devices[0].Online
	}
	st.waits("the phone coming online", online)
	p.hides(true)
	st.releases(d, "order")
	p.wait(`document.title.startsWith("(1)")`, "a call in the title")
	if got := st.console(d.ID).Devices; got.Online != 1 {
		t.Errorf("gone at once: %+v", got)
	}
	st.waits("the phone leaving", func() bool { return !online() })
	p.hides(false)
	st.waits("the phone coming back", online)
	p.see("article.info")
	p.wait(`!document.title.startsWith("(")`, "the title")
}
