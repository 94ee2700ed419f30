package scenarios

import (
	"strings"

	"gopkg.in/yaml.v3"

	"saban/engine"
)

// What people bring along from other files and other programs, and what to
// write instead.
var (
	curlyIt = engine.Both("“ ” không phải ngoặc kép của YAML: đặt cả văn bản trong \"…\"",
		"“ ” are no quotes of YAML: put the whole text in \"…\"")
	commaInGuard = engine.Both("dấu phẩy cắt điều kiện viết trong {…}; một sự kiện nhận một mã",
		"a comma ends a condition written in {…}; a fact takes one id")
	orOthers   = engine.Both("viết by: guard, or: [head]", "write by: guard, or: [head]")
	onePerRole = engine.Both("viết guard: [P01, D01], mỗi vai một dòng", "write guard: [P01, D01], one line a role")
	whoForWhom = engine.Both("viết electrician: guard khi bảo vệ kiêm việc của thợ điện", "write electrician: guard when the guard does the electrician's work")
	idFirst    = engine.Both("viết mã: …, mỗi mục một dòng", "write id: …, one entry a line")
)

// curly finds a text that begins with a quote of a word processor where YAML
// wants its own.
var curly = NewPattern(`(^\s*(- )?|[{,]\s*)\w+:\s*“`)

// quoteHint is quoteIt, or what is wrong with the quotes that a line has.
func quoteHint(line string) engine.Text {
	if curly().MatchString(head(line, longest)) {
		return curlyIt
	}
	return quoteIt
}

// cutOff explains a key that is really the rest of a value which a comma in
// {…} has cut: a decimal, a condition, a text.
func (v value) cutOff(name *yaml.Node) (hint engine.Text, is bool) {
	word := name.Value
	switch {
	case v.node.Style&yaml.FlowStyle != 0 && digits(word):
		if before := v.before(name); before != nil && digits(before.Value) {
			return engine.Both("số lẻ viết bằng dấu chấm: %s.%s", "a decimal is written with a point: %s.%s", before.Value, word), true
		}
	case strings.Contains(word, ")") && !strings.Contains(word, "("):
		return commaInGuard, true
	case sentence(word):
		return quoteHint(v.r.page.line(name.Line)), true
	}
	return engine.Text{}, false
}

// before is the value that stands in front of a key.
func (v value) before(name *yaml.Node) *yaml.Node {
	for i := 2; i < len(v.node.Content); i += 2 {
		if v.node.Content[i] == name {
			return v.node.Content[i-1]
		}
	}
	return nil
}

func digits(word string) bool {
	return word != "" && len(word) < 10 && strings.Trim(word, "0123456789") == ""
}

// Roles of which there is one, where a list comes to mind.
var (
	anOwner  = form[string]{anID.shape, func(v value, into *string) { v.oneRole(into, orOthers) }}
	aStandIn = form[string]{anID.shape, func(v value, into *string) { v.oneRole(into, whoForWhom) }}
)

func (v value) oneRole(into *string, hint engine.Text) {
	if v.node.Kind == yaml.SequenceNode {
		v.wrong(engine.Both("một vai", "one role"), hint)
		return
	}
	v.id(into)
}

// notPlanned reports the time of an inject that is neither a duration nor
// hand.
func (v value) notPlanned() {
	word := head(v.node.Value, 40)
	hint := engine.Both("viết như 12m, hoặc hand để phát bằng tay", "write it like 12m, or hand for release by the facilitator")
	if engine.ValidID(word) {
		hint = engine.Both("viết như 12m, hoặc hand để phát bằng tay; theo tham số thì thay at bằng when: clock >= %s",
			"write it like 12m, or hand for release by the facilitator; for a parameter write when: clock >= %s in place of at", word)
	}
	v.fault(BadDuration, engine.Both("%q không phải thời lượng", "%q is no duration", word), hint)
}
