package main

import (
	"encoding/json"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"saban/engine"
	"saban/report"
	"saban/scoring"
)

// The schemas name what the program's types can print, no more and no less,
// so that a field is never added, renamed or dropped in silence.
func TestSchemasMatchTypes(t *testing.T) {
	for name, v := range map[string]any{
		"list": listing{}, "show": shown{}, "check": checks{}, "scorecard": scored{}, "why": reasoned{}, "whatif": supposed{}, "compare": compares{}, "rescore": rescored{}, "test": tested{},
		"report": report.Report{}, "graph": drawn{}, "verify": verified{}, "seal": sealed{}, "backup": saved{}, "restore": restored{}, "forget": forgotten{}, "doctor": examined{}, "version": versions{}, "fmt": layouts{}, "diff": compared{}, "new": made{}, "schema": schemas{}, "explain": meanings{}, "handbook": handedOut{},
	} {
		m := matcher{t: t, docs: map[string]map[string]any{}}
		m.match(name, reflect.TypeOf(v), place{name + ".schema.json", m.doc(name + ".schema.json")})
	}
	rubric, err := json.Marshal(scoring.Default())
	if err != nil {
		t.Fatal(err)
	}
	var keys map[string]any
	if err := json.Unmarshal(rubric, &keys); err != nil {
		t.Fatal(err)
	}
	m := matcher{t: t, docs: map[string]map[string]any{}}
	m.keys("rubric", keys, m.follow(place{"scorecard.schema.json", map[string]any{"$ref": "#/$defs/rubric"}}))
}

// place is a schema and the file that its references start from.
type place struct {
	file   string
	schema map[string]any
}

type matcher struct {
	t    *testing.T
	docs map[string]map[string]any
}

func (m *matcher) doc(file string) map[string]any {
	if m.docs[file] == nil {
		m.docs[file] = readSchema(m.t, filepath.Join("schema", file))
	}
	return m.docs[file]
}

// follow resolves references, unless properties stand beside one.
func (m *matcher) follow(p place) place {
	ref, _ := p.schema["$ref"].(string)
	if ref == "" || p.schema["properties"] != nil {
		return p
	}
	file, pointer, _ := strings.Cut(ref, "#")
	if file == "" {
		file = p.file
	}
	at := m.doc(file)
	for _, key := range strings.Split(strings.TrimPrefix(pointer, "/"), "/") {
		at, _ = at[key].(map[string]any)
	}
	if at == nil {
		m.t.Fatalf("%s: %s leads nowhere", p.file, ref)
	}
	return m.follow(place{file, at})
}

// nullable says whether a schema allows null, and what it wants otherwise.
func (m *matcher) nullable(p place) (place, bool) {
	p = m.follow(p)
	if both, ok := p.schema["anyOf"].([]any); ok {
		return m.follow(place{p.file, both[0].(map[string]any)}), true
	}
	if words, ok := p.schema["enum"].([]any); ok {
		return p, slices.Contains(words, nil)
	}
	kinds, _ := p.schema["type"].([]any)
	return p, slices.Contains(kinds, any("null"))
}

var printsItself = reflect.TypeFor[json.Marshaler]()

func (m *matcher) match(path string, typ reflect.Type, p place) {
	p, null := m.nullable(p)
	if typ.Kind() == reflect.Pointer {
		if !null && path != "show.scenario" {
			m.t.Errorf("%s may be null, the schema does not allow it", path)
		}
		typ = typ.Elem()
	}
	if typ.Implements(printsItself) {
		return
	}
	switch typ.Kind() {
	case reflect.Struct:
		m.fields(path, typ, p)
	case reflect.Slice:
		items, ok := p.schema["items"].(map[string]any)
		if !ok {
			m.t.Errorf("%s is a list, the schema wants none", path)
			return
		}
		m.match(path+"[]", typ.Elem(), place{p.file, items})
	case reflect.Map:
		if p.schema["type"] != "object" {
			m.t.Errorf("%s is an object, the schema wants none", path)
		}
	default:
		m.plain(path, typ, p)
	}
}

func (m *matcher) plain(path string, typ reflect.Type, p place) {
	want := map[reflect.Kind]string{reflect.String: "string", reflect.Bool: "boolean", reflect.Int: "integer", reflect.Int64: "integer"}[typ.Kind()]
	got := p.schema["type"]
	if p.schema["const"] != nil || p.schema["enum"] != nil {
		return
	}
	if got != want {
		m.t.Errorf("%s is a %s, the schema has %v", path, want, got)
	}
}

// fields compares the fields of a struct with the properties of a schema,
// those of embedded structs and of references beside them included.
func (m *matcher) fields(path string, typ reflect.Type, p place) {
	properties, required := m.properties(p)
	seen := map[string]bool{}
	for _, f := range reflect.VisibleFields(typ) {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && name == "" || !f.IsExported() || name == "-" {
			continue
		}
		if name == "" {
			m.t.Errorf("%s: %s has no name in JSON", path, f.Name)
		}
		seen[name] = true
		child, ok := properties[name]
		if !ok {
			m.t.Errorf("%s.%s is not in the schema", path, name)
			continue
		}
		optional := strings.Contains(options, "omit")
		if typ == reflect.TypeFor[engine.Text]() {
			optional = !required[name] // which languages there are depends on who wrote the text
		}
		if optional == required[name] && path+"."+name != "scorecard.head" {
			m.t.Errorf("%s.%s: optional %v, required by the schema %v", path, name, optional, required[name])
		}
		if optional && f.Type.Kind() == reflect.Pointer {
			f.Type = f.Type.Elem()
		}
		m.match(path+"."+name, f.Type, child)
	}
	for name := range properties {
		if !seen[name] {
			m.t.Errorf("%s.%s is in the schema and never printed", path, name)
		}
	}
}

func (m *matcher) properties(p place) (map[string]place, map[string]bool) {
	properties, required := map[string]place{}, map[string]bool{}
	if ref, ok := p.schema["$ref"]; ok { // properties stand beside it
		properties, required = m.properties(m.follow(place{p.file, map[string]any{"$ref": ref}}))
	}
	own, _ := p.schema["properties"].(map[string]any)
	for name, s := range own {
		properties[name] = place{p.file, s.(map[string]any)}
	}
	names, _ := p.schema["required"].([]any)
	for _, name := range names {
		required[name.(string)] = true
	}
	return properties, required
}

// keys compares an object with a schema by its keys.
func (m *matcher) keys(path string, keys map[string]any, p place) {
	properties, _ := m.properties(p)
	for name, v := range keys {
		child, ok := properties[name]
		if !ok {
			m.t.Errorf("%s.%s is not in the schema", path, name)
			continue
		}
		if group, ok := v.(map[string]any); ok {
			m.keys(path+"."+name, group, child)
		}
	}
	if len(keys) != len(properties) {
		m.t.Errorf("%s: %d keys, the schema has %d", path, len(keys), len(properties))
	}
}
