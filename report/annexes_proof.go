package report

import (
	"cmp"
	"time"

	"saban/engine"
	"saban/report/document"
)

func (d *draft) penalties() *document.Table {
	var rows []document.Row
	for _, x := range d.r.Card.Penalties {
		rows = append(rows, row("", plain(x.AtMS.Clock()), code(x.ID), plain(d.name(x.ID)), plain(d.text(x.Severity.Title())), plain(d.name(x.Role)), plain(x.Points.In(d.lang)), plain(d.text(x.Why)), d.numbers(x.Events)))
	}
	return d.table("Hành động cấm đã ghi nhận", "Prohibited actions seen", []document.Column{
		d.col("Giờ diễn tập", "Exercise time", 0.1, document.Right), d.col("Mã", "Id", 0.08, document.Left), d.col("Hành động", "Action", 0.24, document.Left), d.col("Mức", "Severity", 0.09, document.Left),
		d.col("Vai", "Role", 0.12, document.Left), d.col("Điểm phạt", "Points off", 0.08, document.Right), d.col("Vì sao", "Why", 0.21, document.Left), d.col("Sự kiện", "Events", 0.08, document.Left),
	}, rows, engine.Text{VI: "Không có hành động cấm.", EN: "No prohibited action was seen."})
}

func (d *draft) gates() *document.Table {
	var rows []document.Row
	for _, g := range d.r.Card.Gates {
		bites := d.pick("không", "no")
		if g.Bites {
			bites = d.pick("có", "yes")
		}
		rows = append(rows, row("", plain(d.text(g.Why)), plain(g.Cap.In(d.lang)), plain(bites), d.numbers(g.Events)))
	}
	return d.table("Trần điểm", "Gates", []document.Column{d.col("Trần điểm", "Gate", 0.52, document.Left), d.col("Không quá", "At most", 0.14, document.Right),
		d.col("Làm giảm điểm", "Bites", 0.16, document.Center), d.col("Sự kiện", "Events", 0.18, document.Left)}, rows, engine.Text{VI: "Không có trần điểm nào áp dụng.", EN: "No gate applies."})
}

func (d *draft) order() *document.Table {
	var rows []document.Row
	for _, x := range d.r.Card.Order.Pairs {
		kept := plain(d.pick("không áp dụng", "not applicable"))
		switch {
		case x.Applicable && x.Kept:
			kept = plain(d.pick("giữ", "kept"))
		case x.Applicable:
			kept = []document.Run{bold(d.pick("sai", "broken"))}
		}
		rows = append(rows, row("", code(x.First), plain(d.name(x.First)), code(x.Second), plain(d.name(x.Second)), kept, d.numbers(x.Events)))
	}
	return d.table("Những cặp có thứ tự", "Pairs with an order", []document.Column{
		d.col("Trước", "First", 0.09, document.Left), d.col("Hành động", "Response", 0.29, document.Left), d.col("Sau", "Then", 0.09, document.Left),
		d.col("Hành động", "Response", 0.29, document.Left), d.col("Kết quả", "Result", 0.11, document.Left), d.col("Sự kiện", "Events", 0.13, document.Left),
	}, rows, engine.Text{VI: "Kịch bản không đặt thứ tự nào.", EN: "The scenario names no precedence."})
}

func (d *draft) roles() *document.Table {
	var rows []document.Row
	for _, r := range d.r.Card.Roles {
		mean := ""
		if r.Weight > 0 {
			mean = d.ratio(&r.Mean)
		}
		rows = append(rows, row("", plain(d.name(r.Role)), count(r.Responses), count(r.OnTime), count(r.Late), count(r.Missed), count(r.ByOthers), count(r.Prohibited), plain(mean)))
	}
	return d.table("Kết quả theo vai", "Results by role", []document.Column{
		d.col("Vai", "Role", 0.23, document.Left), d.col("Hành động", "Responses", 0.11, document.Right), d.col("Đúng chuẩn", "Within target", 0.11, document.Right), d.col("Quá giới hạn", "After limit", 0.11, document.Right),
		d.col("Chưa làm", "Not done", 0.11, document.Right), d.col("Người khác làm", "By others", 0.11, document.Right), d.col("Hành động cấm", "Prohibited", 0.11, document.Right), d.col("Trung bình", "Mean", 0.11, document.Right),
	}, rows, engine.Text{VI: "Chưa vai nào có việc.", EN: "No role had anything to do."})
}

