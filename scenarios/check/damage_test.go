package check_test

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"saban/engine"
)

// damage is one kind of harm an edit may do. places returns a function for
// each place it can be done at; the function does it and says where.
type damage struct {
	name   string
	places func(root *tree) []func() string
}

// tree is a YAML mapping with ways to find things in it, and the key it stands
// under.
type tree struct {
	*yaml.Node
	key string
}

// clone returns a tree that may be damaged without harm to this one.
func (n *tree) clone() *tree {
	var copied func(n *yaml.Node) *yaml.Node
	copied = func(n *yaml.Node) *yaml.Node {
		own := *n
		own.Content = slices.Clone(n.Content)
		for i, kid := range own.Content {
			own.Content[i] = copied(kid)
		}
		return &own
	}
	return &tree{copied(n.Node), n.key}
}

// at returns the value under a key, or nil.
func (n *tree) at(key string) *tree {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return &tree{n.Content[i+1], key}
		}
	}
	return nil
}

func (n *tree) text(key string) string {
	if v := n.at(key); v != nil {
		return v.Value
	}
	return ""
}

func (n *tree) set(key, value string) {
	if v := n.at(key); v != nil {
		v.Value, v.Tag, v.Style = value, "", 0
		return
	}
	n.Content = append(n.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: key}, &yaml.Node{Kind: yaml.ScalarNode, Value: value})
}

func (n *tree) drop(key string) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			n.Content = slices.Delete(n.Content, i, i+2)
			return
		}
	}
}

// items are the entries of a list, or the values of a mapping.
func (n *tree) items() []*tree {
	if n == nil {
		return nil
	}
	var out []*tree
	for i := 0; i < len(n.Content); i++ {
		key := ""
		if n.Kind == yaml.MappingNode {
			key = n.Content[i].Value
			i++
		}
		out = append(out, &tree{n.Content[i], key})
	}
	return out
}

func (n *tree) transitions() []*tree { return n.at("transitions").items() }
func (n *tree) injects() []*tree     { return n.at("injects").items() }

func (n *tree) responses() (all []*tree) {
	for _, in := range n.injects() {
		all = append(all, in.at("expects").items()...)
	}
	return all
}

// called names a thing by its id, or by its key, or says what it says.
func (n *tree) called() string {
	switch {
	case n.at("id") != nil:
		return n.text("id")
	case n.at("from") != nil:
		return n.text("from") + " → " + n.text("to") + " (" + n.text("when") + ")"
	case n.at("vi") != nil:
		return n.text("vi")
	}
	return n.key
}

// each does something at every item that it may be done at.
func each(items []*tree, may func(*tree) bool, do func(*tree)) (out []func() string) {
	for _, item := range items {
		if may == nil || may(item) {
			out = append(out, func() string { where := item.called(); do(item); return where })
		}
	}
	return out
}

// pairs does something at every two neighbours that it may be done at.
func pairs(items []*tree, may func(a, b *tree) bool, do func(a, b *tree)) (out []func() string) {
	for i := 0; i+1 < len(items); i++ {
		a, b := items[i], items[i+1]
		if may(a, b) {
			out = append(out, func() string { where := a.called() + ", " + b.called(); do(a, b); return where })
		}
	}
	return out
}

func swap(key string) func(a, b *tree) {
	return func(a, b *tree) { x, y := a.at(key), b.at(key); *x.Node, *y.Node = *y.Node, *x.Node }
}

func has(key string) func(*tree) bool { return func(n *tree) bool { return n.at(key) != nil } }

func when(part string) func(*tree) bool {
	return func(n *tree) bool { return strings.Contains(n.text("when"), part) }
}

func rewrite(key string, change func(string) string) func(*tree) {
	return func(n *tree) { n.set(key, change(n.text(key))) }
}

func replaceOnce(old, new string) func(string) string {
	return func(s string) string { return strings.Replace(s, old, new, 1) }
}

func span(factor float64) func(string) string {
	return func(s string) string {
		m, _ := engine.ParseDuration(s)
		return strconv.Itoa(int(float64(m)*factor)/1000) + "s"
	}
}

var conjunct = regexp.MustCompile(` and (not )?[a-z]+\([A-Za-z0-9_]+\)$`)

// dropFrom takes an entry out of a list or a mapping.
func dropFrom(list *tree, title string) (out []func() string) {
	for i, item := range list.items() {
		out = append(out, func() string {
			where := strings.TrimSpace(title + " " + item.called())
			if list.Kind == yaml.MappingNode {
				list.Content = slices.Delete(list.Content, 2*i, 2*i+2)
			} else {
				list.Content = slices.Delete(list.Content, i, i+1)
			}
			return where
		})
	}
	return out
}
