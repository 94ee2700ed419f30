package scenarios

import "saban/engine"

// lint finds what engine.Compile has no opinion on: times that cannot be,
// questions nobody can answer, states nobody comes to. compiled is nil when
// references or guards are wrong. Where ids are wrong, rules that would only
// repeat it in other words are left out.
func (f *File) lint(compiled *engine.Compiled) {
	f.times()
	f.silences()
	if !f.r.shaken["injects"] && !f.r.shaken["roles"] {
		f.questions()
		f.reports()
	}
	if len(f.Scenario.States) > 0 && !f.r.shaken["states"] && !f.r.shaken["transitions"] {
		f.reach()
		if compiled != nil {
			f.endless(compiled)
			f.mild(compiled)
		}
	}
	if f.Scenario.Review.By == "" && !f.r.bad["review/by"] && !f.r.bad["review"] {
		f.r.warn("review/by", NotReviewed, engine.Both("chưa ai xác nhận kịch bản là hư cấu và chỉ để phòng vệ", "nobody has vouched that the scenario is fictional and defensive"),
			engine.Both("điền review: {by: …, date: …} sau khi có người đọc duyệt", "fill in review: {by: …, date: …} once somebody has read it"))
	}
}

// times reports when things cannot happen.
func (f *File) times() {
	s := f.Scenario
	if s.Duration == 0 && f.r.has("duration") && !f.r.bad["duration"] {
		f.r.fault("duration", BadDuration, engine.Both("buổi diễn tập phải dài hơn 0s", "a drill has to be longer than 0s"), engine.Text{})
	}
	for i := range s.Injects {
		in, path := &s.Injects[i], index("injects", i)
		f.moment(in, path)
		for j := range in.Expects {
			x, at := &in.Expects[j], index(path+"/expects", j)
			if x.Limit <= x.Target {
				f.r.limitNotLater(at, x)
			} else if !in.Hand && s.Duration > 0 && in.At+x.Limit > s.Duration && in.At <= s.Duration {
				f.r.warn(at+"/limit", LimitPastEnd, engine.Both("%s: giới hạn %s sau %s là quá giờ kết thúc %s", "%s: the limit %s after %s lies past the end at %s", x.ID, x.Limit, in.At, s.Duration),
					engine.Both("phát sớm hơn, rút ngắn giới hạn hoặc kéo dài buổi diễn tập", "release it earlier, shorten the limit or lengthen the drill"))
			}
		}
	}
}

// moment reports what is wrong with when an inject is released.
func (f *File) moment(in *engine.Inject, path string) {
	r := f.r
	hasAt, hasWhen := r.has(path+"/at"), r.has(path+"/when")
	switch {
	case r.bad[path+"/at"] || r.bad[path+"/when"] || r.bad[path]:
	case !hasAt && !hasWhen:
		r.fault(path, NoTime, engine.Both("tình huống %s không có giờ phát", "inject %s has no time", in.ID),
			engine.Both("thêm at: 12m, at: hand hoặc when: …", "add at: 12m, at: hand or when: …"))
	case in.Hand && hasWhen:
		r.fault(path+"/at", HandWithWhen, engine.Both("at: hand không đi cùng when", "at: hand does not go with when"),
			engine.Both("phát bằng tay hoặc theo điều kiện, chọn một", "released by hand or on a condition, choose one"))
	}
	if r.has(path+"/until") && !r.bad[path+"/until"] {
		switch {
		case !hasWhen:
			r.fault(path+"/until", Misplaced, engine.Both("until chỉ đi cùng when", "until goes with when only"), engine.Text{})
		case in.Until < in.At || in.Until == 0:
			r.fault(path+"/until", UntilBeforeAt, engine.Both("until %s ở trước at %s", "until %s is before at %s", in.Until, in.At), engine.Text{})
		}
	}
	if r.has(path+"/otherwise") && !r.has(path+"/only_in") {
		r.fault(path+"/otherwise", Misplaced, engine.Both("otherwise chỉ đi cùng only_in", "otherwise goes with only_in only"), engine.Text{})
	}
	if d := f.Scenario.Duration; d > 0 && in.At > d {
		r.fault(path+"/at", AfterTheEnd, engine.Both("tình huống %s ở %s, sau giờ kết thúc %s", "inject %s at %s comes after the end at %s", in.ID, in.At, d),
			engine.Both("kéo dài duration hoặc phát sớm hơn", "lengthen the duration or release it earlier"))
	}
}

// limitNotLater reports a response whose limit does not come after its target.
func (r *reader) limitNotLater(path string, x *engine.Response) {
	at := path + "/limit"
	switch {
	case r.has(at):
	case r.has(path + "/target"):
		at = path + "/target"
	default:
		at = "defaults/limit"
	}
	if r.bad[at] || r.bad[path+"/target"] || r.bad["defaults/target"] {
		return
	}
	r.fault(at, LimitNotLater, engine.Both("%s: giới hạn %s không dài hơn thời gian chuẩn %s", "%s: the limit %s is not longer than the target %s", x.ID, x.Limit, x.Target),
		engine.Both("giới hạn là lúc coi như không làm được", "the limit is when it counts as not done"))
}

// reports finds what will be missing from the after-action report.
func (f *File) reports() {
	s := f.Scenario
	used := map[string]bool{}
	for i := range s.Injects {
		for j := range s.Injects[i].Expects {
			x := &s.Injects[i].Expects[j]
			used[x.Objective] = true
			if s.CapabilityOf(x) == "" && !f.r.shaken["objectives"] {
				f.r.warn(index(index("injects", i)+"/expects", j), NoCapability, engine.Both("%s không tính vào nhóm năng lực nào", "%s counts for no capability", x.ID),
					engine.Both("thêm objective hoặc capability", "add an objective or a capability"))
			}
		}
	}
	for i, o := range s.Objectives {
		if !used[o.ID] {
			f.r.warn(index("objectives", i), UnusedObjective, engine.Both("không hành động nào phục vụ mục tiêu %s", "no response serves the objective %s", o.ID), engine.Text{})
		}
	}
}
