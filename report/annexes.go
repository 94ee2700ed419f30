package report

import (
	"cmp"
	"fmt"

	"saban/engine"
	"saban/report/document"
	"saban/scoring"
)

// sheets is annex I: an evaluation sheet for each capability.
func (d *draft) sheets() document.Part {
	p := document.Part{Kind: document.Annex, ID: "annex-1", Number: d.pick("Phụ lục I", "Annex I"), Title: d.pick("PHIẾU ĐÁNH GIÁ", "EVALUATION SHEETS"),
		About: d.text(d.r.Subject)}
	for i := range d.r.Card.CapabilityDetails {
		p.Blocks = append(p.Blocks, d.sheet(i)...)
	}
	if len(d.r.Card.CapabilityDetails) == 0 {
		p.Blocks = append(p.Blocks, d.line("Không có năng lực nào được kích hoạt.", "No capability was called on."))
	}
	p.Blocks = append(p.Blocks, d.agreed()...)
	return p
}

func (d *draft) sheet(i int) []document.Block {
	c := &d.r.Card.CapabilityDetails[i]
	var rows []document.Row
	for _, o := range d.r.Objectives {
		if o.Capability == c.Code {
			rows = append(rows, document.Row{Span: true, Cells: [][]document.Run{plain(d.pick("Mục tiêu ", "Objective ") + o.ID + ": " + d.text(o.Text))}})
		}
	}
	for n := range d.r.Card.Items {
		if it := &d.r.Card.Items[n]; it.Capability == c.Code && it.Triggered {
			rows = append(rows, row("", append(d.task(it), document.Run{Text: " (" + it.ID + ")"}), plain(clock(it.Target)+" – "+clock(it.Limit)), plain(d.actual(it)), plain(d.text(it.Why)), plain(rating(it))))
		}
	}
	for n := range d.r.Card.Penalties {
		if x := &d.r.Card.Penalties[n]; x.Capability == c.Code {
			rows = append(rows, row("", plain(d.pick("Hành động cấm: ", "Prohibited action: ")+d.name(x.ID)), nil, plain(x.AtMS.Clock()), plain(d.text(x.Why)), nil))
		}
	}
	final := []document.Run{{Text: d.pick("Mức cuối của năng lực: ", "Final rating of the capability: ")}, bold(string(c.Final)), {Text: ". " + d.text(c.Why)}}
	if c.Rated != nil {
		final = append(final, document.Run{Text: d.pick(" Máy đề xuất ", " Suggested: ") + string(c.Suggested) + d.pick("; đánh giá viên đổi: ", "; changed by the evaluator: ") + cmp.Or(c.Rated.Reason, "–")})
		final = d.refs(final, []int64{c.Rated.Event})
	}
	blocks := []document.Block{
		&document.Heading{Level: 2, Text: d.text(c.Title) + " (" + string(c.Code) + ")", ID: "sheet-" + string(c.Code)},
		d.table("Phiếu đánh giá năng lực "+string(c.Code), "Evaluation sheet of capability "+string(c.Code), []document.Column{
			d.col("Nhiệm vụ", "Task", 0.36, document.Left), d.col("Chuẩn – giới hạn", "Target – limit", 0.14, document.Left), d.col("Thực tế", "Actual", 0.14, document.Left),
			d.col("Ghi nhận và lý do của mức", "Observation and explanation of rating", 0.26, document.Left), d.col("Mức", "Rating", 0.1, document.Center),
		}, rows, engine.Text{}),
		d.para(document.Body, final...),
	}
	blocks = append(blocks, d.rated(*c)...)
	who := append([]document.Run{{Text: d.pick("Đánh giá viên: ", "Evaluator: ")}}, d.evaluators()...)
	return append(blocks, d.para(document.Body, append(who, document.Run{Text: d.pick("; ghi chú: ", "; notes: ")}, d.blank())...))
}

