package report

import (
	"fmt"
	"strconv"
	"strings"

	"saban/engine"
	"saban/report/document"
	"saban/scoring"
)

// Previous is the drill before, to compare with.
type Previous struct {
	Drill string
	Head  string
	Card  scoring.Scorecard
	Log   []engine.Event
	Plan  []Action // what people decided after it; nil where nobody has written it down
}

// Comparison sets the result beside the drill before. Same says that both
// played the very same scenario; else the figures are only for orientation.
type Comparison struct {
	Drill     string          `json:"drill"`
	Head      string          `json:"head"`
	Date      string          `json:"date"` // 2026-03-05; empty when only a virtual clock ran
	Same      bool            `json:"same_scenario"`
	Total     *scoring.Points `json:"total"`
	Triggered int             `json:"triggered"`
	OnTime    int             `json:"on_time"`
	Undone    int             `json:"undone"`
	Better    []scoring.Shift `json:"better"`
	Worse     []scoring.Shift `json:"worse"`
	Actions   []Kept          `json:"actions"` // of the plan made after it
	Otherwise engine.Text     `json:"-"`       // what keeps the two apart, unless Same
}

func (b *builder) comparison() *Comparison {
	p := b.meta.Previous
	if p == nil {
		return nil
	}
	t := tempoOf(&p.Card)
	c := &Comparison{Drill: p.Drill, Head: p.Head, Total: p.Card.Total, Triggered: t.all, OnTime: t.onTime, Undone: t.undone,
		Same: p.Card.Scenario.ID == b.card.Scenario.ID && p.Card.Scenario.SHA256 == b.card.Scenario.SHA256, Actions: WhatWasKept(p.Plan, &p.Card, b.card)}
	shifts := scoring.Compare(p.Card, *b.card)
	c.Better, c.Worse = shifts.Better, shifts.Worse
	if !c.Same {
		c.Otherwise = b.otherwise()
	}
	for i := range p.Log {
		e := &p.Log[i]
		if e.Type == engine.Started && e.Start != nil && !e.Start.Virtual {
			c.Date = at(e.Recorded).Format("2006-01-02")
			break
		}
	}
	return c
}

// otherwise says what keeps this drill apart from the one before.
func (b *builder) otherwise() engine.Text {
	if b.meta.Previous.Card.Scenario.ID != b.card.Scenario.ID {
		return engine.Text{VI: "Đợt trước chơi kịch bản khác: chỉ đặt kết quả chung cạnh nhau, không so từng việc.", EN: "The drill before played another scenario: only the results stand beside each other, no response is compared."}
	}
	return engine.Text{VI: "Đợt trước chơi một phiên bản khác của kịch bản: so sánh chỉ để tham khảo.", EN: "The drill before played another version of the scenario: the comparison is only for orientation."}
}

// before is the head of a column about the drill before.
func (d *draft) before() string {
	if date := d.r.Compared.Date; date != "" {
		return d.pick("Đợt trước (", "Before (") + d.day(date) + ")"
	}
	return d.pick("Đợt trước", "Before")
}

// than names the drill before in a sentence.
func (d *draft) than() string {
	c := d.r.Compared
	name := d.pick("đợt trước", "the drill before")
	if c.Date != "" {
		name += " (" + d.day(c.Date) + ")"
	}
	return name
}

// mostShifts is how many responses are named that came out better or worse.
const mostShifts = 5

