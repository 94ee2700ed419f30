package engine

import "slices"

// decideCorrection: marks, ratings, overrides and retractions. They change
// facts, never points, and the machine never goes back.
func (d *Drill) decideCorrection(cmd *Command) *Refusal {
	switch cmd.Do {
	case Retract:
		return d.decideRetract(cmd)
	case Rate:
		return d.decideRate(cmd)
	}
	r, ok := d.lookup(cmd.ID)
	if !ok || r.kind != kindResponse && r.kind != kindWay {
		return d.unknown(cmd.ID, kindResponse, kindWay)
	}
	if cmd.Do == Mark {
		return d.decideMark(cmd)
	}
	o := cmd.Override
	if o == nil || o.Done == nil && o.Observed == nil && o.Owner == nil && o.Content == nil {
		return refuse(BadValue, Both("chưa nói sửa gì", "nothing is overridden"), Both("sửa done, observed, owner hoặc content", "override done, observed, owner or content"))
	}
	for _, share := range []*Ratio{o.Owner, o.Content} {
		if share != nil && (*share < 0 || *share > Whole) {
			return badShare()
		}
	}
	if o.Observed != nil && (*o.Observed < 0 || *o.Observed > d.now) {
		return refuse(BadTime, Both("giờ xảy ra nằm ngoài buổi diễn tập", "the time lies outside the drill"), Text{})
	}
	facts := *o
	d.emit(&Event{Type: Overridden, Body: Body{ID: cmd.ID, Reason: cmd.Reason, Override: &facts}})
	return nil
}

// decideMark sets the content of a record, or says that a free text amounts
// to a response.
func (d *Drill) decideMark(cmd *Command) *Refusal {
	if cmd.Content < 0 || cmd.Content > Whole {
		return badShare()
	}
	body := Body{ID: cmd.ID, Of: cmd.Of, Content: cmd.Content, Reason: cmd.Reason}
	r, _ := d.lookup(cmd.ID)
	parent := d.acts[r.index].parent
	records := d.acts[parent].records
	switch {
	case cmd.Of == 0 && len(records) > 0:
		body.Of = records[0].of
	case slices.ContainsFunc(records, func(r record) bool { return r.of == cmd.Of }):
	default:
		f := d.fact(cmd.Of)
		if f == nil || f.gone || f.kind != Responded {
			return refuse(UnknownID, Both("%s không có gì để chấm ở sự kiện %d", "%s has nothing to mark in event %d", cmd.ID, cmd.Of), Text{})
		}
		body.Mode = "text"
		if r.kind == kindResponse && len(d.acts[parent].ways) > 0 {
			body.ID = d.acts[d.acts[parent].ways[0]].id
		}
	}
	d.emit(&Event{Type: Marked, Body: body})
	return nil
}

func (d *Drill) decideRate(cmd *Command) *Refusal {
	r, ok := d.lookup(cmd.ID)
	if (!ok || r.kind != kindResponse) && !knownCapability(Capability(cmd.ID)) {
		return d.unknown(cmd.ID, kindResponse)
	}
	switch cmd.Rating {
	case "P", "S", "M", "U":
	default:
		return refuse(BadValue, Both("mức phải là P, S, M hoặc U", "the rating is P, S, M or U"), Text{})
	}
	switch cmd.Mode {
	case "":
	case Settled:
		if cmd.Reason == "" {
			return refuse(NeedsReason, Both("thống nhất mức thì phải ghi lý do", "settling a rating wants a reason"), Text{})
		}
	default:
		return refuse(BadValue, Both("không có cách chấm “%s”", "there is no rating “%s”", cmd.Mode), Text{})
	}
	d.emit(&Event{Type: Rated, Body: Body{ID: cmd.ID, Rating: cmd.Rating, Mode: cmd.Mode, Reason: cmd.Reason}})
	return nil
}

// decideRetract undoes a fact. A contingency inject that waits, and whose
// condition no longer holds, is withdrawn for good.
func (d *Drill) decideRetract(cmd *Command) *Refusal {
	f := d.fact(cmd.Of)
	if f == nil {
		return refuse(NotRetractable, Both("sự kiện %d không rút lại được", "event %d cannot be retracted", cmd.Of),
			Both("rút được: trả lời, quan sát, hành động cấm, chấm, cờ, ghi chú, bỏ tình huống", "answers, observations, prohibited acts, marks, flags, notes and skips can be"))
	}
	if f.gone {
		return refuse(NotRetractable, Both("sự kiện %d đã rút rồi", "event %d is already retracted", cmd.Of), Text{})
	}
	d.emit(&Event{Type: Retracted, Body: Body{Of: cmd.Of, Reason: cmd.Reason}})
	for i := range d.injects {
		if in := &d.injects[i]; in.status == Waiting && in.def.When != "" && !d.holds(d.c.whens[i]) {
			d.withdraw(in, "retracted")
		}
	}
	return nil
}
