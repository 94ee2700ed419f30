package report

import (
	"fmt"
	"strconv"
	"strings"

	"saban/engine"
	"saban/scoring"
)

// assessment is part III: findings, causes, then the figures.
func (p *page) assessment() {
	p.section("III", "Đánh giá kết quả", "Assessment")
	p.line("### 1. %s\n", p.pick("Ưu điểm", "Strengths"))
	p.findings(p.r.Strengths, -1)
	p.line("\n### 2. %s\n", p.pick("Tồn tại, hạn chế", "Areas for improvement"))
	p.findings(p.r.Weaknesses, -1)
	if len(p.r.Notes) > 0 {
		p.line("\n%s\n", p.pick("Điểm cần lưu ý:", "To be noted:"))
		p.findings(p.r.Notes, -1)
	}
	p.causes()
	p.line("\n### 4. %s\n", p.pick("Đánh giá theo năng lực", "Ratings by capability"))
	p.capabilities()
	p.line("\n### 5. %s\n", p.pick("Điểm", "Points"))
	p.points()
	p.line("\n### 6. %s\n", p.pick("Từng hành động cần đạt", "Each expected response"))
	p.items()
}

func (p *page) causes() {
	p.line("\n### 3. %s\n", p.pick("Nguyên nhân", "Causes"))
	if len(p.r.Causes) == 0 {
		p.line("%s", p.pick("Không có hành động nào vướng mắc lớn.", "No response met major challenges."))
		return
	}
	p.line("%s\n", p.pick("Dưới đây là điều nhật ký cho thấy; nguyên nhân gốc do ban tổ chức xác định khi rút kinh nghiệm.",
		"This is what the log shows; the root cause is for the organisers to find in the debrief."))
	for _, c := range p.r.Causes {
		p.line("- **%s** (%s)", p.text(c.Text), escape(c.ID))
		for _, f := range c.Shown {
			p.line("  - %s", strings.TrimSpace(p.pick("Nhật ký:", "The log:")+" "+p.text(f.Text)+" "+refs(f.Events)))
		}
		if len(c.Shown) == 0 {
			p.line("  - %s", p.pick("Nhật ký: không cho thấy nguyên nhân.", "The log: shows no cause."))
		}
		p.line("  - %s %s", p.pick("Nguyên nhân gốc:", "Root cause:"), p.or(escape(c.Root), p.blank()))
	}
}

func (p *page) capabilities() {
	var rows [][]string
	for _, c := range p.r.Card.CapabilityDetails {
		final := string(c.Final)
		if c.Rated != nil {
			final += fmt.Sprintf(" (#%d)", c.Rated.Event)
		}
		rows = append(rows, []string{escape(string(c.Code)), p.text(c.Title), escape(strings.Join(c.Items, ", ")), strconv.Itoa(c.Weight),
			p.ratio(&c.Mean), string(c.Suggested), final, p.text(c.Why), numbers(c.Events)})
	}
	if len(rows) == 0 {
		p.line("%s", p.pick("Không có năng lực nào được kích hoạt.", "No capability was called on."))
		return
	}
	p.table([][2]string{{"Mã", "Code"}, {"Năng lực", "Capability"}, {"Hành động", "Responses"}, {"Trọng số", "Weight"}, {"Trung bình", "Mean"},
		{"Mức đề xuất", "Suggested"}, {"Mức cuối", "Final"}, {"Vì sao", "Why"}, {"Sự kiện", "Events"}}, rows)
	p.line("")
	for _, r := range []scoring.Rating{scoring.Performed, scoring.Some, scoring.Major, scoring.Unable} {
		p.line("- **%s** – %s", r, p.text(definition(r)))
	}
}

// definition is the wording of the HSEEP rating key.
func definition(r scoring.Rating) engine.Text {
	switch r {
	case scoring.Performed:
		return engine.Text{
			VI: "Thực hiện tốt, không vướng mắc: đạt chỉ tiêu và nhiệm vụ then chốt, đúng mục tiêu, không cản trở hoạt động khác, không gây thêm nguy hiểm cho người dân hay lực lượng ứng phó, đúng phương án, quy trình và pháp luật.",
			EN: "Performed without challenges: the targets and critical tasks were completed in a manner that achieved the objectives and did not negatively impact other activities; it added no health or safety risk for the public or for emergency workers, and followed plans, policies, procedures, regulations and laws.",
		}
	case scoring.Some:
		return engine.Text{VI: "Thực hiện được, có vướng mắc nhỏ: như P, nhưng còn điểm có thể làm hiệu quả hơn.",
			EN: "Performed with some challenges: as P, however opportunities to enhance effectiveness or efficiency were identified."}
	case scoring.Major:
		return engine.Text{
			VI: "Thực hiện được, có vướng mắc lớn: đạt mục tiêu nhưng cản trở hoạt động khác, gây thêm nguy hiểm cho người dân hay lực lượng ứng phó, hoặc không đúng phương án, quy trình, pháp luật.",
			EN: "Performed with major challenges: the objectives were achieved, but other activities suffered, health or safety risks were added for the public or for emergency workers, or plans, policies, procedures, regulations or laws were not followed.",
		}
	}
	return engine.Text{VI: "Chưa thực hiện được: không đạt mục tiêu.", EN: "Unable to be performed: the objectives were not achieved."}
}

