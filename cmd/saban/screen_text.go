package main

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// runeColumns is how many terminal columns a character takes: none for marks
// set on the one before, two for wide ones.
func runeColumns(r rune) int {
	switch {
	case r < 0x20 || r == 0x7f:
		return 0
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// columns is how many terminal columns a text takes.
func columns(s string) int {
	n := 0
	for _, r := range norm.NFC.String(s) {
		n += runeColumns(r)
	}
	return n
}

// clip shortens a text to n columns and says so with an ellipsis.
func clip(s string, n int) string {
	if columns(s) <= n {
		return s
	}
	if n < 1 {
		return ""
	}
	head, _ := breakAt(norm.NFC.String(s), n-1)
	return strings.TrimRight(head, " ") + "…"
}

// breakAt cuts a text so that the head takes at most n columns.
func breakAt(s string, n int) (head, tail string) {
	used := 0
	for i, r := range s {
		if used += runeColumns(r); used > n {
			return s[:i], s[i:]
		}
	}
	return s, ""
}

// fold breaks a text into lines of at most n columns, between words where it
// can.
func fold(s string, n int) []string {
	n = max(n, 1)
	var out []string
	for _, paragraph := range strings.Split(strings.TrimSpace(norm.NFC.String(s)), "\n") {
		line, used := "", 0
		flush := func() {
			out = append(out, line)
			line, used = "", 0
		}
		for _, word := range strings.Fields(paragraph) {
			w := columns(word)
			if used > 0 && used+1+w > n {
				flush()
			}
			for w > n {
				head, tail := breakAt(word, n)
				if head == "" { // a wide character in one column
					break
				}
				line, word = head, tail
				flush()
				w = columns(word)
			}
			if used > 0 {
				line, used = line+" ", used+1
			}
			line, used = line+word, used+w
		}
		flush()
	}
	return out
}
