package server_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"saban/engine"
	"saban/server"
)

// ended is a drill of bomb-threat that is over, with two phones in it.
func (st *stage) ended() (d created, switchboard, guard *client) {
	st.t.Helper()
	d = st.drill()
	switchboard, guard = st.phone(d, "switchboard"), st.phone(d, "guard")
	st.act(d.ID, "start", "start-key-1", nil)
	st.act(d.ID, "end", "end-key-1", nil)
	return d, switchboard, guard
}

// saidIn are the words of the hot wash in a drill's log.
func (st *stage) saidIn(d created) (out []happened) {
	st.t.Helper()
	for _, e := range call[[]happened](st.lead, "GET", "/api/v1/drills/"+d.ID+"/log", nil) {
		if engine.HotWash(e.Mode) {
			out = append(out, e)
		}
	}
	return out
}

// receives has a phone show its first card.
func (st *stage) receives(phone *client, role string) {
	st.t.Helper()
	card := call[server.Phone](phone, "GET", "/api/v1/phone", nil).Cards[0]
	call[any](phone, "POST", "/api/v1/phone/seen", map[string]any{"inject": card.Inject, "role": role})
}

func (st *stage) washed(d created) server.Review {
	st.t.Helper()
	return call[server.Review](st.lead, "GET", "/api/v1/drills/"+d.ID+"/hotwash", nil)
}

func (st *stage) leads(d created, move map[string]any) server.HotWash {
	st.t.Helper()
	return call[server.HotWash](st.lead, "PUT", "/api/v1/drills/"+d.ID+"/hotwash", move)
}

func word(key, question, text string) map[string]any {
	return map[string]any{"key": key, "question": question, "text": text}
}

func TestPhonesAnswerThreeQuestionsAfterEndEx(t *testing.T) {
	st := newStage(t)
	d := st.drill()
	phone := st.phone(d, "switchboard")
	st.act(d.ID, "start", "start-key-1", nil)
	if _, page := phone.do("GET", "/p", "", ""); strings.Contains(page, "went_well") {
		t.Error("the questions are asked before EndEx")
	}
	if status := phone.send("/api/v1/phone/hotwash", word("early-key-1", "went_well", "sớm quá")); status != http.StatusConflict {
		t.Errorf("before EndEx: %d", status)
	}
	if own := call[server.OwnWords](phone, "GET", "/api/v1/phone/hotwash", nil); own.Open || len(own.Words) != 0 {
		t.Errorf("before EndEx: %+v", own)
	}
	st.act(d.ID, "end", "end-key-1", nil)

	first := call[map[string]any](phone, "POST", "/api/v1/phone/hotwash", word("word-key-1", "went_well", "gọi nhau nhanh"))
	again := call[map[string]any](phone, "POST", "/api/v1/phone/hotwash", word("word-key-1", "went_well", "gọi nhau nhanh"))
	if first["seq"] != again["seq"] {
		t.Errorf("sent twice: %v, %v", first, again)
	}
	call[any](phone, "POST", "/api/v1/phone/hotwash", map[string]any{"key": "word-key-2", "question": "to_change", "text": "thêm bộ đàm", "role": "guard"})
	said := st.saidIn(d)
	if len(said) != 2 || said[0].Mode != engine.WentWell || said[0].Text != "gọi nhau nhanh" || said[0].Role != "switchboard" || said[1].Role != "switchboard" || said[1].Mode != engine.ToChange {
		t.Errorf("in the log: %+v", said)
	}
	for what, w := range map[string]map[string]any{"too long": word("word-key-3", "went_well", strings.Repeat("ạ", 501)), "empty": word("word-key-4", "went_well", ""),
		"blank": word("word-key-5", "went_well", " \n "), "of no question": word("word-key-6", "real", "x")} {
		if status := phone.send("/api/v1/phone/hotwash", w); status != http.StatusUnprocessableEntity && status != http.StatusConflict {
			t.Errorf("%s: %d", what, status)
		}
	}
	own := call[server.OwnWords](phone, "GET", "/api/v1/phone/hotwash", nil)
	if !own.Open || len(own.Words) != 2 || own.Words[0].Text != "gọi nhau nhanh" {
		t.Errorf("its own: %+v", own)
	}
	call[any](st.lead, "POST", "/api/v1/drills/"+d.ID+"/close", nil)
	if status := phone.send("/api/v1/phone/hotwash", word("late-key-1", "went_well", "muộn quá")); status != http.StatusNotFound {
		t.Errorf("closed: %d", status)
	}
	res, page := phone.do("GET", "/p?lang=en", "", "")
	if res.StatusCode != http.StatusGone || strings.Contains(page, "<form class=\"wash\"") || !strings.Contains(page, "no more words of the hot wash are taken") {
		t.Errorf("closed: %s\n%s", res.Status, page)
	}
	if _, page := phone.do("GET", "/p/nhat-ky", "", ""); !strings.Contains(page, "gọi nhau nhanh") {
		t.Errorf("what was said is not in the journal:\n%s", page)
	}
	if own := call[server.OwnWords](phone, "GET", "/api/v1/phone/hotwash", nil); own.Open || len(own.Words) != 2 {
		t.Errorf("closed: %+v", own)
	}
}

