package scenarios

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"saban/engine"
)

// Limits of a file.
const (
	maxBytes    = 1 << 20
	maxDepth    = 64
	maxFindings = 200
	maxEntries  = 500 // of one list or mapping, and of responses and ways in all
)

// parse reads the YAML of a file: one document, no deeper than maxDepth,
// without anchors, aliases and tags. The tree is nil when there is none.
func parse(src Source) (*page, *yaml.Node, Findings) {
	p := &page{name: src.Name}
	if len(src.Bytes) > maxBytes {
		return p, nil, Findings{{File: src.Name, Line: 1, Col: 1, Severity: Error, Code: TooLarge,
			Text: engine.Both("tệp dài %d byte, nhiều nhất %d", "the file is %d bytes long, at most %d", len(src.Bytes), maxBytes),
			Hint: engine.Both("tách thành nhiều kịch bản", "split it into several scenarios")}}
	}
	text := bytes.TrimPrefix(src.Bytes, []byte("\xef\xbb\xbf"))
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	p.lines = strings.Split(string(text), "\n")
	for _, check := range []func(*page) Findings{badBytes, badDepth} {
		if found := check(p); len(found) > 0 {
			return p, nil, found
		}
	}
	root, more, err := load(text)
	if err != nil {
		return p, nil, Findings{syntax(p, err)}
	}
	if root == nil || root.Tag == "!!null" {
		f := place{page: p, line: 1, col: 1}.finding(Error, EmptyFile)
		f.Text = engine.Both("tệp trống", "the file is empty")
		f.Hint = engine.Both("bắt đầu từ một kịch bản có sẵn: saban list kể tên", "start from a shipped scenario: saban list names them")
		return p, nil, Findings{f}
	}
	found := badNodes(p, root)
	if more {
		found = append(found, secondDocument(p))
	}
	return p, root, found
}

// load parses the first document and says whether another follows.
func load(text []byte) (root *yaml.Node, more bool, err error) {
	doc, more, err := loadDocument(text)
	if err != nil || doc == nil || len(doc.Content) == 0 {
		return nil, more, err
	}
	return doc.Content[0], more, nil
}

// loadDocument is load with the comments before and after the first document.
func loadDocument(text []byte) (first *yaml.Node, more bool, err error) {
	defer func() {
		// yaml.v3 gives its own errors back; whatever else it does with
		// hostile bytes must not end the program.
		if r := recover(); r != nil {
			err = fmt.Errorf("yaml: %v", r)
		}
	}()
	var doc, next yaml.Node
	dec := yaml.NewDecoder(bytes.NewReader(text))
	if err := dec.Decode(&doc); errors.Is(err, io.EOF) {
		return nil, false, nil
	} else if err != nil {
		return nil, false, err
	}
	if err := dec.Decode(&next); err != nil && !errors.Is(err, io.EOF) {
		return nil, false, err
	} else if err == nil {
		more = true
	}
	return &doc, more, nil
}

func secondDocument(p *page) Finding {
	at := place{page: p, line: 1, col: 1, width: 3}
	begun := false
	for i, line := range p.lines {
		mark := strings.HasPrefix(line, "---") || strings.HasPrefix(line, "...")
		if mark && begun {
			at.line = i + 1
			break
		}
		begun = begun || strings.TrimSpace(line) != "" && !strings.HasPrefix(strings.TrimSpace(line), "#")
	}
	f := at.finding(Error, ManyDocuments)
	f.Text = engine.Both("tệp chứa hơn một văn bản YAML", "the file holds more than one YAML document")
	f.Hint = engine.Both("bỏ dòng --- và phần sau nó, hoặc để ở tệp riêng", "take out the line --- and what follows, or give it a file of its own")
	return f
}

// badBytes finds what is no text: bytes that are no UTF-8, and characters
// that cannot be seen.
func badBytes(p *page) Findings {
	var found Findings
	for i, line := range p.lines {
		col := 0
		for at, r := range line {
			col++
			switch {
			case r == utf8.RuneError && strings.HasPrefix(line[at:], "\uFFFD"):
			case r == utf8.RuneError:
				f := place{page: p, line: i + 1, col: col}.finding(Error, NotUTF8)
				f.Excerpt = strings.ToValidUTF8(f.Excerpt, "\uFFFD")
				f.Text = engine.Both("byte 0x%02X không phải UTF-8", "byte 0x%02X is no UTF-8", line[at])
				f.Hint = engine.Both("lưu lại tệp với bảng mã UTF-8", "save the file as UTF-8")
				return append(found, f)
			case unseen(r):
				f := place{page: p, line: i + 1, col: col}.finding(Error, ControlChar)
				f.Excerpt = strings.Map(shown, f.Excerpt)
				f.Text = engine.Both("ký tự điều khiển U+%04X", "control character U+%04X", r)
				f.Hint = engine.Both("xóa ký tự không nhìn thấy này", "delete this invisible character")
				if found = append(found, f); len(found) == 10 {
					return found
				}
			}
		}
	}
	return found
}

