package main

import (
	"strconv"
	"strings"

	"saban/engine"
	"saban/scoring"
)

// printCard writes a scorecard: the verdict first, then what bears it out.
func (a *app) printCard(card scored, s *engine.Scenario) error {
	if a.json {
		return a.printJSON(card)
	}
	a.println(a.bold(a.say("BẢNG ĐIỂM DIỄN TẬP", "EXERCISE SCORECARD")) + " · " + s.Title.In(a.lang))
	if card.Provisional {
		a.println(a.say("TẠM TÍNH: buổi diễn tập chưa kết thúc", "PROVISIONAL: the drill is not over"))
	}
	a.println("")
	a.paragraph("", card.Verdict.In(a.lang))
	a.println("")
	a.printTotal(&card)
	a.printBites(&card, s)
	a.printItems(&card, s)
	a.printCapabilities(&card)
	a.printFindings(a.say("Nhận xét", "Findings"), card.Findings)
	a.printPath(&card, s)
	a.printFindings(a.say("Giới hạn của kết quả", "Limits of the result"), card.Limits)
	if card.Head != "" {
		a.heading("Kiểm chứng", "Verification")
		a.println(a.say("  kịch bản       ", "  scenario  ") + card.Scenario.SHA256)
		a.println(a.say("  mã đầu chuỗi   ", "  head      ") + card.Head)
	}
	return nil
}

func (a *app) printTotal(card *scored) {
	if card.Total == nil {
		a.println("  " + a.say("Không có gì để chấm", "Nothing to score"))
		return
	}
	a.println("  " + a.bold(a.say("%s điểm · %s", "%s points · %s", card.Total.In(a.lang), card.Grade.Title().In(a.lang))))
	minus := a.say("phạt %s", "penalties %s", card.PenaltyTotal.In(a.lang))
	if card.Points == nil || card.PointsOf == nil {
		a.println("  " + a.say("theo công thức %s; %s", "by the formula %s; %s", card.Rubric.Total, minus))
		return
	}
	var parts []string
	for _, p := range []struct {
		name    string
		got, of scoring.Points
	}{
		{a.say("thời gian", "timeliness"), card.Points.Timeliness, card.PointsOf.Timeliness},
		{a.say("nội dung", "correctness"), card.Points.Correctness, card.PointsOf.Correctness},
		{a.say("thứ tự", "order"), card.Points.Order, card.PointsOf.Order},
	} {
		if p.of > 0 {
			parts = append(parts, p.name+" "+p.got.In(a.lang)+"/"+p.of.In(a.lang))
		}
	}
	a.println("  " + strings.Join(parts, " + ") + " − " + minus)
}

// printBites lists what held the total down: gates, whether they bit or not,
// and prohibited actions.
func (a *app) printBites(card *scored, s *engine.Scenario) {
	if len(card.Gates)+len(card.Penalties) > 0 {
		a.println("")
	}
	for _, g := range card.Gates {
		bites := ""
		if g.Bites {
			bites = a.say("; cắt từ %s", "; cut from %s", card.BeforeGates.In(a.lang))
		}
		a.item(a.say("trần ", "ceiling ")+pad(g.Cap.In(a.lang), -5)+":", g.Why.In(a.lang)+bites+a.events(g.Events))
	}
	for i := range card.Penalties {
		p := &card.Penalties[i]
		points := p.Points.In(a.lang)
		if !p.Counted {
			points = "–"
		}
		what := a.choice(s, p.ID)
		if p.Role != "" {
			what += " · " + a.roleTitle(s, p.Role)
		}
		if !p.Counted {
			what += " · " + a.say("lặp lại quá sớm, không tính thêm", "again too soon, not counted")
		}
		a.item(a.say("phạt ", "penalty ")+pad(points, -5)+":", a.say("%s lúc %s: ", "%s at %s: ", p.ID, p.AtMS.Clock())+what+a.events(p.Events))
	}
}

// events writes the numbers of the events that bear a figure out. A long list
// is cut: the whole of it is in the JSON.
func (a *app) events(seqs []int64) string {
	const most = 8
	words := make([]string, 0, most+1)
	for i, seq := range seqs {
		if i == most {
			words = append(words, a.say("… (%d sự kiện)", "… (%d events)", len(seqs)))
			break
		}
		words = append(words, "#"+strconv.FormatInt(seq, 10))
	}
	if len(words) == 0 {
		return ""
	}
	return " " + strings.Join(words, " ")
}

