package markdown_test

import (
	"errors"
	"strings"
	"testing"

	"saban/engine"
	"saban/report/document"
	"saban/report/document/documenttest"
	"saban/report/figure"
	"saban/report/markdown"
)

func render(t *testing.T, blocks ...document.Block) string {
	t.Helper()
	var b strings.Builder
	d := &document.Document{Lang: engine.EN, Marking: "FOR INTERNAL USE", Parts: []document.Part{{Title: "REPORT", Blocks: blocks}}}
	if err := markdown.Write(&b, d); err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(b.String(), "# REPORT\n\n")
	text, _, _ := strings.Cut(after, "\n**EXERCISE")
	return strings.TrimSpace(text)
}

func TestBlocks(t *testing.T) {
	for name, c := range map[string]struct {
		block document.Block
		want  string
	}{
		"heading":   {&document.Heading{Level: 1, Number: "I", Text: "OVERVIEW"}, "## I. OVERVIEW"},
		"lead":      {&document.Paragraph{Style: document.Lead, Runs: []document.Run{{Text: "Pass.", Bold: true}, {Text: " Slow."}}}, "**Pass. Slow.**"},
		"notice":    {&document.Paragraph{Style: document.Notice, Runs: document.Plain("Limits")}, "> Limits"},
		"blank":     {&document.Paragraph{Runs: []document.Run{{Text: "Owner: "}, {Blank: true, Text: "fill in"}}}, "Owner: ………… *(fill in)*"},
		"event":     {&document.Paragraph{Runs: []document.Run{{Text: "seen ("}, {Text: "#12", Link: "e12"}, {Text: ")"}}}, "seen (#12)"},
		"code":      {&document.Paragraph{Runs: []document.Run{{Text: "R_07 --head [x]", Code: true}}}, "`R_07 --head [x]`"},
		"no code":   {&document.Paragraph{Runs: []document.Run{{Text: "a`|<b>", Code: true}}}, "a\\`\\|&lt;b&gt;"},
		"share":     {&document.Paragraph{Runs: document.Plain("0.5")}, "0.5"},
		"no list":   {&document.Paragraph{Runs: document.Plain("1. x")}, "1\\. x"},
		"struck":    {&document.Paragraph{Runs: []document.Run{{Text: "no", Struck: true}}}, "~~no~~"},
		"list":      {&document.List{Ordered: true, Points: []document.Point{{Runs: document.Plain("a")}, {Mark: figure.Missed, Runs: document.Plain("b")}}}, "1. a\n2. ✗ b"},
		"no rows":   {&document.Table{Caption: "Table 1. Gates", Empty: "None."}, "*Table 1. Gates*\n\nNone."},
		"table":     {&document.Table{Caption: "T", Columns: []document.Column{{Title: "A"}, {Title: "N", Align: document.Right}}, Rows: []document.Row{{Span: true, Cells: [][]document.Run{document.Plain("group")}}, {Cells: [][]document.Run{document.Plain("x|y"), document.Plain("1")}}}}, "*T*\n\n| A | N |\n| --- | ---: |\n| **group** |  |\n| x\\|y | 1 |"},
		"numbers":   {&document.Numbers{Each: []document.Number{{Label: "Total", Value: "78", Unit: "/100", Note: "good"}}}, "- Total: **78**/100 (good)"},
		"signature": {&document.Signatures{Each: []document.Signature{{Office: "HEAD", Note: "name", Name: "A <b>"}}}, "| **HEAD**<br>*name*<br>**A &lt;b&gt;** |\n|:---:|"},
		"picture":   {&document.Picture{Caption: "Figure 1.", Figure: &figure.Figure{Name: "two late", Table: figure.Table{Head: []string{"R"}, Rows: [][]string{{"a|b"}}}}}, "*Figure 1.*\n\ntwo late\n\n| R |\n| --- |\n| a\\|b |"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := render(t, c.block); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

// What people wrote stays text, wherever it stands.
func TestNothingPeopleWroteIsMarkup(t *testing.T) {
	const nasty = "=cmd() <script> [x](http://e.vn) **b** `c` |\u202e\n# h"
	got := render(t,
		&document.Heading{Level: 2, Text: nasty}, &document.Paragraph{Runs: document.Plain(nasty)}, &document.List{Points: []document.Point{{Runs: document.Plain(nasty)}}},
		&document.Table{Caption: nasty, Columns: []document.Column{{Title: nasty}}, Rows: []document.Row{{Cells: [][]document.Run{document.Plain(nasty)}}}},
		&document.Signatures{Each: []document.Signature{{Office: nasty, Note: nasty, Name: nasty}}},
		&document.Numbers{Each: []document.Number{{Label: nasty, Value: nasty, Unit: nasty, Note: nasty}}})
	for _, markup := range []string{"<script", "[x](", " **b**", "\u202e", "\n# h"} {
		if strings.Contains(got, markup) {
			t.Errorf("%q got through:\n%s", markup, got)
		}
	}
	if n := strings.Count(got, `\[x\](http&#58;//e.vn)`); n != 13 {
		t.Errorf("the text stands in %d places:\n%s", n, got)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestWriteErrorIsReturned(t *testing.T) {
	if err := markdown.Write(full{}, &document.Document{}); err == nil {
		t.Error("no error")
	}
}

func TestNoKindOfBlockIsLeftOut(t *testing.T) {
	for _, lang := range []engine.Lang{engine.VI, engine.EN} {
		var b strings.Builder
		d := documenttest.Sample(lang)
		if err := markdown.Write(&b, d); err != nil {
			t.Fatal(err)
		}
		documenttest.EveryBlock(t, d, strings.ReplaceAll(b.String(), "\\", ""))
	}
	t.Run("one it does not know is an error", func(t *testing.T) {
		d := &document.Document{Parts: []document.Part{{Blocks: []document.Block{struct{ document.Block }{}}}}}
		if err := markdown.Write(&strings.Builder{}, d); err == nil {
			t.Error("it was left out")
		}
	})
}
