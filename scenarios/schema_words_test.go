package scenarios_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"gopkg.in/yaml.v3"

	"saban/engine"
)

// words explain a key or a group of keys.
type words struct {
	Title struct{ VI, EN string }
	VI    string
	EN    string
	// Example is as an author writes it.
	Example yaml.Node
	Keys    map[string]*words

	used bool
}

func (w *words) title() string { return w.Title.VI + " · " + w.Title.EN }

// text is the explanation in both languages, with more behind either.
func (w *words) text(more *engine.Text) string {
	if more == nil {
		return w.VI + "\n\n" + w.EN
	}
	return w.VI + " " + more.VI + "\n\n" + w.EN + " " + more.EN
}

// dictionary is all that is said in the schemas.
type dictionary struct {
	groups  map[string]*words
	forms   map[string]engine.Text
	choices map[string]map[string]engine.Text
}

func readWords(t *testing.T) *dictionary {
	t.Helper()
	files, err := filepath.Glob("schema/words/*.yaml")
	if err != nil || len(files) < 2 {
		t.Fatalf("%v, %v", files, err)
	}
	d := &dictionary{groups: map[string]*words{}}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		dec := yaml.NewDecoder(bytes.NewReader(text))
		dec.KnownFields(true)
		if filepath.Base(file) == "choices.yaml" {
			var both struct {
				Forms   map[string]engine.Text
				Choices map[string]map[string]engine.Text
			}
			if err := dec.Decode(&both); err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			d.forms, d.choices = both.Forms, both.Choices
			continue
		}
		var groups map[string]*words
		if err := dec.Decode(&groups); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for name, w := range groups {
			if d.groups[name] != nil {
				t.Errorf("%s: %s is explained twice", file, name)
			}
			d.groups[name] = w
		}
	}
	return d
}