// comparison sets the drill beside the one before: its figures, what came out
// better and worse, and what became of the plan that was made after it.
func (d *draft) comparison() []document.Block {
	c := d.r.Compared
	if c == nil {
		return nil
	}
	now := tempoOf(&d.r.Card)
	blocks := []document.Block{
		d.table("Kết quả hai đợt", "Results of both drills", []document.Column{d.col("", "", 0.4, document.Left), {Title: d.before(), Width: 0.3, Align: document.Right}, d.col("Đợt này", "This drill", 0.3, document.Right)},
			[]document.Row{
				row("", plain(d.pick("Tổng điểm", "Total")), plain(d.total(c.Total)), plain(d.total(d.r.Card.Total))),
				row("", plain(d.pick("Trong thời gian chuẩn", "Within target")), plain(d.ofAll(c.OnTime, c.Triggered)), plain(d.ofAll(now.onTime, now.all))),
				row("", plain(d.pick("Không làm", "Not done")), plain(d.ofAll(c.Undone, c.Triggered)), plain(d.ofAll(now.undone, now.all))),
			}, engine.Text{})}
	if !c.Same {
		blocks = append(blocks, d.para(document.Body, plain(d.text(c.Otherwise))...))
	}
	for _, side := range []struct {
		vi, en string
		all    []scoring.Shift
	}{{"Khá hơn đợt trước:", "Better than the drill before:", c.Better}, {"Kém hơn đợt trước:", "Worse than the drill before:", c.Worse}} {
		if len(side.all) == 0 {
			continue
		}
		l := &document.List{}
		for i := range side.all[:min(len(side.all), mostShifts)] {
			l.Points = append(l.Points, document.Point{Runs: plain(d.text(side.all[i].Text))})
		}
		if more := len(side.all) - mostShifts; more > 0 {
			l.Points = append(l.Points, document.Point{Runs: plain(d.pick(fmt.Sprintf("và %d việc khác", more), fmt.Sprintf("and %d more", more)))})
		}
		blocks = append(blocks, d.line(side.vi, side.en), l)
	}
	return append(blocks, d.kept(c.Actions))
}

func (d *draft) total(p *scoring.Points) string {
	if p == nil {
		return "–"
	}
	return p.In(d.lang)
}

func (d *draft) ofAll(n, of int) string { return fmt.Sprintf("%d/%d (%s)", n, of, percent(n, of)) }

// kept is what became of the plan made after the drill before.
func (d *draft) kept(actions []Kept) *document.Table {
	rows := make([]document.Row, len(actions))
	for i := range actions {
		k := &actions[i]
		done := d.day(k.Done)
		if done == "" {
			done = d.pick("chưa ghi ngày xong", "no day noted")
		}
		shown := append([]document.Run{bold(d.text(k.Outcome.Title()))}, document.Run{Text: separated(d.text(k.Text))})
		rows[i] = row("", plain(strconv.Itoa(i+1)), plain(d.text(k.Measure)), d.or(d.name(k.Responsible)), plain(strings.TrimPrefix(d.day(k.Due)+"; "+done, "; ")), d.refs(shown, k.Events))
	}
	return d.table("Kế hoạch khắc phục của đợt trước, và điều đợt này cho thấy", "The plan made after the drill before, and what this one shows of it", []document.Column{
		d.col("TT", "No.", 0.06, document.Center), d.col("Biện pháp đã định", "Action decided on", 0.36, document.Left), d.col("Chủ trì", "Responsible", 0.15, document.Left),
		d.col("Hạn; ngày xong", "Due; done on", 0.15, document.Left), d.col("Đợt này", "This drill", 0.28, document.Left),
	}, rows, engine.Text{VI: "Không có kế hoạch khắc phục của đợt trước để đối chiếu.", EN: "No plan was written down after the drill before."})
}

func separated(text string) string {
	if text == "" {
		return ""
	}
	return ": " + text
}

// versus compares totals: ▲ 10,00 so với đợt trước.
func (d *draft) versus() string {
	c := d.r.Compared
	if c == nil || c.Total == nil || d.r.Card.Total == nil {
		return ""
	}
	sign, by := "=", *d.r.Card.Total-*c.Total
	switch {
	case by > 0:
		sign = "▲ " + by.In(d.lang)
	case by < 0:
		sign = "▼ " + (-by).In(d.lang)
	}
	return sign + d.pick(" so với ", " against ") + d.than()
}
