package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"saban/engine"
	"saban/report/document"
	"saban/report/figure"
	"saban/scoring"
)

// graphic is the result at a glance, on two pages.
func (d *draft) graphic() document.Part {
	p := document.Part{
		Kind: document.Graphic, ID: "graphic", Title: d.pick("Báo cáo rút kinh nghiệm sau diễn tập", "After-action report"),
		About: d.text(d.r.About), Head: d.letterhead(),
	}
	p.Head.To = nil
	p.Blocks = append(p.Blocks, d.para(document.Lead, bold(d.text(d.r.Grade)), document.Run{Text: " " + d.text(d.r.Verdict)}), d.numbersFirst())
	p.Blocks = append(p.Blocks, d.lanes()...)
	p.Blocks = append(p.Blocks, d.keepAndMend())
	p.Blocks = append(p.Blocks, d.heard()...)
	p.Blocks = append(p.Blocks, d.para(document.Notice, d.limitRuns()...))
	p.Blocks = append(p.Blocks, d.machine()...)
	p.Blocks = append(p.Blocks, d.reached()...)
	p.Blocks = append(p.Blocks, d.actions()...)
	p.Blocks = append(p.Blocks, &document.Signatures{Each: []document.Signature{
		{Office: d.pick("ĐẠI DIỆN ĐƠN VỊ", "FOR THE FACILITY"), Note: d.pick("Ký, ghi rõ họ tên", "Signature, full name")},
		{Office: d.pick("ĐÁNH GIÁ VIÊN", "EVALUATOR"), Note: d.pick("Ký, ghi rõ họ tên", "Signature, full name")},
		{Office: d.pick("NGƯỜI ĐIỀU KHIỂN", "FACILITATOR"), Note: d.pick("Ký, ghi rõ họ tên", "Signature, full name")},
	}})
	return p
}

// tempo counts what was done in time, slowly and not at all.
type tempo struct {
	all, onTime, slow, undone, open int
	slowest                         *scoring.Item
	missing                         []*scoring.Item
}

// Tempo counts the responses that came up, those made within their target
// time and those not made.
func (r *Report) Tempo() (triggered, onTime, undone int) {
	t := tempoOf(&r.Card)
	return t.all, t.onTime, t.undone
}

func tempoOf(card *scoring.Scorecard) tempo {
	var t tempo
	for i := range card.Items {
		it := &card.Items[i]
		if !it.Triggered || it.Received == nil {
			continue
		}
		t.all++
		switch {
		case it.Done && *it.Actual <= it.Target:
			t.onTime++
		case it.Done:
			t.slow++
			if t.slowest == nil || *it.Actual-it.Target > *t.slowest.Actual-t.slowest.Target {
				t.slowest = it
			}
		case it.Pending:
			t.open++
		default:
			t.undone++
			t.missing = append(t.missing, it)
		}
	}
	return t
}

// numbersFirst are the four figures a reader looks for, each with what gives
// it a meaning.
func (d *draft) numbersFirst() *document.Numbers {
	t := tempoOf(&d.r.Card)
	of := "/" + d.text(engine.Counted(t.all, "%s việc", "%s response", "%s responses"))
	n := &document.Numbers{Each: []document.Number{
		{Label: d.pick("Điểm chung", "Total"), Value: "–", Note: d.totalNote()},
		{Label: d.pick("Trong thời gian chuẩn", "Within target"), Value: strconv.Itoa(t.onTime), Unit: of, Mark: figure.OnTime, Note: percent(t.onTime, t.all)},
		{Label: d.pick("Quá thời gian chuẩn", "After target"), Value: strconv.Itoa(t.slow), Unit: of, Mark: figure.Slow, Note: d.pick("không có", "none")},
		{Label: d.pick("Không làm", "Not done"), Value: strconv.Itoa(t.undone), Unit: of, Mark: figure.Missed, Note: d.pick("không có", "none")},
	}}
	if total := d.r.Card.Total; total != nil {
		n.Each[0].Value, n.Each[0].Unit = total.In(d.lang), "/100"
	}
	if c := d.r.Compared; c != nil {
		n.Each[0].Note = cmp.Or(d.versus(), n.Each[0].Note)
		n.Each[1].Note += ", " + d.than() + ": " + percent(c.OnTime, c.Triggered)
	}
	if it := t.slowest; it != nil {
		n.Each[2].Note = d.pick("chậm nhất: ", "slowest: ") + it.ID + " +" + clock(*it.Actual-it.Target)
	}
	if len(t.missing) > 0 {
		n.Each[3].Note = t.missing[0].ID + " (" + d.name(t.missing[0].By) + ")"
		if more := len(t.missing) - 1; more > 0 {
			n.Each[3].Note += d.pick(fmt.Sprintf(" và %d việc khác", more), fmt.Sprintf(" and %d more", more))
		}
	}
	return n
}

