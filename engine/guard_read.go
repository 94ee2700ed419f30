package engine

import (
	"errors"
	"strconv"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"
)

// Limits of a guard. They keep expr, which has no limit on time, quick.
const (
	maxGuardBytes = 400
	maxGuardDepth = 20
)

var guardWords = []string{"inject", "done", "late", "missed", "flag", "filled", "prohibited", "state",
	"since", "clock", "elapsed", "target", "limit", "and", "or", "not", "true", "false", "nil", "in", "let", "if", "else"}

// GuardWord reports whether id is a word of the guard language and so cannot
// be an id.
func GuardWord(id string) bool {
	for _, w := range guardWords {
		if w == id {
			return true
		}
	}
	return false
}

var guardHint = Both(
	"dùng and, or, not, ngoặc tròn và các sự kiện như inject(I01), done(R03), missed(R03), elapsed >= 10m",
	"use and, or, not, brackets and facts such as inject(I01), done(R03), missed(R03), elapsed >= 10m")

// guardFault is a mistake at a byte of a guard.
type guardFault struct {
	offset int
	text   Text
	hint   Text
}

// guardReader turns one guard's source into a tree.
type guardReader struct {
	names     names
	inInject  bool
	source    string
	durations map[int]Millis // by offset
	faults    []guardFault
}

func (g *guardReader) fault(offset int, text, hint Text) {
	g.faults = append(g.faults, guardFault{offset, text, hint})
}

func (g *guardReader) read() *GuardNode {
	plain, ok := g.scan()
	if !ok {
		return nil
	}
	tree, err := parser.Parse(plain)
	if err != nil {
		g.syntax(err)
		return nil
	}
	node := g.node(tree.Node, 1)
	if len(g.faults) > 0 {
		return nil
	}
	return node
}

// syntax words a parser's error. Its own text is English and about its own
// grammar, so only the place is taken from it.
func (g *guardReader) syntax(err error) {
	at, halfWay := 0, false
	var bad *file.Error
	if errors.As(err, &bad) {
		at, halfWay = min(bad.From, len(g.source)), strings.Contains(bad.Message, "EOF")
	}
	if halfWay {
		hint := guardHint
		if strings.Count(g.source, "(") > strings.Count(g.source, ")") {
			hint = Both("đóng ngoặc tròn; một sự kiện nhận một mã, hai sự kiện nối bằng and hoặc or", "close the bracket; a fact takes one id, two facts are joined by and or or")
		}
		g.fault(len(strings.TrimRight(g.source, " \n\r\t")), Both("điều kiện dừng giữa chừng", "the condition stops half-way"), hint)
		return
	}
	if word, _ := g.wordAt(at); spoken[word] != "" || unitWords[word] != "" && g.numberBefore(at) != "" {
		g.slip(at)
		return
	}
	g.fault(at, Both("không đọc được điều kiện từ chỗ này", "the condition cannot be read from here"), guardHint)
}

