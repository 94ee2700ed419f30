package server_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"saban/server/photo/phototest"
)

// onTablet begins a drill and opens an evaluator's tablet.
func onTablet(t *testing.T, lang string) (*stage, created, *client, *tab) {
	t.Helper()
	st := newStage(t)
	b := newBrowser(t, st)
	d, _ := st.running()
	st.pass(d.ID, 3*time.Minute)
	who := st.evaluator(d, "e1")
	return st, d, who, b.watches(t, who, d.ID, lang)
}

// sendsTooLong sends a note longer than its field lets anybody type.
func (p *tab) sendsTooLong(starts string) {
	p.t.Helper()
	ask[bool](p, fmt.Sprintf(`(document.querySelector(".pane:not([hidden]) [data-note] [name=text]").value = %q, document.querySelector(".pane:not([hidden]) [data-note] button").click(), true)`,
		starts+strings.Repeat(" dài", 130)))
}

// clears takes the words out of a field, as its writer does.
func (p *tab) clears(css string) {
	p.t.Helper()
	ask[bool](p, fmt.Sprintf(`((field) => { field.value = ""; return field.dispatchEvent(new Event("input", { bubbles: true })); })(document.querySelector(%q))`, css))
}

func (p *tab) refused(n int) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`document.querySelectorAll("#refused li").length === %d`, n), fmt.Sprintf("%d refused", n))
}

// rating is the one chosen in the pane of a task, in view or not.
func (p *tab) rating(task string) string {
	p.t.Helper()
	return ask[string](p, fmt.Sprintf(`document.querySelector("[data-pane='%s'] [name=rating]:checked")?.value ?? ""`, task))
}

func TestWhatTheServerRefusesStaysOnTheTablet(t *testing.T) {
	_, d, who, p := onTablet(t, "vi")
	task := p.inView()
	p.sendsTooLong("một")
	p.sendsTooLong("hai")
	p.refused(2)
	ask[bool](p, `(document.querySelector(".pane:not([hidden]) [data-note] [name=text]").value = "ba" + " dài".repeat(130), true)`)
	ask[bool](p, `((at) => { at.querySelector("[value=M]").click(); at.querySelector(".go").click(); return true; })(document.querySelector(".pane:not([hidden])"))`)
	p.wait(fmt.Sprintf(`document.querySelector("[data-pane]:not([hidden])").dataset.pane !== %q`, task), "the next task")
	p.refused(4)
	if got := p.rating(task) + ask[string](p, `document.querySelector("[data-saved]").textContent`); got != "Máy chủ không nhận 4 việc" {
		t.Errorf("rating and header say %q", got)
	}
	p.read("mức M cần một ghi chú nói vì sao")
	p.look("evaluator-refused")
	p.reload()
	p.refused(4)

	p.tap(`#refused li:nth-child(4) [data-do=open]`)
	if got := p.inView(); got != task {
		t.Errorf("it opens %s", got)
	}
	p.tap(`#refused li:nth-child(2) [data-do=forget]`)
	p.refused(3)
	p.tap(`#refused li:nth-child(1) [data-do=reword]`)
	p.refused(2)
	if got := p.value(open + "[data-note] [name=text]"); !strings.HasPrefix(got, "một dài") {
		t.Errorf("to be changed: %.20q", got)
	}
	p.clears(open + "[data-note] [name=text]")
	p.tap(open + ".chips button")
	p.see(open + ".chips[data-noted='1']")
	p.tap(`#refused li:nth-child(2) [data-do=again]`)
	p.refused(1)
	p.tap(`#refused [data-do=forget]`)
	p.gone("#refused")
	p.wait(`document.querySelector("[data-saved]").textContent === "Đã lưu trên máy chủ"`, "all of it being kept")
	p.wait(fmt.Sprintf(`document.querySelector("[data-pane='%s'] [data-rate]").dataset.mine === "M"`, task), "the rating")
	if got := who.task(d, task); got.Mine != "M" || len(got.Notes) != 1 {
		t.Errorf("rated %q, notes %v", got.Mine, got.Notes)
	}
}

// says waits until the head of the page says how much is kept.
func (p *tab) says(text string) {
	p.t.Helper()
	p.wait(fmt.Sprintf(`document.querySelector("[data-saved]").textContent === %q`, text), "the head saying "+text)
}

func TestWordsNotSentYetAreKeptOnTheTablet(t *testing.T) {
	_, d, who, p := onTablet(t, "vi")
	task, field := p.inView(), open+"[data-note] [name=text]"
	marked := fmt.Sprintf(".lst [data-to=%q] .un", task)
	kept := func(doing string) {
		t.Helper()
		p.wait(fmt.Sprintf(`document.querySelector("[data-pane='%s'] [data-note] [name=text]").value === "cửa phụ còn mở"`, task), doing)
		p.see(marked)
	}
	p.fill(field, "cửa phụ còn mở")
	p.says("1 ghi chú chưa lưu")
	kept("writing")
	p.reload()
	kept("after a reload")
	p.goTo("/handbook/evaluator")
	p.back()
	kept("after going away and back")
	p.tap(".lst [data-to=prohibited]")
	p.says("1 ghi chú chưa lưu")
	p.look("evaluator-unsaved")
	p.tap(".top a[lang=en]")
	p.says("1 note not saved")
	kept("in the other language")
	p.tap(fmt.Sprintf(".lst [data-to=%q]", task))

	other := p.again()
	other.size(1280, 800, 1)
	other.goTo("/drills/" + d.ID + "/evaluate?lang=en&task=" + task)
	other.wait(`document.querySelector(".pane:not([hidden]) [data-note] [name=text]").value === "cửa phụ còn mở"`, "the words in another tab")
	other.tap(open + "[data-note] button")
	other.says("Saved on the server")
	p.says("Saved on the server")
	p.gone(marked)
	if got := p.value(field); got != "" {
		t.Errorf("what the other tab sent stays in the field: %q", got)
	}
	p.reload()
	p.see(open + ".nb time")
	if got, notes := p.value(field), who.task(d, task).Notes; got != "" || len(notes) != 1 || notes[0].Text != "cửa phụ còn mở" {
		t.Errorf("sent %v, the field holds %q", notes, got)
	}
}

