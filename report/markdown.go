package report

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"saban/engine"
	"saban/scoring"
)

// Markdown writes the report in one language, as GitHub-flavoured Markdown.
// Its error is what w failed with.
func Markdown(w io.Writer, r Report, lang engine.Lang) error {
	p := &page{w: bufio.NewWriter(w), r: &r, lang: lang}
	for _, part := range []func(){
		p.head, p.lead, p.overview, p.course, p.assessment, p.lessons, p.plan, p.proposals, p.foot, p.annex,
	} {
		part()
	}
	return p.w.Flush()
}

// page writes one report. The writer keeps its first error.
type page struct {
	w    *bufio.Writer
	r    *Report
	lang engine.Lang
}

// line writes markup of our own; what goes into it is escaped by then.
func (p *page) line(format string, args ...any) {
	fmt.Fprintf(p.w, format+"\n", args...)
}

// pick chooses between two fixed texts.
func (p *page) pick(vi, en string) string {
	return engine.Text{VI: vi, EN: en}.In(p.lang)
}

// text is a text of people, escaped.
func (p *page) text(t engine.Text) string { return escape(t.In(p.lang)) }

// name is what an id stands for, escaped.
func (p *page) name(id string) string {
	if t, ok := p.r.Names[id]; ok {
		return p.text(t)
	}
	return escape(id)
}

// blank is for people to fill in.
func (p *page) blank() string {
	return p.pick("………… *(ban tổ chức điền)*", "………… *(to be filled in)*")
}

func (p *page) section(number, vi, en string) {
	title := p.pick(vi, en)
	if number != "" {
		title = number + ". " + title
	}
	p.line("\n## %s\n", title)
}

// table writes rows of escaped cells under heads: Vietnamese, English.
func (p *page) table(heads [][2]string, rows [][]string) {
	cells := make([]string, len(heads))
	for i, h := range heads {
		cells[i] = p.pick(h[0], h[1])
	}
	p.line("| %s |", strings.Join(cells, " | "))
	p.line("|%s", strings.Repeat(" --- |", len(heads)))
	for _, row := range rows {
		p.line("| %s |", strings.Join(row, " | "))
	}
}

// refs names events: (#4, #7–#9). Runs of three and more are drawn together.
func refs(events []int64) string {
	if len(events) == 0 {
		return ""
	}
	return "(" + numbers(events) + ")"
}

func numbers(events []int64) string {
	var b strings.Builder
	for i := 0; i < len(events); {
		j := i
		for j+1 < len(events) && events[j+1] == events[j]+1 {
			j++
		}
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("#" + strconv.FormatInt(events[i], 10))
		if j-i >= 2 {
			b.WriteString("–#" + strconv.FormatInt(events[j], 10))
			i = j
		}
		i++
	}
	return b.String()
}

// fewEvents are as many as the lead names; part III names them all.
const fewEvents = 6

// findings lists the first most of them, or with a negative most all.
func (p *page) findings(list []scoring.Finding, most int) {
	for i, f := range list {
		if i == most {
			p.line("- %s", p.pick(fmt.Sprintf("và %d điểm khác, xem mục III.", len(list)-most), fmt.Sprintf("and %d more, see part III.", len(list)-most)))
			return
		}
		where := refs(f.Events)
		if most > 0 && len(f.Events) > fewEvents {
			where = "(" + numbers(f.Events[:fewEvents]) + ", …)"
		}
		p.line("- %s", strings.TrimSpace(p.text(f.Text)+" "+where))
	}
	if len(list) == 0 {
		p.line("- %s", p.pick("Không ghi nhận.", "None recorded."))
	}
}

const drillMark = "DIỄN TẬP – DIỄN TẬP – DIỄN TẬP"

// head is the head of an official document (Decree 30/2020/NĐ-CP) as far as
// Markdown goes. Nothing here marks secrecy.
func (p *page) head() {
	h := &p.r.Letterhead
	p.line("**%s**\n", p.pick(drillMark, "EXERCISE – EXERCISE – EXERCISE"))
	p.line("**%s**\n", p.text(p.r.Marking))
	dots := func(s string) string {
		if s == "" {
			return "……………"
		}
		return escape(s)
	}
	p.line("| %s<br>**%s** | **%s**<br>**%s** |", strings.ToUpper(dots(h.Parent)), strings.ToUpper(dots(h.Body)),
		p.pick("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SOCIALIST REPUBLIC OF VIET NAM"),
		p.pick("Độc lập - Tự do - Hạnh phúc", "Independence - Freedom - Happiness"))
	p.line("|:---:|:---:|")
	no := "……/BC-……"
	if h.Number != "" {
		no = escape(h.Number)
	}
	p.line("| %s %s | *%s* |", p.pick("Số:", "No."), no, p.dateline(dots(h.Place)))
	p.line("\n# %s\n", p.pick("BÁO CÁO", "REPORT"))
	p.line("**%s**", p.text(p.r.Subject))
}

// dateline writes days below 10 and the months 1 and 2 with a leading zero,
// as the decree wants it.
func (p *page) dateline(place string) string {
	date, err := time.Parse("2006-01-02", p.r.Letterhead.Date)
	if err != nil {
		return p.pick(place+", ngày …… tháng …… năm ……", place+", ……")
	}
	if p.lang == engine.EN {
		return place + ", " + date.Format("2 January 2006")
	}
	month := strconv.Itoa(int(date.Month()))
	if date.Month() < time.March {
		month = "0" + month
	}
	return fmt.Sprintf("%s, ngày %02d tháng %s năm %d", place, date.Day(), month, date.Year())
}