func TestTheThreeQuestionsWithoutScript(t *testing.T) {
	st := newStage(t)
	d, _, _ := st.ended()
	phone := st.browser()
	call[map[string]any](phone, "POST", "/api/v1/join", map[string]any{"code": d.Code, "roles": []string{"guard", "medic"}})
	_, page := phone.do("GET", "/p?lang=en", "", "")
	if strings.Contains(page, `http-equiv="refresh"`) || strings.Count(page, "<textarea") < 3 || !strings.Contains(page, `id="wash-role"`) {
		t.Fatalf("the form:\n%s", page)
	}
	form := url.Values{"key": {first(t, page, formKey)}, "went_well": {"nhanh <b>gọn</b>"}, "went_badly": {" "}, "to_change": {strings.Repeat("a", 501)}, "role": {"medic"}}
	res, page := phone.fields("/p/rut-kinh-nghiem", form)
	if res.StatusCode != http.StatusConflict || !strings.Contains(page, strings.Repeat("a", 501)) || !strings.Contains(page, `value="medic" selected`) {
		t.Errorf("too long: %s\n%s", res.Status, page)
	}
	form.Set("to_change", "thêm đèn")
	res, page = phone.fields("/p/rut-kinh-nghiem", form)
	if res.StatusCode != http.StatusOK || !strings.Contains(page, "nhanh &lt;b&gt;gọn&lt;/b&gt;") || strings.Contains(page, "<b>gọn") || !strings.Contains(page, "thêm đèn") {
		t.Errorf("taken: %s\n%s", res.Status, page)
	}
	said := st.saidIn(d)
	if len(said) != 2 || said[0].Role != "medic" || said[1].Role != "medic" {
		t.Errorf("each once, as the medic: %+v", said)
	}
	if res, _ := phone.fields("/p/rut-kinh-nghiem", url.Values{"key": {"other-key-1"}}); res.StatusCode != http.StatusConflict {
		t.Errorf("nothing written: %s", res.Status)
	}
	if res, _ := phone.fields("/p/rut-kinh-nghiem", url.Values{"went_well": {"x"}}); res.StatusCode != http.StatusBadRequest {
		t.Errorf("no key: %s", res.Status)
	}
	call[any](st.lead, "POST", "/api/v1/drills/"+d.ID+"/close", nil)
	if res, page := phone.fields("/p/rut-kinh-nghiem", form); res.StatusCode != http.StatusGone || !strings.Contains(page, "no more words") {
		t.Errorf("closed: %s\n%s", res.Status, page)
	}
}

