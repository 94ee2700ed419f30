package xlsx

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"saban/engine"
	"saban/scoring"
)

// The cells of the chain from the items to the total.
const (
	rowTimely = 7
	rowRight  = 8
	rowOrder  = 9
	rowOff    = 10
	rowBefore = 11
	rowGate   = 12
	rowTotal  = 13
	rowCard   = 14
	rowDiff   = 15
	rowLists  = 18 // head of the penalties
)

// scores reckons the total: parts from the items, less penalties, under the
// gates; and beside it what the scorecard says.
func (b *book) scores(sheet string) error {
	columns := []column{{"", 34}, {"", 16}, {"", 16}, {"", 16}, {"", 16}, {"", 60}}
	w, err := b.writer(sheet, columns, 0)
	if err != nil {
		return err
	}
	rows := [][]cell{
		{{value: b.text(b.r.Subject), style: b.s.title}},
		{{value: b.text(b.r.Grade), style: b.s.title}, {}, {}, {}, {}, b.str(b.text(b.r.Verdict))},
		{b.str(b.pick("Thứ tự: giữ", "Order: kept")), b.num(b.r.Card.Order.Kept)},
		{b.str(b.pick("Thứ tự: số cặp áp dụng", "Order: applicable pairs")), b.num(b.r.Card.Order.Applicable)},
		{},
	}
	for _, row := range append(rows, b.chain()...) {
		if err := w.add(row...); err != nil {
			return err
		}
	}
	for w.row < rowLists-1 {
		if err := w.add(); err != nil {
			return err
		}
	}
	for _, row := range append(b.lists(), b.checks()...) {
		if err := w.add(row...); err != nil {
			return err
		}
	}
	return w.w.Flush()
}

func points(p *scoring.Points) float64 {
	if p == nil {
		return 0
	}
	return float64(*p) / 100
}

