package scenarios_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"gopkg.in/yaml.v3"

	"saban/scenarios"
)

// Every constant of code.go has an explanation, and every explanation a
// constant; no code is given twice.
func TestEveryCodeIsExplained(t *testing.T) {
	tree, err := parser.ParseFile(token.NewFileSet(), "code.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]string{}
	ast.Inspect(tree, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) == 0 {
			return true
		}
		if lit, ok := spec.Values[0].(*ast.BasicLit); ok {
			code, _ := strconv.Unquote(lit.Value)
			if names[code] != "" {
				t.Errorf("%s and %s are both %s", names[code], spec.Names[0].Name, code)
			}
			names[code] = spec.Names[0].Name
		}
		return true
	})
	if len(names) < 100 {
		t.Fatalf("%d codes were seen", len(names))
	}
	for code, name := range names {
		if _, ok := scenarios.Explain(scenarios.Code(code)); !ok {
			t.Errorf("%s (%s) is not explained", code, name)
		}
	}
	codes := scenarios.Codes()
	for _, code := range codes {
		if names[string(code)] == "" {
			t.Errorf("%s is explained, and there is no such code", code)
		}
	}
	if !slices.IsSorted(codes) {
		t.Error("codes are not in order")
	}
}

func TestExplanationsAreWhole(t *testing.T) {
	for _, code := range scenarios.Codes() {
		x, _ := scenarios.Explain(code)
		for of, text := range map[string]string{"title vi": x.Title.VI, "title en": x.Title.EN, "why vi": x.Why.VI, "why en": x.Why.EN} {
			if text == "" || !norm.NFC.IsNormalString(text) || strings.TrimSpace(text) != text || strings.Contains(text, "\n") {
				t.Errorf("%s: %s is empty, not in NFC or not one paragraph: %q", code, of, text)
			}
		}
		if n := utf8.RuneCountInString(x.Why.VI); n > 560 {
			t.Errorf("%s: %d characters, nobody reads on", code, n)
		}
		if (x.Wrong == "") != (x.Right == "") {
			t.Errorf("%s shows only one of wrong and right", code)
		}
		if strings.Count(x.Wrong, "\n") > 12 || strings.Count(x.Right, "\n") > 14 {
			t.Errorf("%s: the snippets are too long", code)
		}
	}
}

// Explanations are in one file each, and files have entries of codes only.
func TestExplanationsAreGivenOnce(t *testing.T) {
	files, err := filepath.Glob("explain/*.yaml")
	if err != nil || len(files) < 6 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	in := map[string]string{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var entries map[string]struct {
			Title, Why   map[string]string
			Wrong, Right string
		}
		dec := yaml.NewDecoder(strings.NewReader(string(text)))
		dec.KnownFields(true)
		if err := dec.Decode(&entries); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for code := range entries {
			if in[code] != "" {
				t.Errorf("%s is in %s and in %s", code, in[code], file)
			}
			in[code] = file
		}
	}
}

func TestClosestCode(t *testing.T) {
	for word, want := range map[string]scenarios.Code{
		"SB104": scenarios.BadGuard, "sb104": scenarios.BadGuard, "104": scenarios.BadGuard, " sb12 ": scenarios.MissingKey, "12": scenarios.MissingKey, "5": scenarios.TooDeep,
		"SB1O4": scenarios.BadGuard, "frobnicate": "", "": "",
	} {
		t.Run(word, func(t *testing.T) {
			if got := scenarios.ClosestCode(word); got != want {
				t.Errorf("%q, want %q", got, want)
			}
		})
	}
}