func percent(n, of int) string {
	if of == 0 {
		return "–"
	}
	return engine.Over(int64(n), int64(of)).Percent()
}

// totalNote sets the total beside the next grade up.
func (d *draft) totalNote() string {
	c := &d.r.Card
	if c.Total == nil {
		return d.pick("không có gì để chấm", "nothing to score")
	}
	bands := c.Rubric.Grades
	for _, next := range []struct {
		grade scoring.Grade
		from  engine.Ratio
	}{{scoring.Pass, bands.Pass}, {scoring.Good, bands.Good}, {scoring.Excellent, bands.Excellent}} {
		if next.from > engine.Ratio(*c.Total)*(engine.Whole/100) {
			return d.text(engine.Fill("%s; %s từ %s điểm", "%s; %s from %s points", c.Grade.Title(), next.grade.Title(), next.from.Decimal(2)))
		}
	}
	return d.text(c.Grade.Title())
}

// lanes is figure 1.
func (d *draft) lanes() []document.Block {
	if d.r.scenario == nil {
		return nil
	}
	size := figure.LaneSize{W: pictureWidth, Names: 120, Row: 30, Until: max(d.r.scenario.Duration, engine.Millis(d.r.Card.At))}
	return []document.Block{d.picture("Tình huống và phản hồi theo vai.", "Injects and responses by role.",
		figure.Lanes(d.r.scenario, &d.r.Card, nil, d.r.log, d.lang, size))}
}

// pictureWidth is in units of which a letter is about 12 high, so that it
// stands about 8 points high on a page.
const pictureWidth = 720

func (d *draft) picture(vi, en string, f *figure.Figure) *document.Picture {
	d.pictures++
	caption := d.pick("Hình ", "Figure ") + strconv.Itoa(d.pictures) + ". " + d.pick(vi, en) + " " + f.Caption
	return &document.Picture{Caption: caption, Figure: f}
}

// keepAndMend are three findings each, with the injects they come from.
func (d *draft) keepAndMend() *document.Columns {
	keep, mend := &document.List{}, &document.List{}
	for i, f := range d.r.Strengths {
		if i < 3 {
			keep.Points = append(keep.Points, document.Point{Mark: figure.OnTime, Runs: d.finding(&f)})
		}
	}
	for i, f := range d.r.Weaknesses {
		if i < 3 {
			mend.Points = append(mend.Points, document.Point{Mark: markOf(&f), Runs: d.finding(&f)})
		}
	}
	for _, l := range []*document.List{keep, mend} {
		if len(l.Points) == 0 {
			l.Points = append(l.Points, document.Point{Runs: plain(d.pick("Không ghi nhận.", "None recorded."))})
		}
	}
	return &document.Columns{Each: []document.Section{
		{Title: d.pick("Làm tốt, cần giữ", "To keep"), Blocks: []document.Block{keep}},
		{Title: d.pick("Cần khắc phục", "To mend"), Blocks: []document.Block{mend}},
	}}
}

func markOf(f *scoring.Finding) figure.Glyph {
	switch f.Code {
	case "slow", "content", "order", "other_owner", "own_share":
		return figure.Slow
	}
	return figure.Missed
}

// fewIDs are as many as a short list names.
const fewIDs = 4

// finding is a sentence with the ids of its responses and their injects.
func (d *draft) finding(f *scoring.Finding) []document.Run {
	runs := plain(d.text(f.Text))
	var ids []document.Run
	seen := map[string]bool{}
	add := func(id, link string) {
		if id == "" || seen[id] || len(seen) > fewIDs {
			return
		}
		seen[id] = true
		if len(seen) > fewIDs {
			ids = append(ids, document.Run{Text: ", …"})
			return
		}
		if len(ids) > 0 {
			ids = append(ids, document.Run{Text: ", "})
		}
		ids = append(ids, document.Run{Text: id, Link: link})
	}
	for i := range d.r.Card.Items {
		if it := &d.r.Card.Items[i]; about(f, it) {
			add(it.Inject, "inject-"+it.Inject)
			add(it.ID, "item-"+it.ID)
		}
	}
	if len(ids) == 0 {
		return d.refs(runs, f.Events[:min(len(f.Events), fewEvents)])
	}
	runs = append(append(runs, document.Run{Text: " ("}), ids...)
	return append(runs, document.Run{Text: ")"})
}

