package scenarios_test

import (
	"bytes"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"saban/engine"
	"saban/scenarios"
)

// The committed schemas are what the reader's tables and the words come to.
// go generate ./scenarios writes them.
func TestSchemasAreGenerated(t *testing.T) {
	d := readWords(t)
	for _, f := range scenarios.Formats {
		t.Run(f.Name, func(t *testing.T) {
			got := indented(t, generate(t, f, d))
			name := "schema/" + f.Name + ".schema.json"
			if *update {
				if err := os.WriteFile(name, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s is not what the reader takes: go generate ./scenarios", name)
			}
		})
	}
	for name, w := range d.groups {
		if !w.used {
			t.Errorf("%s is explained and read nowhere", name)
		}
		for key, w := range w.Keys {
			if !w.used {
				t.Errorf("%s.%s is explained and read nowhere", name, key)
			}
		}
	}
}

func compiled(t *testing.T, kind string) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	s, err := c.Compile(filepath.Join("schema", kind+".schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Each schema is one itself, by the schema of schemas.
func TestSchemasAreSchemas(t *testing.T) {
	meta, err := jsonschema.NewCompiler().Compile("https://json-schema.org/draft/2020-12/schema")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range scenarios.Formats {
		t.Run(f.Name, func(t *testing.T) {
			text, err := os.ReadFile("schema/" + f.Name + ".schema.json")
			if err != nil {
				t.Fatal(err)
			}
			doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
			if err != nil {
				t.Fatal(err)
			}
			if err := meta.Validate(doc); err != nil {
				t.Error(err)
			}
			compiled(t, f.Name)
		})
	}
}

// Every file that comes with the program names its schema in its first line,
// and fits it.
func TestShippedFilesFitTheirSchemas(t *testing.T) {
	seen := map[string]int{}
	for pattern, kind := range map[string]string{"*.yaml": "scenario", "sites/*.yaml": "site", "rehearsals/*/*.yaml": "play",
		"template/scenario.yaml": "scenario", "template/site.yaml": "site", "template/rehearsals/*.yaml": "play"} {
		schema := compiled(t, kind)
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			seen[kind]++
			t.Run(file, func(t *testing.T) {
				text, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				first, _, _ := strings.Cut(string(text), "\n")
				to, named := strings.CutPrefix(first, "# yaml-language-server: $schema=")
				if got := filepath.ToSlash(filepath.Join(filepath.Dir(file), to)); !named || got != "schema/"+kind+".schema.json" {
					t.Errorf("the first line names no schema, or another: %s", first)
				}
				fits(t, schema, text)
			})
		}
	}
	if seen["scenario"] < 7 || seen["site"] < 7 || seen["play"] < 350 {
		t.Errorf("only %v were seen", seen)
	}
}

// What new writes names schemas that it writes beside, and fits them.
func TestScaffoldFitsItsSchemas(t *testing.T) {
	files, err := scenarios.Scaffold("market-fire", engine.Text{VI: "Cháy chợ", EN: "Fire in a market"}, engine.VI)
	if err != nil || len(files) < 10 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(file.Name, func(t *testing.T) {
			first, _, _ := strings.Cut(string(file.Bytes), "\n")
			name := path.Join(path.Dir(file.Name), strings.TrimPrefix(first, "# yaml-language-server: $schema="))
			kind, _, _ := strings.Cut(path.Base(name), ".")
			if src, err := scenarios.Schema(kind); err != nil || src.Name != name {
				t.Fatalf("%s leads to %s, which is no schema: %v", first, name, err)
			}
			fits(t, compiled(t, kind), file.Bytes)
		})
	}
}

func fits(t *testing.T, schema *jsonschema.Schema, text []byte) {
	t.Helper()
	doc, ok := instance(t, text)
	if !ok {
		t.Error("no YAML")
	} else if err := schema.Validate(doc); err != nil {
		t.Error(err)
	}
}
