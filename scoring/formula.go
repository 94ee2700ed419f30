package scoring

import (
	"errors"
	"math/big"
	"reflect"
	"strconv"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/checker"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"

	"saban/engine"
)

// Bounds of a formula.
const (
	maxFormula      = 400 // bytes
	maxFormulaDepth = 20
	maxLiteral      = 1_000_000_000
	maxDecimals     = 9
)

var formulaNames = []string{"T", "C", "O", "penalty"}

// formula is a checked total formula. It is reckoned in exact fractions, so
// that no processor and no order of terms can change a hundredth.
type formula struct {
	op    byte // n number, v variable, + - * /, _ negation, < min, > max
	kids  []*formula
	value *big.Rat
	name  int // place in formulaNames
}

// readFormula returns nil for an empty formula, and what is wrong with a bad one.
func readFormula(src string) (*formula, engine.Faults) {
	if strings.TrimSpace(src) == "" {
		return nil, nil
	}
	if len(src) > maxFormula {
		return nil, formulaFault(0, engine.Both("công thức dài %d byte, nhiều nhất là %d",
			"the formula is %d bytes long, at most %d are taken", len(src), maxFormula), engine.Text{})
	}
	if at := tooDeep(src); at >= 0 {
		return nil, deepFault(at)
	}
	// Numbers to expr's checker; their values are fractions it never sees.
	config := conf.New(map[string]int{"T": 0, "C": 0, "O": 0, "penalty": 0})
	config.ExpectAny = true
	tree, err := parser.ParseWithConfig(src, config)
	if err != nil {
		return nil, unreadable(src, err)
	}
	r := formulaReader{src: src}
	f := r.read(tree.Node)
	if len(r.faults) > 0 {
		return nil, r.faults
	}
	kind, err := checker.Check(tree, config)
	if err != nil {
		return nil, unreadable(src, err)
	}
	if k := kind.Kind(); k != reflect.Int && k != reflect.Float64 && k != reflect.Interface {
		return nil, formulaFault(0, engine.Both("công thức không cho ra một số", "the formula does not give a number"), allowed)
	}
	return f, nil
}

var allowed = engine.Text{
	VI: "dùng số, T, C, O, penalty, + - * / ( ), min và max",
	EN: "use numbers, T, C, O, penalty, + - * / ( ), min and max",
}

func formulaFault(offset int, text, hint engine.Text) engine.Faults {
	return engine.Faults{{Path: "total", Offset: offset, Text: text, Hint: hint}}
}

func deepFault(at int) engine.Faults {
	return formulaFault(at, engine.Both("công thức lồng sâu quá %d tầng", "the formula nests deeper than %d levels", maxFormulaDepth), engine.Text{})
}

func unreadable(src string, err error) engine.Faults {
	offset := len(src)
	var where *file.Error
	if errors.As(err, &where) {
		offset = byteOffset(src, where.From)
	}
	return formulaFault(offset, engine.Both("không đọc được công thức từ chỗ này", "the formula cannot be read from here on"), allowed)
}

// byteOffset turns expr's count of characters into bytes.
func byteOffset(src string, runes int) int {
	for i := range src {
		if runes == 0 {
			return i
		}
		runes--
	}
	return len(src)
}

// tooDeep returns where brackets nest too deep, or -1: expr does not count
// them.
func tooDeep(src string) int {
	depth := 0
	for i := 0; i < len(src); i++ {
		switch src[i] {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth--
		}
		if depth > maxFormulaDepth {
			return i
		}
	}
	return -1
}

type formulaReader struct {
	src    string
	faults engine.Faults
}

func (r *formulaReader) refuse(n ast.Node, text, hint engine.Text) *formula {
	r.faults = append(r.faults, formulaFault(byteOffset(r.src, n.Location().From), text, hint)...)
	return nil
}

