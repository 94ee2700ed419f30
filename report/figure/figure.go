// Package figure draws the pictures of a drill once, as a list of shapes, for
// every format to render: SVG on the facilitator's page and in the report, PDF
// and PNG beside it.
//
// Lanes shows injects and responses by role over exercise time: a tick where
// an inject was released, a thick line to the response, a plain band to the
// target and a hatched one to the limit. What a mark means is told by its
// shape, never by colour alone.
package figure

import "saban/engine"

// Figure is a picture in its own units, a table that says the same, and the
// words that go with it.
type Figure struct {
	ID      string // tells its hatching from others' on one page; may be empty
	W, H    float64
	Name    string // what it shows, for who cannot see it
	Caption string // how to read it
	Shapes  []Shape
	Table   Table
	Axis    *Axis // of time, if it has one; a page moves the present along it
}

// Axis is the way of exercise time through a figure: From stands at X, Until
// at X + W.
type Axis struct {
	X, W             float64
	From, Until, Now engine.Millis
}

// Table is the data of a figure.
type Table struct {
	Head []string
	Rows [][]string
}

// Kind is what a shape is.
type Kind uint8

// The kinds of shape. A Line leads from X, Y to X2, Y2; a Rect stands between
// these corners; a Text begins, ends or is centred at X on the baseline Y; a
// Mark is centred at X, Y; an Arrow follows its Points.
const (
	Line Kind = iota
	Rect
	Text
	Mark
	Arrow
)

// Paint names a colour by its meaning; a renderer knows the colour.
type Paint string

// The paints, by the tokens of the user interface.
const (
	None       Paint = ""
	Ink        Paint = "ink"
	Ink2       Paint = "ink2"
	Ink3       Paint = "ink3"
	Rule       Paint = "line"
	Rule2      Paint = "line2"
	Control    Paint = "ctl"
	Surface    Paint = "surface"
	Sunken     Paint = "sunken"
	Accent     Paint = "accent"
	AccentWeak Paint = "accent-weak"
	On         Paint = "on"
	OK         Paint = "ok"
	OKWeak     Paint = "ok-weak"
	Warn       Paint = "warn"
	WarnWeak   Paint = "warn-weak"
	Bad        Paint = "bad"
	BadWeak    Paint = "bad-weak"
	Bar        Paint = "bar"
	AdHoc      Paint = "adhoc"
	Hatch      Paint = "hatch" // hatched in Warn
)

// Glyph is the shape of a mark.
type Glyph string

// The marks of timing: a filled circle with a tick, a diamond with a clock, a
// square with a cross, a dashed ring. Of a drill before: a small open ring.
// Never done, so beyond any scale: an open triangle, a small one of a drill
// before. A ring around another mark: a person set it.
const (
	OnTime       Glyph = "on-time"
	Slow         Glyph = "slow"
	Missed       Glyph = "missed"
	Waiting      Glyph = "waiting"
	Before       Glyph = "before"
	Beyond       Glyph = "beyond"
	BeyondBefore Glyph = "beyond-before"
	ByHand       Glyph = "by-hand"
)

// Anchor says which end of a text stands at its place.
type Anchor string

// The anchors of a text.
const (
	Start  Anchor = "start"
	Middle Anchor = "middle"
	End    Anchor = "end"
)

// Shape is one stroke, area, word or mark.
type Shape struct {
	Kind         Kind
	X, Y, X2, Y2 float64
	Fill, Stroke Paint
	Width        float64 // of the stroke
	Dashed       bool
	Round        float64 // radius of a Rect's corners
	Text         string
	Size         float64 // of the letters
	Bold         bool
	Anchor       Anchor
	Glyph        Glyph
	Points       [][2]float64
	Class        string // for a page that moves it: "now" the present, "grow" a line that ends there
}

func (f *Figure) add(s ...Shape) { f.Shapes = append(f.Shapes, s...) }
