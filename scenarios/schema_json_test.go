package scenarios_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"
)

// object is a JSON object that keeps its order.
type object []member

type member struct {
	key   string
	value any
}

func (o object) with(key string, value any) object { return append(o, member{key, value}) }

func (o object) get(key string) any {
	for _, m := range o {
		if m.key == key {
			return m.value
		}
	}
	return nil
}

func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		key, value := asJSON(m.key), asJSON(m.value)
		b.WriteString(key + ":" + value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// asJSON writes JSON with <, > and & as they are: people read it.
func asJSON(v any) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fmt.Sprintf("%q", err)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func indented(t *testing.T, v any) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := json.Indent(&b, []byte(asJSON(v)), "", "  "); err != nil {
		t.Fatal(err)
	}
	b.WriteByte('\n')
	return b.Bytes()
}

// jsonOf is a YAML tree as an editor hands it to a schema.
func jsonOf(n *yaml.Node) any {
	switch n.Kind {
	case yaml.DocumentNode:
		return jsonOf(n.Content[0])
	case yaml.MappingNode:
		o := object{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			o = o.with(n.Content[i].Value, jsonOf(n.Content[i+1]))
		}
		return o
	case yaml.SequenceNode:
		list := []any{}
		for _, kid := range n.Content {
			list = append(list, jsonOf(kid))
		}
		return list
	case yaml.AliasNode:
		return jsonOf(n.Alias)
	}
	switch n.Tag {
	case "!!null":
		return nil
	case "!!bool":
		return n.Value == "true"
	case "!!int", "!!float":
		if json.Valid([]byte(n.Value)) {
			return json.RawMessage(n.Value)
		}
	}
	return n.Value
}

// instance is a file as a validator takes it; ok is false where it is no YAML.
func instance(t *testing.T, text []byte) (doc any, ok bool) {
	t.Helper()
	var tree yaml.Node
	if err := yaml.Unmarshal(text, &tree); err != nil || tree.Kind == 0 {
		return nil, false
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(asJSON(jsonOf(&tree))))
	if err != nil {
		t.Fatal(err)
	}
	return doc, true
}
