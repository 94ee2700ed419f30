package scenarios

import (
	"strconv"

	"gopkg.in/yaml.v3"

	"saban/engine"
	"saban/scoring"
)

// File is a scenario as read from its file, with the site merged in if there
// is one. Scenario has every default filled in and the values of parameters
// in its texts. Compiled is nil while the file has errors.
type File struct {
	Scenario *engine.Scenario
	Compiled *engine.Compiled
	Rubric   scoring.RubricPatch // what the scenario changes of the default
	Silence  []Silence           // what check is not to say
	Source   Source
	Site     *Site // merged in, or nil

	r       *reader
	refused map[string]bool // ids that are no good: what names them is not to blame
}

// Finding describes a mistake at a path of the scenario ("injects/2/at") as
// this package would: where the file says it, with the line. An offset above
// 0 is a byte within a guard. What the file does not say is shown at the
// nearest thing around it.
func (f *File) Finding(path string, offset int, s Severity, code Code, text, hint engine.Text) Finding {
	found := f.r.placeWithin(path, offset).finding(s, code)
	found.Text, found.Hint, found.path = text, hint, path
	return found
}

var scenarioKeys = []key[File]{
	{"saban", must, func(v value, f *File) { v.version() }},
	{"id", must, func(v value, f *File) { v.slug(&f.Scenario.ID) }},
	{"lang", may, func(v value, f *File) { v.choice(BadChoice, (*string)(&f.Scenario.Lang), "vi", "en") }},
	{"title", must, func(v value, f *File) { v.text(&f.Scenario.Title) }},
	{"threat", may, func(v value, f *File) { v.slug(&f.Scenario.Threat) }},
	{"site", may, func(v value, f *File) { read(v, facilityKeys, &f.Scenario.Site) }},
	{"duration", must, func(v value, f *File) { v.span(&f.Scenario.Duration) }},
	{"review", may, func(v value, f *File) { read(v, reviewKeys, &f.Scenario.Review) }},
	{"parameters", may, func(v value, f *File) { v.parameters(&f.Scenario.Parameters) }},
	{"defaults", may, func(v value, f *File) { read(v, defaultsKeys, &f.Scenario.Defaults) }},
	{"objectives", may, func(v value, f *File) { v.objectives(&f.Scenario.Objectives) }},
	{"flags", may, func(v value, f *File) { v.flags(&f.Scenario.Flags) }},
	{"boxes", may, func(v value, f *File) { v.boxSets(&f.Scenario.Boxes) }},
	{"roles", must, func(v value, f *File) { v.roles(&f.Scenario.Roles) }},
	{"states", may, func(v value, f *File) { v.states(&f.Scenario.States) }},
	{"transitions", may, func(v value, f *File) { v.transitions(&f.Scenario.Transitions) }},
	{"injects", must, func(v value, f *File) { v.injects(&f.Scenario.Injects) }},
	{"prohibited", may, func(v value, f *File) { v.prohibited(&f.Scenario.Prohibited) }},
	{"distractors", may, func(v value, f *File) { v.distractors(&f.Scenario.Distractors) }},
	{"debrief", may, func(v value, f *File) { v.debrief(&f.Scenario.Debrief) }},
	{"rubric", may, func(v value, f *File) { read(v, rubricGroups, &f.Rubric) }},
	{"silence", may, func(v value, f *File) { v.silence(&f.Silence) }},
}

var facilityKeys = []key[engine.Facility]{
	{"kind", may, func(v value, x *engine.Facility) { v.plain(&x.Kind) }},
	{"seed", may, func(v value, x *engine.Facility) { v.plain(&x.Seed) }},
	{"name", may, func(v value, x *engine.Facility) { v.text(&x.Name) }},
	{"about", may, func(v value, x *engine.Facility) { v.text(&x.About) }},
}

var reviewKeys = []key[engine.Review]{
	{"by", may, func(v value, x *engine.Review) { v.plain(&x.By) }},
	{"date", may, func(v value, x *engine.Review) { v.plain(&x.Date) }},
}

