package scenarios

import "saban/engine"

// form is a way to write a value: what reads it, and its shape.
type form[V any] struct {
	shape *shape
	read  func(v value, into *V)
}

// keyOf is a key whose value has a form and goes where of says.
func keyOf[T, V any](name string, n need, f form[V], of func(*T) *V) key[T] {
	return key[T]{name, n, f.shape, func(v value, into *T) { f.read(v, of(into)) }}
}

// version is the key that says what kind of file it is.
func version[T any](name string) key[T] {
	return key[T]{name, must, &shape{Kind: shapeVersion}, func(v value, _ *T) { v.version() }}
}

func plainly[V any](kind shapeKind, read func(v value, into *V)) form[V] {
	return form[V]{&shape{Kind: kind}, read}
}

// Forms that stand in many places.
var (
	aText     = form[engine.Text]{&shape{Kind: shapeText, Name: "text", Keys: aGroup("text", textKeys, rules{}).shape.Keys}, value.text}
	aProse    = plainly(shapeProse, value.prose)
	aPlain    = plainly(shapePlain, value.plain)
	aTruth    = plainly(shapeTruth, value.truth)
	aDuration = plainly(shapeDuration, value.span)
	aGuard    = plainly(shapeGuard, value.guard)
	aSlug     = plainly(shapeSlug, value.slug)
	anID      = plainly(shapeID, value.id)
	aName     = plainly(shapeName, value.id)
	someIDs   = form[[]string]{&shape{Kind: shapeList, Of: anID.shape, Unique: true}, value.ids}
	aLang     = aChoice[engine.Lang]("lang", BadChoice, string(engine.VI), string(engine.EN))
	aShare    = form[engine.Ratio]{numbers(0, engine.Whole), func(v value, into *engine.Ratio) { v.ratio(into, engine.Whole) }}
)

// numbers is the shape of a decimal or a fraction.
func numbers(least, most engine.Ratio) *shape {
	return &shape{Kind: shapeNumber, Least: least, Most: most}
}

// aCapability is the code of a capability. Whether there is such a one is for
// engine.Compile to say.
var aCapability = form[engine.Capability]{&shape{Kind: shapeChoice, Name: "capability", Words: codes(engine.Capabilities)},
	func(v value, into *engine.Capability) { v.id((*string)(into)) }}

func codes[S ~string](all []S) []string {
	out := make([]string, len(all))
	for i, code := range all {
		out[i] = string(code)
	}
	return out
}

// aChoice is one of a few words, explained under a name.
func aChoice[S ~string](name string, code Code, words ...string) form[S] {
	return form[S]{&shape{Kind: shapeChoice, Name: name, Words: words}, func(v value, into *S) {
		word := string(*into)
		v.choice(code, &word, words...)
		*into = S(word)
	}}
}

// aWhole is a whole number from low to high.
func aWhole(code Code, low, high int) form[int] {
	s := &shape{Kind: shapeWhole, Least: engine.Ratio(low) * engine.Whole, Most: engine.Ratio(high) * engine.Whole}
	return form[int]{s, func(v value, into *int) { v.whole(code, into, low, high) }}
}

// aGroup is a mapping with keys of its own, explained under a name.
func aGroup[T any](name string, keys []key[T], r rules) form[T] {
	s := &shape{Kind: shapeGroup, Name: name, Rules: r, Keys: make([]shapeKey, len(keys))}
	for i, k := range keys {
		s.Keys[i] = shapeKey{k.name, k.need != may, k.shape}
	}
	return form[T]{s, func(v value, into *T) { read(v, keys, into) }}
}

// aList is a list of things.
func aList[T any](of form[T]) form[[]T] {
	return form[[]T]{&shape{Kind: shapeList, Of: of.shape}, func(v value, into *[]T) {
		v.list(func(i int, entry value) bool {
			var none T
			*into = append(*into, none)
			of.read(entry, &(*into)[i])
			return true
		})
	}}
}

// aMapping is a mapping from ids to things, each of which takes its id.
func aMapping[T any](of form[T], id func(*T) *string) form[[]T] {
	return form[[]T]{&shape{Kind: shapeMapping, By: anID.shape, Of: of.shape}, func(v value, into *[]T) {
		v.entries(func(_ int, name string, entry value) {
			var x T
			*id(&x) = name
			of.read(entry, &x)
			*into = append(*into, x)
		})
	}}
}

// given is a form of something that may be absent.
func given[T any](f form[T]) form[*T] {
	return form[*T]{f.shape, func(v value, into **T) {
		*into = new(T)
		f.read(v, *into)
	}}
}

// part is a form of a whole that is written as one of its parts.
func part[T, V any](f form[V], of func(*T) *V) form[T] {
	return form[T]{f.shape, func(v value, into *T) { f.read(v, of(into)) }}
}

// either is the shape of what may be written in several ways.
func either(ways ...*shape) *shape { return &shape{Kind: shapeEither, Or: ways} }

// oneWord is the shape of a word with a meaning of its own.
func oneWord(name, word string) *shape {
	return &shape{Kind: shapeChoice, Name: name, Words: []string{word}}
}