// points shows how the total came about.
func (p *page) points() {
	c := &p.r.Card
	if c.Total == nil {
		p.line("%s", p.text(p.r.Grade))
		return
	}
	var rows [][]string
	add := func(what string, share *engine.Ratio, got, of string) {
		rows = append(rows, []string{what, p.ratio(share), got, of})
	}
	var got, of scoring.PartPoints
	if c.Points != nil {
		got = *c.Points
	}
	if c.PointsOf != nil {
		of = *c.PointsOf
	}
	for _, part := range []struct {
		vi, en  string
		share   *engine.Ratio
		got, of scoring.Points
	}{
		{"Kịp thời", "Timeliness", c.Timeliness, got.Timeliness, of.Timeliness},
		{"Đúng", "Correctness", c.Correctness, got.Correctness, of.Correctness},
		{fmt.Sprintf("Thứ tự (giữ %d/%d cặp)", c.Order.Kept, c.Order.Applicable), fmt.Sprintf("Order (%d of %d pairs kept)", c.Order.Kept, c.Order.Applicable), c.Order.Share, got.Order, of.Order},
	} {
		if c.Points == nil {
			add(p.pick(part.vi, part.en), part.share, "", "")
			continue
		}
		add(p.pick(part.vi, part.en), part.share, part.got.In(p.lang), part.of.In(p.lang))
	}
	add(p.pick("Phạt hành động cấm", "Prohibited actions"), nil, (-c.PenaltyTotal).In(p.lang), "")
	if c.BeforeGates != nil {
		add(p.pick("Trước trần điểm", "Before gates"), nil, c.BeforeGates.In(p.lang), "")
	}
	add("**"+p.pick("Tổng", "Total")+"**", nil, "**"+c.Total.In(p.lang)+"**", "100")
	p.table([][2]string{{"Phần", "Part"}, {"Tỷ lệ", "Share"}, {"Điểm", "Points"}, {"Tối đa", "Of"}}, rows)
	p.line("\n%s", p.text(p.r.Grade))
}

// items is the table behind every point: a row for each response.
func (p *page) items() {
	rows := make([][]string, len(p.r.Card.Items))
	for i := range p.r.Card.Items {
		rows[i] = p.item(&p.r.Card.Items[i])
	}
	p.table([][2]string{{"Mã", "Id"}, {"Hành động cần đạt", "Expected response"}, {"Vai", "Role"}, {"Chuẩn", "Target"}, {"Giới hạn", "Limit"}, {"Thực tế", "Actual"},
		{"Người làm", "Done by"}, {"Nội dung", "Content"}, {"Kịp thời", "Timeliness"}, {"Đúng", "Correctness"}, {"Điểm/trọng số", "Points/weight"}, {"Mức", "Rating"}, {"Sự kiện", "Events"}}, rows)
	p.line("\n%s", p.pick("★ then chốt. Điểm = giá trị × trọng số. Mức đề xuất đứng trước mũi tên khi người đánh giá đã đổi.",
		"★ critical. Points = value × weight. Where the evaluator changed a rating, the suggested one stands before the arrow."))
}

func (p *page) item(it *scoring.Item) []string {
	do := p.text(it.Do)
	if do == "" {
		do = escape(it.ID)
	}
	if it.Critical {
		do = "★ " + do
	}
	if it.AdHoc {
		do += p.pick(" (đột xuất)", " (ad hoc)")
	}
	row := []string{escape(it.ID), do, p.name(it.By), clock(it.Target), clock(it.Limit)}
	if !it.Triggered {
		na := p.pick("không áp dụng", "not applicable")
		return append(row, na, "", "", "", "", fmt.Sprintf("–/%d", it.Weight), "", numbers(it.Events))
	}
	worth := ""
	if it.Value != nil {
		worth = (*it.Value * engine.Ratio(it.Weight)).Decimal(3).In(p.lang)
	}
	return append(row, p.actual(it), p.name(it.DoneBy), p.share(it.Content), p.ratio(it.Timeliness), p.ratio(it.Correctness), fmt.Sprintf("%s/%d", worth, it.Weight), rating(it), numbers(it.Events))
}

// actual is how long it took. What was never done took longer than the drill
// lasted, and is never left out.
func (p *page) actual(it *scoring.Item) string {
	switch {
	case !it.Done && it.Received != nil:
		return fmt.Sprintf("%s (> %s)", p.pick("chưa làm", "not done"), clock(p.r.Card.At-*it.Received))
	case !it.Done:
		return p.pick("chưa làm", "not done")
	case it.Proactive:
		return p.pick("chủ động, trước khi có tin", "proactive, before the news")
	case it.Actual == nil:
		return ""
	case it.Late:
		return clock(*it.Actual) + p.pick(" (muộn)", " (late)")
	}
	return clock(*it.Actual)
}

func rating(it *scoring.Item) string {
	if it.Suggested != it.Rating {
		return string(it.Suggested) + " → " + string(it.Rating)
	}
	return string(it.Rating)
}

func clock(s scoring.Seconds) string { return engine.Millis(s).Clock() }

func (p *page) ratio(r *engine.Ratio) string {
	if r == nil {
		return ""
	}
	return (*r).Decimal(3).In(p.lang)
}

func (p *page) share(r *engine.Ratio) string {
	if r == nil {
		return ""
	}
	return (*r).Percent()
}
