package server_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"saban/scenarios"
	"saban/server"
)

// sources are what a draft was played under, as it is kept.
func (p *typist) sources(st *stage) string {
	p.t.Helper()
	kept, err := st.config.Store.Get(p.t.Context(), "typed sources", p.id)
	if err != nil {
		p.t.Fatal(err)
	}
	return string(kept)
}

// at is the draft that an answer led to.
func (p *typist) at(res *http.Response) *typist {
	p.t.Helper()
	id := strings.TrimPrefix(res.Request.URL.Path, "/typed/")
	if res.StatusCode != http.StatusOK || !strings.HasPrefix(id, "p") {
		p.t.Fatalf("%s %s", res.Status, res.Request.URL)
	}
	return &typist{p.client, id}
}

// A draft that became a drill is mended in another one, which loses nothing:
// neither the site nor what was said not to have been done.
func TestANewDraftIsBegunFromOneThatIsADrill(t *testing.T) {
	st := newStage(t)
	p := st.typedIn("title", "Sáng thứ bảy", "site", "hydropower-a.yaml", "times", "elapsed")
	p.sheet("I01", "done.R02.at", "2:00", "done.R03.undone", "yes")
	drill, _ := p.finish()
	if res, page := p.add("note", "note", "thêm"); res.StatusCode != http.StatusConflict || !strings.Contains(page, "A new draft from this one") {
		t.Errorf("nothing says where to mend it: %s\n%s", res.Status, page)
	}
	if page := p.page(""); !strings.Contains(page, `action="/typed/`+p.id+`/copy"`) || !strings.Contains(page, "A new draft from this one") {
		t.Errorf("the page does not offer it\n%s", page)
	}
	res, page := p.post("/typed/" + p.id + "/copy")
	again := p.at(res)
	if again.id == p.id || again.file() != p.file() || again.sources(st) != p.sources(st) || !strings.Contains(page, "Sáng thứ bảy") {
		t.Errorf("%s of %s\n%s\n%s", again.id, p.id, again.file(), page)
	}
	if form := fields(again.page("?sheet=I01")); form.Get("done.R03.undone") != "yes" {
		t.Errorf("%v", form)
	}
	if again.sheet("I01", "done.R02.at", "3:00"); again.file() == p.file() {
		t.Error("the new draft cannot be changed")
	}
	if other, _ := again.finish(); other == drill {
		t.Errorf("both made %s", drill)
	}
}

// sendFile sends a form with a file, as a browser sends it.
func (c *client) sendFile(path, text string, pairs ...string) (*http.Response, string) {
	c.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for i := 0; i+1 < len(pairs); i += 2 {
		if err := w.WriteField(pairs[i], pairs[i+1]); err != nil {
			c.t.Fatal(err)
		}
	}
	part, err := w.CreateFormFile("file", "sang-thu-bay.paper.yaml")
	if err == nil {
		_, err = part.Write([]byte(text))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		c.t.Fatal(err)
	}
	return c.do("POST", path, w.FormDataContentType(), body.String())
}

func TestAnUploadedDraftKeepsItsSiteAndTitle(t *testing.T) {
	st := newStage(t)
	p := &typist{client: st.lead}
	for _, option := range []string{`name="title"`, `value="hydropower-a.yaml"`} {
		if _, page := p.do("GET", "/typed/new", "", ""); !strings.Contains(page, option) {
			t.Errorf("the form does not ask for %s", option)
		}
	}
	res, page := p.sendFile("/typed/upload", smallPaper+"  - {at: 2m, done: R99}\n", "site", "hydropower-a.yaml", "title", "Sáng thứ bảy")
	form := fields(page)
	if res.StatusCode != http.StatusUnprocessableEntity || form["site"] == nil || form.Get("site") != "hydropower-a.yaml" || form["title"][0] != "Sáng thứ bảy" {
		t.Fatalf("beside the faults: %s %v", res.Status, form)
	}
	res, page = p.sendFile("/typed/upload", smallPaper+"  - {at: 2m, done: R02}\n", "site", "hydropower-a.yaml", "title", "Sáng thứ bảy")
	if got := p.at(res).sources(st); !strings.Contains(got, `"name":"hydropower-a.yaml"`) || !strings.Contains(page, "Sáng thứ bảy") {
		t.Errorf("%s\n%s", got, page)
	}
	if res, page := p.sendFile("/typed/upload", smallPaper+"  - {at: 2m, done: R02}\n", "site", "telecom-x.yaml"); res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(fields(page).Get("text"), "scenario: bomb-threat") {
		t.Errorf("a site there is none of: %s", res.Status)
	}
}