// printItems writes two lines a response: its figures, and what it was.
func (a *app) printItems(card *scored, s *engine.Scenario) {
	a.heading("Từng hành động", "Responses")
	cols := []column{{a.say("mã", "id"), 0, false}, {a.say("chuẩn", "target"), 0, true}, {a.say("hạn", "limit"), 0, true},
		{a.say("thực tế", "actual"), 0, false}, {a.say("ai làm", "who"), 26, false}, {a.say("nội dung", "content"), 0, true},
		{a.say("điểm", "points"), 0, true}, {a.say("mức", "rating"), 0, false}, {a.say("sự kiện", "events"), 0, false}}
	rows := make([][]string, len(card.Items))
	for i := range card.Items {
		rows[i] = a.itemRow(&card.Items[i], s)
	}
	widths := tableWidths(cols, rows)
	titles := make([]string, len(cols))
	for i := range cols {
		titles[i] = cols[i].title
	}
	a.println(a.dim(tableLine(cols, widths, titles)))
	indent := strings.Repeat(" ", widths[0]+4)
	for i := range card.Items {
		a.tableRow(cols, widths, rows[i])
		a.println(a.dim(indent + clip(a.did(&card.Items[i], s), lineWidth-columns(indent))))
	}
	a.println("")
	a.paragraph("  ", a.say("* then chốt · điểm: đạt được / trọng số · mức: P tốt, S vướng nhỏ, M vướng lớn, U chưa làm được",
		"* critical · points: earned / weight · rating: P performed, S some challenges, M major challenges, U unable"))
}

// did is a response in words: the way it was made, where there are several.
func (a *app) did(it *scoring.Item, s *engine.Scenario) string {
	if _, w := s.FindWay(it.Way); w != nil {
		return w.Do.In(a.lang)
	}
	return it.Do.In(a.lang)
}

func (a *app) itemRow(it *scoring.Item, s *engine.Scenario) []string {
	id := it.ID
	if it.Critical {
		id += "*"
	}
	row := []string{id, clock(it.Target), clock(it.Limit), a.actual(it), "–", "–", "–", string(it.Rating), strings.TrimSpace(a.events(it.Events))}
	if it.DoneBy != "" {
		row[4] = a.roleTitle(s, it.DoneBy)
	}
	if it.Content != nil {
		row[5] = a.share(*it.Content)
	}
	if it.Value != nil {
		row[6] = a.points(*it.Value, it.Weight)
	}
	if it.Rating != it.Suggested {
		row[7] = string(it.Suggested) + "→" + string(it.Rating)
	}
	return row
}

// points writes what a response earned of its weight.
func (a *app) points(value engine.Ratio, weight int) string {
	earned := engine.MulDiv(int64(value)*int64(weight), 100, int64(engine.Whole))
	return a.share(engine.Over(earned, 100)) + "/" + strconv.Itoa(weight)
}

func clock(s scoring.Seconds) string { return engine.Millis(s).Clock() }

// actual says when a response was made, in words where there is no time.
func (a *app) actual(it *scoring.Item) string {
	switch {
	case !it.Triggered:
		return a.say("không áp dụng", "not applicable")
	case it.Pending:
		return a.say("đang chờ", "pending")
	case !it.Done:
		return "> EndEx"
	case it.Proactive:
		return a.say("chủ động", "proactive")
	case it.Late:
		return clock(*it.Actual) + a.say(" muộn", " late")
	}
	return clock(*it.Actual)
}

func (a *app) printCapabilities(card *scored) {
	if len(card.CapabilityDetails) == 0 {
		return
	}
	a.heading("Theo nhóm năng lực", "Capabilities")
	rows := make([][]string, len(card.CapabilityDetails))
	for i, c := range card.CapabilityDetails {
		rows[i] = []string{string(c.Code), c.Title.In(a.lang), string(c.Suggested), string(c.Final), c.Why.In(a.lang)}
	}
	a.table([]column{{"", 0, false}, {a.say("nhóm năng lực", "capability"), 36, false}, {a.say("đề xuất", "suggested"), 0, false},
		{a.say("chốt", "final"), 0, false}, {a.say("vì sao", "why"), 0, false}}, rows)
}

func (a *app) printFindings(title string, list []scoring.Finding) {
	if len(list) == 0 {
		return
	}
	a.println("")
	a.println(a.bold(title))
	marks := map[scoring.FindingKind]string{scoring.Strength: "+", scoring.Weakness: "−", scoring.Note: "·"}
	for _, f := range list {
		a.item(marks[f.Kind], f.Text.In(a.lang)+a.events(f.Events))
	}
}

func (a *app) printPath(card *scored, s *engine.Scenario) {
	a.heading("Diễn biến", "Path")
	for _, step := range card.Path {
		title := step.State
		if st := s.State(step.State); st != nil {
			title = st.Title.In(a.lang)
		}
		if step.Kind != engine.Initial && step.Kind != engine.Normal {
			title += " · " + step.Kind.Title().In(a.lang)
		}
		if step.Forced {
			title += a.say(" · chuyển tay", " · forced")
		}
		if step.Event > 0 {
			title += a.events([]int64{step.Event})
		}
		a.item(pad(step.AtMS.Clock(), -7)+"  "+a.kind(step.Kind), title)
	}
}

// kind marks a state by a shape, not by colour alone.
func (a *app) kind(k engine.StateKind) string {
	switch k {
	case engine.Escalated:
		return "▲"
	case engine.Contained:
		return "●"
	case engine.Failed:
		return "■"
	}
	return "○"
}
