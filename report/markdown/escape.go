package markdown

import (
	"strings"
	"unicode"
)

// escape makes a text harmless in Markdown, in a table cell too: one line, and
// nothing in it is markup, HTML, a link or an entity. What people cannot see
// (control characters, marks that turn the direction of text) is dropped.
func escape(s string) string {
	var b strings.Builder
	s = strings.Join(strings.FieldsFunc(s, unicode.IsSpace), " ")
	for i, r := range s {
		switch {
		case unicode.IsControl(r) || bidi(r):
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case strings.ContainsRune("\\`*_{}[]|~#$!^@", r):
			b.WriteByte('\\')
			b.WriteRune(r)
		case (r == '-' || r == '+' || r == '=') && i == 0:
			b.WriteByte('\\')
			b.WriteRune(r)
		case (r == '.' || r == ')') && i > 0 && digits(s[:i]) && (i+1 == len(s) || s[i+1] == ' '):
			b.WriteByte('\\') // 1. would begin a list
			b.WriteRune(r)
		case r == ':' && strings.HasPrefix(s[i:], "://"):
			b.WriteString("&#58;") // no bare address becomes a link
		case r == '.' && i >= 3 && strings.EqualFold(s[i-3:i], "www"):
			b.WriteString("&#46;")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// span is a text as code. Between backticks nothing is escaped, so a text that
// would need it is set as others are.
func span(s string) string {
	if strings.ContainsAny(s, "`|\\<>&") || strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || bidi(r) }) || strings.TrimSpace(s) == "" {
		return escape(s)
	}
	return "`" + s + "`"
}

func bidi(r rune) bool {
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x200e || r == 0x200f || r == 0x061c
}

func digits(s string) bool { return strings.Trim(s, "0123456789") == "" }
