package report

import (
	"strconv"

	"saban/engine"
	"saban/scoring"
)

// injectLines is the list of injects as it was played (the MSEL).
func (b *builder) injectLines() []InjectLine {
	lines := make([]InjectLine, len(b.injects))
	for i, in := range b.injects {
		lines[i] = InjectLine{ID: in.ID, To: b.readers(in)}
		line := &lines[i]
		if !in.Hand && in.When == "" && i < len(b.s.Injects) {
			line.Planned = new(in.At)
		}
		line.Outcome = b.outcome(in, line)
	}
	return lines
}

// readers are the roles an inject is addressed to.
func (b *builder) readers(in *engine.Inject) engine.Text {
	if len(in.To) == 0 {
		return engine.Text{VI: "mọi vai", EN: "all roles"}
	}
	return b.list(in.To)
}

// outcome follows one inject through the log.
func (b *builder) outcome(in *engine.Inject, line *InjectLine) engine.Text {
	text := engine.Text{VI: "không phát", EN: "not released"}
	if in.When != "" {
		text = engine.Text{VI: "không cần phát", EN: "not needed"}
	}
	for i := range b.log {
		e := &b.log[i]
		if e.ID != in.ID {
			continue
		}
		switch e.Type {
		case engine.Released:
			line.Released = new(e.At)
			text = engine.Text{VI: "đã phát", EN: "released"}
		case engine.Received:
			line.Received = new(e.At)
			text = receipt(e.Mode)
		case engine.Due:
			text = engine.Text{VI: "không phát: chờ đến hết", EN: "not released: it waited to the end"}
		case engine.Held:
			text = because(engine.Text{VI: "không phát: bị giữ lại", EN: "not released: held back"}, e.Reason)
		case engine.Unheld, engine.Postponed:
			text = because(engine.Text{VI: "không phát", EN: "not released"}, e.Reason)
		case engine.Skipped:
			text = because(engine.Text{VI: "bỏ", EN: "skipped"}, e.Reason)
			if e.Mode == "only_in" {
				text = engine.Text{VI: "bỏ: không hợp với trạng thái lúc đó", EN: "skipped: it did not fit the state"}
			}
		case engine.Withdrawn:
			text = engine.Text{VI: "không phát: không còn điều kiện", EN: "not released: it could no longer happen"}
		case engine.Recalled:
			line.Released, line.Received = nil, nil
			text = because(engine.Text{VI: "thu hồi", EN: "recalled"}, e.Reason)
		case engine.Edited, engine.Written:
		default:
			continue
		}
		if b.gone[e.Seq] == 0 {
			line.Events = append(line.Events, e.Seq)
		}
	}
	return text
}

func receipt(mode string) engine.Text {
	switch mode {
	case "read":
		return engine.Text{VI: "đã phát, đọc cho cả phòng", EN: "released, read aloud"}
	case "assumed":
		return engine.Text{VI: "đã phát, coi như đã nhận", EN: "released, assumed to be received"}
	}
	return engine.Text{VI: "đã phát, đã nhận", EN: "released and received"}
}

// conduct judges the drill itself: whatever disturbed it is no fault of the
// players.
func (b *builder) conduct() []Fact {
	counts := []struct {
		kind engine.EventType
		text engine.Text
	}{
		{engine.Paused, engine.Text{VI: "lần tạm dừng", EN: "pauses"}},
		{engine.StoppedReal, engine.Text{VI: "lần dừng vì việc thật", EN: "stops for a real incident"}},
		{engine.Gap, engine.Text{VI: "lần máy bị gián đoạn", EN: "interruptions of the machine"}},
		{engine.Recovered, engine.Text{VI: "lần máy khởi động lại", EN: "restarts of the machine"}},
		{engine.Faulted, engine.Text{VI: "lần máy tự dừng vì lỗi", EN: "faults of the engine"}},
		{engine.Held, engine.Text{VI: "lần giữ tình huống", EN: "injects held back"}},
		{engine.Postponed, engine.Text{VI: "lần dời tình huống", EN: "injects postponed"}},
		{engine.Skipped, engine.Text{VI: "tình huống bị bỏ", EN: "injects skipped"}},
		{engine.Edited, engine.Text{VI: "lần sửa lời tình huống", EN: "injects reworded"}},
		{engine.Recalled, engine.Text{VI: "lần thu hồi tình huống", EN: "injects recalled"}},
		{engine.Written, engine.Text{VI: "tình huống viết thêm", EN: "injects written during the drill"}},
		{engine.Forced, engine.Text{VI: "lần chuyển tay tình huống", EN: "forced moves"}},
	}
	var facts []Fact
	for _, c := range counts {
		var events []int64
		for i := range b.log {
			if b.log[i].Type == c.kind {
				events = append(events, b.log[i].Seq)
			}
		}
		if len(events) > 0 {
			facts = append(facts, Fact{engine.Fill("%s %s", "%s: %s", swap(len(events), c.text)...), events})
		}
	}
	return append(facts, b.lateReleases()...)
}

