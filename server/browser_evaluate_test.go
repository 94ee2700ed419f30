package server_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"saban/server"
	"saban/server/photo/phototest"
)

// watches opens the evaluator's page of a drill on a tablet.
func (b *browser) watches(t *testing.T, c *client, drill, lang string) *tab {
	t.Helper()
	p := b.desk(t, 1280, 800)
	p.takeSession(c)
	p.goTo("/drills/" + drill + "/evaluate?lang=" + lang)
	p.see(".pane:not([hidden]) h1")
	p.wait(`document.querySelector(".lst [aria-current]") !== null`, "the script running")
	return p
}

// inView is the task whose pane is open.
func (p *tab) inView() string {
	p.t.Helper()
	return ask[string](p, `document.querySelector("[data-pane]:not([hidden])").dataset.pane`)
}

const open = ".pane:not([hidden]) "

func (p *tab) picks(rating string) {
	p.t.Helper()
	ask[bool](p, fmt.Sprintf(`document.querySelector(".pane:not([hidden]) input[value=%s]").click(), true`, rating))
}

func (p *tab) saved() {
	p.t.Helper()
	p.wait(`document.querySelector("[data-icon-wait]").hidden`, "the server having it")
}

func TestEvaluatorsOnTablets(t *testing.T) {
	st := newStage(t)
	b := newBrowser(t, st)
	d, _ := st.running()
	st.pass(d.ID, 3*time.Minute)
	one, two := st.evaluator(d, "e1"), st.evaluator(d, "e2")
	p := b.watches(t, one, d.ID, "vi")
	task := p.inView()
	if first := one.evaluation(d).First; task != first {
		t.Fatalf("it opens to %s, not to %s", task, first)
	}
	p.look("evaluator-begins")
	p.tap(open + "button[value=observe]")
	p.see(open + "button[value=observe][aria-pressed=true]")
	p.saved()
	if got := one.task(d, task); len(got.Seen) != 1 {
		t.Fatalf("seen: %+v", got.Seen)
	}
	ask[bool](p, `document.querySelector(".pane:not([hidden]) [name=at]").value = "1:05", true`)
	p.tap(open + ".fix button")
	p.wait(`document.querySelector(".pane:not([hidden]) .row .t").textContent.includes("01:05")`, "the corrected time")
	t.Run("a low rating wants a note first", func(t *testing.T) {
		p.picks("M")
		p.read("Mức M cần một ghi chú nói vì sao")
		p.look("evaluator-wants-a-note")
		ask[bool](p, `(window.late = (e) => e.preventDefault(), document.addEventListener("regions", window.late), true)`) // no part is drawn anew
		p.tap(open + ".chips button")
		p.saved()
		p.wait(`document.querySelector(".pane:not([hidden]) [data-msg]").textContent === ""`, "the note being enough")
		p.tap(open + ".go")
		p.wait(fmt.Sprintf(`document.querySelector("[data-pane]:not([hidden])").dataset.pane !== %q`, task), "the next task")
		ask[bool](p, `(document.removeEventListener("regions", window.late), true)`)
		p.saved()
		if got := one.task(d, task); got.Mine != "M" || len(got.Notes) != 1 {
			t.Errorf("rated %q, notes %v", got.Mine, got.Notes)
		}
	})
	t.Run("without the server it is kept and sent later", func(t *testing.T) {
		next := p.inView()
		p.offline(true)
		p.picks("S")
		p.wait(`!document.querySelector("[data-icon-wait]").hidden`, "it being kept")
		p.shot("evaluator-offline")
		p.offline(false)
		p.saved()
		if got := one.task(d, next); got.Mine != "S" {
			t.Errorf("rated %q", got.Mine)
		}
	})
	t.Run("what comes in meanwhile leaves a word whole", func(t *testing.T) { p.composes(t, d, two) })
	t.Run("photos", func(t *testing.T) { p.photographs(t, st, d, one, two, task) })
	p.goTo("/drills/" + d.ID + "/evaluate?lang=vi&task=prohibited")
	p.look("evaluator-prohibited")
	p.tap(open + "button[value=prohibit]")
	p.see(open + "time")
	t.Run("capabilities", func(t *testing.T) { p.ratesCapabilities(t, st, d, one, two) })
	two.judges(d, "observe", task, map[string]any{"observed_ms": 121000})
	two.judges(d, "rate", task, map[string]any{"rating": "P"})
	t.Run("the lead settles on the same page", func(t *testing.T) {
		q := b.watches(t, st.of(server.Facilitator, d), d.ID, "vi")
		q.tap(`.lst [data-to="` + task + `"]`)
		q.see(open + ".settle")
		q.look("evaluator-differ")
		ask[bool](q, `document.querySelector(".pane:not([hidden]) .settle select").value = "S", true`)
		q.fill(open+".settle input[name=text]", "đã nghe hai bên")
		two.judges(d, "note", task, map[string]any{"text": "một ghi chú đến giữa chừng"})
		q.read("một ghi chú đến giữa chừng")
		if got := q.value(open+".settle input[name=text]") + q.value(open+".settle select") + q.value(open+"[data-note] [name=text]"); got != "đã nghe hai bênS" {
			t.Fatalf("after a note came in the fields hold %q", got)
		}
		q.tap(open + ".settle button")
		q.see(open + ".by .set")
		q.look("evaluator-settled")
		q.tap(`.lst [data-to=agreement]`)
		q.read("Chưa đủ tin cậy, cần thống nhất")
		q.look("evaluator-agreement")
	})
	p.goTo("/drills/" + d.ID + "/evaluate?lang=en&task=" + task)
	for _, size := range [][2]int64{{1280, 800}, {1024, 768}} {
		p.size(size[0], size[1], 1)
		p.look(fmt.Sprintf("evaluator-en-%d", size[0]))
		if over := ask[int](p, `Math.max(document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight)`); over > 0 {
			t.Errorf("at %d wide the page is %d pixels too large", size[0], over)
		}
		if tall := ask[float64](p, `Math.min(...[...document.querySelectorAll(".pane:not([hidden]) .rb")].map((e) => e.getBoundingClientRect().height))`); tall < 92 {
			t.Errorf("a rating tile is %.0f pixels tall", tall)
		}
	}
	t.Run("a real incident takes the screen", func(t *testing.T) {
		st.act(d.ID, "stop_real", "real-key-1", map[string]any{"reason": "có người ngã"})
		p.wait(`document.querySelector(".real").checkVisibility() && !document.querySelector(".pane:not([hidden]) .go").checkVisibility()`, "the real incident")
		p.look("evaluator-real")
		st.act(d.ID, "resume_real", "real-key-2", map[string]any{"passphrase": "ba bốn từ", "reason": "đã yên"})
		p.wait(`document.querySelector(".pane:not([hidden]) .go").checkVisibility()`, "the page coming back")
	})
	t.Run("as plain forms", func(t *testing.T) {
		plain := b.desk(t, 1280, 800)
		plain.takeSession(one)
		plain.withoutScript()
		plain.goTo("/drills/" + d.ID + "/evaluate?lang=vi")
		_, text := one.do("GET", "/drills/"+d.ID+"/evaluate?lang=vi", "", "")
		if len(text) == 0 {
			t.Fatal("no page")
		}
		res, _ := one.form("/drills/"+d.ID+"/evaluate", "do", "note", "key", "a-plain-form-1", "task", task, "view", task, "text", "ghi bằng tay")
		if res.StatusCode != 200 || len(one.task(d, task).Notes) != 6 {
			t.Errorf("a plain note: %s, notes %v", res.Status, one.task(d, task).Notes)
		}
		plain.shot("evaluator-plain")
	})
}

