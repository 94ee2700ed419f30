package scenarios

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"gopkg.in/yaml.v3"

	"saban/engine"
)

//go:embed schema/words/*.yaml
var explainedKeys embed.FS

// KeyMeaning explains a key of a file, a group of keys, or a word that may
// stand at one.
type KeyMeaning struct {
	Name    string      `json:"name"`        // step, step.omit, kind: escalated
	In      engine.Text `json:"in,omitzero"` // what the group a key belongs to is called
	Title   engine.Text `json:"title"`
	Text    engine.Text `json:"text"`
	Must    bool        `json:"must"`              // a key that has to be there
	Example string      `json:"example,omitempty"` // YAML
	Parts   []KeyPart   `json:"parts"`             // keys of a group in the order of the documentation, or words to choose from

	leads string // the group that stands at a key
}

// KeyPart is a key of a group, or a word to choose.
type KeyPart struct {
	Name  string      `json:"name"`
	Title engine.Text `json:"title"`
	Must  bool        `json:"must"`
}

// ExplainKey returns what goes by a name: a group of keys (pace) and the keys
// it stands at, one key of a group (play.omit), else a key in every group that
// has it (done) and words to choose (escalated).
func ExplainKey(name string) []KeyMeaning {
	all := keyMeanings()
	group := slices.ContainsFunc(all, func(one KeyMeaning) bool { return one.Name == name })
	var out []KeyMeaning
	for _, one := range all {
		if one.Name == name || one.last() == name && (!group || one.leads == name) {
			out = append(out, one)
		}
	}
	return out
}

// last is the name without the group or the choice it belongs to.
func (m *KeyMeaning) last() string { return m.Name[strings.LastIndexAny(m.Name, ". ")+1:] }

// KeyNames are the names ExplainKey knows, each once.
func KeyNames() []string {
	var names []string
	for _, one := range keyMeanings() {
		names = append(names, one.last())
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// FileKinds are the kinds of files there are, by the names of their groups.
func FileKinds() []string {
	var names []string
	for _, f := range formats {
		names = append(names, f.Name)
	}
	return names
}

var formats = []format{scenarioFormat, siteFormat, playFormat, rubricFormat, agencyFormat, aarFormat, draftFormat}

// keyWords are words as the files under schema/words have them.
type keyWords struct {
	Title   struct{ VI, EN string }
	VI, EN  string
	Example yaml.Node
	Keys    map[string]keyWords
}

type choiceWords struct {
	Forms   map[string]engine.Text
	Choices map[string]map[string]engine.Text
}

// keyMeanings explains the groups of every kind of file in the order of the
// documentation, each followed by its keys, and the words to choose from.
var keyMeanings = sync.OnceValue(func() []KeyMeaning {
	groups, choices, err := readKeyWords()
	if err != nil {
		return nil // a test holds that there are some
	}
	d := &keyBook{groups: groups, choices: choices, seen: map[string]bool{}}
	for _, f := range formats {
		d.shape(f.Root)
	}
	return append(d.keys, d.words...)
})

func readKeyWords() (map[string]keyWords, choiceWords, error) {
	groups, choices := map[string]keyWords{}, choiceWords{}
	files, err := fs.Glob(explainedKeys, "schema/words/*.yaml")
	if err != nil {
		return nil, choices, err
	}
	for _, file := range files {
		text, err := explainedKeys.ReadFile(file)
		if err != nil {
			return nil, choices, err
		}
		if path.Base(file) == "choices.yaml" {
			err = yaml.Unmarshal(text, &choices)
		} else {
			err = yaml.Unmarshal(text, &groups)
		}
		if err != nil {
			return nil, choices, fmt.Errorf("%s: %w", file, err)
		}
	}
	return groups, choices, nil
}

// keyBook gathers meanings along the shapes of files.
type keyBook struct {
	groups  map[string]keyWords
	choices choiceWords
	seen    map[string]bool
	keys    []KeyMeaning
	words   []KeyMeaning
}

func (d *keyBook) shape(s *shape) {
	switch {
	case s == nil:
	case s.Kind == shapeGroup || s.Kind == shapeText:
		d.group(s)
	case s.Kind == shapeChoice:
		d.choice(s)
	default:
		d.shape(s.Of)
		for _, way := range s.Or {
			d.shape(way)
		}
	}
}

func (d *keyBook) group(s *shape) {
	w, ok := d.groups[s.Name]
	if !ok || d.seen[s.Name] {
		return
	}
	d.seen[s.Name] = true
	for _, f := range formats {
		if f.Root.Name == s.Name {
			s = f.Root // a rubric within a scenario has no key for its format
		}
	}
	all := KeyMeaning{Parts: []KeyPart{}, Name: s.Name, Title: engine.Text(w.Title), Text: engine.Text{VI: w.VI, EN: w.EN}, Example: w.example("")}
	var keys []KeyMeaning
	for _, k := range s.Keys {
		kw := w.Keys[k.Name]
		one := KeyMeaning{Name: s.Name + "." + k.Name, In: all.Title, Title: engine.Text(kw.Title), Text: engine.Text{VI: kw.VI, EN: kw.EN}, Must: k.Must,
			Example: kw.example(k.Name), Parts: d.wordsOf(k.Shape)}
		switch k.Shape.Kind {
		case shapeGroup:
			one.leads = k.Shape.Name
		case shapeGuard, shapeFormula, shapeDuration, shapeNumber:
			form := d.choices.Forms[string(k.Shape.Kind)]
			one.Text = engine.Text{VI: one.Text.VI + " " + form.VI, EN: one.Text.EN + " " + form.EN}
		}
		keys = append(keys, one)
		all.Parts = append(all.Parts, KeyPart{k.Name, one.Title, k.Must})
	}
	d.keys = append(append(d.keys, all), keys...)
	for _, k := range s.Keys {
		d.shape(k.Shape)
	}
}

// wordsOf are the words that may be chosen at a key.
func (d *keyBook) wordsOf(s *shape) []KeyPart {
	parts := []KeyPart{}
	if s.Kind != shapeChoice {
		return parts
	}
	for _, word := range s.Words {
		parts = append(parts, KeyPart{Name: word, Title: d.choices.Choices[s.Name][word]})
	}
	return parts
}

func (d *keyBook) choice(s *shape) {
	if d.seen["choice "+s.Name] {
		return
	}
	d.seen["choice "+s.Name] = true
	for _, word := range s.Words {
		means := d.choices.Choices[s.Name][word]
		d.words = append(d.words, KeyMeaning{Name: s.Name + ": " + word, Title: means, Text: means, Parts: []KeyPart{}})
	}
}

// example is how an author writes it, under its key.
func (w *keyWords) example(key string) string {
	if w.Example.Kind == 0 {
		return ""
	}
	n := w.Example
	if key != "" {
		n = yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{{Kind: yaml.ScalarNode, Value: key}, &w.Example}}
	}
	text, err := yaml.Marshal(&n)
	if err != nil {
		return ""
	}
	return string(text)
}
