package server_test

import (
	"bytes"
	"fmt"
	"html"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"saban/engine"
	"saban/report/aar"
	"saban/scenarios"
	"saban/server"
)

// saidAfter has the log of a drill that is over say what somebody in the role
// of the guard said.
func (st *stage) saidAfter(d created, mode, text string) int64 {
	st.t.Helper()
	log, err := st.config.Store.Events(st.t.Context(), d.ID, 0)
	if err != nil {
		st.t.Fatal(err)
	}
	last := log[len(log)-1]
	word := engine.Event{Seq: last.Seq + 1, Type: engine.Noted, At: last.At, Recorded: last.Recorded, Actor: "p1", Body: engine.Body{Observed: last.At, Mode: mode, Role: "guard", Text: text}}
	if err := st.config.Store.Append(st.t.Context(), d.ID, []engine.Event{word}); err != nil {
		st.t.Fatal(err)
	}
	return word.Seq
}

var (
	inputs    = regexp.MustCompile(`<input type="(?:hidden|date)" name="([^"]*)" value="([^"]*)"|<input name="([^"]*)" value="([^"]*)"`)
	textareas = regexp.MustCompile(`(?s)<textarea (?:id="[^"]*" )?name="([^"]*)"[^>]*>(.*?)</textarea>`)
	selects   = regexp.MustCompile(`(?s)<select name="([^"]*)"[^>]*>(.*?)</select>`)
	chosen    = regexp.MustCompile(`<option(?: value="([^"]*)")? selected>([^<]*)`)
	checks    = regexp.MustCompile(`<input type="checkbox" name="([^"]*)" checked`)
)

// fieldsOf reads the form of a page as a browser would send it.
func fieldsOf(page string) url.Values {
	_, page, _ = strings.Cut(page, `id="plan"`)
	page, _, _ = strings.Cut(page, "</form>")
	v := url.Values{}
	set := func(name, value string) { v.Set(html.UnescapeString(name), html.UnescapeString(value)) }
	for _, m := range inputs.FindAllStringSubmatch(page, -1) {
		set(m[1]+m[3], m[2]+m[4])
	}
	for _, m := range textareas.FindAllStringSubmatch(page, -1) {
		set(m[1], strings.TrimPrefix(m[2], "\n"))
	}
	for _, m := range selects.FindAllStringSubmatch(page, -1) {
		value := ""
		if c := chosen.FindStringSubmatch(m[2]); c != nil {
			value = c[1]
			if !strings.Contains(c[0], "value=") {
				value = c[2]
			}
		}
		set(m[1], value)
	}
	for _, m := range checks.FindAllStringSubmatch(page, -1) {
		set(m[1], "on")
	}
	return v
}

// plan opens the plan of a drill and reads its form.
func (c *client) plan(d created) (url.Values, string) {
	c.t.Helper()
	res, page := c.do("GET", "/drills/"+d.ID+"/plan?lang=vi", "", "")
	if res.StatusCode != http.StatusOK {
		c.t.Fatalf("%s\n%s", res.Status, page)
	}
	return fieldsOf(page), page
}

// send presses a button of the plan.
func (c *client) press(d created, then string, v url.Values) (int, string) {
	c.t.Helper()
	v.Set("then", then)
	res, page := c.do("POST", "/drills/"+d.ID+"/plan?lang=vi", "application/x-www-form-urlencoded", v.Encode())
	return res.StatusCode, page
}

func rowsIn(v url.Values) (n int) {
	for v.Has(fmt.Sprintf("row.%d.issue", n)) {
		n++
	}
	return n
}

