package documenttest_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"testing"

	"saban/engine"
	"saban/report/document/documenttest"
)

// The sample has every kind of block there is, so that no renderer can do
// without one.
func TestTheSampleHasEveryKindOfBlock(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "../document.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	said, kinds := documenttest.Said(documenttest.Sample(engine.VI)), 0
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Recv == nil || f.Name.Name != "block" {
			continue
		}
		kinds++
		kind := f.Recv.List[0].Type.(*ast.StarExpr).X.(*ast.Ident).Name
		if len(said[kind]) == 0 {
			t.Errorf("there is no %s in it", kind)
		}
	}
	if kinds < 11 {
		t.Errorf("found %d kinds of block", kinds)
	}
}
