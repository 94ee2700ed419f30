package scenarios

import (
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"saban/engine"
)

// problem puts one of yaml.v3's sentences into words an author can use.
type problem struct {
	says string
	text engine.Text
	hint engine.Text
	// fromContext: yaml.v3 names the line where the broken structure begins,
	// and counts it from 0
	fromContext bool
	sign        Pattern // ends with what is wrong, where that can be told
}

var (
	quoteText = engine.Both("đặt văn bản trong ngoặc kép", "put the text in quotes")
	quoteIt   = engine.Both("văn bản có dấu phẩy, hai chấm hoặc ngoặc phải đặt trong ngoặc kép",
		"a text with a comma, a colon or brackets has to be quoted")
	indentIt = engine.Both("xem thụt dòng: các khóa cùng cấp phải thẳng cột, chỉ dùng dấu cách",
		"look at the indentation: keys of one level stand in one column, made of spaces")
	tabIt = engine.Both("YAML không nhận phím tab khi thụt dòng: dùng dấu cách", "YAML takes no tab for indentation: use spaces")
)

// problems, the more particular first.
var problems = []problem{
	{"did not find expected ',' or '}'", engine.Both("dòng {…} này viết sai hoặc thiếu } đóng", "this {…} is broken or lacks its closing }"), quoteIt, true, nil},
	{"did not find expected ',' or ']'", engine.Both("dòng […] này viết sai hoặc thiếu ] đóng", "this […] is broken or lacks its closing ]"), quoteIt, true, nil},
	{colonProblem, engine.Both("dấu hai chấm không đứng được ở đây", "a colon cannot stand here"), quoteIt, false, nil},
	{"did not find expected key", engine.Both("dòng này không phải là một khóa của nhóm đang viết", "this line is no key of the group it stands in"), indentIt, true, nil},
	{"did not find expected '-'", engine.Both("dòng này không phải là một mục - của danh sách", "this line is no - entry of the list"), indentIt, true, nil},
	{"did not find expected node content", engine.Both("thiếu giá trị, hoặc có dấu lạ ở đây", "a value is missing, or a strange sign stands here"), quoteIt, true, nil},
	{"did not find expected <document start>", engine.Both("dòng này không nối được với phần trên", "this line does not go on from what is above"), indentIt, true, nil},
	{"could not find expected ':'", engine.Both("thiếu dấu hai chấm sau khóa", "a key without its colon"), indentIt, false, nil},
	{"found character that cannot start any token", engine.Both("giá trị không được bắt đầu bằng dấu này", "a value cannot begin with this sign"), quoteText, false, NewPattern("(^|[:,\\[{-])\\s*[@`%]")},
	{"found a tab character", engine.Both("có phím tab trong phần thụt dòng", "a tab in the indentation"), tabIt, false, nil},
	{"found unexpected end of stream", engine.Both("mở ngoặc kép mà không đóng", "a quote is opened and never closed"),
		engine.Both(`đóng bằng cùng loại dấu; trong '…' dấu ' viết là ''`, `close it with the same sign; inside '…' a ' is written ''`), false, NewPattern(`(^|[:,\[{-])\s*("|')`)},
	{"found unexpected document indicator", engine.Both("ngoặc kép chưa đóng trước dòng ---", "a quote is still open at the line ---"), quoteIt, false, nil},
	{"unknown escape character", engine.Both(`sau \ trong "…" có ký tự lạ`, `a strange sign after \ inside "…"`),
		engine.Both(`viết \\ cho dấu \, hoặc dùng '…'`, `write \\ for a \, or use '…'`), false, NewPattern(`\\[^0abtnvfre "/\\N_LPxuU]`)},
	{"hexdecimal number", engine.Both(`sau \x hoặc \u phải là số thập lục phân`, `\x and \u are followed by hexadecimal digits`), engine.Text{}, false, nil},
	{"Unicode character escape", engine.Both("mã ký tự không tồn tại", "there is no character of this number"), engine.Text{}, false, nil},
	{"block sequence entries are not allowed", engine.Both("mục - không đứng được ở đây", "a - entry cannot stand here"), indentIt, false, nil},
	{"mapping keys are not allowed", engine.Both("khóa không đứng được ở đây", "a key cannot stand here"), indentIt, false, nil},
	{"expected comment or line break", engine.Both("sau | hoặc > chỉ được xuống dòng", "only a line break may follow | or >"), quoteIt, false, nil},
	{"indentation indicator", engine.Both("số thụt dòng sau | hoặc > viết sai", "the indentation figure after | or > is wrong"), engine.Text{}, false, nil},
	{"exceeded max depth", engine.Both("lồng quá sâu", "nested too deep"), indentIt, false, nil},
	{"whitespace or line break", tagText, tagHint, false, nil},
	{"tag", tagText, tagHint, false, nil},
	{"anchor", aliasText, aliasHint, false, nil},
	{"alphabetic or numeric character", aliasText, aliasHint, false, nil},
	{"directive", engine.Both("dòng bắt đầu bằng dấu phần trăm viết sai", "a line that begins with a percent sign is wrong"), quoteIt, false, nil},
}

var lineOf = NewPattern(`^yaml: line (\d+): `)