func TestAPlanIsWorkedOn(t *testing.T) {
	st := newStage(t)
	d := st.over()
	seq := st.saidAfter(d, engine.WentBadly, "không ai điểm danh <b>ở</b> sân")
	st.saidAfter(d, engine.WentWell, "bình tĩnh")
	v, page := st.lead.plan(d)
	drafted := rowsIn(v)
	if drafted == 0 || strings.Count(page, `value="word.`) != 1 || !strings.Contains(page, "không ai điểm danh &lt;b&gt;ở&lt;/b&gt; sân") || !strings.Contains(page, "bình tĩnh") {
		t.Fatalf("%d rows\n%s", drafted, page)
	}
	status, page := st.lead.press(d, fmt.Sprintf("word.%d", seq), v)
	v = fieldsOf(page)
	at := fmt.Sprintf("row.%d.", drafted)
	if status != http.StatusOK || v.Get(at+"issue") != "không ai điểm danh <b>ở</b> sân" || v.Get(at+"events") != fmt.Sprintf("#%d", seq) || !strings.Contains(page, "đã có trong kế hoạch") {
		t.Fatalf("%d: the word is no row: %v", status, v)
	}
	if _, report := st.lead.do("GET", "/drills/"+d.ID+"/report.md?lang=vi", "", ""); strings.Contains(report, "DỰ THẢO") {
		t.Error("a row that was not saved is in the report")
	}
	v.Set(at+"measure", "Lập danh sách theo ca")
	v.Set(at+"capability", "BV")
	v.Set(at+"element", "organization")
	v.Set(at+"owner", "Tổ trưởng ca 2")
	v.Set(at+"start", "2026-12-01")
	v.Set(at+"due", "2026-12-20")
	v.Set(at+"priority", "1")
	finding := ""
	for name := range v {
		if strings.HasPrefix(name, "finding.") {
			finding = name
		}
	}
	v.Set(finding, "Lời của chúng tôi")
	v.Set("lessons", "Phân công trước.\r\nGọi lại để xác nhận.")
	if status, page = st.lead.press(d, "save", v); status != http.StatusOK || !strings.Contains(page, "Đã lưu. Báo cáo") {
		t.Fatalf("%d\n%s", status, page)
	}
	_, report := st.lead.do("GET", "/drills/"+d.ID+"/report.md?lang=vi", "", "")
	for _, want := range []string{"DỰ THẢO", "Lời của chúng tôi", "Gọi lại để xác nhận.", fmt.Sprintf("sân (#%d) | BV | Lập danh sách theo ca | tổ chức, phân công | Tổ trưởng ca 2 | 01/12/2026 – 20/12/2026", seq)} {
		if !strings.Contains(report, want) {
			t.Errorf("the report has no %q", want)
		}
	}
	t.Run("saved again as it is, nothing changes", func(t *testing.T) {
		v, _ := st.in(t).lead.plan(d)
		if _, page := st.lead.press(d, "save", v); fieldsOf(page).Get("version") != v.Get("version") {
			t.Error("it is another version")
		}
	})
	t.Run("the other language keeps what was written", func(t *testing.T) {
		_, report := st.lead.do("GET", "/drills/"+d.ID+"/report.md?lang=en", "", "")
		if !strings.Contains(report, "Lập danh sách theo ca") || strings.Contains(report, "Cử người thay") {
			t.Error("the English report lost the row")
		}
	})
	t.Run("it is in the audit", func(t *testing.T) {
		if _, page := st.lead.do("GET", "/drills/"+d.ID+"/audit?lang=vi", "", ""); !strings.Contains(page, "Sửa lời rút kinh nghiệm") {
			t.Error(page)
		}
	})
	t.Run("once the log is closed, too", func(t *testing.T) {
		call[any](st.lead, "POST", "/api/v1/drills/"+d.ID+"/close", nil)
		v, _ := st.in(t).lead.plan(d)
		v.Set(at+"done", "2026-12-19")
		if status, page := st.lead.press(d, "save", v); status != http.StatusOK || fieldsOf(page).Get(at+"done") != "2026-12-19" {
			t.Errorf("%d\n%s", status, page)
		}
	})
	t.Run("rows go", func(t *testing.T) {
		v, _ := st.in(t).lead.plan(d)
		_, page := st.lead.press(d, fmt.Sprintf("remove.%d", drafted), v)
		if v = fieldsOf(page); rowsIn(v) != drafted {
			t.Errorf("%d rows", rowsIn(v))
		}
		_, page = st.lead.press(d, "add", v)
		if v = fieldsOf(page); rowsIn(v) != drafted+1 {
			t.Errorf("%d rows", rowsIn(v))
		}
		_, page = st.lead.press(d, "save", v) // a row nobody wrote in is none
		if v = fieldsOf(page); rowsIn(v) != drafted || v.Get(at+"issue") != "" {
			t.Errorf("%d rows", rowsIn(v))
		}
	})
}

