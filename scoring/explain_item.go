package scoring

import (
	"slices"

	"saban/engine"
)

// items explains every response in turn.
func (x *explainer) items() {
	for i := range x.card.Items {
		it, out := &x.card.Items[i], &x.out.Items[i]
		out.ID, out.Do, out.Evidence = it.ID, doing(it), x.evidence(it.Events)
		if !it.Triggered {
			out.Reasons = []Reason{reason("untriggered", it.Why, it.Events...)}
			continue
		}
		facts, record := x.best(&x.expected[i], x.recordsOf(i))
		a := itemReasons{x, i, it, &x.expected[i], facts, record, nil}
		a.clock()
		a.done()
		a.timeliness()
		a.correctness()
		a.points(out)
		a.elsewhere()
		out.Reasons = a.list
		out.Full = a.full()
	}
}

// itemReasons finds the reasons of one response. facts and record are what the
// log says, before anything was set by hand; record is nil when it says nothing.
type itemReasons struct {
	*explainer
	i      int
	it     *Item
	e      *expected
	facts  facts
	record *record
	list   []Reason
}

func (a *itemReasons) say(code string, text engine.Text, events ...int64) {
	a.list = append(a.list, reason(code, text, events...))
}

// clock says when time began to run, and how much there was.
func (a *itemReasons) clock() {
	in := &a.triggers[a.e.inject]
	text := engine.Fill("tính giờ từ %s, lúc tình huống %s tới người diễn tập", "timed from %s, when inject %s reached the players",
		engine.Same(in.at.Clock()), a.injectName(in))
	if in.assumed {
		text = engine.Fill("%s (chỉ là coi như đã nhận, không có xác nhận)", "%s (only assumed: there is no receipt)", text)
	}
	a.say("clock", text, in.seq)
	text = engine.Fill("thời gian chuẩn %s, giới hạn %s", "target %s, limit %s", engine.Millis(a.it.Target).Words(), engine.Millis(a.it.Limit).Words())
	if a.it.Factor != engine.Whole {
		text = engine.Fill("%s, đã nhân %s theo hệ số thời gian của vai %s", "%s, already times %s, the time factor of %s", text, a.it.Factor.Decimal(3), a.roleTitle(a.it.By))
	}
	a.say("times", text)
}

func (x *explainer) injectName(in *trigger) engine.Text {
	if in.title.Empty() {
		return engine.Same(in.id)
	}
	return engine.Fill("%s “%s”", "%s “%s”", engine.Same(in.id), in.title)
}

// done says when it was done and by whom, as the log and as hands have it.
func (a *itemReasons) done() {
	if a.record != nil {
		a.say("done", a.doneAt(&a.facts), a.facts.seq)
		if a.it.Records > 1 {
			a.say("records", engine.Fill("được ghi %s lần; lần đáng giá nhất được tính, sớm hơn nếu bằng nhau",
				"recorded %s times; the one worth most counts, of equals the earlier", number(a.it.Records)))
		}
	} else if a.it.Overrides == nil {
		a.notDone()
	}
	for _, o := range a.it.Overrides {
		a.say("override", engine.Fill("sửa tay: %s; lý do: %s", "set by hand: %s; reason: %s", overridden(&o.Facts), engine.Same(o.Reason)), o.Event)
	}
}

func (a *itemReasons) doneAt(f *facts) engine.Text {
	role := a.it.By
	if f.role != "" {
		role = f.role
	}
	at := engine.Same(f.observed.Clock())
	if f.proactive {
		return engine.Fill("%s làm lúc %s, trước khi được báo: tính là làm ngay", "%s: done at %s, before it was called for: counts as at once", a.roleTitle(role), at)
	}
	return engine.Fill("%s làm xong lúc %s, sau %s", "%s: done at %s, after %s", a.roleTitle(role), at, f.actual.Words())
}

func (a *itemReasons) notDone() {
	due := engine.Same((a.triggers[a.e.inject].at + a.e.limit).Clock())
	text := engine.Fill("đến hết buổi vẫn chưa làm; giới hạn là %s", "not done to the end of the drill; the limit was %s", due)
	if a.it.Pending {
		text = engine.Fill("chưa làm, còn thời gian đến %s", "not done yet, there is time until %s", due)
	}
	var events []int64
	if a.e.missed != 0 {
		events = append(events, a.e.missed)
	}
	a.say("undone", text, events...)
}

// overridden is an override in words.
func overridden(o *engine.FactsOverride) engine.Text {
	var parts []engine.Text
	if o.Done != nil && *o.Done {
		parts = append(parts, engine.Both("đã làm", "done"))
	} else if o.Done != nil {
		parts = append(parts, engine.Both("chưa làm", "not done"))
	}
	if o.Observed != nil {
		parts = append(parts, engine.Fill("lúc %s", "at %s", engine.Same(o.Observed.Clock())))
	}
	if o.Content != nil {
		parts = append(parts, engine.Fill("nội dung %s", "content %s", o.Content.Decimal(3)))
	}
	if o.Owner != nil {
		parts = append(parts, engine.Fill("người làm %s", "owner %s", o.Owner.Decimal(3)))
	}
	return list(parts)
}