// swap puts the number first in Vietnamese and last in English.
func swap(n int, what engine.Text) []engine.Text {
	digits := strconv.Itoa(n)
	return []engine.Text{{VI: digits, EN: what.EN}, {VI: what.VI, EN: digits}}
}

// lateReleases are planned injects that went out after their time.
func (b *builder) lateReleases() []Fact {
	var late []engine.Text
	var events []int64
	for _, line := range b.lines {
		if line.Planned == nil || line.Released == nil || *line.Released <= *line.Planned {
			continue
		}
		late = append(late, engine.Fill("%s +%s", "%s +%s", engine.Same(line.ID), engine.Same((*line.Released-*line.Planned).Clock())))
		events = append(events, line.Events...)
	}
	if len(late) == 0 {
		return nil
	}
	return []Fact{{engine.Fill("phát muộn hơn dự kiến: %s", "released later than planned: %s", join(late, ", ")), events}}
}

// corrections lists everything set by hand, the value before beside the value
// after.
func (b *builder) corrections() []Correction {
	var out []Correction
	for i := range b.log {
		e := &b.log[i]
		c := Correction{Event: e.Seq, AtMS: e.At, Reason: e.Reason, By: b.person(e.Actor)}
		switch e.Type {
		case engine.Overridden:
			c.What = engine.Fill("dữ kiện của %s", "facts of %s", b.quoted(e.ID))
			c.Before, c.After = b.before(e.ID), facts(e.Override)
		case engine.Rated:
			suggested := b.suggested(e.ID)
			if suggested == "" || suggested == scoring.Rating(e.Rating) {
				continue
			}
			c.What = engine.Fill("mức của %s", "rating of %s", b.rated(e.ID))
			c.Before, c.After = engine.Same(string(suggested)), engine.Same(e.Rating)
		case engine.Forced:
			c.What = engine.Text{VI: "trạng thái (chuyển tay)", EN: "state (forced)"}
			c.Before, c.After = b.name(e.From), b.name(e.To)
		case engine.Retracted:
			c.What = engine.Fill("sự kiện #%s", "event #%s", engine.Same(strconv.FormatInt(e.Of, 10)))
			c.Before, c.After = b.tellSeq(e.Of), engine.Text{VI: "rút lại", EN: "retracted"}
		default:
			continue
		}
		if by := b.gone[e.Seq]; by != 0 {
			c.After = engine.Fill("%s (đã rút lại, #%s)", "%s (retracted, #%s)", c.After, engine.Same(strconv.FormatInt(by, 10)))
		}
		out = append(out, c)
	}
	return out
}

func (b *builder) tellSeq(seq int64) engine.Text {
	for i := range b.log {
		if e := &b.log[i]; e.Seq == seq {
			if text := b.tell(e); !text.Empty() {
				return text
			}
			return engine.Fill("%s %s", "%s %s", engine.Same(string(e.Type)), b.rated(e.ID))
		}
	}
	return engine.Text{}
}

// before is what the log alone says of an item that was overridden.
func (b *builder) before(id string) engine.Text {
	for i := range b.card.Items {
		it := &b.card.Items[i]
		if it.ID != id || it.Computed == nil {
			continue
		}
		c := it.Computed
		f := engine.FactsOverride{Done: &c.Done}
		if c.Done {
			f.Owner, f.Content = &c.Owner, &c.Content
		}
		if c.Observed != nil {
			observed := engine.Millis(*c.Observed)
			f.Observed = &observed
		}
		return facts(&f)
	}
	return engine.Text{VI: "không rõ", EN: "not known"}
}

func facts(f *engine.FactsOverride) engine.Text {
	var texts []engine.Text
	if f == nil {
		return engine.Text{}
	}
	if f.Done != nil && *f.Done {
		texts = append(texts, engine.Text{VI: "đã làm", EN: "done"})
	} else if f.Done != nil {
		texts = append(texts, engine.Text{VI: "chưa làm", EN: "not done"})
	}
	if f.Observed != nil {
		texts = append(texts, engine.Fill("lúc %s", "at %s", engine.Same(f.Observed.Clock())))
	}
	if f.Owner != nil {
		texts = append(texts, engine.Fill("người làm %s", "owner %s", (*f.Owner).Decimal(3)))
	}
	if f.Content != nil {
		texts = append(texts, engine.Fill("nội dung %s", "content %s", engine.Same((*f.Content).Percent())))
	}
	return join(texts, ", ")
}

// suggested is the rating that the facts give to a response or a capability.
func (b *builder) suggested(id string) scoring.Rating {
	for i := range b.card.Items {
		if b.card.Items[i].ID == id {
			return b.card.Items[i].Suggested
		}
	}
	for i := range b.card.CapabilityDetails {
		if string(b.card.CapabilityDetails[i].Code) == id {
			return b.card.CapabilityDetails[i].Suggested
		}
	}
	return ""
}

func (b *builder) rated(id string) engine.Text {
	for i := range b.card.CapabilityDetails {
		if c := &b.card.CapabilityDetails[i]; string(c.Code) == id {
			return engine.Fill("“%s”", "“%s”", c.Title)
		}
	}
	return b.quoted(id)
}
