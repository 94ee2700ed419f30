package report

import (
	"slices"

	"saban/engine"
	"saban/scoring"
)

// slowReceipt is from when the way of an inject to its reader is worth a
// word.
const slowReceipt = 15 * engine.Second

// causes collects, for each response in major trouble, what the log shows of
// why. It names no root cause: that takes people.
func (b *builder) causes() []Cause {
	var causes []Cause
	for i := range b.card.Items {
		it := &b.card.Items[i]
		if !it.Triggered || it.Pending || it.Weight == 0 || it.Rating != scoring.Major && it.Rating != scoring.Unable {
			continue
		}
		in, r := b.response(it.ID)
		if r == nil {
			continue
		}
		c := Cause{ID: it.ID, Text: b.name(it.ID)}
		for _, look := range []func(*engine.Inject, *engine.Response, *scoring.Item) []Fact{
			b.seatFacts, b.receiptFacts, b.relayFacts, b.waitFacts, b.loadFacts, b.choiceFacts,
		} {
			c.Shown = append(c.Shown, look(in, r, it)...)
		}
		causes = append(causes, c)
	}
	return causes
}

func (b *builder) seatFacts(_ *engine.Inject, r *engine.Response, _ *scoring.Item) []Fact {
	for _, seat := range b.start.Seats {
		if seat.Role != r.By || len(seat.Persons) > 0 {
			continue
		}
		text := engine.Fill("vai %s không có người giữ từ đầu", "nobody held the role %s from the start", b.name(r.By))
		if by := b.coverOf(r.By); by != "" {
			text = engine.Fill("vai %s do %s kiêm", "the role %s was covered by the role %s", b.name(r.By), b.name(by))
		}
		return []Fact{{text, []int64{b.started.Seq}}}
	}
	return nil
}

func (b *builder) receiptFacts(in *engine.Inject, _ *engine.Response, _ *scoring.Item) []Fact {
	var released *engine.Event
	for i := range b.log {
		e := &b.log[i]
		if e.ID != in.ID {
			continue
		}
		if e.Type == engine.Released {
			released = e
		}
		if e.Type != engine.Received || released == nil {
			continue
		}
		events := []int64{released.Seq, e.Seq}
		switch {
		case e.Mode == "assumed":
			return []Fact{{engine.Fill("không có xác nhận đã nhận %s", "nobody confirmed having received %s", b.quoted(in.ID)), events}}
		case e.At-released.At >= slowReceipt:
			return []Fact{{engine.Fill("%s đến người nhận sau khi phát %s", "%s reached its reader %s after release", b.quoted(in.ID), (e.At - released.At).Words()), events}}
		}
		return nil
	}
	return nil
}

// relayFacts: who is asked but not addressed hears of it from somebody else.
func (b *builder) relayFacts(in *engine.Inject, r *engine.Response, it *scoring.Item) []Fact {
	if in.Reads(r.By) || it.Received == nil || b.start.Virtual {
		return nil
	}
	for i := range b.log {
		e := &b.log[i]
		if e.Type == engine.Relayed && e.ID == in.ID && e.Role == r.By {
			late := max(0, e.At-engine.Millis(*it.Received))
			return []Fact{{engine.Fill("%s được báo lại tin này sau %s", "the role %s was told %s after the news came in", b.name(r.By), late.Words()), []int64{e.Seq}}}
		}
	}
	return []Fact{{engine.Fill("không ghi nhận ai báo lại tin này cho %s", "nobody was seen to pass the news on to the role %s", b.name(r.By)), nil}}
}

// waitFacts: what had to be done before.
func (b *builder) waitFacts(_ *engine.Inject, r *engine.Response, it *scoring.Item) []Fact {
	var facts []Fact
	for i := range b.card.Items {
		first := &b.card.Items[i]
		if !first.Triggered || !slices.Contains(r.After, first.ID) {
			continue
		}
		switch {
		case !first.Done:
			facts = append(facts, Fact{engine.Fill("việc phải làm trước chưa làm: %s", "what had to come first was never done: %s", b.quoted(first.ID)), first.Events})
		case it.Received != nil && engine.Millis(*first.Observed) > engine.Millis(*it.Received)+engine.Millis(it.Target):
			facts = append(facts, Fact{engine.Fill("việc phải làm trước xong muộn, lúc %s: %s", "what had to come first came late, at %s: %s",
				engine.Same(engine.Millis(*first.Observed).Clock()), b.quoted(first.ID)), first.Events})
		}
	}
	return facts
}

// loadFacts: how much else the role had on its hands when this came.
func (b *builder) loadFacts(_ *engine.Inject, r *engine.Response, it *scoring.Item) []Fact {
	if it.Received == nil {
		return nil
	}
	count := 0
	var events []int64
	for i := range b.card.Items {
		x := &b.card.Items[i]
		if x.ID == it.ID || x.By != r.By || !x.Triggered || x.Received == nil || *x.Received > *it.Received {
			continue
		}
		until := *x.Received + x.Limit
		if x.Done {
			until = *x.Observed
		}
		if until > *it.Received {
			count++
			events = append(events, x.Events...)
		}
	}
	if count == 0 {
		return nil
	}
	slices.Sort(events)
	return []Fact{{engine.Fill("lúc đó %s còn %s", "at that moment the role %s had %s", b.name(r.By), engine.Counted(count, "%s việc khác đang làm", "%s other thing to do", "%s other things to do")), slices.Compact(events)}}
}

// choiceFacts: what the role chose instead.
func (b *builder) choiceFacts(in *engine.Inject, r *engine.Response, _ *scoring.Item) []Fact {
	var facts []Fact
	for i := range b.log {
		e := &b.log[i]
		if e.Type != engine.Responded || e.ID != in.ID || !r.Owns(e.Role) || b.gone[e.Seq] != 0 {
			continue
		}
		for _, id := range e.Choices {
			if b.s.FindProhibited(id) != nil || b.s.FindDistractor(id) != nil {
				facts = append(facts, Fact{engine.Fill("%s đã chọn %s", "the role %s chose %s", b.name(e.Role), b.quoted(id)), []int64{e.Seq}})
			}
		}
	}
	return facts
}
