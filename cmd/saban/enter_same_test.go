package main

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"saban/paper/papertest"
	"saban/scenarios"
	"saban/scenarios/scenariotest"
	"saban/server"
	"saban/store"
)

// A drill typed in on the page is, byte for byte, what enter makes of the same
// draft.
func TestTypedOnThePageIsAsEntered(t *testing.T) {
	ids, seeds := []string{"bomb-threat", "hostage"}, 3
	if testing.Short() {
		ids, seeds = ids[:1], 1
	}
	for _, id := range ids {
		f := scenariotest.Read(t, id)
		for seed := range seeds {
			for _, way := range papertest.Ways {
				draft := papertest.Play(t, f, seed, way).Draft()
				out := filepath.Join(t.TempDir(), "x.drill.jsonl")
				if code, _, said := saban("enter", id, "--from", written(t, "x.paper.yaml", string(draft)), "-o", out); code != exitGood {
					t.Fatalf("%s %s %d: exit code %d\n%s", id, way, seed, code, said)
				}
				want, err := os.ReadFile(out)
				if err != nil {
					t.Fatal(err)
				}
				if got := typedOnPage(t, f.Source, string(draft)); got != string(want) {
					t.Errorf("%s %s %d: the files differ\n%s\n%s", id, way, seed, got, want)
				}
			}
		}
	}
}

// typedOnPage is the drill file that a server makes of a draft.
func typedOnPage(t *testing.T, src scenarios.Source, draft string) string {
	t.Helper()
	s, err := server.New(server.Config{Store: store.NewMemory(), Scenarios: func() []scenarios.Source { return []scenarios.Source{src} }})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	at := httptest.NewServer(s.Handler())
	defer at.Close()
	jar, _ := cookiejar.New(nil)
	c := &http.Client{Jar: jar}
	post := func(path string, pairs ...string) string {
		form := url.Values{}
		for i := 0; i < len(pairs); i += 2 {
			form.Set(pairs[i], pairs[i+1])
		}
		res, err := c.PostForm(at.URL+path, form)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		if page, _ := io.ReadAll(res.Body); res.StatusCode != http.StatusOK {
			t.Fatalf("%s: %s\n%s", path, res.Status, page)
		}
		return res.Request.URL.EscapedPath()
	}
	post(s.SetupPath(), "passphrase", "ba bốn từ", "again", "ba bốn từ")
	result := post(post("/typed/upload", "text", draft) + "/finish")
	res, err := c.Get(at.URL + strings.TrimSuffix(result, "/result") + "/file")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	file, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(file)
}
