package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
)

// A line ends with the separator, 64 hex digits and `"}`, whatever it holds.
const (
	hashKey   = `,"hash":"`
	hashEnd   = `"}`
	hexLen    = 2 * sha256.Size
	suffixLen = len(hashKey) + hexLen + len(hashEnd)
)

// longLine is from where copying a line costs more than hashing its parts.
const longLine = 4 << 10

// chain computes hashes in one buffer. The zero value stands before line 1.
type chain struct {
	prev    []byte // hash on the line before, hex
	before  []byte // hash on the line before that; nil in front of line 2
	scratch []byte
	sum     [hexLen]byte
}

// next gives the hash of a line after prev. body is the line's object without
// hash and without its closing brace.
func (c *chain) next(prev, body []byte) []byte {
	if len(body) > longLine {
		whole := sha256.New()
		for _, part := range [][]byte{prev, body, {'}'}} {
			whole.Write(part)
		}
		hex.Encode(c.sum[:], whole.Sum(nil))
		return c.sum[:]
	}
	c.scratch = append(c.scratch[:0], prev...)
	c.scratch = append(c.scratch, body...)
	c.scratch = append(c.scratch, '}')
	raw := sha256.Sum256(c.scratch)
	hex.Encode(c.sum[:], raw[:])
	return c.sum[:]
}

// take makes hash the one the next line follows.
func (c *chain) take(hash []byte) {
	had := c.prev != nil
	c.prev, c.before = c.before, c.prev
	c.prev = append(c.prev[:0], hash...)
	if !had {
		c.before = nil
	}
}

func (c *chain) seal(line, object []byte) []byte {
	body := object[:len(object)-1]
	hash := c.next(c.prev, body)
	line = append(line, body...)
	line = append(line, hashKey...)
	line = append(line, hash...)
	line = append(line, hashEnd...)
	line = append(line, '\n')
	c.take(hash)
	return line
}

// split cuts a line, without its newline, into the object without hash and
// closing brace, and the hash.
func split(line []byte) (body, hash []byte, ok bool) {
	cut := len(line) - suffixLen
	if cut < 2 || line[0] != '{' {
		return nil, nil, false
	}
	body, suffix := line[:cut], line[cut:]
	hash = suffix[len(hashKey) : len(hashKey)+hexLen]
	ok = string(suffix[:len(hashKey)]) == hashKey && string(suffix[len(hashKey)+hexLen:]) == hashEnd && isHash(hash)
	return body, hash, ok
}

// HashOf gives the hash that the last of some sealed lines carries, "" when it
// is no sealed line.
func HashOf(lines []byte) string {
	lines = bytes.TrimSuffix(lines, []byte("\n"))
	_, hash, ok := split(lines[bytes.LastIndexByte(lines, '\n')+1:])
	if !ok {
		return ""
	}
	return string(hash)
}

func isHash(b []byte) bool {
	for _, c := range b {
		if !hexDigit[c] {
			return false
		}
	}
	return len(b) == hexLen
}

// hexDigit is a table because digits and letters come in no order that a
// processor could guess.
var hexDigit = func() (digit [256]bool) {
	for _, c := range []byte("0123456789abcdef") {
		digit[c] = true
	}
	return digit
}()
