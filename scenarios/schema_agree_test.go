package scenarios_test

import (
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"saban/scenarios"
)

// strangers are values that are wrong in most places and right in some.
var strangers = []string{
	`abc`, `"có dấu"`, `""`, `a b`, `3`, `0`, `-1`, `0.5`, `7/8`, `true`, `null`, `90s`, `1h30m`, `250ms`, `5m1h`, `12:30`, `hand`, `all`, `none`,
	`[]`, `[abc]`, `[abc, abc]`, `[[abc]]`, `{}`, `{abc: 1}`, `{abc: [abc]}`, `{vi: "a", en: "b"}`, `{vi: "a"}`, `{do: {vi: "a", en: "b"}}`,
	`{target: 1, limit: 1}`, `{min: 1}`, `SB812`, `"2026-11-23"`,
}

// Whatever is put in the place of a value: what the schema refuses, the
// reader refuses too, so that an editor raises no false alarm; and what the
// reader finds wrong with the shape of a file, the schema refuses.
func TestReaderAndSchemaAgree(t *testing.T) {
	base, _ := scenarios.ReadScenario(everyKey(t, "scenario"))
	for _, f := range scenarios.Formats {
		schema := compiled(t, f.Name)
		t.Run(f.Name, func(t *testing.T) {
			tried := 0
			agree := func(what string, text []byte) {
				tried++
				doc, _ := instance(t, text)
				refused, found := schema.Validate(doc), readAs(t, f.Name, base, text)
				if refused != nil && !found.Failed() {
					t.Errorf("%s: the schema refuses what the reader takes: %v", what, refused)
				}
				if i := slices.IndexFunc(found, ofShape); i >= 0 && refused == nil {
					t.Errorf("%s: the schema takes it, the reader says %s %s", what, found[i].Code, found[i].Text.EN)
				}
			}
			places := placesOf(t, f.Root, everyKey(t, f.Name).Bytes)
			for i, p := range places.all {
				if testing.Short() && i%5 != 0 {
					continue
				}
				spoil(p, func(what string) {
					text, err := yaml.Marshal(places.tree)
					if err != nil {
						t.Fatal(err)
					}
					agree(p.path+" "+what, text)
				})
			}
			least := 5 * len(places.all)
			if testing.Short() {
				least /= 5
			}
			if tried < least {
				t.Errorf("only %d files were tried for %d places", tried, len(places.all))
			}
		})
	}
}

// spoil puts every stranger into one place of a file, takes the place out,
// and adds a key to it; after each it calls try, and mends the file again.
func spoil(p place, try func(what string)) {
	was := p.parent.Content[p.index]
	for _, value := range strangers {
		var tree yaml.Node
		if err := yaml.Unmarshal([]byte(value), &tree); err != nil {
			continue
		}
		p.parent.Content[p.index] = tree.Content[0]
		try("= " + value)
	}
	p.parent.Content[p.index] = was
	if was.Kind == yaml.MappingNode {
		all := was.Content
		was.Content = append(slices.Clone(all), &yaml.Node{Kind: yaml.ScalarNode, Value: "stranger"}, &yaml.Node{Kind: yaml.ScalarNode, Value: "abc"})
		try("with another key")
		was.Content = all
	}
	all, from := p.parent.Content, p.index
	if p.parent.Kind == yaml.MappingNode {
		from--
	}
	p.parent.Content = slices.Concat(all[:from], all[p.index+1:])
	try("taken out")
	p.parent.Content = all
}

// ofShape reports findings that a schema is there to make. What takes
// arithmetic, or the rest of the file, is not.
func ofShape(f scenarios.Finding) bool {
	if f.Severity != scenarios.Error || !slices.Contains(structural, f.Code) {
		return false
	}
	for _, beyond := range []string{"longer than 0s", "is more than 1", "asked twice", "finer than a second", "from 1 to 10", "is after at"} {
		if strings.Contains(f.Text.EN, beyond) {
			return false
		}
	}
	return true
}
