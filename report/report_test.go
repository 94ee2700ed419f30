package report_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"saban/engine"
	"saban/report"
	"saban/report/markdown"
	"saban/scoring"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func text(vi, en string) engine.Text { return engine.Text{VI: vi, EN: en} }

// scenario is small but has one of everything a report speaks of.
func scenario() *engine.Scenario {
	return &engine.Scenario{
		ID: "small", Lang: engine.VI, Title: text("Vật khả nghi ở cổng", "Suspicious item at the gate"), Threat: "bomb-threat", Duration: engine.Hour,
		Site:       engine.Facility{Name: text("Công ty A (hư cấu)", "Company A (fictional)"), About: text("Nhà điều hành 120 người", "An operations building of 120 people")},
		Objectives: []engine.Objective{{ID: "O1", Capability: engine.NB, Text: text("Báo tin đủ và nhanh", "Report fully and fast")}, {ID: "O2", Capability: engine.BV, Text: text("Đưa người ra an toàn", "Get people out safely")}},
		Flags:      []engine.Flag{{ID: "clear", Text: text("sân đã hết người", "the yard is clear")}},
		Roles: []engine.Role{
			{ID: "guard", Title: text("Bảo vệ", "Guard")}, {ID: "chief", Title: text("Chỉ huy", "Chief")},
			{ID: "medic", Title: text("Y tế", "Medic")}, {ID: "caller", Title: text("Người gọi", "Caller"), Simulated: true},
		},
		States: []engine.State{
			{ID: "calm", Kind: engine.Initial, Title: text("Bình thường", "Normal")}, {ID: "found", Kind: engine.Normal, Title: text("Đã thấy vật", "Item found")},
			{ID: "panic", Kind: engine.Escalated, Title: text("Hoảng loạn", "Panic")}, {ID: "safe", Kind: engine.Contained, Title: text("Đã kiểm soát", "Under control")},
		},
		Transitions: []engine.Transition{
			{From: "calm", To: "found", When: "inject(I01)"},
			{ID: "slow", From: "found", To: "panic", When: "missed(R02)", Why: text("không ai đưa người ra", "nobody led people out")},
			{From: "panic", To: "safe", When: "done(R03)"},
		},
		Injects: []engine.Inject{
			{ID: "I01", Title: text("Ba lô vô chủ", "Unclaimed backpack"), At: engine.Minute, To: []string{"guard"}, Text: text("Có ba lô lạ", "A strange backpack"), Expects: []engine.Response{
				{ID: "R01", By: "guard", Target: engine.Minute, Limit: 3 * engine.Minute, Weight: 4, Critical: true, Objective: "O1", Do: text("Báo ca trực", "Report to the shift")},
				{ID: "R02", By: "chief", Target: 2 * engine.Minute, Limit: 5 * engine.Minute, Weight: 5, Critical: true, After: []string{"R01"}, Objective: "O2", Do: text("Đưa người ra khỏi khu vực", "Lead people out")},
			}},
			{ID: "I02", Title: text("Người hoảng loạn", "People panic"), When: "state(panic)", At: 2 * engine.Minute, Text: text("Mọi người chạy", "People run"), Expects: []engine.Response{
				{ID: "R03", By: "chief", Or: []string{"guard"}, Target: 2 * engine.Minute, Limit: 4 * engine.Minute, Weight: 3, Objective: "O2", Do: text("Điểm danh", "Count heads")},
			}},
			{ID: "I03", Title: text("Có người ngất", "Somebody faints"), At: 20 * engine.Minute, Text: text("Một người ngất", "Somebody faints"), Expects: []engine.Response{
				{ID: "R04", By: "medic", Target: 2 * engine.Minute, Limit: 4 * engine.Minute, Weight: 2, Capability: engine.BV, Do: text("Sơ cứu", "Give first aid")},
			}},
			{ID: "I04", Title: text("Báo chí hỏi", "The press asks"), At: 40 * engine.Minute, Text: text("Báo chí hỏi", "The press asks")},
		},
		Prohibited:  []engine.Prohibited{{ID: "P01", Severity: engine.Major, Capability: engine.KV, Text: text("Dùng bộ đàm cạnh vật", "Use a radio beside the item"), Why: text("sóng vô tuyến gần vật là nguy hiểm", "radio near the item is a danger")}},
		Distractors: []engine.Distractor{{ID: "D01", Text: text("Xem lại camera trước", "Watch the camera first")}},
		Debrief:     []engine.Text{text("Ai quyết định đưa người ra?", "Who decided to lead people out?"), text("Điểm tập kết có đủ xa không?", "Was the assembly point far enough?")},
	}
}

