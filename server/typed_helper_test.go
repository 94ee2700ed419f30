package server_test

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// typist types a drill in through plain forms, as a browser without scripts
// does.
type typist struct {
	*client
	id string
}

// typedIn begins a draft of bomb-threat.
func (st *stage) typedIn(more ...string) *typist {
	st.t.Helper()
	p := &typist{client: st.lead}
	res, page := p.post("/typed", append([]string{"scenario", "bomb-threat", "day", "2026-03-14", "start", "08:30", "end", "60m", "seed", "7"}, more...)...)
	if res.StatusCode != http.StatusOK || !strings.HasPrefix(res.Request.URL.Path, "/typed/p") {
		st.t.Fatalf("%s %s\n%s", res.Status, res.Request.URL, page)
	}
	p.id = strings.TrimPrefix(res.Request.URL.Path, "/typed/")
	return p
}

// post posts a form of pairs, whatever stands in them.
func (c *client) post(path string, pairs ...string) (*http.Response, string) {
	c.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return c.do("POST", path, "application/x-www-form-urlencoded", form.Encode())
}

func (p *typist) page(query string) string {
	p.t.Helper()
	res, text := p.do("GET", "/typed/"+p.id+query, "", "")
	if res.StatusCode != http.StatusOK {
		p.t.Fatalf("%s: %s\n%s", query, res.Status, text)
	}
	return text
}

// file is the draft as it is handed out.
func (p *typist) file() string { return p.page("/file") }

func (p *typist) add(verb string, pairs ...string) (*http.Response, string) {
	p.t.Helper()
	form := []string{"verb", verb, "number", "0"}
	for i := 0; i+1 < len(pairs); i += 2 {
		form = append(form, "row."+pairs[i], pairs[i+1])
	}
	return p.post("/typed/"+p.id+"/row", form...)
}

// fields are those of the forms on a page as they stand.
func fields(page string) url.Values {
	form := url.Values{}
	for _, m := range regexp.MustCompile(`<input[^>]*>`).FindAllString(page, -1) {
		at := func(name string) (string, bool) {
			got := regexp.MustCompile(` ` + name + `="([^"]*)"`).FindStringSubmatch(m)
			if got == nil {
				return "", false
			}
			return html.UnescapeString(got[1]), true
		}
		name, named := at("name")
		value, _ := at("value")
		if kind, _ := at("type"); named && (kind != "checkbox" || strings.Contains(m, " checked")) {
			form.Add(name, value)
		}
	}
	for _, m := range regexp.MustCompile(`(?s)<select[^>]* name="([^"]*)"[^>]*>(.*?)</select>`).FindAllStringSubmatch(page, -1) {
		value := ""
		if got := regexp.MustCompile(`<option value="([^"]*)" selected>`).FindStringSubmatch(m[2]); got != nil {
			value = html.UnescapeString(got[1])
		}
		form.Set(m[1], value)
	}
	for _, m := range regexp.MustCompile(`(?s)<textarea[^>]* name="([^"]*)"[^>]*>(.*?)</textarea>`).FindAllStringSubmatch(page, -1) {
		form.Set(m[1], html.UnescapeString(m[2]))
	}
	return form
}

// sheet fills some fields of the sheet of an inject in and sends it.
func (p *typist) sheet(inject string, pairs ...string) (*http.Response, string) {
	p.t.Helper()
	return p.fill(fields(p.page("?sheet="+inject)), "/sheet", pairs...)
}

func (p *typist) fill(form url.Values, to string, pairs ...string) (*http.Response, string) {
	p.t.Helper()
	form.Del("back")
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
		if pairs[i+1] == "" {
			form[pairs[i]] = []string{""}
		}
	}
	return p.do("POST", "/typed/"+p.id+to, "application/x-www-form-urlencoded", form.Encode())
}

func steps(file string) string {
	_, after, _ := strings.Cut(file, "steps:")
	return strings.TrimSpace(after)
}
