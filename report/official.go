package report

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"saban/engine"
	"saban/report/document"
	"saban/report/figure"
	"saban/scoring"
)

// official is the report proper, in the order that custom and Decree
// 30/2020/NĐ-CP ask for.
func (d *draft) official() document.Part {
	p := document.Part{
		Kind: document.Official, ID: "official", Title: d.pick("BÁO CÁO", "REPORT"), About: d.text(d.r.Subject),
		Head: d.letterhead(), Close: d.closing(),
	}
	for _, part := range []func() []document.Block{d.lead, d.overview, d.course, d.assessment, d.lessons, d.plan, d.proposals} {
		p.Blocks = append(p.Blocks, part()...)
	}
	return p
}

func (d *draft) letterhead() *document.Letterhead {
	h := &d.r.Letterhead
	number := h.Number
	if number == "" {
		number = "……/BC-……"
	}
	return &document.Letterhead{
		Nation: d.pick("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SOCIALIST REPUBLIC OF VIET NAM"),
		Motto:  d.pick("Độc lập - Tự do - Hạnh phúc", "Independence - Freedom - Happiness"),
		Parent: strings.ToUpper(h.Parent), Body: strings.ToUpper(h.Body),
		Number: d.pick("Số: ", "No. ") + number,
		Dated:  d.dated(), To: h.To,
	}
}

// dated writes days below 10 and the months 1 and 2 with a leading zero, as
// the decree wants it.
func (d *draft) dated() string {
	place := cmp.Or(d.r.Letterhead.Place, "……………")
	date, ok := parseDay(d.r.Letterhead.Date)
	switch {
	case !ok:
		return place + d.pick(", ngày …… tháng …… năm ……", ", ……")
	case d.lang == engine.EN:
		return place + ", " + date.Format("2 January 2006")
	}
	month := strconv.Itoa(int(date.Month()))
	if date.Month() < time.March {
		month = "0" + month
	}
	return fmt.Sprintf("%s, ngày %02d tháng %s năm %d", place, date.Day(), month, date.Year())
}

func parseDay(iso string) (time.Time, bool) {
	t, err := time.Parse("2006-01-02", iso)
	return t, err == nil
}

func (d *draft) closing() *document.Closing {
	h := &d.r.Letterhead
	copies := h.Copies
	if len(copies) == 0 {
		copies = []string{"……………", d.pick("Lưu: VT", "File")}
	}
	return &document.Closing{Copies: copies, Office: h.Office, Rank: strings.ToUpper(cmp.Or(h.Signer, d.pick("THỦ TRƯỞNG ĐƠN VỊ", "HEAD OF THE FACILITY"))), Name: h.Name}
}

// lead is what a reader takes away: the verdict, what to mend, what to keep;
// the figure comes after them.
func (d *draft) lead() []document.Block {
	blocks := []document.Block{
		d.para(document.Lead, document.Run{Text: d.text(d.r.Verdict)}),
		d.line("Cần khắc phục trước hết:", "To mend first:"), d.findings(d.r.Weaknesses, 3),
		d.line("Cần giữ:", "To keep:"), d.findings(d.r.Strengths, 3),
		d.para(document.Body, bold(d.text(d.r.Grade)), document.Run{Text: " " + d.pick("Điểm chấm cho tập thể và vai, không xếp hạng cá nhân.", "Scores are of the team and its roles; persons are not ranked.")}),
	}
	if n := len(d.r.Limits); n > 0 {
		text := d.pick(fmt.Sprintf("Đọc cùng với %d giới hạn của kết quả ở mục III.", n), fmt.Sprintf("Read with the limits of the result (%d) in part III.", n))
		blocks = append(blocks, d.para(document.Body, document.Run{Text: text, Link: "limits"}))
	}
	return blocks
}

// fewEvents are as many as a short list names; the long one names them all.
const fewEvents = 6

// findings lists the first most of them, or with a negative most all.
func (d *draft) findings(list []scoring.Finding, most int) *document.List {
	l := &document.List{}
	for i, f := range list {
		if i == most {
			more := d.pick(fmt.Sprintf("và %d điểm khác, xem mục III.", len(list)-most), fmt.Sprintf("and %d more, see part III.", len(list)-most))
			l.Points = append(l.Points, document.Point{Runs: plain(more)})
			return l
		}
		events := f.Events
		if most > 0 && len(events) > fewEvents {
			events = events[:fewEvents]
		}
		runs := d.says(f.Text, events)
		if len(events) < len(f.Events) {
			runs[len(runs)-1].Text = ", …)"
		}
		l.Points = append(l.Points, document.Point{Runs: runs})
	}
	if len(list) == 0 {
		l.Points = append(l.Points, document.Point{Runs: plain(d.pick("Không ghi nhận.", "None recorded."))})
	}
	return l
}