// timeliness says how the time was marked.
func (a *itemReasons) timeliness() {
	if !a.it.Done {
		a.say("timeliness", engine.Both("thời gian 0: chưa làm", "timeliness 0: not done"))
		return
	}
	actual, target, limit := engine.Millis(*a.it.Actual), engine.Millis(a.it.Target), engine.Millis(a.it.Limit)
	switch {
	case actual <= target:
		a.say("timeliness", engine.Both("thời gian 1: trong thời gian chuẩn", "timeliness 1: within the target"))
	case actual >= limit:
		a.say("timeliness", engine.Both("thời gian 0: đến giới hạn là hết điểm thời gian", "timeliness 0: at the limit nothing is left of it"))
	default:
		a.say("timeliness", engine.Fill("thời gian %s: từ chuẩn đến giới hạn giảm đều, (%s − %s) / (%s − %s)",
			"timeliness %s: from target to limit it falls in a line, (%s − %s) / (%s − %s)",
			a.it.Timeliness.Decimal(3), limit.Words(), actual.Words(), limit.Words(), target.Words()))
	}
}

// correctness says how the content was marked and what it was multiplied by.
func (a *itemReasons) correctness() {
	if !a.it.Done {
		a.say("correctness", engine.Both("nội dung 0: chưa làm", "correctness 0: not done"))
		return
	}
	text, events := a.content()
	a.say("content", text, events...)
	factors := []engine.Text{a.it.Content.Decimal(3)}
	if *a.it.Owner < engine.Whole {
		factors = append(factors, a.it.Owner.Decimal(3))
		a.say("owner", engine.Fill("%s không phụ trách việc này (phụ trách: %s): nhân %s", "%s is not in charge of it (in charge: %s): times %s",
			a.roleTitle(a.it.DoneBy), a.ownersOf(a.e.def), a.it.Owner.Decimal(3)))
	}
	if a.it.Late {
		factors = append(factors, a.rubric.Factors.Late.Decimal(3))
		a.say("late", engine.Fill("quá giới hạn: nhân %s", "past the limit: times %s", a.rubric.Factors.Late.Decimal(3)))
	}
	if len(factors) > 1 {
		a.say("correctness", engine.Fill("nội dung được tính: %s = %s", "correctness: %s = %s", join(factors, "%s × %s"), a.it.Correctness.Decimal(3)))
	}
}

// content says where the content of the scored record comes from: a hand, a
// mark, boxes, or the way it was made.
func (a *itemReasons) content() (engine.Text, []int64) {
	share := a.it.Content.Decimal(3)
	for i := len(a.it.Overrides) - 1; i >= 0; i-- {
		if o := &a.it.Overrides[i]; o.Facts.Content != nil || a.record == nil {
			return engine.Fill("nội dung %s, sửa tay", "content %s, set by hand", share), []int64{o.Event}
		}
	}
	if a.record == nil {
		return engine.Fill("nội dung %s", "content %s", share), nil
	}
	if a.record.unchecked {
		return a.boxes(share), append([]int64{a.record.seq}, a.record.events...)
	}
	if n := len(a.record.events); n > 0 {
		return engine.Fill("nội dung %s do đánh giá viên chấm", "content %s, marked by an evaluator", share), a.record.events[n-1:]
	}
	if a.record.way >= 0 && a.e.def.Ways[a.record.way].Content < engine.Whole {
		way := &a.e.def.Ways[a.record.way]
		return engine.Fill("nội dung %s: cách làm “%s” được tính %s", "content %s: the way “%s” counts %s",
			share, wayTitle(way), way.Content.Decimal(3)), []int64{a.record.seq}
	}
	if *a.it.Content == engine.Whole {
		return engine.Fill("nội dung %s: đủ", "content %s: complete", share), []int64{a.record.seq}
	}
	return engine.Fill("nội dung %s như đã ghi khi thấy làm", "content %s as noted when it was seen", share), []int64{a.record.seq}
}

func wayTitle(w *engine.Way) engine.Text {
	if w.Do.Empty() {
		return engine.Same(w.ID)
	}
	return w.Do
}

// boxes says which boxes of the answer were claimed, and which lack.
func (a *itemReasons) boxes(share engine.Text) engine.Text {
	seen := make([]bool, len(a.e.boxes.Boxes))
	if at := slices.IndexFunc(a.acts, func(x act) bool { return x.seq == a.record.seq }); at >= 0 {
		a.tickOff(seen, &a.acts[at], a.i)
		for _, s := range a.supplements[at] {
			a.tickOff(seen, &a.acts[s], a.i)
		}
	}
	var lacking []engine.Text
	for i, ok := range seen {
		if !ok {
			lacking = append(lacking, a.e.boxes.Boxes[i].Text)
		}
	}
	text := engine.Fill("nội dung %s: %s trên %s ô, chưa ai đối chiếu", "content %s: %s of %s boxes, checked by nobody",
		share, number(len(seen)-len(lacking)), number(len(seen)))
	if len(lacking) > 0 {
		text = engine.Fill("%s; thiếu: %s", "%s; missing: %s", text, list(lacking))
	}
	return text
}
