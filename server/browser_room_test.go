package server_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"saban/engine"
	"saban/server"
)

// TestTheWholeRoomDrillsInBrowsers has a facilitator, two evaluators, the
// room's screen and four phones go from StartEx to the end of the hot wash,
// with a disagreement that is settled and a real incident in between.
func TestTheWholeRoomDrillsInBrowsers(t *testing.T) {
	st := newStage(t)
	b := newBrowser(t, st)
	for _, lang := range []string{"vi", "en"} {
		t.Run(lang, func(t *testing.T) {
			r := &wholeRoom{stage: st.in(t), lang: lang}
			r.comesTogether(b)
			r.plays()
			r.differs()
			r.stopsForARealIncident()
			r.endsAndTalks()
			r.isInTheLog()
		})
	}
}

type wholeRoom struct {
	*stage
	lang   string
	d      created
	desk   *tab    // the facilitator's console
	screen *tab    // of the room
	judges [2]*tab // the evaluators' tablets
	phones []*tab
	task   string // that both evaluators rate
}

func (r *wholeRoom) look(p *tab, name string) { r.t.Helper(); p.look("room-" + name + "-" + r.lang) }

// in is a text of the page's language.
func (r *wholeRoom) in(vi, en string) string {
	if r.lang == "vi" {
		return vi
	}
	return en
}

// comesTogether: evaluators and the screen come in by invitation, phones by
// code.
func (r *wholeRoom) comesTogether(b *browser) {
	r.d = r.drill()
	invited := func(access, name string, width, height int64) *tab {
		p := b.desk(r.t, width, height)
		p.goTo("/i/" + r.invite(r.d, map[string]any{"access": access, "for": name}).Code + "?lang=" + r.lang)
		if name != "" {
			p.fill("input[name=name]", name)
		}
		p.tap("main .btn.p")
		return p
	}
	r.screen = invited("projector", "", 1920, 1080)
	r.screen.see(".lobby .qr")
	for i, name := range []string{"Lường Thị Mai", "Tòng Văn Hải"} {
		r.judges[i] = invited("evaluator", name, 1280, 800)
		r.judges[i].see(".lst [aria-current]")
	}
	for i, roles := range [][]string{{"switchboard"}, {"guard", "fire_team"}, {"guard_chief", "medic"}, {"director", "spokesperson", "clerk"}} {
		r.phones = append(r.phones, b.joins(r.t, r.d, r.lang, fmt.Sprintf("Người %d", i+1), roles...))
	}
	r.screen.wait(`document.querySelectorAll(".rl .in").length === 8`, "every role being filled")
	r.look(r.screen, "screen-lobby")
	r.desk = b.lead(r.t, 1440, 900)
	r.desk.goTo("/drills/" + r.d.ID + "/check?lang=" + r.lang)
	r.desk.wait(`document.body.innerText.includes("Người 4")`, "everybody being there")
	r.look(r.desk, "check")
	r.desk.tap("button[value=start]")
	r.desk.see("[data-region=top] .acts button")
	r.desk.wait(`document.querySelector("[data-wall]").textContent.length > 4`, "the console running")
}

// plays: the switchboard answers, and what happens is seen on every screen.
func (r *wholeRoom) plays() {
	operator := r.phones[0]
	r.screen.see(".run .c")
	operator.settled()
	r.look(operator, "phone-asked")
	ask[bool](operator, `([...document.querySelectorAll("input[name=choice]")].slice(0, Number(document.querySelector("article").dataset.pick)).forEach(i => i.click()), true)`)
	operator.tap("button[form=answer]")
	operator.see(".got .done")
	r.pass(r.d.ID, 4*time.Minute)
	r.phones[1].see("article")
	r.screen.wait(`/^0[4-9]:/.test(document.querySelector(".c").textContent)`, "the clock")
	r.look(r.screen, "screen-running")
	r.look(r.desk, "console-running")
}

// differs: both evaluators rate one task, unlike; the facilitator settles it.
func (r *wholeRoom) differs() {
	r.task = r.judges[0].inView()
	for i, rating := range []string{"P", "M"} {
		p := r.judges[i]
		p.tap(`.lst [data-to="` + r.task + `"]`)
		if rating == "M" {
			p.fill(open+"textarea[name=text], "+open+"input[name=text]", r.in("chậm, phải nhắc", "slow, had to be told"))
		}
		p.picks(rating)
		p.tap(open + ".go")
		p.saved()
		r.waits("the rating", func() bool { return strings.Contains(r.ratings(), rating) })
	}
	r.judges[0].tap(`.lst [data-to="` + r.task + `"]`)
	r.judges[0].wait(`document.querySelector(".pane:not([hidden]) .by")?.innerText.includes("Tòng Văn Hải")`, "the other's rating beside one's own")
	r.look(r.judges[0], "evaluators-differ")
	lead := r.desk.again()
	lead.size(1280, 800, 1)
	lead.goTo("/drills/" + r.d.ID + "/evaluate?lang=" + r.lang + "&task=" + r.task)
	lead.see(open + ".settle")
	ask[bool](lead, fmt.Sprintf(`document.querySelector(".pane:not([hidden]) .settle select").value = "S", document.querySelector(".pane:not([hidden]) .settle input[name=text]").value = %q, true`, r.in("đã nghe hai bên", "heard both")))
	lead.tap(open + ".settle button")
	for _, p := range r.judges {
		p.tap(`.lst [data-to="` + r.task + `"]`)
		p.see(open + ".by .set")
	}
	r.look(r.judges[1], "evaluators-settled")
}

