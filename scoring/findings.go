package scoring

import (
	"slices"

	"saban/engine"
)

func (t *tally) find(code string, kind FindingKind, text engine.Text, events []int64, ids ...string) {
	t.card.Findings = append(t.card.Findings, finding(code, kind, text, events, ids))
}

func finding(code string, kind FindingKind, text engine.Text, events []int64, ids []string) Finding {
	return Finding{Code: code, Kind: kind, IDs: ids, Text: capital(text), Events: tidy(append([]int64{}, events...))}
}

// findings says what a reader should know, gravest first: whether the score
// can be read at all, what was missed or did harm, what could be better,
// what went well, and what the machine did otherwise.
func (t *tally) findings() {
	t.findScore()
	t.findMissed()
	t.findHarm()
	t.findWeak()
	t.findOrder()
	t.findOthers()
	t.findStrengths()
	t.findByHand()
	t.findMachine()
	t.findVacant()
}

// findScore comes first: who reads a total must know what it stands on.
func (t *tally) findScore() {
	if t.card.Total == nil {
		t.find("no_total", Note, engine.Both("không có gì để chấm: chưa hành động nào có trọng số được kích hoạt.",
			"there is nothing to score: no response with weight was triggered."), nil)
		return
	}
	if t.formulaFail {
		t.find("formula_zero", Note, engine.Both("công thức tổng điểm chia cho 0 với kết quả này, nên tổng điểm là 0.",
			"the total formula divides by zero for this result, so the total is 0."), nil)
	}
	var own, all int64
	var events []int64
	for i := range t.card.Items {
		it := &t.card.Items[i]
		if !it.counts() {
			continue
		}
		all += int64(it.Weight)
		if it.Done && *it.Owner == engine.Whole {
			own += int64(it.Weight)
		} else {
			events = append(events, it.Events...)
		}
	}
	if got := engine.Over(own, all); got < t.rubric.OwnShare {
		t.find("own_share", Weakness, engine.Fill("chỉ %s khối lượng việc do đúng người phụ trách làm (mức cần là %s): đọc điểm cùng với bảng phân vai.",
			"only %s of the work was done by those in charge of it (%s is wanted): read the score beside the list of roles.",
			engine.Same(got.Percent()), engine.Same(t.rubric.OwnShare.Percent())), events)
	}
	for _, g := range t.card.Gates {
		if g.Bites && g.Cap == *t.card.Total {
			t.find("gate_"+g.ID, Weakness, engine.Fill("%s.", "%s.", g.Why), g.Events)
		}
	}
}

func (t *tally) findMissed() {
	for _, critical := range []bool{true, false} {
		for i := range t.card.Items {
			it := &t.card.Items[i]
			if !it.Triggered || it.Done || it.Pending || it.Critical != critical {
				continue
			}
			if it.Weight == 0 {
				t.find("undone_uncounted", Note, engine.Fill("chưa làm, nhưng không tính điểm: “%s” (%s).", "not done, and not counted: “%s” (%s).",
					doing(it), t.roleTitle(it.By)), it.Events, it.ID)
				continue
			}
			if critical {
				t.find("critical_undone", Weakness, engine.Fill("việc then chốt chưa làm: “%s” (%s).", "a critical response was not made: “%s” (%s).",
					doing(it), t.roleTitle(it.By)), it.Events, it.ID)
				continue
			}
			t.find("undone", Weakness, engine.Fill("chưa làm: “%s” (%s).", "not done: “%s” (%s).", doing(it), t.roleTitle(it.By)), it.Events, it.ID)
		}
	}
}

// findHarm names the prohibited actions seen, the gravest first, and says
// when not all of their points are taken off.
func (t *tally) findHarm() {
	for _, severity := range []engine.Severity{engine.Life, engine.Major, engine.Minor} {
		for i := range t.scenario.Prohibited {
			if def := &t.scenario.Prohibited[i]; def.Severity == severity {
				t.findSeen(def)
			}
		}
	}
	var sum Points
	for i := range t.card.Penalties {
		sum += t.card.Penalties[i].Points
	}
	if most := t.card.PenaltyTotal; sum > most {
		t.find("penalty_cap", Note, engine.Fill("phạt cộng lại là %s điểm, chỉ trừ %s: đó là mức nhiều nhất.",
			"the penalties add up to %s points; only %s are taken off, the most that may be.", sum.Text(), most.Text()), nil)
	}
}

