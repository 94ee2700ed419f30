package xlsx

import (
	"fmt"
	"strings"

	"saban/scoring"
)

// compared sets the drill beside the one before: the results of both, what
// became of the plan made in between, and what came out better and worse.
func (b *book) compared(sheet string) error {
	w, err := b.writer(sheet, []column{{"", 50}, {"", 24}, {"", 14}, {"", 14}, {"", 24}, {"", 60}, {"", 16}, {"", 16}}, 0)
	if err != nil {
		return err
	}
	c := b.r.Compared
	rows := [][]cell{
		{{value: b.pick("So với đợt trước", "Against the drill before"), style: b.s.title}},
		{b.str(b.pick("Buổi diễn tập", "Drill")), b.str(c.Drill)},
		{b.str(b.pick("Ngày", "Date")), b.day(c.Date)},
		{b.str(b.pick("Mã băm cuối nhật ký", "Head of its log")), b.str(c.Head)},
	}
	if !c.Same {
		rows = append(rows, []cell{b.str(b.text(c.Otherwise))})
	}
	rows = append(rows, nil)
	rows = append(rows, b.results(len(rows)+1)...)
	rows = append(rows, nil)
	rows = append(rows, b.kept()...)
	rows = append(rows, nil)
	for _, row := range append(rows, b.shifts()...) {
		if err := w.add(row...); err != nil {
			return err
		}
	}
	return w.w.Flush()
}

// results are the figures of both drills, their head in row at.
func (b *book) results(at int) [][]cell {
	c := b.r.Compared
	triggered, onTime, undone := b.r.Tempo()
	total := b.result(b.pick("Tổng điểm", "Total"), at+1, b.str("–"), b.str("–"))
	if c.Total != nil && b.r.Card.Total != nil {
		total = b.result(total[0].value.(string), at+1, cell{value: points(c.Total), style: b.s.points}, cell{value: points(b.r.Card.Total), style: b.s.points})
	}
	return [][]cell{
		b.heads(b.pick("Kết quả", "Result"), b.pick("Đợt trước", "Before"), b.pick("Đợt này", "This drill"), b.pick("Chênh lệch", "Difference")),
		total,
		b.result(b.pick("Số việc phát sinh", "Responses that came up"), at+2, b.num(c.Triggered), b.num(triggered)),
		b.result(b.pick("Trong thời gian chuẩn", "Within target"), at+3, b.num(c.OnTime), b.num(onTime)),
		b.result(b.pick("Không làm", "Not done"), at+4, b.num(c.Undone), b.num(undone)),
	}
}

// result is one figure of both drills, and their difference where there is one.
func (b *book) result(title string, row int, before, now cell) []cell {
	by := b.str("")
	switch was := before.value.(type) {
	case int:
		by = cell{value: now.value.(int) - was, style: before.style, formula: fmt.Sprintf("C%d-B%d", row, row)}
	case float64:
		by = cell{value: now.value.(float64) - was, style: before.style, formula: fmt.Sprintf("C%d-B%d", row, row)}
	}
	return []cell{b.str(title), before, now, by}
}

// kept is what became of each action planned after the drill before.
func (b *book) kept() [][]cell {
	rows := [][]cell{b.heads(b.pick("Biện pháp đã định sau đợt trước", "Action decided on after the drill before"), b.pick("Chủ trì", "Responsible"), b.pick("Hạn", "Due"), b.pick("Ngày xong", "Done on"),
		b.pick("Đợt này", "This drill"), b.pick("Trước → nay", "Before → now"), b.pick("Việc liên quan", "Responses"), b.pick("Sự kiện", "Events"))}
	for i := range b.r.Compared.Actions {
		k := &b.r.Compared.Actions[i]
		rows = append(rows, []cell{b.str(b.text(k.Measure)), b.str(b.name(k.Responsible)), b.day(k.Due), b.day(k.Done), b.str(b.text(k.Outcome.Title())), b.str(b.text(k.Text)), b.str(strings.Join(k.IDs, ", ")), b.events(k.Events)})
	}
	if len(rows) == 1 {
		rows = append(rows, []cell{b.str(b.pick("không có kế hoạch khắc phục của đợt trước", "no plan was written down after the drill before"))})
	}
	return rows
}

// shifts are the responses and prohibited actions that came out otherwise.
func (b *book) shifts() [][]cell {
	rows := [][]cell{b.heads(b.pick("Việc có thay đổi", "What changed"), b.pick("So với đợt trước", "Against before"), b.pick("Mã", "Id"))}
	for _, side := range []struct {
		title string
		all   []scoring.Shift
	}{{b.pick("khá hơn", "better"), b.r.Compared.Better}, {b.pick("kém hơn", "worse"), b.r.Compared.Worse}} {
		for i := range side.all {
			rows = append(rows, []cell{b.str(b.text(side.all[i].Text)), b.str(side.title), b.str(side.all[i].ID)})
		}
	}
	if len(rows) == 1 {
		rows = append(rows, []cell{b.str(b.pick("không có", "none"))})
	}
	return rows
}
