package engine

import (
	"maps"
	"strings"
)

func trimArticle(s string) string {
	for _, article := range []string{"một ", "an ", "a "} {
		s = strings.TrimPrefix(s, article)
	}
	return s
}

func quoted(s string) string { return "“" + s + "”" }

// decideInject: what the facilitator does with one inject.
func (d *Drill) decideInject(cmd *Command) *Refusal {
	r, ok := d.lookup(cmd.ID)
	if !ok || r.kind != kindInject {
		return d.unknown(cmd.ID, kindInject)
	}
	in := &d.injects[r.index]
	switch cmd.Do {
	case Relay, Receive, Recall:
		if in.status != Out {
			return refuse(NotReleased, Both("tình huống %s chưa phát", "inject %s is not released", cmd.ID), Both("phát trước", "release it first"))
		}
	case Release:
		if in.status == Out {
			return refuse(AlreadyReleased, Both("tình huống %s đã phát", "inject %s is already released", cmd.ID), Text{})
		}
	default:
		if refusal := unreleased(in, cmd.ID); refusal != nil {
			return refusal
		}
	}
	switch cmd.Do {
	case Release:
		d.release(r.index, "by")
	case Relay:
		return d.decideRelay(cmd)
	case Receive:
		return d.decideReceive(cmd, in)
	case Recall:
		if in.received && (in.receipt == "device" || in.receipt == "read") {
			return refuse(AlreadyShown, Both("tình huống %s đã có người đọc, không rút lại được", "inject %s has been shown and cannot be recalled", cmd.ID),
				Both("đính chính bằng một tình huống đột xuất", "put it right with an ad hoc inject"))
		}
		d.emit(&Event{Type: Recalled, Body: Body{ID: cmd.ID, Reason: cmd.Reason}})
	default:
		return d.decideWaiting(cmd, in)
	}
	return nil
}

// unreleased refuses what only makes sense before an inject is out.
func unreleased(in *injectState, id string) *Refusal {
	switch in.status {
	case Out:
		return refuse(AlreadyReleased, Both("tình huống %s đã phát", "inject %s is already released", id), Both("rút lại bằng recall nếu chưa ai đọc", "recall it if nobody has read it"))
	case SkippedOver:
		return refuse(AlreadySkipped, Both("tình huống %s đã bỏ", "inject %s is skipped", id), Both("phát nó bằng tay nếu vẫn cần", "release it by hand if it is still wanted"))
	case Gone:
		return refuse(AlreadySkipped, Both("tình huống %s không còn xảy ra được", "inject %s can no longer happen", id), Both("phát nó bằng tay nếu vẫn cần", "release it by hand if it is still wanted"))
	}
	return nil
}

// decideWaiting: hold, unhold, postpone, skip and edit.
func (d *Drill) decideWaiting(cmd *Command, in *injectState) *Refusal {
	body := Body{ID: cmd.ID, Reason: cmd.Reason}
	switch cmd.Do {
	case Hold:
		if in.held {
			return refuse(AlreadyHeld, Both("tình huống %s đang giữ", "inject %s is held already", cmd.ID), Text{})
		}
		d.emit(&Event{Type: Held, Body: body})
	case Unhold:
		if !in.held {
			return refuse(NotHeld, Both("tình huống %s không bị giữ", "inject %s is not held", cmd.ID), Text{})
		}
		d.emit(&Event{Type: Unheld, Body: body})
	case Skip:
		d.emit(&Event{Type: Skipped, Body: body})
	case Postpone:
		if cmd.Moment < d.now {
			return refuse(BadTime, Both("giờ mới %s đã qua", "the new time %s is past", cmd.Moment.Clock()), Both("chọn giờ sau %s", "choose one after %s", d.now.Clock()))
		}
		if in.def.Hand {
			return refuse(BadValue, Both("tình huống %s phát bằng tay, không có giờ", "inject %s is released by hand and has no time", cmd.ID), Text{})
		}
		body.Moment = cmd.Moment
		d.emit(&Event{Type: Postponed, Body: body})
	case Edit:
		if cmd.Words == nil || cmd.Words.Empty() {
			return refuse(BadValue, Both("thiếu lời mới", "the new text is missing"), Text{})
		}
		words := *cmd.Words
		body.Words = &words
		d.emit(&Event{Type: Edited, Body: body})
	}
	return nil
}

