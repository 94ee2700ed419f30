package server_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"saban/server"
	"saban/store"
)

const smallPaper = "paper: 1\nscenario: bomb-threat\nday: \"2026-03-14\"\nstart: \"08:30\"\nseed: 7\nsteps:\n"

// uploaded begins a draft with a file.
func (st *stage) uploaded(text string) *typist {
	st.t.Helper()
	p := &typist{client: st.lead}
	res, page := p.post("/typed/upload", "text", text)
	if res.StatusCode != http.StatusOK || !strings.HasPrefix(res.Request.URL.Path, "/typed/p") {
		st.t.Fatalf("%s\n%s", res.Status, page)
	}
	p.id = strings.TrimPrefix(res.Request.URL.Path, "/typed/")
	return p
}

// finish makes the drill and says where one is led.
func (p *typist) finish() (drill string, page string) {
	p.t.Helper()
	res, page := p.post("/typed/" + p.id + "/finish")
	path := res.Request.URL.EscapedPath()
	if res.StatusCode != http.StatusOK || !strings.HasSuffix(path, "/result") {
		p.t.Fatalf("%s %s\n%s", res.Status, path, page)
	}
	return strings.TrimSuffix(strings.TrimPrefix(path, "/drills/"), "/result"), page
}

// What was typed is there after the server was killed; it becomes a drill once,
// whoever asks how often, and is read-only from then on.
func TestADraftBecomesADrillOnce(t *testing.T) {
	st := newStage(t)
	p := st.typedIn("title", "Sáng thứ bảy")
	p.sheet("I01", "done.R02.at", "832", "done.R03.undone", "yes")
	st.stop()
	st.restart()
	if form := fields(p.page("?sheet=I01")); form.Get("done.R02.at") != "8:32" || form.Get("done.R03.undone") != "yes" {
		t.Fatalf("after a restart: %v", form)
	}
	if _, page := p.do("GET", "/drills", "", ""); !strings.Contains(page, "Sáng thứ bảy") || !strings.Contains(page, "/typed/"+p.id) {
		t.Error("the list of drills does not lead to the draft")
	}
	var all sync.Map
	var at sync.WaitGroup
	for i := range 4 {
		at.Go(func() {
			res, _ := p.post("/typed/" + p.id + "/finish")
			all.Store(res.Request.URL.Path, i)
		})
	}
	at.Wait()
	drill, page := p.finish()
	if !strings.Contains(page, "Typed in from paper afterwards") || !strings.Contains(page, "Sáng thứ bảy") {
		t.Error("the result does not say that it was typed in from paper")
	}
	n := 0
	all.Range(func(any, any) bool { n++; return true })
	if list := call[[]server.Listed](st.lead, "GET", "/api/v1/drills", nil); n != 1 || len(list) != 1 {
		t.Errorf("%d results, %+v", n, list)
	}
	before := p.file()
	for _, to := range []string{"/sheet", "/row", "/head"} {
		form := fields(p.page(map[string]string{"/sheet": "?sheet=I01", "/row": "?add=note", "/head": "/head"}[to]))
		if res, page := p.fill(form, to, "done.R02.at", "8:45", "row.note", "thêm", "day", "2026-03-15"); res.StatusCode != http.StatusConflict || !strings.Contains(page, "was made into a drill") {
			t.Errorf("%s of a drill: %s", to, res.Status)
		}
	}
	if p.file() != before {
		t.Error("the draft has changed")
	}
	if _, page := p.do("GET", "/drills", "", ""); !strings.Contains(page, ">from paper</a>") || strings.Contains(page, "drafts-h") {
		t.Error("the list of drills does not say which came from paper")
	}
	p.post("/typed/" + p.id + "/drop")
	if res, _ := p.do("GET", "/drills/"+drill+"/result", "", ""); res.StatusCode != http.StatusOK {
		t.Errorf("without its draft the drill is %s", res.Status)
	}
}

// full takes no drill file.
type full struct{ store.Store }

func (full) Import(context.Context, io.Reader) (store.Entry, error) {
	return store.Entry{}, errors.New("the power went")
}

func TestAServerThatStopsHalfwayMakesOneDrill(t *testing.T) {
	st := newStage(t)
	p := st.uploaded(smallPaper + "  - {at: 1m, done: R02}\n")
	st.stop()
	whole := st.config.Store
	st.config.Store = full{whole}
	st.restart()
	if res, _ := p.post("/typed/" + p.id + "/finish"); res.StatusCode != http.StatusInternalServerError {
		t.Fatal(res.Status)
	}
	if res, _ := p.add("note", "note", "thêm"); res.StatusCode != http.StatusConflict {
		t.Errorf("a draft that is becoming a drill was changed: %s", res.Status)
	}
	st.stop()
	st.config.Store = whole
	st.restart()
	drill, _ := p.finish()
	if again, _ := p.finish(); again != drill {
		t.Errorf("%s, then %s", drill, again)
	}
}

