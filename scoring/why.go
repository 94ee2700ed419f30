package scoring

import (
	"strings"

	"saban/engine"
)

// explain says in words how an item came by its rating.
func (t *tally) explain(i int, it *Item) {
	if !t.words {
		return
	}
	e := &t.expected[i]
	switch {
	case e.vacant:
		it.Why = engine.Fill("không áp dụng: không ai giữ vai %s", "not applicable: nobody held the role %s", t.roleTitle(it.By))
	case !it.Triggered:
		it.Why = engine.Both("không áp dụng: tình huống chưa tới người diễn tập", "not applicable: the inject never reached the players")
	case it.Pending:
		it.Why = engine.Fill("chưa làm, còn trong giới hạn %s", "not done yet, still within the limit of %s", engine.Millis(it.Limit).Words())
	case !it.Done:
		it.Why = engine.Fill("chưa làm, giới hạn là %s", "not done, the limit was %s", engine.Millis(it.Limit).Words())
	default:
		it.Why = t.explainDone(it)
	}
}

func (t *tally) explainDone(it *Item) engine.Text {
	target, limit := engine.Millis(it.Target).Words(), engine.Millis(it.Limit).Words()
	var parts []engine.Text
	actual := engine.Millis(*it.Actual)
	switch {
	case it.Proactive:
		parts = append(parts, engine.Both("làm trước khi được báo", "done before it was called for"))
	case it.Late:
		parts = append(parts, engine.Fill("xong sau %s, quá giới hạn %s", "done after %s, past the limit of %s", actual.Words(), limit))
	case actual > engine.Millis(it.Target):
		parts = append(parts, engine.Fill("xong sau %s, chậm hơn thời gian chuẩn %s", "done after %s, slower than the target of %s", actual.Words(), target))
	default:
		parts = append(parts, engine.Fill("xong sau %s, trong thời gian chuẩn %s", "done after %s, within the target of %s", actual.Words(), target))
	}
	if *it.Content < engine.Whole {
		parts = append(parts, engine.Fill("nội dung đạt %s", "content %s", engine.Same((*it.Content).Percent())))
	}
	if *it.Owner < engine.Whole {
		parts = append(parts, engine.Fill("vai khác làm: %s (phụ trách: %s)", "done by another role: %s (in charge: %s)", t.roleTitle(it.DoneBy), t.ownersOf(t.expected[t.ids[it.ID].index].def)))
	}
	return listSemi(parts)
}

func (t *tally) explainPenalty(def *engine.Prohibited, p *Penalty, last engine.Millis) {
	if !t.words {
		return
	}
	if p.Counted {
		p.Why = def.Why
		if p.Why.Empty() {
			p.Why = engine.Fill("hành động cấm mức %s", "prohibited action, %s", def.Severity.Title())
		}
		return
	}
	p.Why = engine.Fill("không tính thêm: chưa quá %s kể từ lần đã tính lúc %s", "not counted again: less than %s after the one counted at %s",
		t.rubric.Penalties.AgainAfter.Words(), engine.Same(last.Clock()))
}

func (t *tally) explainGate(g *Gate, missed []string) {
	if !t.words {
		return
	}
	limit := engine.Text{VI: short(g.Cap.In(engine.VI)), EN: short(g.Cap.String())}
	ids := engine.Same(strings.Join(missed, ", "))
	switch g.ID {
	case CriticalMissed:
		g.Why = engine.Fill("một việc then chốt chưa thực hiện được (%s): tổng điểm không quá %s",
			"one critical response could not be performed (%s): no more than %s points", ids, limit)
	case CriticalsMissed:
		g.Why = engine.Fill("%s việc then chốt chưa thực hiện được (%s): tổng điểm không quá %s",
			"%s critical responses could not be performed (%s): no more than %s points", number(len(missed)), ids, limit)
	case LifeAction:
		g.Why = engine.Fill("có hành động cấm nguy hiểm tính mạng: tổng điểm không quá %s",
			"a prohibited action put life in danger: no more than %s points", limit)
	case FailedState:
		g.Why = engine.Fill("tình huống kết thúc ở “%s”: tổng điểm không quá %s",
			"the situation ended in “%s”: no more than %s points", t.stateTitle(t.card.State), limit)
	}
	if !g.Bites {
		g.Why = engine.Fill("%s; không làm thay đổi điểm lần này", "%s; it changes nothing here", g.Why)
	}
}

// short drops the decimals of a whole number of points.
func short(points string) string {
	return strings.TrimSuffix(strings.TrimSuffix(points, ".00"), ",00")
}

func (t *tally) stateTitle(id string) engine.Text {
	if st := t.scenario.State(id); st != nil && !st.Title.Empty() {
		return st.Title
	}
	return engine.Same(id)
}

// because holds what decided the rating of a capability.
type because struct {
	item  string // a critical response
	act   string // a prohibited action
	best  bool   // held down to the best response
	mean  engine.Ratio
	bands RatingBands
}

func (b because) text(r Rating) engine.Text {
	switch {
	case b.best:
		return engine.Fill("không cao hơn việc làm tốt nhất (%s)", "no better than its best response (%s)", engine.Same(string(r)))
	case b.item != "" && r == Unable:
		return engine.Fill("việc then chốt %s chưa thực hiện được", "the critical response %s could not be performed", engine.Same(b.item))
	case b.item != "":
		return engine.Fill("việc then chốt %s có vướng mắc lớn", "the critical response %s met major challenges", engine.Same(b.item))
	case b.act != "":
		return engine.Fill("có hành động cấm %s, làm tăng nguy hiểm", "the prohibited action %s added danger", engine.Same(b.act))
	case r == Major:
		return engine.Fill("trung bình %s, dưới %s", "a mean of %s, below %s", b.mean.Decimal(3), b.bands.CapabilityMajorBelow.Decimal(2))
	case r == Performed:
		return engine.Fill("trung bình %s, từ %s trở lên", "a mean of %s, at least %s", b.mean.Decimal(3), b.bands.CapabilityPerformedFrom.Decimal(2))
	}
	return engine.Fill("trung bình %s, giữa %s và %s", "a mean of %s, between %s and %s",
		b.mean.Decimal(3), b.bands.CapabilityMajorBelow.Decimal(2), b.bands.CapabilityPerformedFrom.Decimal(2))
}
