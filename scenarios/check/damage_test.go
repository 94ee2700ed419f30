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

// tree is a YAML mapping with ways to find things in it.
type tree struct{ *yaml.Node }

// at returns the value under a key, or nil.
func (n *tree) at(key string) *tree {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return &tree{n.Content[i+1]}
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
	step := 1
	if n.Kind == yaml.MappingNode {
		step = 2
	}
	for i := step - 1; i < len(n.Content); i += step {
		out = append(out, &tree{n.Content[i]})
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

func (n *tree) called() string {
	if n.text("vi") != "" {
		return n.text("vi")
	}
	if id := n.text("id"); id != "" {
		return id
	}
	return n.text("from") + " → " + n.text("to") + " (" + n.text("when") + ")"
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

// dropFrom takes an entry out of the list under key.
func dropFrom(list *tree, title string) (out []func() string) {
	for i := range list.Content {
		out = append(out, func() string {
			where := title + " " + (&tree{list.Content[i]}).called()
			list.Content = slices.Delete(list.Content, i, i+1)
			return where
		})
	}
	return out
}
