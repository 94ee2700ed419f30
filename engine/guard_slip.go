package engine

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// spoken are the words people write where the condition language has its own.
var spoken = map[string]string{
	"và": "and", "hoặc": "or", "hay": "or", "không": "not", "chưa": "not",
	"va": "and", "hoac": "or", "khong": "not", "chua": "not",
	"AND": "and", "OR": "or", "NOT": "not", "And": "and", "Or": "or", "Not": "not",
}

// unitWords are units of time written out after a number.
var unitWords = map[string]string{
	"giây": "s", "giay": "s", "s": "s", "sec": "s", "secs": "s", "second": "s", "seconds": "s",
	"phút": "m", "phut": "m", "p": "m", "m": "m", "min": "m", "mins": "m", "minute": "m", "minutes": "m",
	"giờ": "h", "gio": "h", "h": "h", "hour": "h", "hours": "h",
}

// slip words a condition that stops being one at a byte: the word or sign
// that stands there is named, and what takes its place where that is known.
func (g *guardReader) slip(at int) {
	word, at := g.wordAt(at)
	hint := guardHint
	switch {
	case spoken[word] != "":
		hint = Both("viết %s", "write %s", spoken[word])
	case unitWords[word] != "" && g.numberBefore(at) != "":
		hint = Both("viết liền: %s", "write it in one: %s", g.numberBefore(at)+unitWords[word])
	}
	if word == "" {
		g.fault(at, Both("không dùng dấu này trong điều kiện", "this sign is not part of a condition"), hint)
		return
	}
	g.fault(at, Both("%q không phải từ của điều kiện", "the word %q is not part of a condition", word), hint)
}

// wordAt returns the word that a byte of the source is within, and where it
// begins; no word at a sign.
func (g *guardReader) wordAt(at int) (string, int) {
	begin, end := at, at
	for begin > 0 {
		r, size := utf8.DecodeLastRuneInString(g.source[:begin])
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '_' {
			break
		}
		begin -= size
	}
	for end < len(g.source) {
		r, size := utf8.DecodeRuneInString(g.source[end:])
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '_' {
			break
		}
		end += size
	}
	if begin == end {
		return "", at
	}
	return g.source[begin:end], begin
}

// numberBefore returns the digits that stand before a byte, spaces between.
func (g *guardReader) numberBefore(at int) string {
	before := strings.TrimRight(g.source[:at], " ")
	return before[len(strings.TrimRight(before, "0123456789")):]
}

// timeBefore is the time that stands on the left of a sign at a byte, or
// elapsed.
func (g *guardReader) timeBefore(at int) string {
	before := strings.TrimRight(g.source[:at], " ")
	if strings.HasSuffix(before, string(FactClock)) {
		return string(FactClock)
	}
	if i := strings.LastIndex(before, string(FactSince)+"("); i >= 0 && strings.IndexByte(before[i:], ')') == len(before)-i-1 {
		return before[i:]
	}
	return string(FactElapsed)
}

// eachOwn spells out a fact of several ids as one fact for each.
func eachOwn(word string, ids []string) Text {
	var or []string
	for _, id := range ids {
		or = append(or, word+"("+id+")")
	}
	return Both("mỗi sự kiện nhận một mã: %s", "a fact takes one id: %s", strings.Join(or, " or "))
}