// limitRuns are the limits of the result as one paragraph.
func (d *draft) limitRuns() []document.Run {
	runs := []document.Run{bold(d.pick("Giới hạn của kết quả.", "Limits of the result."))}
	for _, f := range d.r.Limits {
		runs = append(runs, document.Run{Text: " "})
		runs = append(runs, d.says(f.Text, f.Events[:min(len(f.Events), fewEvents)])...)
	}
	return runs
}

// machine is figure 2, with a sentence for each way that was not planned.
func (d *draft) machine() []document.Block {
	if d.r.scenario == nil || len(d.r.scenario.States) == 0 {
		return nil
	}
	p := d.picture("Đường đi thực tế qua các trạng thái.", "The way that was taken through the states.", figure.Machine(d.r.scenario, d.r.Card.Path, d.lang, pictureWidth))
	blocks := []document.Block{p}
	for _, f := range d.r.Branches {
		blocks = append(blocks, d.para(document.Body, d.says(f.Text, f.Events)...))
	}
	return blocks
}

// reached are figures 3 and 4: how far each objective was reached, and how
// quick each role was, with what they say in words.
func (d *draft) reached() []document.Block {
	if d.r.scenario == nil {
		return nil
	}
	blocks := []document.Block{
		d.picture("Điểm theo mục tiêu và mức từng việc.", "Points by objective, and the rating of each response.", figure.Objectives(d.r.scenario, &d.r.Card, d.r.before, d.lang, pictureWidth)),
		d.picture("Thời gian làm của từng vai.", "Time taken, by role.", figure.Pace(d.r.scenario, &d.r.Card, d.r.before, figure.PaceByRole, d.lang, pictureWidth)),
	}
	l := &document.List{}
	for _, f := range d.r.Reading {
		l.Points = append(l.Points, document.Point{Runs: d.says(f.Text, f.Events[:min(len(f.Events), fewEvents)])})
	}
	if len(l.Points) == 0 {
		return blocks
	}
	return append(blocks, d.head(2, "", "Đọc kết quả", "Reading the result", "reading"), l,
		d.para(document.Small, document.Run{Text: d.pick("P làm tốt · S vướng mắc nhỏ · M vướng mắc lớn · U không làm được", "P performed · S some challenges · M major challenges · U unable to be performed")}))
}

// fewActions are as many as pages to look at once name; part V has them all.
const fewActions = 8

// actions is the improvement plan in short: what presses most, by the numbers
// of the whole plan.
func (d *draft) actions() []document.Block {
	order := make([]int, len(d.r.Plan))
	for i := range order {
		order[i] = i
	}
	pressing := func(i int) int { return cmp.Or(d.r.Plan[i].Priority, 3) }
	slices.SortStableFunc(order, func(x, y int) int { return cmp.Compare(pressing(x), pressing(y)) })
	var rows []document.Row
	for _, i := range order[:min(len(order), fewActions)] {
		a := &d.r.Plan[i]
		rows = append(rows, row("", plain(strconv.Itoa(i+1)), d.measure(a), d.or(d.name(a.Responsible)), d.due(a), count(a.Priority)))
	}
	if more := len(order) - fewActions; more > 0 {
		rows = append(rows, document.Row{Span: true, Cells: [][]document.Run{plain(d.pick(fmt.Sprintf("và %d việc khác, ở mục V của báo cáo", more), fmt.Sprintf("and %d more, in part V of the report", more)))}})
	}
	return []document.Block{
		d.head(2, "", "Hành động khắc phục", "Corrective actions", "actions"),
		d.table("Hành động khắc phục", "Corrective actions", []document.Column{
			d.col("TT", "No.", 0.06, document.Center), d.col("Việc cần làm", "What is to be done", 0.54, document.Left), d.col("Chủ trì", "Responsible", 0.18, document.Left),
			d.col("Hạn", "Due", 0.13, document.Left), d.col("Ưu tiên", "Priority", 0.09, document.Center),
		}, rows, engine.Text{VI: "Không có tồn tại nào được ghi nhận.", EN: "No weakness was recorded."}),
	}
}