// syntax turns the one error yaml.v3 stops at into a finding. Only a line is
// known, and not always the right one.
func syntax(p *page, err error) Finding {
	says, line := err.Error(), 1
	if m := lineOf().FindStringSubmatch(says); m != nil {
		line, _ = strconv.Atoi(m[1])
	}
	found := problem{text: engine.Both("không đọc được YAML ở đây", "the YAML cannot be read here"), hint: quoteIt}
	for _, one := range problems {
		if strings.Contains(says, one.says) {
			found = one
			break
		}
	}
	if found.fromContext {
		line = p.stumble(line, says)
	}
	if word, ok := strings.CutPrefix(says, "yaml: unknown anchor '"); ok {
		return unknownAnchor(p, strings.TrimSuffix(word, "' referenced"))
	}
	line = min(max(line, 1), len(p.lines))
	text := p.line(line)
	indent := text[:len(text)-len(strings.TrimLeft(text, " \t"))]
	at := place{page: p, line: line, col: len(indent) + 1}
	if tab := strings.IndexByte(indent, '\t'); tab >= 0 {
		at.col = tab + 1
		found.text, found.hint = engine.Both("có phím tab trong phần thụt dòng", "a tab in the indentation"), tabIt
	}
	found.refine(&at, text)
	if found.hint == quoteIt {
		found.hint = quoteHint(text)
	}
	f := at.finding(Error, BadYAML)
	f.Text, f.Hint = found.text, found.hint
	return f
}

// refine looks at the line itself for the classic traps: where exactly it
// went wrong, and what would have been meant.
func (x *problem) refine(at *place, line string) {
	put := func(offset int) { at.col = utf8.RuneCountInString(line[:offset]) + 1 }
	if tag := tagSign().FindStringIndex(line); tag != nil && x.says != colonProblem {
		x.text, x.hint = tagText, tagHint
		put(tag[1] - 2)
		return
	}
	switch hash := strings.Index(line, " #"); {
	case strings.HasPrefix(x.says, "did not find expected ',' or") && hash >= 0:
		x.hint = engine.Both("từ dấu # trở đi là chú thích của YAML: đặt văn bản trong ngoặc kép", "from # on it is a comment of YAML: put the text in quotes")
		put(hash + 1)
	case x.says == colonProblem:
		first := strings.Index(line, ": ")
		if second := strings.Index(line[first+1:], ": "); first >= 0 && second >= 0 {
			put(first + 1 + second)
			return
		}
		x.hint = indentIt
	case x.sign != nil:
		if sign := x.sign().FindStringIndex(line); sign != nil {
			put(sign[1] - 1)
		}
	}
}

// tagSign finds a ! that YAML takes for a tag.
var tagSign = NewPattern(`(^|[:,\[{-])\s*![^\s,]`)

var (
	tagText = engine.Both("dấu ! đầu giá trị là thẻ của YAML, không dùng ở đây", "a leading ! makes a YAML tag, which is not used here")
	tagHint = engine.Both("trong điều kiện viết not; trong văn bản đặt cả câu trong ngoặc kép", "in a condition write not; in a text put the whole in quotes")
)

// unknownAnchor reports an alias of nothing.
func unknownAnchor(p *page, name string) Finding {
	at := place{page: p, line: 1, col: 1, width: utf8.RuneCountInString(name) + 1}
	for i, line := range p.lines {
		if offset := strings.Index(line, "*"+name); offset >= 0 {
			at.line, at.col = i+1, utf8.RuneCountInString(line[:offset])+1
			break
		}
	}
	f := at.finding(Error, AliasUsed)
	f.Text, f.Hint = aliasText, aliasHint
	return f
}

const colonProblem = "mapping values are not allowed"

// stumble finds the line a parser error is about. yaml.v3 names only where
// the broken structure begins, which may be the top of the file. Fed line by
// line it shows how far it read; the first shorter text that fails the same
// way ends with the line in question.
func (p *page) stumble(line int, says string) int {
	feed := &lineFeed{lines: p.lines}
	var doc yaml.Node
	_ = quietly(func() error { return yaml.NewDecoder(feed).Decode(&doc) })
	last := min(feed.next, len(p.lines))
	for n := max(last-6, 1); n < last; n++ {
		text := strings.Join(p.lines[:n], "\n") + "\n"
		err := quietly(func() error { return yaml.Unmarshal([]byte(text), &yaml.Node{}) })
		if err != nil && err.Error() == says {
			return p.backOverBlank(n)
		}
	}
	return p.backOverBlank(max(last, line))
}

// backOverBlank returns n, or the last line before it that holds anything.
func (p *page) backOverBlank(n int) int {
	for n > 1 && strings.TrimSpace(p.line(n)) == "" {
		n--
	}
	return n
}

func quietly(do func() error) (err error) {
	defer func() {
		if recover() != nil {
			err = nil
		}
	}()
	return do()
}

// lineFeed gives a text out a line at a time and remembers how far it came.
type lineFeed struct {
	lines []string
	next  int
	rest  string
}

func (f *lineFeed) Read(b []byte) (int, error) {
	if f.rest == "" {
		if f.next >= len(f.lines) {
			return 0, io.EOF
		}
		f.rest = f.lines[f.next] + "\n"
		f.next++
	}
	n := copy(b, f.rest)
	f.rest = f.rest[n:]
	return n, nil
}