// chain is the head and the rows from the parts down to the total.
func (b *book) chain() [][]cell {
	c, rubric := &b.r.Card, &b.r.Card.Rubric
	rows := [][]cell{b.heads(b.pick("Phần", "Part"), b.pick("Thang điểm", "Rubric"), b.pick("Tối đa", "At most"), b.pick("Trung bình", "Mean"), b.pick("Điểm", "Points"), b.pick("Cách tính", "How"))}
	if c.Total == nil {
		return append(rows, []cell{b.str(b.pick("Không có gì để chấm: không việc nào được kích hoạt.", "Nothing to score: no response was triggered."))})
	}
	of := scoring.PartPoints{}
	got := of
	if c.Points != nil && c.PointsOf != nil {
		got, of = *c.Points, *c.PointsOf
	}
	both := fmt.Sprintf("(B%d+B%d)", rowTimely, rowRight)
	share := func(row int) string {
		part := fmt.Sprintf("IF(%s=0,0.5,B%d/%s)", both, row, both)
		return fmt.Sprintf("%s*(%s+IF($B$4=0,B%d,0))", part, both, rowOrder)
	}
	mean := func(column string) string {
		return fmt.Sprintf("SUMPRODUCT(%s,%s,%s)/SUMPRODUCT(%s,%s)", b.of(colCounts), b.of(colWeight), b.of(column), b.of(colCounts), b.of(colWeight))
	}
	order := fmt.Sprintf("IF($B$4>0,$B$3/$B$4,IF(%s=0,(D%d+D%d)/2,(B%d*D%d+B%d*D%d)/%s))", both, rowTimely, rowRight, rowTimely, rowTimely, rowRight, rowRight, both)
	part := func(title string, row int, of engine.Ratio, most scoring.Points, mostBy string, at *engine.Ratio, atBy string, points scoring.Points, how string) []cell {
		return []cell{b.str(title), {value: ratio(of), style: b.s.points}, {value: float64(most) / 100, style: b.s.points, formula: mostBy},
			{value: value(at), style: b.s.share, formula: atBy}, {value: float64(points) / 100, style: b.s.points, formula: fmt.Sprintf("C%d*D%d", row, row)}, b.str(how)}
	}
	weighted := b.pick("trung bình có trọng số của các việc được tính, trang “", "weighted mean of what counts, sheet “") + b.names()[1] + "”"
	return append(rows,
		part(b.pick("Kịp thời (T)", "Timeliness (T)"), rowTimely, rubric.Parts.Timeliness, of.Timeliness, share(rowTimely), c.Timeliness, mean(colTimely), got.Timeliness, weighted),
		part(b.pick("Đúng (C)", "Correctness (C)"), rowRight, rubric.Parts.Correctness, of.Correctness, share(rowRight), c.Correctness, mean(colRight), got.Correctness, weighted),
		part(b.pick("Thứ tự (O)", "Order (O)"), rowOrder, rubric.Parts.Order, of.Order, fmt.Sprintf("IF($B$4>0,B%d,0)", rowOrder), c.Order.Share, order, got.Order, b.pick("số cặp giữ ÷ số cặp áp dụng; không có cặp nào thì điểm chia cho hai phần trên", "pairs kept ÷ applicable; without any its points go to the two above")),
		b.line(b.pick("Điểm phạt", "Penalties"), points(&c.PenaltyTotal), b.penaltySum(), b.s.points, b.pick("tổng các lần được tính, không quá mức tối đa của thang điểm", "sum of what counts, at most the rubric's cap")),
		b.line(b.pick("Trước trần điểm", "Before gates"), points(c.BeforeGates), b.before(), b.s.points, cmp.Or(rubric.Total, "T + C + O − "+b.pick("điểm phạt", "penalties"))+b.pick(", trong 0–100, làm tròn 0,01", ", within 0–100, to 0.01")),
		b.line(b.pick("Trần điểm thấp nhất", "Lowest gate"), b.lowest(), b.gateMin(), b.s.points, b.pick("100 nếu không có trần điểm nào", "100 if there is no gate")),
		b.line(b.pick("TỔNG ĐIỂM", "TOTAL"), points(c.Total), fmt.Sprintf("MIN(E%d,E%d)", rowBefore, rowGate), b.s.total, c.Grade.Title().In(b.lang)),
		b.line(b.pick("Theo bảng điểm", "By the scorecard"), points(c.Total), "", b.s.points, b.pick("máy diễn tập tính, để đối chiếu", "as the engine reckoned, to compare")),
		b.line(b.pick("Chênh lệch", "Difference"), 0, fmt.Sprintf("ROUND(E%d-E%d,2)", rowTotal, rowCard), b.s.points, b.pick("0 khi không ai sửa số liệu", "0 as long as no figure was changed")))
}

func value(r *engine.Ratio) float64 {
	if r == nil {
		return 0
	}
	return ratio(*r)
}

// of is a column of the items.
func (b *book) of(column string) string {
	return fmt.Sprintf("%s!$%s$2:$%s$%d", quoted(b.names()[1]), column, column, max(len(b.r.Card.Items), 1)+1)
}

func (b *book) line(title string, value float64, formula string, style int, how string) []cell {
	blank := b.str("")
	label := b.str(title)
	if style == b.s.total {
		label.style, blank.style = style, style
	}
	return []cell{label, blank, blank, blank, {value: value, style: style, formula: formula}, b.str(how)}
}

func (b *book) penaltySum() string {
	first, last := rowLists+1, rowLists+max(len(b.r.Card.Penalties), 1)
	return fmt.Sprintf("MIN(%g,SUMPRODUCT(D%d:D%d,E%d:E%d))", ratio(b.r.Card.Rubric.Penalties.Cap), first, last, first, last)
}

// gatesAt is the row of the gates' head.
func (b *book) gatesAt() int { return rowLists + max(len(b.r.Card.Penalties), 1) + 2 }

