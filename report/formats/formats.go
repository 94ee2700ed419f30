// Package formats knows what a report can be written as: by the ending of a
// file's name, for the command line and for the server alike.
package formats

import (
	"encoding/json"
	"io"

	"saban/engine"
	"saban/report"
	"saban/report/document"
	"saban/report/docx"
	"saban/report/html"
	"saban/report/markdown"
	"saban/report/pdf"
	"saban/report/xlsx"
	"saban/store"
)

// Paper is a report drawn up in one language.
type Paper struct {
	Report   report.Report
	Document *document.Document
	Lang     engine.Lang
}

// Draw draws up a report.
func Draw(r report.Report, lang engine.Lang) *Paper {
	return &Paper{Report: r, Document: report.Document(r, lang), Lang: lang}
}

// Format is one way to write a report.
type Format struct {
	Ending string // of a file's name, without the dot
	Kind   string // as HTTP calls it
	Text   bool   // worth packing on the way
	Write  func(io.Writer, *Paper) error
}

// All are the formats of a whole report.
var All = []Format{
	{"md", "text/markdown; charset=utf-8", true, drawn(markdown.Write)},
	{"pdf", "application/pdf", false, drawn(pdf.Write)},
	{"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", false, drawn(docx.Write)},
	{"html", "text/html; charset=utf-8", true, drawn(html.Write)},
	{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false, func(w io.Writer, p *Paper) error { return xlsx.Write(w, p.Report, p.Lang) }},
	{"json", "application/json", true, func(w io.Writer, p *Paper) error {
		out := json.NewEncoder(w)
		out.SetEscapeHTML(false)
		out.SetIndent("", "  ")
		return out.Encode(p.Report)
	}},
}

func drawn(write func(io.Writer, *document.Document) error) func(io.Writer, *Paper) error {
	return func(w io.Writer, p *Paper) error { return write(w, p.Document) }
}

// Meta is what the head of a drill file says of the drill.
func Meta(h *store.Header) report.Meta {
	m := report.Meta{Drill: h.Drill, Engine: h.Engine, Scenario: pin(h.Scenario), Rubric: pin(h.Rubric)}
	if h.Site != nil {
		m.Site = pin(*h.Site)
	}
	return m
}

func pin(p store.Pinned) report.Pin { return report.Pin{Name: p.Name, SHA256: p.SHA256} }