// facts lists sentences with their events.
func (d *draft) facts(list []Fact, mark figure.Glyph) *document.List {
	l := &document.List{}
	for _, f := range list {
		l.Points = append(l.Points, document.Point{Mark: mark, Runs: d.says(f.Text, f.Events)})
	}
	return l
}

func (d *draft) overview() []document.Block {
	rows := make([]document.Row, len(d.r.Overview))
	for i, r := range d.r.Overview {
		rows[i] = row("", plain(d.text(r.Label)), d.or(d.text(r.Value)))
	}
	return []document.Block{
		d.head(1, "I", "THÔNG TIN CHUNG", "EXERCISE OVERVIEW", "part-1"),
		d.table("Thông tin về cuộc diễn tập", "The exercise", []document.Column{d.col("Mục", "Item", 0.28, document.Left), d.col("Nội dung", "Content", 0.72, document.Left)}, rows, engine.Text{}),
	}
}

// turning are the events that the course of a drill is told by; the annex has
// them all.
func turning(t engine.EventType) bool {
	switch t {
	case engine.Started, engine.Ended, engine.Released, engine.Moved, engine.Forced, engine.ProhibitedAct, engine.StoppedReal, engine.ResumedReal,
		engine.Recovered, engine.Gap, engine.Faulted, engine.Missed, engine.Skipped, engine.Recalled:
		return true
	}
	return false
}

func (d *draft) course() []document.Block {
	blocks := []document.Block{d.head(1, "II", "DIỄN BIẾN", "COURSE OF EVENTS", "part-2")}
	if len(d.r.Branches) > 0 {
		blocks = append(blocks, d.line("Những lần tình huống rẽ sang hướng xấu hoặc được chuyển tay:", "Where the situation turned for the worse, or was forced:"), d.facts(d.r.Branches, ""))
	}
	var rows []document.Row
	for i := range d.r.Timeline {
		if l := &d.r.Timeline[i]; turning(l.Type) && l.Retracted == 0 {
			rows = append(rows, row("", plain(l.AtMS.Clock()), plain(d.text(l.What)), d.numbers([]int64{l.Event})))
		}
	}
	table := d.table("Những mốc chính; toàn bộ nhật ký ở Phụ lục II", "The main points; the whole log is in Annex II", []document.Column{
		d.col("Giờ diễn tập", "Exercise time", 0.14, document.Right), d.col("Sự việc", "Event", 0.74, document.Left), d.col("Sự kiện", "Event no.", 0.12, document.Left),
	}, rows, engine.Text{VI: "Chưa có sự kiện nào.", EN: "There is no event yet."})
	return append(blocks, table)
}

// assessment is part III: findings, causes, then the figures, and how far they
// can be trusted.
func (d *draft) assessment() []document.Block {
	blocks := []document.Block{
		d.head(1, "III", "ĐÁNH GIÁ KẾT QUẢ", "ASSESSMENT", "part-3"),
		d.head(2, "1", "Ưu điểm", "Strengths", "strengths"), d.findings(d.r.Strengths, -1),
		d.head(2, "2", "Tồn tại, hạn chế", "Areas for improvement", "weaknesses"), d.findings(d.r.Weaknesses, -1),
	}
	if len(d.r.Notes) > 0 {
		blocks = append(blocks, d.line("Điểm cần lưu ý:", "To be noted:"), d.findings(d.r.Notes, -1))
	}
	number := 2
	section := func(vi, en, id string, inside ...document.Block) {
		number++
		blocks = append(append(blocks, d.head(2, strconv.Itoa(number), vi, en, id)), inside...)
	}
	if said := d.voices(); len(said) > 0 {
		section("Ý kiến khi rút kinh nghiệm nhanh", "Said at the hot wash", "said", said...)
	}
	section("Nguyên nhân", "Causes", "causes", d.causes()...)
	section("Mức đánh giá theo năng lực", "Ratings by capability", "ratings", d.capabilities()...)
	section("Điểm", "Points", "points", d.points()...)
	section("Giới hạn của kết quả", "Limits of the result", "limits", d.facts(d.r.Limits, ""))
	if compared := d.comparison(); len(compared) > 0 {
		section("So với đợt trước", "Against the drill before", "compared", compared...)
	}
	return blocks
}