func TestTheHotWashIsLedStepByStep(t *testing.T) {
	st := newStage(t)
	d := st.drill()
	guard := st.phone(d, "guard")
	lead := "/api/v1/drills/" + d.ID + "/hotwash"
	st.act(d.ID, "start", "start-key-1", nil)
	res, text := st.lead.do("PUT", lead, "application/json", `{"show":"words"}`)
	if res.StatusCode != http.StatusConflict || !strings.Contains(text, "not_over") {
		t.Errorf("before EndEx: %s %s", res.Status, text)
	}
	if res, _ := st.lead.do("GET", "/drills/"+d.ID+"/review", "", ""); res.Request.URL.Path != "/drills/"+d.ID {
		t.Errorf("before EndEx the page leads to %s", res.Request.URL)
	}
	st.receives(st.phone(d, "switchboard"), "switchboard")
	st.pass(d.ID, 30*time.Second)
	st.act(d.ID, "release", "release-key-1", map[string]any{"id": "I02"})
	st.act(d.ID, "end", "end-key-1", nil)

	r := st.washed(d)
	if r.At.Show != "over" || len(r.Steps) != 2 || r.Now == nil || r.Now.ID != "I01" || len(r.Now.Outcomes) == 0 || r.Result != nil || r.Tasks == 0 || r.Unrated() != r.Tasks {
		t.Fatalf("%+v", r)
	}
	if i := slices.IndexFunc(r.Now.Outcomes, func(o server.Outcome) bool { return o.How == "missed" || o.How == "unasked" }); i < 0 {
		t.Errorf("nobody answered: %+v", r.Now.Outcomes)
	}
	if len(r.Now.Moves) == 0 {
		t.Errorf("I01 moved the situation: %+v", r.Now)
	}
	at := st.leads(d, map[string]any{"show": "step", "step": "I02", "reveal": true})
	if again := st.leads(d, map[string]any{"show": "step", "step": "I02", "reveal": true}); !slices.Equal(at.Revealed, again.Revealed) || again.Step != "I02" || again.Show != "step" {
		t.Errorf("the same twice: %+v, %+v", at, again)
	}
	if status := st.lead.put(lead, map[string]any{"show": "step", "step": "I09"}); status != http.StatusConflict {
		t.Errorf("an inject that was not released: %d", status)
	}
	if at := st.leads(d, map[string]any{"show": "step", "step": "I01"}); slices.Contains(at.Revealed, "I01") || !slices.Contains(at.Revealed, "I02") {
		t.Errorf("each is revealed by itself: %+v", at)
	}
	if at := st.leads(d, map[string]any{"reveal": true, "result": true}); at.Show != "step" || !slices.Contains(at.Revealed, "I01") || !at.Result {
		t.Errorf("where it stands: %+v", at)
	}
	if at := st.leads(d, map[string]any{"step": "I02", "reveal": false}); slices.Contains(at.Revealed, "I02") {
		t.Errorf("hidden again: %+v", at)
	}
	if r := st.washed(d); r.Result == nil || r.Result.Verdict == "" {
		t.Errorf("the result: %+v", r.Result)
	}

	t.Run("what was said is by question and role, never by person", func(t *testing.T) {
		call[any](guard, "POST", "/api/v1/phone/hotwash", word("word-key-1", "went_badly", "không có bộ đàm"))
		st.act(d.ID, "note", "aloud-key-1", map[string]any{"text": "đông người", "mode": "went_badly"})
		bad := st.washed(d).Words[1]
		if bad.Count != 2 || len(bad.Roles) != 2 || bad.Roles[0].Role != "Guard" || bad.Roles[1].Role != "The room" {
			t.Errorf("%+v", bad)
		}
		seq := bad.Roles[0].Words[0].Event
		st.leads(d, map[string]any{"hide": []int64{seq}})
		if got := st.washed(d).Words[1].Roles[0].Words[0]; !got.Hidden {
			t.Errorf("%+v", got)
		}
		st.leads(d, map[string]any{"unhide": []int64{seq}})
		st.act(d.ID, "retract", "retract-key-1", map[string]any{"of": seq, "reason": "nêu tên người"})
		if got := st.washed(d).Words[1]; got.Count != 1 {
			t.Errorf("taken back: %+v", got)
		}
	})
	t.Run("it goes on where it stood after a restart", func(t *testing.T) {
		st.leads(d, map[string]any{"show": "step", "step": "I02", "reveal": true})
		st.stop()
		st.restart()
		if r := st.washed(d); r.At.Show != "step" || r.Now == nil || r.Now.ID != "I02" || !r.Now.Revealed || !r.At.Result {
			t.Errorf("%+v", r.At)
		}
	})
	t.Run("a closed drill has no hot wash any more", func(t *testing.T) {
		call[any](st.lead, "POST", "/api/v1/drills/"+d.ID+"/close", nil)
		if status := st.lead.put(lead, map[string]any{"show": "words"}); status != http.StatusNotFound {
			t.Errorf("%d", status)
		}
		if res, _ := st.lead.do("GET", "/drills/"+d.ID+"/review", "", ""); res.Request.URL.Path != "/drills/"+d.ID+"/result" {
			t.Errorf("the page leads to %s", res.Request.URL)
		}
	})
}

// put is the status a program is answered with.
func (c *client) put(path string, body any) int {
	c.t.Helper()
	res, _ := c.do(http.MethodPut, path, "application/json", jsonOf(c.t, body))
	return res.StatusCode
}

