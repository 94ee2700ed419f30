package scenarios

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"gopkg.in/yaml.v3"
)

// How many characters a line with brackets may take, and one with a list of
// words, which is worse to read any other way.
const (
	flowWidth = 150
	listWidth = 250
)

// formatter writes a tree in the canonical layout.
type formatter struct {
	lines []string // of the source: where its author left a line empty
	kind  string
	order map[string][]string
	out   strings.Builder
}

func newFormatter(lines []string, kind string) *formatter {
	return &formatter{lines: lines, kind: kind, order: orders[kind]}
}

func (f *formatter) document(doc *yaml.Node) {
	keepModeline(doc)
	f.comment(doc.HeadComment, 0)
	if doc.HeadComment != "" && f.blankAfter(doc.HeadComment) {
		f.out.WriteByte('\n')
	}
	root := doc.Content[0]
	f.comment(root.HeadComment, 0)
	if root.Kind == yaml.MappingNode {
		f.mapping(root, "", 0, false)
	} else {
		f.out.WriteString(f.inline(root, "") + "\n")
	}
	f.foot(root.FootComment, 0)
	f.foot(doc.FootComment, 0)
}

// modeline is how a file names its schema to editors.
const modeline = "# yaml-language-server:"

// keepModeline makes the line that names the schema a comment of the document:
// the parser gives it to the first key, which may move.
func keepModeline(doc *yaml.Node) {
	root := doc.Content[0]
	if root.Kind != yaml.MappingNode || len(root.Content) == 0 {
		return
	}
	first, rest, _ := strings.Cut(root.Content[0].HeadComment, "\n")
	if strings.HasPrefix(first, modeline) {
		doc.HeadComment = joinLines(doc.HeadComment, first)
		root.Content[0].HeadComment = rest
	}
}

// blankAfter reports whether an empty line follows the comment in the source.
func (f *formatter) blankAfter(comment string) bool {
	rows := strings.Split(comment, "\n")
	last := strings.TrimSpace(rows[len(rows)-1])
	at := slices.IndexFunc(f.lines, func(line string) bool { return strings.TrimSpace(line) == last })
	return at >= 0 && at+1 < len(f.lines) && strings.TrimSpace(f.lines[at+1]) == ""
}

// mapping writes the pairs of a block mapping. When it stands in a list its
// first key goes on behind the dash.
func (f *formatter) mapping(n *yaml.Node, path string, indent int, behindDash bool) {
	for i, at := range f.sorted(n, path) {
		key, val := n.Content[at], n.Content[at+1]
		if i > 0 || !behindDash {
			if i > 0 && (f.section(path, key.Value) || f.airy(key) && !f.heading(path)) {
				f.blank()
			}
			f.comment(key.HeadComment, indent)
			f.out.WriteString(strings.Repeat(" ", indent))
		}
		f.out.WriteString(f.scalar(key, "") + ":")
		f.under(val, join(path, key.Value), indent, key.LineComment)
		f.foot(key.FootComment, indent)
	}
}

// under writes what stands under a key.
func (f *formatter) under(n *yaml.Node, path string, indent int, keyComment string) {
	line := f.lineComment(n, keyComment)
	switch {
	case n.Kind == yaml.ScalarNode && n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		f.out.WriteString(" " + f.blockScalar(n, indent+2, line))
	case f.fits(n, path, indent):
		if text := f.inline(n, path); text != "" {
			f.out.WriteString(" " + text)
		}
		f.out.WriteString(line + "\n")
	case n.Kind == yaml.MappingNode:
		f.out.WriteString(line + "\n")
		f.comment(n.HeadComment, indent+2)
		f.mapping(n, path, indent+2, false)
		f.foot(n.FootComment, indent+2)
	default:
		f.out.WriteString(line + "\n")
		f.comment(n.HeadComment, indent+2)
		f.sequence(n, path, indent+2)
		f.foot(n.FootComment, indent+2)
	}
}

