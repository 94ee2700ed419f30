package scenarios

import "saban/engine"

func (v value) states(into *[]engine.State) {
	v.entries(func(_ int, id string, entry value) {
		x := engine.State{ID: id}
		read(entry, stateKeys, &x)
		if x.Kind == engine.Escalated && !entry.r.has(entry.path+"/at_least") {
			x.AtLeast = engine.DefaultDwell
		}
		*into = append(*into, x)
	})
}

var stateKeys = []key[engine.State]{
	{"kind", must, func(v value, x *engine.State) {
		v.choice(BadChoice, (*string)(&x.Kind), "initial", "normal", "escalated", "contained", "failed")
	}},
	{"phase", may, func(v value, x *engine.State) {
		v.choice(BadChoice, &x.Phase, "information", "response", "recovery", "hot_wash")
	}},
	{"at_least", may, func(v value, x *engine.State) { v.span(&x.AtLeast) }},
	{"title", must, func(v value, x *engine.State) { v.text(&x.Title) }},
}

func (v value) transitions(into *[]engine.Transition) {
	v.list(func(i int, entry value) bool {
		*into = append(*into, engine.Transition{})
		read(entry, transitionKeys, &(*into)[i])
		return true
	})
}

var transitionKeys = []key[engine.Transition]{
	{"id", may, func(v value, x *engine.Transition) { v.boxID(&x.ID) }},
	{"from", must, func(v value, x *engine.Transition) { v.id(&x.From) }},
	{"to", must, func(v value, x *engine.Transition) { v.id(&x.To) }},
	{"when", must, func(v value, x *engine.Transition) { v.guard(&x.When) }},
	{"why", may, func(v value, x *engine.Transition) { v.text(&x.Why) }},
}

// guard reads a condition. What it says is for engine.Compile to read.
func (v value) guard(into *string) {
	if v.node.Style == 0 && v.node.Value != "" && v.node.Tag == "!!bool" {
		v.wrong(engine.Both("một điều kiện", "a condition"), engine.Both("đường chuyển luôn đúng: viết elapsed >= 0s", "for a move at once write elapsed >= 0s"))
		return
	}
	if w, ok := v.word(); ok {
		*into = w
		if w == "" {
			v.fault(EmptyValue, engine.Both("điều kiện trống", "the condition is empty"), engine.Text{})
		}
	}
}