// composes writes a note as a screen's keyboard does, while another evaluator
// notes something.
func (p *tab) composes(t *testing.T, d created, two *client) {
	field, task, said := open+"[data-note] [name=text]", p.inView(), 0
	elsewhere := func() string {
		said++
		text := fmt.Sprintf("người khác ghi lần %d", said)
		two.judges(d, "note", task, map[string]any{"text": text})
		return text
	}
	p.tap(open + ".defs summary")
	p.fill(field, "cửa mở")
	ask[bool](p, fmt.Sprintf(`(document.querySelector(%q).setSelectionRange(3, 3), true)`, field))
	p.read(elsewhere())
	if at := ask[string](p, `[document.activeElement.selectionStart, document.activeElement.value, document.querySelector(".pane:not([hidden]) .defs").open].join()`); at != "3,cửa mở,true" {
		t.Errorf("after a note came in: %s", at)
	}
	ask[bool](p, `(window.came = [], document.addEventListener("regions", (e) => came.push(...Object.keys(e.detail))), true)`)
	compose(p, " phụ")
	late := elsewhere()
	p.wait(fmt.Sprintf(`came.includes("pane.%s")`, task), "the other's note coming")
	compose(p, " phụ") // still
	if text := p.text(open); strings.Contains(text, late) {
		t.Error("the part a word is being written in was drawn anew")
	}
	commit(p, " phụ")
	p.read(late)
	if got := p.value(field); got != "cửa phụ mở" {
		t.Errorf("the note came out as %q", got)
	}
	p.clears(field)
	p.tap(open + ".defs summary")
}