func (f *formatter) sequence(n *yaml.Node, path string, indent int) {
	for i, item := range n.Content {
		if i > 0 && (f.kind == "saban" && path == "injects" || f.airy(item)) {
			f.blank()
		}
		head := item.HeadComment
		block := item.Kind == yaml.MappingNode && len(item.Content) > 0 && !f.fits(item, path+"/*", indent)
		if block { // the parser gives it to the first key
			head = joinLines(head, item.Content[f.sorted(item, path+"/*")[0]].HeadComment)
		}
		f.comment(head, indent)
		f.out.WriteString(strings.Repeat(" ", indent) + "-")
		if block {
			f.out.WriteString(" ")
			f.mapping(item, path+"/*", indent+2, true)
		} else {
			f.under(item, path+"/*", indent, "")
		}
		f.foot(item.FootComment, indent)
	}
}

// sorted returns where the pairs of a mapping begin, in canonical order: known
// keys first, the others as their author has them.
func (f *formatter) sorted(n *yaml.Node, path string) []int {
	order := f.order[path]
	if order == nil {
		order = inOrder(textKeys)
	}
	at := make([]int, 0, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		at = append(at, i)
	}
	rank := func(i int) int {
		if r := slices.Index(order, n.Content[i].Value); r >= 0 {
			return r
		}
		return len(order)
	}
	slices.SortStableFunc(at, func(a, b int) int { return rank(a) - rank(b) })
	return at
}

// join puts a key below a path; a key that is an id becomes *.
func join(path, key string) string {
	switch last := path[strings.LastIndexByte(path, '/')+1:]; {
	case path == "":
		return key
	case last == "parameters", last == "objectives", last == "flags", last == "boxes", last == "roles", last == "states", last == "ways":
		return path + "/*"
	}
	return path + "/" + key
}

// section reports whether a key begins a section of a scenario.
func (f *formatter) section(path, key string) bool {
	return f.kind == "saban" && path == "" && slices.Index(f.order[""], key) > slices.Index(f.order[""], "review")
}

// heading reports whether keys at a path stand close together: those of a
// scenario before its first section.
func (f *formatter) heading(path string) bool { return f.kind == "saban" && path == "" }

// airy reports whether the author left a line empty before a node.
func (f *formatter) airy(n *yaml.Node) bool {
	if n.Line < 2 || n.Line > len(f.lines) || n.Column > flowWidth || strings.Trim(head(f.lines[n.Line-1], n.Column-1), " -") != "" {
		return false // not the first on its line
	}
	first := n.Line - 1
	for ; first > 0 && strings.HasPrefix(strings.TrimSpace(f.lines[first-1]), "#"); first-- {
	}
	return first > 0 && strings.TrimSpace(f.lines[first-1]) == ""
}

func (f *formatter) blank() {
	if !strings.HasSuffix(f.out.String(), "\n\n") {
		f.out.WriteByte('\n')
	}
}

func (f *formatter) comment(text string, indent int) {
	if text == "" {
		return
	}
	for _, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line == "" {
			f.out.WriteByte('\n')
			continue
		}
		f.out.WriteString(strings.Repeat(" ", indent) + line + "\n")
	}
}

// foot writes a comment that follows something; an empty line keeps it there.
func (f *formatter) foot(text string, indent int) {
	if text != "" {
		f.comment(text, indent)
		f.blank()
	}
}

func (f *formatter) lineComment(n *yaml.Node, ofKey string) string {
	if text := strings.TrimSpace(joinLines(ofKey, n.LineComment)); text != "" {
		return " " + strings.ReplaceAll(text, "\n", " ")
	}
	return ""
}

func joinLines(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "\n" + b
}