// What the engine does not take is told by row, and makes no drill.
func TestWhatCannotHaveHappenedMakesNoDrill(t *testing.T) {
	st := newStage(t)
	p := st.uploaded(smallPaper + "  - {at: 2m, done: R02}\n  - {at: 20s, respond: {inject: I09, role: director, choices: [1]}}\n")
	_, page := p.do("GET", "/typed/"+p.id+"/check", "", "")
	for _, want := range []string{`?row=2">entry 2</a>`, "inject I09 has not arrived", "Still missing", "disabled>Make it a drill"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q\n%s", want, page)
		}
	}
	if res, page := p.post("/typed/" + p.id + "/finish"); res.StatusCode != http.StatusConflict || !strings.Contains(page, "inject I09 has not arrived") {
		t.Errorf("%s", res.Status)
	}
	p.fill(fields(p.page("?row=2")), "/row", "drop", "yes")
	if _, page := p.do("GET", "/typed/"+p.id+"/check", "", ""); strings.Contains(page, "has not arrived") || strings.Contains(page, "disabled>") {
		t.Errorf("%s", page)
	}
	p.finish()
}

// What is wrong in a file is shown beside it, to be mended there.
func TestAFaultyDraftIsShownWithItsFaults(t *testing.T) {
	st := newStage(t)
	bad := smallPaper + "  - {at: 2m, done: R99}\n  - {at: 8.30, done: R02} # </textarea><script>alert(1)</script>\n"
	res, page := st.lead.post("/typed/upload", "text", bad)
	if res.StatusCode != http.StatusUnprocessableEntity {
		t.Fatal(res.Status)
	}
	for _, want := range []string{`<b class="num">7:20</b>`, `<b class="num">8:10</b>`, "[SB", "&lt;/textarea&gt;&lt;script&gt;"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q\n%s", want, page)
		}
	}
	text := fields(page).Get("text")
	if text != bad {
		t.Errorf("the text is %q", text)
	}
	st.uploaded(strings.NewReplacer("R99", "R03", "8.30", "3m").Replace(text))
	for _, text := range []string{"paper: 1\nscenario: nothing\n", "x", "[", "paper: 1\nscenario: &a x\nday: *a\n", "scenario: bomb-threat\n", strings.Repeat("[", 5000)} {
		if res, page := st.lead.post("/typed/upload", "text", text); res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(page, `<b class="num">`) {
			t.Errorf("%q: %s", text, res.Status)
		}
	}
}

// A name in a draft is found when somebody is to be forgotten; a draft that is
// thrown away is gone.
func TestADraftIsThrownAway(t *testing.T) {
	st := newStage(t)
	p := st.typedIn()
	p.add("note", "note", "QUÀNG THỊ HÒA <i>vắng</i>")
	found, err := server.Forget(t.Context(), st.config.Store, "Quàng Thị Hòa", "", st.config.Time.Wall())
	if err == nil || len(found.Drafts) != 1 || found.Drafts[0].Draft != p.id || found.Drafts[0].Text != "QUÀNG THỊ HÒA <i>vắng</i>" {
		t.Errorf("%+v, %v", found, err)
	}
	if page := p.page(""); strings.Contains(page, "<i>vắng") || !strings.Contains(page, "&lt;i&gt;vắng") {
		t.Error("a note is taken for markup")
	}
	if _, page := p.do("GET", "/typed/"+p.id+"/drop", "", ""); !strings.Contains(page, "1 entries") && !strings.Contains(page, "entries: 1") {
		t.Errorf("%s", page)
	}
	if res, _ := p.post("/typed/" + p.id + "/drop"); res.Request.URL.Path != "/drills" {
		t.Error(res.Request.URL)
	}
	for _, kind := range []string{"typed", "typed sources"} {
		if left, err := st.config.Store.Records(t.Context(), kind); err != nil || len(left) > 0 {
			t.Errorf("%s: %v, %v", kind, left, err)
		}
	}
	if res, _ := p.do("GET", "/typed/"+p.id, "", ""); res.StatusCode != http.StatusNotFound {
		t.Error(res.Status)
	}
}

