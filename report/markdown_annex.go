package report

import (
	"fmt"
	"strconv"
	"strings"

	"saban/engine"
)

// annex holds what backs the report up.
func (p *page) annex() {
	p.section("", "Phụ lục", "Annex")
	p.path()
	p.penalties()
	p.order()
	p.injects()
	p.roles()
	p.corrections()
	p.limits()
	p.proof()
	p.line("\n**%s**", p.pick(drillMark, "EXERCISE – EXERCISE – EXERCISE"))
}

func (p *page) none(vi, en string) { p.line("%s", p.pick(vi, en)) }

func (p *page) path() {
	p.line("### 1. %s\n", p.pick("Đường đi của tình huống", "Path of the situation"))
	var rows [][]string
	for _, s := range p.r.Card.Path {
		how := p.pick("tự chuyển", "by itself")
		switch {
		case s.Event == 0:
			how = p.pick("lúc bắt đầu", "at StartEx")
		case s.Forced:
			how = p.pick("chuyển tay", "forced")
		}
		event := ""
		if s.Event != 0 {
			event = fmt.Sprintf("#%d", s.Event)
		}
		rows = append(rows, []string{s.AtMS.Clock(), p.name(s.State), p.text(s.Kind.Title()), how, event})
	}
	p.table([][2]string{{"Giờ diễn tập", "Exercise time"}, {"Trạng thái", "State"}, {"Loại", "Kind"}, {"Cách chuyển", "How"}, {"Sự kiện", "Event"}}, rows)
}

func (p *page) penalties() {
	p.line("\n### 2. %s\n", p.pick("Hành động cấm và trần điểm", "Prohibited actions and gates"))
	if len(p.r.Card.Penalties) == 0 {
		p.none("Không có hành động cấm.", "No prohibited action was seen.")
	} else {
		var rows [][]string
		for _, x := range p.r.Card.Penalties {
			rows = append(rows, []string{x.AtMS.Clock(), escape(x.ID), p.name(x.ID), p.text(x.Severity.Title()), p.name(x.Role), x.Points.In(p.lang), p.text(x.Why), numbers(x.Events)})
		}
		p.table([][2]string{{"Giờ diễn tập", "Exercise time"}, {"Mã", "Id"}, {"Hành động", "Action"}, {"Mức", "Severity"}, {"Vai", "Role"}, {"Điểm phạt", "Points off"}, {"Vì sao", "Why"}, {"Sự kiện", "Events"}}, rows)
	}
	p.line("")
	if len(p.r.Card.Gates) == 0 {
		p.none("Không có trần điểm nào áp dụng.", "No gate applies.")
		return
	}
	var rows [][]string
	for _, g := range p.r.Card.Gates {
		bites := p.pick("không", "no")
		if g.Bites {
			bites = p.pick("có", "yes")
		}
		rows = append(rows, []string{p.text(g.Why), g.Cap.In(p.lang), bites, numbers(g.Events)})
	}
	p.table([][2]string{{"Trần điểm", "Gate"}, {"Không quá", "At most"}, {"Làm giảm điểm", "Bites"}, {"Sự kiện", "Events"}}, rows)
}

func (p *page) order() {
	p.line("\n### 3. %s\n", p.pick("Thứ tự", "Order"))
	if len(p.r.Card.Order.Pairs) == 0 {
		p.none("Kịch bản không đặt thứ tự nào.", "The scenario names no precedence.")
		return
	}
	var rows [][]string
	for _, x := range p.r.Card.Order.Pairs {
		kept := p.pick("không áp dụng", "not applicable")
		switch {
		case x.Applicable && x.Kept:
			kept = p.pick("giữ", "kept")
		case x.Applicable:
			kept = p.pick("**sai**", "**broken**")
		}
		rows = append(rows, []string{escape(x.First), p.name(x.First), escape(x.Second), p.name(x.Second), kept, numbers(x.Events)})
	}
	p.table([][2]string{{"Trước", "First"}, {"Hành động", "Response"}, {"Sau", "Then"}, {"Hành động", "Response"}, {"Kết quả", "Result"}, {"Sự kiện", "Events"}}, rows)
}

func (p *page) injects() {
	p.line("\n### 4. %s\n", p.pick("Danh mục tình huống và việc tổ chức diễn tập", "Injects, and how the drill was run"))
	when := func(m *engine.Millis) string {
		if m == nil {
			return ""
		}
		return m.Clock()
	}
	var rows [][]string
	for _, l := range p.r.Injects {
		rows = append(rows, []string{escape(l.ID), p.name(l.ID), when(l.Planned), when(l.Released), when(l.Received), p.text(l.Outcome), numbers(l.Events)})
	}
	p.table([][2]string{{"Mã", "Id"}, {"Tình huống", "Inject"}, {"Dự kiến", "Planned"}, {"Phát", "Released"}, {"Nhận", "Received"}, {"Kết quả", "Outcome"}, {"Sự kiện", "Events"}}, rows)
	p.line("")
	for _, f := range p.r.Conduct {
		p.line("- %s", strings.TrimSpace(p.text(f.Text)+" "+refs(f.Events)))
	}
	if len(p.r.Conduct) == 0 {
		p.line("- %s", p.pick("Buổi diễn tập chạy đúng kịch bản, không can thiệp.", "The drill ran as written, without interventions."))
	}
}

