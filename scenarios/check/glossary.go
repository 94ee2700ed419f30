package check

import (
	_ "embed"
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"saban/engine"
	"saban/scenarios"
)

//go:embed glossary.yaml
var glossaryFile []byte

// Glossary returns the words scenarios use and avoid. The error is of this
// program's own file.
var Glossary = sync.OnceValues(func() ([]scenarios.Term, error) { return scenarios.ReadGlossary(glossaryFile) })

// avoidable is a word of the glossary, ready to be looked for.
type avoidable struct {
	word string // small letters
	term *scenarios.Term
}

// avoidables are the words of each language, the longest first.
var avoidables = sync.OnceValue(func() map[engine.Lang][]avoidable {
	terms, _ := Glossary() // a test reads it
	words := map[engine.Lang][]avoidable{}
	for i := range terms {
		for _, word := range terms[i].Never {
			words[terms[i].Lang] = append(words[terms[i].Lang], avoidable{strings.ToLower(word), &terms[i]})
		}
	}
	for _, list := range words {
		sort.SliceStable(list, func(i, j int) bool { return len(list[i].word) > len(list[j].word) })
	}
	return words
})

// Avoided is a word in a text that the glossary has a better one for.
type Avoided struct {
	Word string // as the text has it
	Term *scenarios.Term
}

// Avoid finds the words of a text that the glossary of its language avoids,
// the longer one where two overlap. The text is in NFC.
func Avoid(text string, lang engine.Lang) []Avoided {
	folded := strings.ToLower(text)
	if len(folded) != len(text) {
		text = folded // letters whose small form has another length
	}
	var found []Avoided
	taken := make([]bool, len(folded))
	for _, a := range avoidables()[lang] {
		for from := 0; ; {
			i := strings.Index(folded[from:], a.word)
			if i < 0 {
				break
			}
			at := from + i
			end := at + len(a.word)
			from = at + 1
			if !whole(folded, at, end) || slices.Contains(taken[at:end], true) {
				continue
			}
			found = append(found, Avoided{text[at:end], a.term})
			for k := at; k < end; k++ {
				taken[k] = true
			}
		}
	}
	return found
}

// whole reports whether no letter or digit touches a part of a text.
func whole(text string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	after, _ := utf8.DecodeRuneInString(text[to:])
	return !inWord(before) && !inWord(after)
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' }

// forPlayers are the places players read.
var forPlayers = scenarios.NewPattern(`^(title|injects/\d+/(title|text|told/.*|asks/.*|expects/.*)|prohibited/\d+/text|distractors/\d+/text|states/.*|roles/.*|boxes/.*)$`)

// avoided reports words that the glossary has better ones for.
func avoided(f *scenarios.File) scenarios.Findings {
	var found scenarios.Findings
	f.Texts(func(path string, t engine.Text) {
		for _, lang := range languages {
			for _, a := range Avoid(only(t, lang), lang) {
				if a.Term.Players && !forPlayers().MatchString(path) {
					continue
				}
				hint := engine.Both("dùng: %q", "use: %q", a.Term.Use)
				if !a.Term.Why.Empty() {
					hint = engine.Text{VI: hint.VI + " (" + a.Term.Why.VI + ")", EN: hint.EN + " (" + a.Term.Why.EN + ")"}
				}
				found = append(found, f.FindingAt(path, lang, a.Word, scenarios.WordToAvoid,
					engine.Both("từ %q", "the word %q", a.Word), hint))
			}
		}
	})
	return found
}
