package html

import (
	_ "embed"
	"encoding/base64"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode"
)

var (
	//go:embed style.css
	sheet string
	//go:embed inter.woff2
	inter []byte
	//go:embed inter-OFL.txt
	licence string
)

// face is the subset of Inter that the pages use, every Vietnamese letter in
// it.
func face() string {
	return "@font-face{font-family:Inter;font-weight:400 700;font-display:block;src:url(data:font/woff2;base64," + base64.StdEncoding.EncodeToString(inter) + ") format('woff2')}\n"
}

// style is the whole style sheet: fonts, rules, the foot of each page, and
// the widths of columns.
func (p *page) style() string {
	var b strings.Builder
	notice, _, _ := strings.Cut(licence, "\n")
	fmt.Fprintf(&b, "/* Inter: %s, SIL Open Font License 1.1 */\n", strings.ReplaceAll(strings.TrimSpace(notice), "*/", ""))
	b.WriteString(face() + sheet)
	foot := quote(p.pick("Trang ", "Page ")) + ` counter(page) "/" counter(pages)`
	if p.doc.Seal != "" {
		foot = quote(p.doc.Seal+" · ") + " " + foot
	}
	fmt.Fprintf(&b, "@page{@bottom-left{content:%s}@bottom-right{content:%s}}\n", quote(p.doc.Running), foot)
	if p.doc.Mark != "" {
		fmt.Fprintf(&b, "@page{@top-center{content:%s;font:700 11pt Inter,sans-serif}}\n", quote(p.doc.Mark))
	}
	for _, w := range slices.Sorted(maps.Keys(p.widths)) {
		fmt.Fprintf(&b, ".w%d{width:%.1f%%}\n", w, float64(w)/10)
	}
	return b.String()
}

// quote writes a text as a string of CSS within HTML: no letter of it can end
// the string, the rule or the style element.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range strings.ToValidUTF8(s, "\uFFFD") {
		switch {
		case unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r):
			b.WriteByte(' ')
		case r == '"' || r == '\\' || r == '<' || r == '>' || r == '&':
			fmt.Fprintf(&b, `\%06x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func thousandths(share float64) int { return int(math.Round(share * 1000)) }