func (d *Drill) decideRelay(cmd *Command) *Refusal {
	if r := d.playerRole(cmd.Role); r != nil {
		return r
	}
	d.emit(&Event{Type: Relayed, Body: Body{ID: cmd.ID, Role: cmd.Role, Person: cmd.Person}})
	return nil
}

func (d *Drill) decideReceive(cmd *Command, in *injectState) *Refusal {
	if in.received {
		return refuse(AlreadyReceived, Both("tình huống %s đã nhận", "inject %s is already received", cmd.ID), Text{})
	}
	switch cmd.Mode {
	case "read":
	case "device":
		if r := d.playerRole(cmd.Role); r != nil {
			return r
		}
		if !in.def.Reads(cmd.Role) {
			return refuse(NotAsked, Both("tình huống %s không gửi cho vai %s", "inject %s is not addressed to %s", cmd.ID, cmd.Role), Text{})
		}
	default:
		return refuse(BadValue, Both("cách nhận phải là device hoặc read", "receipt is by device or read"), Text{})
	}
	d.emit(&Event{Type: Received, Body: Body{ID: cmd.ID, Mode: cmd.Mode, Role: cmd.Role, Person: cmd.Person, Device: cmd.Device}})
	return nil
}

// decideAdHoc takes an inject written during the drill and gives it out.
func (d *Drill) decideAdHoc(cmd *Command) *Refusal {
	if cmd.Inject == nil {
		return refuse(BadValue, Both("thiếu tình huống", "the inject is missing"), Text{})
	}
	in := *cmd.Inject
	in.Expects = append([]Response(nil), in.Expects...)
	if in.When != "" || in.Hand || len(in.OnlyIn) > 0 {
		return refuse(BadValue, Both("tình huống đột xuất phát ngay: không có when, hand, only_in", "an ad hoc inject is released at once: no when, hand or only_in"), Text{})
	}
	if in.Text.Empty() {
		return refuse(BadValue, Both("tình huống chưa có lời", "the inject has no text"), Text{})
	}
	for i := range in.Expects {
		r := &in.Expects[i]
		r.Target = orElse(r.Target, d.c.scenario.Defaults.Target, 5*Minute)
		r.Limit = orElse(r.Limit, d.c.scenario.Defaults.Limit, 10*Minute)
		if r.Limit <= r.Target || r.Weight < 0 || r.Weight > 5 {
			return refuse(BadValue, Both("hành động %s: thời gian giới hạn phải dài hơn thời gian chuẩn, trọng số 0–5", "response %s: the limit must be longer than the target, weight 0–5", r.ID), Text{})
		}
	}
	if faults := d.c.adHocFaults(&in, d.byID); len(faults) > 0 {
		return refuse(BadValue, faults[0].Text, faults[0].Hint)
	}
	d.emit(&Event{Type: Written, Body: Body{ID: in.ID, Inject: &in}})
	d.release(len(d.injects)-1, "adhoc")
	return nil
}

func orElse(v ...Millis) Millis {
	for _, one := range v {
		if one > 0 {
			return one
		}
	}
	return 0
}

// adHocFaults checks an inject written during the drill as Compile checks
// those of the file.
func (c *Compiled) adHocFaults(in *Inject, before map[string]ref) Faults {
	extended := *c.scenario
	extended.Injects = append(append([]Inject(nil), c.scenario.Injects...), *in)
	k := &compiler{c: &Compiled{scenario: &extended, names: names{&extended, maps.Clone(c.names.ids)}}}
	path := at("injects", len(c.scenario.Injects))
	in.each(path, func(kd kind, id, path string) {
		if r, there := before[id]; there {
			k.twice(id, r, path)
			return
		}
		k.name(id, ref{kd, 0}, path)
	})
	k.inject(in, path)
	return k.faults
}
