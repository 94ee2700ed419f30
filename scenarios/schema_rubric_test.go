package scenarios_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"

	"saban/engine"
	"saban/scenarios"
	"saban/scoring"
)

// The rubric with every key is the default one, and what editors say of a key
// names its figure.
func TestWordsNameTheDefaultRubric(t *testing.T) {
	src := everyKey(t, "rubric")
	patch, found := scenarios.ReadRubric(src)
	if len(found) > 0 {
		t.Fatal(found.Format(engine.EN))
	}
	want := scoring.Default()
	if diff := cmp.Diff(want, scoring.Rubric{Format: want.Format}.With(patch)); diff != "" {
		t.Error(diff)
	}
	var tree map[string]yaml.Node
	if err := yaml.Unmarshal(src.Bytes, &tree); err != nil {
		t.Fatal(err)
	}
	d := readWords(t)
	said := func(name string, w *words, n *yaml.Node) {
		if !strings.HasSuffix(w.EN, "Default "+n.Value+".") || !strings.HasSuffix(w.VI, "Mặc định "+n.Value+".") {
			t.Errorf("%s is %s by default, its words are %q", name, n.Value, w.EN)
		}
	}
	for section, n := range tree {
		if n.Kind == yaml.ScalarNode && !slices.Contains([]string{"rubric", "total"}, section) {
			said(section, d.groups["rubric"].Keys[section], &n)
		}
		for i := 0; n.Kind == yaml.MappingNode && i < len(n.Content); i += 2 {
			key := n.Content[i].Value
			said(section+"/"+key, d.groups["rubric-"+section].Keys[key], n.Content[i+1])
		}
	}
}

// So do the files that the tests of the command line work with, whatever kind
// they are of.
func TestFilesOfScriptsFitTheirSchemas(t *testing.T) {
	kinds := map[string]string{"saban": "scenario", "site": "site", "play": "play", "rubric": "rubric"}
	seen := map[string]bool{}
	files, err := filepath.Glob("../testdata/scripts/common/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		src := source(t, name)
		var tree yaml.Node
		if err := yaml.Unmarshal(src.Bytes, &tree); err != nil {
			t.Fatal(err)
		}
		kind := kinds[tree.Content[0].Content[0].Value]
		seen[kind] = true
		t.Run(src.Name, func(t *testing.T) { fits(t, compiled(t, kind), src.Bytes) })
	}
	if len(seen) != len(kinds) {
		t.Errorf("only %v were seen", seen)
	}
}