// logbook writes a log by hand; wall time starts on 5 March 2026, 08:00 in
// Viet Nam.
type logbook []engine.Event

const startsAt = 1772672400000

func (l *logbook) add(at engine.Millis, t engine.EventType, actor string, b engine.Body) int64 {
	seq := int64(len(*l) + 1)
	if b.Observed == 0 {
		b.Observed = at
	}
	*l = append(*l, engine.Event{Seq: seq, Type: t, At: at, Recorded: startsAt + int64(at), Actor: actor, Body: b})
	return seq
}

const nasty = "a|b `c` <script>alert(1)</script> [x](http://e.vn) *d* _e_ # & \\ \n1. f\u202e www.e.vn x@e.vn $g$ ![i](j)"

func drill() []engine.Event {
	const s, m = engine.Second, engine.Minute
	var l logbook
	l.add(0, engine.Started, "p9", engine.Body{Start: &engine.Start{Led: true, Speed: engine.Whole, Seats: []engine.Seat{
		{Role: "guard", Persons: []string{"p1", "p2"}}, {Role: "chief", Persons: []string{"p3"}, Factor: engine.Whole * 3 / 2}, {Role: "medic"}}}})
	l.add(m, engine.Released, "", engine.Body{ID: "I01", Mode: "planned"})
	l.add(m, engine.Moved, "", engine.Body{From: "calm", To: "found", Via: "calm-found-1"})
	l.add(m+20*s, engine.Received, "p1", engine.Body{ID: "I01", Role: "guard", Mode: "device"})
	l.add(m+50*s, engine.Responded, "p1", engine.Body{ID: "I01", Role: "guard", Person: "p1", Choices: []string{"R01"}, Text: nasty})
	l.add(2*m, engine.Responded, "p3", engine.Body{ID: "I01", Role: "chief", Person: "p3", Choices: []string{"D01"}})
	l.add(2*m+30*s, engine.Relayed, "p9", engine.Body{ID: "I01", Role: "chief"})
	l.add(3*m, engine.Paused, "p9", engine.Body{Reason: "mất điện"})
	l.add(3*m, engine.Resumed, "p9", engine.Body{})
	l.add(4*m, engine.ProhibitedAct, "p8", engine.Body{ID: "P01", Role: "guard"})
	wrong := l.add(5*m, engine.ProhibitedAct, "p8", engine.Body{ID: "P01", Role: "chief"})
	l.add(5*m+10*s, engine.Retracted, "p8", engine.Body{Of: wrong, Reason: "ghi nhầm"})
	l.add(8*m+50*s, engine.Missed, "", engine.Body{ID: "R02"})
	l.add(8*m+50*s, engine.Moved, "", engine.Body{From: "found", To: "panic", Via: "slow"})
	l.add(8*m+50*s, engine.Released, "", engine.Body{ID: "I02", Mode: "when"})
	l.add(9*m+20*s, engine.Received, "", engine.Body{ID: "I02", Mode: "assumed"})
	l.add(12*m, engine.Observed, "p8", engine.Body{ID: "R03", Role: "medic", Content: engine.Over(6, 7), Text: "thiếu | hai tên"})
	l.add(13*m, engine.Observed, "p8", engine.Body{ID: "R02", Role: "chief", Observed: 11 * m, Content: engine.Whole})
	done := 10*m + 30*s
	l.add(13*m+30*s, engine.Overridden, "p8", engine.Body{ID: "R02", Reason: "xem lại camera", Override: &engine.FactsOverride{Observed: &done}})
	l.add(14*m, engine.Rated, "p8", engine.Body{ID: "R03", Rating: "P", Reason: "đủ với cỡ đội này"})
	l.add(15*m, engine.Forced, "p9", engine.Body{From: "panic", To: "safe", Reason: "đủ bài học"})
	l.add(16*m, engine.Flagged, "p9", engine.Body{ID: "clear"})
	l.add(17*m, engine.Held, "p9", engine.Body{ID: "I04", Reason: "hết giờ"})
	l.add(18*m, engine.Written, "p9", engine.Body{ID: "X1", Inject: &engine.Inject{ID: "X1", Title: text("Mưa lớn", "Heavy rain"), To: []string{"guard"}, Text: text("Mưa", "Rain"),
		Expects: []engine.Response{{ID: "X1R", By: "guard", Target: m, Limit: 2 * m, Do: text("Che vật chứng", "Cover the evidence")}}}})
	l.add(18*m, engine.Released, "p9", engine.Body{ID: "X1", Mode: "adhoc"})
	l.add(18*m, engine.Received, "p1", engine.Body{ID: "X1", Mode: "device", Role: "guard"})
	l.add(19*m, engine.Noted, "p9", engine.Body{Text: "đội **bình tĩnh**"})
	l.add(20*m+30*s, engine.Released, "p9", engine.Body{ID: "I03", Mode: "planned"})
	l.add(20*m+30*s, engine.Received, "p9", engine.Body{ID: "I03", Mode: "read"})
	l.add(27*m, engine.Joined, "p1", engine.Body{Role: "guard", Device: "d1"})
	l.add(30*m, engine.Ended, "p9", engine.Body{})
	return l
}

