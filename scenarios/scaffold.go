package scenarios

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"saban/engine"
)

// templateID is the id of the scenario that a new one starts as.
const templateID = "my-scenario"

// Scaffold returns the files of a new scenario: one that plays and checks
// clean as it is, with a site and its rehearsals, for its author to change
// part by part. The first file is the scenario; names are relative to the
// folder they go to, and so are the schemas that their first lines name.
// Comments are in one language, texts in both. An empty title leaves the
// template's.
func Scaffold(id string, title engine.Text, lang engine.Lang) ([]Source, error) {
	names, err := fs.Glob(shipped, "template/rehearsals/*.yaml")
	if err != nil {
		return nil, err
	}
	var out []Source
	for _, name := range append([]string{"template/scenario.yaml", "template/site.yaml"}, names...) {
		text, err := shipped.ReadFile(name)
		if err != nil {
			return nil, err
		}
		to := path.Join("rehearsals", id, path.Base(name))
		switch path.Base(name) {
		case "scenario.yaml":
			to = id + ".yaml"
		case "site.yaml":
			to = id + ".site.yaml"
		}
		out = append(out, Source{Name: to, Bytes: adapt(text, id, title, lang)})
	}
	return out, nil
}

// adapt gives the template an id, a title and comments in one language.
func adapt(text []byte, id string, title engine.Text, lang engine.Lang) []byte {
	var b bytes.Buffer
	for _, line := range strings.SplitAfter(string(text), "\n") {
		mark, comment, marked := strings.Cut(line, ": ")
		switch {
		case marked && mark == "#"+string(lang):
			b.WriteString("# " + strings.ReplaceAll(comment, templateID, id))
		case marked && (mark == "#vi" || mark == "#en"):
		case strings.HasPrefix(line, modeline): // from the template's folder to the author's
			b.WriteString(strings.Replace(line, "=../schema/", "=schema/", 1))
		case strings.HasPrefix(line, "title: ") && !title.Empty():
			fmt.Fprintf(&b, "title: {vi: %q, en: %q}\n", title.VI, title.EN)
		default:
			b.WriteString(strings.ReplaceAll(line, templateID, id))
		}
	}
	return b.Bytes()
}
