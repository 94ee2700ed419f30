package scenarios

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"gopkg.in/yaml.v3"

	"saban/engine"
)

// Texts calls visit for every text of the scenario that people read, with the
// path it stands at and the values of parameters in it.
func (f *File) Texts(visit func(path string, t engine.Text)) {
	eachText(f.Scenario, func(path string, t *engine.Text) {
		if !t.Empty() {
			visit(path, *t)
		}
	})
}

// FindingAt is Finding for a word within the text of a language that stands
// at path. Where the file does not have the word as it is, the text as a
// whole is shown.
func (f *File) FindingAt(path string, lang engine.Lang, word string, code Code, text, hint engine.Text) Finding {
	if own := path + "/" + string(lang); f.r.has(own) {
		path = own
	}
	at := f.r.place(path)
	if at.node != nil && at.node.Kind == yaml.ScalarNode && word != "" {
		if offset := strings.Index(at.node.Value, word); offset >= 0 && norm.NFC.IsNormalString(at.node.Value) {
			at = at.page.within(at.node, offset)
			at.width = utf8.RuneCountInString(word)
		}
	}
	at.path = path
	found := at.finding(Warning, code)
	found.Text, found.Hint = text, hint
	return found
}
