package scenarios

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
	"gopkg.in/yaml.v3"

	"saban/engine"
)

// Format lays a scenario, site, rubric or play file out in the one canonical
// way: keys in the order of the documentation, two spaces a level, texts in
// double quotes, short lists on one line, a blank line between the sections
// of a scenario. Comments stay where they are, and so does what the author
// put into brackets on one line, as long as it fits.
//
// The file need not be free of mistakes, only readable. What Format returns
// reads the same as what it was given, or there is an error among the
// findings and the file is returned as it was.
func Format(src Source) ([]byte, Findings) {
	text := src.Bytes
	for range settled {
		next, found := formatOnce(Source{Name: src.Name, Bytes: text})
		if found.Failed() {
			return src.Bytes, found
		}
		if bytes.Equal(next, text) {
			break
		}
		text = next
	}
	return text, nil
}

// settled is how often a layout is tried: in a new place the parser may give a
// comment to another neighbour.
const settled = 4

func formatOnce(src Source) ([]byte, Findings) {
	p, root, found := parse(src)
	if root == nil || found.Failed() {
		return nil, found
	}
	doc, _, err := loadDocument([]byte(strings.Join(p.lines, "\n")))
	if err != nil {
		return nil, Findings{syntax(p, err)}
	}
	f := newFormatter(p.lines, fileKind(root))
	f.document(doc)
	out := []byte(strings.TrimRight(f.out.String(), "\n") + "\n")
	if lost := differ(doc, p, out); lost != "" {
		return nil, Findings{{File: src.Name, Line: 1, Col: 1, Severity: Error, Code: NotFormatted,
			Text: engine.Both("không trình bày lại được mà giữ nguyên %s", "it cannot be laid out without losing %s", quoted(lost)),
			Hint: engine.Both("dời chú thích ra dòng riêng, ngay trên khóa của nó", "put the comment on a line of its own, right above its key")}}
	}
	return out, nil
}

func quoted(s string) string { return fmt.Sprintf("%q", head(s, 60)) }

// fileKind tells by its first keys what a file is.
func fileKind(root *yaml.Node) string {
	for _, kind := range []string{"saban", "play", "rubric", "agency", "aar", "paper"} {
		if gives(root, kind, yaml.ScalarNode) {
			return kind
		}
	}
	return "site"
}

// differ returns what a new layout has lost or changed: a value or a comment
// of the tree it was made from. Empty means nothing.
func differ(was *yaml.Node, source *page, text []byte) string {
	is, more, err := loadDocument(text)
	if err != nil || more || is == nil || len(is.Content) == 0 {
		return was.Content[0].Value
	}
	if lost := differing(was.Content[0], is.Content[0]); lost != "" {
		return lost
	}
	before, after := comments(was), comments(is)
	for i, c := range before {
		if i >= len(after) || after[i] != c {
			return c
		}
	}
	if len(after) > len(before) {
		return after[len(before)]
	}
	if marks(strings.Join(source.lines, "\n"), was) != marks(string(text), is) {
		return "#"
	}
	return ""
}

// marks counts the comments of a text by their marks: the parser overlooks
// some.
func marks(text string, doc *yaml.Node) int {
	n := strings.Count(text, "#")
	var walk func(*yaml.Node)
	walk = func(node *yaml.Node) {
		if node.Kind == yaml.ScalarNode {
			n -= strings.Count(node.Value, "#")
		}
		for _, kid := range node.Content {
			walk(kid)
		}
	}
	walk(doc)
	return n
}

// differing compares two trees, whatever the order of keys.
func differing(a, b *yaml.Node) string {
	if a.Kind != b.Kind || len(a.Content) != len(b.Content) || a.Tag != b.Tag {
		return a.Value
	}
	if a.Kind == yaml.ScalarNode && norm.NFC.String(a.Value) != b.Value {
		return a.Value
	}
	if a.Kind == yaml.MappingNode {
		values := valuesOf(b)
		for i := 0; i < len(a.Content); i += 2 {
			key := norm.NFC.String(a.Content[i].Value)
			val := values[key]
			if val == nil {
				return key
			}
			if lost := differing(a.Content[i+1], val); lost != "" {
				return lost
			}
		}
		return ""
	}
	for i := range a.Content {
		if lost := differing(a.Content[i], b.Content[i]); lost != "" {
			return lost
		}
	}
	return ""
}

func valuesOf(mapping *yaml.Node) map[string]*yaml.Node {
	values := make(map[string]*yaml.Node, len(mapping.Content)/2)
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		values[mapping.Content[i].Value] = mapping.Content[i+1]
	}
	return values
}

// comments lists every line of comment in a tree, sorted: keys may change
// places, and take their comments along.
func comments(n *yaml.Node) (all []string) {
	for _, c := range []string{n.HeadComment, n.LineComment, n.FootComment} {
		for _, line := range strings.Split(c, "\n") {
			if line = strings.TrimSpace(line); line != "" {
				all = append(all, line)
			}
		}
	}
	for _, kid := range n.Content {
		all = append(all, comments(kid)...)
	}
	slices.Sort(all)
	return all
}
