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

func lines(n int, form string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, form, i)
	}
	return b.String()
}
