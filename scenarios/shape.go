package scenarios

import "saban/engine"

// shape says what may stand at a place of a file. Forms carry it, the reader
// reads by forms, and the schemas in schema/ are made from their shapes.
type shape struct {
	Kind shapeKind
	Name string // what the words that explain it are kept under, or empty

	Keys  []shapeKey // of a group, in the order of the documentation
	Rules rules      // of a group
	Of    *shape     // entries of a list or a mapping
	By    *shape     // keys of a mapping
	Or    []*shape   // one of these

	Words       []string     // of a choice
	Except      []string     // ids that mean something else here
	Least, Most engine.Ratio // of a number
	Unique      bool         // no entry of the list twice
	Filled      bool         // at least one entry in the list
}

type shapeKind string

const (
	shapeGroup    shapeKind = "group"   // a mapping with keys of its own
	shapeMapping  shapeKind = "mapping" // a mapping whose keys are ids
	shapeList     shapeKind = "list"
	shapeEither   shapeKind = "either"
	shapeText     shapeKind = "text"  // for people, in both languages
	shapeProse    shapeKind = "prose" // for people, in one language
	shapePlain    shapeKind = "plain" // a name, a date, a figure: no languages
	shapeChoice   shapeKind = "choice"
	shapeTruth    shapeKind = "truth"
	shapeVersion  shapeKind = "version"
	shapeWhole    shapeKind = "whole"  // a whole number
	shapeWeight   shapeKind = "weight" // the same, from where the format of the file has it
	shapeNumber   shapeKind = "number" // a decimal or a fraction
	shapeDuration shapeKind = "duration"
	shapeGuard    shapeKind = "guard"
	shapeFormula  shapeKind = "formula"
	shapeID       shapeKind = "id"
	shapeName     shapeKind = "name" // an id, or what a transition is called without one
	shapeCode     shapeKind = "code" // of a finding that may be silenced
	shapeSlug     shapeKind = "slug" // the id of a file
	shapePerson   shapeKind = "person"
	shapeDay      shapeKind = "day"
	shapeHash     shapeKind = "hash"
	shapeClock    shapeKind = "clock" // a time of day
)

type shapeKey struct {
	Name  string
	Must  bool
	Shape *shape
}

// rules say which keys of a group go together.
type rules struct {
	One   []string           // exactly one of these
	Any   []string           // at least one of these
	Never []string           // none of these: they belong to the group elsewhere
	With  map[string]company // by key
}

// company is what a key wants beside it, and what it cannot stand.
type company struct{ Must, Not []string }

// dialect is what differs between kinds of files in what is read alike.
type dialect struct {
	Lone        bool // a text in one language is no matter
	Millis      bool // durations may be finer than a second
	LeastWeight int  // of a response; 0 where it may count nothing
}

// format is one kind of file.
type format struct {
	Name string
	Root *shape
	dialect
}