var defaultsKeys = []key[engine.Defaults]{
	{"target", may, func(v value, x *engine.Defaults) { v.span(&x.Target) }},
	{"limit", may, func(v value, x *engine.Defaults) { v.span(&x.Limit) }},
	{"weight", may, func(v value, x *engine.Defaults) { v.whole(BadWeight, &x.Weight, 1, 5) }},
}

// What stands in where neither a response nor `defaults` says anything.
const (
	plainTarget = 5 * engine.Minute
	plainLimit  = 10 * engine.Minute
	plainWeight = 3
)

// ReadScenario reads a scenario file and everything that is wrong with it.
// With an Error among the findings the file is not fit to run and Compiled is
// nil; what could be read is there all the same. File is nil only when there
// is no YAML to read. A file without the key `saban` is not looked into any
// further.
func ReadScenario(src Source) (*File, Findings) {
	f, found := decodeScenario(src)
	if f == nil {
		return nil, found
	}
	if f.r.has("saban") {
		f.check()
	}
	return f, f.r.findings()
}

// decodeScenario reads the values of a file and leaves their meaning to check.
func decodeScenario(src Source) (*File, Findings) {
	p, root, found := parse(src)
	if root == nil {
		return nil, found
	}
	f := &File{Scenario: &engine.Scenario{Lang: engine.VI}, Source: src, r: newReader(p)}
	f.r.found, f.r.lost = found, len(found) > 0
	f.r.lang = language(root)
	if f.r.kindOfFile(root, "saban") {
		read(f.r.value(root, ""), scenarioKeys, f)
		f.complete()
	}
	return f, nil
}

// kindOfFile reports a file that is none of the wanted kind: its first key
// says what it is.
func (r *reader) kindOfFile(root *yaml.Node, want string) bool {
	if root.Kind != yaml.MappingNode {
		return true // read says what is wrong
	}
	for _, kind := range []string{"saban", "site", "rubric", "play"} {
		if kind == want || !gives(root, kind, yaml.ScalarNode) || gives(root, want, yaml.ScalarNode) {
			continue
		}
		r.report(r.page.of(root), Error, WrongFile, engine.Text{VI: "đây là " + fileKinds[kind].VI + ", cần " + fileKinds[want].VI,
			EN: "this is " + fileKinds[kind].EN + ", " + fileKinds[want].EN + " is wanted"}, engine.Text{})
		return false
	}
	return true
}

var fileKinds = map[string]engine.Text{
	"saban":  {VI: "một kịch bản", EN: "a scenario"},
	"site":   {VI: "một tệp cơ sở", EN: "a site"},
	"rubric": {VI: "một thang điểm", EN: "a rubric"},
	"play":   {VI: "một kịch bản chạy thử", EN: "a play"},
}

func gives(root *yaml.Node, name string, kind yaml.Kind) bool {
	for i := 0; i+1 < len(root.Content); i += 2 {
		if root.Content[i].Value == name && root.Content[i+1].Kind == kind {
			return true
		}
	}
	return false
}

// language looks up the file's language before any text is read.
func language(root *yaml.Node) engine.Lang {
	for i := 0; i+1 < len(root.Content); i += 2 {
		if root.Content[i].Value == "lang" && root.Content[i+1].Value == string(engine.EN) {
			return engine.EN
		}
	}
	return engine.VI
}

// slug reads a name such as bomb-threat.
func (v value) slug(into *string) {
	w, ok := v.word()
	if !ok {
		return
	}
	for i, c := range w {
		letter := c >= 'a' && c <= 'z' || c >= '0' && c <= '9'
		if !letter && (c != '-' && c != '_' || i == 0) || i >= 64 {
			v.fault(BadID, engine.Both("tên %q viết sai", "name %q is ill-formed", head(w, 70)),
				engine.Both("chữ thường không dấu, chữ số và -, nhiều nhất 64 ký tự", "small letters, digits and -, at most 64 in all"))
			return
		}
	}
	*into = w
}

