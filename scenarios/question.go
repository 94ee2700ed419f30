package scenarios

import (
	"slices"

	"saban/engine"
)

// questions reports what is wrong with who is asked what.
func (f *File) questions() {
	s := f.Scenario
	asked, offered := map[string]bool{}, map[string]bool{}
	for i := range s.Injects {
		in := &s.Injects[i]
		for k, ask := range in.AskList() {
			path := index("injects", i)
			if len(in.Asks) > 0 {
				path = index(path+"/asks", k)
			}
			f.question(in, &ask, path)
			if ask.Role != "" && slices.ContainsFunc(in.Asks[:min(k, len(in.Asks))], func(a engine.Ask) bool { return a.Role == ask.Role }) {
				f.r.fault(path+"/role", RepeatedMention, engine.Both("vai %s bị hỏi hai lần", "role %s is asked twice", ask.Role), engine.Both("gộp thành một câu hỏi", "make it one question"))
			}
			asked[ask.Role] = true
			for _, id := range ask.Choices {
				offered[id] = true
			}
		}
		for j := range in.Expects {
			f.offer(i, &in.Expects[j], index(index("injects", i)+"/expects", j))
		}
	}
	for i, role := range s.Roles {
		if !role.Simulated && !asked[role.ID] {
			f.r.warn(index("roles", i), RoleNeverAsked, engine.Both("vai %s không bao giờ được hỏi gì", "role %s is never asked anything", role.ID),
				engine.Both("thêm việc cho vai này, hoặc đặt simulated: true", "give the role something to do, or make it simulated: true"))
		}
	}
	for i, x := range s.Prohibited {
		if !offered[x.ID] {
			f.neverOffered(index("prohibited", i), x.ID)
		}
	}
	for i, x := range s.Distractors {
		if !offered[x.ID] {
			f.neverOffered(index("distractors", i), x.ID)
		}
	}
}

func (f *File) neverOffered(path, id string) {
	f.r.warn(path, NeverOffered, engine.Both("không câu hỏi nào đưa ra %s", "no question offers %s", id),
		engine.Both("thêm vào also: của một tình huống", "add it under also: of an inject"))
}

// question reports a pick that cannot be made, or that leaves no room for all
// right answers.
func (f *File) question(in *engine.Inject, ask *engine.Ask, path string) {
	distinct := map[string]bool{}
	for _, id := range ask.Choices {
		if r := responseOf(f.Scenario, in, id); r != nil {
			if r.ID == id && len(r.Ways) > 0 {
				f.r.fault(path, OfferWays, engine.Both("%s có nhiều cách làm: đưa các cách ra để chọn", "%s is made in one of its ways: offer those", id),
					engine.Both("viết %s, … thay cho %s", "write %s, … in place of %s", r.Ways[0].ID, id))
			}
			id = r.ID // of several ways one is picked
		}
		distinct[id] = true
	}
	at := path
	if f.r.has(path + "/pick") {
		at = path + "/pick"
	}
	if f.r.bad[at] {
		return
	}
	if ask.Pick > len(distinct) {
		f.r.fault(at, BadPick, engine.Both("vai %s phải chọn %d trong %d lựa chọn", "role %s has to pick %d of %d choices", ask.Role, ask.Pick, len(distinct)),
			engine.Both("thêm lựa chọn hoặc giảm pick", "add choices or lower the pick"))
	}
	if right := rightAnswers(f.Scenario, in, ask); right > ask.Pick {
		f.r.fault(at, BadPick, engine.Both("vai %s có %d việc đúng nhưng chỉ chọn được %d", "role %s has %d right answers but picks %d", ask.Role, right, ask.Pick),
			engine.Both("đặt pick: %d, hoặc hỏi bớt việc", "set pick: %d, or ask for fewer of them", right))
	}
}

// offer reports a response that none of its owners is ever asked for, or only
// once its limit has passed.
func (f *File) offer(own int, x *engine.Response, path string) {
	s := f.Scenario
	first := engine.Millis(-1)
	for i := range s.Injects {
		in := &s.Injects[i]
		for _, ask := range in.AskList() {
			if !x.Owns(ask.Role) || !slices.ContainsFunc(ask.Choices, func(id string) bool { return makes(x, id) }) {
				continue
			}
			if i == own || in.Hand || s.Injects[own].Hand {
				return
			}
			if first < 0 || in.At < first {
				first = in.At
			}
		}
	}
	from := s.Injects[own].At
	switch {
	case first < 0:
		f.r.fault(path, NobodyAsked, engine.Both("không câu hỏi nào đưa %s cho người phải làm", "no question offers %s to anybody who owns it", x.ID),
			engine.Both("asks: thay cho mọi câu hỏi: thêm %s vào đó", "asks: replaces every question: add %s there", x.ID))
	case first > from+x.Limit && s.Injects[own].When == "":
		f.r.warn(path, OfferedTooLate, engine.Both("%s chỉ được hỏi từ %s, sau giới hạn của nó lúc %s", "%s is asked for at %s only, after its limit at %s", x.ID, first, from+x.Limit), engine.Text{})
	}
}

// makes reports whether a choice is the response or one of its ways.
func makes(x *engine.Response, choice string) bool {
	return x.ID == choice || slices.ContainsFunc(x.Ways, func(w engine.Way) bool { return w.ID == choice })
}
