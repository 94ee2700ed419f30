package server

import (
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"saban/engine"
	"saban/scoring"
)

// describeNumbers names the types that are kept as integers and written as
// decimal numbers.
func describeNumbers(r huma.Registry) {
	for _, t := range []reflect.Type{reflect.TypeFor[engine.Ratio](), reflect.TypeFor[scoring.Points](), reflect.TypeFor[scoring.Seconds]()} {
		r.RegisterTypeAlias(t, reflect.TypeFor[float64]())
	}
}

// describeScorecard corrects what cannot be told from its types: what cannot
// be said of a drill is null, and a rubric writes its times as files do.
func describeScorecard(r huma.Registry) {
	seen := map[reflect.Type]bool{}
	describeNulls(r, reflect.TypeFor[scoring.Scorecard](), seen)
	describeNulls(r, reflect.TypeFor[scoring.Agreement](), seen)
	penalties := r.Schema(reflect.TypeFor[scoring.Penalties](), false, "Penalties")
	penalties.Properties["again_after"] = &huma.Schema{Type: huma.TypeString, Description: "A duration such as 5m"}
}

// words that are null when there is none.
var words = []reflect.Type{reflect.TypeFor[scoring.Rating](), reflect.TypeFor[scoring.Grade]()}

func describeNulls(r huma.Registry, t reflect.Type, seen map[reflect.Type]bool) {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Map {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || seen[t] || !strings.HasSuffix(t.PkgPath(), "/scoring") {
		return
	}
	seen[t] = true
	s := r.Schema(t, false, t.Name())
	for i := range t.NumField() {
		f := t.Field(i)
		describeNulls(r, f.Type, seen)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		prop := s.Properties[name]
		if prop == nil || options == "omitempty" || f.Type.Kind() != reflect.Pointer && !slices.Contains(words, f.Type) {
			continue
		}
		if prop.Ref != "" {
			s.Properties[name] = &huma.Schema{AnyOf: []*huma.Schema{prop, {Type: "null"}}}
		} else {
			prop.Nullable = true
		}
	}
}
