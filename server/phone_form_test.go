package server_test

import (
	"bytes"
	"html"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"saban/engine"
	"saban/server"
)

var (
	formKey    = regexp.MustCompile(`name="key" value="([^"]+)"`)
	formInject = regexp.MustCompile(`name="inject" value="([^"]+)"`)
	formChoice = regexp.MustCompile(`name="choice" value="(\d+)"[^>]*><span>([^<]+)</span>`)
)

// fields sends a form as a browser without script does, names repeated.
func (c *client) fields(path string, v url.Values) (*http.Response, string) {
	c.t.Helper()
	return c.do(http.MethodPost, path, "application/x-www-form-urlencoded", v.Encode())
}

// first is what a pattern finds in a page, or fails the test.
func first(t *testing.T, page string, pattern *regexp.Regexp) string {
	t.Helper()
	m := pattern.FindStringSubmatch(page)
	if m == nil {
		t.Fatalf("nothing like %s in\n%s", pattern, page)
	}
	return html.UnescapeString(m[1])
}

// onPaper is a phone without script before the first inject.
func onPaper(t *testing.T) (st *stage, d created, phone *client) {
	t.Helper()
	st = phoneStage(t)
	d = st.phoneDrill()
	phone = st.browser()
	res, page := phone.form("/j", "code", d.Code, "name", "Thảo", "role", "control")
	if res.StatusCode != http.StatusOK || !strings.Contains(page, "You are ready") || !strings.Contains(page, `http-equiv="refresh"`) {
		t.Fatalf("%s\n%s", res.Status, page)
	}
	st.does(d, "start", nil)
	return st, d, phone
}

func TestAPhoneWithoutScriptAnswers(t *testing.T) {
	st, d, phone := onPaper(t)
	st.releases(d, "alarm")
	_, page := phone.do("GET", "/p", "", "")
	if strings.Contains(page, `http-equiv="refresh"`) {
		t.Error("the page reloads by itself while somebody answers on it")
	}
	answer := url.Values{"key": {first(t, page, formKey)}, "inject": {first(t, page, formInject)}, "role": {"control"}}
	choices := map[string]string{}
	for _, m := range formChoice.FindAllStringSubmatch(page, -1) {
		choices[html.UnescapeString(m[2])] = m[1]
	}
	if len(choices) != 4 {
		t.Fatalf("choices %v in\n%s", choices, page)
	}
	for text, id := range choices {
		if strings.HasPrefix(text, "Call the shift leader") || strings.HasPrefix(text, "Compare") {
			answer.Add("choice", id)
		}
	}

	t.Run("too few choices are refused, and stay chosen", func(t *testing.T) {
		few := url.Values{"key": answer["key"], "inject": answer["inject"], "role": answer["role"], "choice": answer["choice"][:1]}
		res, page := phone.fields("/p/answer", few)
		if res.StatusCode != http.StatusConflict || !strings.Contains(page, `value="`+few.Get("choice")+`" checked`) || !strings.Contains(page, `role="alert"`) {
			t.Errorf("%s\n%s", res.Status, page)
		}
		for _, id := range []string{"call_chief", "order_search", "send_one", "wait_on"} {
			if strings.Contains(page, id) {
				t.Errorf("the page says %q", id)
			}
		}
	})
	t.Run("an answer is taken once, however often it is sent", func(t *testing.T) {
		for range 3 {
			res, page := phone.fields("/p/answer", answer)
			if res.StatusCode != http.StatusOK || res.Request.URL.Path != "/p" || !strings.Contains(page, "The server has it") {
				t.Fatalf("%s\n%s", res.Status, page)
			}
		}
		if sent := st.answers(d); len(sent) != 1 || len(sent[0].Choices) != 2 {
			t.Errorf("the log holds %+v", sent)
		}
	})
	t.Run("boxes and words can be added", func(t *testing.T) {
		_, page := phone.do("GET", "/p", "", "")
		box := regexp.MustCompile(`name="(boxes\.\d)" value="([^"]+)"`).FindAllStringSubmatch(page, -1)
		if len(box) < 5 {
			t.Fatalf("boxes %v in\n%s", box, page)
		}
		phone.fields("/p/answer", url.Values{"key": {first(t, page, formKey)}, "inject": answer["inject"], "role": {"control"}, box[0][1]: {box[0][2], box[1][2]}, "text": {"đã gọi lại"}})
		card := call[server.Phone](phone, "GET", "/api/v1/phone", nil).Cards[0]
		if b := card.Answer.Boxes[0].Boxes; !b[0].Ticked || !b[1].Ticked || b[2].Ticked || card.Answer.Texts[0] != "đã gọi lại" {
			t.Errorf("%+v", card.Answer)
		}
	})
	t.Run("what is no choice is refused, and its words stay", func(t *testing.T) {
		st.releases(d, "question")
		_, page := phone.do("GET", "/p", "", "")
		res, page := phone.fields("/p/answer", url.Values{"key": {first(t, page, formKey)}, "inject": {first(t, page, formInject)}, "role": {"control"}, "choice": {"77"}, "text": {"cổng <chính>"}})
		if res.StatusCode != http.StatusConflict || !strings.Contains(page, "cổng &lt;chính&gt;</textarea>") {
			t.Errorf("%s\n%s", res.Status, page)
		}
	})
	t.Run("while paused nothing is taken, and what was written stays", func(t *testing.T) {
		_, page := phone.do("GET", "/p", "", "")
		st.does(d, "pause", nil)
		res, page := phone.fields("/p/answer", url.Values{"key": {first(t, page, formKey)}, "inject": {first(t, page, formInject)}, "role": {"control"}, "text": {"cổng phụ"}})
		if res.StatusCode != http.StatusConflict || !strings.Contains(page, "cổng phụ</textarea>") || !strings.Contains(page, "paused") {
			t.Errorf("%s\n%s", res.Status, page)
		}
		st.does(d, "resume", nil)
	})
}

