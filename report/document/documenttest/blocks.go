package documenttest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"saban/report/document"
)

// EveryBlock wants what each kind of block of a Sample says in what was read
// back from a rendering, but for the kinds a format leaves out.
func EveryBlock(tb testing.TB, d *document.Document, text string, but ...string) {
	tb.Helper()
	text = Squeezed(text)
	for kind, said := range Said(d) {
		if slices.Contains(but, kind) {
			continue
		}
		for _, want := range said {
			if !strings.Contains(text, Squeezed(want)) {
				tb.Errorf("a %s is lost: %q", kind, want)
			}
		}
	}
}

// Said is a text or more of each kind of block in a document.
func Said(d *document.Document) map[string][]string {
	said := map[string][]string{}
	for i := range d.Parts {
		say(said, d.Parts[i].Blocks)
	}
	return said
}

func say(said map[string][]string, blocks []document.Block) {
	for _, b := range blocks {
		kind := strings.TrimPrefix(fmt.Sprintf("%T", b), "*document.")
		add := func(texts ...string) { said[kind] = append(said[kind], texts...) }
		switch b := b.(type) {
		case *document.Heading:
			add(b.Text)
		case *document.Paragraph:
			add(b.Runs[0].Text)
		case *document.List:
			add(b.Points[0].Runs[0].Text)
		case *document.Table:
			add(b.Caption, b.Columns[0].Title)
		case *document.Numbers:
			add(b.Each[0].Label, b.Each[0].Value, b.Each[0].Note)
		case *document.Columns:
			for i := range b.Each {
				add(b.Each[i].Title)
				say(said, b.Each[i].Blocks)
			}
		case *document.Picture:
			add(b.Caption)
		case *document.Details:
			add(b.Title, b.Each[0].Title)
		case *document.Signatures:
			for _, one := range b.Each {
				add(one.Office, one.Note, one.Name)
			}
		case *document.Card:
			add(b.ID, b.Title, b.Foot)
			say(said, b.Blocks)
		case *document.Writing:
			add(b.Label)
		}
	}
}
