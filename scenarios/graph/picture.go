package graph

import "saban/engine"

// Picture is a machine laid out: where everything goes, and nothing about how
// it is written down, so that other formats can draw the same. Lengths are in
// Unit, multiples of one half; y grows downwards.
type Picture struct {
	ID            string // of the scenario
	Lang          engine.Lang
	Page          Page
	Unit          string // "pt", or "px" on a phone
	Width, Height float64
	Sheets        int // pages of paper below each other, all of one height

	Title string // what the picture is, in a few words
	About string // what it shows, in full, for those who do not see it

	Arrows  []Arrow // in the order to draw them in
	Nodes   []Node
	Badges  []Badge // over the arrows they number, and in the list of transitions
	Samples []Sample
	Lines   []Line
	Rules   []Rect // hairlines, of no height
}

// Point is a place.
type Point struct{ X, Y float64 }

// Rect is a place with an extent.
type Rect struct{ X, Y, W, H float64 }

// Right and Bottom are the far edges.
func (r Rect) Right() float64  { return r.X + r.W }
func (r Rect) Bottom() float64 { return r.Y + r.H }

// In reports whether r lies within s.
func (r Rect) In(s Rect) bool {
	return r.X >= s.X && r.Y >= s.Y && r.Right() <= s.Right() && r.Bottom() <= s.Bottom()
}

// Overlaps reports whether r and s have more in common than an edge.
func (r Rect) Overlaps(s Rect) bool {
	return r.X < s.Right() && s.X < r.Right() && r.Y < s.Bottom() && s.Y < r.Bottom()
}

// Fate says what a drill made of a part of the picture.
type Fate int

// The fates. Without a path everything is Plain.
const (
	Plain Fate = iota
	Taken      // the drill was there, or went this way
	Pale       // it never did
)

// Ink is what a text is for.
type Ink int

// The inks.
const (
	Body Ink = iota
	Quiet
)

// Line is one line of text. Box is what it may take up: the width is measured,
// with room for the widest fonts.
type Line struct {
	Text   string
	Box    Rect
	Base   float64 // y of the line that letters stand on
	Size   float64
	Bold   bool
	Centre bool // else it begins at the left of Box
	Ink    Ink
	Fate   Fate
}

// Node is a state.
type Node struct {
	State string
	Kind  engine.StateKind
	Box   Rect
	Lines []Line // the kind, but for a normal state, and the title
	Stops []Stop // when the drill came here
	Fate  Fate
	Last  bool // the drill ended here
}

// Round is the radius of a node's corners, 0 where Outline has the shape.
func (n *Node) Round() float64 {
	switch n.Kind {
	case engine.Initial:
		return min(n.Box.H/2, 18)
	case engine.Escalated, engine.Failed:
		return 0
	}
	return 3
}

// Cut is how far the shape of a kind reaches in from the corners of a box:
// pointed sides where things go wrong, cut corners where they end badly.
func cut(kind engine.StateKind, box Rect) (x, y float64) {
	switch kind {
	case engine.Escalated:
		return min(8, box.W/4), box.H / 2
	case engine.Failed:
		return min(8, box.W/4), min(8, box.H/3)
	}
	return 0, 0
}

// Outline is the shape of a node whose corners are not round, closed.
func (n *Node) Outline() []Point { return outline(n.Kind, n.Box) }

func outline(kind engine.StateKind, b Rect) []Point {
	x, y := cut(kind, b)
	corners := []Point{
		{b.X + x, b.Y}, {b.Right() - x, b.Y}, {b.Right(), b.Y + y}, {b.Right(), b.Bottom() - y},
		{b.Right() - x, b.Bottom()}, {b.X + x, b.Bottom()}, {b.X, b.Bottom() - y}, {b.X, b.Y + y},
	}
	return corners
}

// Stop is one entry into a state: its number on the path in a round mark, and
// the exercise time beside it. Step 0 has no mark: the drill ended.
type Stop struct {
	Step int
	Mark Rect
	Line Line
}

// Arrow is one transition, or a move that the facilitator forced. Arrows into
// one state join on their way. Points are the corners it goes round; it ends
// in a tip.
type Arrow struct {
	Number   int    // of the transition, from 1 in file order; 0 = forced
	ID       string // of the transition
	From, To string
	Points   []Point
	Trunk    int              // arrows of one trunk join; straight ones have one each
	Kind     engine.StateKind // of the state it leads to
	Fate     Fate
	Steps    []int // of the path
}

// Forced reports whether no transition leads this way.
func (a *Arrow) Forced() bool { return a.Number == 0 }

// Badge is a short label in a frame: the number of a transition, or that a
// move was forced.
type Badge struct {
	Line   Line
	Box    Rect
	Fate   Fate
	Forced bool
}

// Mark is what a sample of the legend stands for.
type Mark int

// The marks.
const (
	MarkState  Mark = iota // of Kind
	MarkNumber             // of a transition
	MarkStep               // of the path
	MarkTaken              // an arrow that the drill went along
	MarkForced
	MarkPale // a state the drill never came to
)

// Sample is an entry of the legend.
type Sample struct {
	Mark Mark
	Kind engine.StateKind
	Box  Rect
	Line Line
}
