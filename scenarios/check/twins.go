package check

import (
	"slices"
	"strings"

	"saban/engine"
)

// twins returns for each free act the first act that every guard treats in
// the same way: what holds of one holds of the other, and a search need try
// one of them only.
func (g *game) twins() []int {
	var trees []*engine.GuardNode
	for t := range g.s.Transitions {
		trees = append(trees, g.c.TransitionGuard(t).Tree)
	}
	for i := range g.s.Injects {
		if guard := g.c.InjectGuard(i); guard != nil {
			trees = append(trees, guard.Tree)
		}
	}
	first := make([]int, len(g.free))
	for i := range g.free {
		first[i] = i
		for j := range i {
			if first[j] == j && g.free[i].verb == g.free[j].verb && alike(trees, g.free[i].id, g.free[j].id) {
				first[i] = j
				break
			}
		}
	}
	return first
}

// alike reports whether all trees mean the same when two ids change places.
func alike(trees []*engine.GuardNode, a, b string) bool {
	for _, tree := range trees {
		if canon(tree, "", "") != canon(tree, a, b) {
			return false
		}
	}
	return true
}

// canon writes a tree so that the order within and, or does not show, with
// two ids exchanged.
func canon(n *engine.GuardNode, a, b string) string {
	if n.Op == engine.Atom {
		id := n.ID
		switch {
		case a != b && id == a:
			id = b
		case a != b && id == b:
			id = a
		}
		return string(n.Fact) + "(" + id + ")" + n.AtLeast.String()
	}
	kids := make([]string, len(n.Kids))
	for i, kid := range n.Kids {
		kids[i] = canon(kid, a, b)
	}
	slices.Sort(kids)
	return string(rune('0'+n.Op)) + "[" + strings.Join(kids, " ") + "]"
}