func built() report.Report {
	s, log := scenario(), drill()
	card := scoring.Score(s, scoring.Default(), log)
	card.Scenario.SHA256 = strings.Repeat("ab", 32)
	return report.Build(s, card, log, report.Meta{
		Drill: "D-1", Head: strings.Repeat("0f", 32), Closed: true, Engine: "1", Place: "Nậm Khao", Body: "Công ty A",
		Rubric: report.Pin{Name: "default", SHA256: strings.Repeat("cd", 32)}, Names: map[string]string{"p9": "Người điều khiển", "p8": "Đánh giá viên"},
	})
}

func rendered(t testing.TB, r report.Report, lang engine.Lang) string {
	t.Helper()
	var b bytes.Buffer
	if err := markdown.Write(&b, report.Document(r, lang)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := "testdata/" + name
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Error(d)
	}
}

func TestGolden(t *testing.T) {
	r := built()
	golden(t, "small.vi.md", rendered(t, r, engine.VI))
	golden(t, "small.en.md", rendered(t, r, engine.EN))
	raw, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "small.json", string(raw)+"\n")
}

func TestSecrecyIsNeverMarked(t *testing.T) {
	for _, lang := range []engine.Lang{engine.VI, engine.EN} {
		got := strings.ToLower(rendered(t, built(), lang))
		for _, mark := range []string{"tuyệt mật", "tối mật", "| mật |", "độ mật", "secret", "hỏa tốc"} {
			if strings.Contains(got, mark) {
				t.Errorf("%s: %q", lang, mark)
			}
		}
	}
	got := rendered(t, built(), engine.VI)
	for _, want := range []string{"DIỄN TẬP – DIỄN TẬP – DIỄN TẬP", "TÀI LIỆU DIỄN TẬP – LƯU HÀNH NỘI BỘ", "# BÁO CÁO\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing", want)
		}
	}
}