func (d *draft) causes() []document.Block {
	if len(d.r.Causes) == 0 {
		return []document.Block{d.line("Không có hành động nào vướng mắc lớn.", "No response met major challenges.")}
	}
	blocks := []document.Block{d.line("Dưới đây là điều nhật ký cho thấy; nguyên nhân gốc do ban tổ chức xác định khi rút kinh nghiệm.",
		"This is what the log shows; the root cause is for the organisers to find in the debrief.")}
	for _, c := range d.r.Causes {
		blocks = append(blocks, d.para(document.Body, bold(d.text(c.Text)), document.Run{Text: " ("}, document.Run{Text: c.ID, Link: "item-" + c.ID}, document.Run{Text: ")"}))
		l := &document.List{}
		for _, f := range c.Shown {
			runs := append(plain(d.pick("Nhật ký: ", "The log: ")), d.says(f.Text, f.Events)...)
			l.Points = append(l.Points, document.Point{Runs: runs})
		}
		if len(c.Shown) == 0 {
			l.Points = append(l.Points, document.Point{Runs: plain(d.pick("Nhật ký: không cho thấy nguyên nhân.", "The log: shows no cause."))})
		}
		l.Points = append(l.Points, document.Point{Runs: append(plain(d.pick("Nguyên nhân gốc: ", "Root cause: ")), d.or(d.text(c.Root))...)})
		blocks = append(blocks, l)
	}
	return blocks
}

func (d *draft) lessons() []document.Block {
	blocks := []document.Block{d.head(1, "IV", "BÀI HỌC KINH NGHIỆM", "LESSONS", "part-4")}
	if len(d.r.Agreed) > 0 {
		return append(blocks, d.listed(d.r.Agreed))
	}
	if len(d.r.Lessons) == 0 {
		return append(blocks, d.para(document.Body, d.blank()))
	}
	blocks = append(blocks, d.line("Câu hỏi thảo luận của kịch bản; ghi lại điều đã thống nhất.", "The scenario's questions for the debrief; note what was agreed."))
	l := &document.List{Ordered: true}
	for _, q := range d.r.Lessons {
		l.Points = append(l.Points, document.Point{Runs: []document.Run{{Text: d.text(q) + " " + d.pick("Thống nhất: ", "Agreed: ")}, d.blank()}})
	}
	return append(blocks, l)
}

func (d *draft) plan() []document.Block {
	rows := make([]document.Row, len(d.r.Plan))
	for i, a := range d.r.Plan {
		rows[i] = row("", plain(strconv.Itoa(i+1)), d.says(a.Issue, a.Events), plain(string(a.Capability)), d.measure(&a),
			plain(d.text(a.Element.Title())), d.or(d.name(a.Responsible)), d.due(&a))
	}
	return []document.Block{
		d.head(1, "V", "KẾ HOẠCH KHẮC PHỤC", "IMPROVEMENT PLAN", "part-5"),
		d.table("Kế hoạch khắc phục", "Improvement plan", []document.Column{
			d.col("TT", "No.", 0.05, document.Center), d.col("Tồn tại", "Issue", 0.3, document.Left), d.col("Năng lực", "Capability", 0.08, document.Center),
			d.col("Biện pháp khắc phục", "Corrective action", 0.22, document.Left), d.col("Yếu tố (POETE, gợi ý)", "Element (POETE, suggested)", 0.12, document.Left),
			d.col("Chủ trì (gợi ý)", "Responsible (suggested)", 0.12, document.Left), d.col("Hạn, chậm nhất", "Due, at the latest", 0.11, document.Center),
		}, rows, engine.Text{VI: "Không có tồn tại nào được ghi nhận.", EN: "No weakness was recorded."}),
	}
}

// due is when an action has to be done by, from when, and whether it was.
func (d *draft) due(a *Action) []document.Run {
	runs := d.or(d.day(a.Due))
	if a.Start != "" {
		runs = append(plain(d.day(a.Start)+" – "), runs...)
	}
	if a.Done != "" {
		runs = append(runs, document.Run{Text: d.pick(" (xong ", " (done ") + d.day(a.Done) + ")"})
	}
	return runs
}

// measure is what people decided, or else what is proposed to them.
func (d *draft) measure(a *Action) []document.Run {
	if !a.Measure.Empty() {
		return plain(d.text(a.Measure))
	}
	return []document.Run{{Text: d.text(a.Proposed), Italic: true}, {Text: d.pick(" (gợi ý)", " (suggested)")}}
}

func (d *draft) listed(texts []engine.Text) *document.List {
	l := &document.List{}
	for _, t := range texts {
		l.Points = append(l.Points, document.Point{Runs: plain(d.text(t))})
	}
	return l
}

func (d *draft) proposals() []document.Block {
	l := d.listed(d.r.Proposals)
	if d.r.Reviewed && len(l.Points) > 0 {
		return []document.Block{d.head(1, "VI", "KIẾN NGHỊ, ĐỀ XUẤT", "RECOMMENDATIONS", "part-6"), l}
	}
	l.Points = append(l.Points,
		document.Point{Runs: []document.Run{{Text: d.pick("Với đơn vị: ", "To the facility: ")}, d.blank()}},
		document.Point{Runs: []document.Run{{Text: d.pick("Với cấp trên và lực lượng chức năng: ", "To higher levels and the services: ")}, d.blank()}})
	return []document.Block{d.head(1, "VI", "KIẾN NGHỊ, ĐỀ XUẤT", "RECOMMENDATIONS", "part-6"), l}
}
