package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestColumns(t *testing.T) {
	for text, want := range map[string]int{
		"":                  0,
		"abc":               3,
		"Đường thoát nạn":   15,
		"tie\u0302\u0301ng": 5, // marks on their own
		"x\u0323":           1, // no composed form
		"消防":                4,
		"a\u200bb":          2,
		"“Ai?” … — ● ◆ ■ ┃": 17,
	} {
		if got := columns(text); got != want {
			t.Errorf("%q takes %d columns, want %d", text, got, want)
		}
	}
}

func TestFold(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		n    int
		want []string
	}{
		"between words":     {"Có khói ở kho giấy", 9, []string{"Có khói ở", "kho giấy"}},
		"decomposed":        {"Co\u0301 kho\u0301i o\u031b\u0309 kho", 9, []string{"Có khói ở", "kho"}},
		"a word too long":   {"ab abcdefgh ij", 4, []string{"ab", "abcd", "efgh", "ij"}},
		"wide letters":      {"消防消防 a", 5, []string{"消防", "消防", "a"}},
		"paragraphs":        {"a\n\nb", 4, []string{"a", "", "b"}},
		"nothing":           {" ", 4, []string{""}},
		"wider than a line": {"消 a", 1, []string{"消", "a"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, fold(c.text, c.n)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFoldKeepsEveryWord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.StringMatching(`[a-zăđếự]{1,12}`)).Draw(t, "words"), " ")
		n := rapid.IntRange(1, 30).Draw(t, "n")
		got := fold(text, n)
		for _, l := range got {
			if columns(l) > n {
				t.Fatalf("%q is wider than %d", l, n)
			}
		}
		bare := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if bare(strings.Join(got, " ")) != bare(text) {
			t.Fatalf("%q became %q", text, got)
		}
	})
}

func TestClip(t *testing.T) {
	for _, c := range []struct {
		text string
		n    int
		want string
	}{{"Trưởng cơ quan", 14, "Trưởng cơ quan"}, {"Trưởng cơ quan", 8, "Trưởng…"}, {"消防", 3, "消…"}, {"ab", 1, "…"}, {"ab", 0, ""}} {
		if got := clip(c.text, c.n); got != c.want {
			t.Errorf("clip(%q, %d) = %q, want %q", c.text, c.n, got, c.want)
		}
	}
}

func TestLinesOutsideAreCutOff(t *testing.T) {
	cv := newCanvas(4, 2)
	a := cv.all().sub(1, 0, 2, 1)
	a.put(0, 0, "消x消", plain)
	a.put(0, 5, "far", plain)
	a.put(0, -1, "far", plain)
	a.put(-3, 0, "far", plain)
	var got strings.Builder
	for _, c := range cv.cells {
		got.WriteString(c.text)
	}
	if got.String() != " 消     " {
		t.Errorf("%q", got.String())
	}
}
