package server_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"saban/scenarios"
	"saban/server"
)

// TestTheHotWashShowsNothingBeforeItIsRevealed reads every byte a projector
// receives, pages and stream, from EndEx to the result.
func TestTheHotWashShowsNothingBeforeItIsRevealed(t *testing.T) {
	st := spoilerStage(t)
	d := call[created](st.lead, "POST", "/api/v1/drills", map[string]any{"scenario": "spoilers"})
	guard := st.browser()
	call[any](guard, "POST", "/api/v1/join", map[string]any{"code": d.Code, "name": "Quàng Văn Tơi", "roles": []string{"guard"}})
	st.act(d.ID, "start", "start-key-1", nil)
	st.receives(guard, "guard")
	st.act(d.ID, "force", "force-key-1", map[string]any{"to": "secret_panic", "reason": "secret-force"})
	st.pass(d.ID, 19*time.Minute)
	st.act(d.ID, "end", "end-key-1", nil)
	call[any](guard, "POST", "/api/v1/phone/hotwash", word("word-key-1", "went_badly", "ồn quá"))
	call[any](guard, "POST", "/api/v1/phone/hotwash", word("word-key-2", "went_badly", "secret-name said"))

	screen, all := st.of(server.Projector, d), &tap{}
	screen.http.Transport = all
	at := "/drills/" + d.ID + "/screen"
	for _, lang := range []string{"vi", "en"} {
		screen.listenAt(t, at+"/live?lang="+lang, all)
	}
	var may []string
	look := func(note, awaited string, more ...string) {
		t.Helper()
		may = append(may, more...)
		if awaited != "" {
			st.waits(note, func() bool { return strings.Contains(all.text(), awaited) })
		}
		for _, path := range []string{at, at + "?lang=en", "/drills/" + d.ID + "/review", "/drills/" + d.ID + "/review/live", "/api/v1/drills/" + d.ID + "/hotwash", "/api/v1/phone/hotwash", "/p"} {
			_, body := screen.do("GET", path, "", "")
			all.keep(body)
		}
		for _, one := range token.FindAllString(all.text(), -1) {
			if !slices.Contains(may, one) {
				t.Errorf("%s: the screen received %q", note, one)
			}
		}
		if strings.Contains(all.text(), "Quàng") {
			t.Errorf("%s: the screen received a person's name", note)
		}
	}
	look("over", "", "later-title-3", "later-text-3")
	st.leads(d, map[string]any{"hide": []int64{st.saidIn(d)[1].Seq}})
	look("nothing begun", "")
	st.leads(d, map[string]any{"show": "step", "step": "inj_first"})
	look("the first inject", "guard-text-1", "guard-title-1", "guard-text-1")
	st.leads(d, map[string]any{"reveal": true})
	look("its expected responses", "head-do-2", "guard-do-1", "head-do-2")
	st.leads(d, map[string]any{"show": "step", "step": "inj_second"})
	look("the second inject", "head-text-2", "head-title-2", "head-text-2")
	st.leads(d, map[string]any{"show": "step", "step": "inj_third"})
	st.leads(d, map[string]any{"show": "words"})
	look("the words", "ồn quá")
	call[any](guard, "POST", "/api/v1/phone/hotwash", word("word-key-3", "went_badly", "secret-late said"))
	call[any](guard, "POST", "/api/v1/phone/hotwash", word("word-key-4", "went_badly", "thiếu đèn"))
	said := st.saidIn(d)
	look("words said while it shows words", "")
	st.leads(d, map[string]any{"hide": []int64{said[2].Seq}})
	look("one of them hidden", "")
	if strings.Contains(all.text(), "thiếu đèn") {
		t.Error("the screen received a word that was not let on")
	}
	st.leads(d, map[string]any{"until": said[3].Seq})
	look("the other let on", "thiếu đèn")
	st.leads(d, map[string]any{"show": "result"})
	look("the result to come", "w-result")
	if strings.Contains(all.text(), "/100") || strings.Contains(all.text(), "wtot") {
		t.Error("the screen received the total before it was announced")
	}
	st.leads(d, map[string]any{"result": true})
	st.waits("the result", func() bool { return strings.Contains(all.text(), "wtot") })
	st.leads(d, map[string]any{"show": "over"})
	again := &tap{}
	fresh := st.of(server.Projector, d)
	_, body := fresh.do("GET", at, "", "")
	again.keep(body)
	if found := leaks(again.text(), "nobody", "later"); found != nil || strings.Contains(again.text(), "wtot") {
		t.Errorf("taken off, a new screen receives %q", found)
	}
}

// TestTheHotWashTakesHostileWords looks at what becomes of them on every page.
func TestTheHotWashTakesHostileWords(t *testing.T) {
	st := newStage(t)
	d, phone, _ := st.ended()
	const bad = `</p></template><script>alert(1)</script><img src=x onerror=alert(1)>" onfocus="alert(1)`
	call[any](phone, "POST", "/api/v1/phone/hotwash", word("word-key-1", "went_well", bad))
	call[any](phone, "POST", "/api/v1/phone/hotwash", word("word-key-2", "to_change", "\u202eđảo\u0000\u0007 {{.Data}} ${x}"))
	st.leads(d, map[string]any{"show": "words"})
	seen := &tap{}
	screen := st.of(server.Projector, d)
	screen.listenAt(t, "/drills/"+d.ID+"/screen/live", seen)
	st.lead.listenAt(t, "/drills/"+d.ID+"/review/live", seen)
	st.waits("both streams", func() bool { return strings.Count(seen.text(), "onerror") >= 2 })
	for c, path := range map[*client]string{screen: "/drills/" + d.ID + "/screen", st.lead: "/drills/" + d.ID + "/review", phone: "/p"} {
		_, page := c.do("GET", path, "", "")
		seen.keep(page)
	}
	for _, raw := range []string{"<script>alert", "<img src=x", `" onfocus="alert`, "</template><script", "\x00", "\x07", "\u202e"} {
		if strings.Contains(seen.text(), raw) {
			t.Errorf("%q got through", raw)
		}
	}
	if !strings.Contains(seen.text(), "{{.Data}}") {
		t.Error("harmless signs are gone")
	}
}

