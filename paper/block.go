package paper

import (
	"strconv"

	"saban/report/document"
)

func number(n uint64) string { return strconv.FormatUint(n, 10) }

func plain(text string) []document.Run { return document.Plain(text) }

func bold(text string) document.Run { return document.Run{Text: text, Bold: true} }

// blank is a label with room to write behind it.
func blank(label string) document.Run { return document.Run{Text: label, Blank: true} }

func para(runs ...document.Run) *document.Paragraph { return &document.Paragraph{Runs: runs} }

func small(text string) *document.Paragraph {
	return &document.Paragraph{Style: document.Small, Runs: plain(text)}
}

// labelled is a paragraph that begins with its label, or nothing without text.
func labelled(label, text string) []document.Block {
	if text == "" {
		return nil
	}
	return []document.Block{para(bold(label+" "), document.Run{Text: text})}
}

func points(texts []string) *document.List {
	l := &document.List{}
	for _, t := range texts {
		l.Points = append(l.Points, document.Point{Runs: plain(t)})
	}
	return l
}

func column(title string, width float64) document.Column {
	return document.Column{Title: title, Width: width}
}

func row(cells ...string) document.Row {
	r := document.Row{}
	for _, c := range cells {
		r.Cells = append(r.Cells, plain(c))
	}
	return r
}
