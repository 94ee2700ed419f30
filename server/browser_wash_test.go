package server_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"saban/server"
)

// TestTheHotWashInBrowsers follows the facilitator, the room's screen and two
// phones from EndEx to the result.
func TestTheHotWashInBrowsers(t *testing.T) {
	st := newStage(t)
	b := newBrowser(t, st)
	for _, lang := range []string{"vi", "en"} {
		t.Run(lang, func(t *testing.T) {
			(&washRoom{stage: st.in(t), lang: lang, good: goodChoices(t, "bomb-threat")}).conduct(b)
		})
	}
}

type washRoom struct {
	*stage
	lang              string
	good              map[string]bool // what a good team chooses
	seat              *client         // the second phone of the switchboard
	d                 created
	desk, screen      *tab
	operator, medical *tab
}

func (w *washRoom) conduct(b *browser) {
	w.plays(b)
	w.asksPhones()
	w.stepsThrough()
	w.showsWords()
	w.announces()
}

func (w *washRoom) look(p *tab, name string) { w.t.Helper(); p.look("wash-" + name + "-" + w.lang) }

// in is a sentence of the page's language.
func (w *washRoom) in(vi, en string) string {
	if w.lang == "vi" {
		return vi
	}
	return en
}

func (w *washRoom) plays(b *browser) {
	w.d = w.drill()
	w.operator = b.joins(w.t, w.d, w.lang, "Thảo", "switchboard")
	w.medical = b.joins(w.t, w.d, w.lang, "Mai", "medic", "guard")
	w.seat = w.phone(w.d, "switchboard")
	w.screen = b.desk(w.t, 1920, 1080)
	w.screen.takeSession(w.of(server.Projector, w.d))
	w.screen.goTo("/drills/" + w.d.ID + "/screen?lang=" + w.lang)
	w.act(w.d.ID, "start", "start-key-1", nil)
	w.operator.see(".card")
	w.answersWell()
	w.pass(w.d.ID, 20*time.Minute)
	w.operator.gone("#wash form")
	w.act(w.d.ID, "end", "end-key-1", nil)
	w.screen.see(".run .over")
	w.operator.see("#wash form")
	w.medical.see("#wash form")
	w.look(w.operator, "phone-form")
	w.look(w.medical, "phone-roles")
	tablet := b.desk(w.t, 1280, 800)
	tablet.takeSession(w.of(server.Evaluator, w.d))
	tablet.goTo("/drills/" + w.d.ID + "/evaluate?lang=" + w.lang)
	tablet.read(w.in("còn 9 nhiệm vụ chưa chấm", "9 tasks not rated yet"))
	w.look(tablet, "tablet")
	tablet.tap(".left a")
	tablet.wait(`document.querySelector(".lst [aria-current]").getClientRects().length > 0`, "the first of them")
}

// answersWell has the switchboard choose what is expected of it.
func (w *washRoom) answersWell() {
	w.t.Helper()
	w.operator.see("input[name=choice]")
	w.pass(w.d.ID, 30*time.Second)
	phone := w.seat
	card := call[server.Phone](phone, "GET", "/api/v1/phone", nil).Cards[0]
	call[any](phone, "POST", "/api/v1/phone/seen", map[string]any{"inject": card.Inject, "role": "switchboard"})
	card = call[server.Phone](phone, "GET", "/api/v1/phone", nil).Cards[0]
	var ids []string
	for _, c := range card.Choices {
		if w.good[c.Text] && len(ids) < card.Pick {
			ids = append(ids, c.ID)
		}
	}
	call[any](phone, "POST", "/api/v1/phone/answers", map[string]any{"key": "answer-key-1", "inject": card.Inject, "role": "switchboard", "choices": ids})
}

