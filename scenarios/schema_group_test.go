package scenarios_test

import (
	"slices"

	"saban/engine"
	"saban/scenarios"
)

// group is a mapping with its keys, explained.
func (g *generator) group(s *scenarios.Shape) object {
	w := g.words.groups[s.Name]
	if w == nil {
		g.t.Errorf("there are no words for %s", s.Name)
		return object{}
	}
	g.use(s.Name, w)
	o := object{{"title", w.title()}, {"description", w.text(nil)}}
	if example := g.example(w); example != nil {
		o = o.with("examples", example)
	}
	properties, required := object{}, []string{}
	for _, k := range s.Keys {
		if slices.Contains(s.Rules.Never, k.Name) {
			continue
		}
		properties = properties.with(k.Name, g.property(s.Name+"."+k.Name, w.Keys[k.Name], k.Shape))
		if k.Must {
			required = append(required, k.Name)
		}
	}
	o = append(o, object{{"type", "object"}, {"additionalProperties", false}}...)
	if len(required) > 0 {
		o = o.with("required", required)
	}
	return append(o.with("properties", properties), company(s)...)
}

// property is a key with its explanation.
func (g *generator) property(name string, w *words, s *scenarios.Shape) object {
	if w == nil {
		g.t.Errorf("there are no words for the key %s", name)
		return object{}
	}
	g.use(name, w)
	var form *engine.Text
	if s.Kind == scenarios.ShapeGuard || s.Kind == scenarios.ShapeFormula {
		form = g.form(s.Kind)
	}
	o := object{{"title", w.title()}, {"description", w.text(form)}}
	if example := g.example(w); example != nil {
		o = o.with("examples", example)
	}
	return append(o, g.shape(s)...)
}

func (g *generator) example(w *words) any {
	if w.Example.Kind == 0 {
		return nil
	}
	return []any{jsonOf(&w.Example)}
}

// use reports words that are missing in one of the languages.
func (g *generator) use(name string, w *words) {
	w.used = true
	if w.VI == "" || w.EN == "" || w.Title.VI == "" || w.Title.EN == "" {
		g.t.Errorf("%s lacks words in one of the languages", name)
	}
}

// company says which keys go together, in keywords that editors of some years
// ago know too.
func company(s *scenarios.Shape) object {
	var o object
	switch one := s.Rules.One; {
	case len(one) == len(s.Keys) && len(one) > 0:
		o = o.with("minProperties", 1).with("maxProperties", 1)
	case len(one) > 0:
		var ways []any
		for _, key := range one {
			ways = append(ways, object{{"required", []string{key}}})
		}
		o = o.with("oneOf", ways)
	}
	if some := s.Rules.Any; len(some) > 0 {
		o = o.with("if", object{{"not", object{{"required", some[1:]}}}}).with("then", object{{"required", some[:1]}})
	}
	var all []any
	for _, k := range s.Keys {
		beside, then := s.Rules.With[k.Name], object{}
		if len(beside.Must) > 0 {
			then = then.with("required", beside.Must)
		}
		if len(beside.Not) > 0 {
			none := object{}
			for _, key := range beside.Not {
				none = none.with(key, false)
			}
			then = then.with("properties", none)
		}
		if len(then) > 0 && !slices.Contains(s.Rules.Never, k.Name) {
			all = append(all, object{{"if", object{{"required", []string{k.Name}}}}, {"then", then}})
		}
	}
	if len(all) > 0 {
		o = o.with("allOf", all)
	}
	return o
}
