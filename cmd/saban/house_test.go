package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mayImport is the house: imports point down. A package that is not listed
// may be imported by nobody.
var mayImport = map[string][]string{
	"engine":          {},
	"scoring":         {"engine"},
	"seal":            {"engine"},
	"scenarios":       {"engine", "scoring"},
	"scenarios/check": {"engine", "scoring", "scenarios"},
	"scenarios/graph": {"engine", "scoring", "scenarios"},

	"scenarios/scenariotest": {"engine", "scenarios"},

	"handbook":        {"engine", "scoring"},
	"report":          {"engine", "scoring", "report/document", "report/figure"},
	"paper/papertest": {"engine", "scoring", "scenarios", "store", "live"},
	"paper":           {"engine", "scoring", "scenarios", "scenarios/graph", "live", "report/document"},
	"report/aar":      {"engine", "report", "scenarios"},
	"report/document": {"engine", "report/figure"},

	"server/photo/phototest": {},

	"report/document/documenttest": {"engine", "report/document", "report/figure"},

	"report/docx":     {"engine", "report/document", "report/figure", "report/measure"},
	"report/figure":   {"engine", "scoring"},
	"report/formats":  {"engine", "report", "report/aar", "report/document", "report/docx", "report/html", "report/markdown", "report/pdf", "report/xlsx", "store"},
	"report/html":     {"engine", "report/document", "report/figure"},
	"report/markdown": {"engine", "report/document", "report/figure"},
	"report/measure":  {"report/document"},
	"report/pdf":      {"engine", "report/document", "report/figure", "report/measure"},
	"report/xlsx":     {"engine", "scoring", "report", "report/figure"},
	"whatif":          {"engine", "scoring"},
	"store":           {"engine"},
	"store/sqlite":    {"engine", "store"},
	"store/storetest": {"engine", "store"},
	"live":            {"engine", "scoring", "store"},
	"server/photo":    {"engine"},
	"server":          {"server/photo", "engine", "scoring", "scenarios", "scenarios/check", "scenarios/graph", "report", "report/aar", "report/document", "report/figure", "report/formats", "report/html", "report/pdf", "paper", "handbook", "store", "live"},
	"cmd/saban":       {"server", "seal", "engine", "scoring", "scenarios", "scenarios/check", "scenarios/graph", "report", "report/aar", "report/document", "report/docx", "report/figure", "report/formats", "report/html", "report/markdown", "report/pdf", "store", "store/sqlite", "live", "whatif", "paper", "handbook"},
}

// onlyIn holds libraries to the packages that need them.
var onlyIn = map[string][]string{
	"github.com/expr-lang/expr":  {"engine", "scoring"},
	"github.com/looplab/fsm":     {"engine"},
	"gopkg.in/yaml.v3":           {"scenarios"},
	"github.com/spf13/cobra":     {"cmd/saban"},
	"golang.org/x/term":          {"cmd/saban"},
	"golang.org/x/text/unicode/": {"scenarios", "seal", "server", "cmd/saban"},
	"github.com/danielgtaylor/":  {"server"},
	"modernc.org/sqlite":         {"store/sqlite"},
	"golang.org/x/image":         {"report/figure", "report/measure", "server/photo"},
	"codeberg.org/go-fonts/":     {"report/figure", "report/measure"},
	"codeberg.org/go-pdf/":       {"report/pdf"},
	"github.com/xuri/excelize":   {"report/xlsx"},
}

// goFiles parses every Go file of the repository that is not a test, with
// the folder it is in.
func goFiles(t *testing.T, visit func(folder, path string, file *ast.File, fset *token.FileSet)) {
	t.Helper()
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && d.Name() != ".." || d.Name() == "testdata" || d.Name() == "node_modules") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, path, nil, 0)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		visit(filepath.ToSlash(rel), path, file, fset)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestImportsPointDown(t *testing.T) {
	seen := map[string]bool{}
	goFiles(t, func(folder, path string, file *ast.File, _ *token.FileSet) {
		seen[folder] = true
		allowed, known := mayImport[folder]
		if !known {
			t.Errorf("%s: the folder %q has no place in the house", path, folder)
			return
		}
		for _, spec := range file.Imports {
			name, _ := strconv.Unquote(spec.Path.Value)
			if own, ok := strings.CutPrefix(name, "saban/"); ok && !slices.Contains(allowed, own) {
				t.Errorf("%s imports %s", path, name)
			}
			for library, folders := range onlyIn {
				if strings.HasPrefix(name, library) && !slices.Contains(folders, folder) {
					t.Errorf("%s imports %s, which belongs in %v", path, name, folders)
				}
			}
		}
	})
	for _, folder := range []string{"engine", "scoring", "scenarios", "store", "report", "cmd/saban"} {
		if !seen[folder] {
			t.Errorf("no Go file was seen in %s", folder)
		}
	}
}

// TestEngineAndScoringArePure walks their syntax trees: no clock, no
// randomness, no system, no goroutine, no way out of the process.
func TestEngineAndScoringArePure(t *testing.T) {
	clock := []string{"Now", "Since", "Until", "After", "AfterFunc", "Sleep", "Tick", "NewTicker", "NewTimer"}
	forbidden := []string{"os", "os/", "math/rand", "crypto/rand", "net", "net/", "syscall", "unsafe", "runtime", "sync", "log", "log/"}
	goFiles(t, func(folder, path string, file *ast.File, fset *token.FileSet) {
		if folder != "engine" && folder != "scoring" {
			return
		}
		for _, spec := range file.Imports {
			name, _ := strconv.Unquote(spec.Path.Value)
			for _, no := range forbidden {
				if name == strings.TrimSuffix(no, "/") || strings.HasPrefix(name, strings.TrimSuffix(no, "/")+"/") {
					t.Errorf("%s imports %s", path, name)
				}
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				t.Errorf("%s: a go statement", fset.Position(n.Pos()))
			case *ast.SelectorExpr:
				if x, ok := n.X.(*ast.Ident); ok && x.Name == "time" && slices.Contains(clock, n.Sel.Name) {
					t.Errorf("%s: time.%s", fset.Position(n.Pos()), n.Sel.Name)
				}
			case *ast.BasicLit:
				if n.Kind == token.FLOAT {
					t.Errorf("%s: floating point %s", fset.Position(n.Pos()), n.Value)
				}
			case *ast.Ident:
				if n.Name == "float64" || n.Name == "float32" {
					t.Errorf("%s: %s", fset.Position(n.Pos()), n.Name)
				}
			}
			return true
		})
	})
}

// Only main leaves the process, and nothing panics.
func TestOnlyMainExits(t *testing.T) {
	goFiles(t, func(folder, path string, file *ast.File, fset *token.FileSet) {
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if f, ok := call.Fun.(*ast.Ident); ok && f.Name == "panic" {
				t.Errorf("%s: panic", fset.Position(n.Pos()))
			}
			if f, ok := call.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "Exit" && filepath.Base(path) != "main.go" {
				t.Errorf("%s: Exit", fset.Position(n.Pos()))
			}
			return true
		})
	})
}
