package engine

import "slices"

// decideRespond takes a role's answer to an inject. The first choices of a
// role stand; later ones may add boxes and text.
func (d *Drill) decideRespond(cmd *Command) *Refusal {
	r, ok := d.lookup(cmd.ID)
	if !ok || r.kind != kindInject {
		return d.unknown(cmd.ID, kindInject)
	}
	if refusal := d.playerRole(cmd.Role); refusal != nil {
		return refusal
	}
	in := &d.injects[r.index]
	if in.status == Pending && d.due(r.index) {
		d.releaseFirst(r.index)
	}
	if in.status != Out || !in.received {
		return refuse(NotReleased, Both("tình huống %s chưa đến", "inject %s has not arrived", cmd.ID), Text{})
	}
	asks := in.def.AskList()
	i := slices.IndexFunc(asks, func(a Ask) bool { return a.Role == cmd.Role })
	if i < 0 {
		return refuse(NotAsked, Both("tình huống %s không hỏi vai %s", "inject %s asks nothing of %s", cmd.ID, cmd.Role), Text{})
	}
	if refusal := d.checkChoices(cmd, in, &asks[i]); refusal != nil {
		return refusal
	}
	if refusal := d.checkBoxes(cmd); refusal != nil {
		return refusal
	}
	observed, refusal := d.observed(cmd)
	if refusal != nil {
		return refusal
	}
	d.emit(&Event{Type: Responded, Body: Body{ID: cmd.ID, Role: cmd.Role, Person: cmd.Person, Observed: observed, Tap: cmd.Tap,
		Choices: slices.Clone(cmd.Choices), Boxes: slices.Clone(cmd.Boxes), Text: cmd.Text}})
	return nil
}

// releaseFirst gives out what is due at this very instant before an answer to
// it is judged: the benefit of the doubt is the team's. The release is time's
// doing, not the answerer's.
func (d *Drill) releaseFirst(i int) {
	by := d.by
	d.by = author{}
	d.tryInject(i)
	d.by = by
}

func (d *Drill) checkChoices(cmd *Command, in *injectState, ask *Ask) *Refusal {
	role, _ := d.role(cmd.Role)
	answered := slices.Contains(in.answered, role)
	switch {
	case len(cmd.Choices) > 0 && answered:
		return refuse(AlreadyAnswered, Both("vai %s đã trả lời tình huống %s; lựa chọn đầu tiên được giữ", "%s has already answered inject %s; the first choices stand", cmd.Role, cmd.ID),
			Both("có thể bổ sung nội dung và lời", "boxes and text can still be added"))
	case len(cmd.Choices) == 0 && cmd.Text == "" && len(cmd.Boxes) == 0:
		return refuse(WrongPick, Both("chưa chọn gì", "nothing is chosen"), Both("chọn %d hoặc viết điều khác", "choose %d, or write something else", ask.Pick))
	case len(cmd.Choices) > ask.Pick, !answered && cmd.Text == "" && len(cmd.Choices) != ask.Pick:
		return refuse(WrongPick, Both("chọn %d, không phải %d", "choose %d, not %d", ask.Pick, len(cmd.Choices)), Text{})
	}
	decided := map[int]bool{}
	for _, id := range cmd.Choices {
		if !slices.Contains(ask.Choices, id) {
			return refuse(NotOffered, Both("%s không có trong các lựa chọn", "%s is not among the choices", id), Text{})
		}
		r, _ := d.lookup(id)
		if parent := d.acts[r.index].parent; decided[parent] {
			return refuse(WrongPick, Both("chỉ chọn một cách làm cho %s", "choose one way of %s only", d.acts[parent].id), Text{})
		} else {
			decided[parent] = true
		}
	}
	return nil
}

func (d *Drill) checkBoxes(cmd *Command) *Refusal {
	for _, ticks := range cmd.Boxes {
		r, ok := d.lookup(ticks.Response)
		if !ok || r.kind != kindResponse {
			return d.unknown(ticks.Response, kindResponse)
		}
		set := d.c.scenario.BoxSet(d.acts[r.index].response.Boxes)
		for _, id := range ticks.Boxes {
			if set == nil || !slices.ContainsFunc(set.Boxes, func(b Box) bool { return b.ID == id }) {
				return refuse(NotOffered, Both("%s không có ô %s", "%s has no box %s", ticks.Response, id), Text{})
			}
		}
	}
	return nil
}

// observed returns when what a command tells of happened.
func (d *Drill) observed(cmd *Command) (Millis, *Refusal) {
	if !cmd.Late {
		return d.now, nil
	}
	if cmd.Observed < 0 || cmd.Observed > d.now {
		return 0, refuse(BadTime, Both("giờ xảy ra %s nằm ngoài buổi diễn tập", "the time %s lies outside the drill", cmd.Observed.Clock()),
			Both("từ 00:00 đến %s", "from 00:00 to %s", d.now.Clock()))
	}
	return cmd.Observed, nil
}

// decideObserve takes what an evaluator or facilitator saw done.
func (d *Drill) decideObserve(cmd *Command) *Refusal {
	r, ok := d.lookup(cmd.ID)
	kinds := []kind{kindResponse, kindWay, kindDistractor, kindProhibited}
	if cmd.Do == Prohibit {
		kinds = []kind{kindProhibited}
	}
	if !ok || !slices.Contains(kinds, r.kind) {
		return d.unknown(cmd.ID, kinds...)
	}
	observed, refusal := d.observed(cmd)
	if refusal != nil {
		return refusal
	}
	act := &d.acts[r.index]
	role := cmd.Role
	if role == "" && act.response != nil {
		role = act.response.By
	}
	if role != "" {
		if refusal := d.playerRole(role); refusal != nil {
			return refusal
		}
	}
	if cmd.Content < 0 || cmd.Content > Whole {
		return badShare()
	}
	if r.kind == kindProhibited {
		d.emit(&Event{Type: ProhibitedAct, Body: Body{ID: cmd.ID, Role: role, Person: cmd.Person, Observed: observed, Text: cmd.Text}})
		return nil
	}
	id := cmd.ID
	if r.kind == kindResponse && len(act.ways) > 0 {
		id = d.acts[act.ways[0]].id
	}
	e := d.room(Observed)
	e.ID, e.Role, e.Person, e.Observed, e.Content, e.Text = id, role, cmd.Person, observed, cmd.Content, cmd.Text
	d.take()
	return nil
}

func badShare() *Refusal {
	return refuse(BadValue, Both("nội dung phải từ 0 đến 1", "content is a share from 0 to 1"), Text{})
}
