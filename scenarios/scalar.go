package scenarios

import (
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"saban/engine"
)

// word returns a scalar that has to be a word: an id, a name from a list.
func (v value) word() (string, bool) {
	n := v.node
	if bareWord(n) {
		v.fault(BareWord, engine.Both("%s viết trần là đúng sai đối với nhiều bộ đọc YAML", "a bare %s means true or false to many YAML readers", n.Value),
			engine.Both("chọn từ khác, hoặc viết \"%s\" trong ngoặc kép", "choose another word, or quote it: \"%s\"", n.Value))
		return n.Value, false
	}
	if n.Kind != yaml.ScalarNode || n.Tag != "!!str" {
		v.wrong(engine.Both("một từ", "a word"), engine.Text{})
		return "", false
	}
	return n.Value, true
}

// bareWord reports the unquoted words that YAML 1.1 took for true and false.
func bareWord(n *yaml.Node) bool {
	if n.Kind != yaml.ScalarNode || n.Style != 0 {
		return false
	}
	switch strings.ToLower(n.Value) {
	case "on", "off", "yes", "no", "y", "n":
		return true
	}
	return false
}

// id reads an id. Whether it is well-formed and leads somewhere is for
// engine.Compile to say.
func (v value) id(into *string) {
	w, ok := v.word()
	if ok && w == "" {
		v.fault(EmptyValue, engine.Both("mã trống", "the id is empty"), engine.Both("điền mã, hoặc bỏ dòng này", "give one, or take the line out"))
	}
	if ok || w != "" {
		*into = w
	}
}

// ids reads a list of ids, each at most once.
func (v value) ids(into *[]string) {
	v.list(func(_ int, entry value) bool {
		var w string
		if entry.id(&w); w == "" {
			return false
		}
		return entry.once(w, into)
	})
}

// once adds a word to a list it may stand in once.
func (v value) once(w string, into *[]string) bool {
	for _, before := range *into {
		if before == w {
			v.fault(RepeatedMention, engine.Both("%s có hai lần trong danh sách", "%s is in this list twice", w), engine.Text{})
			return false
		}
	}
	*into = append(*into, w)
	return true
}

// plain reads a short text that has no languages: a name, a source, a date.
func (v value) plain(into *string) {
	if bareWord(v.node) {
		v.word()
		return
	}
	if v.node.Kind != yaml.ScalarNode || v.node.Tag == "!!bool" || v.node.Tag == "!!null" {
		v.wrong(engine.Both("một văn bản", "a text"), quoteIt)
		return
	}
	v.cut()
	*into = v.clean(v.node.Value)
}

// choice reads one of a few words.
func (v value) choice(code Code, into *string, words ...string) {
	w, ok := v.word()
	if !ok {
		return
	}
	for _, known := range words {
		if w == known {
			*into = w
			return
		}
	}
	hint := engine.Both("có thể là: %s", "one of: %s", strings.Join(words, ", "))
	if near := engine.Closest(w, words); near != "" {
		hint = engine.Both("có phải là %s?", "did you mean %s?", near)
	}
	v.fault(code, engine.Both("không có lựa chọn %q ở đây", "%q is none of the words known here", head(w, 60)), hint)
}

// truth reads true or false.
func (v value) truth(into *bool) {
	if v.node.Kind == yaml.ScalarNode && v.node.Style == 0 {
		switch v.node.Value {
		case "true":
			*into = true
			return
		case "false":
			*into = false
			return
		}
	}
	v.wrong(engine.Both("true hoặc false viết thường", "true or false in small letters"), engine.Both("viết true hoặc false", "write true or false"))
}

// whole reads a whole number from low to high.
func (v value) whole(code Code, into *int, low, high int) {
	n, err := strconv.Atoi(v.node.Value)
	plain := v.node.Kind == yaml.ScalarNode && v.node.Style == 0
	if !plain || err != nil && v.node.Tag != "!!int" {
		v.wrong(engine.Both("một số nguyên", "a whole number"), engine.Both("viết số từ %d đến %d", "write a number from %d to %d", low, high))
		return
	}
	if err != nil || n < low || n > high || v.node.Value != strconv.Itoa(n) {
		v.fault(code, engine.Both("%s không nằm trong %d…%d", "%s is not within %d…%d", head(v.node.Value, 40), low, high),
			engine.Both("viết số từ %d đến %d", "write a number from %d to %d", low, high))
		return
	}
	*into = n
}

// ratio reads a number of at most nine decimals, or a fraction.
func (v value) ratio(into *engine.Ratio, most engine.Ratio) {
	v.number(into, most, engine.Both("viết 0.8 hoặc 6/7", "write 0.8 or 6/7"))
}

func (v value) number(into *engine.Ratio, most engine.Ratio, hint engine.Text) {
	if v.node.Kind != yaml.ScalarNode || v.node.Style != 0 || v.node.Value == "" {
		v.wrong(engine.Both("một số", "a number"), hint)
		return
	}
	n, ok := engine.ParseRatio(v.node.Value)
	switch {
	case !ok:
		v.fault(BadNumber, engine.Both("%q không phải một số không âm, nhiều nhất chín chữ số lẻ", "%q is no number from 0 up of at most nine decimals", head(v.node.Value, 40)), hint)
	case n > most:
		v.fault(BadNumber, engine.Both("%s lớn hơn %s", "%s is more than %s", head(v.node.Value, 40), most), hint)
	default:
		*into = n
	}
}

// span reads a duration.
func (v value) span(into *engine.Millis) {
	n := v.node
	hint := engine.Both("viết như 90s, 12m, 1h30m", "write it like 90s, 12m, 1h30m")
	if n.Kind != yaml.ScalarNode || n.Value == "" || bareWord(n) || n.Tag == "!!bool" || n.Tag == "!!null" {
		v.wrong(engine.Both("một thời lượng", "a duration"), hint)
		return
	}
	ms, ok := engine.ParseDuration(n.Value)
	switch {
	case ok && (ms%engine.Second == 0 && !strings.Contains(n.Value, "ms") || v.r.Millis):
		*into = ms
	case ok:
		v.fault(BadDuration, engine.Both("%q lẻ giây: kịch bản tính từng giây", "%q is finer than a second, a scenario counts whole seconds", n.Value), hint)
	case n.Tag == "!!int" || n.Tag == "!!float":
		v.fault(BadDuration, engine.Both("%s thiếu đơn vị thời gian", "%s lacks a unit of time", head(n.Value, 40)),
			engine.Both("viết %ss hoặc %sm", "write %ss or %sm", head(n.Value, 20), head(n.Value, 20)))
	case strings.Contains(n.Value, ":"):
		v.fault(BadDuration, engine.Both("%q viết kiểu đồng hồ, có bộ đọc YAML coi là số hệ 60", "%q is written like a clock, which some YAML readers take for a base-60 number", head(n.Value, 40)),
			engine.Both("viết 1m30s cho 1 phút 30 giây, 1h30m cho 1 giờ 30 phút", "write 1m30s for 1 minute 30 seconds, 1h30m for 1 hour 30 minutes"))
	default:
		v.fault(BadDuration, engine.Both("%q không phải thời lượng", "%q is no duration", head(n.Value, 40)), hint)
	}
}

// version reads the number of the format, which has to be 1.
func (v value) version() {
	if v.node.Kind != yaml.ScalarNode || v.node.Value != "1" || v.node.Style != 0 {
		v.fault(BadVersion, engine.Both("chỉ biết định dạng số 1", "only version 1 of the format is known"), engine.Both("viết 1", "write 1"))
	}
}
