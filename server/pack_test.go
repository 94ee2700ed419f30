package server_test

import (
	"mime"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"saban/paper"
)

// TestTheFacilitatorPrintsThePapersOfADrill asks for the whole pack and each
// part, before the start, afterwards and when the file is closed.
func TestTheFacilitatorPrintsThePapersOfADrill(t *testing.T) {
	st := newStage(t)
	d := st.drill()
	handsOut := func(t *testing.T) {
		t.Helper()
		sizes := map[string]int{}
		for _, part := range append([]paper.Part{""}, paper.Parts...) {
			name, path := "pack", "/drills/"+d.ID+"/pack.pdf"
			if part != "" {
				name, path = string(part), path+"?part="+string(part)
			}
			res, body := st.lead.do("GET", path, "", "")
			_, with, err := mime.ParseMediaType(res.Header.Get("Content-Disposition"))
			if res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != "application/pdf" || !strings.HasPrefix(body, "%PDF-") || err != nil || with["filename"] != d.ID+"."+name+".pdf" || res.Header.Get("Content-Length") != strconv.Itoa(len(body)) {
				t.Errorf("%s: %s %s %v (%v)", path, res.Status, res.Header.Get("Content-Type"), with, err)
			}
			sizes[name] = len(body)
		}
		for name, size := range sizes {
			if name != "pack" && size >= sizes["pack"] {
				t.Errorf("%s alone has %d bytes, the whole pack %d", name, size, sizes["pack"])
			}
		}
	}
	t.Run("before the start", handsOut)
	t.Run("in either language", func(t *testing.T) {
		for _, lang := range []string{"vi", "en"} {
			if res, _ := st.lead.do("GET", "/drills/"+d.ID+"/pack.pdf?part=roles&lang="+lang, "", ""); res.Header.Get("Content-Language") != lang {
				t.Errorf("asked in %s, answered in %s", lang, res.Header.Get("Content-Language"))
			}
		}
	})
	t.Run("not a part there is none of", func(t *testing.T) {
		if res, text := st.lead.do("GET", "/drills/"+d.ID+"/pack.pdf?part=answers.html", "", ""); res.StatusCode != http.StatusConflict || !strings.Contains(text, "the pack has no part") {
			t.Errorf("%s\n%s", res.Status, text)
		}
	})
	t.Run("linked from pre-flight and console", func(t *testing.T) {
		for _, page := range []string{"/check", ""} {
			_, text := st.lead.do("GET", "/drills/"+d.ID+page, "", "")
			for _, part := range paper.Parts {
				if !strings.Contains(text, `href="/drills/`+d.ID+`/pack.pdf?part=`+string(part)+`"`) {
					t.Errorf("%q does not link to %s", page, part)
				}
			}
		}
	})
	st.act(d.ID, "start", "start-key-1", nil)
	st.act(d.ID, "end", "end-key-1", nil)
	call[any](st.lead, "POST", "/api/v1/drills/"+d.ID+"/close", nil)
	t.Run("when the file is closed", handsOut)
}
