package scenarios

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"saban/engine"
)

// reader turns one file's tree into values and gathers what is wrong with it.
type reader struct {
	page *page
	lang engine.Lang // of plain texts
	dialect
	found   Findings
	places  map[string]place // by path from the top: what the file gives, and where
	bad     map[string]bool  // paths a mistake was found at
	shaken  map[string]bool  // top-level keys under which ids or structure are wrong
	skipped int              // findings beyond maxFindings
	graver  bool             // an error is among them
	huge    bool             // too large to be judged as a whole
	lost    bool             // something that may define ids could not be read
}

func newReader(p *page, d dialect) *reader {
	return &reader{page: p, lang: engine.VI, dialect: d, places: map[string]place{}, bad: map[string]bool{}, shaken: map[string]bool{}}
}

// has reports whether the file gives something at path.
func (r *reader) has(path string) bool { _, ok := r.places[path]; return ok }

// place finds path, or the nearest thing around it that the file gives.
func (r *reader) place(path string) place {
	for path != "" {
		if at, ok := r.places[path]; ok {
			return at
		}
		path = path[:max(strings.LastIndexByte(path, '/'), 0)]
	}
	return place{page: r.page, line: 1, col: 1, width: 1}
}

func (r *reader) report(at place, s Severity, code Code, text, hint engine.Text) {
	if len(r.found) >= maxFindings {
		r.skipped++
		r.graver = r.graver || s == Error
		return
	}
	f := at.finding(s, code)
	f.Text, f.Hint = text, hint
	r.found = append(r.found, f)
}

// fault reports an error at a path.
func (r *reader) fault(path string, code Code, text, hint engine.Text) {
	r.mar(path, code)
	at := r.place(path)
	at.path = path
	r.report(at, Error, code, text, hint)
}

// mar remembers that a path has a mistake, and whether what hangs together
// with it can still be judged.
func (r *reader) mar(path string, code Code) {
	r.bad[path] = true
	switch code {
	case DuplicateKey, MissingKey, WrongType, BareWord, EmptyValue, TagUsed, AliasUsed,
		BadID, ReservedID, RepeatedID, BadReference, BadChoice, InitialState, LeavesFinal, SelfTransition, RepeatedMention:
		r.shake(path)
		r.lost = r.lost || code < BadID && defines(path)
	}
}

// shake remembers that ids or structure are wrong somewhere under a top-level
// key.
func (r *reader) shake(path string) {
	section, _, _ := strings.Cut(path, "/")
	r.shaken[section] = true
}

// defines reports whether what stands at a path may have brought ids: a whole
// section, one entry of it, or what an inject expects.
func defines(path string) bool {
	section, below, _ := strings.Cut(path, "/")
	switch section {
	case "parameters", "objectives", "flags", "roles", "states", "injects", "prohibited", "distractors":
		last := below[strings.LastIndexByte(below, '/')+1:]
		return last == "" || last == "id" || last == "expects" || last == "ways" || last[0] >= '0' && last[0] <= '9'
	}
	return false
}

// warn reports a warning at a path.
func (r *reader) warn(path string, code Code, text, hint engine.Text) {
	at := r.place(path)
	at.path = path
	r.report(at, Warning, code, text, hint)
}

// findings returns all that was found, in the order of the file.
func (r *reader) findings() Findings {
	out := r.found.Sorted()
	if r.skipped > 0 {
		last, severity := out[len(out)-1], Warning
		if r.graver {
			severity = Error
		}
		out = append(out, Finding{File: last.File, Line: last.Line, Col: last.Col, Severity: severity, Code: TooMany,
			Text: engine.Both("và %d chỗ nữa", "and %d more", r.skipped),
			Hint: engine.Both("sửa những lỗi trên rồi kiểm tra lại", "mend these and check again")})
	}
	return out
}

// value is something a file gives, and where it stands.
type value struct {
	r    *reader
	node *yaml.Node
	path string
}

func (r *reader) value(n *yaml.Node, path string) value {
	r.places[path] = r.page.of(n)
	return value{r, n, path}
}

