package documenttest

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
)

// NothingLost wants every text of a Hostile document in what was read back
// from a rendering: each row once, the others whole. Space does not count, nor
// what a line break may change; drawn says how a font shows what it cannot
// draw, in pairs, and is empty where every letter stays.
func NothingLost(tb testing.TB, name, text string, drawn ...string) {
	tb.Helper()
	text = Squeezed(text)
	for i := range 300 {
		if n := strings.Count(text, fmt.Sprintf("hàng%03d", i)); n != 1 {
			tb.Errorf("%s: row %d stands there %d times", name, i, n)
		}
	}
	for i := range 40 {
		for _, want := range []string{"Vaithứ%02d", "Đơnvịthứ%02d"} {
			if !strings.Contains(text, fmt.Sprintf(want, i+1)) {
				tb.Errorf("%s: %s is lost", name, fmt.Sprintf(want, i+1))
			}
		}
	}
	for _, trap := range Traps {
		want := strings.NewReplacer(drawn...).Replace(Squeezed(trap))
		if n := strings.Count(text, want); n < 20 {
			tb.Errorf("%s: %q is lost: found %d times", name, want, n)
		}
	}
	if n := strings.Count(text, Squeezed(Long())); n < 4 {
		tb.Errorf("%s: the long text is whole %d times", name, n)
	}
}

// Squeezed is a text without what may part it: spaces, breaks and marks of
// direction.
func Squeezed(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, text)
}
