package figure

import (
	"fmt"
	"math"

	"saban/engine"
	"saban/scoring"
)

// words says what the dumbbells show and how to read them.
func (p *pace) words(card, before *scoring.Scorecard) {
	in, never := 0, 0
	slowest, at := -1.0, 0
	for n := range p.rows {
		row := &p.rows[n]
		now := median(row.now)
		if now <= 1 {
			in++
		}
		if now > slowest {
			slowest, at = now, n
		}
		never += len(row.now) - done(row.now)
		p.tabulate(row)
	}
	name := engine.Both("Thời gian phản hồi so với thời gian chuẩn: không có việc nào", "Response time by target: there is no response")
	if len(p.rows) > 0 {
		name = p.statement(in, never, p.rows[at].title, slowest)
	}
	p.fig.Name = name.In(p.lang)
	caption := engine.Both("Thời gian phản hồi chia cho thời gian chuẩn. Nền xanh: trong thời gian chuẩn. Tam giác hở, “> EndEx”: không làm đến khi kết thúc.",
		"Response time divided by its target. Tinted: within the target. Open triangle, “> EndEx”: not done by EndEx.")
	if p.by == PaceByRole {
		caption = engine.Fill("%s Dấu lớn: trung vị của vai; chấm nhỏ: từng việc.", "%s Large mark: the role's median; dots: its responses.", caption)
	}
	if before != nil {
		caption = engine.Fill("%s Vòng rỗng: lần trước%s.", "%s Open ring: the drill before%s.", caption, otherScenario(card, before))
	}
	p.fig.Caption = caption.In(p.lang)
	first := engine.Both("Vai", "Role")
	if p.by == PaceByResponse {
		first = engine.Both("Việc", "Response")
	}
	p.fig.Table.Head = []string{first.In(p.lang), engine.Both("Lần này", "Now").In(p.lang), engine.Both("Lần trước", "Before").In(p.lang), engine.Both("Đã làm", "Done").In(p.lang)}
}

// statement is what the picture shows in a sentence.
func (p *pace) statement(in, never int, who string, slowest float64) engine.Text {
	what := engine.Both("%d trên %d vai có trung vị trong thời gian chuẩn", "%d of %d roles have their median within the target", in, len(p.rows))
	if p.by == PaceByResponse {
		what = engine.Both("%d trên %d việc làm trong thời gian chuẩn", "%d of %d responses were within the target", in, len(p.rows))
	}
	text := engine.Fill("Thời gian phản hồi so với thời gian chuẩn: %s; chậm nhất là %s, %s", "Response time by target: %s; the slowest is %s with %s", what, engine.Same(who), engine.Same(p.times(slowest)))
	if math.IsInf(slowest, 1) {
		text = engine.Fill("Thời gian phản hồi so với thời gian chuẩn: %s", "Response time by target: %s", what)
	}
	if never > 0 {
		text = engine.Fill("%s; không làm: %s", "%s; not done: %s", text, engine.Same(fmt.Sprint(never)))
	}
	return text
}

func (p *pace) tabulate(row *paceRow) {
	p.fig.Table.Rows = append(p.fig.Table.Rows, []string{row.title, p.times(median(row.now)), p.times(median(row.then)), fmt.Sprintf("%d/%d", done(row.now), len(row.now))})
}
