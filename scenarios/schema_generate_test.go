package scenarios_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"saban/engine"
	"saban/scenarios"
)

// generator makes the schema of one kind of file from the shapes the reader
// reads by and from words. An invopop/jsonschema over Go types would not do:
// the keys of a file are in the reader's tables, not in struct tags.
type generator struct {
	t      *testing.T
	format scenarios.FileKind
	words  *dictionary
	defs   object
	open   map[string]bool // definitions that are being made
	said   map[string]bool // words of forms and choices that were used
}

// generate returns the schema of a format.
func generate(t *testing.T, f scenarios.FileKind, d *dictionary) object {
	g := &generator{t: t, format: f, words: d, open: map[string]bool{}, said: map[string]bool{}}
	root := g.group(f.Root)
	slices.SortFunc(g.defs, func(a, b member) int { return strings.Compare(a.key, b.key) })
	out := object{{"$schema", "https://json-schema.org/draft/2020-12/schema"}}
	return append(out, root...).with("$defs", g.defs)
}

// named returns a reference to a definition, which make makes the first time.
func (g *generator) named(name string, makes func() object) object {
	if g.defs.get(name) == nil && !g.open[name] {
		g.open[name] = true
		made := makes()
		g.defs = g.defs.with(name, made)
	}
	return object{{"$ref", "#/$defs/" + name}}
}

// shape returns what may stand somewhere.
func (g *generator) shape(s *scenarios.Shape) object {
	switch s.Kind {
	case scenarios.ShapeGroup:
		return g.named(s.Name, func() object { return g.group(s) })
	case scenarios.ShapeText:
		return g.named("text", func() object { return g.text(s) })
	case scenarios.ShapeChoice:
		return g.named("choice-"+s.Name, func() object { return g.choice(s) })
	case scenarios.ShapeCode:
		return g.named("choice-code", g.codes)
	case scenarios.ShapeMapping:
		return object{{"type", "object"}, {"propertyNames", g.shape(s.By)}, {"additionalProperties", g.shape(s.Of)}, {"maxProperties", scenarios.MaxEntries}}
	case scenarios.ShapeList:
		return g.list(s)
	case scenarios.ShapeEither:
		return g.either(s)
	}
	return g.scalar(s)
}

// either leaves the explaining to what stands around it.
func (g *generator) either(s *scenarios.Shape) object {
	var ways []any
	for _, way := range s.Or {
		switch way.Kind {
		case scenarios.ShapeGroup:
			ways = append(ways, unexplained(g.group(way)))
		case scenarios.ShapeText:
			ways = append(ways, unexplained(g.text(way)))
		default:
			ways = append(ways, g.shape(way))
		}
	}
	return object{{"oneOf", ways}} // not anyOf, of which editors explain every way that fits
}

func unexplained(o object) object {
	return slices.DeleteFunc(o, func(m member) bool { return slices.Contains([]string{"title", "description", "examples"}, m.key) })
}

func (g *generator) list(s *scenarios.Shape) object {
	o := object{{"type", "array"}, {"items", g.shape(s.Of)}}
	if s.Filled {
		o = o.with("minItems", 1)
	}
	if s.Unique {
		o = o.with("uniqueItems", true)
	}
	return o.with("maxItems", scenarios.MaxEntries)
}