// lead is what a reader takes away: the verdict, what to mend, what to keep;
// the figure comes after them.
func (p *page) lead() {
	p.line("\n**%s**\n", p.text(p.r.Verdict))
	p.line("%s\n", p.pick("Cần khắc phục trước hết:", "To mend first:"))
	p.findings(p.r.Weaknesses, 3)
	p.line("\n%s\n", p.pick("Cần giữ:", "To keep:"))
	p.findings(p.r.Strengths, 3)
	p.line("\n%s %s", p.text(p.r.Grade), p.pick("Điểm chấm cho tập thể và vai, không xếp hạng cá nhân.", "Scores are of the team and its roles; persons are not ranked."))
	if n := len(p.r.Card.Limits); n > 0 {
		p.line("\n%s", p.pick(fmt.Sprintf("Đọc cùng với %d giới hạn của kết quả ở phụ lục, mục 7.", n), fmt.Sprintf("Read with the limits of the result (%d), annex 7.", n)))
	}
}

func (p *page) overview() {
	p.section("I", "Thông tin chung", "Exercise overview")
	rows := make([][]string, len(p.r.Overview))
	for i, row := range p.r.Overview {
		value := p.text(row.Value)
		if row.Blank {
			value = p.blank()
		}
		rows[i] = []string{p.text(row.Label), value}
	}
	p.table([][2]string{{"Mục", "Item"}, {"Nội dung", "Content"}}, rows)
}

func (p *page) course() {
	p.section("II", "Diễn biến", "Course of events")
	rows := make([][]string, len(p.r.Timeline))
	day := ""
	for i, l := range p.r.Timeline {
		what := p.text(l.What)
		if l.Retracted != 0 {
			what = fmt.Sprintf("~~%s~~ (%s #%d)", what, p.pick("đã rút lại,", "retracted,"), l.Retracted)
		}
		rows[i] = []string{l.AtMS.Clock(), hour(l.Wall, &day), what, p.text(l.Who), fmt.Sprintf("#%d", l.Event)}
	}
	p.table([][2]string{{"Giờ diễn tập", "Exercise time"}, {"Giờ thực (+07:00)", "Wall clock (+07:00)"}, {"Sự việc", "Event"}, {"Vai, người", "Who"}, {"Số", "No."}}, rows)
}

// hour shows the day too when it is another one than in the row above.
func hour(rfc3339 string, day *string) string {
	t, err := time.Parse(time.RFC3339, rfc3339)
	if err != nil {
		return escape(rfc3339)
	}
	t = t.In(wall)
	if today := t.Format("02/01"); today != *day {
		*day = today
		return t.Format("02/01 15:04:05")
	}
	return t.Format("15:04:05")
}

func (p *page) lessons() {
	p.section("IV", "Bài học kinh nghiệm", "Lessons")
	p.line("%s\n", p.pick("Câu hỏi thảo luận của kịch bản; ghi lại điều đã thống nhất.", "The scenario's questions for the debrief; note what was agreed."))
	for i, q := range p.r.Lessons {
		p.line("%d. %s", i+1, p.text(q))
		p.line("   - %s %s", p.pick("Thống nhất:", "Agreed:"), p.blank())
	}
	if len(p.r.Lessons) == 0 {
		p.line("1. %s", p.blank())
	}
}

func (p *page) plan() {
	p.section("V", "Kế hoạch khắc phục", "Improvement plan")
	rows := make([][]string, len(p.r.Plan))
	for i, a := range p.r.Plan {
		rows[i] = []string{strconv.Itoa(i + 1), strings.TrimSpace(p.text(a.Issue) + " " + refs(a.Events)), escape(string(a.Capability)),
			p.or(a.Measure, p.blank()), p.text(a.Element.Title()), p.or(p.name(a.Responsible), p.blank()), p.or(p.day(a.Due), p.blank())}
	}
	if len(rows) == 0 {
		p.line("%s", p.pick("Không có tồn tại nào được ghi nhận.", "No weakness was recorded."))
		return
	}
	p.table([][2]string{{"TT", "No."}, {"Tồn tại", "Issue"}, {"Năng lực", "Capability"}, {"Biện pháp khắc phục", "Corrective action"},
		{"Yếu tố (POETE, gợi ý)", "Element (POETE, suggested)"}, {"Chủ trì (gợi ý)", "Responsible (suggested)"}, {"Hạn, chậm nhất", "Due, at the latest"}}, rows)
}

// or gives an escaped text, or what stands in for an empty one.
func (p *page) or(s, instead string) string {
	if s == "" {
		return instead
	}
	return s
}

// day writes 2026-05-04 as it is read here: 04/05/2026.
func (p *page) day(iso string) string {
	date, err := time.Parse("2006-01-02", iso)
	if err != nil {
		return escape(iso)
	}
	return date.Format(p.pick("02/01/2006", "2 January 2006"))
}

func (p *page) proposals() {
	p.section("VI", "Kiến nghị, đề xuất", "Recommendations")
	for _, t := range p.r.Proposals {
		p.line("- %s", p.text(t))
	}
	p.line("- %s %s", p.pick("Với đơn vị:", "To the facility:"), p.blank())
	p.line("- %s %s", p.pick("Với cấp trên và lực lượng chức năng:", "To higher levels and the services:"), p.blank())
}

// foot closes the document proper.
func (p *page) foot() {
	signer := p.r.Letterhead.Signer
	if signer == "" {
		signer = p.pick("THỦ TRƯỞNG ĐƠN VỊ", "HEAD OF THE FACILITY")
	}
	p.line("\n| %s | **%s** |", p.pick("***Nơi nhận:***<br>- ……………;<br>- Lưu: VT.", "***Copies to:***<br>- ……………;<br>- File."), strings.ToUpper(escape(signer)))
	p.line("|:---|:---:|")
	p.line("| | *%s* |", p.pick("(ký, ghi rõ họ tên)", "(signature, full name)"))
	p.line("\n./.")
}