func TestAPhoneWithoutScriptPassesNewsOnAndTellsTheFacilitator(t *testing.T) {
	st, d, phone := onPaper(t)
	chief := st.phone(d, "chief")
	st.releases(d, "alarm")
	_, page := phone.do("GET", "/p", "", "")
	if got := call[server.Phone](chief, "GET", "/api/v1/phone", nil); len(got.Cards) != 0 {
		t.Fatalf("the chief knows already: %+v", got.Cards)
	}
	relay := url.Values{"key": {first(t, page, formKey)}, "inject": {first(t, page, formInject)}, "role": {"control"}, "to": {"chief"}}
	if res, page := phone.fields("/p/relay", relay); res.StatusCode != http.StatusOK || !strings.Contains(page, "Shift leader has been told") {
		t.Errorf("%s\n%s", res.Status, page)
	}
	got := call[server.Phone](chief, "GET", "/api/v1/phone", nil)
	if len(got.Cards) != 1 || !got.Cards[0].Told || !strings.HasPrefix(got.Cards[0].Text, "The control room reports") || got.Cards[0].Stage != "ask" || got.Cards[0].Title != "" {
		t.Errorf("the chief has %+v", got.Cards)
	}
	_, page = phone.do("GET", "/p/nhat-ky", "", "")
	if res, page := phone.form("/p/note", "key", first(t, page, formKey), "inject", "", "text", "máy sắp hết pin"); res.StatusCode != http.StatusOK || !strings.Contains(page, "The facilitator has your words") {
		t.Errorf("%s\n%s", res.Status, page)
	}
	if res, page := phone.form("/p/note", "key", "note-key-9", "inject", "", "text", " "); res.StatusCode != http.StatusConflict || !strings.Contains(page, `role="alert"`) {
		t.Errorf("an empty note: %s\n%s", res.Status, page)
	}
	if n := count(st.log(d.ID), engine.Noted, ""); n != 1 {
		t.Errorf("%d notes", n)
	}
}

