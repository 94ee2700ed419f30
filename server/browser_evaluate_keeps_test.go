package server_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
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
	ask[bool](p, `(document.querySelector(".pane:not([hidden]) [data-note] [name=text]").value = "", true)`)
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