func (v value) parameters(into *[]engine.Parameter) {
	v.entries(func(_ int, id string, entry value) {
		p := engine.Parameter{ID: id}
		read(entry, parameterKeys, &p)
		*into = append(*into, p)
	})
}

var parameterKeys = []key[engine.Parameter]{
	{"value", must, func(v value, p *engine.Parameter) { v.parameter(p) }},
	{"source", may, func(v value, p *engine.Parameter) { v.source(&p.Source) }},
}

// source reads where a figure comes from: a text, or a plain one that stands
// for both languages.
func (v value) source(into *engine.Text) {
	if v.node.Kind == yaml.MappingNode {
		v.text(into)
		return
	}
	var both string
	v.plain(&both)
	*into = same(both)
}

// parameter reads a number, a word or a duration.
func (v value) parameter(p *engine.Parameter) {
	v.plain(&p.Value)
	p.Duration, p.Timed = engine.ParseDuration(p.Value)
	if p.Timed && p.Duration%engine.Second != 0 {
		v.span(&p.Duration)
	}
}

func (v value) objectives(into *[]engine.Objective) {
	v.entries(func(_ int, id string, entry value) {
		o := engine.Objective{ID: id}
		read(entry, objectiveKeys, &o)
		*into = append(*into, o)
	})
}

var objectiveKeys = []key[engine.Objective]{
	{"capability", must, func(v value, o *engine.Objective) { v.id((*string)(&o.Capability)) }},
	{"text", must, func(v value, o *engine.Objective) { v.text(&o.Text) }},
}

func (v value) flags(into *[]engine.Flag) {
	v.entries(func(_ int, id string, entry value) {
		x := engine.Flag{ID: id}
		entry.text(&x.Text)
		*into = append(*into, x)
	})
}

func (v value) boxSets(into *[]engine.BoxSet) {
	v.entries(func(_ int, id string, entry value) {
		set := engine.BoxSet{ID: id}
		if id == engine.EthaneBoxes.ID {
			entry.fault(RepeatedBoxSet, engine.Both("bộ ô %s đã có sẵn", "box set %s is built in", id), engine.Both("đặt tên khác", "choose another name"))
		}
		entry.list(func(i int, box value) bool {
			set.Boxes = append(set.Boxes, engine.Box{})
			read(box, boxKeys, &set.Boxes[i])
			for _, before := range set.Boxes[:i] {
				if id := set.Boxes[i].ID; id != "" && before.ID == id {
					box.r.fault(box.path+"/id", RepeatedBox, engine.Both("ô %s có hai lần trong bộ", "box %s is in this set twice", id), engine.Text{})
				}
			}
			return true
		})
		*into = append(*into, set)
	})
}

var boxKeys = []key[engine.Box]{
	{"id", must, func(v value, b *engine.Box) { v.boxID(&b.ID) }},
	{"text", must, func(v value, b *engine.Box) { v.text(&b.Text) }},
}

func (v value) boxID(into *string) {
	v.id(into)
	if *into != "" && !engine.ValidID(*into) {
		v.fault(BadID, engine.Both("mã %q viết sai", "id %q is ill-formed", head(*into, 40)), idHint)
	}
}

var idHint = engine.Both("một chữ cái không dấu, rồi chữ, số hoặc _, nhiều nhất 32 ký tự", "a letter, then letters, digits or _, at most 32 in all")

func (v value) roles(into *[]engine.Role) {
	v.entries(func(_ int, id string, entry value) {
		x := engine.Role{ID: id}
		read(entry, roleKeys, &x)
		*into = append(*into, x)
	})
}

var roleKeys = []key[engine.Role]{
	{"title", must, func(v value, x *engine.Role) { v.text(&x.Title) }},
	{"simulated", may, func(v value, x *engine.Role) { v.truth(&x.Simulated) }},
}

func (v value) debrief(into *[]engine.Text) {
	v.list(func(_ int, entry value) bool {
		var t engine.Text
		entry.text(&t)
		*into = append(*into, t)
		return true
	})
}

func index(list string, i int) string { return list + "/" + strconv.Itoa(i) }
