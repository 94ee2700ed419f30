package xlsx

import (
	"fmt"
	"strings"
	"time"

	"saban/engine"
	"saban/report"
	"saban/scoring"
)

// Columns of the items that the total is reckoned from.
const (
	colWeight = "H"
	colCounts = "J"
	colTimely = "P"
	colRight  = "S"
	colValue  = "T"
)

func (b *book) items(sheet string) error {
	columns := []column{
		{b.pick("Mã", "Id"), 8}, {b.pick("Tình huống", "Inject"), 10}, {b.pick("Hành động cần đạt", "Expected response"), 44}, {b.pick("Vai", "Role"), 20}, {b.pick("Người làm", "Done by"), 20},
		{b.pick("Mục tiêu", "Objective"), 9}, {b.pick("Năng lực", "Capability"), 9}, {b.pick("Trọng số", "Weight"), 8}, {b.pick("Then chốt", "Critical"), 8}, {b.pick("Tính điểm (1/0)", "Counts (1/0)"), 9},
		{b.pick("Nhận lúc", "Received"), 10}, {b.pick("Thời gian chuẩn", "Target"), 10}, {b.pick("Giới hạn", "Limit"), 10}, {b.pick("Làm lúc", "Done at"), 10}, {b.pick("Sau", "Took"), 10},
		{b.pick("Kịp thời", "Timeliness"), 10}, {b.pick("Nội dung", "Content"), 10}, {b.pick("Đúng vai", "Owner"), 9}, {b.pick("Đúng", "Correctness"), 10}, {b.pick("Giá trị", "Value"), 10}, {b.pick("Điểm (giá trị × trọng số)", "Points (value × weight)"), 11},
		{b.pick("Mức đề xuất", "Suggested"), 9}, {b.pick("Mức", "Rating"), 8}, {b.pick("Vì sao", "Why"), 44}, {b.pick("Sự kiện", "Events"), 16},
	}
	rows := make([][]cell, len(b.r.Card.Items))
	for i := range b.r.Card.Items {
		rows[i] = b.item(&b.r.Card.Items[i], i+2)
	}
	return b.table(sheet, columns, rows)
}

func counts(it *scoring.Item) bool {
	return it.Triggered && it.Weight > 0 && it.Timeliness != nil && it.Correctness != nil
}

func (b *book) item(it *scoring.Item, row int) []cell {
	on := 0
	worth := 0.0
	if counts(it) {
		on = 1
		if it.Value != nil {
			worth = ratio(*it.Value) * float64(it.Weight)
		}
	}
	by := ""
	if it.Done {
		by = b.name(it.DoneBy)
	}
	return []cell{
		{value: it.ID, style: b.s.code}, b.str(it.Inject), b.str(b.text(it.Do)), b.str(b.name(it.By)), b.str(by),
		b.str(it.Objective), b.str(string(it.Capability)), b.num(it.Weight), b.yes(it.Critical), b.num(on),
		b.seconds(it.Received), b.span(int64(it.Target)), b.span(int64(it.Limit)), b.seconds(it.Observed), b.seconds(it.Actual),
		b.share(it.Timeliness), b.share(it.Content), b.share(it.Owner), b.share(it.Correctness), b.share(it.Value),
		{value: worth, style: b.s.share, formula: fmt.Sprintf("%s%d*%s%d*%s%d", colCounts, row, colWeight, row, colValue, row)},
		b.str(string(it.Suggested)), b.str(string(it.Rating)), b.str(b.text(it.Why)), b.events(it.Events),
	}
}

func ratio(r engine.Ratio) float64 { return float64(r) / float64(engine.Whole) }

func (b *book) share(r *engine.Ratio) cell {
	if r == nil {
		return b.str("")
	}
	return cell{value: ratio(*r), style: b.s.share}
}

func (b *book) seconds(s *scoring.Seconds) cell {
	if s == nil {
		return b.str("")
	}
	return b.span(int64(*s))
}

func (b *book) millis(m *engine.Millis) cell {
	if m == nil {
		return b.str("")
	}
	return b.span(int64(*m))
}