func TestALowRatingWaitsForItsNoteOnTheTablet(t *testing.T) {
	_, d, who, p := onTablet(t, "en")
	task := p.inView()
	p.picks("U")
	p.says("1 rating waits for a note")
	p.reload()
	p.read("A rating of U needs a note that says why")
	if got := p.rating(task); got != "U" {
		t.Errorf("after a reload %q is chosen", got)
	}
	p.look("evaluator-rating-waits")
	p.tap(open + ".chips button")
	p.says("Saved on the server")
	if got := who.task(d, task); got.Mine != "U" || len(got.Notes) != 1 {
		t.Errorf("rated %q, notes %v", got.Mine, got.Notes)
	}
}

func TestAPhotoBeingMadeSmallIsKeptOnTheTablet(t *testing.T) {
	st, d, who, p := onTablet(t, "vi")
	task, field := p.inView(), open+"[data-note] [name=text]"
	file := filepath.Join(t.TempDir(), "ảnh.jpg")
	if err := os.WriteFile(file, phototest.Telling(t, phototest.Corners(3000, 2000), 6), 0o600); err != nil {
		t.Fatal(err)
	}
	ask[bool](p, `(window.createImageBitmap = () => new Promise(() => {}), true)`) // a tablet that takes its time
	p.fill(field, "cửa phụ còn mở")
	p.chooses(open+"label:has([name=photo][capture])", file, func() {})
	p.says("1 việc chờ gửi, giữ trên máy này")
	p.fill(field, "viết tiếp")
	p.says("1 việc chờ gửi, giữ trên máy này · 1 ghi chú chưa lưu")
	p.look("evaluator-photo-made")
	st.waits("the photo in the browser", func() bool { return ask[int](p, inBrowser) == 1 })
	p.reload()
	p.see(open + ".shot img")
	p.wait(`document.querySelector(".pane:not([hidden]) .shot img").naturalHeight === 1600`, "the photo, small and upright")
	p.says("1 ghi chú chưa lưu")
	if notes := who.task(d, task).Notes; len(notes) != 1 || notes[0].Text != "cửa phụ còn mở" || len(st.photos(d)) != 1 || p.value(field) != "viết tiếp" {
		t.Errorf("notes %+v, the field holds %q", notes, p.value(field))
	}
}

func TestATaskOfAnAdHocInjectOpensOnTheTablet(t *testing.T) {
	st, d, who, p := onTablet(t, "en")
	p.fill(open+"[data-note] [name=text]", "the side door was open")
	ask[bool](p, `(window.same = true)`)
	st.act(d.ID, "adhoc", "an-ad-hoc-key", map[string]any{"inject": map[string]any{"id": "X1", "channel": "radio", "at_ms": 0, "to": []string{"guard"}, "title": map[string]any{}, "note": map[string]any{}, "text": map[string]any{"vi": "Có khói ở nhà xe.", "en": "Smoke in the garage."},
		"expects": []map[string]any{{"id": "XR1", "by": "guard", "target_ms": 60000, "limit_ms": 120000, "weight": 0, "do": map[string]any{"vi": "Báo đội trưởng bảo vệ", "en": "Tell the head of security about the smoke"}}}}})
	p.tap(`.lst [data-to=XR1]`)
	p.wait(`document.querySelector(".pane:not([hidden]) h1")?.textContent === "Tell the head of security about the smoke"`, "the new task")
	p.look("evaluator-new-task")
	before := ask[string](p, `document.querySelector("form[data-next=XR1]").closest("[data-pane]").dataset.pane`)
	p.tap(fmt.Sprintf(".lst [data-to=%q]", before))
	p.picks("P")
	p.tap(open + ".go")
	p.see("[data-pane=XR1]:not([hidden])")
	p.picks("S")
	p.tap(open + "button[value=observe]")
	p.says("1 note not saved")
	if got := who.task(d, "XR1"); got.Mine != "S" || len(got.Seen) != 1 || !ask[bool](p, `window.same === true`) {
		t.Errorf("rated %q, seen %v", got.Mine, got.Seen)
	}
}

func TestTheEvaluatorsScreenStaysOnTheTablet(t *testing.T) {
	_, d, _, p := onTablet(t, "vi")
	_, err := chromedp.Call(p.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `window.lit = []; navigator.wakeLock.request = (what) => { lit.push(what); return Promise.resolve({}); }`})
	p.must(err, "counting")
	p.goTo("/drills/" + d.ID + "/evaluate?lang=vi")
	p.wait(`window.lit.join() === "screen"`, "the screen being asked to stay on")
	ask[bool](p, `document.dispatchEvent(new Event("visibilitychange"))`)
	p.wait(`window.lit.join() === "screen,screen"`, "it being asked again when somebody comes back")
}
