package scenarios

import (
	"gopkg.in/yaml.v3"

	"saban/engine"
)

// Channels are the ways an inject may come.
var Channels = []string{"phone", "radio", "cctv", "walk_in", "scada_alarm", "alarm_panel", "sms", "email", "social_media", "news", "superior_order"}

var channelTitles = map[string]engine.Text{
	"phone": {VI: "điện thoại", EN: "phone"}, "radio": {VI: "bộ đàm", EN: "radio"}, "cctv": {VI: "camera", EN: "CCTV"},
	"walk_in": {VI: "gặp trực tiếp", EN: "in person"}, "scada_alarm": {VI: "cảnh báo SCADA", EN: "SCADA alarm"},
	"alarm_panel": {VI: "tủ báo động", EN: "alarm panel"}, "sms": {VI: "tin nhắn", EN: "SMS"}, "email": {VI: "thư điện tử", EN: "email"},
	"social_media": {VI: "mạng xã hội", EN: "social media"}, "news": {VI: "báo chí", EN: "news"}, "superior_order": {VI: "lệnh cấp trên", EN: "order from above"},
}

// ChannelTitle is a channel in words; a channel nobody knows is its own title.
func ChannelTitle(name string) engine.Text {
	if words, ok := channelTitles[name]; ok {
		return words
	}
	return engine.Same(name)
}

var anInject = aGroup("inject", injectKeys, rules{
	Any:  []string{"at", "when"},
	With: map[string]company{"until": {Must: []string{"when"}}, "otherwise": {Must: []string{"only_in"}}},
})

var injectKeys = []key[engine.Inject]{
	keyOf("id", must, anID, func(x *engine.Inject) *string { return &x.ID }),
	keyOf("title", may, aText, func(x *engine.Inject) *engine.Text { return &x.Title }),
	{"at", may, either(aDuration.shape, oneWord("hand", "hand")), value.planned},
	keyOf("when", may, aGuard, func(x *engine.Inject) *string { return &x.When }),
	keyOf("until", may, aDuration, func(x *engine.Inject) *engine.Millis { return &x.Until }),
	keyOf("expected_in", may, anID, func(x *engine.Inject) *string { return &x.ExpectedIn }),
	keyOf("only_in", may, someIDs, func(x *engine.Inject) *[]string { return &x.OnlyIn }),
	keyOf("otherwise", may, aChoice[string]("otherwise", BadChoice, "hold", "skip"), func(x *engine.Inject) *string { return &x.Otherwise }),
	keyOf("channel", may, aChoice[string]("channel", UnknownChannel, Channels...), func(x *engine.Inject) *string { return &x.Channel }),
	keyOf("from", may, anID, func(x *engine.Inject) *string { return &x.From }),
	keyOf("to", must, someAddressees, func(x *engine.Inject) *[]string { return &x.To }),
	keyOf("text", must, aText, func(x *engine.Inject) *engine.Text { return &x.Text }),
	keyOf("told", may, aRelay, func(x *engine.Inject) *[]engine.RoleText { return &x.Told }),
	keyOf("note", may, aText, func(x *engine.Inject) *engine.Text { return &x.Note }),
	keyOf("also", may, someChoices, func(x *engine.Inject) *[]engine.Choices { return &x.Also }),
	keyOf("asks", may, aList(aGroup("ask", askKeys, rules{})), func(x *engine.Inject) *[]engine.Ask { return &x.Asks }),
	keyOf("expects", may, aList(aResponse), func(x *engine.Inject) *[]engine.Response { return &x.Expects }),
}

func (v value) planned(x *engine.Inject) {
	if v.node.Kind == yaml.ScalarNode && v.node.Value == "hand" {
		x.Hand = true
		return
	}
	if word := v.node.Value; v.node.Tag == "!!str" && !bareWord(v.node) && word != "" && !digits(word[:1]) {
		v.notPlanned()
		return
	}
	v.span(&x.At)
}

var someAddressees = form[[]string]{
	either(&shape{Kind: shapeList, Of: anID.shape, Unique: true, Filled: true}, oneWord("all", "all")), value.addressees}

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

var aRelay = form[[]engine.RoleText]{
	either(aText.shape, &shape{Kind: shapeMapping, By: &shape{Kind: shapeID, Except: []string{"vi", "en"}}, Of: aText.shape}), value.told}

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

var someChoices = form[[]engine.Choices]{&shape{Kind: shapeMapping, By: anID.shape, Of: someIDs.shape}, value.also}

func (v value) also(into *[]engine.Choices) {
	if !v.mapping(onePerRole) {
		return
	}
	v.entries(func(_ int, role string, entry value) {
		c := engine.Choices{Role: role}
		ids := entry
		ids.path += "/ids"
		ids.ids(&c.IDs)
		*into = append(*into, c)
	})
}

var askKeys = []key[engine.Ask]{
	keyOf("role", must, anID, func(x *engine.Ask) *string { return &x.Role }),
	keyOf("choices", must, someIDs, func(x *engine.Ask) *[]string { return &x.Choices }),
	keyOf("pick", may, aWhole(BadPick, 1, 99), func(x *engine.Ask) *int { return &x.Pick }),
	keyOf("told", may, aText, func(x *engine.Ask) *engine.Text { return &x.Told }),
}
