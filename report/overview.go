package report

import (
	"saban/engine"
)

func (b *builder) letterhead() Letterhead {
	m := b.meta
	head := Letterhead{Parent: m.Parent, Body: m.Body, Number: m.Number, Place: m.Place, To: full(m.To), Office: m.Office, Signer: m.Signer, Name: m.Signed, Copies: full(m.Copies)}
	if date := b.date(); date != 0 {
		head.Date = at(date).Format("2006-01-02")
	}
	return head
}

// date of the report: given, or the day of EndEx. A virtual clock's day means
// nothing, so it stays blank.
func (b *builder) date() int64 {
	switch {
	case b.meta.Date != 0:
		return b.meta.Date
	case b.start.Virtual || len(b.log) == 0:
		return 0
	case b.ended != nil:
		return b.ended.Recorded
	}
	return b.log[len(b.log)-1].Recorded
}

func (b *builder) subject() engine.Text {
	title := b.title()
	if b.s.Site.Name.Empty() {
		return engine.Fill("Rút kinh nghiệm diễn tập “%s”", "After-action report of the drill “%s”", title)
	}
	return engine.Fill("Rút kinh nghiệm diễn tập “%s” tại %s", "After-action report of the drill “%s” at %s", title, b.s.Site.Name)
}

// about is the drill in a line.
func (b *builder) about() engine.Text {
	parts := []engine.Text{engine.Fill("Kịch bản “%s”", "Scenario “%s”", b.title())}
	if !b.s.Site.Name.Empty() {
		parts = append(parts, b.s.Site.Name)
	}
	if b.started != nil && !b.start.Virtual {
		until := b.log[len(b.log)-1].Recorded
		if b.ended != nil {
			until = b.ended.Recorded
		}
		parts = append(parts, engine.Same(at(b.started.Recorded).Format("02/01/2006 15:04")+"–"+at(until).Format("15:04")))
	}
	people := map[string]bool{}
	for _, seat := range b.start.Seats {
		for _, p := range seat.Persons {
			people[p] = true
		}
	}
	if n := len(people); n > 0 && !b.start.Virtual {
		parts = append(parts, engine.Fill("%s, %s", "%s, %s", engine.Counted(n, "%s người", "%s person", "%s people"), engine.Counted(len(b.start.Seats), "%s vai", "%s role", "%s roles")))
	}
	return join(parts, " · ")
}

func (b *builder) title() engine.Text {
	if b.s.Title.Empty() {
		return engine.Same(b.s.ID)
	}
	return b.s.Title
}

func (b *builder) grade() engine.Text {
	c := b.card
	if c.Total == nil {
		return engine.Text{VI: "Không có tổng điểm.", EN: "There is no total."}
	}
	text := engine.Fill("Xếp loại %s, %s/100 điểm", "Grade: %s, %s of 100 points", c.Grade.Title(), c.Total.Text())
	if c.BeforeGates != nil && *c.BeforeGates != *c.Total {
		text = engine.Fill("%s (%s trước khi áp trần điểm)", "%s (%s before the gates)", text, c.BeforeGates.Text())
	}
	if c.Provisional {
		return engine.Fill("%s, tạm tính vì buổi diễn tập chưa kết thúc.", "%s, provisional: the drill is not over.", text)
	}
	return engine.Fill("%s.", "%s.", text)
}

// overview holds the fields of the HSEEP Exercise Overview table, and the
// roles.
func (b *builder) overview() []Row {
	rows := []Row{
		{Label: engine.Text{VI: "Tên cuộc diễn tập", EN: "Exercise name"}, Value: b.s.Title},
		{Label: engine.Text{VI: "Thời gian", EN: "Exercise dates"}, Value: b.dates()},
		{Label: engine.Text{VI: "Phạm vi", EN: "Scope"}, Value: b.scope()},
		{Label: engine.Text{VI: "Lĩnh vực nhiệm vụ", EN: "Mission areas"}, Value: b.missions()},
		{Label: engine.Text{VI: "Năng lực đánh giá", EN: "Core capabilities"}, Value: b.capabilities()},
		{Label: engine.Text{VI: "Mục tiêu", EN: "Objectives"}, Value: b.objectives()},
		{Label: engine.Text{VI: "Mối đe dọa giả định", EN: "Threat or hazard"}, Value: b.threat()},
		{Label: engine.Text{VI: "Kịch bản", EN: "Scenario"}, Value: b.scenario()},
		{Label: engine.Text{VI: "Cơ quan chủ trì", EN: "Sponsor"}, Value: engine.Same(b.meta.Sponsor)},
		{Label: engine.Text{VI: "Đơn vị tham gia", EN: "Participating organizations"}, Value: engine.Same(joined(b.meta.Organizations))},
		{Label: engine.Text{VI: "Vai tập", EN: "Roles"}, Value: b.seats()},
		{Label: engine.Text{VI: "Đầu mối liên hệ", EN: "Point of contact"}, Value: engine.Same(b.meta.Contact)},
	}
	for i := range rows {
		rows[i].Blank = rows[i].Value.Empty()
	}
	return rows
}

