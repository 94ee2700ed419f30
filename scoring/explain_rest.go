package scoring

import (
	"saban/engine"
)

func (x *explainer) orderReasons() {
	o, out := &x.card.Order, &x.out.Order
	out.Reasons = []Reason{}
	if o.Applicable == 0 {
		out.Reasons = append(out.Reasons, reason("none", engine.Both("không có cặp thứ tự nào áp dụng; phần điểm này chia cho thời gian và nội dung",
			"no order applies; its part goes to timeliness and correctness")))
		return
	}
	out.Reasons = append(out.Reasons, reason("kept", engine.Fill("giữ đúng %s trên %s cặp thứ tự", "orders kept: %s of %s", number(o.Kept), number(o.Applicable))))
	for i := range o.Pairs {
		if p := &o.Pairs[i]; p.Applicable {
			out.Reasons = append(out.Reasons, reason(p.First+" "+p.Second, x.pair(p), p.Events...))
		}
	}
}

func (x *explainer) penaltyReasons() {
	taken := x.taken()
	for i := range x.card.Penalties {
		p, out := &x.card.Penalties[i], &x.out.Penalties[i]
		out.ID, out.AtMS, out.Evidence = p.ID, p.AtMS, x.evidence(p.Events)
		say := func(code string, text engine.Text, events ...int64) {
			out.Reasons = append(out.Reasons, reason(code, text, events...))
		}
		text := engine.Fill("ghi nhận lúc %s", "seen at %s", engine.Same(p.AtMS.Clock()))
		if p.Role != "" {
			text = engine.Fill("%s, ở vai %s", "%s, of %s", text, x.roleTitle(p.Role))
		}
		say("seen", text, p.Events...)
		if !p.Counted {
			say("again", p.Why)
			continue
		}
		full := x.rubric.Penalties.of(p.Severity)
		say("severity", engine.Fill("mức %s: phạt %s điểm", "%s: a penalty of %s points", p.Severity.Title(), pointsOf(full).Text()))
		if taken[i] < full {
			say("cap", engine.Fill("tổng phạt không quá %s: lần này còn trừ %s", "all penalties together are at most %s: this one takes %s",
				pointsOf(x.rubric.Penalties.Cap).Text(), pointsOf(taken[i]).Text()))
		}
		if p.Severity != engine.Minor {
			say("capability", engine.Fill("năng lực %s không được chấm cao hơn M", "the capability %s is rated no better than M", p.Capability.Title()))
		}
		if def := x.scenario.FindProhibited(p.ID); !def.Why.Empty() {
			say("why", def.Why)
		}
	}
}

func (x *explainer) gateReasons() {
	for i := range x.card.Gates {
		g, out := &x.card.Gates[i], &x.out.Gates[i]
		out.ID, out.Text, out.Evidence = g.ID, g.Why, x.evidence(g.Events)
		switch {
		case i == x.lowest():
			out.Text = engine.Fill("%s; cắt từ %s", "%s; cut from %s", g.Why, x.card.BeforeGates.Text())
		case g.Bites:
			out.Text = engine.Fill("%s; trần khác thấp hơn nên không cắt thêm", "%s; another ceiling is lower, so it takes nothing more", g.Why)
		}
	}
}

func (x *explainer) capabilityReasons() {
	for i := range x.card.CapabilityDetails {
		c := &x.card.CapabilityDetails[i]
		out := CapabilityAccount{Code: c.Code, Title: c.Title, Rating: c.Final, Evidence: x.evidence(c.Events)}
		say := func(code string, text engine.Text, events ...int64) {
			out.Reasons = append(out.Reasons, reason(code, text, events...))
		}
		for j := range x.card.Items {
			if it := &x.card.Items[j]; it.counts() && it.Capability == c.Code {
				say(it.ID, x.capabilityItem(it), it.Events...)
			}
		}
		say("mean", engine.Fill("trung bình theo trọng số: %s", "weighted mean: %s", c.Mean.Decimal(3)))
		for j := range x.card.Penalties {
			if p := &x.card.Penalties[j]; p.Capability == c.Code && p.Counted && p.Severity != engine.Minor {
				say(p.ID, engine.Fill("hành động cấm %s lúc %s: không cao hơn M", "prohibited action %s at %s: no better than M", engine.Same(p.ID), engine.Same(p.AtMS.Clock())), p.Events...)
			}
		}
		say("suggested", engine.Fill("mức đề xuất %s: %s", "suggested %s: %s", engine.Same(string(c.Suggested)), c.Why))
		if h := c.Rated; h != nil {
			text := engine.Fill("đánh giá viên chấm %s", "an evaluator rated it %s", engine.Same(string(c.Final)))
			if h.Reason != "" {
				text = engine.Fill("%s; lý do: %s", "%s; reason: %s", text, engine.Same(h.Reason))
			}
			say("rated", text, h.Event)
		}
		x.out.Capabilities = append(x.out.Capabilities, out)
	}
	if x.out.Capabilities == nil {
		x.out.Capabilities = []CapabilityAccount{}
	}
}

func (x *explainer) capabilityItem(it *Item) engine.Text {
	text := engine.Fill("%s “%s”: giá trị %s, trọng số %s, mức %s", "%s “%s”: value %s, weight %s, rated %s",
		engine.Same(it.ID), doing(it), it.Value.Decimal(3), number(it.Weight), engine.Same(string(it.Rating)))
	if it.Critical {
		text = engine.Fill("%s, then chốt", "%s, critical", text)
	}
	return text
}
