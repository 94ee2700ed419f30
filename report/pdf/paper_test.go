package pdf_test

import (
	"fmt"
	"strings"
	"testing"

	"saban/engine"
	"saban/paper"
	"saban/report/document"
	"saban/scenarios"
	"saban/scenarios/scenariotest"
)

// Every page of a drill on paper says that it is one, in black alone, and
// keeps within what a printer reaches.
func TestDrillsOnPaper(t *testing.T) {
	for _, id := range scenarios.Shipped() {
		file := scenariotest.Read(t, id)
		for _, lang := range langs {
			t.Run(id+" "+string(lang), func(t *testing.T) {
				sheets := readBack(t, written(t, paper.Build(file.Compiled, paper.Options{Lang: lang, Seed: 1})))
				if n := len(sheets); n < 30 || n > 100 {
					t.Errorf("there are %d pages", n)
				}
				for i := range sheets {
					onPaper(t, i+1, &sheets[i])
				}
			})
		}
	}
}

// onPaper wants the mark at the head of a page, and all else between margins.
func onPaper(t *testing.T, number int, s *sheet) {
	t.Helper()
	marked := false
	for _, w := range s.words {
		marked = marked || w.y < 15 && strings.Contains(w.text, "DIỄN TẬP") && w.size >= 12
		if strings.Contains(w.text, "[U+") {
			t.Errorf("page %d: the font cannot draw %q", number, w.text)
		}
		end := w.x + wide(t, stretch{font: w.font, size: w.size, text: strings.TrimRight(w.text, " ")})
		if strings.TrimSpace(w.text) != "" && (w.x < 17.9 || end > 196.1 || w.y < 9 || w.y > 291) {
			t.Errorf("page %d: %q stands from %.1f to %.1f mm at %.1f", number, w.text, w.x, end, w.y)
		}
		if w.size > 8 && w.y > 279 {
			t.Errorf("page %d: %q stands in the lower margin, at %.1f mm", number, w.text, w.y)
		}
	}
	if !marked {
		t.Errorf("page %d does not say that this is an exercise", number)
	}
	for _, r := range s.strokes {
		if min(r.x, r.x2) < 17.9 || max(r.x, r.x2) > 196.2 || min(r.y, r.y2) < 18.9 || max(r.y, r.y2) > 283 {
			t.Errorf("page %d: a line leads from %.1f, %.1f to %.1f, %.1f", number, r.x, r.y, r.x2, r.y2)
		}
	}
}

func TestACardHigherThanAPageIsContinued(t *testing.T) {
	list := &document.List{Ticks: true}
	for i := range 120 {
		list.Points = append(list.Points, document.Point{Runs: document.Plain(fmt.Sprintf("việc số %03d", i))})
	}
	card := &document.Card{ID: "I01", Mark: "DIỄN TẬP", Title: "Trực ban", Blocks: []document.Block{list, &document.Writing{Label: "Ghi:", Lines: 3}}, Foot: "DIỄN TẬP"}
	sheets := readBack(t, written(t, &document.Document{Lang: engine.VI, Mark: "DIỄN TẬP", Parts: []document.Part{{Kind: document.Sheet, ID: "x", Title: "Thẻ", Blocks: []document.Block{card}}}}))
	text := all(sheets)
	if n := strings.Count(text, "I01"); n != len(sheets) && n != len(sheets)-1 || n < 2 {
		t.Errorf("%d pages show the id %d times", len(sheets), n)
	}
	for i := range 120 {
		if n := strings.Count(text, fmt.Sprintf("việc số %03d", i)); n != 1 {
			t.Errorf("point %d stands there %d times", i, n)
		}
	}
	for i := range sheets {
		onPaper(t, i+1, &sheets[i])
	}
}