// under is value for what stands under a key. A block, or nothing at all, is
// shown at its key: it begins somewhere below, or nowhere.
func (r *reader) under(key, n *yaml.Node, path string) value {
	v := r.value(n, path)
	if n.Kind != yaml.ScalarNode && n.Style&yaml.FlowStyle == 0 || v.empty() {
		r.places[path] = r.page.of(key)
	}
	return v
}

func (v value) fault(code Code, text, hint engine.Text) { v.r.fault(v.path, code, text, hint) }

// faultAt reports an error at a node beside the value.
func (v value) faultAt(n *yaml.Node, code Code, text, hint engine.Text) {
	v.r.mar(v.path, code)
	v.r.report(v.r.page.of(n), Error, code, text, hint)
}

// under returns the path of a key of the value.
func (v value) under(name string) string {
	if v.path == "" {
		return name
	}
	return v.path + "/" + name
}

// key is one key of a mapping: what it is called, whether it has to be there,
// what may stand there, and what reads it.
type key[T any] struct {
	name  string
	need  need
	shape *shape
	read  func(v value, into *T)
}

type need uint8

const (
	may  need = iota
	must      // its absence is reported by read
	owed      // its absence is reported by the reader of the mapping
)

// read fills into from the mapping v by a table of keys.
func read[T any](v value, keys []key[T], into *T) {
	if !v.mapping(known(keys)) {
		return
	}
	seen := map[string]*yaml.Node{}
	content := v.content(2)
	for i := 0; i+1 < len(content); i += 2 {
		name := content[i]
		k := find(keys, v, name, seen)
		if k == nil || v.again(name, k.name, seen) {
			continue
		}
		k.read(v.r.under(name, content[i+1], v.under(k.name)), into)
	}
	for _, k := range keys {
		if k.need == must && seen[k.name] == nil {
			v.r.mar(v.under(k.name), MissingKey)
			v.r.report(v.r.place(v.path), Error, MissingKey, engine.Both("thiếu khóa %s", "key %s is missing", k.name),
				engine.Both("thêm %s: …", "add %s: …", k.name))
		}
	}
}

// find returns the table's entry for a key. An unknown key that is close to a
// known one is reported and then read as if it were right, so that one slip
// does not hide or raise other findings.
func find[T any](keys []key[T], v value, name *yaml.Node, seen map[string]*yaml.Node) *key[T] {
	names := make([]string, len(keys))
	for i := range keys {
		if keys[i].name == name.Value && name.Kind == yaml.ScalarNode {
			return &keys[i]
		}
		names[i] = keys[i].name
	}
	if name.Tag == "!!merge" {
		return nil // said already
	}
	if name.Kind != yaml.ScalarNode {
		v.faultAt(name, WrongType, engine.Both("khóa phải là một từ", "a key has to be a word"), quoteIt)
		return nil
	}
	hint := known(keys)
	near := engine.Closest(name.Value, names)
	why, cut := v.cutOff(name)
	switch {
	case cut:
		hint, near = why, ""
	case near != "":
		hint = engine.Both("có phải là %s?", "did you mean %s?", near)
	}
	v.r.bad[v.path] = true
	v.r.report(v.r.page.of(name), Error, UnknownKey, engine.Both("không có khóa %q", "there is no key %q", head(name.Value, 60)), hint)
	for i := range keys {
		if keys[i].name == near && seen[near] == nil && !v.gives(near) {
			return &keys[i]
		}
	}
	for i := 0; i+1 < len(v.node.Content); i += 2 {
		v.r.lost = v.r.lost || v.node.Content[i] == name && v.node.Content[i+1].Kind != yaml.ScalarNode
	}
	return nil
}

// known lists the keys that a table knows.
func known[T any](keys []key[T]) engine.Text {
	names := make([]string, len(keys))
	for i := range keys {
		names[i] = keys[i].name
	}
	return engine.Both("ở đây có: %s", "known here: %s", strings.Join(names, ", "))
}

// sentence reports whether a key is really a piece of a text that an unquoted
// comma or colon has cut off.
func sentence(word string) bool {
	return strings.ContainsAny(word, " \"'") || len(word) != utf8.RuneCountInString(word)
}

func (v value) gives(name string) bool {
	for i := 0; i < len(v.node.Content); i += 2 {
		if v.node.Content[i].Value == name {
			return true
		}
	}
	return false
}

