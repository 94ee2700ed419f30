// Package documenttest has documents for the tests of what renders them: one
// as a drill gives it, and one with everything people may write.
package documenttest

import (
	"fmt"
	"strings"

	"saban/engine"
	"saban/report/document"
	"saban/report/figure"
)

// Sample is a report of a drill in a language, with each kind of part and
// block.
func Sample(lang engine.Lang) *document.Document {
	say := func(vi, en string) string { return engine.Text{VI: vi, EN: en}.In(lang) }
	d := &document.Document{
		Lang:    lang,
		Title:   say("Báo cáo rút kinh nghiệm diễn tập", "After-action report"),
		Subject: say("Rút kinh nghiệm diễn tập “Vật khả nghi”", "After-action report of the drill “Suspicious item”"),
		Marking: say("TÀI LIỆU DIỄN TẬP – LƯU HÀNH NỘI BỘ", "EXERCISE DOCUMENT – FOR INTERNAL USE"),
		Running: say("Báo cáo rút kinh nghiệm · bomb-threat · 05/01/2026", "After-action report · bomb-threat · 5 January 2026"),
		Seal:    say("Nhật ký SHA-256 9f3a…c41e", "Log SHA-256 9f3a…c41e"),
		Date:    "2026-01-05",
	}
	d.Parts = []document.Part{official(say), graphic(say), annex(say)}
	return d
}

func official(say func(vi, en string) string) document.Part {
	para := say("Buổi diễn tập được tiến hành trên sa bàn, có bấm giờ, theo kịch bản đã được phê duyệt; các vai tập xử lý đúng chức trách, riêng việc điểm danh tại điểm tập kết còn chậm so với thời gian chuẩn.",
		"The drill was played on the sand table against the clock, by the approved scenario; every role acted within its duties, but the head count at the assembly point came later than its target.")
	return document.Part{
		Kind: document.Official, ID: "report", Title: say("BÁO CÁO", "REPORT"),
		About: say("Rút kinh nghiệm diễn tập “Đe dọa đánh bom và phát hiện vật khả nghi” tại Công ty thủy điện Nậm Khao (giả định)", "After-action report of the drill “Bomb threat and suspicious item” at Nam Khao Hydropower Company (fictional)"),
		Head: &document.Letterhead{
			Nation: say("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SOCIALIST REPUBLIC OF VIET NAM"), Motto: say("Độc lập - Tự do - Hạnh phúc", "Independence - Freedom - Happiness"),
			Parent: say("BAN CHỈ ĐẠO DIỄN TẬP TỈNH", "PROVINCIAL DRILL COMMITTEE"), Body: say("TỔ ĐIỀU HÀNH DIỄN TẬP", "DRILL CONTROL TEAM"),
			Number: say("Số: 05/BC-TĐH", "No. 05/BC-TĐH"), Dated: say("Lai Châu, ngày 05 tháng 01 năm 2026", "Lai Châu, 5 January 2026"),
			To: []string{say("Ban Chỉ đạo diễn tập tỉnh", "The provincial drill committee"), say("Ủy ban nhân dân xã", "The commune people's committee")},
		},
		Blocks: []document.Block{
			&document.Heading{Level: 1, Number: "I", Text: say("Thông tin chung", "General information"), ID: "general"},
			&document.Paragraph{Runs: document.Plain(para)},
			&document.Table{Caption: say("Bảng 1. Thông tin chung về buổi diễn tập", "Table 1. The drill at a glance"),
				Columns: []document.Column{{Title: say("Mục", "Item"), Width: 3}, {Title: say("Nội dung", "Content"), Width: 7}},
				Rows: []document.Row{
					{Cells: [][]document.Run{document.Plain(say("Tên cuộc diễn tập", "Exercise name")), document.Plain(say("Đe dọa đánh bom", "Bomb threat"))}},
					{Cells: [][]document.Run{document.Plain(say("Cơ quan chủ trì", "Sponsor")), {{Blank: true}}}},
				}},
			&document.Heading{Level: 1, Number: "II", Text: say("Đánh giá kết quả", "Assessment"), ID: "result"},
			&document.Heading{Level: 2, Number: "1", Text: say("Ưu điểm", "Strengths")},
			&document.List{Points: []document.Point{
				{Mark: figure.OnTime, Runs: []document.Run{{Text: say("Không ai chạm vào vật lạ.", "Nobody touched the item."), Bold: true}, {Text: say(" Tuần tra giữ 100 m và báo trưởng ca sau 1:22 ", " The patrol kept 100 m and told the shift leader after 1:22 ")}, {Text: "(I01, R07)", Link: "R07"}, {Text: "."}}},
				{Mark: figure.Missed, Runs: document.Plain(say("Cổng phụ không ai phụ trách.", "Nobody was in charge of the side gate."))},
				{Runs: document.Plain(say("Một đầu mối liên lạc.", "One point of contact."))},
			}},
			&document.List{Ordered: true, Points: []document.Point{{Runs: document.Plain(say("Điểm thứ nhất.", "The first."))}, {Runs: document.Plain(say("Điểm thứ hai.", "The second."))}}},
			&document.Paragraph{Style: document.Notice, Runs: []document.Run{{Text: say("Giới hạn của kết quả. ", "Limits of the result. "), Bold: true}, {Text: say("Một câu trả lời do người chấm bằng tay.", "One answer was marked by hand.")}}},
			&document.Paragraph{Runs: []document.Run{{Text: say("Thời gian cũ ", "The old time "), Struck: true}, {Text: say("đã sửa", "was corrected"), Italic: true}, {Text: " sha256:9f3ac41e", Code: true}, {Text: "./."}}},
		},
		Close: &document.Closing{
			Copies: []string{say("Như trên", "As above"), say("Công an tỉnh", "The provincial police"), say("Lưu: VT, TĐH", "File: VT, TĐH")},
			Office: say("TM. TỔ ĐIỀU HÀNH", "FOR THE CONTROL TEAM"), Rank: say("TỔ TRƯỞNG", "HEAD OF TEAM"), Name: say("Người ký giả định", "Fictional signatory"),
		},
	}
}

