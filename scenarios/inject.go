package scenarios

import (
	"gopkg.in/yaml.v3"

	"saban/engine"
)

// Channels are the ways an inject may come.
var Channels = []string{"phone", "radio", "cctv", "walk_in", "scada_alarm", "alarm_panel", "sms", "email", "social_media", "news", "superior_order"}

func (v value) injects(into *[]engine.Inject) {
	v.list(func(i int, entry value) bool {
		*into = append(*into, engine.Inject{})
		read(entry, injectKeys, &(*into)[i])
		return true
	})
}

var injectKeys = []key[engine.Inject]{
	{"id", must, func(v value, x *engine.Inject) { v.id(&x.ID) }},
	{"title", may, func(v value, x *engine.Inject) { v.text(&x.Title) }},
	{"at", may, func(v value, x *engine.Inject) { v.planned(x) }},
	{"when", may, func(v value, x *engine.Inject) { v.guard(&x.When) }},
	{"until", may, func(v value, x *engine.Inject) { v.span(&x.Until) }},
	{"expected_in", may, func(v value, x *engine.Inject) { v.id(&x.ExpectedIn) }},
	{"only_in", may, func(v value, x *engine.Inject) { v.ids(&x.OnlyIn) }},
	{"otherwise", may, func(v value, x *engine.Inject) { v.choice(BadChoice, &x.Otherwise, "hold", "skip") }},
	{"channel", may, func(v value, x *engine.Inject) { v.choice(UnknownChannel, &x.Channel, Channels...) }},
	{"from", may, func(v value, x *engine.Inject) { v.id(&x.From) }},
	{"to", must, func(v value, x *engine.Inject) { v.addressees(&x.To) }},
	{"text", must, func(v value, x *engine.Inject) { v.text(&x.Text) }},
	{"told", may, func(v value, x *engine.Inject) { v.told(&x.Told) }},
	{"note", may, func(v value, x *engine.Inject) { v.text(&x.Note) }},
	{"also", may, func(v value, x *engine.Inject) { v.also(&x.Also) }},
	{"asks", may, func(v value, x *engine.Inject) { v.asks(&x.Asks) }},
	{"expects", may, func(v value, x *engine.Inject) { v.responses(&x.Expects) }},
}

func (v value) planned(x *engine.Inject) {
	if v.node.Kind == yaml.ScalarNode && v.node.Value == "hand" {
		x.Hand = true
		return
	}
	v.span(&x.At)
}

// addressees reads a list of roles, or `all`, which is no list at all.
func (v value) addressees(into *[]string) {
	if v.node.Kind == yaml.ScalarNode && v.node.Style&yaml.TaggedStyle == 0 && !v.empty() {
		if v.node.Value != "all" {
			v.wrong(engine.Both("một danh sách vai, hoặc all", "a list of roles, or all,"), engine.Both("viết [%s]", "write [%s]", head(v.node.Value, 40)))
		}
		return
	}
	v.ids(into)
	if len(*into) == 0 && v.node.Kind == yaml.SequenceNode && !v.r.bad[v.path] {
		v.fault(NeverReceived, engine.Both("tình huống không gửi cho ai", "the inject goes to nobody"), engine.Both("viết to: all, hoặc nêu vai", "write to: all, or name roles"))
	}
}

// told reads one text, or one for each role.
func (v value) told(into *[]engine.RoleText) {
	if v.node.Kind != yaml.MappingNode || v.gives("vi") || v.gives("en") {
		var t engine.RoleText
		v.text(&t.Text)
		*into = append(*into, t)
		return
	}
	v.entries(func(_ int, role string, entry value) {
		t := engine.RoleText{Role: role}
		entry.text(&t.Text)
		*into = append(*into, t)
	})
}

func (v value) also(into *[]engine.Choices) {
	v.entries(func(_ int, role string, entry value) {
		c := engine.Choices{Role: role}
		ids := entry
		ids.path += "/ids"
		ids.ids(&c.IDs)
		*into = append(*into, c)
	})
}

func (v value) asks(into *[]engine.Ask) {
	v.list(func(i int, entry value) bool {
		*into = append(*into, engine.Ask{})
		read(entry, askKeys, &(*into)[i])
		return true
	})
}

var askKeys = []key[engine.Ask]{
	{"role", must, func(v value, x *engine.Ask) { v.id(&x.Role) }},
	{"choices", must, func(v value, x *engine.Ask) { v.ids(&x.Choices) }},
	{"pick", may, func(v value, x *engine.Ask) { v.whole(BadPick, &x.Pick, 1, 99) }},
	{"told", may, func(v value, x *engine.Ask) { v.text(&x.Told) }},
}
