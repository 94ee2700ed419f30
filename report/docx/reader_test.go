package docx_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"

	"saban/report/document"
	"saban/report/docx"
)

// node is an element read back.
type node struct {
	name     string // w:p
	attrs    map[string]string
	children []*node
	text     string
}

var prefixes = map[string]string{
	"http://schemas.openxmlformats.org/wordprocessingml/2006/main":           "w",
	"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
	"http://schemas.openxmlformats.org/drawingml/2006/main":                  "a",
	"http://schemas.openxmlformats.org/drawingml/2006/picture":               "pic",
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships":    "r",
}

func short(n xml.Name) string {
	if p := prefixes[n.Space]; p != "" {
		return p + ":" + n.Local
	}
	return n.Local
}

func parse(t *testing.T, name string, data []byte) *node {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(data))
	root := &node{}
	open := []*node{root}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return root.children[0]
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		top := open[len(open)-1]
		switch token := token.(type) {
		case xml.StartElement:
			n := &node{name: short(token.Name), attrs: map[string]string{}}
			for _, a := range token.Attr {
				n.attrs[short(a.Name)] = a.Value
			}
			top.children = append(top.children, n)
			open = append(open, n)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			top.text += string(token)
		}
	}
}

// walk visits a node and all below it.
func (n *node) walk(visit func(*node)) {
	visit(n)
	for _, c := range n.children {
		c.walk(visit)
	}
}

// all are the nodes of a name, in order.
func (n *node) all(name string) []*node {
	var out []*node
	n.walk(func(c *node) {
		if c.name == name {
			out = append(out, c)
		}
	})
	return out
}

// at follows names down; nil when there is none.
func (n *node) at(path ...string) *node {
	for _, name := range path {
		if n == nil {
			return nil
		}
		var next *node
		for _, c := range n.children {
			if c.name == name {
				next = c
				break
			}
		}
		n = next
	}
	return n
}

// number is an attribute as a whole number.
func (n *node) number(t *testing.T, attr string) int {
	t.Helper()
	if n == nil {
		t.Fatalf("the element with %s is not there", attr)
	}
	x, err := strconv.Atoi(n.attrs[attr])
	if err != nil {
		t.Fatalf("%s %s: %v", n.name, attr, err)
	}
	return x
}

// words is the text of a node, breaks as lines.
func (n *node) words() string {
	var b strings.Builder
	n.walk(func(c *node) {
		switch c.name {
		case "w:t":
			b.WriteString(c.text)
		case "w:br":
			b.WriteByte('\n')
		}
	})
	return b.String()
}

// book is a file taken apart.
type book struct {
	bytes []byte
	names []string
	files map[string][]byte
	parts map[string]*node // of those that are XML
}

func written(t *testing.T, d *document.Document) *book {
	t.Helper()
	var out bytes.Buffer
	if err := docx.Write(&out, d); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	b := &book{bytes: out.Bytes(), files: map[string][]byte{}, parts: map[string]*node{}}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		b.names = append(b.names, f.Name)
		b.files[f.Name] = data
		if strings.HasSuffix(f.Name, ".xml") || strings.HasSuffix(f.Name, ".rels") {
			b.parts[f.Name] = parse(t, f.Name, data)
		}
	}
	return b
}

func (b *book) text() *node { return b.parts["word/document.xml"] }