// asksPhones: one phone loses the network while it sends, the other is loaded
// anew with a draft; both get there once.
func (w *washRoom) asksPhones() {
	w.operator.fill("#wash-went_well", "Giữ máy người gọi, ghi đủ lời.")
	w.operator.fill("#wash-to_change", w.in("Để sẵn mẫu báo tin ở bàn trực.", "Keep the report form at the desk."))
	w.operator.offline(true)
	w.operator.tap("#wash .go")
	w.operator.see("#aside [data-act]")
	w.look(w.operator, "phone-offline")
	w.operator.offline(false)
	w.operator.see("[data-had=to_change] li")
	w.operator.see("[data-had=went_well] li")
	w.look(w.operator, "phone-sent")

	w.medical.fill("#wash-went_badly", "Thiếu cáng")
	w.medical.reload()
	w.medical.wait(`document.querySelector("#wash-went_badly").value === "Thiếu cáng"`, "the draft")
	ask[bool](w.medical, `(document.querySelector("#wash-role").value = "guard", true)`)
	w.medical.tap("#wash .go")
	w.medical.see("[data-had=went_badly] li")
	w.medical.reload()
	w.medical.see("[data-had=went_badly] li")
	if got := w.medical.value("#wash-went_badly"); got != "" {
		w.t.Errorf("what was sent stays a draft: %q", got)
	}
	said := map[string]string{}
	for _, e := range w.saidIn(w.d) {
		said[e.Mode+" "+e.Role] += e.Text
	}
	if len(said) != 3 || said["went_well switchboard"] != "Giữ máy người gọi, ghi đủ lời." || said["went_badly guard"] != "Thiếu cáng" {
		w.t.Errorf("in the log: %v", said)
	}
}

func (w *washRoom) stepsThrough() {
	b := w.operator.b
	w.desk = b.lead(w.t, 1366, 768)
	w.desk.goTo("/drills/" + w.d.ID + "?lang=" + w.lang)
	w.desk.see(`.acts a[href$="/review"]`)
	w.look(w.desk, "console")
	w.desk.tap(`.acts a[href$="/review"]`)
	w.desk.see(".lst .tk")
	w.desk.see(".js")
	w.look(w.desk, "desk-begins")
	w.screen.gone(".wash section")
	w.desk.key("ArrowRight", "")
	w.screen.see(".wash .wt")
	w.screen.gone(".run")
	w.screen.gone(".wo")
	w.look(w.screen, "screen-step")
	w.desk.see("#reveal[value='1']")
	w.look(w.desk, "desk-step")
	w.desk.key("Enter", "")
	w.screen.see(".wo li")
	w.look(w.screen, "screen-revealed")
	w.desk.see("#reveal[value='0']")
	w.look(w.desk, "desk-revealed")
	w.desk.key("ArrowRight", "")
	w.screen.gone(".wo")
	w.desk.tap("#s-I01")
	w.screen.see(".wo li")
	w.screen.reload()
	w.screen.see(".wo li")
	w.screen.offline(true)
	w.desk.tap("#reveal")
	w.desk.see("#reveal[value='1']")
	w.screen.see("#lost")
	w.screen.offline(false)
	w.screen.gone(".wo")
	w.screen.see(".wash .wt")
}

// showsWords: what is hidden stays off the screen, what is said since waits
// until it is let on.
func (w *washRoom) showsWords() {
	w.desk.tap("#s-words")
	w.screen.see(".ww li p")
	w.screen.read("Thiếu cáng")
	w.desk.fill("#t-went_badly", "Cổng phụ không ai giữ")
	ask[bool](w.desk, `(document.querySelector("#role").value = "director", true)`)
	w.desk.tap("#f-went_badly button")
	w.desk.read("Cổng phụ không ai giữ")
	w.desk.read(w.in("Hiện 1 lời mới", "Show 1 new word"))
	w.look(w.desk, "desk-new-word")
	if got := w.screen.text(".ww"); strings.Contains(got, "Cổng phụ") {
		w.t.Errorf("it is on the screen before it is let on: %q", got)
	}
	w.desk.tap("#let-on")
	w.screen.read("Cổng phụ không ai giữ")
	w.desk.gone("#let-on")
	w.desk.wait(`document.querySelector("#t-went_badly").value === ""`, "the field being empty again")
	w.look(w.desk, "desk-words")
	w.look(w.screen, "screen-words")
	w.desk.tap(".said section:nth-of-type(2) li form button")
	w.desk.see(".said .off")
	w.screen.wait(`document.querySelectorAll(".ww section:nth-of-type(2) li").length === 1`, "a word being hidden")
	w.look(w.desk, "desk-hidden")
}