// unseen reports control characters, line breaks of other systems, marks that
// turn the direction of writing, and a byte order mark inside the text.
func unseen(r rune) bool {
	return r < 0x20 && r != '\t' || r >= 0x7f && r < 0xa0 ||
		r == 0x2028 || r == 0x2029 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0xfeff
}

// shown puts a visible sign in the place of a character nobody can see.
func shown(r rune) rune {
	if unseen(r) {
		return utf8.RuneError
	}
	return r
}

// badDepth is a first, cheap look at nesting, before the YAML is parsed: it
// counts brackets and indentation and may miss what stands between quotes,
// never the depth of an honest file.
func badDepth(p *page) Findings {
	var indents []int
	flow := 0
	for i, line := range p.lines {
		head := strings.TrimLeft(line, " ")
		if head == "" || head[0] == '#' {
			continue
		}
		indent, marks := len(line)-len(head), 0
		for rest := head; len(rest) > 1 && (rest[0] == '-' || rest[0] == '?') && rest[1] == ' '; rest = strings.TrimLeft(rest[1:], " ") {
			marks++
		}
		for len(indents) > 0 && indents[len(indents)-1] >= indent {
			indents = indents[:len(indents)-1]
		}
		indents = append(indents, indent)
		if len(indents)+marks > maxDepth {
			return Findings{tooDeep(place{page: p, line: i + 1, col: indent + 1})}
		}
		for at := 0; at < len(line); at++ {
			switch line[at] {
			case '[', '{':
				if flow++; flow > maxDepth {
					return Findings{tooDeep(place{page: p, line: i + 1, col: utf8.RuneCountInString(line[:at]) + 1})}
				}
			case ']', '}':
				flow = max(flow-1, 0)
			}
		}
	}
	return nil
}

func tooDeep(at place) Finding {
	f := at.finding(Error, TooDeep)
	f.Text = engine.Both("lồng sâu quá %d tầng", "nested deeper than %d levels", maxDepth)
	f.Hint = engine.Both("kịch bản không cần quá mười tầng: xem lại thụt dòng và ngoặc", "a scenario needs fewer than ten levels: look at the indentation and the brackets")
	return f
}

// badNodes refuses what YAML can do and these files do not use.
func badNodes(p *page, root *yaml.Node) Findings {
	var found Findings
	said := map[string]bool{}
	var walk func(n *yaml.Node, depth int) bool
	walk = func(n *yaml.Node, depth int) bool {
		if depth > maxDepth {
			found = append(found, tooDeep(p.of(n)))
			return false
		}
		if f, bad := badNode(p, n); bad && !(n.Kind == yaml.AliasNode && said[n.Value]) {
			found = append(found, f)
			said[n.Anchor] = true // its aliases are no news
		}
		for _, kid := range n.Content {
			if len(found) >= maxFindings || !walk(kid, depth+1) {
				return false
			}
		}
		return true
	}
	walk(root, 1)
	return found
}

var (
	aliasText = engine.Both("không dùng neo &, tham chiếu * và khóa << của YAML", "anchors &, aliases * and the merge key << of YAML are not used")
	aliasHint = engine.Both("viết lại giá trị ở chỗ này; nếu là chữ, đặt trong ngoặc kép", "write the value out here; if it is text, quote it")
)

func badNode(p *page, n *yaml.Node) (Finding, bool) {
	at := p.of(n)
	_, rest := p.split(n.Line, n.Column)
	switch {
	case n.Kind == yaml.AliasNode, n.Anchor != "", n.Tag == "!!merge":
		f := at.finding(Error, AliasUsed)
		f.Text, f.Hint = aliasText, aliasHint
		return f, true
	case n.Style&yaml.TaggedStyle != 0 && n.Kind != yaml.AliasNode, strings.HasPrefix(rest, "!") && n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0:
		f := at.finding(Error, TagUsed)
		word := "!"
		if fields := strings.Fields(head(rest, longest)); len(fields) > 0 {
			word = strings.TrimRight(fields[0], ",}]")
		}
		f.Text = engine.Text{VI: tagText.VI + ": " + word, EN: tagText.EN + ": " + word}
		f.Hint = tagHint
		return f, true
	}
	return Finding{}, false
}
