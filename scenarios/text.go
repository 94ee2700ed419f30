package scenarios

import (
	"strings"

	"golang.org/x/text/unicode/norm"
	"gopkg.in/yaml.v3"

	"saban/engine"
)

var textKeys = []key[engine.Text]{
	keyOf("vi", owed, aProse, func(t *engine.Text) *string { return &t.VI }),
	keyOf("en", owed, aProse, func(t *engine.Text) *string { return &t.EN }),
}

// text reads {vi: …, en: …}, or a plain text in the file's language.
func (v value) text(into *engine.Text) {
	if v.node.Kind == yaml.MappingNode {
		read(v, textKeys, into)
		for _, lang := range []engine.Lang{engine.VI, engine.EN} {
			if path := v.path + "/" + string(lang); !v.r.has(path) && !v.r.Lone && !v.r.bad[v.path] {
				v.fault(MissingLanguage, missing(lang), engine.Both("thêm %s: \"…\"", "add %s: \"…\"", lang))
			}
		}
		if v.r.Lone && len(v.node.Content) == 0 {
			v.fault(EmptyValue, engine.Both("văn bản trống", "the text is empty"), engine.Both("thêm vi: \"…\"", "add vi: \"…\""))
		}
		return
	}
	one, other := &into.VI, engine.EN
	if v.r.lang == engine.EN {
		one, other = &into.EN, engine.VI
	}
	v.prose(one)
	if *one != "" && !v.r.Lone {
		v.r.warn(v.path, MissingLanguage, missing(other), engine.Both("viết {vi: \"…\", en: \"…\"}", "write {vi: \"…\", en: \"…\"}"))
	}
}

func missing(lang engine.Lang) engine.Text {
	if lang == engine.VI {
		return engine.Both("thiếu bản tiếng Việt", "the Vietnamese is missing")
	}
	return engine.Both("thiếu bản tiếng Anh", "the English is missing")
}

// prose reads a text in one language.
func (v value) prose(into *string) {
	n := v.node
	switch {
	case n.Kind == yaml.ScalarNode && n.Style&yaml.TaggedStyle != 0:
		return // said already
	case bareWord(n):
		v.word()
		return
	case n.Kind != yaml.ScalarNode:
		v.wrong(engine.Both("một văn bản", "a text"), quoteIt)
		return
	case n.Tag != "!!str":
		v.wrong(engine.Both("một văn bản", "a text"), quoteText)
		return
	}
	v.cut()
	*into = v.clean(n.Value)
	if *into == "" {
		v.fault(EmptyValue, engine.Both("văn bản trống", "the text is empty"), engine.Text{})
	}
}

// clean brings a text to NFC and takes white space from its ends.
func (v value) clean(text string) string {
	for _, r := range text {
		if unseen(r) && r != '\n' {
			v.fault(ControlChar, engine.Both("văn bản có ký tự điều khiển U+%04X", "the text holds the control character U+%04X", r), engine.Text{})
			break
		}
	}
	return strings.TrimSpace(norm.NFC.String(text))
}

// cut warns of an unquoted text that a # has ended: "mã #3" is "mã".
func (v value) cut() {
	if v.node.Style != 0 {
		return
	}
	_, rest := v.r.page.split(v.node.Line, v.node.Column)
	after, ok := strings.CutPrefix(rest, v.node.Value)
	if !ok || !strings.HasPrefix(after, " #") {
		return
	}
	at := v.r.page.of(v.node)
	at.col += len([]rune(v.node.Value)) + 1
	at.width, at.path = len([]rune(strings.TrimSpace(after))), v.path
	v.r.report(at, Warning, CutByHash, engine.Both("văn bản bị cắt ở dấu #: phần sau là chú thích của YAML", "the text ends at this #: the rest is a comment of YAML"),
		engine.Both("đặt cả câu trong ngoặc kép, hoặc để hai dấu cách trước chú thích", "quote the whole text, or put two spaces before a comment"))
}

// placeholders calls visit for each ${name} of a text.
func placeholders(text string, visit func(name string, closed bool)) {
	for {
		_, rest, found := strings.Cut(text, "${")
		if !found {
			return
		}
		name, after, closed := strings.Cut(rest, "}")
		if closed = closed && !strings.ContainsAny(name, "\n {$"); !closed {
			name, after = "", rest
		}
		visit(name, closed)
		text = after
	}
}

// fill puts the values of parameters where a text names them.
func fill(text string, lang engine.Lang, parameters []engine.Parameter) string {
	if !strings.Contains(text, "${") {
		return text
	}
	var pairs []string
	for _, p := range parameters {
		shown := p.Value
		if p.Timed {
			shown = spell(p.Duration, lang)
		}
		pairs = append(pairs, "${"+p.ID+"}", shown)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}