func (b *book) gateMin() string {
	if len(b.r.Card.Gates) == 0 {
		return "100"
	}
	return fmt.Sprintf("MIN(E%d:E%d)", b.gatesAt()+1, b.gatesAt()+len(b.r.Card.Gates))
}

func (b *book) lowest() float64 {
	low := 100.0
	for i := range b.r.Card.Gates {
		low = min(low, points(&b.r.Card.Gates[i].Cap))
	}
	return low
}

var formulaWord = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\b(T|C|O|penalty|min|max)\b`) })

// before is the total before gates: the parts less penalties, or the
// rubric's own formula. The inner rounding takes away what binary fractions
// leave behind, so that a half is rounded up as in the scorecard.
func (b *book) before() string {
	sum := fmt.Sprintf("E%d+E%d+E%d-E%d", rowTimely, rowRight, rowOrder, rowOff)
	if own := b.r.Card.Rubric.Total; own != "" {
		cells := map[string]string{"T": fmt.Sprintf("D%d", rowTimely), "C": fmt.Sprintf("D%d", rowRight), "O": fmt.Sprintf("D%d", rowOrder), "penalty": fmt.Sprintf("E%d", rowOff), "min": "MIN", "max": "MAX"}
		sum = formulaWord().ReplaceAllStringFunc(strings.NewReplacer("_", "", " ", "", "\n", "").Replace(own), func(w string) string { return cells[w] })
	}
	return fmt.Sprintf("ROUND(ROUND(MAX(0,MIN(100,%s)),9),2)", sum)
}

// lists are the penalties and the gates, which the chain adds up.
func (b *book) lists() [][]cell {
	rows := [][]cell{b.heads(b.pick("Hành động cấm", "Prohibited action"), b.pick("Mã", "Id"), b.pick("Giờ diễn tập", "Exercise time"), b.pick("Điểm phạt", "Points off"), b.pick("Tính (1/0)", "Counts (1/0)"), b.pick("Vì sao", "Why"))}
	for i := range b.r.Card.Penalties {
		x := &b.r.Card.Penalties[i]
		on := 0
		if x.Counted {
			on = 1
		}
		rows = append(rows, []cell{b.str(b.name(x.ID)), b.str(x.ID), b.span(int64(x.AtMS)), {value: points(&x.Points), style: b.s.points}, b.num(on), b.str(b.text(x.Why))})
	}
	if len(b.r.Card.Penalties) == 0 {
		rows = append(rows, []cell{b.str(b.pick("không có", "none"))})
	}
	rows = append(rows, nil, b.heads(b.pick("Trần điểm", "Gate"), "", "", b.pick("Làm giảm điểm", "Bites"), b.pick("Không quá", "At most"), b.pick("Vì sao", "Why")))
	for i := range b.r.Card.Gates {
		g := &b.r.Card.Gates[i]
		rows = append(rows, []cell{b.str(g.ID), b.str(""), b.str(""), b.yes(g.Bites), {value: points(&g.Cap), style: b.s.points}, b.str(b.text(g.Why))})
	}
	if len(b.r.Card.Gates) == 0 {
		rows = append(rows, []cell{b.str(b.pick("không có", "none"))})
	}
	return rows
}

// checks are what others need to check the workbook against its sources.
func (b *book) checks() [][]cell {
	rows := [][]cell{nil, {{value: b.pick("Dữ liệu để kiểm chứng", "What others need to check this"), style: b.s.head}, {style: b.s.head}, {style: b.s.head}, {style: b.s.head}, {style: b.s.head}, {style: b.s.head}}}
	for _, x := range b.r.Checks() {
		rows = append(rows, []cell{b.str(b.text(x.Label)), b.str(""), b.str(""), b.str(""), b.str(""), b.str(strings.TrimSpace(b.text(x.Value) + " " + x.SHA256))})
	}
	return rows
}
