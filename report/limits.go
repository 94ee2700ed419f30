package report

import (
	"slices"

	"saban/engine"
)

// limits are what the scorecard says of itself, what disturbed the drill, and
// what a tabletop cannot show.
func (b *builder) limits() []Fact {
	var out []Fact
	for _, f := range b.card.Limits {
		out = append(out, Fact{f.Text, f.Events})
	}
	for _, f := range b.card.Findings {
		if f.Code == "machine_disagrees" {
			out = append(out, Fact{f.Text, f.Events})
		}
	}
	if late := b.lateReleases(); len(late) > 0 {
		out = append(out, Fact{engine.Fill("Tình huống %s.", "Injects were %s.", late[0].Text), late[0].Events})
	}
	for _, look := range []func() []Fact{b.lateEntries, b.tapped, b.offline, b.unseen} {
		out = append(out, look()...)
	}
	return append(out, Fact{engine.Text{VI: "Diễn tập trên sa bàn: thời gian di chuyển và thao tác thực địa chưa được đo.",
		EN: "A tabletop: times of movement and field work were not measured."}, []int64{}})
}

// counted is a sentence that begins with how many events it rests on.
func counted(vi, one, many string, events []int64) []Fact {
	if len(events) == 0 {
		return nil
	}
	return []Fact{{engine.Counted(len(events), vi, one, many), events}}
}

func (b *builder) eventsThat(is func(e *engine.Event) bool) []int64 {
	var events []int64
	for i := range b.log {
		if e := &b.log[i]; b.gone[e.Seq] == 0 && is(e) {
			events = append(events, e.Seq)
		}
	}
	return events
}

func (b *builder) lateEntries() []Fact {
	return counted("%s việc được nhập sau khi xảy ra: điểm tính theo giờ xảy ra, tình huống chạy theo giờ nhập.",
		"%s act was entered after it happened: points go by when it happened, the situation by when it was entered.",
		"%s acts were entered after they happened: points go by when they happened, the situation by when they were entered.",
		b.eventsThat(func(e *engine.Event) bool { return e.Subject() && e.Observed != e.At }))
}

func (b *builder) tapped() []Fact {
	return counted("%s câu trả lời đến muộn vì mất sóng; giờ bấm trên máy không được tính, trừ khi người điều khiển chấp nhận.",
		"%s answer came late over a lost connection; the time of the tap does not count unless the facilitator accepted it.",
		"%s answers came late over a lost connection; the time of the tap does not count unless the facilitator accepted it.",
		b.eventsThat(func(e *engine.Event) bool { return e.Type == engine.Responded && e.Tap != 0 }))
}

// running reports whether an event fell between StartEx and EndEx.
func (b *builder) running(e *engine.Event) bool {
	return b.started != nil && e.Seq > b.started.Seq && (b.ended == nil || e.Seq < b.ended.Seq)
}

// offline names the roles whose devices dropped out while the drill ran.
func (b *builder) offline() []Fact {
	var roles []string
	events := b.eventsThat(func(e *engine.Event) bool {
		if e.Type != engine.Left || e.Role == "" || !b.running(e) {
			return false
		}
		if !slices.Contains(roles, e.Role) {
			roles = append(roles, e.Role)
		}
		return true
	})
	if len(events) == 0 {
		return nil
	}
	return []Fact{{engine.Fill("Thiết bị của %s có lúc mất kết nối: tình huống có thể tới chậm.", "Devices of %s were offline for a time: injects may have reached them late.", b.list(roles)), events}}
}

// unseen: what was said was never looked at by an evaluator.
func (b *builder) unseen() []Fact {
	if b.start.Virtual || b.started == nil {
		return nil
	}
	free := b.eventsThat(func(e *engine.Event) bool { return e.Type == engine.Responded && e.Text != "" })
	looked := b.eventsThat(func(e *engine.Event) bool {
		return e.Type == engine.Marked || e.Type == engine.Rated || e.Type == engine.Overridden || e.Type == engine.Observed
	})
	if len(looked) > 0 {
		return nil
	}
	text := engine.Text{VI: "Không có đánh giá viên: chưa ai chấm nội dung hay xác nhận mức.", EN: "There was no evaluator: nobody marked content or confirmed a rating."}
	if len(free) > 0 {
		text = engine.Fill("%s %s", "%s %s", text, engine.Counted(len(free), "%s câu trả lời tự viết chưa được đọc chấm.", "%s written answer was not marked.", "%s written answers were not marked."))
	}
	return []Fact{{text, full(free)}}
}