// Who played which role, and the head of the papers, may change afterwards.
func TestTheTopOfThePapersChanges(t *testing.T) {
	st := newStage(t)
	res, page := st.lead.post("/typed", "scenario", "bomb-threat", "day", "2026-02-30", "start", "hôm qua", "end", "", "seed", "0", "persons.guard", "Lò Văn Thảo")
	if res.StatusCode != http.StatusUnprocessableEntity {
		t.Fatal(res.Status)
	}
	for _, want := range []string{`id="h-day-w"`, `id="h-start-w"`, `id="h-seed-w"`, "person id", `value="hôm qua"`, `value="Lò Văn Thảo"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %s", want)
		}
	}
	p := st.typedIn("persons.guard", "g1, g2", "persons.guard_chief", "g3", "cover.medic", "guard_chief", "factor.director", "1.5")
	p.add("done", "at", "8:50", "done", "R02")
	if got := p.file(); !strings.Contains(got, "holders: {guard_chief: [g3], guard: [g1, g2]}\ncovers: {medic: guard_chief}\nfactors: {director: 1.5}\n") {
		t.Errorf("%s", got)
	}
	form := fields(p.page("/head"))
	if form.Get("persons.guard") != "g1 g2" || form.Get("cover.medic") != "guard_chief" || form.Get("factor.director") != "1.5" || form.Get("start") != "08:30" {
		t.Errorf("%v", form)
	}
	if res, page := p.fill(form, "/head", "end", "10m"); res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(page, "entry 1: outside the drill") {
		t.Errorf("%s\n%s", res.Status, page)
	}
	if res, _ := p.fill(form, "/head", "end", "09:15", "persons.guard", "", "persons.guard_chief", "", "cover.medic", "", "title", "Chiều"); res.StatusCode != http.StatusOK || strings.Contains(p.file(), "holders") || !strings.Contains(p.file(), `end: "09:15"`) {
		t.Errorf("%s\n%s", res.Status, p.file())
	}
	d := st.drill()
	if form := fields(func() string { _, page := st.lead.do("GET", "/typed/new?drill="+d.ID, "", ""); return page }()); form.Get("seed") == "1" || len(form.Get("seed")) > 9 || form.Get("scenario") != "bomb-threat" {
		t.Errorf("of the papers of a drill: %v", form)
	}
	if res, _ := st.lead.post("/typed", "scenario", "../../etc/passwd"); res.StatusCode != http.StatusConflict {
		t.Error(res.Status)
	}
}

// Whatever is sent, it is kept as text or told to be wrong.
func TestHostileTextsInADraft(t *testing.T) {
	st := newStage(t)
	p := st.typedIn()
	hostile := []string{"\"}, {at: 1m, note: x", "]", "a: b\n- c", "<script>alert(1)</script>", "%00\x00", "\u202Ecba", "{{.}}", "&anchor", "*alias", "!!binary x", "' OR 1=1", strings.Repeat("ờ", 600), "\\", "#", "on", "~", "1e9", "-5m", "9999999999999999999"}
	if testing.Short() {
		hostile = hostile[:5]
	}
	for _, verb := range []string{"done", "prohibited", "respond", "release", "skip", "relay", "inject", "pause", "force", "flag", "hold", "unhold", "mark", "rate", "note"} {
		names := []string{}
		for name := range fields(p.page("?add=" + verb)) {
			if key, ok := strings.CutPrefix(name, "row."); ok && key != "was" {
				names = append(names, key)
			}
		}
		for _, text := range hostile {
			var pairs []string
			for _, name := range names {
				pairs = append(pairs, name, text)
			}
			res, page := p.add(verb, pairs...)
			res2, _ := p.add(verb, append(pairs, "at", "9:00")...)
			for _, status := range []int{res.StatusCode, res2.StatusCode} {
				if status != http.StatusOK && status != http.StatusUnprocessableEntity {
					t.Errorf("%s %q: %d", verb, text, status)
				}
			}
			if strings.Contains(page, "<script>alert") {
				t.Errorf("%s: markup comes back", verb)
			}
		}
	}
	for _, text := range hostile {
		if res, _ := p.sheet("I01", "done.R02.at", text, "done.R02.by", text, "out.reason", text, "slip.switchboard.at", "8:40", "slip.switchboard.respond/choices", text, "slip.switchboard.respond/text", text); res.StatusCode != http.StatusOK && res.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%q on a sheet: %s", text, res.Status)
		}
		if res, _ := p.post("/typed/upload", "text", text); res.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%q as a file: %s", text, res.Status)
		}
		if res, _ := p.post("/typed", "scenario", "bomb-threat", "day", text, "start", text, "end", text, "seed", text, "persons.guard", text, "cover.medic", text, "factor.guard", text, "title", text); res.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%q as a head: %s", text, res.Status)
		}
	}
	st.uploaded(p.file()) // whatever was kept is a sound draft
	for path, want := range map[string]int{"/typed/nothing": 404, "/typed/..%2f..%2fdrills": 404, "/typed/" + p.id + "?row=99999999999999999999": 200, "/typed/" + p.id + "?sheet=%3Cb%3E&at=x": 200} {
		if res, _ := p.do("GET", path, "", ""); res.StatusCode != want {
			t.Errorf("%s: %s", path, res.Status)
		}
	}
	if res, _ := p.post("/typed/upload", "text", strings.Repeat("# x\n", 80_000)); res.StatusCode < http.StatusBadRequest || res.StatusCode >= http.StatusInternalServerError {
		t.Errorf("a large file: %s", res.Status)
	}
}
