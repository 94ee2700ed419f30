package html_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"saban/engine"
	"saban/paper"
	"saban/report"
	"saban/report/document"
	"saban/report/document/documenttest"
	"saban/report/figure"
	write "saban/report/html"
	"saban/scenarios"
	"saban/scenarios/scenariotest"
	"saban/scoring"
)

// rendered is a document as a page, parsed as browsers parse it. With
// SABAN_PICTURES set to a folder, it is kept there to be looked at.
func rendered(t *testing.T, name string, d *document.Document) (string, *html.Node) {
	t.Helper()
	var b bytes.Buffer
	if err := write.Write(&b, d); err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("SABAN_PICTURES"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name+".html"), b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	root, err := html.Parse(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	return b.String(), root
}

// pack is a drill on paper.
func pack(t *testing.T) *document.Document {
	t.Helper()
	return paper.Build(scenariotest.Read(t, "bomb-threat").Compiled, paper.Options{Lang: engine.VI, Seed: 1})
}

// rehearsed is the report of a rehearsal of a shipped scenario.
func rehearsed(t *testing.T, id string, n int, lang engine.Lang) *document.Document {
	t.Helper()
	file := scenariotest.Read(t, id)
	log := scenariotest.Rehearse(t, file, scenarios.Rehearsals(id)[n])
	card := scoring.Score(file.Scenario, scoring.Default(), log)
	r := report.Build(file.Scenario, card, log, report.Meta{Drill: "d-1", Head: strings.Repeat("9f3a", 16), Body: "Công ty A", Closed: true})
	return report.Document(r, lang)
}

func each(n *html.Node, visit func(*html.Node)) {
	visit(n)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		each(c, visit)
	}
}

func words(n *html.Node) string {
	var b strings.Builder
	each(n, func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
	})
	return b.String()
}

func TestEveryScenarioHasAPage(t *testing.T) {
	for _, id := range scenarios.Shipped() {
		for _, lang := range []engine.Lang{engine.VI, engine.EN} {
			t.Run(id+"/"+string(lang), func(t *testing.T) {
				d := rehearsed(t, id, 1, lang)
				source, root := rendered(t, id+"."+string(lang), d)
				sound(t, root)
				if strings.Contains(source, "http:") || strings.Contains(source, "https:") {
					t.Error("the page names an address elsewhere")
				}
				page := words(root)
				for _, want := range everyText(d) {
					if !strings.Contains(page, want) {
						t.Errorf("the page lacks %q", want)
					}
				}
			})
		}
	}
}

// sound fails the test for a script, a handler, a style out of the policy's
// sight, an id given twice and a link that leads nowhere.
func sound(t *testing.T, root *html.Node) {
	t.Helper()
	ids, links := map[string]int{}, map[string]bool{}
	each(root, func(n *html.Node) {
		if n.Type != html.ElementNode {
			return
		}
		switch n.Data {
		case "script", "iframe", "object", "embed", "form", "link", "base", "img":
			t.Errorf("the page has a %s", n.Data)
		}
		for _, a := range n.Attr {
			switch {
			case strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "src":
				t.Errorf("the page has an attribute %s=%q", a.Key, a.Val)
			case a.Key == "id":
				ids[a.Val]++
			case a.Key == "href":
				links[a.Val] = true
			}
		}
	})
	for id, n := range ids {
		if n > 1 {
			t.Errorf("%d elements are called %s", n, id)
		}
	}
	for link := range links {
		if name, ok := strings.CutPrefix(link, "#"); !ok || ids[name] == 0 {
			t.Errorf("a link leads to %q", link)
		}
	}
}

