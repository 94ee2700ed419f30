package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"saban/engine"
)

func TestDecoder(t *testing.T) {
	letter := func(s string) (keys []key) {
		for _, r := range s {
			keys = append(keys, key{letter: r})
		}
		return keys
	}
	esc, enter, back := key{name: keyEsc}, key{name: keyEnter}, key{name: keyBackspace}
	for name, c := range map[string]struct {
		chunks []string
		want   []key
	}{
		"letters":                      {[]string{"pX1"}, letter("pX1")},
		"a letter in two pieces":       {[]string{"\xe1\xbb", "\x87x"}, letter("ệx")},
		"enter, backspace":             {[]string{"\r\x7f\x08"}, []key{enter, back, back}},
		"interrupt":                    {[]string{"\x03"}, []key{{name: keyInterrupt}}},
		"escape alone":                 {[]string{"\x1b"}, []key{esc}},
		"escape and a key at once":     {[]string{"\x1bn"}, append([]key{esc}, letter("n")...)},
		"arrows are nothing":           {[]string{"\x1b[A\x1b[1;5C\x1bOPx"}, letter("x")},
		"an arrow in pieces":           {[]string{"\x1b", "[", "Ax"}, letter("x")},
		"a paste is dropped":           {[]string{"a\x1b[200~12 3\rQ2\x1b[201~b"}, letter("ab")},
		"a paste in pieces is dropped": {[]string{"\x1b[200~12", "3\x1b[2", "01~b"}, letter("b")},
		"bytes that are no letters":    {[]string{"\xff\x00\x1ax"}, letter("x")},
	} {
		t.Run(name, func(t *testing.T) {
			var d decoder
			var got []key
			for _, chunk := range c.chunks {
				got = append(got, d.feed([]byte(chunk))...)
			}
			got = append(got, d.flush()...)
			if diff := cmp.Diff(c.want, got, cmp.AllowUnexported(key{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func FuzzDecoder(f *testing.F) {
	f.Add([]byte("\x1b[200~x\x1b[201~\x1b[Aệ"), 3)
	f.Fuzz(func(t *testing.T, b []byte, cut int) {
		var whole, parts decoder
		keys := whole.feed(b)
		cut = min(max(cut, 0), len(b))
		if diff := cmp.Diff(keys, append(parts.feed(b[:cut]), parts.feed(b[cut:])...), cmp.AllowUnexported(key{}), cmp.Transformer("empty", func(k []key) []key {
			return append([]key{}, k...)
		})); diff != "" {
			t.Error(diff)
		}
	})
}

// No key of the drill screen may begin a syllable that Telex or VNI rewrites:
// once a vowel, d or w is in its buffer the next key comes out as another.
func TestKeysStayClearOfInputMethods(t *testing.T) {
	seen := map[rune]bool{}
	for _, h := range hotkeys() {
		if strings.ContainsRune("aeiouydw", h.letter) {
			t.Errorf("%c starts a syllable", h.letter)
		}
		if h.letter != 0 && seen[h.letter] {
			t.Errorf("%c stands for two things", h.letter)
		}
		seen[h.letter] = true
		for _, text := range []engine.Text{h.long, h.short} {
			if (text.VI == "") != (text.EN == "") {
				t.Errorf("%s: %+v", h.label, text)
			}
		}
	}
}

func TestTypingWithAnInputMethod(t *testing.T) {
	for name, c := range map[string]struct{ typed, want string }{
		"composed":             {"Cửa sau bị khóa", "Cửa sau bị khóa"},
		"decomposed":           {"Cu\u031b\u0309a", "Cửa"},
		"rewritten by Unikey":  {"ban\x7f\x7fạn", "bạn"},
		"rewritten, two marks": {"tie\x7fê\x7fến\x7fng", "tiếng"},
		"spaces around":        {"  a b ", "a b"},
	} {
		t.Run(name, func(t *testing.T) {
			st := newStage(t, engine.VI, 80, 24)
			st.press("⏎m" + c.typed + "⏎")
			last := st.c.s.Log[len(st.c.s.Log)-1]
			if last.Type != engine.Noted || last.Text != c.want {
				t.Errorf("%s %q, want %q", last.Type, last.Text, c.want)
			}
		})
	}
}
