package scenarios_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
	"gopkg.in/yaml.v3"
	"pgregory.net/rapid"

	"saban/engine"
	"saban/scenarios"
)

func format(t testing.TB, text []byte) []byte {
	t.Helper()
	out, found := scenarios.Format(scenarios.Source{Name: "a.yaml", Bytes: text})
	if len(found) > 0 {
		t.Fatal(found.Format(engine.EN))
	}
	return out
}

// Each archive of testdata/format holds a file as an author left it, and as it
// is laid out.
func TestFormat(t *testing.T) {
	archives, _ := filepath.Glob("../testdata/format/*.txtar")
	if len(archives) == 0 {
		t.Fatal("no archives")
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(name)
			if err != nil || len(ar.Files) != 2 {
				t.Fatalf("two files are wanted: %v", err)
			}
			got := format(t, ar.Files[0].Data)
			if *update {
				ar.Files[1].Data = got
				if err := os.WriteFile(name, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if !bytes.Equal(got, ar.Files[1].Data) {
				t.Errorf("laid out:\n%s\nwanted:\n%s", got, ar.Files[1].Data)
			}
			if again := format(t, got); !bytes.Equal(again, got) {
				t.Errorf("laid out twice it changes:\n%s", again)
			}
		})
	}
}

// What comes with the program is laid out already.
func TestShippedFilesAreFormatted(t *testing.T) {
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".yaml" || strings.HasPrefix(path, "explain") || strings.HasPrefix(path, "schema") || d.Name() == "glossary.yaml" {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if !bytes.Equal(format(t, text), text) {
			t.Errorf("%s: lay it out with saban fmt", path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Whatever the layout a file comes in, it is laid out once and for all, and
// reads the same.
func TestFormatIsStable(t *testing.T) {
	word := rapid.SampledFrom([]string{"a", "b1", "x y", "Đ", "#", "a: b", "- c", "''", `"q"`, "on", "1", "2026-11-23", "a, b", "line\nline", " lead", "end:", "{", "[x", "%", "\\"})
	var value func(depth int) *rapid.Generator[any]
	value = func(depth int) *rapid.Generator[any] {
		if depth == 0 {
			return rapid.Map(word, func(s string) any { return s })
		}
		return rapid.OneOf(
			rapid.Map(word, func(s string) any { return s }),
			rapid.Map(rapid.SliceOfN(rapid.Deferred(func() *rapid.Generator[any] { return value(depth - 1) }), 0, 3), func(l []any) any { return l }),
			rapid.Map(rapid.MapOfN(word, rapid.Deferred(func() *rapid.Generator[any] { return value(depth - 1) }), 0, 3), func(m map[string]any) any { return m }),
		)
	}
	rapid.Check(t, func(t *rapid.T) {
		tree := rapid.MapOfN(rapid.SampledFrom([]string{"saban", "play", "states", "injects", "roles", "zz"}), value(3), 1, 4).Draw(t, "tree")
		text := marshal(t, tree)
		once, found := scenarios.Format(scenarios.Source{Name: "a.yaml", Bytes: text})
		if len(found) > 0 {
			if found[0].Code == scenarios.NotFormatted {
				t.Fatalf("%s\nof\n%s", found.Format(engine.EN), text)
			}
			return
		}
		twice, _ := scenarios.Format(scenarios.Source{Name: "a.yaml", Bytes: once})
		if !bytes.Equal(once, twice) {
			t.Fatalf("once:\n%s\ntwice:\n%s", once, twice)
		}
	})
}

func FuzzFormat(f *testing.F) {
	f.Add([]byte("saban: 1 # a\n# b\nid: x\nstates: {a: {kind: initial}}\n# end\n"))
	f.Add([]byte("play: 1\nsteps:\n- {at: 1m, done: R1} # late\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		out, found := scenarios.Format(scenarios.Source{Name: "a.yaml", Bytes: text})
		if len(found) > 0 {
			return
		}
		if again, found := scenarios.Format(scenarios.Source{Name: "a.yaml", Bytes: out}); len(found) == 0 && !bytes.Equal(again, out) {
			t.Errorf("once:\n%s\ntwice:\n%s", out, again)
		}
	})
}

func marshal(t *rapid.T, tree map[string]any) []byte {
	text, err := yaml.Marshal(tree)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
