package engine

// references checks that every id named anywhere leads where it should.
func (k *compiler) references() {
	s := k.c.scenario
	for i := range s.Objectives {
		o := &s.Objectives[i]
		if o.Capability != "" && !knownCapability(o.Capability) {
			k.fault(at("objectives", i)+"/capability", badCapability(o.Capability), capabilityHint)
		}
	}
	for i := range s.Prohibited {
		p := &s.Prohibited[i]
		if p.Capability != "" && !knownCapability(p.Capability) {
			k.fault(at("prohibited", i)+"/capability", badCapability(p.Capability), capabilityHint)
		}
	}
	for i := range s.Injects {
		k.inject(&s.Injects[i], at("injects", i))
	}
	k.afterCycles()
}

var capabilityHint = Both("dùng NB, BV, CH, KV, TT hoặc KP", "use NB, BV, CH, KV, TT or KP")

func badCapability(c Capability) Text {
	return Both("không có nhóm năng lực %q", "there is no capability %q", c)
}

func knownCapability(c Capability) bool {
	for _, known := range Capabilities {
		if c == known {
			return true
		}
	}
	return false
}

// want faults an id that is not of one of the kinds.
func (k *compiler) want(path, id string, kinds ...kind) bool {
	if id == "" || k.c.names.is(id, kinds...) {
		return true
	}
	if found, ok := k.c.names.find(id); ok {
		k.fault(path, Text{
			VI: id + " là " + found.kind.text().VI + ", ở đây cần " + kinds[0].text().VI,
			EN: id + " is " + found.kind.text().EN + ", here " + kinds[0].text().EN + " is wanted",
		}, Text{})
		return false
	}
	k.fault(path, Text{
		VI: "không có " + trimArticle(kinds[0].text().VI) + " nào tên " + id,
		EN: "there is no " + trimArticle(kinds[0].text().EN) + " " + id,
	}, k.c.names.near(id, kinds))
	return false
}

func (k *compiler) player(path, id string) {
	if !k.want(path, id, kindRole) {
		return
	}
	if r := k.c.scenario.Role(id); r != nil && r.Simulated {
		k.fault(path, Both("vai %s do Ban Đạo diễn đóng, không phải người tham gia", "role %s is simulated by exercise control and no player", id), Text{})
	}
}

func (k *compiler) inject(in *Inject, path string) {
	k.want(path+"/expected_in", in.ExpectedIn, kindState)
	for i, s := range in.OnlyIn {
		k.want(at(path+"/only_in", i), s, kindState)
	}
	k.want(path+"/from", in.From, kindRole)
	for i, to := range in.To {
		k.player(at(path+"/to", i), to)
	}
	for i, t := range in.Told {
		k.player(at(path+"/told", i), t.Role)
	}
	for i, also := range in.Also {
		k.player(at(path+"/also", i), also.Role)
		for j, id := range also.IDs {
			k.want(at(at(path+"/also", i)+"/ids", j), id, kindProhibited, kindDistractor, kindResponse, kindWay)
		}
	}
	for i := range in.Asks {
		k.player(at(path+"/asks", i)+"/role", in.Asks[i].Role)
		for j, id := range in.Asks[i].Choices {
			k.want(at(at(path+"/asks", i)+"/choices", j), id, kindResponse, kindWay, kindProhibited, kindDistractor)
		}
	}
	for i := range in.Expects {
		k.response(&in.Expects[i], at(path+"/expects", i))
	}
}

func (k *compiler) response(r *Response, path string) {
	k.player(path+"/by", r.By)
	for i, or := range r.Or {
		k.player(at(path+"/or", i), or)
	}
	for i, after := range r.After {
		k.want(at(path+"/after", i), after, kindResponse)
	}
	k.want(path+"/objective", r.Objective, kindObjective)
	if r.Capability != "" && !knownCapability(r.Capability) {
		k.fault(path+"/capability", badCapability(r.Capability), capabilityHint)
	}
	if r.Boxes != "" && k.c.scenario.BoxSet(r.Boxes) == nil {
		k.fault(path+"/boxes", Both("không có bộ ô nội dung %q", "there is no box set %q", r.Boxes), k.nearBoxes(r.Boxes))
	}
}

func (k *compiler) nearBoxes(id string) Text {
	known := []string{EthaneBoxes.ID}
	for _, b := range k.c.scenario.Boxes {
		known = append(known, b.ID)
	}
	if c := Closest(id, known); c != "" {
		return Both("có phải là %s?", "did you mean %s?", c)
	}
	return Both("khai trong boxes:, hoặc dùng ethane có sẵn", "declare it under boxes:, or use the built-in ethane")
}

// afterCycles finds responses that wait for each other.
func (k *compiler) afterCycles() {
	const (
		unseen = iota
		open
		closed
	)
	mark := map[string]int{}
	s := k.c.scenario
	var walk func(id string) bool
	walk = func(id string) bool {
		_, r := s.FindResponse(id)
		if r == nil || mark[id] == closed {
			return false
		}
		if mark[id] == open {
			return true
		}
		mark[id] = open
		defer func() { mark[id] = closed }()
		for _, before := range r.After {
			if walk(before) {
				return true
			}
		}
		return false
	}
	for i := range s.Injects {
		for j := range s.Injects[i].Expects {
			if r := &s.Injects[i].Expects[j]; walk(r.ID) {
				k.fault(at("injects", i)+at("/expects", j)+"/after",
					Both("%s chờ chính nó qua chuỗi after", "%s waits for itself through after", r.ID),
					Both("bỏ một mắt của vòng", "take one link out of the circle"))
			}
		}
	}
}