// again reports a key that was seen before.
func (v value) again(at *yaml.Node, name string, seen map[string]*yaml.Node) bool {
	if first := seen[name]; first != nil {
		v.faultAt(at, DuplicateKey, engine.Both("khóa %s lặp lại: đã có ở dòng %d", "key %s again: it already is on line %d", head(name, 60), first.Line),
			engine.Both("giữ một trong hai", "keep one of the two"))
		return true
	}
	seen[name] = at
	return false
}

// entries calls each for the entries of a mapping whose keys are ids, in file
// order. i counts those it is called for; path is that of the entry.
func (v value) entries(each func(i int, id string, entry value)) {
	if !v.mapping(idFirst) {
		return
	}
	seen := map[string]*yaml.Node{}
	i := 0
	content := v.content(2)
	for at := 0; at+1 < len(content); at += 2 {
		name := content[at]
		entry := value{v.r, content[at+1], v.path + "/" + strconv.Itoa(i)}
		v.r.places[entry.path] = v.r.page.of(name)
		id, ok := value{v.r, name, entry.path}.word()
		if !ok && id == "" || v.again(name, id, seen) {
			continue
		}
		i++
		each(i-1, id, entry)
	}
}

// content returns the nodes of a list or, in pairs, of a mapping: no more
// than any drill needs.
func (v value) content(per int) []*yaml.Node {
	all := v.node.Content
	if len(all) <= maxEntries*per {
		return all
	}
	v.r.tooLong(v.path, len(all)/per)
	return all[:maxEntries*per]
}

// tooLong reports a file larger than what is checked in reasonable time.
func (r *reader) tooLong(path string, n int) {
	r.huge = true
	r.fault(path, TooLong, engine.Both("có %d mục, nhiều nhất %d", "there are %d entries, at most %d", n, maxEntries),
		engine.Both("tách thành nhiều kịch bản", "split it into several scenarios"))
}

// list calls each for the entries of a list. i counts those it is called for,
// which each says by returning true.
func (v value) list(each func(i int, entry value) bool) {
	if v.node.Kind != yaml.SequenceNode {
		v.wrong(engine.Both("một danh sách", "a list"), engine.Both("viết [a, b], hoặc mỗi mục một dòng - …", "write [a, b], or one - … a line"))
		return
	}
	i := 0
	for _, n := range v.content(1) {
		if each(i, v.r.value(n, v.path+"/"+strconv.Itoa(i))) {
			i++
		}
	}
}

func (v value) mapping(hint engine.Text) bool {
	if v.node.Kind == yaml.MappingNode {
		return true
	}
	v.wrong(engine.Both("một nhóm khóa", "a group of keys"), hint)
	return false
}

// wrong reports a value of another type than wanted.
func (v value) wrong(want, hint engine.Text) {
	if v.node.Kind == yaml.AliasNode || v.node.Anchor != "" || v.node.Style&yaml.TaggedStyle != 0 {
		v.r.mar(v.path, TagUsed) // said already
		return
	}
	if v.empty() {
		v.fault(EmptyValue, engine.Text{VI: "để trống, cần " + want.VI, EN: want.EN + " is wanted, nothing is there"}, hint)
		return
	}
	is := kindOf(v.node)
	v.fault(WrongType, engine.Text{VI: "cần " + want.VI + ", đây là " + is.VI, EN: want.EN + " is wanted, this is " + is.EN}, hint)
}

func (v value) empty() bool {
	return v.node.Kind == yaml.ScalarNode && v.node.Style == 0 && v.node.Value == ""
}

func kindOf(n *yaml.Node) engine.Text {
	switch n.Kind {
	case yaml.MappingNode:
		return engine.Both("một nhóm khóa", "a group of keys")
	case yaml.SequenceNode:
		return engine.Both("một danh sách", "a list")
	}
	switch n.Tag {
	case "!!int", "!!float":
		return engine.Both("một số", "a number")
	case "!!bool":
		return engine.Both("một giá trị đúng sai", "a true or false")
	case "!!null":
		return engine.Both("giá trị rỗng", "a null")
	case "!!timestamp":
		return engine.Both("một ngày", "a date")
	}
	return engine.Both("một từ", "a word")
}