func TestAnInjectIsReceivedWhenAPhoneShowsIt(t *testing.T) {
	receipt := func(st *stage, d created) string {
		for _, in := range call[struct {
			Drill engine.Snapshot `json:"drill"`
		}](st.lead, "GET", "/api/v1/drills/"+d.ID, nil).Drill.Injects {
			if in.Inject.ID == "alarm" {
				return in.Receipt
			}
		}
		return "no such inject"
	}
	online := func(t *testing.T) (*stage, created, *client) {
		st := phoneStage(t)
		d := st.phoneDrill()
		phone := st.phone(d, "control")
		st.does(d, "start", nil)
		stream := phone.opened(t)
		st.waits("the stream", func() bool { return strings.Contains(stream.String(), "patch") })
		st.releases(d, "alarm")
		if got := receipt(st, d); got != "" {
			t.Fatalf("received (%s) before any phone showed it", got)
		}
		return st, d, phone
	}
	t.Run("as its script says", func(t *testing.T) {
		st, d, phone := online(t)
		card := call[server.Phone](phone, "GET", "/api/v1/phone", nil).Cards[0]
		if !card.Unseen || card.Stage != "info" {
			t.Fatalf("%+v", card)
		}
		for range 2 {
			call[any](phone, "POST", "/api/v1/phone/seen", map[string]any{"inject": card.Inject, "role": "control"})
		}
		if got := receipt(st, d); got != "device" {
			t.Errorf("received %q", got)
		}
		if card = call[server.Phone](phone, "GET", "/api/v1/phone", nil).Cards[0]; card.Unseen || card.Stage != "ask" || card.Timed == nil {
			t.Errorf("%+v", card)
		}
	})
	t.Run("as its page is drawn, without script", func(t *testing.T) {
		st, d, phone := online(t)
		if _, page := phone.do("GET", "/p", "", ""); !strings.Contains(page, `name="choice"`) {
			t.Errorf("no question on\n%s", page)
		}
		if got := receipt(st, d); got != "device" {
			t.Errorf("received %q", got)
		}
	})
	t.Run("not by asking whether the page is there", func(t *testing.T) {
		st, d, phone := online(t)
		phone.do("HEAD", "/p", "", "")
		if got := receipt(st, d); got != "" {
			t.Errorf("received %q", got)
		}
	})
	t.Run("by another role's phone it cannot be", func(t *testing.T) {
		st, d, phone := online(t)
		card := call[server.Phone](phone, "GET", "/api/v1/phone", nil).Cards[0]
		if res, _ := st.phone(d, "chief").do("POST", "/api/v1/phone/seen", "application/json", jsonOf(t, map[string]any{"inject": card.Inject, "role": "chief"})); res.StatusCode != http.StatusConflict {
			t.Errorf("answered %s", res.Status)
		}
		if got := receipt(st, d); got != "" {
			t.Errorf("received %q", got)
		}
	})
	t.Run("or is assumed half a minute later", func(t *testing.T) {
		st, d, _ := online(t)
		st.pass(d.ID, 31*time.Second)
		if got := receipt(st, d); got != "assumed" {
			t.Errorf("received %q", got)
		}
	})
}