func (t *tally) findSeen(def *engine.Prohibited) {
	var events []int64
	times := 0
	for j := range t.card.Penalties {
		if p := &t.card.Penalties[j]; p.ID == def.ID {
			events = append(events, p.Events...)
			times++
		}
	}
	if times == 0 {
		return
	}
	name := def.Text
	if name.Empty() {
		name = engine.Same(def.ID)
	}
	text := engine.Fill("hành động cấm (%s): “%s”.", "prohibited action (%s): “%s”.", def.Severity.Title(), name)
	if times > 1 {
		text = engine.Fill("hành động cấm (%s), ghi nhận %s lần: “%s”.", "prohibited action (%s), seen %s times: “%s”.",
			def.Severity.Title(), number(times), name)
	}
	t.find("prohibited", Weakness, text, events, def.ID)
}

// findWeak names what was done late or not fully, and counts what was only
// slow.
func (t *tally) findWeak() {
	var slow []*Item
	for i := range t.card.Items {
		it := &t.card.Items[i]
		if !it.Done || it.Rating == Performed {
			continue
		}
		code := "content"
		if it.Late {
			code = "late"
		} else if *it.Content >= t.rubric.Ratings.PerformedFrom {
			if it.Actual != nil && *it.Actual > it.Target {
				slow = append(slow, it)
			}
			continue // another owner: findOthers says it
		}
		t.find(code, Weakness, engine.Fill("“%s”: %s.", "“%s”: %s.", doing(it), it.Why), it.Events, it.ID)
	}
	if len(slow) == 0 {
		return
	}
	worst := slow[0]
	var ids []string
	var events []int64
	for _, it := range slow {
		ids, events = append(ids, it.ID), append(events, it.Events...)
		if *it.Timeliness < *worst.Timeliness {
			worst = it
		}
	}
	text := engine.Fill("“%s”: %s.", "“%s”: %s.", doing(worst), worst.Why)
	if len(slow) > 1 {
		text = engine.Fill("%s việc xong chậm hơn thời gian chuẩn, vẫn trong giới hạn; chậm nhất là “%s”: %s.",
			"%s responses came after their target, within their limit; slowest was “%s”: %s.", number(len(slow)), doing(worst), worst.Why)
	}
	t.find("slow", Weakness, text, events, ids...)
}

func (t *tally) findOrder() {
	for _, p := range t.card.Order.Pairs {
		if !p.Applicable || p.Kept {
			continue
		}
		first, second := t.byID(p.First), t.byID(p.Second)
		text := engine.Fill("sai thứ tự: “%s” làm trước “%s”.", "out of order: “%s” came before “%s”.", doing(second), doing(first))
		if !first.Done {
			text = engine.Fill("sai thứ tự: đã làm “%s” khi chưa làm “%s”.", "out of order: “%s” was done and “%s” never was.", doing(second), doing(first))
		}
		t.find("order", Weakness, text, p.Events, p.First, p.Second)
	}
}

func (t *tally) byID(id string) *Item { return &t.card.Items[t.ids[id].index] }

func (t *tally) findOthers() {
	for i := range t.card.Items {
		it := &t.card.Items[i]
		if it.Done && *it.Owner < engine.Whole {
			t.find("other_owner", Weakness, engine.Fill("“%s” do vai khác làm: %s (phụ trách: %s).", "“%s” was done by another role: %s (in charge: %s).",
				doing(it), t.roleTitle(it.DoneBy), t.ownersOf(t.expected[i].def)), it.Events, it.ID)
		}
	}
	if len(t.card.Distractors) > 0 {
		var ids []string
		var events []int64
		count := 0
		for _, d := range t.card.Distractors {
			ids = append(ids, d.ID)
			events = append(events, d.Events...)
			count += d.Count
		}
		t.find("distractors", Note, engine.Counted(count, "phương án nhiễu được chọn %s lần; không ảnh hưởng đến điểm.",
			"%s useless choice was taken; the score is not touched.",
			"%s useless choices were taken; the score is not touched."), events, ids...)
	}
}

