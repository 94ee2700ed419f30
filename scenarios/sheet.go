package scenarios

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"saban/engine"
)

// Sheet is the file of a draft while it is typed in: rows are added, changed
// and taken out one at a time; what else stands in the file, comments too,
// stays.
type Sheet struct {
	doc   *yaml.Node
	steps *yaml.Node
}

// Field is a key of a row, or of the head of a draft, and its value as YAML.
type Field struct{ Key, Value string }

// Quoted is a field with a text for people.
func Quoted(key, text string) Field { return Field{key, quote(text)} }

// TimeField is a field with a time as people type one: 7m30s and 1h are after
// the start; 7:30, 07:30:15, 730, 7h30 are times of day, or after the start
// too where the papers count from there (elapsed). What is no time is left as
// it is, for ReadDraft to say so.
func TimeField(key, text string, elapsed bool) Field {
	text = strings.TrimSpace(text)
	if _, ok := engine.ParseDuration(text); ok {
		return Field{key, text}
	}
	parts := clockParts(text)
	if parts == nil {
		return Quoted(key, text)
	}
	if !elapsed {
		return Quoted(key, strings.Join(parts, ":"))
	}
	var out engine.Millis
	for _, part := range parts {
		n, _ := strconv.Atoi(part) // two digits, or three
		out = out*60 + engine.Millis(n)
	}
	return Field{key, (out * engine.Second).String()}
}

// clockParts are the numbers of a time typed with colons, with h or g between
// hours and minutes, or without anything between; nil for what is none.
func clockParts(text string) []string {
	if strings.Trim(text, "0123456789") == "" && len(text) >= 3 && len(text) <= 6 {
		var parts []string
		for ; len(text) > 2; text = text[:len(text)-2] {
			parts = slices.Insert(parts, 0, text[len(text)-2:])
		}
		return slices.Insert(parts, 0, text)
	}
	for _, between := range []string{"h", "g"} {
		if before, after, ok := strings.Cut(text, between); ok && len(after) == 2 {
			text = before + ":" + after
		}
	}
	parts := strings.Split(text, ":")
	if len(parts) < 2 || len(parts) > 3 {
		return nil
	}
	for i, part := range parts {
		if part == "" || len(part) > 3 || i > 0 && len(part) != 2 || i > 0 && part > "59" || strings.Trim(part, "0123456789") != "" {
			return nil
		}
	}
	return parts
}

// NewSheet begins a draft by its head.
func NewSheet(head ...Field) (*Sheet, error) {
	text := "# yaml-language-server: $schema=schema/paper.schema.json\npaper: 1\n"
	for _, f := range head {
		text += f.Key + ": " + f.Value + "\n"
	}
	return sheet([]byte(text))
}

// OpenSheet goes on with a draft that ReadDraft has read.
func OpenSheet(src Source) (*Sheet, error) {
	return sheet(bytes.TrimPrefix(src.Bytes, []byte("\xef\xbb\xbf")))
}

func sheet(text []byte) (*Sheet, error) {
	doc, _, err := loadDocument(text)
	if err != nil {
		return nil, err
	}
	if doc == nil || len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		return nil, fmt.Errorf("a draft is a group of keys")
	}
	keepModeline(doc)
	s := &Sheet{doc: doc}
	root := doc.Content[0]
	for i := 0; i+1 < len(root.Content); i += 2 {
		if root.Content[i].Value == "steps" && root.Content[i+1].Kind == yaml.SequenceNode {
			s.steps = root.Content[i+1]
		}
	}
	if s.steps == nil {
		s.steps = &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
		root.Content = append(root.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: "steps"}, s.steps)
	}
	s.steps.Style = 0 // a row a line
	return s, nil
}

// Rows is how many rows there are.
func (s *Sheet) Rows() int { return len(s.steps.Content) }

// Add puts a row at the end.
func (s *Sheet) Add(row ...Field) error {
	s.steps.Content = append(s.steps.Content, &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Style: yaml.FlowStyle})
	return s.Change(s.Rows()-1, row...)
}

// Set puts a row in the place of another.
func (s *Sheet) Set(i int, row ...Field) error {
	n, err := rowNode(row)
	if err == nil {
		was := s.steps.Content[i]
		n.HeadComment, n.LineComment, n.FootComment = was.HeadComment, was.LineComment, was.FootComment
		s.steps.Content[i] = n
	}
	return err
}

