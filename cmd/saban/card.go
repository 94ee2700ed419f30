package main

import (
	"fmt"
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
		a.println(a.say("Tạm tính: buổi diễn tập chưa kết thúc", "Provisional: the drill is not over"))
	}
	a.println("")
	a.paragraph("", card.Verdict.In(a.lang))
	a.println("")
	a.printTotal(&card)
	a.printItems(&card, s)
	a.printCapabilities(&card)
	a.printFindings(a.say("Nhận xét", "Findings"), card.Findings)
	a.printPath(&card, s)
	a.printFindings(a.say("Giới hạn của kết quả", "Limits of the result"), card.Limits)
	if card.Head != "" {
		a.heading("Kiểm chứng", "Verification")
		a.println(a.say("  kịch bản ", "  scenario ") + card.Scenario.SHA256)
		a.println(a.say("  đầu chuỗi ", "  head     ") + card.Head)
	}
	return nil
}

func (a *app) printTotal(card *scored) {
	if card.Total == nil {
		a.println("  " + a.say("Không có gì để chấm", "Nothing to score"))
		return
	}
	a.println("  " + a.bold(a.say("%s điểm · %s", "%s points · %s", card.Total.In(a.lang), card.Grade.Title().In(a.lang))))
	if card.Points != nil && card.PointsOf != nil {
		part := func(p, of scoring.Points) string { return p.In(a.lang) + "/" + of.In(a.lang) }
		a.println("  " + a.say("thời gian %s + đúng %s + thứ tự %s − phạt %s", "timeliness %s + correctness %s + order %s − penalties %s",
			part(card.Points.Timeliness, card.PointsOf.Timeliness), part(card.Points.Correctness, card.PointsOf.Correctness),
			part(card.Points.Order, card.PointsOf.Order), card.PenaltyTotal.In(a.lang)))
	}
	for _, g := range card.Gates {
		bites := a.say("có áp dụng, không cắt điểm", "applies, does not bite")
		if g.Bites {
			bites = a.say("cắt từ %s", "cuts from %s", card.BeforeGates.In(a.lang))
		}
		a.println("  " + a.say("trần %s: %s (%s)%s", "ceiling %s: %s (%s)%s", g.Cap.In(a.lang), g.Why.In(a.lang), bites, a.events(g.Events)))
	}
	for _, p := range card.Penalties {
		a.println("  " + a.say("phạt %s: %s · %s%s", "penalty %s: %s · %s%s", p.Points.In(a.lang), p.ID, p.Why.In(a.lang), a.events(p.Events)))
	}
}

// events writes the numbers of the events that bear a figure out.
func (a *app) events(seqs []int64) string {
	if len(seqs) == 0 {
		return ""
	}
	words := make([]string, len(seqs))
	for i, seq := range seqs {
		words[i] = "#" + strconv.FormatInt(seq, 10)
	}
	return a.dim(" " + strings.Join(words, " "))
}

func (a *app) printItems(card *scored, s *engine.Scenario) {
	a.heading("Từng hành động", "Responses")
	var rows [][]string
	for i := range card.Items {
		rows = append(rows, a.itemRow(&card.Items[i], s))
	}
	a.table([]string{"", a.say("hành động", "response"), a.say("chuẩn", "target"), a.say("hạn", "limit"), a.say("thực tế", "actual"), a.say("ai", "who"),
		a.say("nội dung", "content"), a.say("điểm", "points"), a.say("mức", "rating"), a.say("sự kiện", "events")},
		[]int{0, 34, -8, -8, -14, 16, -8, -10, 6, 14}, rows)
	a.println("  " + a.dim(a.say("* then chốt · điểm = giá trị × trọng số / trọng số · mức P S M U theo HSEEP", "* critical · points = value × weight / weight · ratings P S M U after HSEEP")))
}

func (a *app) itemRow(it *scoring.Item, s *engine.Scenario) []string {
	id := it.ID
	if it.Critical {
		id += "*"
	}
	row := []string{id, it.Do.In(a.lang), clock(it.Target), clock(it.Limit), a.actual(it), a.who(it, s), "–", "–", string(it.Rating), ""}
	if it.Content != nil {
		row[6] = a.share(*it.Content)
	}
	if it.Value != nil {
		row[7] = a.share(engine.Ratio(int64(*it.Value)*int64(it.Weight))) + "/" + strconv.Itoa(it.Weight)
	}
	if it.Rated != nil && it.Rating != it.Suggested {
		row[8] = string(it.Suggested) + "→" + string(it.Rating)
	}
	row[9] = strings.TrimSpace(a.eventList(it.Events))
	return row
}

func (a *app) eventList(seqs []int64) string {
	words := make([]string, len(seqs))
	for i, seq := range seqs {
		words[i] = fmt.Sprintf("#%d", seq)
	}
	return strings.Join(words, " ")
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

func (a *app) who(it *scoring.Item, s *engine.Scenario) string {
	role := it.DoneBy
	if role == "" {
		return "–"
	}
	if r := s.Role(role); r != nil {
		return r.Title.In(a.lang)
	}
	return role
}

func (a *app) printCapabilities(card *scored) {
	if len(card.CapabilityDetails) == 0 {
		return
	}
	a.heading("Theo nhóm năng lực", "Capabilities")
	var rows [][]string
	for _, c := range card.CapabilityDetails {
		rating := string(c.Final)
		if c.Final != c.Suggested {
			rating = string(c.Suggested) + "→" + string(c.Final)
		}
		rows = append(rows, []string{string(c.Code), c.Title.In(a.lang), rating, a.share(c.Mean), c.Why.In(a.lang)})
	}
	a.table([]string{"", a.say("nhóm", "capability"), a.say("mức", "rating"), a.say("trung bình", "mean"), a.say("vì sao", "why")}, []int{0, 34, 6, -10, 60}, rows)
}

func (a *app) printFindings(title string, list []scoring.Finding) {
	if len(list) == 0 {
		return
	}
	a.println("")
	a.println(a.bold(title))
	marks := map[scoring.FindingKind]string{scoring.Strength: "+", scoring.Weakness: "−", scoring.Note: "·"}
	for _, f := range list {
		lines := fold(f.Text.In(a.lang), 90)
		for i, line := range lines {
			lead := "    "
			if i == 0 {
				lead = "  " + marks[f.Kind] + " "
			}
			if i == len(lines)-1 {
				line += a.events(f.Events)
			}
			a.println(lead + line)
		}
	}
}

func (a *app) printPath(card *scored, s *engine.Scenario) {
	a.heading("Diễn biến", "Path")
	for _, step := range card.Path {
		title := step.State
		if st := s.State(step.State); st != nil {
			title = st.Title.In(a.lang)
		}
		forced := ""
		if step.Forced {
			forced = a.say(" (chuyển tay)", " (forced)")
		}
		a.println(fmt.Sprintf("  %8s  %s  %s%s", step.AtMS.Clock(), a.kind(step.Kind), title, forced))
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