// everyText is each text of a document that a reader has to find.
func everyText(d *document.Document) []string {
	var out []string
	add := func(texts ...string) { out = append(out, texts...) }
	runs := func(list []document.Run) {
		for _, r := range list {
			add(r.Text)
		}
	}
	var blocks func([]document.Block)
	blocks = func(list []document.Block) {
		for _, b := range list {
			switch b := b.(type) {
			case *document.Heading:
				add(b.Text)
			case *document.Paragraph:
				runs(b.Runs)
			case *document.List:
				for _, p := range b.Points {
					runs(p.Runs)
				}
			case *document.Table:
				add(b.Caption)
				for _, c := range b.Columns {
					add(c.Title)
				}
				for _, r := range b.Rows {
					for _, cell := range r.Cells {
						runs(cell)
					}
				}
				if len(b.Rows) == 0 {
					add(b.Empty)
				}
			case *document.Numbers:
				for _, n := range b.Each {
					add(n.Label, n.Value, n.Unit, n.Note)
				}
			case *document.Columns:
				for _, s := range b.Each {
					add(s.Title)
					blocks(s.Blocks)
				}
			case *document.Picture:
				for _, row := range b.Figure.Table.Rows {
					add(row...)
				}
			case *document.Details:
				add(b.Title)
				for _, one := range b.Each {
					add(one.Title)
					runs(one.End)
					for _, r := range slices.Concat(one.Points, one.Seen) {
						runs(r)
					}
				}
			case *document.Signatures:
				for _, s := range b.Each {
					add(s.Office, s.Note, s.Name)
				}
			}
		}
	}
	add(d.Title)
	for _, p := range d.Parts {
		add(p.Number, p.Title, p.About)
		blocks(p.Blocks)
		if p.Head != nil {
			add(p.Head.Nation, p.Head.Motto, p.Head.Number, p.Head.Dated)
		}
		if p.Close != nil {
			add(p.Close.Office, p.Close.Rank, p.Close.Name)
		}
	}
	return out
}

