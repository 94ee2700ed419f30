package check_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"saban/engine"
	"saban/scenarios"
	"saban/scenarios/check"
)

func TestGlossaryIsSound(t *testing.T) {
	terms, err := check.Glossary()
	if err != nil {
		t.Fatal(err)
	}
	count, seen := map[engine.Lang]int{}, map[string]bool{}
	for _, term := range terms {
		count[term.Lang]++
		if term.Use == "" || len(term.Never) == 0 || (term.Why.VI == "") != (term.Why.EN == "") {
			t.Errorf("%q: half an entry", term.Use)
		}
		for _, word := range term.Never {
			key := string(term.Lang) + strings.ToLower(word)
			if seen[key] || word != strings.TrimSpace(word) || !norm.NFC.IsNormalString(word) {
				t.Errorf("%q: twice, with spaces around it, or not in NFC", word)
			}
			seen[key] = true
		}
		if avoided := check.Avoid(term.Use, term.Lang); len(avoided) > 0 {
			t.Errorf("%q is what another entry avoids", term.Use)
		}
	}
	if count[engine.VI] < 40 || count[engine.EN] < 40 {
		t.Errorf("%v entries", count)
	}
}

func TestAvoid(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		lang engine.Lang
		want []string
	}{
		"whole words":                {"hackerspace, team, steam", engine.VI, []string{"team"}},
		"whatever their case":        {"HACKER và Flycam", engine.VI, []string{"Flycam", "HACKER"}},
		"the longest where they lap": {"gọi 911, xem fake news", engine.VI, []string{"fake news"}},
		"between signs":              {"“drone”, (server)…", engine.VI, []string{"drone", "server"}},
		"diacritics count":           {"Công an huyện, bao dong do", engine.VI, []string{"Công an huyện"}},
		"of its own language only":   {"color, drone", engine.EN, []string{"color"}},
		"twice":                      {"check rồi check", engine.VI, []string{"check", "check"}},
		"none":                       {"kiểm tra máy chủ", engine.VI, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, a := range check.Avoid(c.text, c.lang) {
				got = append(got, a.Word)
			}
			slices.Sort(got)
			if slices.Sort(c.want); !slices.Equal(got, c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// Shipped scenarios use the words of the glossary, and so does the program
// when it speaks Vietnamese or English. Verbs, flags and keys are names.
func TestTheProgramKeepsToTheGlossary(t *testing.T) {
	names := regexp.MustCompile("`[^`]*`|saban \\S+|--[a-z-]+|[\\w./-]+\\.(ya?ml|jsonl)|\\b\\w+:|\\$\\{?\\w+")
	keys := []string{"report", "check", "test", "update", "list", "plan", "post", "file", "user", "data", "case", "all", "full", "pass", "up", "group", "scenario", "debrief", "page",
		"organization", "organizations"} // headings of the published report form
	said := 0
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		fset := token.NewFileSet()
		tree, err := parser.ParseFile(fset, path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			for lang, text := range sentences(n) {
				said++
				for _, a := range check.Avoid(norm.NFC.String(names.ReplaceAllString(text, "")), lang) {
					if !slices.Contains(keys, strings.ToLower(a.Word)) {
						t.Errorf("%s: %q says %q; use %s", fset.Position(n.Pos()), text, a.Word, a.Term.Use)
					}
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if said < 500 {
		t.Errorf("only %d sentences were seen", said)
	}
}

// sentences are the two texts of a call like engine.Both(vi, en) or
// a.say(vi, en), and of a literal like engine.Text{VI: …, EN: …}.
func sentences(n ast.Node) map[engine.Lang]string {
	said := map[engine.Lang]string{}
	switch n := n.(type) {
	case *ast.CallExpr:
		name := ""
		switch f := n.Fun.(type) {
		case *ast.Ident:
			name = f.Name
		case *ast.SelectorExpr:
			name = f.Sel.Name
		}
		if slices.Contains([]string{"Both", "both", "say", "talk"}, name) && len(n.Args) >= 2 {
			said[engine.VI], said[engine.EN] = literal(n.Args[0]), literal(n.Args[1])
		}
	case *ast.CompositeLit:
		for _, e := range n.Elts {
			if pair, ok := e.(*ast.KeyValueExpr); ok {
				if key, ok := pair.Key.(*ast.Ident); ok && (key.Name == "VI" || key.Name == "EN") {
					said[engine.Lang(strings.ToLower(key.Name))] = literal(pair.Value)
				}
			}
		}
	}
	return said
}

func literal(e ast.Expr) string {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return ""
	}
	text, _ := strconv.Unquote(lit.Value)
	return text
}

// The explanations of codes keep to it, too.
func TestExplanationsKeepToTheGlossary(t *testing.T) {
	for _, code := range scenarios.Codes() {
		x, _ := scenarios.Explain(code)
		for lang, text := range map[engine.Lang]string{engine.VI: x.Title.VI + ". " + x.Why.VI, engine.EN: x.Title.EN + ". " + x.Why.EN} {
			for _, a := range check.Avoid(keyNames.ReplaceAllString(commands.ReplaceAllString(text, ""), ""), lang) {
				t.Errorf("%s: %q; use %s", code, a.Word, a.Term.Use)
			}
		}
	}
}

// commands are what is typed, with its arguments.
var commands = regexp.MustCompile(`saban [a-z]+( [A-Z0-9a-z_]+(, [a-z]+)*)?`)

// What editors say of a key keeps to it, too.
func TestSchemasKeepToTheGlossary(t *testing.T) {
	said := 0
	for _, name := range []string{"scenario", "site", "play", "rubric"} {
		text, err := os.ReadFile("../schema/" + name + ".schema.json")
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`"(title|description)": ("(?:[^"\\]|\\.)*")`).FindAllStringSubmatch(string(text), -1) {
			both, err := strconv.Unquote(m[2])
			if err != nil {
				t.Fatal(err)
			}
			vi, en, ok := strings.Cut(both, map[string]string{"title": " · ", "description": "\n\n"}[m[1]])
			if !ok || vi == en && !slices.Contains([]string{"Camera", "SCADA"}, vi) {
				t.Errorf("%s: %q is not in both languages", name, both)
			}
			for lang, words := range map[engine.Lang]string{engine.VI: vi, engine.EN: en} {
				said++
				for _, a := range check.Avoid(keyNames.ReplaceAllString(words, ""), lang) {
					t.Errorf("%s: %q says %q; use %s", name, words, a.Word, a.Term.Use)
				}
			}
		}
	}
	if said < 500 {
		t.Errorf("only %d sentences were seen", said)
	}
}

// keyNames are what is called by its name in every language.
var keyNames = regexp.MustCompile(`saban \S+|\$\{\S+\}|\b[a-z_]+: \S+|[a-z_]*\([^)]*\)`)

func TestHandbooksKeepToTheGlossary(t *testing.T) {
	command := regexp.MustCompile("`[^`]*`")
	files, err := filepath.Glob("../../handbook/text/*.md")
	if err != nil || len(files) != 6 {
		t.Fatalf("%d handbooks (%v)", len(files), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lang := engine.Lang(strings.TrimPrefix(filepath.Ext(strings.TrimSuffix(file, ".md")), "."))
		for _, a := range check.Avoid(norm.NFC.String(command.ReplaceAllString(string(text), "")), lang) {
			t.Errorf("%s says %q; use %s", file, a.Word, a.Term.Use)
		}
	}
}

// roles of the room have one word each, in whatever the program says or shows.
var roomRoles = []string{"người điều khiển", "đánh giá viên", "người tham gia", "quan sát viên"}

// player is what a participant is called too easily; those who gather
// (tập trung, tập kết …) are others.
var player = regexp.MustCompile(`(?i)người tập( (trung|kết|hợp|luyện|huấn))?`)

func TestEveryRoleOfTheRoomHasOneWord(t *testing.T) {
	read := 0
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name := d.Name(); name == "node_modules" || name == "testdata" || name == ".git" {
				return filepath.SkipDir
			}
			return nil
		}
		kind := filepath.Ext(path)
		if !slices.Contains([]string{".go", ".html", ".md", ".yaml", ".js"}, kind) || strings.HasSuffix(path, "_test.go") || d.Name() == "glossary.yaml" {
			return nil
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		read++
		text := norm.NFC.String(string(raw))
		for _, a := range check.Avoid(text, engine.VI) {
			if slices.Contains(roomRoles, a.Term.Use) {
				t.Errorf("%s says %q; use %s", path, a.Word, a.Term.Use)
			}
		}
		for _, found := range player.FindAllStringSubmatch(text, -1) {
			if found[1] == "" {
				t.Errorf("%s says %q; use người tham gia", path, found[0])
			}
		}
		return nil
	})
	if err != nil || read < 300 {
		t.Errorf("%d files were read: %v", read, err)
	}
}