// Drop takes a row out.
func (s *Sheet) Drop(i int) {
	s.steps.Content = append(s.steps.Content[:i:i], s.steps.Content[i+1:]...)
}

// Row is a row as it stands, on one line.
func (s *Sheet) Row(i int) string {
	return newFormatter(nil, "paper").inline(s.steps.Content[i], "steps/*")
}

// Value is what stands under a key of a row, or of a group in it
// (respond/choices), whatever its quotes: one text, or each of a list; nil
// where there is nothing.
func (s *Sheet) Value(i int, key string) []string { return textsUnder(s.steps.Content[i], key) }

// Head is what stands under a key of the head.
func (s *Sheet) Head(key string) []string { return textsUnder(s.doc.Content[0], key) }

func textsUnder(n *yaml.Node, key string) (out []string) {
	key, below, deep := strings.Cut(key, "/")
	for i := 0; i+1 < len(n.Content); i += 2 {
		switch under := n.Content[i+1]; {
		case n.Content[i].Value != key:
		case deep:
			return textsUnder(under, below)
		case under.Kind == yaml.ScalarNode:
			return []string{under.Value}
		case under.Kind == yaml.SequenceNode:
			out = []string{}
			for _, one := range under.Content {
				out = append(out, one.Value)
			}
		}
	}
	return out
}

// SetHead gives keys of the head other values; one without a value is taken
// out.
func (s *Sheet) SetHead(fields ...Field) error {
	for _, f := range fields {
		if err := put(s.doc.Content[0], f); err != nil {
			return err
		}
	}
	return nil
}

// Change gives fields of a row other values and leaves the rest of it as it
// is. A key may be of a group in the row (respond/choices); a field without a
// value is taken out.
func (s *Sheet) Change(i int, fields ...Field) error {
	row := copyNode(s.steps.Content[i])
	for _, f := range fields {
		if err := put(row, f); err != nil {
			return err
		}
	}
	s.steps.Content[i] = row
	return nil
}

// put sets one field.
func put(n *yaml.Node, f Field) error {
	key, below, deep := strings.Cut(f.Key, "/")
	at := 0
	for at < len(n.Content) && n.Content[at].Value != key {
		at += 2
	}
	switch {
	case at == len(n.Content) && f.Value == "":
		return nil
	case at == len(n.Content):
		n.Content = append(n.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: key}, &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Style: yaml.FlowStyle})
	}
	switch {
	case deep && n.Content[at+1].Kind == yaml.MappingNode:
		return put(n.Content[at+1], Field{below, f.Value})
	case f.Value == "":
		n.Content = slices.Delete(n.Content, at, at+2)
		return nil
	}
	one, err := rowNode([]Field{{key, f.Value}})
	if err == nil {
		n.Content[at+1] = one.Content[1]
	}
	return err
}

func copyNode(n *yaml.Node) *yaml.Node {
	out := *n
	out.Content = slices.Clone(n.Content)
	for i, c := range out.Content {
		out.Content[i] = copyNode(c)
	}
	return &out
}

// Clone is a copy to try something on.
func (s *Sheet) Clone() *Sheet {
	steps := *s.steps
	steps.Content = append([]*yaml.Node(nil), steps.Content...)
	doc, root := *s.doc, *s.doc.Content[0]
	root.Content = append([]*yaml.Node(nil), root.Content...)
	for i, n := range root.Content {
		if n == s.steps {
			root.Content[i] = &steps
		}
	}
	doc.Content = []*yaml.Node{&root}
	return &Sheet{&doc, &steps}
}

func rowNode(row []Field) (*yaml.Node, error) {
	parts := make([]string, len(row))
	for i, f := range row {
		parts[i] = f.Key + ": " + f.Value
	}
	doc, _, err := loadDocument([]byte("{" + strings.Join(parts, ", ") + "}"))
	if err != nil {
		return nil, err
	}
	return doc.Content[0], nil
}

// Bytes is the file, laid out.
func (s *Sheet) Bytes() []byte {
	f := newFormatter(nil, "paper")
	f.document(s.Clone().doc)
	return []byte(strings.TrimRight(f.out.String(), "\n") + "\n")
}
