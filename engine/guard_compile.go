package engine

import (
	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
)

// guard reads and compiles one condition and returns its number, or -1.
func (k *compiler) guard(source, path string, inInject bool) int {
	reader := &guardReader{names: k.c.names, inInject: inInject, source: source, durations: map[int]Millis{}}
	tree := reader.read()
	for _, f := range reader.faults {
		k.faults = append(k.faults, Fault{Path: path, Offset: f.offset, Text: f.text, Hint: f.hint})
	}
	if tree == nil || len(reader.faults) > 0 {
		return -1
	}
	c := k.c
	g, index := &Guard{Source: source, Tree: tree}, len(c.guards)
	tree.Atoms(func(a *GuardNode) { k.read(g, index, a) })
	if g.perState {
		c.stateful = append(c.stateful, index)
	}
	program, err := expr.Compile(lower(tree), expr.Env(guardTypes), expr.AsBool(), expr.DisableAllBuiltins())
	if err != nil {
		k.fault(path, Both("không biên dịch được điều kiện: %v", "the condition does not compile: %v", err), Text{})
		return -1
	}
	g.program = program
	c.guards = append(c.guards, g)
	return index
}

// read notes which facts the guard depends on, so that it is tried again
// only when one of them changes.
func (k *compiler) read(g *Guard, index int, a *GuardNode) {
	c := k.c
	note := func(kind, of int) {
		if of >= len(c.readers[kind]) {
			return
		}
		list := c.readers[kind][of]
		if len(list) == 0 || list[len(list)-1] != index {
			c.readers[kind][of] = append(list, index)
		}
	}
	switch a.Fact {
	case FactInject:
		note(signalInject, a.index)
	case FactDone, FactLate, FactMissed, FactProhibited:
		note(signalAct, a.index)
		note(signalAct, c.acts[a.index].parent)
		g.perState = g.perState || a.Fact == FactProhibited
	case FactFlag:
		note(signalFlag, a.index)
	case FactFilled:
		for i := range c.readers[signalRole] {
			note(signalRole, i) // a cover may come from any other role
		}
	case FactState:
		g.perState = true
	case FactSince:
		switch r := c.names.ids[a.ID]; r.kind {
		case kindInject:
			note(signalInject, r.index)
		case kindFlag:
			note(signalFlag, r.index)
		default:
			note(signalAct, r.index)
			note(signalAct, c.acts[r.index].parent)
		}
	}
	if a.Fact.Timed() {
		g.perState = g.perState || a.Fact == FactElapsed
		a.index = len(c.thresholds)
		g.thresholds = append(g.thresholds, a.index)
		c.thresholds = append(c.thresholds, threshold{a.Fact, c.names.ids[a.ID], a.AtLeast})
	}
}

// guardTypes is the environment guards are checked against: one function per
// fact, over numbers that ids became. A comparison with a time is the
// function reached, over the threshold's number: no value is boxed.
var guardTypes = map[string]any{
	"inject": func(int) bool { return false }, "done": func(int) bool { return false },
	"late": func(int) bool { return false }, "missed": func(int) bool { return false },
	"flag": func(int) bool { return false }, "filled": func(int) bool { return false },
	"prohibited": func(int) bool { return false }, "state": func(int) bool { return false },
	"reached": func(int) bool { return false },
}

// lower writes the checked tree back as an expression over numbers.
func lower(n *GuardNode) string { return lowered(n).String() }

func lowered(n *GuardNode) ast.Node {
	switch n.Op {
	case Not:
		return &ast.UnaryNode{Operator: "not", Node: lowered(n.Kids[0])}
	case And, Or:
		word := "and"
		if n.Op == Or {
			word = "or"
		}
		out := lowered(n.Kids[0])
		for _, kid := range n.Kids[1:] {
			out = &ast.BinaryNode{Operator: word, Left: out, Right: lowered(kid)}
		}
		return out
	}
	name := string(n.Fact)
	if n.Fact.Timed() {
		name = "reached"
	}
	return &ast.CallNode{
		Callee:    &ast.IdentifierNode{Value: name},
		Arguments: []ast.Node{&ast.IntegerNode{Value: n.index}},
	}
}
