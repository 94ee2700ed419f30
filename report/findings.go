package report

import (
	"cmp"
	"slices"
	"strings"

	"saban/engine"
	"saban/scoring"
)

// findings ranks what the scorecard found by consequence: first whether the
// score can be read at all, then danger to life, what was critical and not
// done, what made the situation worse; last what only cost some time. Among
// equals the one that cost most weight comes first, and what carries no weight
// stands behind what does.
func (b *builder) findings() []scoring.Finding {
	type ranked struct {
		scoring.Finding
		rank int
		lost engine.Ratio
	}
	list := make([]ranked, 0, len(b.card.Findings))
	for _, f := range b.card.Findings {
		r := ranked{f, b.rank(&f), b.lost(&f)}
		if move := b.ledTo(&f); move != nil {
			r.rank = min(r.rank, rankWorse)
			r.Text = engine.Fill("%s Vì thế tình huống xấu đi: %s.", "%s So the situation got worse: %s.", f.Text, b.quoted(move.To))
			r.Events = append(slices.Clone(f.Events), move.Seq)
			slices.Sort(r.Events)
			r.Events = slices.Compact(r.Events)
		}
		list = append(list, r)
	}
	slices.SortStableFunc(list, func(a, b ranked) int { return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(b.lost, a.lost)) })
	out := make([]scoring.Finding, len(list))
	for i := range list {
		out[i] = list[i].Finding
	}
	return out
}

// Ranks of what made the situation worse, after danger to life and before what
// was critical and missed; and of minor harm, before what only cost some time.
const (
	rankWorse = 3
	rankMinor = 10
)

var ranks = map[string]int{"order": 7, "undone": 7, "content": 8, "late": 8, "other_owner": 9}

// rank is lower for graver findings.
func (b *builder) rank(f *scoring.Finding) int {
	if f.Kind != scoring.Weakness {
		return 0 // lists of their own, in the order of the card
	}
	critical := slices.ContainsFunc(b.card.Items, func(it scoring.Item) bool { return it.Critical && slices.Contains(f.IDs, it.ID) })
	switch {
	case f.Code == "own_share":
		return 0
	case strings.HasPrefix(f.Code, "gate_"):
		return 1
	case f.Code == "prohibited":
		return b.rankHarm(f)
	case f.Code == "critical_undone":
		return 4
	case critical && f.Code == "late":
		return 6
	}
	if rank, ok := ranks[f.Code]; ok {
		return rank
	}
	return 11
}

func (b *builder) rankHarm(f *scoring.Finding) int {
	for _, id := range f.IDs {
		if p := b.s.FindProhibited(id); p != nil {
			switch p.Severity {
			case engine.Life:
				return 2
			case engine.Major:
				return 5
			}
		}
	}
	return rankMinor
}

// lost is the weight that the responses of a finding did not bring in.
func (b *builder) lost(f *scoring.Finding) engine.Ratio {
	var sum engine.Ratio
	for i := range b.card.Items {
		if it := &b.card.Items[i]; f.Kind == scoring.Weakness && it.Value != nil && slices.Contains(f.IDs, it.ID) {
			sum += (engine.Whole - *it.Value) * engine.Ratio(it.Weight)
		}
	}
	if f.Kind != scoring.Weakness && len(f.IDs) == 1 && slices.ContainsFunc(b.card.Items, func(it scoring.Item) bool { return it.ID == f.IDs[0] && it.Weight == 0 }) {
		return -1
	}
	return sum
}

// ledTo finds the move into a worse state whose guard reads a response that
// this finding is about, and that was not in time when it was made.
func (b *builder) ledTo(f *scoring.Finding) *engine.Event {
	if f.Code != "critical_undone" && f.Code != "undone" && f.Code != "late" && f.Code != "prohibited" {
		return nil
	}
	for i := range b.log {
		e := &b.log[i]
		st := b.s.State(e.To)
		if e.Type != engine.Moved || st == nil || st.Kind != engine.Escalated && st.Kind != engine.Failed {
			continue
		}
		for n := range b.s.Transitions {
			t := &b.s.Transitions[n]
			if engine.TransitionID(t, n) == e.Via && slices.ContainsFunc(f.IDs, func(id string) bool { return b.blames(t.When, id, e.Seq) }) {
				return e
			}
		}
	}
	return nil
}

// blames reports whether a guard says that something was not done, or that
// harm was, and that this was so before a move.
func (b *builder) blames(when, id string, move int64) bool {
	if strings.Contains(when, "not done("+id+")") {
		return true
	}
	says := func(fact string) bool { return strings.Contains(when, fact+"("+id+")") }
	before := func(is func(*engine.Event) bool) bool {
		events := b.eventsThat(is)
		return len(events) > 0 && events[0] < move
	}
	return says("missed") && before(func(e *engine.Event) bool { return e.Type == engine.Missed && e.ID == id }) ||
		(says("late") || says("prohibited")) && before(func(e *engine.Event) bool { return b.didSo(e, id) })
}