// Picture is a figure with each kind of shape.
func Picture(say func(vi, en string) string) *figure.Figure {
	f := &figure.Figure{W: 700, H: 120, Name: say("Bốn vai, hai lượt trễ", "Four roles, two late"), Caption: say("Vạch đứng: lúc phát tình huống.", "Upright: an inject was released.")}
	f.Shapes = []figure.Shape{
		{Kind: figure.Text, X: 0, Y: 40, Text: say("Bảo vệ", "Guard"), Size: 12, Bold: true, Fill: figure.Ink, Anchor: figure.Start},
		{Kind: figure.Line, X: 0, Y: 60, X2: 700, Y2: 60, Stroke: figure.Rule, Width: 1},
		{Kind: figure.Rect, X: 120, Y: 30, X2: 220, Y2: 40, Fill: figure.OKWeak, Stroke: figure.OK, Width: 1},
		{Kind: figure.Rect, X: 220, Y: 30, X2: 320, Y2: 40, Fill: figure.Hatch, Stroke: figure.Warn, Width: 1},
		{Kind: figure.Line, X: 120, Y: 35, X2: 200, Y2: 35, Stroke: figure.Ink, Width: 2.4},
		{Kind: figure.Mark, X: 200, Y: 35, Glyph: figure.OnTime}, {Kind: figure.Mark, X: 300, Y: 35, Glyph: figure.Slow},
		{Kind: figure.Mark, X: 340, Y: 35, Glyph: figure.Missed}, {Kind: figure.Mark, X: 380, Y: 35, Glyph: figure.Waiting},
		{Kind: figure.Rect, X: 420, Y: 20, X2: 520, Y2: 70, Fill: figure.Surface, Stroke: figure.Ink, Width: 1.6, Round: 9},
		{Kind: figure.Text, X: 470, Y: 48, Text: say("Sơ tán", "Evacuation"), Size: 11, Fill: figure.Ink, Anchor: figure.Middle},
		{Kind: figure.Arrow, Points: [][2]float64{{520, 45}, {560, 45}, {560, 100}, {640, 100}}, Stroke: figure.Ink, Width: 2, Dashed: true},
		{Kind: figure.Text, X: 700, Y: 104, Text: say("cuối", "end"), Size: 11, Fill: figure.Ink2, Anchor: figure.End},
	}
	return f
}