// fits reports whether a node goes on one line: scalars do, brackets that
// their author chose and lists of ids as long as they are short.
func (f *formatter) fits(n *yaml.Node, path string, indent int) bool {
	if n.Kind == yaml.ScalarNode {
		return true
	}
	if len(n.Content) == 0 {
		return n.HeadComment == "" && n.FootComment == ""
	}
	if n.Style&yaml.FlowStyle == 0 && !wordsOnly(n) || leaves(n, listWidth) > listWidth || commented(n) {
		return false
	}
	width := flowWidth
	if wordsOnly(n) {
		width = listWidth
	}
	last := path[strings.LastIndexByte(path, '/')+1:]
	return indent+utf8.RuneCountInString(last)+2+utf8.RuneCountInString(f.inline(n, path)) <= width
}

// leaves counts the scalars within a node, no further than most.
func leaves(n *yaml.Node, most int) int {
	count := 0
	for _, kid := range n.Content {
		if count > most {
			break
		}
		if kid.Kind == yaml.ScalarNode {
			count++
			continue
		}
		count += leaves(kid, most-count)
	}
	return count
}

// wordsOnly reports a list of plain words.
func wordsOnly(n *yaml.Node) bool {
	return n.Kind == yaml.SequenceNode && !slices.ContainsFunc(n.Content, func(kid *yaml.Node) bool {
		return kid.Kind != yaml.ScalarNode || kid.Style != 0 || len(kid.Value) > 32
	})
}

// commented reports whether anything within a node has a comment.
func commented(n *yaml.Node) bool {
	return slices.ContainsFunc(n.Content, func(kid *yaml.Node) bool {
		return kid.HeadComment+kid.LineComment+kid.FootComment != "" || commented(kid) ||
			kid.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0
	})
}

// inline writes a node on one line.
func (f *formatter) inline(n *yaml.Node, path string) string {
	var parts []string
	switch n.Kind {
	case yaml.MappingNode:
		for _, at := range f.sorted(n, path) {
			key, val := n.Content[at], n.Content[at+1]
			parts = append(parts, strings.TrimRight(f.scalar(key, "")+": "+f.inline(val, join(path, key.Value)), " "))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case yaml.SequenceNode:
		for _, kid := range n.Content {
			parts = append(parts, f.inline(kid, path+"/*"))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return f.scalar(n, path)
}

// scalar writes a word as it is and a text in double quotes.
func (f *formatter) scalar(n *yaml.Node, path string) string {
	text := norm.NFC.String(n.Value)
	if n.Tag != "!!str" {
		return text
	}
	last := path[strings.LastIndexByte(path, '/')+1:]
	prose := last == "vi" || last == "en"
	if guard := last == "when"; (n.Style == 0 || guard) && !prose && plain(text, guard) {
		return text
	}
	return strconv.Quote(text)
}

// plain reports whether a string can do without quotes, and looks better so.
func plain(text string, guard bool) bool {
	for i, c := range text {
		word := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_'
		if !word && (i == 0 || !strings.ContainsRune("-./:", c)) && !(guard && strings.ContainsRune(" ()>=", c) && (i > 0 || c == '(')) {
			return false
		}
	}
	return text != "" && !strings.HasSuffix(text, ":")
}

// blockScalar writes a text of several lines the way its author did.
func (f *formatter) blockScalar(n *yaml.Node, indent int, line string) string {
	mark, end := "|", ""
	if n.Style&yaml.FoldedStyle != 0 {
		return strconv.Quote(norm.NFC.String(n.Value)) + line + "\n"
	}
	text := norm.NFC.String(n.Value)
	switch trimmed := strings.TrimRight(text, "\n"); {
	case trimmed == text:
		end = "-"
	case trimmed+"\n" != text, strings.HasPrefix(text, " "), strings.HasPrefix(text, "\n"):
		return strconv.Quote(text) + line + "\n"
	}
	var b strings.Builder
	b.WriteString(mark + end + line + "\n")
	for _, row := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		if row != "" {
			b.WriteString(strings.Repeat(" ", indent) + row)
		}
		b.WriteByte('\n')
	}
	return b.String()
}