// didSo reports whether an event says that a response, by any way of it, or a
// prohibited action was done.
func (b *builder) didSo(e *engine.Event, id string) bool {
	return e.Subject() && slices.ContainsFunc(append([]string{e.ID}, e.Choices...), func(did string) bool {
		r, _ := b.s.FindWay(did)
		return did == id || r != nil && r.ID == id
	})
}

// mostStrengths is how many responses are praised one by one.
const mostStrengths = 5

// strengths adds to what the scorecard found whether the situation was
// brought under control, what weighed most and was done well, and that no harm
// was done.
func (b *builder) strengths(list []scoring.Finding) []scoring.Finding {
	var out []scoring.Finding
	add := func(code string, text engine.Text, events []int64, ids ...string) {
		out = append(out, scoring.Finding{Code: code, Kind: scoring.Strength, IDs: ids, Text: text, Events: events})
	}
	if n := len(b.card.Path); n > 0 && b.card.StateKind == engine.Contained && !b.card.Path[n-1].Forced && b.card.Path[n-1].Event != 0 {
		last := &b.card.Path[n-1]
		add("contained", engine.Fill("Tình huống được kiểm soát sau %s.", "The situation was under control after %s.", last.AtMS.Words()), []int64{last.Event}, last.State)
	}
	var well []*scoring.Item
	for i := range b.card.Items {
		it := &b.card.Items[i]
		if it.Triggered && it.Done && it.Weight > 0 && it.Rating == scoring.Performed && it.Suggested == scoring.Performed && it.Actual != nil && !it.Proactive {
			well = append(well, it)
		}
	}
	slices.SortStableFunc(well, func(x, y *scoring.Item) int {
		return cmp.Or(cmp.Compare(order(y.Critical), order(x.Critical)), cmp.Compare(y.Weight, x.Weight))
	})
	for _, it := range well[:min(len(well), mostStrengths)] {
		took, target := engine.Millis(*it.Actual), engine.Millis(it.Target)
		text := engine.Fill("%s làm đủ và kịp thời “%s”: %s, thời gian chuẩn %s.", "%s: “%s” done fully and in time: %s, target %s.", b.name(it.DoneBy), b.name(it.ID), took.Words(), target.Words())
		if took < engine.Second {
			text = engine.Fill("%s làm ngay và đủ “%s”.", "%s: “%s” done fully and at once.", b.name(it.DoneBy), b.name(it.ID))
		}
		add("well_done", text, it.Events, it.ID)
	}
	out = append(out, list...)
	if triggered := tempoOf(b.card).all; triggered > 0 && len(b.card.Penalties) == 0 && len(b.s.Prohibited) > 0 && b.ended != nil {
		add("no_harm", engine.Text{VI: "Không ghi nhận hành động cấm nào.", EN: "No prohibited action was seen."}, []int64{b.ended.Seq})
	}
	return out
}

func order(critical bool) int {
	if critical {
		return 1
	}
	return 0
}

// reading says what the pictures show: the objective that was reached least,
// the roles that took longer than their targets, and how both stand to the
// drill before.
func (b *builder) reading() []Fact {
	var out []Fact
	say := func(text engine.Text, events []int64) { out = append(out, Fact{text, full(events)}) }
	if b.against != nil && !b.against.Same {
		say(b.against.Otherwise, nil)
	}
	var worst *Objective
	for i := range b.reached {
		if o := &b.reached[i]; o.Score != nil && (worst == nil || *o.Score < *worst.Score) {
			worst = o
		}
	}
	if worst != nil && *worst.Score < b.card.Rubric.Ratings.CapabilityPerformedFrom {
		say(engine.Fill("Mục tiêu đạt thấp nhất là %s, %s trên 100: “%s”.", "The objective reached least is %s, %s of 100: “%s”.",
			engine.Same(worst.ID), (*worst.Score*100).Decimal(1), worst.Text), worst.Events)
	}
	var slow []engine.Text
	for _, p := range b.paces {
		switch {
		case p.Median == nil:
			slow = append(slow, engine.Fill("%s (không làm %s trong %s việc)", "%s (not done: %s of %s)", b.name(p.Role), number(p.Undone), number(p.Done+p.Undone)))
		case *p.Median > engine.Whole:
			slow = append(slow, engine.Fill("%s (× %s)", "%s (× %s)", b.name(p.Role), p.Median.Decimal(2)))
		}
	}
	switch {
	case len(b.paces) == 0:
	case len(slow) == 0:
		say(engine.Text{VI: "Tính theo trung vị, vai nào cũng làm trong thời gian chuẩn.", EN: "By the median, every role kept to its targets."}, nil)
	default:
		say(engine.Fill("Vai thường làm lâu hơn thời gian chuẩn, tính theo trung vị: %s.", "Roles that usually took longer than their targets, by the median: %s.", join(slow, "; ")), nil)
	}
	return out
}
