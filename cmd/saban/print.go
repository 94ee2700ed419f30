package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"saban/engine"
)

// printJSON writes one result as indented JSON.
func (a *app) printJSON(v any) error { return writeJSON(a.out, v) }

func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// into prints to the screen or, with a name, writes a file that was not there.
func (a *app) into(name string, write func(io.Writer) error) error {
	if name == "" {
		return write(a.out)
	}
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return a.unwritable(name, err)
	}
	if err := errors.Join(write(f), f.Close()); err != nil {
		return a.unwritable(name, err)
	}
	a.talk("đã ghi %s", "written to %s", name)
	return nil
}

func (a *app) println(line string) { fmt.Fprintln(a.out, strings.TrimRight(line, " ")) }

// bold and dim mark what leads and what may be skipped.
func (a *app) bold(s string) string { return a.paint("1", s) }
func (a *app) dim(s string) string  { return a.paint("2", s) }

func (a *app) paint(code, s string) string {
	if !a.color() {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// heading writes a section's title.
func (a *app) heading(vi, en string) {
	a.println("")
	a.println(a.bold(engine.Text{VI: vi, EN: en}.In(a.lang)))
}

// pad fills a text to n columns; a negative n sets it to the right.
func pad(s string, n int) string {
	fill := strings.Repeat(" ", max(0, max(n, -n)-columns(s)))
	if n < 0 {
		return fill + s
	}
	return s + fill
}

// lineWidth is how many columns results take at most: what a terminal of 100
// shows.
const lineWidth = 98

// column of a table: at most so wide (0 = no limit), set to the right or not.
type column struct {
	title string
	most  int
	right bool
}

// table writes rows under a head, each column as wide as it needs. A cell of
// the last column that does not fit goes on below.
func (a *app) table(columns []column, rows [][]string) {
	widths := tableWidths(columns, rows)
	head := make([]string, len(columns))
	for i, c := range columns {
		head[i] = c.title
	}
	a.println(a.dim(tableLine(columns, widths, head)))
	for _, row := range rows {
		a.tableRow(columns, widths, row)
	}
}

// tableWidths gives each column what it needs. Where that is too much, columns
// with a limit give way.
func tableWidths(cols []column, rows [][]string) []int {
	const least = 12
	widths := make([]int, len(cols))
	used := 0
	for i, c := range cols {
		widths[i] = columns(c.title)
		for _, row := range rows {
			widths[i] = max(widths[i], columns(row[i]))
		}
		if c.most > 0 {
			widths[i] = min(widths[i], max(c.most, columns(c.title)))
		}
		used += widths[i] + 2
	}
	last := len(cols) - 1
	if rest := lineWidth - (used - widths[last]); rest < widths[last] && widths[last] > 20 {
		used -= widths[last]
		widths[last] = max(rest, 20)
		used += widths[last]
	}
	for i, c := range cols {
		if over := used - lineWidth; c.most > 0 && over > 0 {
			cut := min(over, widths[i]-min(widths[i], least))
			widths[i] -= cut
			used -= cut
		}
	}
	return widths
}

func tableLine(cols []column, widths []int, cells []string) string {
	padded := make([]string, len(cols))
	for i, cell := range cells {
		n := widths[i]
		if cols[i].right {
			n = -n
		}
		padded[i] = pad(clip(cell, widths[i]), n)
	}
	return "  " + strings.TrimRight(strings.Join(padded, "  "), " ")
}

func (a *app) tableRow(cols []column, widths []int, row []string) {
	last := len(cols) - 1
	cells := append([]string(nil), row...)
	for i, part := range fold(row[last], widths[last]) {
		if i > 0 {
			cells = make([]string, len(cols))
		}
		cells[last] = part
		a.println(tableLine(cols, widths, cells))
	}
}

// paragraph writes a wrapped text under an indent.
func (a *app) paragraph(indent, s string) {
	if s == "" {
		return
	}
	for _, line := range fold(s, lineWidth-columns(indent)) {
		a.println(indent + line)
	}
}

// item writes a wrapped text behind a mark.
func (a *app) item(mark, text string) {
	lead := "  " + mark + " "
	for _, line := range fold(text, lineWidth-columns(lead)) {
		a.println(lead + line)
		lead = strings.Repeat(" ", columns(lead))
	}
}

// span writes a length of time in words: 1 giờ 30 phút, 1 h 30 min.
func (a *app) span(m engine.Millis) string { return m.Words().In(a.lang) }

// share writes a ratio with at most three decimals.
func (a *app) share(r engine.Ratio) string { return r.Decimal(3).In(a.lang) }
