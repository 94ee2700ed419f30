package server_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"saban/engine"
	"saban/server"
)

func TestAdHocInject(t *testing.T) {
	st := newStage(t)
	b := newBrowser(t, st)
	d, phones := st.running()
	p := b.leads(t, d.ID, "en")
	p.key("KeyN", "n")
	p.see("#adhoc[open]")
	for p := range 2 {
		st.act(d.ID, "release", fmt.Sprintf("busy-key-%d", p), map[string]any{"id": []string{"I02", "I03"}[p]})
	}
	p.wait(`document.querySelector("[data-overload]").textContent.includes("has")`, "the hint that somebody is busy")
	p.fill("#tx", "A second caller")
	ask[bool](p, `document.querySelector("[name=to][value=switchboard]").click(), true`)
	p.wait(`document.querySelector("[data-pv=text]").textContent === "A second caller"`, "the preview")
	p.tap("#adhoc footer button")
	p.gone("#adhoc[open]")
	out := func() int {
		n := 0
		for _, e := range st.log(d.ID) {
			if e.Type == engine.Released && e.ID[0] == 'X' {
				n++
			}
		}
		return n
	}
	if out() != 1 {
		t.Fatalf("%d ad hoc injects are out", out())
	}
	shown := func(text string) bool {
		for _, c := range call[struct{ Cards []struct{ Text string } }](phones["switchboard"], "GET", "/api/v1/phone", nil).Cards {
			if c.Text == text {
				return true
			}
		}
		return false
	}
	p.see("#toast button")
	p.tap("#toast button")
	p.wait(`document.querySelector("#feed").textContent.includes("recalled before anybody read it")`, "the recall in the feed")
	if shown("A second caller") {
		t.Error("what was taken back is on a phone")
	}
	p.gone("#toast button")
	t.Run("what a phone has shown cannot be taken back", func(t *testing.T) {
		p.key("KeyN", "n")
		p.fill("#tx", "A third caller")
		p.tap("#adhoc footer button")
		p.gone("#adhoc[open]")
		p.see("#toast button")
		if !shown("A third caller") {
			t.Fatal("it is not on the phone")
		}
		call[map[string]any](phones["switchboard"], "GET", "/api/v1/phone", nil)
		p.gone("#toast button")
	})
}

func TestATapIsCounted(t *testing.T) {
	st := newStage(t)
	b := newBrowser(t, st)
	d, phones := st.running()
	st.act(d.ID, "release", "send-key-1", map[string]any{"id": "I02"})
	for _, card := range call[server.Phone](phones["switchboard"], "GET", "/api/v1/phone", nil).Cards {
		call[any](phones["switchboard"], "POST", "/api/v1/phone/seen", map[string]any{"inject": card.Inject, "role": "switchboard"})
	}
	inject, chosen := "", []string{}
	for _, card := range call[server.Phone](phones["switchboard"], "GET", "/api/v1/phone", nil).Cards {
		right := slices.IndexFunc(card.Choices, func(c server.Choice) bool { return strings.HasPrefix(c.Text, "Leave the line open") })
		if right < 0 {
			continue
		}
		inject, chosen = card.Inject, []string{card.Choices[right].ID}
		for i := 0; len(chosen) < card.Pick; i++ {
			if i != right {
				chosen = append(chosen, card.Choices[i].ID)
			}
		}
	}
	stream := phones["switchboard"].opened(t) // a phone that was never away is not believed at once
	st.waits("the phone's stream", func() bool { return stream.String() != "" })
	st.pass(d.ID, 2*time.Minute)
	call[map[string]any](phones["switchboard"], "POST", "/api/v1/phone/answers", map[string]any{"key": "late-sent-1", "inject": inject, "role": "switchboard", "choices": chosen, "age_ms": 90_000})
	p := b.leads(t, d.ID, "en")
	p.see(".judge.tap")
	p.tap(".judge.tap [data-do=override]")
	p.gone(".judge.tap")
}

func TestPreflightKeepsWhatIsChosen(t *testing.T) {
	st := newStage(t)
	b := newBrowser(t, st)
	d := st.drill()
	p := b.lead(t, 1366, 768)
	p.goTo("/drills/" + d.ID + "/check?lang=en")
	p.see("select[name='factor.guard']")
	ask[bool](p, `document.querySelector("select[name='factor.guard']").selectedIndex = 2, document.querySelector("select[name='cover.medic']").value = "guard", true`)
	want := ask[string](p, `document.querySelector("select[name='factor.guard']").value`)
	call[map[string]any](st.browser(), "POST", "/api/v1/join", map[string]any{"code": d.Code, "name": "Người mới", "roles": []string{"director"}})
	p.read("Người mới")
	if got := ask[string](p, `document.querySelector("select[name='factor.guard']").value`); got != want {
		t.Errorf("the factor chosen was %s and is %s", want, got)
	}
	if got := ask[string](p, `document.querySelector("select[name='cover.medic']").value`); got != "guard" {
		t.Errorf("the cover chosen is %q", got)
	}
}