func (p *page) roles() {
	p.line("\n### 5. %s\n", p.pick("Theo vai", "By role"))
	var rows [][]string
	for _, r := range p.r.Card.Roles {
		mean := ""
		if r.Weight > 0 {
			mean = p.ratio(&r.Mean)
		}
		rows = append(rows, []string{p.name(r.Role), strconv.Itoa(r.Responses), strconv.Itoa(r.OnTime), strconv.Itoa(r.Late), strconv.Itoa(r.Missed),
			strconv.Itoa(r.ByOthers), strconv.Itoa(r.Prohibited), mean})
	}
	p.table([][2]string{{"Vai", "Role"}, {"Hành động", "Responses"}, {"Đúng chuẩn", "Within target"}, {"Quá giới hạn", "After limit"}, {"Chưa làm", "Not done"},
		{"Người khác làm", "By others"}, {"Hành động cấm", "Prohibited"}, {"Trung bình", "Mean"}}, rows)
}

func (p *page) corrections() {
	p.line("\n### 6. %s\n", p.pick("Sửa đổi bằng tay", "Corrections by hand"))
	if len(p.r.Corrections) == 0 {
		p.none("Không có.", "None.")
		return
	}
	var rows [][]string
	for _, c := range p.r.Corrections {
		rows = append(rows, []string{c.AtMS.Clock(), p.text(c.What), p.text(c.Before), p.text(c.After), p.text(c.By), escape(c.Reason), fmt.Sprintf("#%d", c.Event)})
	}
	p.table([][2]string{{"Giờ diễn tập", "Exercise time"}, {"Sửa", "What"}, {"Trước", "Before"}, {"Sau", "After"}, {"Người sửa", "By"}, {"Lý do", "Reason"}, {"Sự kiện", "Event"}}, rows)
}

func (p *page) limits() {
	p.line("\n### 7. %s\n", p.pick("Giới hạn của kết quả", "Limits of the result"))
	for _, f := range p.r.Card.Limits {
		p.line("- %s", strings.TrimSpace(p.text(f.Text)+" "+refs(f.Events)))
	}
	p.line("- %s", p.pick("Diễn tập trên sa bàn: thời gian di chuyển và thao tác thực địa chưa được đo.", "A tabletop: times of movement and field work were not measured."))
}

func (p *page) proof() {
	p.line("\n### 8. %s\n", p.pick("Dữ liệu kiểm chứng", "Verification data"))
	pr := &p.r.Proof
	closed := p.pick("chưa kết thúc", "not closed")
	if pr.Closed {
		closed = p.pick("đã kết thúc", "closed")
	}
	code := func(s string) string {
		if s == "" {
			return ""
		}
		return " `" + strings.ReplaceAll(escape(s), "`", "") + "`"
	}
	rows := [][]string{
		{p.pick("Buổi diễn tập", "Drill"), p.or(escape(pr.Drill), "–")},
		{p.pick("Kịch bản", "Scenario") + ", SHA-256", escape(pr.Scenario.Name) + code(pr.Scenario.SHA256)},
	}
	if pr.Site != (Pin{}) {
		rows = append(rows, []string{p.pick("Cơ sở", "Site") + ", SHA-256", escape(pr.Site.Name) + code(pr.Site.SHA256)})
	}
	if pr.Rubric != (Pin{}) {
		rows = append(rows, []string{p.pick("Thang điểm", "Rubric") + ", SHA-256", escape(pr.Rubric.Name) + code(pr.Rubric.SHA256)})
	}
	if pr.Engine != "" {
		rows = append(rows, []string{p.pick("Bản máy diễn tập", "Engine"), escape(pr.Engine)})
	}
	rows = append(rows, []string{p.pick("Nhật ký", "Log"), fmt.Sprintf("%d %s, %s", pr.Events, p.pick("sự kiện", "events"), closed)},
		[]string{p.pick("Mã đầu chuỗi (head)", "Head hash"), p.or(strings.TrimSpace(code(pr.Head)), "–")})
	p.table([][2]string{{"Mục", "Item"}, {"Giá trị", "Value"}}, rows)
	p.line("\n%s", p.pick("Kiểm tra: `saban verify TỆP --head MÃ`. Số #n trong báo cáo là số thứ tự sự kiện trong tệp.", "To check: `saban verify FILE --head HASH`. A number #n in this report is the event's seq in the file."))
}