// played is annex II: injects as they were played, and the whole log.
func (d *draft) played() document.Part {
	var rows []document.Row
	for _, l := range d.r.Injects {
		rows = append(rows, row("inject-"+l.ID, plain(l.ID), plain(d.name(l.ID)), plain(d.text(l.To)), plain(d.clock(l.Planned)), plain(d.clock(l.Released)), plain(d.clock(l.Received)), plain(d.text(l.Outcome)), d.numbers(l.Events)))
	}
	p := document.Part{Kind: document.Annex, ID: "annex-2", Number: d.pick("Phụ lục II", "Annex II"), Title: d.pick("DANH MỤC TÌNH HUỐNG ĐÃ DIỄN TẬP VÀ NHẬT KÝ", "INJECTS AS PLAYED, AND THE LOG"), About: d.text(d.r.Subject)}
	p.Blocks = append(p.Blocks, d.head(2, "1", "Danh mục tình huống", "Injects", "injects"),
		d.table("Tình huống theo dự kiến và theo thực tế", "Injects, planned and actual", []document.Column{
			d.col("Mã", "Id", 0.08, document.Left), d.col("Tình huống", "Inject", 0.22, document.Left), d.col("Gửi tới", "To", 0.16, document.Left), d.col("Dự kiến", "Planned", 0.09, document.Right), d.col("Phát", "Released", 0.09, document.Right),
			d.col("Nhận", "Received", 0.09, document.Right), d.col("Kết quả", "Outcome", 0.17, document.Left), d.col("Sự kiện", "Events", 0.1, document.Left),
		}, rows, engine.Text{VI: "Kịch bản không có tình huống nào.", EN: "The scenario has no injects."}),
		d.head(2, "2", "Việc tổ chức diễn tập", "How the drill was run", "conduct"))
	if len(d.r.Conduct) == 0 {
		p.Blocks = append(p.Blocks, d.line("Buổi diễn tập chạy đúng kịch bản, không can thiệp.", "The drill ran as written, without interventions."))
	} else {
		p.Blocks = append(p.Blocks, d.facts(d.r.Conduct, ""))
	}
	p.Blocks = append(p.Blocks, d.head(2, "3", "Nhật ký", "Log", "log"))
	if len(d.r.Said) > 0 {
		text := d.pick("Ý kiến khi rút kinh nghiệm nhanh ở mục III.3, không nhắc lại ở đây.", "What was said at the hot wash stands in part III.3 and is not repeated here.")
		p.Blocks = append(p.Blocks, d.para(document.Small, document.Run{Text: text, Link: "said"}))
	}
	p.Blocks = append(p.Blocks, d.logTable())
	return p
}

func (d *draft) logTable() *document.Table {
	rows := make([]document.Row, len(d.r.Timeline))
	day := ""
	for i := range d.r.Timeline {
		l := &d.r.Timeline[i]
		what := plain(d.text(l.What))
		if l.Retracted != 0 {
			what[0].Struck = true
			what = append(what, document.Run{Text: d.pick(" (đã rút lại, ", " (retracted, ")})
			what = append(append(what, d.numbers([]int64{l.Retracted})...), document.Run{Text: ")"})
		}
		rows[i] = row(rowOf(l.Event), plain(numberOf(l.Event)), plain(l.AtMS.Clock()), plain(hour(l.Wall, &day)), what, plain(d.text(l.Who)))
	}
	return d.table("Nhật ký buổi diễn tập", "Log of the drill", []document.Column{
		d.col("Số", "No.", 0.08, document.Left), d.col("Giờ diễn tập", "Exercise time", 0.1, document.Right), d.col("Giờ thực (+07:00)", "Wall clock (+07:00)", 0.14, document.Left),
		d.col("Sự việc", "Event", 0.52, document.Left), d.col("Vai, người", "Who", 0.16, document.Left),
	}, rows, engine.Text{VI: "Chưa có sự kiện nào.", EN: "There is no event yet."})
}