func TestAPlanIsForADrillThatIsOver(t *testing.T) {
	st := newStage(t)
	d := st.drill()
	st.act(d.ID, "start", "start-key-1", nil)
	for _, path := range []string{"/plan", "/aar.yaml"} {
		if res, page := st.lead.do("GET", "/drills/"+d.ID+path+"?lang=en", "", ""); res.StatusCode != http.StatusConflict || !strings.Contains(page, "the drill is not over") {
			t.Errorf("%s: %s", path, res.Status)
		}
	}
	if status, _ := st.lead.press(d, "save", url.Values{}); status != http.StatusConflict {
		t.Errorf("saved: %d", status)
	}
	over := st.over()
	for _, then := range []string{"", "nothing", "word", "remove.x", "word.-1x"} {
		if status, _ := st.lead.press(over, then, url.Values{}); status != http.StatusBadRequest {
			t.Errorf("%q: %d", then, status)
		}
	}
}

func TestWhatIsWrongIsToldBesideTheField(t *testing.T) {
	st := newStage(t)
	d := st.over()
	v, _ := st.lead.plan(d)
	n := rowsIn(v)
	for name, value := range map[string]string{"issue": "", "measure": strings.Repeat("ă", 2001), "owner": strings.Repeat("x", 201), "start": "05/01/2026", "due": "hôm qua", "priority": "9", "element": "magic", "capability": "ZZ"} {
		v.Set(fmt.Sprintf("row.%d.%s", n, name), value)
	}
	v.Set(fmt.Sprintf("row.%d.issue", n+1), "hạn ngược")
	v.Set(fmt.Sprintf("row.%d.start", n+1), "2026-05-02")
	v.Set(fmt.Sprintf("row.%d.due", n+1), "2026-05-01")
	v.Set("lessons", strings.Repeat("một dòng\n", 101))
	status, page := st.lead.press(d, "save", v)
	if status != http.StatusUnprocessableEntity || strings.Count(page, `class="fault"`) != 10 || strings.Count(page, "aria-invalid") != 10 {
		t.Errorf("%d, %d faults, %d fields\n%s", status, strings.Count(page, `class="fault"`), strings.Count(page, "aria-invalid"), page)
	}
	back := fieldsOf(page)
	for _, name := range []string{"measure", "owner", "start", "due"} {
		if at := fmt.Sprintf("row.%d.%s", n, name); back.Get(at) != v.Get(at) {
			t.Errorf("%s is lost: %q", name, back.Get(at))
		}
	}
	if _, page := st.lead.plan(d); strings.Contains(page, "hạn ngược") {
		t.Error("it was saved")
	}
	t.Run("nor may the plan be empty", func(t *testing.T) {
		v, _ := st.in(t).lead.plan(d)
		for name := range v {
			if strings.HasPrefix(name, "row.") {
				v.Del(name)
			}
		}
		if status, page := st.lead.press(d, "save", v); status != http.StatusUnprocessableEntity || !strings.Contains(page, "để ít nhất một dòng") {
			t.Errorf("%d", status)
		}
	})
}

func TestTwoTabsLoseNothing(t *testing.T) {
	st := newStage(t)
	d := st.over()
	first, _ := st.lead.plan(d)
	second, _ := st.lead.plan(d)
	n := rowsIn(first)
	var findings []string
	for name := range first {
		if strings.HasPrefix(name, "finding.") {
			findings = append(findings, name)
		}
	}
	slices.Sort(findings)
	first.Set(findings[0], "lời thứ nhất")
	first.Set("lessons", "bài học một")
	first.Set("row.0.measure", "biện pháp một")
	first.Set(fmt.Sprintf("row.%d.issue", n), "dòng thêm ở cửa sổ một")
	if status, page := st.lead.press(d, "save", first); status != http.StatusOK {
		t.Fatalf("%d\n%s", status, page)
	}
	second.Set("lessons", "bài học hai")
	second.Set("proposals", "kiến nghị hai")
	second.Set(fmt.Sprintf("row.%d.issue", n), "dòng thêm ở cửa sổ hai")
	status, page := st.lead.press(d, "save", second)
	v := fieldsOf(page)
	if status != http.StatusConflict || !strings.Contains(page, "Có người đã lưu ở nơi khác") {
		t.Fatalf("%d\n%s", status, page)
	}
	for name, want := range map[string]string{findings[0]: "lời thứ nhất", "lessons": "bài học hai", "proposals": "kiến nghị hai"} {
		if v.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, v.Get(name), want)
		}
	}
	if !strings.Contains(page, "Đã lưu ở nơi khác: <q>bài học một</q>") || strings.Count(page, "vừa lưu ở nơi khác") != 2 {
		t.Errorf("what the other wrote is not told\n%s", page)
	}
	if status, page = st.lead.press(d, "save", v); status != http.StatusOK {
		t.Fatalf("%d\n%s", status, page)
	}
	v = fieldsOf(page)
	var issues, measures []string
	for i := range rowsIn(v) {
		issues, measures = append(issues, v.Get(fmt.Sprintf("row.%d.issue", i))), append(measures, v.Get(fmt.Sprintf("row.%d.measure", i)))
	}
	if rowsIn(v) != n+2 || !slices.Contains(issues, "dòng thêm ở cửa sổ một") || !slices.Contains(issues, "dòng thêm ở cửa sổ hai") || !slices.Contains(measures, "biện pháp một") {
		t.Errorf("%q %q", issues, measures)
	}
}