func (b *book) injects(sheet string) error {
	columns := []column{
		{b.pick("Mã", "Id"), 8}, {b.pick("Tình huống", "Inject"), 40}, {b.pick("Gửi tới", "To"), 30}, {b.pick("Dự kiến", "Planned"), 10}, {b.pick("Phát", "Released"), 10},
		{b.pick("Nhận", "Received"), 10}, {b.pick("Phát muộn", "Released late by"), 10}, {b.pick("Kết quả", "Outcome"), 40}, {b.pick("Sự kiện", "Events"), 16},
	}
	rows := make([][]cell, len(b.r.Injects))
	for i, l := range b.r.Injects {
		late := b.str("")
		if l.Planned != nil && l.Released != nil && *l.Released >= *l.Planned {
			late = b.span(int64(*l.Released - *l.Planned))
			late.formula = fmt.Sprintf("E%d-D%d", i+2, i+2)
		}
		rows[i] = []cell{{value: l.ID, style: b.s.code}, b.str(b.name(l.ID)), b.str(b.text(l.To)), b.millis(l.Planned), b.millis(l.Released), b.millis(l.Received), late, b.str(b.text(l.Outcome)), b.events(l.Events)}
	}
	return b.table(sheet, columns, rows)
}

func (b *book) log(sheet string) error {
	columns := []column{
		{b.pick("Số", "No."), 7}, {b.pick("Giờ diễn tập", "Exercise time"), 11}, {b.pick("Giờ thực (+07:00)", "Wall clock (+07:00)"), 20}, {b.pick("Loại", "Type"), 14},
		{b.pick("Vai, người", "Who"), 24}, {b.pick("Sự việc", "Event"), 80}, {b.pick("Rút lại bởi", "Retracted by"), 10},
	}
	rows := make([][]cell, len(b.r.Timeline))
	for i, l := range b.r.Timeline {
		gone := b.str("")
		if l.Retracted != 0 {
			gone = b.events([]int64{l.Retracted})
		}
		rows[i] = []cell{b.num(int(l.Event)), b.span(int64(l.AtMS)), b.moment(l.Wall), b.str(string(l.Type)), b.str(b.text(l.Who)), b.str(b.text(l.What)), gone}
	}
	return b.table(sheet, columns, rows)
}

// moment is a time of day as the wall clock in Viet Nam shows it.
func (b *book) moment(rfc3339 string) cell {
	t, err := time.Parse(time.RFC3339, rfc3339)
	if err != nil {
		return b.str(rfc3339)
	}
	return cell{value: days(t), style: b.s.moment}
}

// day is a date, or what stands in its place.
func (b *book) day(iso string) cell {
	t, err := time.Parse("2006-01-02", iso)
	if err != nil {
		return b.str(iso)
	}
	return cell{value: days(t), style: b.s.day}
}

// days counts days since the end of 1899, as sheets do, by the clock of t.
func days(t time.Time) float64 {
	_, offset := t.Zone()
	const from1970 = 25569
	return from1970 + float64(t.UnixMilli()+int64(offset)*1000)/86_400_000
}

func (b *book) plan(sheet string) error {
	columns := []column{
		{b.pick("TT", "No."), 6}, {b.pick("Tồn tại", "Issue"), 52}, {b.pick("Việc khắc phục", "Corrective action"), 44}, {b.pick("Năng lực", "Capability"), 10}, {b.pick("Yếu tố", "Element"), 20},
		{b.pick("Chủ trì", "Responsible"), 24}, {b.pick("Bắt đầu", "Start"), 12}, {b.pick("Hạn", "Due"), 12}, {b.pick("Ngày xong", "Done on"), 12}, {b.pick("Ưu tiên", "Priority"), 8}, {b.pick("Việc liên quan", "Responses"), 16}, {b.pick("Sự kiện", "Events"), 16},
	}
	rows := make([][]cell, len(b.r.Plan))
	for i, a := range b.r.Plan {
		measure := a.Measure
		if measure.Empty() {
			measure = a.Proposed
		}
		rows[i] = []cell{b.num(i + 1), b.str(b.text(a.Issue)), b.str(b.text(measure)), b.str(string(a.Capability)), b.str(b.text(a.Element.Title())), b.str(b.name(a.Responsible)), b.day(a.Start), b.day(a.Due), b.day(a.Done), b.num(a.Priority), b.str(strings.Join(a.IDs, ", ")), b.events(a.Events)}
	}
	return b.table(sheet, columns, rows)
}

func (b *book) said(sheet string) error {
	columns := []column{{b.pick("Câu hỏi", "Question"), 22}, {b.pick("Ý kiến", "What was said"), 80}, {b.pick("Số lần", "Times"), 8}, {b.pick("Vai", "Role"), 30}, {b.pick("Sự kiện", "Events"), 16}}
	rows := make([][]cell, len(b.r.Said))
	for i, s := range b.r.Said {
		roles := make([]string, len(s.Roles))
		for n, id := range s.Roles {
			roles[n] = b.name(id)
		}
		rows[i] = []cell{b.str(b.text(report.QuestionTitle(s.Question))), b.str(s.Text), b.num(s.Times), b.str(strings.Join(roles, ", ")), b.events(s.Events)}
	}
	return b.table(sheet, columns, rows)
}