// photographs takes a photo with words and one without the server, which is
// there when the page is opened again.
func (p *tab) photographs(t *testing.T, st *stage, d created, who, two *client, task string) {
	file := filepath.Join(t.TempDir(), "ảnh.jpg")
	if err := os.WriteFile(file, phototest.Telling(t, phototest.Corners(3000, 2000), 6), 0o600); err != nil {
		t.Fatal(err)
	}
	photos := func() int { return len(st.photos(d)) }
	p.goTo("/drills/" + d.ID + "/evaluate?lang=vi&task=" + task)
	ask[bool](p, `document.querySelector(".pane:not([hidden]) [data-note] [name=text]").value = "cửa phụ còn mở", true`)
	p.chooses(open+"label:has([name=photo][capture])", file, func() {
		two.judges(d, "note", task, map[string]any{"text": "đến trong lúc chụp"})
		p.read("đến trong lúc chụp")
	})
	p.see(open + ".shot img")
	p.saved()
	p.wait(`document.querySelector(".pane:not([hidden]) .shot img").naturalHeight === 1600`, "the photo, small and upright")
	if notes := who.task(d, task).Notes; notes[len(notes)-1].Text != "cửa phụ còn mở" || photos() != 1 {
		t.Errorf("%d photos, notes %+v", photos(), notes)
	}
	p.look("evaluator-photo")
	p.tap(open + ".shot")
	p.wait(`document.querySelector("#shot[open] img").naturalHeight === 1600`, "the photo large")
	p.look("evaluator-photo-large")
	p.tap("#shot button")
	ask[bool](p, `(window.fetch = ((real) => (to, ...more) => to.includes("/photos?") ? Promise.reject(new TypeError("no network")) : real(to, ...more))(window.fetch), true)`)
	p.chooses(open+"label:has([name=photo]:not([capture]))", file, func() {})
	p.wait(`!document.querySelector("[data-icon-wait]").hidden`, "it being kept")
	if left := ask[int](p, inBrowser); left != 1 || photos() != 1 {
		t.Errorf("%d photos wait in the browser, %d are kept", left, photos())
	}
	p.goTo("/drills/" + d.ID + "/evaluate?lang=vi&task=" + task)
	p.wait(`document.querySelectorAll(".pane:not([hidden]) .shot").length === 2`, "the second photo")
	p.saved()
	if notes := who.task(d, task).Notes; notes[len(notes)-1].Text != "" || notes[len(notes)-1].Photo == "" {
		t.Errorf("sent later: %+v", notes)
	}
	if left := ask[int](p, inBrowser); left != 0 {
		t.Errorf("%d photos stay in the browser", left)
	}
}

// inBrowser counts the photos in the browser's database.
const inBrowser = `new Promise((ok) => { const db = indexedDB.open("saban", 1); db.onsuccess = () => { const n = db.result.transaction("photos").objectStore("photos").count(); n.onsuccess = () => { db.result.close(); ok(n.result); }; }; })`

// chooses gives a file to the chooser a tap opens. What happens meanwhile
// happens while it is open, as when somebody takes a photo.
func (p *tab) chooses(css, file string, meanwhile func()) {
	p.t.Helper()
	ctx, cancel := context.WithCancel(p.ctx)
	defer cancel()
	opened := make(chan cdp.BackendNodeID, 1)
	p.must(chromedp.Listen(ctx, func(ev any) {
		if e, is := ev.(*page.EventFileChooserOpened); is {
			opened <- e.BackendNodeID
		}
	}), "listening to file choosers")
	_, err := chromedp.Call(p.ctx, page.SetInterceptFileChooserDialog, page.SetInterceptFileChooserDialogParams{Enabled: true})
	p.must(err, "holding file choosers")
	p.tap(css)
	select {
	case field := <-opened:
		meanwhile()
		_, err = chromedp.Call(p.ctx, dom.SetFileInputFiles, dom.SetFileInputFilesParams{Files: []string{file}, BackendNodeID: field})
		p.must(err, "choosing a file for "+css)
	case <-time.After(stepTime):
		p.t.Fatalf("%s opens no file chooser", css)
	}
}

// ratesCapabilities rates one low and has the next open, then has the lead
// settle what two differ on.
func (p *tab) ratesCapabilities(t *testing.T, st *stage, d created, one, two *client) {
	p.tap(`.lst [data-to="NB"]`)
	p.read("Nhiệm vụ của năng lực này")
	p.picks("U")
	p.read("Mức U cần một ghi chú nói vì sao")
	p.tap(open + ".chips button")
	p.tap(open + ".go")
	p.wait(`document.querySelector("[data-pane]:not([hidden])").dataset.pane === "BV"`, "the next capability")
	p.saved()
	if got := one.capability(d, "NB"); got.Mine != "U" || len(got.Notes) != 1 {
		t.Errorf("rated %q, notes %v", got.Mine, got.Notes)
	}
	two.judges(d, "rate", "NB", map[string]any{"rating": "P"})
	p.tap(`.lst [data-to="NB"]`)
	p.read("chưa thống nhất")
	p.tap(open + ".defs summary")
	p.look("evaluator-capability-defs")
	q := p.b.watches(t, st.of(server.Facilitator, d), d.ID, "en")
	q.tap(`.lst [data-to="NB"]`)
	q.see(open + ".settle")
	q.look("evaluator-capability-en")
	ask[bool](q, `document.querySelector(".pane:not([hidden]) .settle select").value = "S", document.querySelector(".pane:not([hidden]) .settle input[name=text]").value = "having heard both", true`)
	q.tap(open + ".settle button")
	q.see(open + ".by .set")
	if got := one.capability(d, "NB"); got.Counted != "S" {
		t.Errorf("settled as %q", got.Counted)
	}
}