func TestAnUploadedDraftIsOfAMegabyteAtMost(t *testing.T) {
	st := newStage(t)
	long := smallPaper + "  - {at: 2m, done: R99}\n" + strings.Repeat("# loa ở sân không nghe\n", 1<<20/28)
	if res, page := st.lead.sendFile("/typed/upload", long); res.StatusCode == http.StatusRequestEntityTooLarge || !strings.Contains(page, "loa ở sân") {
		t.Errorf("%d bytes are not read: %s", len(long), res.Status)
	}
	long += strings.Repeat("# nữa\n", 1<<15)
	if res, page := st.lead.sendFile("/typed/upload", long); res.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(page, "bytes were sent") || strings.Contains(page, "loa ở sân") {
		t.Errorf("%d bytes: %s", len(long), res.Status)
	}
}

// An inject for several roles stays for all of them when its time is changed.
func TestARowForSeveralRolesIsEdited(t *testing.T) {
	st := newStage(t)
	p := st.uploaded(smallPaper + "  - {at: 9m, inject: {id: X1, to: [guard, medic], text: \"Có người gõ cổng phụ\"}}\n")
	res, page := p.fill(fields(p.page("?row=1")), "/row", "row.at", "10m")
	if got, want := steps(p.file()), `- {at: 10m, inject: {id: "X1", to: [guard, medic], text: "Có người gõ cổng phụ"}}`; res.StatusCode != http.StatusOK || got != want {
		t.Errorf("%s: %s\n%s", res.Status, got, page)
	}
}

// Who holds a role by the site's file is pinned in a draft, too.
func TestANameInTheSiteOfADraftIsFound(t *testing.T) {
	st := newStage(t)
	st.stop()
	for i, src := range st.config.Sites {
		if strings.HasSuffix(src.Name, "hydropower-a.yaml") {
			st.config.Sites[i] = scenarios.Source{Name: src.Name, Bytes: append(src.Bytes, "# trực: Quàng Thị Hòa\n"...)}
		}
	}
	st.restart()
	p := st.typedIn("site", "hydropower-a.yaml")
	found, err := server.Forget(t.Context(), st.config.Store, "quàng thị hòa", "", st.config.Time.Wall())
	if err == nil || len(found.Pinned) != 1 || found.Pinned[0] != p.id {
		t.Errorf("%+v, %v", found, err)
	}
}

// The papers of a drill are typed in under what the drill was played under,
// whatever has become of the scenario and the site since.
func TestThePapersOfADrillAreOfItsOwnScenario(t *testing.T) {
	st := newStage(t)
	d := call[struct {
		ID string `json:"id"`
	}](st.lead, "POST", "/api/v1/drills", map[string]any{"scenario": "bomb-threat", "site": "hydropower-a.yaml"})
	st.stop()
	today, sites := st.config.Scenarios, st.config.Sites
	st.config.Sites = nil
	st.config.Scenarios = func() (out []scenarios.Source) {
		for _, src := range today() {
			if !strings.HasSuffix(src.Name, "bomb-threat.yaml") {
				out = append(out, src)
			}
		}
		return out
	}
	st.restart()
	p := &typist{client: st.lead}
	_, page := p.do("GET", "/typed/new?drill="+d.ID, "", "")
	form := fields(page)
	if form.Get("drill") != d.ID || strings.Contains(page, `name="site"`) {
		t.Fatalf("%v\n%s", form, page)
	}
	form.Del("back")
	form.Set("start", "")
	if _, page := p.do("POST", "/typed", "application/x-www-form-urlencoded", form.Encode()); fields(page).Get("drill") != d.ID {
		t.Errorf("after a fault it is of %q", fields(page).Get("drill"))
	}
	form.Set("start", "08:30")
	res, _ := p.do("POST", "/typed", "application/x-www-form-urlencoded", form.Encode())
	if got := p.at(res).sources(st); !strings.Contains(got, `"name":"hydropower-a.yaml"`) || !strings.Contains(got, `"name":"bomb-threat.yaml"`) {
		t.Errorf("%d sites: %s", len(sites), got)
	}
}
