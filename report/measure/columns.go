package measure

import (
	"strings"

	"saban/report/document"
)

// Columns finds widths for the columns of a table: the shares of the line they
// ask for, but none narrower than its longest word and twice the padding while
// others have room, and for the sake of a word none wider than a third.
func (f *Fonts) Columns(t *document.Table, width, pad float64, in Face) []float64 {
	sum := 0.0
	for _, c := range t.Columns {
		sum += share(c)
	}
	widths, least := make([]float64, len(t.Columns)), make([]float64, len(t.Columns))
	missing, spare := 0.0, 0.0
	for i, c := range t.Columns {
		widths[i] = width * share(c) / sum
		least[i] = min(f.longest(t, i, in)+2*pad+0.2, width/3)
		missing += max(least[i]-widths[i], 0)
		spare += max(widths[i]-least[i], 0)
	}
	given := min(missing, spare)
	if given == 0 {
		return widths
	}
	for i := range widths {
		if d := least[i] - widths[i]; d > 0 {
			widths[i] += d * given / missing
		} else {
			widths[i] += d * given / spare
		}
	}
	return widths
}

func share(c document.Column) float64 {
	if c.Width <= 0 {
		return 1
	}
	return c.Width
}

// longest is the width of a column's longest word.
func (f *Fonts) longest(t *document.Table, column int, in Face) float64 {
	most := 0.0
	words := func(text string, in Face) {
		for word := range strings.FieldsSeq(f.Shown(text, in)) {
			most = max(most, f.Wide(word, in))
		}
	}
	bold := in
	bold.Bold = true
	words(t.Columns[column].Title, bold)
	for i := range t.Rows {
		if t.Rows[i].Span || column >= len(t.Rows[i].Cells) {
			continue
		}
		for _, r := range t.Rows[i].Cells[column] {
			face := in
			face.Bold, face.Italic = in.Bold || r.Bold, r.Italic
			words(r.Text, face)
		}
	}
	return most
}