func (d *draft) path() *document.Table {
	var rows []document.Row
	for _, s := range d.r.Card.Path {
		how := d.pick("tự chuyển", "by itself")
		switch {
		case s.Event == 0:
			how = d.pick("lúc bắt đầu", "at StartEx")
		case s.Forced:
			how = d.pick("chuyển tay", "forced")
		}
		var events []document.Run
		if s.Event != 0 {
			events = d.numbers([]int64{s.Event})
		}
		rows = append(rows, row("", plain(s.AtMS.Clock()), plain(d.name(s.State)), plain(d.text(s.Kind.Title())), plain(how), events))
	}
	return d.table("Đường đi của tình huống", "Path of the situation", []document.Column{
		d.col("Giờ diễn tập", "Exercise time", 0.14, document.Right), d.col("Trạng thái", "State", 0.36, document.Left), d.col("Loại", "Kind", 0.2, document.Left),
		d.col("Cách chuyển", "How", 0.16, document.Left), d.col("Sự kiện", "Event", 0.14, document.Left),
	}, rows, engine.Text{VI: "Chưa bắt đầu.", EN: "Not started."})
}

func (d *draft) corrections() *document.Table {
	var rows []document.Row
	for _, c := range d.r.Corrections {
		rows = append(rows, row("", plain(c.AtMS.Clock()), plain(d.text(c.What)), plain(d.text(c.Before)), plain(d.text(c.After)), plain(d.text(c.By)), plain(c.Reason), d.numbers([]int64{c.Event})))
	}
	return d.table("Sửa đổi bằng tay, giá trị trước và sau", "Corrections by hand, the value before and after", []document.Column{
		d.col("Giờ diễn tập", "Exercise time", 0.1, document.Right), d.col("Sửa", "What", 0.2, document.Left), d.col("Trước", "Before", 0.18, document.Left), d.col("Sau", "After", 0.16, document.Left),
		d.col("Người sửa", "By", 0.12, document.Left), d.col("Lý do", "Reason", 0.15, document.Left), d.col("Sự kiện", "Event", 0.09, document.Left),
	}, rows, engine.Text{VI: "Không có.", EN: "None."})
}

func (d *draft) proof() *document.Table {
	var rows []document.Row
	for _, x := range d.r.Checks() {
		runs := plain(cmp.Or(d.text(x.Value), "–"))
		if x.Value.Empty() && x.SHA256 != "" {
			runs = nil
		}
		if x.SHA256 != "" {
			if len(runs) > 0 {
				runs = append(runs, document.Run{Text: " "})
			}
			runs = append(runs, document.Run{Text: x.SHA256, Code: true})
		}
		rows = append(rows, row("", plain(d.text(x.Label)), runs))
	}
	return d.table("Dữ liệu để kiểm chứng", "What others need to check this report", []document.Column{d.col("Mục", "Item", 0.28, document.Left), d.col("Giá trị", "Value", 0.72, document.Left)}, rows, engine.Text{})
}

// hour shows the day too when it is another one than in the row above.
func hour(rfc3339 string, day *string) string {
	t, err := time.Parse(time.RFC3339, rfc3339)
	if err != nil {
		return rfc3339
	}
	t = t.In(wall)
	if today := t.Format("02/01"); today != *day {
		*day = today
		return t.Format("02/01 15:04:05")
	}
	return t.Format("15:04:05")
}
