package main

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"saban/engine"
	"saban/report"
	"saban/scenarios"
	"saban/scoring"
)

// compares is what compare prints as JSON.
type compares struct {
	Files []comparedFile `json:"files"`
	Plans []keptPlan     `json:"plans"`
	scoring.Comparison
}

// comparedFile is one of the drills, from the oldest to the newest.
type comparedFile struct {
	File     string              `json:"file"`
	Drill    string              `json:"drill"`
	Head     string              `json:"head"`
	Date     string              `json:"date"` // of StartEx; empty when only a virtual clock ran
	Scenario scoring.ScenarioRef `json:"scenario"`
	Engine   string              `json:"engine"`

	start  int64
	card   scoring.Scorecard
	played *played
}

// keptPlan is the plan made after one of the drills, and what the newest shows
// of it.
type keptPlan struct {
	File    string        `json:"file"`
	Actions []report.Kept `json:"actions"`
}

func (a *app) compareCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "compare " + a.say("TỆP_DIỄN_TẬP TỆP_DIỄN_TẬP …", "DRILL_FILE DRILL_FILE …"),
		Short: a.say("đặt các buổi diễn tập cạnh nhau: hơn, kém, sửa được gì so với lần trước", "drills beside each other: better, worse, and what was mended since the one before"),
		Long: a.say("Các buổi xếp từ cũ đến mới theo giờ bắt đầu; hơn và kém là của buổi mới nhất so với buổi ngay trước. Mỗi buổi chấm theo thang điểm kèm trong tệp của nó.",
			"Drills stand from the oldest to the newest by their start; better and worse are the newest against the one before. Each is scored under the rubric pinned in its file."),
		Example: "  saban compare thang-3.drill.jsonl thang-9.drill.jsonl\n  saban compare 2025.drill.jsonl 2026a.drill.jsonl 2026b.drill.jsonl --json",
		Args:    a.wants(2, -1, engine.Both("ít nhất hai tệp *.drill.jsonl", "at least two *.drill.jsonl files")),
		RunE:    func(_ *cobra.Command, args []string) error { return a.compare(args) },
	}
}

func (a *app) compare(paths []string) error {
	out := compares{Plans: []keptPlan{}}
	for _, path := range paths {
		p, err := a.openDrill(path)
		if err != nil {
			return err
		}
		one := comparedFile{File: path, Drill: p.file.Header.Drill, Head: p.file.Head, Engine: p.file.Header.Engine, card: p.score(p.rubric), played: p}
		one.Scenario = one.card.Scenario
		for i := range p.file.Events {
			if e := &p.file.Events[i]; e.Type == engine.Started {
				one.start = e.Recorded
				if e.Start != nil && !e.Start.Virtual {
					one.Date = time.UnixMilli(e.Recorded).In(scenarios.Zone).Format(time.DateOnly)
				}
				break
			}
		}
		out.Files = append(out.Files, one)
	}
	slices.SortStableFunc(out.Files, func(a, b comparedFile) int { return cmp.Compare(a.start, b.start) })
	cards := make([]scoring.Scorecard, len(out.Files))
	for i := range out.Files {
		cards[i] = out.Files[i].card
	}
	out.Comparison = scoring.Compare(cards...)
	for i := range len(cards) - 1 {
		f := &out.Files[i]
		plan, err := a.planOf(f.File, f.played, f.card)
		if err != nil {
			return err
		}
		if plan != nil {
			out.Plans = append(out.Plans, keptPlan{f.File, report.WhatWasKept(plan, &f.card, &cards[len(cards)-1])})
		}
	}
	if a.json {
		return a.printJSON(out)
	}
	a.printComparison(&out)
	return nil
}

func (a *app) printComparison(c *compares) {
	head := a.bold(a.say("SO SÁNH DIỄN TẬP", "DRILLS COMPARED"))
	newest := c.Files[len(c.Files)-1]
	switch {
	case slices.ContainsFunc(c.Files, func(f comparedFile) bool { return f.Scenario.ID != newest.Scenario.ID }):
		a.println(head)
		a.paragraph("  ", a.say("kịch bản khác nhau: chỉ đặt kết quả chung cạnh nhau, không so từng việc", "different scenarios: only the results stand beside each other, no response is compared"))
	case !c.Same:
		a.println(head + " · " + newest.played.scenario.Scenario.Title.In(a.lang))
		a.paragraph("  ", a.say("khác phiên bản kịch bản, chỉ tham khảo", "other versions of the scenario: for orientation only"))
	default:
		a.println(head + " · " + newest.played.scenario.Scenario.Title.In(a.lang))
	}
	a.println("")
	rows := make([][]string, len(c.Files))
	for i := range c.Files {
		f, d := &c.Files[i], &c.Drills[i]
		rows[i] = []string{string(rune('A' + i%26)), f.Date, a.result(scoring.Result{Total: d.Total, Grade: d.Grade}), a.count(d.OnTime, d.Triggered), a.count(d.Undone, d.Triggered), a.count(d.Prohibited, -1), f.File}
	}
	a.table([]column{{"", 0, false}, {a.say("ngày", "date"), 0, false}, {a.say("tổng điểm", "total"), 0, false}, {a.say("trong chuẩn", "on target"), 0, true},
		{a.say("chưa làm", "not done"), 0, true}, {a.say("hành động cấm", "prohibited"), 0, true}, {a.say("tệp", "file"), 0, false}}, rows)
	a.println("")
	a.paragraph("  ", c.Trend.In(a.lang))
	a.printShifts(a.say("Khá hơn lần trước", "Better than the drill before"), "+", c.Better)
	a.printShifts(a.say("Kém hơn lần trước", "Worse than the drill before"), "−", c.Worse)
	a.printMended(c)
	a.printPlans(c)
	a.printComparedCapabilities(c)
	a.printPace(c)
}

