package xlsx

import (
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// column is a title and a width in letters.
type column struct {
	title string
	width float64
}

// writer writes the rows of a sheet, from the first down.
type writer struct {
	b   *book
	w   *excelize.StreamWriter
	row int // the last that was written

	columns []column
}

func (b *book) writer(sheet string, columns []column, frozen int) (*writer, error) {
	w, err := b.f.NewStreamWriter(sheet)
	if err != nil {
		return nil, err
	}
	for i, c := range columns {
		if err := w.SetColWidth(i+1, i+1, c.width); err != nil {
			return nil, err
		}
	}
	if frozen > 0 {
		corner, err := excelize.CoordinatesToCellName(2, frozen+1)
		if err != nil {
			return nil, err
		}
		if err := w.SetPanes(&excelize.Panes{Freeze: true, XSplit: 1, YSplit: frozen, TopLeftCell: corner, ActivePane: "bottomRight"}); err != nil {
			return nil, err
		}
	}
	return &writer{b: b, w: w, columns: columns}, nil
}

// add writes a row, and below it what of its texts does not fit into a cell.
func (w *writer) add(cells ...cell) error {
	for more := true; more; {
		more = false
		w.row++
		line := make([]any, len(cells))
		lines := 1
		for i, c := range cells {
			if s, ok := c.value.(string); ok && c.formula == "" {
				parts := pieces(s)
				c.value = parts[0]
				lines = max(lines, w.lines(i, parts[0], c.style))
				cells[i].value = ""
				if len(parts) > 1 {
					cells[i].value, more = s[len(parts[0]):], true
				}
			} else {
				cells[i] = cell{}
			}
			line[i] = excelize.Cell{StyleID: c.style, Value: c.value, Formula: c.formula}
		}
		at, err := excelize.CoordinatesToCellName(1, w.row)
		if err != nil {
			return err
		}
		if err := w.w.SetRow(at, line, excelize.RowOpts{Height: min(15*float64(lines)+1, mostHeight)}); err != nil {
			return err
		}
	}
	return nil
}

// heads are the titles over columns.
func (b *book) heads(titles ...string) []cell {
	row := make([]cell, len(titles))
	for i, s := range titles {
		row[i] = cell{value: s, style: b.s.head}
	}
	return row
}

// table fills a sheet with a head, which stands still and is printed on each
// page, and rows.
func (b *book) table(sheet string, columns []column, rows [][]cell) error {
	w, err := b.writer(sheet, columns, 1)
	if err != nil {
		return err
	}
	titles := make([]string, len(columns))
	for i, c := range columns {
		titles[i] = c.title
	}
	for _, row := range append([][]cell{b.heads(titles...)}, rows...) {
		if err := w.add(row...); err != nil {
			return err
		}
	}
	if err := w.w.Flush(); err != nil {
		return err
	}
	return b.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: quoted(sheet) + "!$1:$1", Scope: sheet})
}

// quoted is a sheet's name as formulas take it.
func quoted(sheet string) string { return "'" + sheet + "'" }

// mostHeight is how high a row can be, in points.
const mostHeight = 409

// lines is how many lines a text takes in a column: no program that prints a
// sheet finds out by itself. A title stands on one.
func (w *writer) lines(i int, text string, style int) int {
	if i >= len(w.columns) || style == w.b.s.title {
		return 1
	}
	n := 0
	for _, line := range strings.Split(text, "\n") {
		n += 1 + utf8.RuneCountInString(line)*115/100/int(w.columns[i].width)
	}
	return n
}
