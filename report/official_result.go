package report

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"saban/engine"
	"saban/report/document"
	"saban/scoring"
)

// capabilities is the P/S/M/U table, and what the letters mean.
func (d *draft) capabilities() []document.Block {
	var rows []document.Row
	for _, c := range d.r.Card.CapabilityDetails {
		cells := [][]document.Run{plain(d.text(c.Title) + " (" + string(c.Code) + ")"), plain(strings.Join(d.objectivesOf(c.Code), ", "))}
		for _, r := range ratings {
			mark := ""
			if c.Final == r {
				mark = "X"
			}
			cells = append(cells, plain(mark))
		}
		suggested := plain(string(c.Suggested))
		if c.Rated != nil {
			suggested = d.refs(plain(fmt.Sprintf("%s → %s: %s", c.Suggested, c.Final, cmp.Or(c.Rated.Reason, "–"))), []int64{c.Rated.Event})
		}
		rows = append(rows, row("", append(cells, plain(d.ratio(&c.Mean)), suggested, plain(d.text(c.Why)))...))
	}
	none := engine.Text{VI: "Không có năng lực nào được kích hoạt.", EN: "No capability was called on."}
	table := d.table("Mức đánh giá từng năng lực", "Rating of each capability", []document.Column{
		d.col("Năng lực", "Capability", 0.24, document.Left), d.col("Mục tiêu", "Objectives", 0.1, document.Left),
		{Title: "P", Width: 0.05, Align: document.Center}, {Title: "S", Width: 0.05, Align: document.Center}, {Title: "M", Width: 0.05, Align: document.Center}, {Title: "U", Width: 0.05, Align: document.Center},
		d.col("Trung bình", "Mean", 0.1, document.Right), d.col("Máy đề xuất", "Suggested", 0.14, document.Left), d.col("Vì sao", "Why", 0.22, document.Left),
	}, rows, none)
	key := &document.List{}
	for _, r := range ratings {
		key.Points = append(key.Points, document.Point{Runs: []document.Run{bold(string(r)), {Text: " – " + d.text(r.Meaning())}}})
	}
	return []document.Block{table, key}
}

var ratings = []scoring.Rating{scoring.Performed, scoring.Some, scoring.Major, scoring.Unable}

func (d *draft) objectivesOf(c engine.Capability) []string {
	var ids []string
	for _, o := range d.r.Objectives {
		if o.Capability == c {
			ids = append(ids, o.ID)
		}
	}
	return ids
}

// points shows how the total came about: what each part brought, what was
// taken off, and which ceilings applied.
func (d *draft) points() []document.Block {
	c := &d.r.Card
	if c.Total == nil {
		return []document.Block{d.para(document.Body, document.Run{Text: d.text(d.r.Grade)})}
	}
	rows := d.partRows()
	add := func(what []document.Run, got, of string) {
		rows = append(rows, row("", what, nil, plain(got), plain(of)))
	}
	add(plain(d.pick("Phạt hành động cấm", "Prohibited actions")), (-c.PenaltyTotal).In(d.lang), "")
	if c.BeforeGates != nil {
		add(plain(d.pick("Trước trần điểm", "Before gates")), c.BeforeGates.In(d.lang), "")
	}
	for _, g := range c.Gates {
		got := d.pick("không làm giảm", "does not bite")
		if g.Bites {
			got = g.Cap.In(d.lang)
		}
		add(d.refs(plain(d.pick("Trần điểm: ", "Gate: ")+d.text(g.Why)), g.Events), got, g.Cap.In(d.lang))
	}
	rows = append(rows, row("", []document.Run{bold(d.pick("Tổng", "Total"))}, nil, []document.Run{bold(c.Total.In(d.lang))}, plain("100")))
	return []document.Block{
		d.table("Điểm và cách tính", "The points and how they came about", []document.Column{d.col("Phần", "Part", 0.52, document.Left), d.col("Tỷ lệ", "Share", 0.16, document.Right),
			d.col("Điểm", "Points", 0.16, document.Right), d.col("Tối đa", "Of", 0.16, document.Right)}, rows, engine.Text{}),
		d.para(document.Body, document.Run{Text: d.text(d.r.Grade)}),
	}
}

func (d *draft) partRows() []document.Row {
	c := &d.r.Card
	var got, of scoring.PartPoints
	if c.Points != nil {
		got = *c.Points
	}
	if c.PointsOf != nil {
		of = *c.PointsOf
	}
	var rows []document.Row
	for _, part := range []struct {
		vi, en  string
		share   *engine.Ratio
		got, of scoring.Points
	}{
		{"Kịp thời", "Timeliness", c.Timeliness, got.Timeliness, of.Timeliness},
		{"Đúng", "Correctness", c.Correctness, got.Correctness, of.Correctness},
		{fmt.Sprintf("Thứ tự (giữ %d/%d cặp)", c.Order.Kept, c.Order.Applicable), fmt.Sprintf("Order (%d of %d pairs kept)", c.Order.Kept, c.Order.Applicable), c.Order.Share, got.Order, of.Order},
	} {
		points, most := part.got.In(d.lang), part.of.In(d.lang)
		if c.Points == nil {
			points, most = "", ""
		}
		rows = append(rows, row("", plain(d.pick(part.vi, part.en)), plain(d.ratio(part.share)), plain(points), plain(most)))
	}
	return rows
}

func (d *draft) ratio(r *engine.Ratio) string {
	if r == nil {
		return ""
	}
	return d.text((*r).Decimal(3))
}

func (d *draft) share(r *engine.Ratio) string {
	if r == nil {
		return ""
	}
	return (*r).Percent()
}

func count(n int) []document.Run { return plain(strconv.Itoa(n)) }