// TestTasksLeftAfterEndEx: evaluators go on rating while the hot wash is held,
// and both sides see how many tasks are left.
func TestTasksLeftAfterEndEx(t *testing.T) {
	st := newStage(t)
	d, _ := st.running()
	st.pass(d.ID, 3*time.Minute)
	here := st.evaluator(d, "e1")
	if _, page := here.do("GET", "/drills/"+d.ID+"/evaluate?lang=en", "", ""); strings.Contains(page, "not rated yet") {
		t.Error("tasks left are told while the drill runs")
	}
	st.act(d.ID, "end", "end-key-1", nil)
	e, r := here.evaluation(d), st.washed(d)
	if e.Left < 2 || e.Left != r.Unrated() || r.Unrated() != r.Tasks {
		t.Fatalf("left: %d, unrated %d of %d", e.Left, r.Unrated(), r.Tasks)
	}
	here.judges(d, "rate", e.First, map[string]any{"rating": "P"})
	after := here.evaluation(d)
	if r := st.washed(d); after.Left != e.Left-1 || r.Unrated() != after.Left || after.First == e.First {
		t.Errorf("one is rated: %d left, %d unrated, the first is %s", after.Left, r.Unrated(), after.First)
	}
	_, page := here.do("GET", "/drills/"+d.ID+"/evaluate?lang=en", "", "")
	if !strings.Contains(page, fmt.Sprintf("%d tasks not rated yet", after.Left)) && after.Left != 1 || !strings.Contains(page, `href="?task=`+after.First+`" data-to`) {
		t.Errorf("the tablet:\n%s", page)
	}
	if _, page := here.do("GET", "/drills/"+d.ID+"/evaluate?lang=vi", "", ""); !strings.Contains(page, fmt.Sprintf("còn %d nhiệm vụ chưa chấm", after.Left)) {
		t.Errorf("the tablet:\n%s", page)
	}
}

func TestTheHotWashIsLedFromAPlainPage(t *testing.T) {
	st := newStage(t)
	d, _, _ := st.ended()
	at := "/drills/" + d.ID + "/review"
	for _, from := range []string{"/drills/" + d.ID, "/drills/" + d.ID + "/result"} {
		if _, page := st.lead.do("GET", from, "", ""); !strings.Contains(page, `href="`+at+`"`) {
			t.Errorf("no way from %s", from)
		}
	}
	if _, page := st.lead.do("GET", at, "", ""); !strings.Contains(page, `href="/drills/`+d.ID+`/plan"`) {
		t.Error("no way to the plan")
	}
	st.lead.form(at, "to", "step I01")
	if r := st.washed(d); r.At.Show != "step" || r.At.Step != "I01" {
		t.Errorf("%+v", r.At)
	}
	_, page := st.lead.form(at, "reveal", "1")
	if !strings.Contains(page, `name="reveal" value="0"`) || !strings.Contains(page, "not rated") {
		t.Errorf("revealed:\n%s", page)
	}
	st.lead.form(at, "to", "result")
	if _, page := st.lead.do("GET", at, "", ""); strings.Contains(page, "/100") {
		t.Error("the total stands there before it is announced")
	}
	if _, page := st.lead.form(at, "result", "1"); !strings.Contains(page, `class="tot"`) {
		t.Errorf("announced:\n%s", page)
	}
	key := first(t, page, formKey)
	for range 2 {
		st.lead.form(at, "key", key, "question", "to_change", "role", "guard", "text", "thêm đèn")
	}
	if said := st.saidIn(d); len(said) != 1 || said[0].Role != "guard" || said[0].Mode != engine.ToChange {
		t.Errorf("said aloud: %+v", said)
	}
	for name, pairs := range map[string][]string{"a view that is none": {"to", "secrets"}, "a page that is none": {"page", "-1"}, "a question that is none": {"key", key, "question", "real", "text", "x"},
		"no key": {"question", "went_well", "text", "x"}, "a word that is none": {"hide", "x"}, "an event that is none": {"until", "-1"}} {
		if res, _ := st.lead.form(at, pairs...); res.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %s", name, res.Status)
		}
	}
	st.lead.form(at, "to", "words")
	_, page = st.lead.form(at, "key", "key-after-1", "question", "went_well", "text", "gọi sớm")
	if !strings.Contains(page, "Show 1 new word") {
		t.Errorf("a word that waits:\n%s", page)
	}
	if _, page := st.lead.form(at, "until", strconv.FormatInt(st.washed(d).Last, 10)); strings.Contains(page, "let-on") || st.washed(d).At.Until == 0 {
		t.Errorf("let on:\n%s", page)
	}
	long := strings.Repeat("b", 501)
	if res, page := st.lead.form(at, "key", "long-key-1", "question", "went_well", "text", long); res.StatusCode != http.StatusConflict || !strings.Contains(page, long) {
		t.Errorf("too long: %s\n%s", res.Status, page)
	}
}