func joined(names []string) string {
	texts := make([]engine.Text, len(names))
	for i, n := range names {
		texts[i] = engine.Same(n)
	}
	return join(texts, "; ").VI
}

func (b *builder) dates() engine.Text {
	if b.started == nil {
		return engine.Text{VI: "chưa bắt đầu", EN: "not started"}
	}
	length := (engine.Millis(b.card.At)).Words()
	if b.start.Virtual {
		return engine.Fill("chạy thử bằng đồng hồ giả lập, %s diễn tập", "rehearsed on a virtual clock, %s of exercise time", length)
	}
	from, until := at(b.started.Recorded), at(b.log[len(b.log)-1].Recorded)
	if b.ended != nil {
		until = at(b.ended.Recorded)
	}
	day := engine.Text{VI: from.Format("02/01/2006, 15:04"), EN: from.Format("2 January 2006, 15:04")}
	end := engine.Same(until.Format("15:04"))
	if from.YearDay() != until.YearDay() || from.Year() != until.Year() {
		end = engine.Text{VI: until.Format("15:04 02/01/2006"), EN: until.Format("15:04 on 2 January 2006")}
	}
	return engine.Fill("%s–%s (giờ Việt Nam, +07:00); %s diễn tập, không kể tạm dừng", "%s–%s (Viet Nam time, +07:00); %s of exercise time, pauses excluded", day, end, length)
}

func (b *builder) scope() engine.Text {
	texts := []engine.Text{{VI: "diễn tập trên sa bàn, có bấm giờ", EN: "tabletop drill against the clock"}}
	if b.s.Duration > 0 {
		texts = append(texts, engine.Fill("dự kiến %s", "%s planned", b.s.Duration.Words()))
	}
	switch {
	case b.started == nil || b.start.Virtual:
	case b.start.Led:
		texts = append(texts, engine.Text{VI: "có người điều khiển", EN: "led by a facilitator"})
	default:
		texts = append(texts, engine.Text{VI: "tự chạy, không có người điều khiển", EN: "unattended"})
	}
	if b.start.Practice {
		texts = append(texts, engine.Fill("tập dượt ở tốc độ × %s", "practice at × %s speed", b.start.Speed.Decimal(3)))
	}
	return join(texts, "; ")
}

func (b *builder) missions() engine.Text {
	text := engine.Text{VI: "bảo vệ; ứng phó", EN: "protection; response"}
	if _, restores := b.card.Capabilities[engine.KP]; restores {
		return engine.Fill("%s; khôi phục", "%s; recovery", text)
	}
	return text
}

func (b *builder) capabilities() engine.Text {
	var texts []engine.Text
	for _, c := range b.card.CapabilityDetails {
		texts = append(texts, engine.Fill("%s (%s)", "%s (%s)", c.Title, engine.Same(string(c.Code))))
	}
	return join(texts, "; ")
}

func (b *builder) objectives() engine.Text {
	var texts []engine.Text
	for _, o := range b.s.Objectives {
		texts = append(texts, engine.Fill("%s: %s", "%s: %s", engine.Same(o.ID), o.Text))
	}
	return join(texts, "; ")
}

func (b *builder) threat() engine.Text {
	if b.s.Threat == "" {
		return b.s.Title
	}
	return engine.Fill("%s (%s)", "%s (%s)", b.s.Title, engine.Same(b.s.Threat))
}

func (b *builder) scenario() engine.Text {
	text := engine.Fill("tình huống giả định “%s”", "fictional scenario “%s”", engine.Same(b.s.ID))
	if about := b.s.Site.About; !about.Empty() {
		return engine.Fill("%s. %s", "%s. %s", text, about)
	}
	return text
}

// seats counts who held which role. Persons are not named.
func (b *builder) seats() engine.Text {
	var texts []engine.Text
	for _, seat := range b.start.Seats {
		text := engine.Fill("%s: %s người", "%s: %s", b.name(seat.Role), number(len(seat.Persons)))
		if by := b.coverOf(seat.Role); len(seat.Persons) == 0 && by != "" {
			text = engine.Fill("%s: %s kiêm", "%s: covered by the role %s", b.name(seat.Role), b.name(by))
		} else if len(seat.Persons) == 0 {
			text = engine.Fill("%s: không có người", "%s: nobody", b.name(seat.Role))
		}
		if seat.Factor > 0 && seat.Factor != engine.Whole {
			text = engine.Fill("%s (hệ số thời gian × %s)", "%s (time factor × %s)", text, seat.Factor.Decimal(3))
		}
		texts = append(texts, text)
	}
	return join(texts, "; ")
}

func (b *builder) coverOf(role string) string {
	for _, c := range b.start.Covers {
		if c.Role == role {
			return c.By
		}
	}
	return ""
}
