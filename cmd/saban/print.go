package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"saban/engine"
)

// printJSON writes one result as indented JSON.
func (a *app) printJSON(v any) error {
	enc := json.NewEncoder(a.out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
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

// table writes rows under a head, each column as wide as it needs, at most
// as wide as given (0 = no limit; negative = to the right).
func (a *app) table(head []string, most []int, rows [][]string) {
	widths := make([]int, len(head))
	for _, row := range append([][]string{head}, rows...) {
		for i, cell := range row {
			w := columns(cell)
			if limit := max(most[i], -most[i]); limit > 1 && w > limit {
				w = limit
			}
			widths[i] = max(widths[i], w)
		}
	}
	line := func(row []string, style func(string) string) {
		cells := make([]string, len(row))
		for i, cell := range row {
			n := widths[i]
			if most[i] < 0 {
				n = -n
			}
			cells[i] = pad(clip(cell, widths[i]), n)
		}
		a.println("  " + style(strings.TrimRight(strings.Join(cells, "  "), " ")))
	}
	line(head, a.dim)
	for _, row := range rows {
		line(row, func(s string) string { return s })
	}
}

// paragraph writes a wrapped text under an indent.
func (a *app) paragraph(indent, s string) {
	if s == "" {
		return
	}
	for _, line := range fold(s, 96-columns(indent)) {
		a.println(indent + line)
	}
}

// share writes a ratio with three decimals as the language does.
func (a *app) share(r engine.Ratio) string {
	thousandths := engine.MulDiv(int64(r), 1000, int64(engine.Whole))
	s := strings.TrimRight(fmt.Sprintf("%d.%03d", thousandths/1000, thousandths%1000), "0")
	s = strings.TrimSuffix(s, ".")
	if a.lang == engine.VI {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s
}