// sent uploads an after-action file.
func (c *client) sent(d created, version, text string) (int, string) {
	c.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	_ = w.WriteField("version", version)
	file, _ := w.CreateFormFile("file", "x.aar.yaml")
	_, _ = file.Write([]byte(text))
	_ = w.Close()
	res, page := c.do("POST", "/drills/"+d.ID+"/aar.yaml?lang=vi", w.FormDataContentType(), body.String())
	return res.StatusCode, page
}

func TestAReviewGoesToAFileAndComesBack(t *testing.T) {
	st := newStage(t)
	d := st.over()
	seq := st.saidAfter(d, engine.ToChange, "thêm \"bộ đàm\": #2 \\ {x}\ndòng hai")
	v, _ := st.lead.plan(d)
	_, page := st.lead.press(d, fmt.Sprintf("word.%d", seq), v)
	v = fieldsOf(page)
	v.Set("lessons", "một\nhai: \"ba\"")
	for name := range v {
		if strings.HasPrefix(name, "finding.strength") || strings.HasPrefix(name, "finding.first") {
			v.Set("drop."+name, "on")
		}
	}
	if status, page := st.lead.press(d, "save", v); status != http.StatusOK {
		t.Fatal(page)
	}
	res, text := st.lead.do("GET", "/drills/"+d.ID+"/aar.yaml?lang=vi", "", "")
	f, found := scenarios.ReadAAR(scenarios.Source{Name: "x", Bytes: []byte(text)})
	if len(found) > 0 || res.Header.Get("Content-Type") != "application/yaml" || !strings.HasSuffix(res.Header.Get("Content-Disposition"), `.aar.yaml"`) {
		t.Fatalf("%s\n%s\n%v", text, found.Format(engine.EN), res.Header)
	}
	last := f.Plan[len(f.Plan)-1]
	if last.Issue.VI != "thêm \"bộ đàm\": #2 \\ {x}\ndòng hai" || !slices.Equal(last.Events, []int64{seq}) || len(f.Lessons) != 2 || f.Lessons[1].VI != "hai: \"ba\"" {
		t.Errorf("%+v", f)
	}
	v, _ = st.lead.plan(d)
	t.Run("as it is, it changes nothing", func(t *testing.T) {
		if status, page := st.in(t).lead.sent(d, v.Get("version"), text); status != http.StatusOK || fieldsOf(page).Get("version") != v.Get("version") {
			t.Errorf("%d %s", status, page)
		}
	})
	t.Run("of an older copy of the page it is not taken", func(t *testing.T) {
		if status, page := st.in(t).lead.sent(d, "0000", text); status != http.StatusConflict || !strings.Contains(page, "lưu ở nơi khác") {
			t.Errorf("%d", status)
		}
	})
	t.Run("edited, it is taken", func(t *testing.T) {
		status, page := st.in(t).lead.sent(d, v.Get("version"), strings.Replace(text, "dòng hai", "dòng sửa", 1))
		if status != http.StatusOK || !strings.Contains(page, "dòng sửa") {
			t.Errorf("%d\n%s", status, page)
		}
		v = fieldsOf(page)
	})
	for name, bad := range map[string]string{"khóa lạ": text + "nonsense: 1\n", "nhật ký khác": strings.Replace(text, "head: ", "head: 00", 1), "kết quả lạ": strings.Replace(text, "of: \"", "of: \"zz", 1), "sự kiện lạ": strings.Replace(text, fmt.Sprintf("[%d]", seq), "[9999]", 1)} {
		t.Run(name, func(t *testing.T) {
			status, page := st.in(t).lead.sent(d, v.Get("version"), bad)
			if status != http.StatusUnprocessableEntity || !strings.Contains(page, "Không dùng được tệp") || !strings.Contains(page, "<pre") || fieldsOf(page).Get("version") != v.Get("version") {
				t.Errorf("%d\n%s", status, page)
			}
		})
	}
	t.Run("nothing chosen", func(t *testing.T) {
		if res, _ := st.lead.do("POST", "/drills/"+d.ID+"/aar.yaml", "application/x-www-form-urlencoded", "x=1"); res.StatusCode != http.StatusConflict {
			t.Error(res.Status)
		}
	})
}