// scan refuses what the language has not, and replaces durations, which expr
// cannot read, by digits of the same length so that every offset stays.
func (g *guardReader) scan() (string, bool) {
	src := g.source
	if len(src) > maxGuardBytes {
		g.fault(0, Both("điều kiện dài %d byte, nhiều nhất %d", "the condition is %d bytes long, at most %d", len(src), maxGuardBytes),
			Both("chia thành nhiều trạng thái hoặc nhiều đường chuyển", "split it into several states or transitions"))
		return "", false
	}
	if strings.TrimSpace(src) == "" {
		g.fault(0, Both("điều kiện trống", "the condition is empty"), guardHint)
		return "", false
	}
	out := []byte(src)
	depth := 0
	for i := 0; i < len(src); {
		switch c := src[i]; {
		case c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == ',':
			i++
		case c == '(' || c == ')':
			if c == '(' {
				depth++
			} else {
				depth--
			}
			if depth > maxGuardDepth {
				g.fault(i, Both("quá %d tầng ngoặc", "more than %d levels of brackets", maxGuardDepth), guardHint)
				return "", false
			}
			i++
		case c >= '0' && c <= '9':
			i = g.scanNumber(i, out)
		case letter(c):
			for i < len(src) && (letter(src[i]) || src[i] >= '0' && src[i] <= '9') {
				i++
			}
		default:
			n, ok := g.scanSign(i)
			if !ok {
				return "", false
			}
			i += n
		}
	}
	return string(out), len(g.faults) == 0
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' }

func (g *guardReader) scanNumber(i int, out []byte) int {
	end := i
	for end < len(g.source) && (letter(g.source[end]) || g.source[end] >= '0' && g.source[end] <= '9' || g.source[end] == '.') {
		end++
	}
	word := g.source[i:end]
	d, ok := ParseDuration(word)
	if n, err := strconv.ParseInt(word, 10, 32); err == nil {
		d, ok = Millis(n)*Second, true
	}
	if !ok || d%Second != 0 || d > MaxDuration {
		g.fault(i, Both("%q không phải số giây hay thời lượng", "%q is no number of seconds and no duration", word),
			Both("viết 600 hoặc 10m", "write 600 or 10m"))
	}
	g.durations[i] = d
	for j := i; j < end; j++ {
		out[j] = '1'
	}
	return end
}

// scanSign accepts >= and names the right word for the signs people bring
// from other languages.
func (g *guardReader) scanSign(i int) (int, bool) {
	rest := g.source[i:]
	no := Both("không dùng dấu này trong điều kiện", "this sign is not part of a condition")
	only := Both("chỉ so sánh thời gian bằng >=", "times are compared with >= only")
	switch {
	case strings.HasPrefix(rest, ">="):
		return 2, true
	case strings.HasPrefix(rest, "&&"):
		g.fault(i, no, Both("viết and", "write and"))
	case strings.HasPrefix(rest, "||"):
		g.fault(i, no, Both("viết or", "write or"))
	case strings.HasPrefix(rest, "!="), strings.HasPrefix(rest, "=="), rest[0] == '=', rest[0] == '<', rest[0] == '>':
		g.fault(i, only, Both("viết %[1]s >= 10m, hoặc not (%[1]s >= 10m) cho phần còn lại",
			"write %[1]s >= 10m, or not (%[1]s >= 10m) for the rest", g.timeBefore(i)))
	case rest[0] == '!':
		g.fault(i, no, Both("viết not", "write not"))
	default:
		g.slip(i)
	}
	return 0, false
}

func (g *guardReader) node(n ast.Node, depth int) *GuardNode {
	at := n.Location().From
	if depth > maxGuardDepth {
		g.fault(at, Both("lồng quá %d tầng", "nested deeper than %d", maxGuardDepth), guardHint)
		return nil
	}
	switch n := n.(type) {
	case *ast.UnaryNode:
		if n.Operator != "not" {
			break
		}
		return g.not(n, depth)
	case *ast.BinaryNode:
		switch n.Operator {
		case "and":
			return g.join(And, n, depth)
		case "or":
			return g.join(Or, n, depth)
		case ">=":
			return g.compare(n)
		}
	case *ast.CallNode:
		if callee, ok := n.Callee.(*ast.IdentifierNode); ok {
			return g.fact(callee.Value, n.Arguments, at)
		}
	case *ast.BuiltinNode:
		g.fault(at, Both("không có sự kiện nào tên %s", "there is no fact named %s", n.Name), guardHint)
		return nil
	case *ast.IdentifierNode:
		return g.bare(n)
	}
	g.fault(at, Both("không đọc được điều kiện từ chỗ này", "the condition cannot be read from here"), guardHint)
	return nil
}

func (g *guardReader) not(n *ast.UnaryNode, depth int) *GuardNode {
	at := n.Location().From
	rest := strings.TrimLeft(strings.TrimPrefix(g.source[at:], "not"), " \n\t\r")
	_, call := n.Node.(*ast.CallNode)
	if !call && !strings.HasPrefix(rest, "(") {
		g.notTakes(at)
		return nil
	}
	kid := g.node(n.Node, depth+1)
	return &GuardNode{Op: Not, Kids: []*GuardNode{kid}, Offset: at}
}

func (g *guardReader) notTakes(at int) {
	g.fault(at, Both("not đứng trước một sự kiện hoặc một ngoặc", "not takes a fact or brackets"),
		Both("viết not (elapsed >= 10m)", "write not (elapsed >= 10m)"))
}

// join flattens a chain of the same word, so that depth counts nesting and
// not length.
func (g *guardReader) join(op GuardOp, n *ast.BinaryNode, depth int) *GuardNode {
	out := &GuardNode{Op: op, Offset: n.Location().From}
	word := "and"
	if op == Or {
		word = "or"
	}
	var sides []ast.Node
	var left ast.Node = n
	for {
		b, ok := left.(*ast.BinaryNode)
		if !ok || b.Operator != word {
			break
		}
		sides = append(sides, b.Right)
		left = b.Left
	}
	sides = append(sides, left)
	for i := len(sides) - 1; i >= 0; i-- {
		out.Kids = append(out.Kids, g.node(sides[i], depth+1))
	}
	return out
}

func (g *guardReader) bare(n *ast.IdentifierNode) *GuardNode {
	at := n.Location().From
	switch n.Value {
	case "elapsed", "clock":
		g.fault(at, Both("%s là thời gian, phải so với một mốc", "%s is a time and has to be compared", n.Value),
			Both("viết %s >= 10m", "write %s >= 10m", n.Value))
	default:
		hint := guardHint
		if ref, ok := g.names.find(n.Value); ok {
			word := factFor(ref.kind)
			hint = Both("viết %s(%s)", "write %s(%s)", word, n.Value)
		}
		g.fault(at, Both("%q đứng một mình không phải là một sự kiện", "%q alone is no fact", n.Value), hint)
	}
	return nil
}

func factFor(k kind) FactKind {
	switch k {
	case kindInject:
		return FactInject
	case kindFlag:
		return FactFlag
	case kindRole:
		return FactFilled
	case kindState:
		return FactState
	}
	return FactDone
}