func (g *generator) scalar(s *scenarios.Shape) object {
	low, high := json.RawMessage(s.Least.String()), json.RawMessage(s.Most.String())
	switch s.Kind {
	case scenarios.ShapePlain:
		return object{{"type", []string{"string", "number"}}}
	case scenarios.ShapeProse:
		return object{{"type", "string"}, {"minLength", 1}}
	case scenarios.ShapeTruth:
		return object{{"type", "boolean"}}
	case scenarios.ShapeVersion:
		return object{{"const", 1}}
	case scenarios.ShapeWhole:
		return object{{"type", "integer"}, {"minimum", low}, {"maximum", high}}
	case scenarios.ShapeWeight:
		return object{{"type", "integer"}, {"minimum", g.format.LeastWeight}, {"maximum", high}}
	case scenarios.ShapeGuard:
		return object{{"type", "string"}, {"minLength", 1}, {"maxLength", 400}}
	case scenarios.ShapeFormula:
		return object{{"type", "string"}, {"maxLength", 400}}
	case scenarios.ShapeNumber:
		return g.patterned(s.Kind, []string{"number", "string"}, `^[0-9]{1,9}/[0-9]{1,9}$`).with("minimum", low).with("maximum", high)
	}
	pattern, known := map[scenarios.ShapeKind]string{
		scenarios.ShapeID:       `^[A-Za-z][A-Za-z0-9_]{0,31}$`,
		scenarios.ShapeName:     `^[A-Za-z][A-Za-z0-9_-]{0,99}$`,
		scenarios.ShapeSlug:     `^[a-z0-9][a-z0-9_-]{0,63}$`,
		scenarios.ShapeDay:      `^[0-9]{4}-[0-9]{2}-[0-9]{2}$`,
		scenarios.ShapeHash:     `^[0-9a-f]{64}$`,
		scenarios.ShapeClock:    `^([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$`,
		scenarios.ShapePerson:   `^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$`,
		scenarios.ShapeDuration: durations(g.format.Millis),
	}[s.Kind]
	if !known {
		g.t.Errorf("no schema is known for %s", s.Kind)
	}
	o := g.named(string(s.Kind), func() object { return g.patterned(s.Kind, "string", pattern) })
	if len(s.Except) > 0 {
		o = o.with("not", object{{"enum", s.Except}})
	}
	return o
}

// patterned is a string of a form, with what an editor says of one that is
// not.
func (g *generator) patterned(kind scenarios.ShapeKind, types any, pattern string) object {
	form := g.form(kind)
	return object{{"type", types}, {"pattern", pattern}, {"patternErrorMessage", form.VI + " " + form.EN}}
}

func (g *generator) form(kind scenarios.ShapeKind) *engine.Text {
	name := string(kind)
	text := g.words.forms[name]
	if text.VI == "" || text.EN == "" {
		g.t.Errorf("the form %s lacks words in one of the languages", name)
	}
	g.said["form "+name] = true
	return &text
}

// durations are units from the largest to the smallest, at least one.
func durations(millis bool) string {
	units := []string{"h", "m", "s"}
	if millis {
		units = append(units, "ms")
	}
	var ways []string
	for i := range units {
		way := `[0-9]{1,9}` + units[i]
		for _, smaller := range units[i+1:] {
			way += `([0-9]{1,9}` + smaller + `)?`
		}
		ways = append(ways, way)
	}
	return "^(" + strings.Join(ways, "|") + ")$"
}

// choice lists words with what they mean.
func (g *generator) choice(s *scenarios.Shape) object {
	means := g.words.choices[s.Name]
	var descriptions []string
	for _, word := range s.Words {
		if means[word].VI == "" || means[word].EN == "" {
			g.t.Errorf("%s: the word %s lacks its meaning in one of the languages", s.Name, word)
		}
		descriptions = append(descriptions, means[word].VI+" · "+means[word].EN)
		g.said["choice "+s.Name+" "+word] = true
	}
	return object{{"enum", s.Words}, {"enumDescriptions", descriptions}}
}

// codes are the codes a scenario may silence, as saban explain has them.
func (g *generator) codes() object {
	var codes, titles []string
	for _, code := range scenarios.Silenceable() {
		x, _ := scenarios.Explain(code)
		codes, titles = append(codes, string(code)), append(titles, x.Title.VI+" · "+x.Title.EN)
	}
	return object{{"enum", codes}, {"enumDescriptions", titles}}
}

// text is both languages, or a plain text in the file's. A play may do with
// one.
func (g *generator) text(s *scenarios.Shape) object {
	o := g.group(&scenarios.Shape{Kind: scenarios.ShapeGroup, Name: "text", Keys: s.Keys})
	for i := range o {
		switch {
		case o[i].key == "type":
			o[i].value = []string{"string", "object"}
		case o[i].key == "required" && g.format.Lone:
			o[i] = member{"minProperties", 1}
		}
	}
	return o.with("minLength", 1)
}
