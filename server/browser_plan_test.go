package server_test

import (
	"strings"
	"testing"

	"saban/engine"
)

// The plan of a drill as it is worked on at a laptop: a word becomes a row,
// leaving unsaved is asked about, and what is wrong stands beside its field.
func TestThePlanInABrowser(t *testing.T) {
	st := newStage(t)
	d := st.over()
	for i, text := range []string{"Không ai điểm danh ở điểm tập kết", "Trực tổng đài quên ghi giờ gọi", "không ai điểm danh ở điểm tập kết.", strings.Repeat("dàiliền", 40)} {
		st.saidAfter(d, []string{engine.WentBadly, engine.WentBadly, engine.WentBadly, engine.ToChange}[i], text)
	}
	st.saidAfter(d, engine.WentWell, "Gọi nhau nhanh, không ai hoảng")
	b := newBrowser(t, st)
	p := b.lead(t, 1366, 768)
	for _, lang := range []string{"vi", "en"} {
		p.size(1366, 768, 1)
		p.goTo("/drills/" + d.ID + "/plan?lang=" + lang)
		p.look("plan-" + lang)
		before := ask[int](p, `document.querySelectorAll("fieldset.row").length`)
		if asks := ask[bool](p, leaveAsks); asks {
			t.Error("leaving is asked about though nothing was changed")
		}
		p.tap(`aside button[value^="word."]`)
		p.wait(`location.hash.startsWith("#row-") && document.activeElement === document.querySelector(location.hash)`, "the row to write in")
		row := "#" + ask[string](p, `document.activeElement.closest("fieldset").id`)
		if n := ask[int](p, `document.querySelectorAll("fieldset.row").length`); n != before+1 || p.value(row+` textarea`) == "" {
			t.Errorf("%d rows after %d, the first field of %s has %q", n, before, row, p.value(row+` textarea`))
		}
		p.wait(leaveAsks, "the page asking before it is left")
		p.look("plan-row-" + lang)
		p.fill(row+` textarea[name$=".measure"]`, "Lập danh sách theo ca")
		ask[bool](p, `(document.querySelector(location.hash).form.elements[document.querySelector(location.hash).name.replace("measure", "start")].value = "2026-12-20", document.querySelector(location.hash).form.elements[document.querySelector(location.hash).name.replace("measure", "due")].value = "2026-12-01", true)`)
		p.tap(`.bar button`)
		p.wait(`document.activeElement.matches("[aria-invalid]")`, "the field that is wrong")
		p.look("plan-fault-" + lang)
		ask[bool](p, `(document.querySelector("[aria-invalid]").value = "2026-12-31", true)`)
		p.tap(`.bar button`)
		p.see(".note.ok")
		p.look("plan-saved-" + lang)
		p.size(360, 800, 1)
		p.shot("plan-narrow-" + lang)
		if over := ask[int](p, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
			t.Errorf("it is %d pixels wider than a phone: %s", over, ask[string](p, `[...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > innerWidth).map((e) => e.outerHTML.slice(0, 60)).join(" · ")`))
		}
	}
	t.Run("without scripts", func(t *testing.T) {
		plain := b.lead(t, 1366, 768)
		plain.withoutScript()
		plain.goTo("/drills/" + d.ID + "/plan?lang=en")
		plain.tap(`aside button[value^="word."]`)
		plain.read("Not saved")
		plain.tap(`.bar button`)
		plain.see(".note.ok")
	})
}

// leaveAsks is whether the page asks before somebody leaves it.
const leaveAsks = `!dispatchEvent(new Event("beforeunload", {cancelable: true}))`
