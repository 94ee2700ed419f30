package scoring

import "saban/engine"

// verdict builds the one sentence that a reader takes away: how it ended and
// what went well, then what was lacking most and what did harm.
func (t *tally) verdict() {
	if t.card.Total == nil {
		t.card.Verdict = engine.Both("Không có gì để chấm.", "There is nothing to score.")
		return
	}
	var good, bad []engine.Text
	switch last := t.path[len(t.path)-1]; {
	case last.Kind == engine.Contained:
		good = append(good, engine.Both("tình huống được kiểm soát", "the situation was brought under control"))
	case last.Kind == engine.Failed:
		bad = append(bad, engine.Both("tình huống kết thúc ngoài tầm kiểm soát", "the situation ended out of control"))
	}
	good = append(good, t.went(Performed, "làm tốt %s", "%s went well")...)
	good = append(good, t.went(Some, "làm được %s, còn vướng nhỏ", "%s went with some challenges")...)
	bad = append(append(bad, t.worst()...), t.harmClause()...)
	if len(good)+len(bad) == 0 {
		bad = t.went(Major, "còn vướng lớn ở %s", "%s met major challenges")
	}
	if len(good)+len(bad) == 0 {
		bad = append(bad, engine.Both("chưa có việc nào đến lúc chấm", "nothing is due yet"))
	}
	text := listSemi(append(good, bad...))
	if len(good) > 0 && len(bad) > 0 {
		text = engine.Fill("%s; nhưng %s", "%s; but %s", listSemi(good), listSemi(bad))
	}
	t.card.Verdict = engine.Fill("%s.", "%s.", capital(text))
}

// went names the capabilities with a final rating: by title when they are
// few, else by their number.
func (t *tally) went(r Rating, vi, en string) []engine.Text {
	var titles []engine.Text
	for _, c := range t.card.CapabilityDetails {
		if c.Final == r {
			titles = append(titles, c.Title)
		}
	}
	switch n, all := len(titles), len(t.card.CapabilityDetails); {
	case n == 0:
		return nil
	case n == all && n > 1:
		return []engine.Text{engine.Fill(vi, en, engine.Fill("cả %s năng lực", "all %s capabilities", number(all)))}
	case n > 2:
		return []engine.Text{engine.Fill(vi, en, engine.Fill("%s trong %s năng lực", "%s of %s capabilities", number(n), number(all)))}
	}
	return []engine.Text{engine.Fill(vi, en, engine.Fill("phần %s", "%s", list(titles)))}
}

// worst names the response that lacked most: critical before heavy before
// first, not done before badly done.
func (t *tally) worst() []engine.Text {
	var it *Item
	others := 0
	for i := range t.card.Items {
		x := &t.card.Items[i]
		if !x.counts() || x.Pending || x.Rating.rank() > Major.rank() {
			continue
		}
		others++
		if it == nil || x.Rating.rank() < it.Rating.rank() ||
			x.Rating == it.Rating && (x.Critical && !it.Critical || x.Critical == it.Critical && x.Weight > it.Weight) {
			it = x
		}
	}
	if it == nil {
		return nil
	}
	text := engine.Fill("chưa làm “%s”", "“%s” was not done", doing(it))
	switch {
	case it.Done && it.Late:
		text = engine.Fill("làm quá muộn “%s”", "“%s” came too late", doing(it))
	case it.Done:
		text = engine.Fill("làm chưa đạt “%s”", "“%s” was not done well enough", doing(it))
	}
	if others > 1 {
		text = engine.Fill("%s, còn %s việc khác vướng lớn", "%s and %s more met major challenges", text, number(others-1))
	}
	return []engine.Text{text}
}

// harmClause names the gravest prohibited action.
func (t *tally) harmClause() []engine.Text {
	var worst *Penalty
	for i := range t.card.Penalties {
		if p := &t.card.Penalties[i]; worst == nil || p.Points > worst.Points {
			worst = p
		}
	}
	if worst == nil {
		return nil
	}
	name := t.scenario.FindProhibited(worst.ID).Text
	if name.Empty() {
		name = engine.Same(worst.ID)
	}
	return []engine.Text{engine.Fill("có hành động cấm: “%s”", "a prohibited action was seen: “%s”", name)}
}
