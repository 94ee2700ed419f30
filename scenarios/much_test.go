package scenarios_test

import (
	"fmt"
	"strings"
	"testing"

	"saban/engine"
	"saban/scenarios"
)

// Files of a size that no drill has are refused, and say so.
func TestTooMuch(t *testing.T) {
	for code, text := range map[scenarios.Code]string{
		scenarios.TooLarge: "saban: 1\n" + strings.Repeat("# nothing\n", 110_000),
		scenarios.TooMany:  "saban: 1\n" + lines(200, "key%d: 1\n"),
		scenarios.TooLong:  "saban: 1\ninjects:\n" + lines(501, "  - {id: I%d, at: 1m, to: all, text: {vi: a, en: b}}\n"),
	} {
		t.Run(string(code), func(t *testing.T) {
			_, found := scenarios.ReadScenario(scenarios.Source{Name: "much.yaml", Bytes: []byte(text)})
			for _, one := range found {
				if one.Code == code && !one.Text.Empty() {
					return
				}
			}
			t.Errorf("%s is not among\n%s", code, found.Format(engine.EN))
		})
	}
}

// A file with more warnings than are shown is sound, one with an error among
// what is not shown is not.
func TestTooManyWarningsAreNoError(t *testing.T) {
	text := "saban: 1\nid: many\nlang: vi\ntitle: \"Nhiều tin\"\nduration: 30m\nroles:\n  guard: {title: \"Bảo vệ\"}\ninjects:\n" +
		lines(250, "  - {id: I%[1]d, at: 1m, channel: radio, to: [guard], title: \"Tin\", text: \"Tin số %[1]d.\"}\n")
	for more, fails := range map[string]bool{"": false, "  - {id: I1, at: 1m, channel: radio, to: [guard], title: \"Tin\", text: \"Lần nữa.\"}\n": true} {
		_, found := scenarios.ReadScenario(scenarios.Source{Name: "many.yaml", Bytes: []byte(text + more)})
		last := found[len(found)-1]
		if last.Code != scenarios.TooMany || found.Failed() != fails {
			t.Errorf("it failed: %t, the last finding is %s", found.Failed(), last.Code)
		}
	}
}

func lines(n int, form string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, form, i)
	}
	return b.String()
}