// ratings are all that evaluators said of the task, in order.
func (r *wholeRoom) ratings() (all string) {
	for _, e := range call[[]happened](r.lead, "GET", "/api/v1/drills/"+r.d.ID+"/log", nil) {
		if e.Type == engine.Rated && e.ID == r.task {
			all += e.Rating
		}
	}
	return all
}

// stopsForARealIncident: a phone asks, the facilitator stops; every screen is
// the white page until it is released, into a pause.
func (r *wholeRoom) stopsForARealIncident() {
	phone := r.phones[2]
	phone.tap("#alarm")
	phone.fill("#sos-text", r.in("Có người ngã ở sảnh A", "Somebody fell in hall A"))
	phone.hold("#real [data-hold]", 2600*time.Millisecond)
	r.desk.see("[data-sos]")
	r.look(r.desk, "console-real-asked")
	r.desk.tap("[data-sos] [data-do=stop_real]")
	everybody := append([]*tab{r.desk, r.screen, r.judges[0], r.judges[1]}, r.phones...)
	for i, p := range everybody {
		p.wait(`document.querySelector(".real h1").checkVisibility()`, "the real incident")
		p.gone(".drill")
		r.look(p, fmt.Sprintf("real-%d", i))
	}
	out := len(r.released())
	r.pass(r.d.ID, 20*time.Minute)
	if n := len(r.released()); n != out {
		r.t.Errorf("%d injects left while it was stopped", n-out)
	}
	r.desk.tap("main.real [data-open=release]")
	r.desk.fill("#rls", "ba bốn từ")
	r.desk.fill("#rlr", r.in("Đã đưa đi cấp cứu", "Taken to hospital"))
	r.desk.tap("#release footer button")
	r.desk.see(".run.paused")
	r.screen.see(".still")
	for _, p := range everybody {
		p.wait(`!document.querySelector(".real").checkVisibility()`, "coming back")
	}
	ask[bool](r.desk, `(document.activeElement?.blur(), true)`)
	r.desk.reads()
	r.desk.key("Space", " ")
	r.screen.see(".go321")
	r.screen.gone(".go321")
	r.pass(r.d.ID, 6*time.Minute)
	r.screen.wait(`document.querySelector(".c").textContent >= "10:0"`, "the drill going on")
}

func (r *wholeRoom) released() (ids []string) {
	for _, e := range call[[]happened](r.lead, "GET", "/api/v1/drills/"+r.d.ID+"/log", nil) {
		if e.Type == engine.Released {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

// endsAndTalks: EndEx, three questions on phones, the timeline step by step
// on the room's screen, the words, the result.
func (r *wholeRoom) endsAndTalks() {
	r.desk.tap("[data-open=more]")
	r.desk.tap("#more [data-open=end]")
	r.desk.tap("#end footer button.p")
	r.screen.see(".run .over")
	for i, p := range r.phones {
		p.fill("#wash-to_change", r.in(fmt.Sprintf("Thêm bộ đàm cho tổ %d", i+1), fmt.Sprintf("More radios for team %d", i+1)))
		p.tap("#wash .go")
		p.see("[data-had=to_change] li")
	}
	r.look(r.phones[3], "phone-hot-wash")
	r.judges[0].read(r.in("nhiệm vụ chưa chấm", "not rated yet"))
	r.desk.goTo("/drills/" + r.d.ID + "/review?lang=" + r.lang)
	r.desk.see(".lst .tk")
	r.desk.tap("#s-I01")
	r.screen.see(".wash .wt")
	r.screen.gone(".wo")
	r.look(r.screen, "screen-step")
	r.desk.tap("#reveal")
	r.screen.see(".wo li")
	r.look(r.screen, "screen-revealed")
	r.look(r.desk, "review")
	r.desk.tap("#s-words")
	for i := range r.phones {
		r.screen.read(r.in(fmt.Sprintf("bộ đàm cho tổ %d", i+1), fmt.Sprintf("radios for team %d", i+1)))
	}
	r.look(r.screen, "screen-words")
	r.desk.tap("#s-result")
	r.screen.see(".wres")
	r.screen.gone(".wtot")
	r.desk.tap("#reveal-result")
	r.screen.see(".wtot")
	r.look(r.screen, "screen-result")
}

// isInTheLog: what was done is there once, the words reach the report, and
// the log closes whole.
func (r *wholeRoom) isInTheLog() {
	times := map[string]int{}
	for _, e := range call[[]happened](r.lead, "GET", "/api/v1/drills/"+r.d.ID+"/log", nil) {
		times[string(e.Type)]++
		if e.Mode != "" {
			times[string(e.Type)+" "+e.Mode]++
		}
	}
	for what, want := range map[string]int{"started": 1, "stopped_real": 1, "resumed_real": 1, "resumed": 1, "ended": 1, "rated": 3, "rated settled": 1, "noted real": 1, "noted to_change": 4} {
		if times[what] != want {
			r.t.Errorf("%s: %d times, not %d", what, times[what], want)
		}
	}
	call[server.Closed](r.lead, "POST", "/api/v1/drills/"+r.d.ID+"/close", nil)
	_, page := r.lead.do("GET", "/drills/"+r.d.ID+"/report.html?lang="+r.lang, "", "")
	for _, want := range []string{r.in("Thêm bộ đàm cho tổ 3", "More radios for team 3"), r.in("đã nghe hai bên", "heard both")} {
		if !strings.Contains(page, want) {
			r.t.Errorf("the report does not say %q", want)
		}
	}
	if strings.Contains(page, "Người 3") {
		r.t.Error("the report names a participant")
	}
}
