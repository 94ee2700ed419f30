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

var scenarioFormat = format{"scenario", aGroup("scenario", scenarioKeys, rules{}).shape, dialect{LeastWeight: 1}}

var scenarioKeys = []key[File]{
	version[File]("saban"),
	keyOf("id", must, aSlug, func(f *File) *string { return &f.Scenario.ID }),
	keyOf("lang", may, aLang, func(f *File) *engine.Lang { return &f.Scenario.Lang }),
	keyOf("title", must, aText, func(f *File) *engine.Text { return &f.Scenario.Title }),
	keyOf("threat", may, aSlug, func(f *File) *string { return &f.Scenario.Threat }),
	keyOf("site", may, aGroup("facility", facilityKeys, rules{}), func(f *File) *engine.Facility { return &f.Scenario.Site }),
	keyOf("duration", must, aDuration, func(f *File) *engine.Millis { return &f.Scenario.Duration }),
	keyOf("review", may, aGroup("review", reviewKeys, rules{}), func(f *File) *engine.Review { return &f.Scenario.Review }),
	keyOf("parameters", may, someParameters, func(f *File) *[]engine.Parameter { return &f.Scenario.Parameters }),
	keyOf("defaults", may, aGroup("defaults", defaultsKeys, rules{}), func(f *File) *engine.Defaults { return &f.Scenario.Defaults }),
	keyOf("objectives", may, someObjectives, func(f *File) *[]engine.Objective { return &f.Scenario.Objectives }),
	keyOf("flags", may, someFlags, func(f *File) *[]engine.Flag { return &f.Scenario.Flags }),
	keyOf("boxes", may, someBoxSets, func(f *File) *[]engine.BoxSet { return &f.Scenario.Boxes }),
	keyOf("roles", must, someRoles, func(f *File) *[]engine.Role { return &f.Scenario.Roles }),
	keyOf("states", may, someStates, func(f *File) *[]engine.State { return &f.Scenario.States }),
	keyOf("transitions", may, aList(aGroup("transition", transitionKeys, rules{})), func(f *File) *[]engine.Transition { return &f.Scenario.Transitions }),
	keyOf("injects", must, aList(anInject), func(f *File) *[]engine.Inject { return &f.Scenario.Injects }),
	keyOf("prohibited", may, aList(aProhibited), func(f *File) *[]engine.Prohibited { return &f.Scenario.Prohibited }),
	keyOf("distractors", may, aList(aGroup("distractor", distractorKeys, rules{})), func(f *File) *[]engine.Distractor { return &f.Scenario.Distractors }),
	keyOf("debrief", may, aList(aText), func(f *File) *[]engine.Text { return &f.Scenario.Debrief }),
	keyOf("rubric", may, aGroup("rubric", rubricGroups, rules{}), func(f *File) *scoring.RubricPatch { return &f.Rubric }),
	keyOf("silence", may, aList(aSilence), func(f *File) *[]Silence { return &f.Silence }),
}

var facilityKeys = []key[engine.Facility]{
	keyOf("kind", may, aPlain, func(x *engine.Facility) *string { return &x.Kind }),
	keyOf("seed", may, aPlain, func(x *engine.Facility) *string { return &x.Seed }),
	keyOf("name", may, aText, func(x *engine.Facility) *engine.Text { return &x.Name }),
	keyOf("about", may, aText, func(x *engine.Facility) *engine.Text { return &x.About }),
}

var reviewKeys = []key[engine.Review]{
	keyOf("by", may, aPlain, func(x *engine.Review) *string { return &x.By }),
	keyOf("date", may, aPlain, func(x *engine.Review) *string { return &x.Date }),
}