// hostile has what breaks a page in every place that people can write in, so
// many times eight letters long.
func hostile(long int) *document.Document {
	bad := `"><script>alert(1)</script><b onclick='x'>&amp; 'q' =cmd()|x` + "\u202egnp\u202c \u2066x" + strings.Repeat(" rất dài", long) + ` </style><img src=x onerror=alert(1)> */ @import "x"; \`
	runs := []document.Run{{Text: bad, Bold: true, Italic: true, Code: true, Struck: true, Link: bad, Name: bad}, {Text: bad, Blank: true, Link: "nowhere"}}
	blocks := []document.Block{
		&document.Heading{Level: 1, Number: "I", Text: bad, ID: bad}, &document.Heading{Level: 1, Text: "again", ID: bad}, &document.Heading{Level: 3, Text: "deep"},
		&document.Paragraph{Style: document.Notice, Runs: runs},
		&document.List{Ordered: true, Points: []document.Point{{Mark: figure.Slow, Runs: runs}, {Mark: "unknown", Runs: runs}}},
		&document.Table{Caption: bad, Columns: []document.Column{{Title: bad, Width: 0.5}, {Title: bad, Width: 0.5, Align: document.Center}}, Rows: []document.Row{
			{ID: bad, Cells: [][]document.Run{runs, runs}}, {Span: true, Cells: [][]document.Run{runs}}, {Cells: [][]document.Run{runs}}, {Cells: [][]document.Run{runs, runs, runs}}}},
		&document.Table{Columns: []document.Column{{Title: "x", Width: 1}}, Empty: bad},
		&document.Numbers{Each: []document.Number{{Label: bad, Value: bad, Unit: bad, Note: bad, Mark: figure.Missed}}},
		&document.Columns{Each: []document.Section{{Title: bad, Blocks: []document.Block{&document.Paragraph{Runs: runs}}}}},
		&document.Picture{Caption: bad, Figure: &figure.Figure{W: 100, H: 20, Name: bad, Caption: bad, Shapes: []figure.Shape{{Kind: figure.Text, X: 1, Y: 10, Text: bad, Size: 9, Fill: figure.Ink}}, Table: figure.Table{Head: []string{bad}, Rows: [][]string{{bad}}}}},
		&document.Details{Title: bad, Seen: bad, Each: []document.Detail{{ID: bad + "1", Title: bad, Points: [][]document.Run{runs, runs}, End: runs, Seen: [][]document.Run{runs}}, {ID: bad + "1", Title: bad}}},
		&document.Signatures{Each: []document.Signature{{Office: bad, Note: bad, Name: bad}}},
	}
	part := document.Part{ID: bad, Number: bad, Title: bad, About: bad, Blocks: blocks,
		Head:  &document.Letterhead{Nation: bad, Motto: bad, Parent: bad, Body: bad, Number: bad, Dated: bad, To: []string{bad}},
		Close: &document.Closing{Copies: []string{bad, bad}, Office: bad, Rank: bad, Name: bad}}
	return &document.Document{Lang: engine.VI, Title: bad, Marking: bad, Running: bad, Seal: bad, Parts: []document.Part{part, {ID: "b", Kind: document.Annex, Title: "b"}}}
}

// Nothing people write becomes markup, style or script, and none of it is
// lost.
func TestWhatPeopleWriteStaysText(t *testing.T) {
	d := hostile(250)
	_, root := rendered(t, "hostile", d)
	sound(t, root)
	page := words(root)
	for _, want := range everyText(d) {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %.60q", want)
		}
	}
	each(root, func(n *html.Node) {
		if n.Type == html.ElementNode && n.Data == "style" && strings.Contains(words(n), "<") {
			t.Error("the style has a < in it")
		}
		if n.Type == html.TextNode && strings.ContainsRune(n.Data, '\u202e') && (n.Parent.Data != "bdi" && n.Parent.Data != "text" && n.Parent.Data != "title") {
			t.Errorf("a mark of direction stands in a %s, where it turns what follows", n.Parent.Data)
		}
	})
}

// The same document is the same bytes.
func TestAPageIsTheSameEveryTime(t *testing.T) {
	d := rehearsed(t, "bomb-threat", 0, engine.VI)
	first, _ := rendered(t, "same", d)
	for range 5 {
		if again, _ := rendered(t, "same", d); again != first {
			t.Fatal("another page")
		}
	}
}

// The font is the one the program's pages use.
func TestTheFontIsThatOfThePages(t *testing.T) {
	own, err := os.ReadFile("inter.woff2")
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := os.ReadFile("../../server/web/static/inter.woff2")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(own, theirs) {
		t.Error("another font: copy server/web/static/inter.woff2")
	}
}

func TestNoKindOfBlockIsLeftOut(t *testing.T) {
	for _, lang := range []engine.Lang{engine.VI, engine.EN} {
		d := documenttest.Sample(lang)
		_, root := rendered(t, "sample", d)
		documenttest.EveryBlock(t, d, words(root))
	}
	t.Run("one it does not know is an error", func(t *testing.T) {
		d := documenttest.Sample(engine.VI)
		d.Parts[0].Blocks = append(d.Parts[0].Blocks, struct{ document.Block }{})
		if err := write.Write(&bytes.Buffer{}, d); err == nil {
			t.Error("it was left out")
		}
	})
}

// The page has the colours of the figures: of paper, and none of its own.
func TestThePageHasTheColoursOfTheFigures(t *testing.T) {
	raw, err := os.ReadFile("style.css")
	if err != nil {
		t.Fatal(err)
	}
	root, _, _ := strings.Cut(string(raw), "}")
	tokens := regexp.MustCompile(`--([a-z0-9-]+):#([0-9A-Fa-f]+)`).FindAllStringSubmatch(root, -1)
	for _, m := range tokens {
		want := strings.ToUpper(m[2])
		if len(want) == 3 {
			want = string([]byte{want[0], want[0], want[1], want[1], want[2], want[2]})
		}
		if got := figure.Paint(m[1]).Hex(); got != want {
			t.Errorf("--%s is #%s on the page and #%s in figures", m[1], want, got)
		}
	}
	if len(tokens) < 15 {
		t.Errorf("found %d colours", len(tokens))
	}
}
