package engine

// AskList derives the questions an inject puts to roles: each role named in
// `by` is asked with its own responses and ways, each role in `also` gets the
// further choices; a written `asks` replaces it all. Order is file order.
func (in *Inject) AskList() []Ask {
	if len(in.Asks) > 0 {
		return in.Asks
	}
	var asks []Ask
	of := func(role string) *Ask {
		for i := range asks {
			if asks[i].Role == role {
				return &asks[i]
			}
		}
		asks = append(asks, Ask{Role: role, Told: in.toldTo(role)})
		return &asks[len(asks)-1]
	}
	for i := range in.Expects {
		r := &in.Expects[i]
		ask := of(r.By)
		ask.Pick++
		if len(r.Ways) == 0 {
			ask.Choices = append(ask.Choices, r.ID)
		}
		for _, w := range r.Ways {
			ask.Choices = append(ask.Choices, w.ID)
		}
	}
	for _, also := range in.Also {
		ask := of(also.Role)
		ask.Choices = append(ask.Choices, also.IDs...)
	}
	for i := range asks {
		// A role with nothing but distractors still has to choose one.
		asks[i].Pick = max(asks[i].Pick, 1)
	}
	return asks
}

func (in *Inject) toldTo(role string) Text {
	var all Text
	for _, t := range in.Told {
		if t.Role == role {
			return t.Text
		}
		if t.Role == "" {
			all = t.Text
		}
	}
	return all
}

// Reads reports whether the inject is addressed to role: its text is for that
// role's eyes.
func (in *Inject) Reads(role string) bool {
	if len(in.To) == 0 {
		return true
	}
	for _, to := range in.To {
		if to == role {
			return true
		}
	}
	return false
}
