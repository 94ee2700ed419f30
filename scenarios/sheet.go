package scenarios

import (
	"bytes"
	"fmt"
	"strings"

	"gopkg.in/yaml.v3"
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
	n, err := rowNode(row)
	if err == nil {
		s.steps.Content = append(s.steps.Content, n)
	}
	return err
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
