package main

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// key is one press: a letter, or one of the named keys.
type key struct {
	letter rune // 0 for a named key
	name   keyName
}

type keyName uint8

const (
	keyLetter keyName = iota
	keyEnter
	keyEsc
	keyBackspace
	keyInterrupt
	keyOther // an arrow or the like
)

// is reports whether the key is a letter, small or capital.
func (k key) is(letter rune) bool {
	return k.name == keyLetter && unicode.ToLower(k.letter) == letter
}

// digit returns the number on the key, or -1.
func (k key) digit() int {
	if k.name == keyLetter && k.letter >= '0' && k.letter <= '9' {
		return int(k.letter - '0')
	}
	return -1
}

// decoder turns the bytes of a terminal into keys. Letters and sequences may
// come in pieces. What is pasted is dropped: a paste full of digits would
// answer questions.
type decoder struct {
	rest  []byte
	paste bool
}

const (
	pasteBegin = "\x1b[200~"
	pasteEnd   = "\x1b[201~"
)

// feed takes bytes and returns the keys they complete.
func (d *decoder) feed(b []byte) []key {
	d.rest = append(d.rest, b...)
	var keys []key
	for len(d.rest) > 0 {
		if d.paste {
			if !d.endPaste() {
				break
			}
			continue
		}
		k, size := d.first()
		if size == 0 {
			break
		}
		d.paste = string(d.rest[:size]) == pasteBegin
		d.rest = d.rest[size:]
		if k.name != keyOther {
			keys = append(keys, k)
		}
	}
	return keys
}

// flush says that nothing follows for now: a lone ESC was the Esc key.
func (d *decoder) flush() []key {
	if d.paste || len(d.rest) == 0 {
		return nil
	}
	lone := d.rest[0] == 0x1b
	d.rest = d.rest[:0]
	if lone {
		return []key{{name: keyEsc}}
	}
	return nil
}

// endPaste drops pasted text and reports whether its end was found.
func (d *decoder) endPaste() bool {
	at := strings.Index(string(d.rest), pasteEnd)
	if at < 0 {
		d.rest = d.rest[max(0, len(d.rest)-len(pasteEnd)):]
		return false
	}
	d.rest, d.paste = d.rest[at+len(pasteEnd):], false
	return true
}

// first decodes the key at the front; size 0 means that more must come.
func (d *decoder) first() (k key, size int) {
	switch b := d.rest[0]; {
	case b == 0x1b:
		return d.escape()
	case b == '\r' || b == '\n':
		return key{name: keyEnter}, 1
	case b == 0x7f || b == 0x08:
		return key{name: keyBackspace}, 1
	case b == 0x03:
		return key{name: keyInterrupt}, 1
	case b < 0x20:
		return key{name: keyOther}, 1
	}
	if !utf8.FullRune(d.rest) {
		return key{}, 0
	}
	r, size := utf8.DecodeRune(d.rest)
	if r == utf8.RuneError && size == 1 {
		return key{name: keyOther}, 1
	}
	return key{letter: r}, size
}

// escape decodes what begins with ESC: a sequence, or the key itself.
func (d *decoder) escape() (key, int) {
	if len(d.rest) == 1 {
		return key{}, 0
	}
	switch d.rest[1] {
	case 'O':
		if len(d.rest) < 3 {
			return key{}, 0
		}
		return key{name: keyOther}, 3
	case '[':
		for i := 2; i < len(d.rest); i++ {
			if d.rest[i] >= 0x40 && d.rest[i] <= 0x7e {
				return key{name: keyOther}, i + 1
			}
		}
		return key{}, 0
	}
	return key{name: keyEsc}, 1
}
