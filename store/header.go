package store

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

// read decodes the object of line 1 and reports whether it is written
// exactly as encode writes it. Nearly all of it is the text of a scenario, so
// what is exact is taken apart by one pass of its own; anything else goes the
// way of encoding/json, which says what is wrong.
func (h *Header) read(object []byte) (exact bool, err error) {
	if x := (exactly{rest: object}); x.header(h) {
		return true, nil
	}
	*h = Header{}
	if err := decode(object, h); err != nil {
		return false, err
	}
	return bytes.Equal(encode(h), object), nil
}

// exactly takes an object apart as long as it is what encode writes.
type exactly struct {
	rest []byte
}

func (x *exactly) header(h *Header) bool {
	ok := x.word(`{"format":`) && x.format(&h.Format) && x.word(`,"engine":`) && x.text(&h.Engine) && x.word(`,"drill":`) && x.text(&h.Drill) &&
		x.word(`,"seed":`) && x.number(&h.Seed) && x.word(`,"scenario":`) && x.pinned(&h.Scenario)
	if ok && x.word(`,"site":`) {
		h.Site = &Pinned{}
		ok = x.pinned(h.Site)
	}
	return ok && x.word(`,"rubric":`) && x.pinned(&h.Rubric) && string(x.rest) == "}"
}

func (x *exactly) pinned(p *Pinned) bool {
	return x.word(`{"name":`) && x.text(&p.Name) && x.word(`,"sha256":`) && x.text(&p.SHA256) && x.word(`,"bytes":`) && x.text(&p.Bytes) && x.word(`}`)
}

func (x *exactly) word(want string) bool {
	if len(x.rest) < len(want) || string(x.rest[:len(want)]) != want {
		return false
	}
	x.rest = x.rest[len(want):]
	return true
}

func (x *exactly) format(into *int) bool {
	var n uint64
	ok := x.number(&n) && n < 1<<31
	*into = int(n)
	return ok
}

func (x *exactly) number(into *uint64) bool {
	n := 0
	for n < len(x.rest) && x.rest[n] >= '0' && x.rest[n] <= '9' {
		n++
	}
	digits := string(x.rest[:n])
	v, err := strconv.ParseUint(digits, 10, 64)
	*into, x.rest = v, x.rest[n:]
	return err == nil && strconv.FormatUint(v, 10) == digits
}

// text takes a string. Its end is the first quote behind no backslash; escapes
// are those that encode writes, and only where it writes them.
func (x *exactly) text(into *string) bool {
	if !x.word(`"`) {
		return false
	}
	var out strings.Builder
	out.Grow(x.length())
	for {
		n := plain(x.rest)
		out.Write(x.rest[:n])
		x.rest = x.rest[n:]
		switch {
		case len(x.rest) == 0:
			return false
		case x.rest[0] == '"':
			x.rest = x.rest[1:]
			*into = out.String()
			return utf8.ValidString(*into)
		case x.rest[0] != '\\' || len(x.rest) < 2:
			return false
		}
		var letter byte
		switch x.rest[1] {
		case '"', '\\':
			letter = x.rest[1]
		case 'n':
			letter = '\n'
		case 'r':
			letter = '\r'
		case 't':
			letter = '\t'
		default:
			return false // rare: the long way
		}
		out.WriteByte(letter)
		x.rest = x.rest[2:]
	}
}

// length is how long a string may be at most: up to where no key follows.
func (x *exactly) length() int {
	if n := bytes.IndexByte(x.rest, '"'); n >= 0 && (n == 0 || x.rest[n-1] != '\\') {
		return n
	}
	return len(x.rest)
}

// plain counts the bytes that stand for themselves. The line separators that
// encode escapes begin with e2, so they are left to the long way.
func plain(b []byte) int {
	for i, c := range b {
		if special[c] {
			return i
		}
		if c == 0xe2 && i+2 < len(b) && b[i+1] == 0x80 && (b[i+2] == 0xa8 || b[i+2] == 0xa9) {
			return i
		}
	}
	return len(b)
}

var special = func() (is [256]bool) {
	for c := range 0x20 {
		is[c] = true
	}
	is['"'], is['\\'] = true, true
	return is
}()