// bigScenario has many injects and roles; the first inject asks all of them.
func bigScenario(injects, roles int) scenarios.Source {
	var b strings.Builder
	both := func(text string) string { return fmt.Sprintf("{vi: %q, en: %q}", text, text) }
	b.WriteString("saban: 1\nid: big\nlang: vi\ntitle: " + both("Buổi lớn") + "\nduration: 20m\nobjectives:\n  O1: {capability: CH, text: " + both("Chỉ huy") + "}\nroles:\n")
	for i := range roles {
		fmt.Fprintf(&b, "  r%d: {title: %s}\n", i, both(fmt.Sprintf("Tổ số %d, bảo vệ cổng và bãi xe phía sau nhà máy", i)))
	}
	b.WriteString("injects:\n")
	for i := range injects {
		fmt.Fprintf(&b, "  - id: I%d\n    at: %ds\n    to: all\n    title: %s\n    text: %s\n", i, i, both(fmt.Sprint("Tình huống số ", i)), both(strings.Repeat("Có tin báo từ cổng phụ. ", 1+i%2*80)))
		if i > 0 {
			continue
		}
		b.WriteString("    expects:\n")
		for k := range roles {
			fmt.Fprintf(&b, "      - {id: R%d, by: r%d, target: 1m, limit: 3m, objective: O1, do: %s}\n", k, k, both(fmt.Sprint("Khóa cổng, đếm người trong khu vực được giao và báo về sở chỉ huy theo đúng mẫu đã thống nhất, lần ", k)))
		}
	}
	return scenarios.Source{Name: "big.yaml", Bytes: []byte(b.String())}
}

func bigStage(t *testing.T) (*stage, created) {
	t.Helper()
	st := newStageOf(t, bigScenario(300, 40))
	d := call[created](st.lead, "POST", "/api/v1/drills", map[string]any{"scenario": "big"})
	st.act(d.ID, "start", "start-key-1", nil)
	st.pass(d.ID, 6*time.Minute)
	st.act(d.ID, "end", "end-key-1", nil)
	return st, d
}

func TestALongHotWashComesInPages(t *testing.T) {
	st, d := bigStage(t)
	r := st.washed(d)
	if len(r.Steps) != 300 || len(r.Now.Outcomes) != 40 {
		t.Fatalf("%d steps, %d expected at the first", len(r.Steps), len(r.Now.Outcomes))
	}
	st.leads(d, map[string]any{"show": "step", "step": "I0", "reveal": true})
	screen := st.of(server.Projector, d)
	seen := map[string]bool{}
	pages := st.washed(d).Pages
	for page := range pages {
		st.leads(d, map[string]any{"page": page})
		_, text := screen.do("GET", "/drills/"+d.ID+"/screen", "", "")
		for i := range 40 {
			if strings.Contains(text, fmt.Sprintf("lần %d<", i)) {
				seen[fmt.Sprint(i)] = true
			}
		}
	}
	if pages < 2 || len(seen) != 40 {
		t.Errorf("%d pages hold %d of 40", pages, len(seen))
	}
	st.leads(d, map[string]any{"page": 9999})
	if r := st.washed(d); r.PageSeen != r.Pages-1 {
		t.Errorf("past the last page it shows %d of %d", r.PageSeen, r.Pages)
	}
	if _, page := st.lead.do("GET", "/drills/"+d.ID+"/review", "", ""); strings.Count(page, `value="step I`) < 300 {
		t.Error("not every inject can be turned to")
	}
}

// TestAHotWashWithoutInjects: a drill that was ended before anything came.
func TestAHotWashWithoutInjects(t *testing.T) {
	st := newStageOf(t, scenarios.Source{Name: "quiet.yaml", Bytes: []byte("saban: 1\nid: quiet\nlang: vi\ntitle: \"Lặng\"\nduration: 20m\nroles:\n  guard: {title: \"Bảo vệ\"}\ninjects:\n  - {id: I1, at: 10m, to: all, title: \"Sau này\", text: \"Sau này\"}\n")})
	d := call[created](st.lead, "POST", "/api/v1/drills", map[string]any{"scenario": "quiet"})
	st.act(d.ID, "start", "start-key-1", nil)
	st.act(d.ID, "end", "end-key-1", nil)
	if r := st.washed(d); len(r.Steps) != 0 || r.Now != nil || r.Next() != "words" {
		t.Errorf("%+v", r)
	}
	if _, page := st.lead.do("GET", "/drills/"+d.ID+"/review?lang=en", "", ""); !strings.Contains(page, "No inject was released") {
		t.Errorf("%s", page)
	}
	if status := st.lead.put("/api/v1/drills/"+d.ID+"/hotwash", map[string]any{"show": "step"}); status != 409 {
		t.Errorf("a step that is none: %d", status)
	}
	st.leads(d, map[string]any{"show": "words"})
	st.leads(d, map[string]any{"show": "result", "result": true})
	if _, page := st.of(server.Projector, d).do("GET", "/drills/"+d.ID+"/screen?lang=en", "", ""); !strings.Contains(page, "There is nothing to score") {
		t.Errorf("%s", page)
	}
}