func (a *app) count(n, of int) string {
	if of < 0 {
		return a.thousands(n)
	}
	return a.thousands(n) + "/" + a.thousands(of)
}

func (a *app) printShifts(title, mark string, list []scoring.Shift) {
	if len(list) == 0 {
		return
	}
	a.println("")
	a.println(a.bold(title))
	for i := range list {
		a.item(mark, list[i].Text.In(a.lang))
	}
}

func (a *app) printMended(c *compares) {
	if len(c.Mended)+len(c.Repeated) == 0 {
		return
	}
	a.heading("Việc yếu ở lần trước", "What was weak in the drill before")
	if len(c.Mended) > 0 {
		a.item("✓", a.say("đã sửa được: %s", "mended: %s", strings.Join(c.Mended, ", ")))
	}
	if len(c.Repeated) > 0 {
		a.item("✗", a.say("vẫn còn: %s", "still there: %s", strings.Join(c.Repeated, ", ")))
	}
}

// printPlans says of each action of the plans made after earlier drills whether
// the newest shows that it was kept.
func (a *app) printPlans(c *compares) {
	marks := map[report.Outcome]string{report.Met: "✓", report.Better: "↑", report.NotMet: "✗", report.NotExercised: "–", report.Untold: "–"}
	for _, p := range c.Plans {
		letter := string(rune('A' + slices.IndexFunc(c.Files, func(f comparedFile) bool { return f.File == p.File })%26))
		a.heading("Kế hoạch khắc phục của buổi "+letter+", buổi mới nhất cho thấy", "The plan made after "+letter+", as the newest shows it")
		count := map[report.Outcome]int{}
		for i := range p.Actions {
			count[p.Actions[i].Outcome]++
		}
		var sums []string
		for _, o := range []report.Outcome{report.Met, report.Better, report.NotMet, report.NotExercised, report.Untold} {
			if count[o] > 0 {
				sums = append(sums, o.Title().In(a.lang)+": "+a.thousands(count[o]))
			}
		}
		a.paragraph("  ", strings.Join(sums, " · "))
		for i := range p.Actions {
			k := &p.Actions[i]
			shown := k.Text.In(a.lang)
			if k.Done != "" {
				shown = strings.TrimPrefix(shown+"; ", "; ") + a.say("ghi là xong ngày %s", "noted as done on %s", k.Done)
			}
			if shown != "" {
				shown = " (" + shown + ")"
			}
			a.item(marks[k.Outcome], k.Outcome.Title().In(a.lang)+": "+k.Measure.In(a.lang)+shown)
		}
	}
}

func (a *app) printComparedCapabilities(c *compares) {
	a.heading("Theo nhóm năng lực", "Capabilities")
	cols := []column{{"", 0, false}, {"", 40, false}}
	for i := range c.Files {
		cols = append(cols, column{string(rune('A' + i%26)), 0, false})
	}
	var rows [][]string
	for _, row := range c.Capabilities {
		cells := []string{string(row.Code), row.Title.In(a.lang)}
		for i, mean := range row.Means {
			cell := "–"
			if mean != nil {
				cell = a.hundredths(*mean) + " " + string(row.Ratings[i])
			}
			cells = append(cells, cell)
		}
		rows = append(rows, cells)
	}
	a.table(cols, rows)
}

// printPace writes actual time by target: 1 is on target.
func (a *app) printPace(c *compares) {
	if len(c.Items) == 0 {
		return
	}
	a.heading("Thời gian thực tế chia cho thời gian chuẩn", "Actual time divided by target")
	cols := []column{{"", 0, false}}
	for i := range c.Files {
		cols = append(cols, column{string(rune('A' + i%26)), 0, true})
	}
	cols = append(cols, column{"", 0, false})
	var rows [][]string
	for _, item := range c.Items {
		cells := []string{item.ID}
		for _, m := range item.Marks {
			cells = append(cells, a.pace(m))
		}
		rows = append(rows, append(cells, clip(item.Do.In(a.lang), 60)))
	}
	a.table(cols, rows)
	a.println("")
	a.paragraph("  ", a.say("1 là đúng chuẩn, dưới 1 là nhanh hơn; – là không áp dụng, × là chưa làm, … là còn thời gian", "1 is on target, below 1 is faster; – not applicable, × not done, … still time for it"))
}

func (a *app) pace(m *scoring.DrillsMark) string {
	switch {
	case m == nil || !m.Triggered:
		return "–"
	case m.Open:
		return "…"
	case !m.Done:
		return "×"
	case m.Pace == nil:
		return a.say("đã làm", "done")
	}
	return a.hundredths(*m.Pace)
}

// hundredths writes a ratio with two decimals, so that a column lines up.
func (a *app) hundredths(r engine.Ratio) string {
	return scoring.Points(engine.MulDiv(int64(r), 100, int64(engine.Whole))).In(a.lang)
}