func TestAPhoneThatIsNoLongerInADrill(t *testing.T) {
	st, d, phone := onPaper(t)
	st.releases(d, "alarm")
	t.Run("turned away, it is told so and can come again as somebody else", func(t *testing.T) {
		away := st.turnedAway(d)
		res, page := away.do("GET", "/p", "", "")
		if res.StatusCode != http.StatusUnauthorized || !strings.Contains(page, "no longer in this drill") {
			t.Errorf("%s\n%s", res.Status, page)
		}
		if res, _ := away.do("GET", "/api/v1/phone", "", ""); res.StatusCode != http.StatusUnauthorized {
			t.Errorf("the API answered %s", res.Status)
		}
		if res, page := away.form("/j", "code", d.Code, "role", "guard"); res.StatusCode != http.StatusOK || !strings.Contains(page, "Guard") {
			t.Errorf("%s\n%s", res.Status, page)
		}
	})
	t.Run("after the log is closed it keeps what it heard", func(t *testing.T) {
		st.does(d, "end", nil)
		call[any](st.lead, "POST", "/api/v1/drills/"+d.ID+"/close", nil)
		if res, page := phone.do("GET", "/p", "", ""); res.StatusCode != http.StatusGone || !strings.Contains(page, "This drill ended at") {
			t.Errorf("%s\n%s", res.Status, page)
		}
		if res, page := phone.do("GET", "/p/nhat-ky", "", ""); res.StatusCode != http.StatusOK || !strings.Contains(page, "Interlock signal of door T2 lost") {
			t.Errorf("%s\n%s", res.Status, page)
		}
	})
}

func TestTwoFormsWithoutAKeyAreNotTakenForOne(t *testing.T) {
	st, d, phone := onPaper(t)
	st.releases(d, "alarm")
	st.releases(d, "question")
	phone.do("GET", "/p", "", "") // the first is received, and then the other
	phone.do("GET", "/p", "", "")
	cards := call[server.Phone](phone, "GET", "/api/v1/phone", nil).Cards
	if len(cards) != 2 {
		t.Fatalf("%+v", cards)
	}
	for _, key := range []string{"", "short", "a key with gaps", strings.Repeat("k", 65)} {
		for _, c := range cards {
			res, page := phone.fields("/p/answer", url.Values{"key": {key}, "inject": {c.Inject}, "role": {"control"}, "text": {"đang xem " + c.Inject}})
			if res.StatusCode != http.StatusBadRequest || !strings.Contains(page, "đang xem "+c.Inject+"</textarea>") {
				t.Errorf("key %q: %s\n%s", key, res.Status, page)
			}
		}
		for _, path := range []string{"/p/note", "/p/relay"} {
			if res, _ := phone.fields(path, url.Values{"key": {key}, "inject": {cards[0].Inject}, "role": {"control"}, "to": {"chief"}, "text": {"x"}}); res.StatusCode != http.StatusBadRequest {
				t.Errorf("%s with key %q: %s", path, key, res.Status)
			}
		}
	}
	if sent := st.answers(d); len(sent) != 0 {
		t.Errorf("the log holds %+v", sent)
	}
	for i, c := range cards {
		phone.fields("/p/answer", url.Values{"key": {strings.Repeat("k", 8+i)}, "inject": {c.Inject}, "role": {"control"}, "text": {"đang xem " + c.Inject}})
	}
	if sent := st.answers(d); len(sent) != 2 || sent[0].Text == sent[1].Text {
		t.Errorf("the log holds %+v", sent)
	}
}

// A form may come as a file does, too.
func TestALargeFormIsRefusedHoweverItComes(t *testing.T) {
	st := phoneStage(t)
	phone := st.phone(st.phoneDrill(), "control")
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	for name, value := range map[string]string{"lang": "vi", "key": "large-form-1", "passphrase": "x", "text": strings.Repeat("x", 1<<20)} {
		if err := parts.WriteField(name, value); err != nil {
			t.Fatal(err)
		}
	}
	if err := parts.Close(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/lang", "/sign-in", "/p/note"} {
		if res, _ := phone.do("POST", path, parts.FormDataContentType(), body.String()); res.StatusCode != http.StatusRequestEntityTooLarge {
			t.Errorf("%s answered %s", path, res.Status)
		}
	}
	if res, _ := phone.do("POST", "/p/note", "multipart/form-data; boundary=x", "--x\r\nbroken"); res.StatusCode != http.StatusBadRequest {
		t.Errorf("half a form is answered %s", res.Status)
	}
}
