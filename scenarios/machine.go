package scenarios

import "saban/engine"

var aState = form[engine.State]{aGroup("state", stateKeys, rules{}).shape, value.state}

var someStates = aMapping(aState, func(x *engine.State) *string { return &x.ID })

func (v value) state(into *engine.State) {
	read(v, stateKeys, into)
	if into.Kind == engine.Escalated && (!v.r.has(v.path+"/at_least") || v.r.bad[v.path+"/at_least"]) {
		into.AtLeast = engine.DefaultDwell
	}
}

var stateKeys = []key[engine.State]{
	keyOf("kind", must, aChoice[engine.StateKind]("kind", BadChoice, "initial", "normal", "escalated", "contained", "failed"),
		func(x *engine.State) *engine.StateKind { return &x.Kind }),
	keyOf("phase", may, aChoice[string]("phase", BadChoice, "information", "response", "recovery", "hot_wash"),
		func(x *engine.State) *string { return &x.Phase }),
	keyOf("at_least", may, aDuration, func(x *engine.State) *engine.Millis { return &x.AtLeast }),
	keyOf("title", must, aText, func(x *engine.State) *engine.Text { return &x.Title }),
}

var transitionKeys = []key[engine.Transition]{
	keyOf("id", may, aBoxID, func(x *engine.Transition) *string { return &x.ID }),
	keyOf("from", must, anID, func(x *engine.Transition) *string { return &x.From }),
	keyOf("to", must, anID, func(x *engine.Transition) *string { return &x.To }),
	keyOf("when", must, aGuard, func(x *engine.Transition) *string { return &x.When }),
	keyOf("why", may, aText, func(x *engine.Transition) *engine.Text { return &x.Why }),
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
