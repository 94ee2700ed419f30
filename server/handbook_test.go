package server_test

import (
	"net/http"
	"strings"
	"testing"

	"saban/server"
)

// TestHandbooksAreForThoseTheyAreWrittenFor asks for each as each.
func TestHandbooksAreForThoseTheyAreWrittenFor(t *testing.T) {
	st := newStage(t)
	d := st.drill()
	readers := map[string]*client{"nobody": st.browser(), "a participant": st.phone(d, "switchboard"), "the projector": st.of(server.Projector, d),
		"an observer": st.of(server.Observer, d), "an evaluator": st.of(server.Evaluator, d), "a facilitator": st.of(server.Facilitator, d), "the administrator": st.lead}
	titles := map[string]map[string]string{
		"facilitator": {"vi": "Sổ tay người điều khiển", "en": "Facilitator&#39;s handbook"},
		"evaluator":   {"vi": "Sổ tay đánh giá viên", "en": "Evaluator&#39;s handbook"},
		"participant": {"vi": "Hướng dẫn người tham gia", "en": "For those who take part"},
	}
	for name, c := range readers {
		staff := name != "nobody" && name != "a participant" && name != "the projector"
		for book, title := range titles {
			for lang, words := range title {
				res, text := c.do("GET", "/handbook/"+book+"?lang="+lang, "", "")
				open := staff || book == "participant"
				if (res.StatusCode == http.StatusOK) != open || strings.Contains(text, "<h1>"+words+"</h1>") != open {
					t.Errorf("%s asks for the handbook of the %s in %s: %s", name, book, lang, res.Status)
				}
				if open && strings.Contains(text, `href="/handbook/facilitator"`) != staff {
					t.Errorf("%s is led on from the %s's handbook to what is not for them, or not to what is", name, book)
				}
			}
		}
	}
	for name, first := range map[string]string{"nobody": "participant", "a participant": "participant", "an observer": "evaluator", "an evaluator": "evaluator", "a facilitator": "facilitator"} {
		if res, _ := readers[name].do("GET", "/handbook?lang=en", "", ""); res.Request.URL.Path != "/handbook/"+first || res.Request.URL.RawQuery != "lang=en" {
			t.Errorf("%s is led to %s", name, res.Request.URL)
		}
	}
}

// TestAHandbookOpensBesideALiveScreen looks for the way to it on each page.
func TestAHandbookOpensBesideALiveScreen(t *testing.T) {
	st := newStage(t)
	d := st.drill()
	phone := st.phone(d, "switchboard")
	for _, on := range []struct {
		path, link string
		c          *client
	}{{"/drills", "/handbook", st.lead}, {"/drills/" + d.ID, "/handbook/facilitator", st.lead}, {"/j", "/handbook/participant", st.browser()},
		{"/j/" + d.Code, "/handbook/participant", st.browser()}, {"/p/nhat-ky", "/handbook/participant", phone}, {"/drills/" + d.ID + "/evaluate", "/handbook/evaluator", st.of(server.Evaluator, d)}, {"/in", "/handbook", st.of(server.Evaluator, d)}} {
		if _, text := on.c.do("GET", on.path, "", ""); !strings.Contains(text, `href="`+on.link+`" target="_blank"`) {
			t.Errorf("%s has no link to %s in a tab of its own", on.path, on.link)
		}
	}
}