// detail is annex III: each item, and everything that made the points.
func (d *draft) detail() document.Part {
	p := document.Part{Kind: document.Annex, ID: "annex-3", Number: d.pick("Phụ lục III", "Annex III"), Title: d.pick("BẢNG CHẤM CHI TIẾT", "SCORES IN DETAIL"), About: d.text(d.r.Subject)}
	p.Blocks = append(p.Blocks, d.head(2, "1", "Từng hành động cần đạt", "Each expected response", "items"), d.items(),
		d.para(document.Small, document.Run{Text: d.pick("★ then chốt. Điểm = giá trị × trọng số. Mức đề xuất đứng trước mũi tên khi đánh giá viên đã đổi.",
			"★ critical. Points = value × weight. Where the evaluator changed a rating, the suggested one stands before the arrow.")}))
	p.Blocks = append(p.Blocks, d.why()...)
	p.Blocks = append(p.Blocks, d.head(2, "2", "Hành động cấm và trần điểm", "Prohibited actions and gates", "penalties"), d.penalties(), d.gates(),
		d.head(2, "3", "Thứ tự", "Order", "order"), d.order(),
		d.head(2, "4", "Theo vai", "By role", "roles"), d.roles(),
		d.head(2, "5", "Đường đi của tình huống", "Path of the situation", "path"), d.path(),
		d.head(2, "6", "Sửa đổi và chuyển tay", "Corrections and forced moves", "corrections"), d.corrections(),
		d.head(2, "7", "Dữ liệu kiểm chứng", "Verification data", "proof"), d.proof(),
		d.para(document.Small, document.Run{Text: d.pick("Kiểm tra: ", "To check: ")}, document.Run{Text: d.pick("saban verify TỆP --head MÃ", "saban verify FILE --head HASH"), Code: true},
			document.Run{Text: d.pick(". Số #n trong báo cáo là số thứ tự sự kiện trong tệp.", ". A number #n in this report is the event's seq in the file.")}))
	return p
}

func (d *draft) items() *document.Table {
	rows := make([]document.Row, len(d.r.Card.Items))
	for i := range d.r.Card.Items {
		rows[i] = d.item(&d.r.Card.Items[i])
	}
	return d.table("Từng hành động cần đạt", "Each expected response", []document.Column{
		d.col("Mã", "Id", 0.07, document.Left), d.col("Hành động cần đạt", "Expected response", 0.21, document.Left), d.col("Vai; người làm", "Role; done by", 0.12, document.Left),
		d.col("Chuẩn – giới hạn", "Target – limit", 0.1, document.Left), d.col("Thực tế", "Actual", 0.1, document.Left), d.col("Nội dung", "Content", 0.07, document.Right),
		d.col("Kịp thời", "Timeliness", 0.07, document.Right), d.col("Đúng", "Correctness", 0.07, document.Right), d.col("Điểm/trọng số", "Points/weight", 0.08, document.Right),
		d.col("Mức", "Rating", 0.05, document.Center), d.col("Sự kiện", "Events", 0.08, document.Left),
	}, rows, engine.Text{VI: "Kịch bản không có hành động cần đạt nào.", EN: "The scenario expects no response."})
}

// task is a response in words, starred when critical.
func (d *draft) task(it *scoring.Item) []document.Run {
	do := cmp.Or(d.text(it.Do), it.ID)
	if it.Critical {
		do = "★ " + do
	}
	if it.AdHoc {
		do += d.pick(" (đột xuất)", " (ad hoc)")
	}
	return plain(do)
}

func (d *draft) item(it *scoring.Item) document.Row {
	who := d.name(it.By)
	if it.Done && it.DoneBy != "" && it.DoneBy != it.By {
		who += "; " + d.name(it.DoneBy)
	}
	cells := [][]document.Run{d.toWhy(it.ID), d.task(it), plain(who), plain(clock(it.Target) + " – " + clock(it.Limit))}
	if !it.Triggered {
		cells = append(cells, plain(d.pick("không áp dụng", "not applicable")), nil, nil, nil, plain(fmt.Sprintf("–/%d", it.Weight)), nil, d.numbers(it.Events))
		return row("item-"+it.ID, cells...)
	}
	worth := ""
	if it.Value != nil {
		worth = d.text((*it.Value * engine.Ratio(it.Weight)).Decimal(3))
	}
	cells = append(cells, plain(d.actual(it)), plain(d.share(it.Content)), plain(d.ratio(it.Timeliness)), plain(d.ratio(it.Correctness)), plain(fmt.Sprintf("%s/%d", worth, it.Weight)), plain(rating(it)), d.numbers(it.Events))
	return row("item-"+it.ID, cells...)
}

// actual is how long it took. What was never done took longer than the drill
// lasted, and is never left out.
func (d *draft) actual(it *scoring.Item) string {
	switch {
	case !it.Done && it.Received != nil:
		return fmt.Sprintf("%s (> %s)", d.pick("chưa làm", "not done"), clock(d.r.Card.At-*it.Received))
	case !it.Done:
		return d.pick("chưa làm", "not done")
	case it.Proactive:
		return d.pick("chủ động, trước khi có tin", "proactive, before the news")
	case it.Actual == nil:
		return ""
	case it.Late:
		return clock(*it.Actual) + d.pick(" (muộn)", " (late)")
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