func TestAnApprovedReviewIsTakenAsItIs(t *testing.T) {
	st := newStage(t)
	d := st.over()
	v, _ := st.lead.plan(d)
	v.Set("lessons", "Gọi lại để xác nhận.")
	st.lead.press(d, "save", v)
	approve := func() string {
		_, text := st.lead.do("GET", "/drills/"+d.ID+"/aar.yaml?lang=vi", "", "")
		f, _ := scenarios.ReadAAR(scenarios.Source{Name: "x", Bytes: []byte(text)})
		return text + string(scenarios.WriteApproval(&scenarios.Approval{By: "Tổ trưởng", On: "2026-03-12", SHA256: aar.Review(f).Hash(f.Head)}))
	}
	v, _ = st.lead.plan(d)
	if status, page := st.lead.sent(d, v.Get("version"), approve()); status != http.StatusUnprocessableEntity || !strings.Contains(page, "khóa hồ sơ") {
		t.Errorf("of an open log: %d", status)
	}
	call[any](st.lead, "POST", "/api/v1/drills/"+d.ID+"/close", nil)
	text := approve()
	if status, page := st.lead.sent(d, v.Get("version"), strings.Replace(text, "xác nhận", "hỏi thêm", 1)); status != http.StatusUnprocessableEntity || !strings.Contains(page, "đã bị sửa sau khi Tổ trưởng duyệt") {
		t.Errorf("changed since: %d", status)
	}
	if status, page := st.lead.sent(d, v.Get("version"), text); status != http.StatusOK || !strings.Contains(page, "Tổ trưởng đã phê duyệt ngày 2026-03-12") {
		t.Fatalf("%d\n%s", status, page)
	}
	if _, report := st.lead.do("GET", "/drills/"+d.ID+"/report.md?lang=vi", "", ""); !strings.Contains(report, "Tổ trưởng") || strings.Contains(report, "DỰ THẢO") {
		t.Error("the report does not bear it")
	}
	if _, back := st.lead.do("GET", "/drills/"+d.ID+"/aar.yaml", "", ""); back != text {
		t.Errorf("it comes back as\n%s", back)
	}
	v, _ = st.lead.plan(d)
	if _, page := st.lead.press(d, "save", v); !strings.Contains(page, "Tổ trưởng đã phê duyệt") {
		t.Error("saving it as it is ends the approval")
	}
	v.Set("lessons", "Bài học khác")
	if _, page := st.lead.press(d, "save", v); strings.Contains(page, "Tổ trưởng đã phê duyệt") || fieldsOf(page).Get("lessons") != "Bài học khác" {
		t.Error("a change does not end it")
	}
}

func TestANameInAPlanIsTold(t *testing.T) {
	st := newStage(t)
	d := st.over()
	v, _ := st.lead.plan(d)
	v.Set("row.0.owner", "Lò Văn Thảo, tổng đài")
	v.Set("lessons", "không ai nói gì")
	if status, page := st.lead.press(d, "save", v); status != http.StatusOK {
		t.Fatal(page)
	}
	guest := call[[]server.Guest](st.lead, "GET", "/api/v1/drills/"+d.ID+"/guests", nil)[0]
	if _, page := st.lead.do("GET", "/drills/"+d.ID+"/forget?person="+guest.Person, "", ""); !strings.Contains(page, "<blockquote>Lò Văn Thảo, tổng đài</blockquote>") || !strings.Contains(page, "/drills/"+d.ID+"/plan") {
		t.Errorf("the page does not say so\n%s", page)
	}
	done := call[server.Forgotten](st.lead, "POST", "/api/v1/drills/"+d.ID+"/forget", map[string]any{"whom": "lò văn thảo"})
	if len(done.People) != 1 || !slices.Equal(done.Plans, []server.Planned{{Drill: d.ID, Text: "Lò Văn Thảo, tổng đài"}}) {
		t.Errorf("%+v", done)
	}
}