func graphic(say func(vi, en string) string) document.Part {
	point := func(g figure.Glyph, vi, en string) document.Point {
		return document.Point{Mark: g, Runs: document.Plain(say(vi, en))}
	}
	return document.Part{
		Kind: document.Graphic, ID: "graphic", Title: say("Báo cáo rút kinh nghiệm sau diễn tập", "After-action report"), About: say("Kịch bản “Vật khả nghi” · 5 vai tập", "Scenario “Suspicious item” · 5 roles"),
		Blocks: []document.Block{
			&document.Paragraph{Style: document.Lead, Runs: []document.Run{{Text: say("Khá, 78/100 điểm. ", "Good, 78 of 100 points. "), Bold: true}, {Text: say("Phát hiện và báo cáo ban đầu nhanh; điểm danh chậm.", "Quick to see and to report; slow to count heads.")}}},
			&document.Numbers{Each: []document.Number{
				{Label: say("Điểm chung", "Total"), Value: "78", Unit: "/100", Note: say("tăng 10 so với lần trước", "up 10 from the last drill")},
				{Label: say("Đúng thời gian chuẩn", "On target"), Value: "15", Unit: say("/20 lượt", "/20"), Mark: figure.OnTime, Note: "75%"},
				{Label: say("Trễ, trong giới hạn", "Late, within limit"), Value: "4", Unit: say("lượt", ""), Mark: figure.Slow, Note: "I08 +1:30"},
				{Label: say("Không phản hồi", "Missed"), Value: "1", Unit: say("lượt", ""), Mark: figure.Missed, Note: "I09"},
			}},
			&document.Picture{Caption: say("Hình 1. Tình huống và phản hồi theo vai. Vạch đứng: lúc phát.", "Figure 1. Injects and responses by role. Upright: released."), Figure: Picture(say)},
			&document.Columns{Each: []document.Section{
				{Title: say("Làm tốt, cần giữ", "Keep"), Blocks: []document.Block{&document.List{Points: []document.Point{point(figure.OnTime, "Không ai chạm vào vật lạ; giữ đúng khoảng cách an toàn.", "Nobody touched the item."), point(figure.OnTime, "Một đầu mối với Công an.", "One contact for the police.")}}}},
				{Title: say("Cần khắc phục", "Mend"), Blocks: []document.Block{&document.List{Points: []document.Point{point(figure.Missed, "Cổng phụ không ai phụ trách.", "Nobody at the side gate."), point(figure.Slow, "Điểm danh mất 4:05.", "The head count took 4:05.")}}}},
			}},
			&document.Table{Caption: say("Bảng 2. Hành động khắc phục", "Table 2. Actions"), Columns: []document.Column{{Title: say("TT", "No."), Width: 1, Align: document.Right}, {Title: say("Việc cần làm", "Action"), Width: 6}, {Title: say("Hạn", "Due"), Width: 2}},
				Rows: []document.Row{{Span: true, Cells: [][]document.Run{document.Plain(say("Nhóm 1", "Group 1"))}}, {Cells: [][]document.Run{document.Plain("1"), document.Plain(say("Đặt danh sách ca tại hai điểm tập kết", "Keep shift lists at both points")), document.Plain("15/02/2026")}}}},
			&document.Card{ID: "I03", Mark: say("DIỄN TẬP", "EXERCISE"), Title: say("Gửi: Trưởng ca", "To: shift leader"), Foot: say("Giữ phiếu lại sau buổi tập", "Keep this card after the drill"), Blocks: []document.Block{
				&document.Paragraph{Runs: document.Plain(say("Có chuông báo cháy ở gian máy.", "The fire bell rings in the machine hall."))},
				&document.Writing{Label: say("Việc đã làm", "What was done"), Lines: 1},
			}},
			&document.Signatures{Each: []document.Signature{
				{Office: say("ĐẠI DIỆN ĐƠN VỊ", "FOR THE FACILITY"), Note: say("Ký, ghi rõ họ tên", "Signature, full name")},
				{Office: say("ĐÁNH GIÁ VIÊN", "EVALUATOR"), Note: say("Ký, ghi rõ họ tên", "Signature, full name"), Name: say("Đánh giá viên giả định", "Fictional evaluator")},
				{Office: say("NGƯỜI ĐIỀU KHIỂN", "FACILITATOR"), Note: say("Ký, ghi rõ họ tên", "Signature, full name")},
			}},
		},
	}
}

