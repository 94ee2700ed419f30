package graph

import "saban/engine"

// Page says what a picture is to be read on.
type Page string

// The pages. A4 is sheets of paper, in points, with the lists of transitions
// and ids after the machine; Phone is one tall column, in CSS pixels, with the
// same lists below; Figure is the machine and its legend alone, 160 mm wide,
// for a page of text.
const (
	A4     Page = "a4"
	Phone  Page = "phone"
	Figure Page = "figure"
)

// Pages lists them.
var Pages = []Page{A4, Phone, Figure}

// Options say how a machine is drawn. The zero value draws it in Vietnamese on
// A4 without a path.
type Options struct {
	Lang engine.Lang // "" = Vietnamese
	Page Page        // "" = A4; SVG and Lay only
	Path *Path       // of a drill; nil = none is drawn
	ID   string      // "" = "machine"; told apart by it where one document holds several pictures
}

// measures of a page, in its unit. Nothing is set smaller than small.
type measures struct {
	unit          string
	width, height float64 // of a sheet; height 0: one sheet, as tall as it takes
	margin        float64
	columns       int // of the lists; 0: none
	name          float64
	title, small  float64 // sizes of a state's title, and of all the rest
	grid          float64 // half the distance of two arrows at the side of a box
	gap, loose    float64 // below a box, at least and at most
	lane          float64 // between two vertical stretches
	narrow, wide  float64 // of a box
	sides         bool    // arrows between boxes of one column pass outside it
}

func (p Page) measures() measures {
	paper := measures{unit: "pt", width: 595, height: 842, margin: 28, columns: 2, name: 14, title: 11, small: 9,
		grid: 6, gap: 24, loose: 36, lane: 9, narrow: 84, wide: 190, sides: true}
	switch p {
	case Figure:
		paper.width, paper.height, paper.margin, paper.columns = 454, 0, 3, 0
	case Phone:
		return measures{unit: "px", width: 360, margin: 8, columns: 1, name: 16, title: 12.5, small: 12,
			grid: 8, gap: 32, loose: 32, lane: 6, narrow: 84, wide: 190}
	}
	return paper
}

// floor is where the texts of a sheet end, above its foot.
func (m *measures) floor(sheet float64) float64 {
	return (sheet+1)*m.height - m.margin - leading(m.small) - 3
}

// ceiling is where the texts of a further sheet begin, below its head.
func (m *measures) ceiling(sheet float64) float64 {
	return sheet*m.height + m.margin + leading(m.small) + 5
}

// leading is the height of a line of a size: enough for the marks above
// Vietnamese capitals.
func leading(size float64) float64 { return up(size * 1.37) }