// Findings come before figures, and the parts in the order of custom.
func TestOrderOfParts(t *testing.T) {
	r := built()
	for lang, parts := range map[engine.Lang][]string{
		engine.VI: {r.Verdict.VI, "Cần khắc phục trước hết", "Cần giữ", "Xếp loại", "## I. THÔNG TIN CHUNG", "## II. DIỄN BIẾN", "## III. ĐÁNH GIÁ KẾT QUẢ", "### 1. Ưu điểm",
			"### 2. Tồn tại, hạn chế", "### 3. Nguyên nhân", "### 4. Mức đánh giá", "### 5. Điểm", "### 6. Giới hạn của kết quả", "## IV. BÀI HỌC KINH NGHIỆM",
			"## V. KẾ HOẠCH KHẮC PHỤC", "## VI. KIẾN NGHỊ, ĐỀ XUẤT", "./.", "Hình 1", "Làm tốt, cần giữ", "Giới hạn của kết quả", "Hình 2", "Hành động khắc phục",
			"# Phụ lục I.", "# Phụ lục II.", "# Phụ lục III."},
		engine.EN: {r.Verdict.EN, "To mend first", "To keep", "Grade:", "## I. EXERCISE OVERVIEW", "## II. COURSE", "## III. ASSESSMENT", "### 1. Strengths",
			"### 2. Areas for improvement", "### 3. Causes", "### 4. Ratings", "### 5. Points", "### 6. Limits", "## IV. LESSONS", "## V. IMPROVEMENT PLAN", "## VI. REC", "./.",
			"Figure 1", "To keep", "Limits of the result", "Figure 2", "Corrective actions", "# Annex I.", "# Annex II.", "# Annex III."},
	} {
		got := rendered(t, r, lang)
		for _, part := range parts {
			_, after, ok := strings.Cut(got, part)
			if !ok {
				t.Errorf("%s: %q is missing or out of order", lang, part)
			}
			got = after
		}
	}
}

// Every item, penalty and finding names events that are in the log.
func TestEverythingIsTraceable(t *testing.T) {
	r, last := built(), int64(len(drill()))
	check := func(what string, events []int64, wanted bool) {
		if wanted && len(events) == 0 {
			t.Errorf("%s names no event", what)
		}
		for _, e := range events {
			if e < 1 || e > last {
				t.Errorf("%s names #%d", what, e)
			}
		}
	}
	for _, it := range r.Card.Items {
		check(it.ID, it.Events, it.Triggered)
	}
	for _, p := range r.Card.Penalties {
		check(p.ID, p.Events, true)
	}
	for _, list := range [][]scoring.Finding{r.Strengths, r.Weaknesses} {
		for _, f := range list {
			check(f.Code, f.Events, true)
		}
	}
	for _, a := range r.Plan {
		check(a.Issue.EN, a.Events, true)
		if !a.Measure.Empty() {
			t.Errorf("a measure was invented: %q", a.Measure)
		}
	}
	for _, c := range r.Causes {
		for _, f := range c.Shown {
			check(f.Text.EN, f.Events, false)
		}
		if !c.Root.Empty() {
			t.Errorf("a root cause was invented: %q", c.Root)
		}
	}
}

func TestUserTextIsHarmless(t *testing.T) {
	got := rendered(t, built(), engine.VI)
	row := ""
	for line := range strings.Lines(got) {
		if strings.Contains(line, "script") && strings.HasPrefix(line, "|") {
			row = line
		}
	}
	want := "“a\\|b \\`c\\` &lt;script&gt;alert(1)&lt;/script&gt; \\[x\\](http&#58;//e.vn) \\*d\\* \\_e\\_ \\# &amp; \\\\ 1. f www&#46;e.vn x\\@e.vn \\$g\\$ \\!\\[i\\](j)”"
	if !strings.Contains(row, want) {
		t.Errorf("%s\nwant %s", row, want)
	}
	if n := strings.Count(strings.ReplaceAll(row, `\|`, ""), "|"); n != 6 {
		t.Errorf("the row has %d bars: %s", n, row)
	}
	if strings.Count(got, want) != strings.Count(got, "alert(1)") || strings.Contains(got, "\u202e") || strings.Contains(got, "**bình") {
		t.Error("markup of a user got through")
	}
}

func TestEveryTableIsEven(t *testing.T) {
	for _, lang := range []engine.Lang{engine.VI, engine.EN} {
		bars, number := 0, 0
		for line := range strings.Lines(rendered(t, built(), lang)) {
			number++
			if !strings.HasPrefix(line, "|") {
				bars = 0
				continue
			}
			n := strings.Count(strings.ReplaceAll(line, `\|`, ""), "|")
			if bars != 0 && n != bars {
				t.Errorf("%s line %d: %d bars after %d: %s", lang, number, n, bars, line)
			}
			bars = n
		}
	}
}

