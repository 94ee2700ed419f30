package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"saban/engine"
	"saban/report/document"
	"saban/scoring"
)

// EvaluatorRating is what one evaluator said of a task or capability, or with
// Settled what their lead settled on.
type EvaluatorRating struct {
	Event   int64          `json:"event"`
	ID      string         `json:"id"`
	By      engine.Text    `json:"by"`
	Rating  scoring.Rating `json:"rating"`
	Reason  string         `json:"reason,omitempty"`
	Settled bool           `json:"settled,omitempty"`
}

// EvaluatorPair is how far two evaluators agree. Band is empty without kappa.
type EvaluatorPair struct {
	A        engine.Text       `json:"a"`
	B        engine.Text       `json:"b"`
	Reliable bool              `json:"reliable"` // ten tasks or more, kappa 0.41 or more
	Band     engine.Text       `json:"band"`
	Figures  scoring.Agreement `json:"figures"`
}

// ratings are the last of every evaluator on each task, in order of task and
// then of the log; what was retracted is left out.
func (b *builder) ratings() []EvaluatorRating {
	type place struct{ id, who, mode string }
	last := map[place]int{}
	for i := range b.log {
		if e := &b.log[i]; e.Type == engine.Rated && e.Actor != "" && b.gone[e.Seq] == 0 {
			who := e.Actor
			if e.Mode == engine.Settled {
				who = ""
			}
			last[place{e.ID, who, e.Mode}] = i
		}
	}
	var out []EvaluatorRating
	for _, i := range last {
		e := &b.log[i]
		out = append(out, EvaluatorRating{e.Seq, e.ID, b.person(e.Actor), scoring.Rating(e.Rating), e.Reason, e.Mode == engine.Settled})
	}
	slices.SortFunc(out, func(x, y EvaluatorRating) int {
		return cmp.Or(strings.Compare(x.ID, y.ID), cmp.Compare(x.Event, y.Event))
	})
	return out
}

func (b *builder) agreement() []EvaluatorPair {
	var out []EvaluatorPair
	for _, a := range scoring.Agreements(b.log) {
		pair := EvaluatorPair{A: b.person(a.A), B: b.person(a.B), Reliable: a.Reliable(), Figures: a}
		if a.Kappa != nil {
			pair.Band = scoring.KappaBand(*a.Kappa)
		}
		pair.Figures.Tasks = full(a.Tasks)
		out = append(out, pair)
	}
	return out
}

// rated puts the ratings of evaluators side by side, for one capability and
// its tasks; nothing where nobody rated.
func (d *draft) rated(of scoring.CapabilityResult) []document.Block {
	var rows []document.Row
	for i := 0; i < len(d.r.Ratings); {
		id, end := d.r.Ratings[i].ID, i
		for end < len(d.r.Ratings) && d.r.Ratings[end].ID == id {
			end++
		}
		if id == string(of.Code) || slices.Contains(of.Items, id) {
			rows = append(rows, d.ratedRow(id, d.r.Ratings[i:end]))
		}
		i = end
	}
	if len(rows) == 0 {
		return nil
	}
	return []document.Block{d.table("Mức của từng đánh giá viên, năng lực "+string(of.Code), "Ratings of each evaluator, capability "+string(of.Code), []document.Column{
		d.col("Nhiệm vụ hoặc năng lực", "Task or capability", 0.34, document.Left), d.col("Từng đánh giá viên", "Each evaluator", 0.32, document.Left),
		d.col("Thống nhất", "Settled", 0.22, document.Left), d.col("Sự kiện", "Events", 0.12, document.Left),
	}, rows, engine.Text{})}
}

func (d *draft) ratedRow(id string, of []EvaluatorRating) document.Row {
	var each, settled []document.Run
	var events []int64
	same := true
	var first scoring.Rating
	for _, r := range of {
		events = append(events, r.Event)
		words := d.text(r.By) + ": "
		runs := []document.Run{{Text: words}, bold(string(r.Rating))}
		if r.Reason != "" {
			runs = append(runs, document.Run{Text: " (" + r.Reason + ")"})
		}
		if r.Settled {
			settled = runs
			continue
		}
		if first == "" {
			first = r.Rating
		}
		same = same && r.Rating == first
		if len(each) > 0 {
			each = append(each, document.Run{Text: "; "})
		}
		each = append(each, runs...)
	}
	if settled == nil && !same {
		settled = plain(d.pick("chưa thống nhất: tạm giữ mức máy đề xuất", "not settled: the suggested rating stands for now"))
	}
	return row("", plain(d.name(id)+" ("+id+")"), each, settled, d.numbers(events))
}

// agreed is the table of agreement, one line for every two evaluators; nothing
// without two.
func (d *draft) agreed() []document.Block {
	if len(d.r.Agreement) == 0 {
		return nil
	}
	var rows []document.Row
	var gaps []document.Block
	for i := range d.r.Agreement {
		p := &d.r.Agreement[i]
		names := d.text(p.A) + " – " + d.text(p.B)
		reading := d.text(p.Band)
		switch {
		case len(p.Figures.Tasks) == 0:
			reading = d.pick("chưa cùng chấm nhiệm vụ nào", "no task rated by both")
		case !p.Reliable:
			reading = strings.TrimPrefix(reading+"; ", "; ") + d.pick("chưa đủ tin cậy, cần thống nhất", "not reliable enough, to be talked over")
		}
		raw := "–"
		if len(p.Figures.Tasks) > 0 {
			raw = d.text(p.Figures.Raw.Decimal(2))
		}
		rows = append(rows, row("", plain(names), plain(strconv.Itoa(len(p.Figures.Tasks))), plain(raw), plain(d.kappa(p.Figures.Kappa)), plain(d.kappa(p.Figures.Weighted)), plain(reading)))
		for _, g := range p.Figures.Gaps {
			gaps = append(gaps, d.para(document.Small, document.Run{Text: names + d.pick(" thấy ", " saw ") + d.name(g.Task) + " (" + g.Task + ")" +
				d.pick(" vào hai giờ lệch quá 30 giây: ", " at times more than 30 s apart: ") + g.A.Clock() + ", " + g.B.Clock() + "."}))
		}
	}
	return append([]document.Block{
		&document.Heading{Level: 2, Text: d.pick("Độ thống nhất giữa các đánh giá viên", "How far evaluators agree"), ID: "agreement"},
		d.table("Độ thống nhất của từng cặp đánh giá viên", "Agreement of every two evaluators", []document.Column{
			d.col("Hai đánh giá viên", "Evaluators", 0.26, document.Left), d.col("Số nhiệm vụ", "Tasks", 0.1, document.Right), d.col("Giống nhau", "Equal", 0.11, document.Right),
			d.col("κ", "κ", 0.1, document.Right), d.col("κ có trọng số", "Weighted κ", 0.13, document.Right), d.col("Nhận định", "Reading", 0.3, document.Left),
		}, rows, engine.Text{}),
	}, gaps...)
}

func (d *draft) kappa(k *engine.Ratio) string {
	if k == nil {
		return "–"
	}
	return d.text(k.Decimal(3))
}

// evaluators names those who rated, or leaves a blank.
func (d *draft) evaluators() []document.Run {
	var names []string
	for _, r := range d.r.Ratings {
		if name := d.text(r.By); !r.Settled && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return d.or(strings.Join(names, ", "))
}
