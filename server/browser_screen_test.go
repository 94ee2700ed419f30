package server_test

import (
	"testing"
	"time"

	"saban/server"
)

// TestTheScreenOfTheRoom follows a projector, signed in as one, through a
// drill.
func TestTheScreenOfTheRoom(t *testing.T) {
	st := newStage(t)
	b := newBrowser(t, st)
	for _, lang := range []string{"vi", "en"} {
		t.Run(lang, func(t *testing.T) {
			st := st.in(t)
			d := st.drill()
			p := b.desk(t, 1920, 1080)
			p.takeSession(st.of(server.Projector, d))
			p.goTo("/drills/" + d.ID + "/screen?lang=" + lang)
			look := func(name string) { t.Helper(); p.look("screen-" + name + "-" + lang) }
			p.see(".lobby .qr")
			guard := st.phone(d, "guard")
			st.phone(d, "director")
			p.see(".rl .in + li")
			p.wait(`document.querySelectorAll(".rl .in").length === 2`, "two roles being in")
			look("lobby")
			st.act(d.ID, "start", "start-key-"+lang, nil)
			p.see(".run .c")
			st.pass(d.ID, 12*time.Minute+30*time.Second)
			card := call[server.Phone](guard, "GET", "/api/v1/phone", nil).Cards[0]
			call[any](guard, "POST", "/api/v1/phone/seen", map[string]any{"inject": card.Inject, "role": "guard"})
			p.wait(`/1/.test([...document.querySelectorAll(".rk")].map(e => e.textContent).join())`, "somebody working")
			call[any](guard, "POST", "/api/v1/phone/answers", map[string]any{"key": "answer-" + lang, "inject": card.Inject, "role": "guard", "text": "đã thấy, đang giữ khoảng cách"})
			st.act(d.ID, "adhoc", "word-key-"+lang, map[string]any{"inject": map[string]any{"id": "XALL", "at_ms": 0, "channel": "superior_order", "title": map[string]any{}, "note": map[string]any{},
				"text": map[string]any{"vi": "Toàn bộ liên lạc trong vành đai 100 m chuyển sang điện thoại bàn. Không dùng bộ đàm, điện thoại di động.", "en": "Inside the 100 m cordon use desk telephones only. No radios, no mobile phones."}}})
			p.see(".msg")
			p.wait(`/^1[2-9]:/.test(document.querySelector(".c").textContent)`, "the clock")
			look("run")
			st.act(d.ID, "pause", "pause-key-"+lang, nil)
			p.see(".still")
			look("paused")
			st.act(d.ID, "resume", "resume-key-"+lang, nil)
			p.see(".go321")
			p.shot("screen-321-" + lang)
			p.gone(".go321")
			st.act(d.ID, "stop_real", "stop-key-"+lang, map[string]any{"reason": "x"})
			p.see("main.real h1")
			p.gone(".drill")
			look("real")
			st.act(d.ID, "resume_real", "over-key-"+lang, map[string]any{"reason": "xong", "passphrase": "ba bốn từ"})
			p.see(".still")
			st.act(d.ID, "end", "end-key-"+lang, nil)
			p.see(".run .over")
			look("over")
			p.size(1366, 768, 1)
			p.shot("screen-1366-" + lang)
		})
	}
}
