package scenarios_test

import (
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"saban/scenarios"
)

// everyKey is the file of a kind that has every key there is.
func everyKey(t *testing.T, kind string) scenarios.Source {
	return source(t, "../testdata/schema/"+kind+".yaml")
}

// readAs reads a file as one of a kind that goes with everyKey's scenario.
func readAs(t *testing.T, kind string, base *scenarios.File, text []byte) (found scenarios.Findings) {
	t.Helper()
	src := scenarios.Source{Name: kind + ".yaml", Bytes: text}
	switch kind {
	case "scenario":
		_, found = scenarios.ReadScenario(src)
	case "site":
		_, found = scenarios.ReadSite(src, base)
	case "play":
		_, found = scenarios.ReadPlay(src, base.Scenario)
	case "rubric":
		_, found = scenarios.ReadRubric(src)
	case "agency":
		_, found = scenarios.ReadAgency(src)
	case "paper":
		_, found = scenarios.ReadDraft(src, base.Scenario)
	case "aar":
		_, found = scenarios.ReadAAR(src)
	}
	return found
}

// The reader takes no key that the schema has not, wants the same ones, and
// the files that are put out of shape below have them all.
func TestEveryKeyIsInItsSchema(t *testing.T) {
	base, _ := scenarios.ReadScenario(everyKey(t, "scenario"))
	written := map[string]bool{"pace.limit": true} // or target
	for _, f := range scenarios.Formats {
		for _, key := range placesOf(t, f.Root, everyKey(t, f.Name).Bytes).keys {
			written[key] = true
		}
	}
	for _, f := range scenarios.Formats {
		t.Run(f.Name, func(t *testing.T) {
			src := everyKey(t, f.Name)
			if found := readAs(t, f.Name, base, src.Bytes); found.Failed() {
				t.Fatalf("%v", found)
			}
			fits(t, compiled(t, f.Name), src.Bytes)
			root := generate(t, f, readWords(t))
			keys := 0
			eachKey(f.Root, root, root, "", func(path string, s *scenarios.Shape, schema object) {
				required, _ := schema.get("required").([]string)
				for _, k := range s.Keys {
					if slices.Contains(s.Rules.Never, k.Name) {
						continue
					}
					keys++
					at := strings.TrimPrefix(path+"/"+k.Name, "/")
					if key := s.Name + "." + k.Name; !written[key] {
						t.Errorf("no file in testdata/schema has %s", key)
					}
					if properties, _ := schema.get("properties").(object); properties.get(k.Name) == nil {
						t.Errorf("the schema is without %s", at)
					}
					if k.Must != slices.Contains(required, k.Name) && !f.Lone {
						t.Errorf("reader and schema differ on whether there has to be %s", at)
					}
				}
				if schema.get("additionalProperties") != false {
					t.Errorf("the schema is open at %q", path)
				}
			})
			if keys < 13 {
				t.Errorf("only %d keys were seen", keys)
			}
		})
	}
}

// eachKey walks the shapes of the reader and a schema side by side, and visits
// what has keys.
func eachKey(s *scenarios.Shape, schema, root object, path string, visit func(path string, s *scenarios.Shape, schema object)) {
	if ref, ok := schema.get("$ref").(string); ok {
		schema, _ = root.get("$defs").(object).get(strings.TrimPrefix(ref, "#/$defs/")).(object)
	}
	switch s.Kind {
	case scenarios.ShapeMapping:
		eachKey(s.Of, schema.get("additionalProperties").(object), root, path+"/*", visit)
	case scenarios.ShapeList:
		eachKey(s.Of, schema.get("items").(object), root, path+"/*", visit)
	case scenarios.ShapeEither:
		for i, way := range schema.get("oneOf").([]any) {
			eachKey(s.Or[i], way.(object), root, path, visit)
		}
	case scenarios.ShapeGroup, scenarios.ShapeText:
		visit(path, s, schema)
		for _, k := range s.Keys {
			if next, ok := schema.get("properties").(object).get(k.Name).(object); ok {
				eachKey(k.Shape, next, root, strings.TrimPrefix(path+"/"+k.Name, "/"), visit)
			}
		}
	}
}

// place is a value of a file: the path it is at, * for any entry, and where
// it hangs.
type place struct {
	path   string
	parent *yaml.Node
	index  int // of the value among the parent's content
}

type places struct {
	tree *yaml.Node
	all  []place  // one for each path
	keys []string // with the groups they are of
}

func placesOf(t *testing.T, root *scenarios.Shape, text []byte) *places {
	t.Helper()
	var tree yaml.Node
	if err := yaml.Unmarshal(text, &tree); err != nil {
		t.Fatal(err)
	}
	p := &places{tree: &tree}
	p.walk(root, tree.Content[0], "")
	return p
}

func (p *places) walk(s *scenarios.Shape, n *yaml.Node, path string) {
	s = fitting(s, n)
	step := 1
	if n.Kind == yaml.MappingNode {
		step = 2
	}
	for i := step - 1; i < len(n.Content); i += step {
		of, at := s.Of, strings.TrimPrefix(path+"/*", "/")
		if s.Kind == scenarios.ShapeGroup || s.Kind == scenarios.ShapeText {
			name := n.Content[i-1].Value
			at = strings.TrimPrefix(path+"/"+name, "/")
			p.keys = append(p.keys, s.Name+"."+name)
			of = s.Keys[slices.IndexFunc(s.Keys, func(k shapeKey) bool { return k.Name == name })].Shape
		}
		if !slices.ContainsFunc(p.all, func(p place) bool { return p.path == at }) {
			p.all = append(p.all, place{at, n, i})
		}
		p.walk(of, n.Content[i], at)
	}
}

type shapeKey = scenarios.ShapeKey

// fitting is the one of several ways that a value is written in.
func fitting(s *scenarios.Shape, n *yaml.Node) *scenarios.Shape {
	for _, way := range s.Or {
		switch {
		case n.Kind == yaml.SequenceNode && way.Kind == scenarios.ShapeList, n.Kind == yaml.MappingNode && way.Kind == scenarios.ShapeMapping:
			return way
		case n.Kind == yaml.MappingNode && slices.ContainsFunc(way.Keys, func(k shapeKey) bool { return k.Name == n.Content[0].Value }):
			return way
		}
	}
	return s
}
