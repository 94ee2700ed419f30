package server_test

import (
	"strings"
	"testing"
)

// TestTheBoardFollowsEveryDrill makes drills for two teams on the page, starts
// them together and watches one go its way.
func TestTheBoardFollowsEveryDrill(t *testing.T) {
	st := newStage(t)
	b := newBrowser(t, st)
	p := b.lead(t, 1366, 768)
	for _, lang := range []string{"vi", "en"} {
		t.Run(lang, func(t *testing.T) {
			words := map[string][2]string{"vi": {"đang chạy", "tạm dừng"}, "en": {"running", "paused"}}[lang]
			p.goTo("/board?lang=" + lang)
			p.tap(".teams summary")
			p.fill("textarea[name=teams]", "Đội A "+lang+"\nĐội B "+lang)
			p.look("board-teams-" + lang)
			p.tap(".teams .btn")
			p.see(`[data-region=drills] input[name=drill]`)
			p.wait(`document.querySelectorAll("[data-region=drills] input[name=drill]").length === 2`, "a row for each team")
			ask[bool](p, `(document.querySelectorAll("input[name=drill]").forEach((c) => c.click()), true)`)
			p.tap("[data-region=drills] .go .btn")
			p.wait(`document.querySelectorAll(".tb [data-speed='1']").length >= 2`, "both running")
			p.read(words[0])
			first := ask[string](p, `document.querySelector("[data-speed='1']").textContent`)
			p.wait(`document.querySelector("[data-speed='1']").textContent !== `+jsonOf(t, first), "the clock going on")
			for title, one := range st.lead.board() {
				if strings.HasPrefix(title, "Đội A "+lang) {
					st.act(one.ID, "pause", "pause-key-"+lang, nil)
				}
			}
			p.read(words[1])
			p.wait(`document.querySelectorAll("[data-speed='0']").length >= 1`, "the paused clock standing")
			p.look("board-" + lang)
		})
	}
}