func (r *formulaReader) read(n ast.Node) *formula {
	switch n := n.(type) {
	case *ast.IntegerNode:
		return r.number(n, strconv.Itoa(n.Value))
	case *ast.FloatNode:
		return r.number(n, strconv.FormatFloat(n.Value, 'f', -1, 64))
	case *ast.IdentifierNode:
		return r.variable(n)
	case *ast.UnaryNode:
		if n.Operator == "+" {
			return r.read(n.Node)
		}
		if n.Operator == "-" {
			return r.node('_', n.Node)
		}
	case *ast.BinaryNode:
		if len(n.Operator) == 1 && strings.Contains("+-*/", n.Operator) {
			f := r.node(n.Operator[0], n.Left, n.Right)
			r.checkDivisor(f, n.Right)
			return f
		}
	case *ast.BuiltinNode:
		if op := map[string]byte{"min": '<', "max": '>'}[n.Name]; op != 0 && len(n.Arguments) > 0 {
			return r.node(op, n.Arguments...)
		}
	}
	return r.refuse(n, engine.Both("công thức không dùng được phần này", "this does not belong in a formula"), allowed)
}

func (r *formulaReader) node(op byte, parts ...ast.Node) *formula {
	f := &formula{op: op}
	for _, p := range parts {
		f.kids = append(f.kids, r.read(p))
	}
	return f
}

func (r *formulaReader) number(n ast.Node, digits string) *formula {
	value, ok := new(big.Rat).SetString(digits)
	_, decimals, _ := strings.Cut(digits, ".")
	if !ok || value.Cmp(big.NewRat(maxLiteral, 1)) > 0 || len(decimals) > maxDecimals {
		return r.refuse(n, engine.Both("số này quá lớn hoặc quá nhiều chữ số thập phân",
			"this number is too large or has too many decimals"),
			engine.Both("nhiều nhất %d, chín chữ số thập phân", "at most %d, nine decimals", maxLiteral))
	}
	return &formula{op: 'n', value: value}
}

func (r *formulaReader) variable(n *ast.IdentifierNode) *formula {
	for i, name := range formulaNames {
		if name == n.Value {
			return &formula{op: 'v', name: i}
		}
	}
	hint := allowed
	near := engine.Closest(n.Value, formulaNames)
	if near != "" && (len(n.Value) > 2 || strings.EqualFold(n.Value, near)) {
		hint = engine.Both("ý bạn là %q?", "did you mean %q?", near)
	}
	return r.refuse(n, engine.Both("công thức không biết tên %q", "the formula knows no name %q", n.Value), hint)
}

func (r *formulaReader) checkDivisor(f *formula, right ast.Node) {
	if f.op != '/' || !f.kids[1].constant() {
		return
	}
	if v, ok := f.kids[1].eval(nil); ok && v.Sign() == 0 {
		r.refuse(right, engine.Both("công thức chia cho 0", "the formula divides by zero"), engine.Text{})
	}
}

// constant reports whether f is whole and names nothing.
func (f *formula) constant() bool {
	if f == nil || f.op == 'v' {
		return false
	}
	for _, k := range f.kids {
		if !k.constant() {
			return false
		}
	}
	return true
}

// eval reckons f with the values of formulaNames; it is false where
// something is divided by zero.
func (f *formula) eval(values []*big.Rat) (*big.Rat, bool) {
	switch f.op {
	case 'n':
		return f.value, true
	case 'v':
		return values[f.name], true
	}
	out, ok := f.kids[0].eval(values)
	if !ok {
		return nil, false
	}
	if f.op == '_' {
		return new(big.Rat).Neg(out), true
	}
	for _, k := range f.kids[1:] {
		v, ok := k.eval(values)
		if !ok || f.op == '/' && v.Sign() == 0 {
			return nil, false
		}
		out = apply(f.op, out, v)
	}
	return out, true
}

func apply(op byte, a, b *big.Rat) *big.Rat {
	switch op {
	case '+':
		return new(big.Rat).Add(a, b)
	case '-':
		return new(big.Rat).Sub(a, b)
	case '*':
		return new(big.Rat).Mul(a, b)
	case '/':
		return new(big.Rat).Quo(a, b)
	}
	if (a.Cmp(b) < 0) == (op == '<') {
		return a
	}
	return b
}
