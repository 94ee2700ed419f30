package engine

import "github.com/expr-lang/expr/ast"

// takes says which kinds of id a fact takes.
var takes = map[FactKind][]kind{
	FactInject:     {kindInject},
	FactDone:       {kindResponse, kindWay, kindProhibited, kindDistractor},
	FactLate:       {kindResponse},
	FactMissed:     {kindResponse},
	FactFlag:       {kindFlag},
	FactFilled:     {kindRole},
	FactProhibited: {kindProhibited},
	FactState:      {kindState},
	FactSince:      {kindInject, kindResponse, kindWay, kindProhibited, kindDistractor, kindFlag},
	"target":       {kindResponse},
	"limit":        {kindResponse},
}

func (g *guardReader) fact(word string, args []ast.Node, at int) *GuardNode {
	fact := FactKind(word)
	switch {
	case fact == FactSince:
		g.fault(at, Both("since(…) là thời gian, phải so với một mốc", "since(…) is a time and has to be compared"),
			Both("viết since(I01) >= 10m", "write since(I01) >= 10m"))
		return nil
	case word == "target" || word == "limit":
		g.fault(at, Both("%s(…) chỉ đứng bên phải >=", "%s(…) stands on the right of >= only", word),
			Both("viết elapsed >= %s(R03)", "write elapsed >= %s(R03)", word))
		return nil
	case takes[fact] == nil:
		hint := guardHint
		if near := Closest(word, guardWords[:11]); near != "" {
			hint = Both("có phải là %s?", "did you mean %s?", near)
		}
		g.fault(at, Both("không có sự kiện nào tên %s", "there is no fact named %s", word), hint)
		return nil
	}
	if fact == FactProhibited && g.inInject {
		g.fault(at, Both("prohibited(…) chỉ dùng trong đường chuyển, không dùng trong when của tình huống",
			"prohibited(…) belongs in transitions, not in an inject's when"), Both("dùng done(P01)", "use done(P01)"))
		return nil
	}
	if fact == FactState && !g.inInject {
		g.fault(at, Both("state(…) chỉ dùng trong when của tình huống: đường chuyển đã biết mình ở đâu",
			"state(…) belongs in an inject's when: a transition knows where it is"), Text{})
		return nil
	}
	ref, id, ok := g.argument(fact, args, at)
	if !ok {
		return nil
	}
	return &GuardNode{Op: Atom, Fact: fact, ID: id, Offset: at, index: ref.index}
}

// argument resolves the one bare id a fact takes.
func (g *guardReader) argument(fact FactKind, args []ast.Node, at int) (ref, string, bool) {
	if len(args) != 1 {
		hint := guardHint
		if ids := bareIDs(args); len(ids) > 1 {
			hint = eachOwn(string(fact), ids)
		}
		g.fault(at, Both("%s(…) nhận đúng một mã", "%s(…) takes exactly one id", fact), hint)
		return ref{}, "", false
	}
	name, ok := args[0].(*ast.IdentifierNode)
	if !ok {
		g.fault(args[0].Location().From, Both("trong ngoặc phải là một mã viết trần", "a bare id is wanted here"),
			Both("viết %s(%s)", "write %s(%s)", fact, "R03"))
		return ref{}, "", false
	}
	found, ok := g.names.find(name.Value)
	if !ok {
		g.fault(name.Location().From, Both("không có mã %q", "there is no id %q", name.Value), g.names.near(name.Value, takes[fact]))
		return ref{}, "", false
	}
	for _, k := range takes[fact] {
		if k == found.kind {
			return found, name.Value, true
		}
	}
	g.fault(name.Location().From, Text{
		VI: name.Value + " là " + found.kind.text().VI + ", " + string(fact) + "(…) không nhận",
		EN: name.Value + " is " + found.kind.text().EN + ", which " + string(fact) + "(…) does not take",
	}, Both("dùng %s(%s)", "use %s(%s)", factFor(found.kind), name.Value))
	return ref{}, "", false
}

// bareIDs are the arguments, when all of them are ids.
func bareIDs(args []ast.Node) []string {
	var ids []string
	for _, arg := range args {
		name, ok := arg.(*ast.IdentifierNode)
		if !ok {
			return nil
		}
		ids = append(ids, name.Value)
	}
	return ids
}

func (g *guardReader) compare(n *ast.BinaryNode) *GuardNode {
	node := &GuardNode{Op: Atom, Offset: n.Left.Location().From}
	switch left := n.Left.(type) {
	case *ast.IdentifierNode:
		node.Fact = FactKind(left.Value)
		if node.Fact != FactElapsed && node.Fact != FactClock {
			g.leftSide(node.Offset)
			return nil
		}
		if node.Fact == FactElapsed && g.inInject {
			g.fault(node.Offset, Both("elapsed chỉ dùng trong đường chuyển", "elapsed belongs in transitions"),
				Both("dùng since(I01) >= … hoặc clock >= …", "use since(I01) >= … or clock >= …"))
			return nil
		}
	case *ast.CallNode:
		callee, ok := left.Callee.(*ast.IdentifierNode)
		if !ok || callee.Value != string(FactSince) {
			g.leftSide(node.Offset)
			return nil
		}
		node.Fact = FactSince
		found, id, ok := g.argument(FactSince, left.Arguments, node.Offset)
		if !ok {
			return nil
		}
		node.ID, node.index = id, found.index
	case *ast.UnaryNode:
		g.notTakes(left.Location().From)
		return nil
	default:
		g.leftSide(node.Offset)
		return nil
	}
	var ok bool
	node.AtLeast, node.Bound, ok = g.bound(n.Right)
	if !ok {
		return nil
	}
	return node
}

func (g *guardReader) leftSide(at int) {
	g.fault(at, Both("bên trái >= phải là elapsed, clock hoặc since(…)", "elapsed, clock or since(…) stands on the left of >="), guardHint)
}

// bound reads the constant on the right of >=.
func (g *guardReader) bound(n ast.Node) (Millis, string, bool) {
	at := n.Location().From
	switch n := n.(type) {
	case *ast.IntegerNode:
		end := at
		for end < len(g.source) && (letter(g.source[end]) || g.source[end] >= '0' && g.source[end] <= '9') {
			end++
		}
		return g.durations[at], g.source[at:end], true
	case *ast.IdentifierNode:
		if p := g.names.parameter(n.Value); p != nil {
			if p.Timed {
				return p.Duration, p.ID, true
			}
			g.fault(at, Both("tham số %s không phải thời lượng", "parameter %s is no duration", n.Value),
				Both("cho nó giá trị như 12m", "give it a value such as 12m"))
			return 0, "", false
		}
		if n.Value != "elapsed" && n.Value != "clock" {
			g.fault(at, Both("không có tham số %q", "there is no parameter %q", n.Value), g.names.nearParameter(n.Value))
			return 0, "", false
		}
	case *ast.CallNode:
		callee, ok := n.Callee.(*ast.IdentifierNode)
		if ok && (callee.Value == "target" || callee.Value == "limit") {
			_, id, ok := g.argument(FactKind(callee.Value), n.Arguments, at)
			if !ok {
				return 0, "", false
			}
			r := g.names.response(id)
			if callee.Value == "target" {
				return r.Target, "target(" + id + ")", true
			}
			return r.Limit, "limit(" + id + ")", true
		}
	}
	g.fault(at, Both("bên phải >= phải là một mốc cố định", "a fixed time stands on the right of >="),
		Both("viết 600, 10m, limit(R03) hoặc tên một tham số thời lượng", "write 600, 10m, limit(R03) or the name of a duration parameter"))
	return 0, "", false
}