func annex(say func(vi, en string) string) document.Part {
	t := &document.Table{Caption: say("Bảng 3. Bảng chấm chi tiết", "Table 3. Every item"), Columns: []document.Column{
		{Title: say("Mã", "Id"), Width: 1}, {Title: say("Hành động cần đạt", "Expected response"), Width: 5}, {Title: say("Thời gian", "Time"), Width: 2, Align: document.Right}, {Title: say("Mức", "Rating"), Width: 1, Align: document.Center}}}
	for i := 1; i <= 60; i++ {
		id := fmt.Sprintf("R%02d", i)
		t.Rows = append(t.Rows, document.Row{ID: id, Cells: [][]document.Run{document.Plain(id), document.Plain(say("Báo trưởng ca, giữ khoảng cách, không chạm vào vật", "Tell the shift leader, keep off, touch nothing")), document.Plain("1:22"), document.Plain("P")}})
	}
	why := &document.Details{Title: say("Vì sao được bấy nhiêu điểm", "Where the points come from"), Seen: say("Sự kiện", "Events"), Each: []document.Detail{
		{ID: "why-R01", Title: say("R01: đủ điểm", "R01: full marks"), Points: [][]document.Run{document.Plain(say("thời gian 1: trong thời gian chuẩn", "timeliness 1: within the target"))}},
	}}
	return document.Part{Kind: document.Annex, ID: "annex", Number: say("Phụ lục I", "Annex I"), Title: say("BẢNG CHẤM CHI TIẾT", "EVERY ITEM"), Blocks: []document.Block{t, why}}
}

// Long is a text of 2,000 characters with every Vietnamese letter.
func Long() string {
	const line = "Ăn quả nhớ kẻ trồng cây; ẤẬẪỂỖỘỰỹ ờ ữ đặt ghế, nghĩ kỹ rồi hãy làm “đúng” việc & <đủ> ý. "
	return string([]rune(strings.Repeat(line, 30))[:2000])
}

// Traps are texts that a careless renderer takes for markup, formulas, escapes
// or directions.
var Traps = []string{
	`<script>alert("x")</script>`, `]]><w:p/>&amp;&#60;`, `=cmd|'/C calc'!A0`, "@SUM(1+1)", `C:\path\(a)\n %d %s %!`,
	"tên\u202etráo\u202c ngược", "mã\x00\x01\x1b[31m điều khiển", "tab\tvà\ndòng mới", "O'Hara “ngoặc” «kép»", "漢字 và 😀", "*đậm* _nghiêng_ [x](http://example.invalid)",
}

// Hostile is a document of texts that are too long, too many or traps: 40
// roles, 300 rows.
func Hostile(lang engine.Lang) *document.Document {
	d := Sample(lang)
	p := &d.Parts[0]
	p.Head.Body, p.Close.Copies = strings.Repeat("TỔ ĐIỀU HÀNH ", 12), nil
	for i := range 40 {
		p.Close.Copies = append(p.Close.Copies, fmt.Sprintf("Vai thứ %02d", i+1))
		p.Head.To = append(p.Head.To, fmt.Sprintf("Đơn vị thứ %02d", i+1))
	}
	p.About = Long()
	t := &document.Table{Caption: "Bảng 9. " + Traps[0], Columns: []document.Column{{Title: "TT", Width: 1}, {Title: "Nội dung", Width: 3}, {Title: "Ghi chú", Width: 1}}}
	for i := range 300 {
		row := document.Row{ID: fmt.Sprintf("row-%d", i), Cells: [][]document.Run{document.Plain(fmt.Sprintf("hàng%03d", i)), document.Plain(Traps[i%len(Traps)]), document.Plain("ghi chú")}}
		if i%100 == 50 {
			row.Cells[1], row.Cells[2] = document.Plain(Long()), document.Plain(strings.Repeat("khôngdấucách", 40))
		}
		t.Rows = append(t.Rows, row)
	}
	p.Blocks = append([]document.Block{&document.Paragraph{Runs: document.Plain(Long())}, t}, p.Blocks...)
	for _, trap := range Traps {
		p.Blocks = append(p.Blocks, &document.Heading{Level: 1, Text: trap}, &document.Paragraph{Runs: []document.Run{{Text: trap}, {Text: trap, Code: true}}},
			&document.List{Points: []document.Point{{Runs: document.Plain(trap)}}})
	}
	g := &d.Parts[1]
	g.Title = Traps[0] + " " + strings.Repeat("dài ", 60)
	g.Blocks = append(g.Blocks, &document.Numbers{Each: []document.Number{{Label: Long()[:200], Value: "100,00", Unit: "/100 điểm", Note: strings.Repeat("so với ", 20)}, {Label: "n", Value: strings.Repeat("9", 40)}}},
		&document.Columns{Each: []document.Section{{Title: Long(), Blocks: []document.Block{&document.Paragraph{Runs: document.Plain(Long())}}}, {Title: "phải", Blocks: []document.Block{&document.Paragraph{Style: document.Notice, Runs: document.Plain(Long())}}}}})
	return d
}
