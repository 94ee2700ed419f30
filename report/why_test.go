package report_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"saban/engine"
	"saban/report"
	"saban/report/document"
	"saban/scoring"
)

// detailsOf is what a document unfolds, by id: a line for each point, then
// what would have made full marks.
func detailsOf(d *document.Document) map[string]string {
	told := map[string]string{}
	blocks(d, func(b document.Block) {
		all, ok := b.(*document.Details)
		if !ok {
			return
		}
		for _, one := range all.Each {
			var lines []string
			for _, p := range one.Points {
				lines = append(lines, p[0].Text) // the events stand behind
			}
			told[one.ID] += strings.Join(append(lines, said(one.End), fmt.Sprint(len(one.Seen))), "\n")
		}
	})
	return told
}

// accountOf is the same as scoring explains it.
func accountOf(x *scoring.ItemAccount, lang engine.Lang) string {
	var lines []string
	for _, r := range x.Reasons {
		lines = append(lines, r.Text.In(lang))
	}
	end := ""
	if x.Full != nil {
		end = x.Full.Text.In(lang)
	}
	return strings.Join(append(lines, end, fmt.Sprint(len(x.Evidence))), "\n")
}

// An item leads to what made its points: reasons, what would have made full
// marks, and the events in words, with those who corrected named and nobody
// who played.
func TestAnItemLeadsToWhatMadeItsPoints(t *testing.T) {
	r := built()
	d := report.Document(r, engine.EN)
	row := rowsOf(d)["item-R02"]
	if len(row) != 1 || row[0][0] != "R02" {
		t.Fatalf("the row of R02: %q", row)
	}
	links := 0
	blocks(d, func(b document.Block) {
		switch b := b.(type) {
		case *document.Table:
			for _, r := range b.Rows {
				if r.ID == "item-R02" && r.Cells[0][0].Link == "why-R02" {
					links++
				}
			}
		case *document.Details:
			for _, one := range b.Each {
				if one.ID != "why-R02" {
					continue
				}
				seen := make([]string, len(one.Seen))
				for i := range one.Seen {
					seen[i] = said(one.Seen[i])
				}
				want := []string{"#4 01:20 · Guard · inject I01 received", "#18 13:00 (happened 11:00) · Chief · R02 done, content 1", "#19 13:30 · Đánh giá viên · R02 set by hand: at 10:30"}
				if strings.Join(seen, "\n") != strings.Join(want, "\n") {
					t.Errorf("R02 rests on %q", seen)
				}
				if one.Title != "R02 · Lead people out · 9.38 of 35.42 points" || said(one.End) != "full marks: done by 04:20 (within 3 min); the total would have been 88.57, not 62.53" {
					t.Errorf("%q ends with %q", one.Title, said(one.End))
				}
			}
		}
	})
	if links != 1 {
		t.Errorf("%d links lead from R02 to its account", links)
	}
}

// A report that was read from JSON knows no log: nothing leads to an account
// that is not there.
func TestWithoutALogNothingIsExplained(t *testing.T) {
	raw, err := json.Marshal(built())
	if err != nil {
		t.Fatal(err)
	}
	var kept report.Report
	if err := json.Unmarshal(raw, &kept); err != nil {
		t.Fatal(err)
	}
	d := report.Document(kept, engine.VI)
	if told := detailsOf(d); len(told) != 0 {
		t.Errorf("explained without a log: %v", told)
	}
	linksLead(t, "read from JSON", d)
}