func TestEnglishIsComplete(t *testing.T) {
	got := rendered(t, built(), engine.EN)
	for _, word := range []string{"tình huống", "Vai ", "chưa", "Không", "sự kiện", "người", "giây", "phút"} {
		if strings.Contains(got, word) {
			t.Errorf("%q in the English report", word)
		}
	}
}

func TestCausesComeFromTheLog(t *testing.T) {
	var got []string
	for _, c := range built().Causes {
		for _, f := range c.Shown {
			got = append(got, c.ID+": "+f.Text.EN)
		}
	}
	want := []string{
		"R02: “Unclaimed backpack” reached its reader 20 s after release",
		"R02: the role Chief was told 1 min 10 s after the news came in",
		"R02: the role Chief chose “Watch the camera first”",
	}
	for _, w := range want {
		found := false
		for _, g := range got {
			found = found || g == w
		}
		if !found {
			t.Errorf("%q not in\n%s", w, strings.Join(got, "\n"))
		}
	}
}

func TestEmptyDrills(t *testing.T) {
	virtual := &engine.Start{Virtual: true, Speed: engine.Whole, Seats: engine.FullSeats(scenario())}
	for name, log := range map[string][]engine.Event{
		"no log":      nil,
		"only begun":  {{Seq: 1, Type: engine.Started, Recorded: startsAt, Body: engine.Body{Start: &engine.Start{Speed: engine.Whole}}}},
		"no start":    {{Seq: 1, Type: engine.Started, Recorded: startsAt}},
		"virtual":     {{Seq: 1, Type: engine.Started, Body: engine.Body{Start: virtual}}, {Seq: 2, Type: engine.Ended}},
		"unknown ids": {{Seq: 1, Type: engine.Started}, {Seq: 2, Type: engine.Moved, Body: engine.Body{To: "x"}}, {Seq: 3, Type: engine.Rated, Body: engine.Body{ID: "x", Rating: "P"}}, {Seq: 4, Type: engine.Retracted, Body: engine.Body{Of: 99}}},
	} {
		t.Run(name, func(t *testing.T) {
			s := scenario()
			r := report.Build(s, scoring.Score(s, scoring.Default(), log), log, report.Meta{})
			for _, lang := range []engine.Lang{engine.VI, engine.EN} {
				if got := rendered(t, r, lang); !strings.Contains(got, "./.") {
					t.Error(got)
				}
			}
		})
	}
}

func TestVirtualDrillHasNoDate(t *testing.T) {
	log := drill()
	log[0].Start.Virtual = true
	s := scenario()
	r := report.Build(s, scoring.Score(s, scoring.Default(), log), log, report.Meta{})
	if r.Letterhead.Date != "" || r.Plan[0].Due != "" {
		t.Errorf("date %q, due %q", r.Letterhead.Date, r.Plan[0].Due)
	}
	if got := rendered(t, r, engine.VI); !strings.Contains(got, "ngày …… tháng …… năm ……") {
		t.Error("no blank date")
	}
}

// Pages to look at name what presses most, and say where the rest is.
func TestTheGraphicPartNamesWhatPressesMost(t *testing.T) {
	r := built()
	r.Plan = nil
	for i := range 12 {
		r.Plan = append(r.Plan, report.Action{Issue: engine.Same("x"), Measure: engine.Same("measure " + string(rune('a'+i))), Priority: 3 - i/4})
	}
	_, graphic, _ := strings.Cut(rendered(t, r, engine.EN), "Corrective actions*")
	graphic, _, _ = strings.Cut(graphic, "# Annex I.")
	var named []string
	for i := range 12 {
		if strings.Contains(graphic, "measure "+string(rune('a'+i))) {
			named = append(named, string(rune('a'+i)))
		}
	}
	if got := strings.Join(named, ""); got != "efghijkl" || !strings.Contains(graphic, "and 4 more, in part V of the report") || strings.Index(graphic, "measure i") > strings.Index(graphic, "measure e") {
		t.Errorf("it names %s:\n%s", got, graphic)
	}
}
