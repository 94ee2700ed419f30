package engine

import (
	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/vm"
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
	g, index := &Guard{Source: source, Tree: tree, inject: -1}, len(c.guards)
	seen := map[atomKey]int{}
	tree.Atoms(func(a *GuardNode) {
		k.read(g, index, a)
		a.atom = g.number(a, seen)
	})
	if g.perState {
		c.stateful = append(c.stateful, index)
	}
	var err error
	if g.form, err = k.form(lower(tree), len(g.atoms)); err != nil {
		k.fault(path, Both("không biên dịch được điều kiện: %v", "the condition does not compile: %v", err), Text{})
		return -1
	}
	c.guards = append(c.guards, g)
	return index
}

// form is what a guard amounts to once its facts are numbered. Most guards of
// a scenario have one of a few: "fact(0)", "fact(0) and not fact(1)".
type form struct {
	program *vm.Program
	table   uint64 // program's answers, when there are few enough facts
}

func (k *compiler) form(text string, atoms int) (*form, error) {
	if f, ok := k.forms[text]; ok {
		return f, nil
	}
	program, err := expr.Compile(text, expr.Env(guardTypes), expr.AsBool(), expr.DisableAllBuiltins())
	if err != nil {
		return nil, err
	}
	f := &form{program: program}
	if atoms <= maxTabled {
		f.table = tabulate(program, atoms)
	}
	if k.forms == nil {
		k.forms = map[string]*form{}
	}
	k.forms[text] = f
	return f, nil
}

// maxTabled is for how many facts a table of answers fits into 64 bits.
const maxTabled = 6

// tabulate asks the program for its answer to every combination of facts:
// bit n of the table is the answer where the bits of n say which hold. So a
// drill looks up what expr has said, which is ten times as quick as asking
// again.
func tabulate(program *vm.Program, atoms int) (table uint64) {
	var machine vm.VM
	var row int
	env := map[string]any{"fact": func(i int) bool { return row>>i&1 == 1 }}
	for row = range 1 << atoms {
		if out, err := machine.Run(program, env); err == nil && out.(bool) {
			table |= 1 << row
		}
	}
	return table
}

type atomKey struct {
	fact  FactKind
	index int
}

// number gives each different fact of a guard its place.
func (g *Guard) number(a *GuardNode, seen map[atomKey]int) int {
	key := atomKey{a.Fact, a.index}
	place, before := seen[key]
	if !before {
		place = len(g.atoms)
		seen[key] = place
		g.atoms = append(g.atoms, atom{factOf[a.Fact], a.index})
	}
	return place
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

// guardTypes is the environment guards are checked against: the facts by
// their number. No value is boxed.
var guardTypes = map[string]any{"fact": func(int) bool { return false }}

// lower writes the checked tree back as an expression over numbered facts.
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
	return &ast.CallNode{
		Callee:    &ast.IdentifierNode{Value: "fact"},
		Arguments: []ast.Node{&ast.IntegerNode{Value: n.atom}},
	}
}