func (w *washRoom) announces() {
	w.desk.tap("#next")
	w.screen.see(".wres")
	if w.screen.text(".wres") == "" || ask[bool](w.screen, `document.querySelector(".wtot") !== null`) {
		w.t.Error("the total is there before it is announced")
	}
	w.look(w.screen, "screen-result-hidden")
	w.look(w.desk, "desk-result-hidden")
	w.desk.tap("#reveal-result")
	w.screen.see(".wtot")
	w.desk.see(".tot")
	w.look(w.screen, "screen-result")
	w.look(w.desk, "desk-result")
	w.desk.tap("#off")
	w.screen.see(".run .over")
	w.look(w.screen, "screen-off")
}

// TestALongHotWashFitsTheScreens: nothing of it is cut off, neither on the
// room's screen nor on the facilitator's page.
func TestALongHotWashFitsTheScreens(t *testing.T) {
	st, d := bigStage(t)
	b := newBrowser(t, st)
	phone := st.phone(d, "r7")
	for i, text := range []string{strings.Repeat("Cần thống nhất đường lánh nạn trước mỗi ca. ", 11), strings.Repeat("W", 500), "Ngắn", strings.Repeat("Ắ Ỗ Ể ", 70), "Gọi sớm"} {
		for _, question := range []string{"went_well", "went_badly", "to_change"} {
			call[any](phone, "POST", "/api/v1/phone/hotwash", word(fmt.Sprintf("word-%s-%d", question, i), question, text))
		}
	}
	screen, desk := b.desk(t, 1920, 1080), b.lead(t, 1366, 768)
	screen.takeSession(st.of(server.Projector, d))
	screen.goTo("/drills/" + d.ID + "/screen?lang=vi")
	desk.goTo("/drills/" + d.ID + "/review?lang=vi")
	show := func(name, css string, move map[string]any) {
		t.Helper()
		st.leads(d, move)
		screen.wait(css, name)
		screen.look("wash-long-" + name)
		if cut := ask[string](screen, `[...document.querySelectorAll(".wash p,.wash h1,.wash h2,.wash small")].filter(e => { const r = e.getBoundingClientRect(); return r.bottom > innerHeight || r.right > innerWidth; }).map(e => e.textContent).join("\n")`); cut != "" {
			t.Errorf("%s: past the edge of the screen:\n%s", name, cut)
		}
	}
	show("step", `document.querySelector(".ws.tiny:not(.open)")`, map[string]any{"show": "step", "step": "I1"})
	show("step-open", `document.querySelector(".ws.tiny.open")`, map[string]any{"reveal": true})
	show("outcomes", `document.querySelectorAll(".wo li").length === 5`, map[string]any{"step": "I0", "reveal": true})
	show("outcomes-last", `document.querySelectorAll(".wo li").length === 5`, map[string]any{"page": 7})
	desk.see("#page-back")
	desk.look("wash-long-desk")
	show("words", `document.querySelectorAll(".ww li").length > 0`, map[string]any{"show": "words"})
	show("words-2", `document.querySelector(".wh").textContent.includes("2/")`, map[string]any{"page": 1})
	desk.look("wash-long-desk-words")
	desk.tap("#s-I299")
	desk.wait(`document.querySelector("#next").value === "words" && document.querySelector(".onair b").textContent.includes("300")`, "the last inject")
	screen.read("Tình huống 300/300")
}

// TestTheHotWashIsLedWithoutScript uses the plain forms.
func TestTheHotWashIsLedWithoutScript(t *testing.T) {
	st := newStage(t)
	b := newBrowser(t, st)
	d, _, _ := st.ended()
	desk := b.lead(t, 1366, 768)
	desk.withoutScript()
	desk.goTo("/drills/" + d.ID + "/review?lang=vi")
	desk.tap("#next")
	desk.see("#reveal")
	desk.tap("#reveal")
	desk.see("#reveal[value='0']")
	desk.fill("#t-to_change", "thêm đèn")
	desk.shot("wash-desk-plain")
	desk.tap("#f-to_change button")
	desk.read("thêm đèn")
	if r := st.washed(d); r.At.Show != "step" || !r.Now.Revealed || r.Words[2].Count != 1 {
		t.Errorf("%+v, %+v", r.At, r.Words)
	}
}
