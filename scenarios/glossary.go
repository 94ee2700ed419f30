package scenarios

import (
	"bytes"
	"fmt"

	"gopkg.in/yaml.v3"

	"saban/engine"
)

// Term is an entry of a glossary: words to avoid in one language, and the one
// to use.
type Term struct {
	Lang    engine.Lang
	Use     string
	Never   []string
	Why     engine.Text // empty where the better word says it all
	Players bool        // only in what players read
}

// ReadGlossary reads the glossary that check works with.
func ReadGlossary(text []byte) ([]Term, error) {
	type entry struct {
		Use     string
		Never   []string
		Why     struct{ VI, EN string }
		Players bool
	}
	var file struct{ VI, EN []entry }
	dec := yaml.NewDecoder(bytes.NewReader(text))
	dec.KnownFields(true)
	if err := dec.Decode(&file); err != nil {
		return nil, fmt.Errorf("glossary: %w", err)
	}
	var terms []Term
	for _, part := range []struct {
		lang    engine.Lang
		entries []entry
	}{{engine.VI, file.VI}, {engine.EN, file.EN}} {
		for _, e := range part.entries {
			terms = append(terms, Term{Lang: part.lang, Use: e.Use, Never: e.Never, Why: engine.Text(e.Why), Players: e.Players})
		}
	}
	return terms, nil
}
