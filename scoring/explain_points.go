package scoring

import (
	"math/big"

	"saban/engine"
)

// points says what the shares are worth.
func (a *itemReasons) points(out *ItemAccount) {
	it := a.it
	if it.Weight == 0 || a.weight == 0 {
		a.say("weightless", engine.Both("trọng số 0: ghi nhận, không tính điểm", "weight 0: shown, not counted"))
		return
	}
	share := engine.Same(number(it.Weight).EN + "/" + number(int(a.weight)).EN)
	a.say("weight", engine.Fill("trọng số %s trên %s của mọi việc được tính: nhiều nhất %s điểm", "weight %s of %s of all that counts: %s points at most",
		number(it.Weight), number(int(a.weight)), out.Of.Text()))
	brought := func(rate *big.Rat, got engine.Ratio) engine.Text {
		return engine.Fill("%s × %s × %s", "%s × %s × %s", decimal(rate), share, got.Decimal(3))
	}
	a.say("points", engine.Fill("thời gian %s + nội dung %s = %s điểm", "timeliness %s + correctness %s = %s points",
		brought(a.per[1], *it.Timeliness), brought(a.per[2], *it.Correctness), out.Points.Text()))
}

// decimal writes a fraction with three decimals at most.
func decimal(r *big.Rat) engine.Text {
	billionths := new(big.Rat).Mul(r, big.NewRat(int64(engine.Whole), 1))
	return signed(engine.Ratio(new(big.Int).Quo(billionths.Num(), billionths.Denom()).Int64()), 3)
}

func signed(r engine.Ratio, places int) engine.Text {
	if r < 0 {
		return engine.Fill("−%s", "−%s", (-r).Decimal(places))
	}
	return r.Decimal(places)
}

// elsewhere says where else the response counts: in the order, for a gate, in
// its rating.
func (a *itemReasons) elsewhere() {
	for i := range a.card.Order.Pairs {
		if p := &a.card.Order.Pairs[i]; p.Applicable && (p.First == a.it.ID || p.Second == a.it.ID) {
			a.say("order", a.pair(p), p.Events...)
		}
	}
	if a.it.counts() && a.it.Critical && a.it.Suggested == Unable {
		for i := range a.card.Gates {
			if g := &a.card.Gates[i]; g.ID == CriticalMissed || g.ID == CriticalsMissed {
				a.say("gate", g.Why, g.Events...)
			}
		}
	}
	if h := a.it.Rated; h != nil {
		text := engine.Fill("đánh giá viên chấm mức %s (đề xuất %s); mức không đổi điểm", "rated %s by an evaluator (suggested: %s); a rating changes no points",
			engine.Same(string(a.it.Rating)), engine.Same(string(a.it.Suggested)))
		if h.Reason != "" {
			text = engine.Fill("%s; lý do: %s", "%s; reason: %s", text, engine.Same(h.Reason))
		}
		a.say("rating", text, h.Event)
	}
}

func (x *explainer) pair(p *Pair) engine.Text {
	if p.Kept {
		return engine.Fill("%s trước %s: giữ đúng thứ tự", "%s before %s: the order was kept", engine.Same(p.First), engine.Same(p.Second))
	}
	return engine.Fill("%s phải trước %s: sai thứ tự", "%s had to come before %s: the order was not kept", engine.Same(p.First), engine.Same(p.Second))
}

// full says what would have made full marks, and scores the drill again as if
// it had been so.
func (a *itemReasons) full() *Full {
	if !a.it.counts() || *a.it.Timeliness == engine.Whole && *a.it.Correctness == engine.Whole {
		return nil
	}
	by := a.triggers[a.e.inject].at + a.e.target
	at := by
	if a.it.Done {
		at = min(by, engine.Millis(*a.it.Observed))
	}
	yes, whole := true, engine.Whole
	hands := len(a.hands)
	a.hands = append(a.hands, hand{kind: engine.Overridden, ref: ref{isResponse, a.i, -1}, id: a.it.ID,
		override: &engine.FactsOverride{Done: &yes, Observed: &at, Owner: &whole, Content: &whole}})
	then := a.Figures()
	total, broken := *then.Total, a.broken(then.Order.Pairs)
	a.hands = a.hands[:hands]
	return &Full{Text: a.wanted(by, total, broken), Total: total}
}

// broken are the responses that would have come too late for their order, had
// this one come in time.
func (a *itemReasons) broken(then []Pair) []engine.Text {
	var ids []engine.Text
	for i, p := range then {
		if was := a.card.Order.Pairs[i]; p.Second == a.it.ID && p.Applicable && !p.Kept && (was.Kept || !was.Applicable) {
			ids = append(ids, engine.Same(p.First))
		}
	}
	return ids
}

func (a *itemReasons) wanted(by engine.Millis, total Points, broken []engine.Text) engine.Text {
	var parts []engine.Text
	if *a.it.Timeliness < engine.Whole {
		parts = append(parts, engine.Fill("xong trước hoặc đúng %s (trong %s)", "done by %s (within %s)", engine.Same(by.Clock()), a.e.target.Words()))
	}
	if !a.it.Done || *a.it.Owner < engine.Whole {
		parts = append(parts, engine.Fill("do vai phụ trách làm (%s)", "by the role in charge (%s)", a.ownersOf(a.e.def)))
	}
	if !a.it.Done || *a.it.Content < engine.Whole {
		parts = append(parts, engine.Both("đủ nội dung", "complete"))
	}
	text := engine.Fill("trọn điểm khi %s", "full marks: %s", list(parts))
	if was := *a.card.Total; total == was {
		text = engine.Fill("%s; tổng điểm vẫn là %s, vì còn điều khác giữ lại", "%s; the total would still be %s, held down by something else", text, total.Text())
	} else {
		text = engine.Fill("%s; khi ấy tổng điểm là %s thay vì %s", "%s; the total would have been %s, not %s", text, total.Text(), was.Text())
	}
	if len(broken) > 0 {
		text = engine.Fill("%s (kể cả điểm thứ tự bị mất vì %s làm sau đó)", "%s (with the points of an order lost, as %s came after that)", text, list(broken))
	}
	return text
}