func (t *tally) findStrengths() {
	var titles []engine.Text
	var ids []string
	var events []int64
	for _, c := range t.card.CapabilityDetails {
		if c.Final == Performed {
			titles, ids, events = append(titles, c.Title), append(ids, string(c.Code)), append(events, c.Events...)
		}
	}
	if len(titles) > 0 {
		t.find("capability", Strength, engine.Fill("làm tốt phần %s.", "done well: %s.", listSemi(titles)), events, ids...)
	}
	ids, events = nil, nil
	criticals := 0
	for i := range t.card.Items {
		it := &t.card.Items[i]
		if it.Proactive {
			t.find("proactive", Strength, engine.Fill("chủ động: “%s” được làm trước khi có tin báo.", "ahead of the news: “%s” was done before it was called for.",
				doing(it)), it.Events, it.ID)
		}
		if it.counts() && it.Critical {
			criticals++
			if it.Rating == Performed {
				ids, events = append(ids, it.ID), append(events, it.Events...)
			}
		}
	}
	if len(ids) > 0 {
		t.find("critical_done", Strength, engine.Fill("%s trong %s việc then chốt làm đúng và kịp thời.", "critical responses made well and in time: %s of %s.",
			number(len(ids)), number(criticals)), events, ids...)
	}
}

func (t *tally) findByHand() {
	for i := range t.card.Items {
		it := &t.card.Items[i]
		if it.Overrides != nil {
			t.find("overridden", Note, engine.Fill("dữ kiện của “%s” được sửa bằng tay; bảng điểm giữ cả hai giá trị.",
				"facts of “%s” were set by hand; the card keeps both values.", doing(it)), it.Events, it.ID)
		}
		if it.counts() && it.Critical && (it.Rating == Unable) != (it.Suggested == Unable) {
			t.find("rating_gate", Note, engine.Fill("mức của “%s” được đánh giá viên đổi từ %s sang %s; trần điểm vẫn theo dữ kiện.",
				"the evaluator changed the rating of “%s” from %s to %s; the gates still go by the facts.",
				doing(it), engine.Same(string(it.Suggested)), engine.Same(string(it.Rating))), it.Events, it.ID)
		}
	}
}

// findMachine says where the situation did not go by what is scored here.
func (t *tally) findMachine() {
	for i := range t.expected {
		e, it := &t.expected[i], &t.card.Items[i]
		if e.triggered && e.missed != 0 && it.Done && !it.Late && t.enteredLater(it) {
			t.find("machine_disagrees", Note, engine.Fill("“%s” làm kịp giới hạn nhưng được nhập sau: lúc diễn tập, tình huống đã chạy như khi bị lỡ.",
				"“%s” was done within its limit but entered later: at the time the situation ran on as if it had been missed.", doing(it)),
				append([]int64{e.missed}, it.Events...), it.ID)
		}
	}
	for i, step := range t.card.Path {
		if !step.Forced {
			continue
		}
		text := engine.Fill("người điều khiển chuyển tay tình huống sang “%s”.", "the facilitator forced the situation to “%s”.", t.stateTitle(step.State))
		code := "forced"
		if i == len(t.card.Path)-1 && step.Kind.Final() {
			code = "forced_final"
			text = engine.Fill("trạng thái cuối “%s” là do chuyển tay, nên không áp trần điểm theo trạng thái.",
				"the final state “%s” was forced, so no gate goes by it.", t.stateTitle(step.State))
		}
		t.find(code, Note, text, []int64{step.Event}, step.State)
	}
}

// enteredLater reports whether the machine heard of an item only after its
// limit had passed.
func (t *tally) enteredLater(it *Item) bool {
	for i := range t.acts {
		a := &t.acts[i]
		if slices.Contains(it.Events, a.seq) && a.at != a.observed {
			return true
		}
	}
	return false
}

func (t *tally) findVacant() {
	for i := range t.expected {
		e, it := &t.expected[i], &t.card.Items[i]
		if e.vacant {
			t.find("vacant", Note, engine.Fill("không ai giữ vai %s, nên không chấm “%s”.", "nobody held the role %s, so “%s” is not scored.",
				t.roleTitle(it.By), doing(it)), it.Events, it.ID)
		}
	}
}