var defaultsKeys = []key[engine.Defaults]{
	keyOf("target", may, aDuration, func(x *engine.Defaults) *engine.Millis { return &x.Target }),
	keyOf("limit", may, aDuration, func(x *engine.Defaults) *engine.Millis { return &x.Limit }),
	keyOf("weight", may, aWhole(BadWeight, 1, 5), func(x *engine.Defaults) *int { return &x.Weight }),
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

// ReadWith reads a scenario and, when one is given, lays a site over it. With
// an Error among the findings the file is not fit to run.
func ReadWith(src Source, site *Source) (*File, Findings) {
	f, found := ReadScenario(src)
	if found.Failed() || site == nil {
		return f, found
	}
	overlay, found := ReadSite(*site, f)
	if found.Failed() {
		return nil, found
	}
	return Merge(f, overlay)
}

// decodeScenario reads the values of a file and leaves their meaning to check.
func decodeScenario(src Source) (*File, Findings) {
	p, root, found := parse(src)
	if root == nil {
		return nil, found
	}
	f := &File{Scenario: &engine.Scenario{Lang: engine.VI}, Source: src, r: newReader(p, scenarioFormat.dialect)}
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
	for _, kind := range []string{"saban", "site", "rubric", "play", "agency", "aar", "paper"} {
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
	"agency": {VI: "một tệp cơ quan", EN: "an agency"},
	"aar":    {VI: "một tệp rút kinh nghiệm", EN: "an after-action file"},
	"paper":  {VI: "một tệp nhập từ giấy", EN: "a drill typed in from paper"},
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
	if w == "" {
		v.fault(EmptyValue, engine.Both("tên trống", "the name is empty"), engine.Text{})
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

var someParameters = aMapping(aGroup("parameter", parameterKeys, rules{}), func(p *engine.Parameter) *string { return &p.ID })

var parameterKeys = []key[engine.Parameter]{
	{"value", must, aPlain.shape, value.parameter},
	keyOf("source", may, aSource, func(p *engine.Parameter) *engine.Text { return &p.Source }),
}

var aSource = form[engine.Text]{either(&shape{Kind: shapeGroup, Name: "source", Keys: aText.shape.Keys}, aPlain.shape), value.source}

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

var someObjectives = aMapping(aGroup("objective", objectiveKeys, rules{}), func(o *engine.Objective) *string { return &o.ID })

var objectiveKeys = []key[engine.Objective]{
	keyOf("capability", must, aCapability, func(o *engine.Objective) *engine.Capability { return &o.Capability }),
	keyOf("text", must, aText, func(o *engine.Objective) *engine.Text { return &o.Text }),
}

var someFlags = aMapping(part(aText, func(x *engine.Flag) *engine.Text { return &x.Text }), func(x *engine.Flag) *string { return &x.ID })

var someBoxSets = form[[]engine.BoxSet]{
	&shape{Kind: shapeMapping, By: anID.shape, Of: aList(aGroup("box", boxKeys, rules{})).shape}, value.boxSets}

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
	keyOf("id", must, aBoxID, func(b *engine.Box) *string { return &b.ID }),
	keyOf("text", must, aText, func(b *engine.Box) *engine.Text { return &b.Text }),
}

// aBoxID is an id in a name space of its own, which engine.Compile does not
// look at.
var aBoxID = plainly(shapeID, value.boxID)

func (v value) boxID(into *string) {
	v.id(into)
	if *into != "" && !engine.ValidID(*into) {
		v.fault(BadID, engine.Both("mã %q viết sai", "id %q is ill-formed", head(*into, 40)), idHint)
	}
}

var idHint = engine.Both("một chữ cái không dấu, rồi chữ, số hoặc _, nhiều nhất 32 ký tự", "a letter, then letters, digits or _, at most 32 in all")

var someRoles = aMapping(aGroup("role", roleKeys, rules{}), func(x *engine.Role) *string { return &x.ID })

var roleKeys = []key[engine.Role]{
	keyOf("title", must, aText, func(x *engine.Role) *engine.Text { return &x.Title }),
	keyOf("simulated", may, aTruth, func(x *engine.Role) *bool { return &x.Simulated }),
}

func index(list string, i int) string { return list + "/" + strconv.Itoa(i) }
