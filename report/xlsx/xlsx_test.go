package xlsx_test

import (
	"bytes"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"saban/engine"
	"saban/report"
	"saban/report/xlsx"
	"saban/scenarios"
	"saban/scenarios/scenariotest"
	"saban/scoring"
)

// rehearsed is the report of a rehearsal of a shipped scenario.
func rehearsed(t *testing.T, id string, n int) report.Report {
	t.Helper()
	file := scenariotest.Read(t, id)
	log := scenariotest.Rehearse(t, file, scenarios.Rehearsals(id)[n])
	return report.Build(file.Scenario, scoring.Score(file.Scenario, scoring.Default(), log), log, report.Meta{Drill: "d-1"})
}

func written(t *testing.T, r report.Report, lang engine.Lang) ([]byte, *excelize.File) {
	t.Helper()
	var b bytes.Buffer
	if err := xlsx.Write(&b, r, lang); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return b.Bytes(), f
}

func rowsOf(t *testing.T, f *excelize.File, sheet int) [][]string {
	t.Helper()
	rows, err := f.GetRows(f.GetSheetList()[sheet], excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// Every row of the report is there, the figures are the scorecard's, and the
// formulas come to its total.
func TestEveryScenarioHasAWorkbook(t *testing.T) {
	for _, id := range scenarios.Shipped() {
		for n := range 2 {
			r := rehearsed(t, id, n)
			for _, lang := range []engine.Lang{engine.VI, engine.EN} {
				_, f := written(t, r, lang)
				if got := len(f.GetSheetList()); got != 5 {
					t.Fatalf("%d sheets", got)
				}
				for sheet, want := range map[int]int{1: len(r.Card.Items), 2: len(r.Injects), 3: len(r.Timeline), 4: len(r.Plan)} {
					if got := len(rowsOf(t, f, sheet)) - 1; got != want {
						t.Errorf("%s %s: %d rows in %s, want %d", id, lang, got, f.GetSheetList()[sheet], want)
					}
				}
				if testing.Short() && n > 0 || lang == engine.EN {
					continue
				}
				got, err := f.CalcCellValue(f.GetSheetList()[0], "E13", excelize.Options{RawCellValue: true})
				if err != nil {
					t.Fatal(err)
				}
				if want := r.Card.Total; want == nil || !same(got, float64(*want)/100) {
					t.Errorf("%s, rehearsal %d: the formulas come to %s, the scorecard says %v", id, n, got, want)
				}
			}
		}
	}
}

func same(got string, want float64) bool {
	x, err := strconv.ParseFloat(got, 64)
	return err == nil && math.Abs(x-want) < 0.001
}

// Times, points and dates are numbers; what people wrote is text.
func TestCellsHaveTheirTypes(t *testing.T) {
	r := rehearsed(t, "bomb-threat", 1)
	_, f := written(t, r, engine.VI)
	items := f.GetSheetList()[1]
	it := r.Card.Items[0]
	for cell, want := range map[string]float64{"H2": float64(it.Weight), "L2": float64(it.Target) / 86_400_000, "M2": float64(it.Limit) / 86_400_000} {
		got, err := f.GetCellValue(items, cell, excelize.Options{RawCellValue: true})
		if err != nil || !same(got, want) {
			t.Errorf("%s is %q, want %g (%v)", cell, got, want, err)
		}
	}
	if shown, _ := f.GetCellValue(items, "L2"); !strings.Contains(shown, ":") {
		t.Errorf("a time is shown as %q", shown)
	}
	if panes, err := f.GetPanes(items); err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("the head does not stand still: %+v (%v)", panes, err)
	}
	if layout, err := f.GetPageLayout(items); err != nil || *layout.Orientation != "landscape" || *layout.FitToWidth != 1 {
		t.Errorf("the page is %+v (%v)", layout, err)
	}
}

// The plan has a day for its beginning, its end and when it was done, each a
// date and no text; one that is not known stays empty.
func TestThePlanHasItsDays(t *testing.T) {
	r := rehearsed(t, "bomb-threat", 1)
	r.Plan = []report.Action{{Issue: engine.Same("a"), Start: "2026-03-10", Due: "2026-05-04", Done: "2026-04-20", Priority: 1}, {Issue: engine.Same("b"), Due: "2026-05-05"}}
	_, f := written(t, r, engine.EN)
	sheet := f.GetSheetList()[4]
	for i, want := range []string{"Start 10/03/2026 ", "Due 04/05/2026 05/05/2026", "Done on 20/04/2026 "} {
		column := string(rune('G' + i))
		var got []string
		for _, row := range []string{"1", "2", "3"} {
			shown, err := f.GetCellValue(sheet, column+row)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, shown)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("column %s: %q, want %q", column, strings.Join(got, " "), want)
		}
	}
	if raw, err := f.GetCellValue(sheet, "G2", excelize.Options{RawCellValue: true}); err != nil || !same(raw, 46091) {
		t.Errorf("the day is %q (%v)", raw, err)
	}
}

// A drill with one before it has a sheet that sets both side by side, and
// says what became of the plan.
func TestTheDrillBeforeHasASheet(t *testing.T) {
	file := scenariotest.Read(t, "bomb-threat")
	played := map[string]report.Previous{}
	for _, name := range []string{"on-time", "late"} {
		all := scenarios.Rehearsals("bomb-threat")
		script := all[slices.IndexFunc(all, func(s scenarios.Source) bool { return strings.HasSuffix(s.Name, "/"+name+".yaml") })]
		log := scenariotest.Rehearse(t, file, script)
		played[name] = report.Previous{Drill: "d-" + name, Head: "abc", Card: scoring.Score(file.Scenario, scoring.Default(), log), Log: log}
	}
	before, now := played["late"], played["on-time"]
	worst := now.Card.Items[0].ID
	before.Plan = []report.Action{{IDs: []string{worst}, Measure: engine.Text{VI: "=tập lại", EN: "=train again"}, Due: "2026-05-04"}}
	for lang, words := range map[engine.Lang][]string{
		engine.VI: {"So với đợt trước", "Tổng điểm", "khá hơn", "=tập lại", "đã đạt"},
		engine.EN: {"Against the drill before", "Total", "better", "=train again", "met"},
	} {
		r := report.Build(file.Scenario, now.Card, now.Log, report.Meta{Drill: "d-1", Previous: &before})
		_, f := written(t, r, lang)
		sheet := len(f.GetSheetList()) - 1
		var cells []string
		for _, row := range rowsOf(t, f, sheet) {
			cells = append(cells, row...)
		}
		for _, want := range words {
			if !slices.Contains(cells, want) {
				t.Errorf("%s: no cell %q in %q", lang, want, cells)
			}
		}
		name := f.GetSheetList()[sheet]
		got, err := f.CalcCellValue(name, "D7", excelize.Options{RawCellValue: true})
		if want := float64(*now.Card.Total-*before.Card.Total) / 100; err != nil || !same(got, want) || want <= 0 {
			t.Errorf("%s: the difference is %q, want %g (%v)", lang, got, want, err)
		}
		if due, err := f.GetCellValue(name, "C13"); err != nil || due != "04/05/2026" {
			t.Errorf("%s: due %q (%v)", lang, due, err)
		}
	}
	r := report.Build(file.Scenario, now.Card, now.Log, report.Meta{Drill: "d-1"})
	if _, f := written(t, r, engine.EN); slices.Contains(f.GetSheetList(), "Drill before") {
		t.Error("a first drill has a sheet about the one before")
	}
}

// The workbook says what it comes from, and whether people stand by its words.
func TestTheWorkbookSaysWhatItComesFrom(t *testing.T) {
	r := rehearsed(t, "bomb-threat", 1)
	r.Proof.Head, r.Proof.SealKey, r.Proof.Engine = strings.Repeat("0f", 32), "ab12 cd34", "1.0"
	r.Proof.Rubric = report.Pin{Name: "default", SHA256: strings.Repeat("cd", 32)}
	r.Reviewed = true
	for _, c := range []struct {
		approval *report.Approval
		wants    []string
	}{
		{nil, []string{r.Proof.Head, "ab12 cd34", "1.0", "default " + r.Proof.Rubric.SHA256, "a draft, not approved yet"}},
		{&report.Approval{By: "Tổ trưởng", On: "2026-03-12", SHA256: strings.Repeat("ee", 32)}, []string{"Tổ trưởng, 12 March 2026", strings.Repeat("ee", 32)}},
	} {
		r.Approval = c.approval
		_, f := written(t, r, engine.EN)
		var text []string
		for _, row := range rowsOf(t, f, 0) {
			text = append(text, row...)
		}
		for _, want := range c.wants {
			if !slices.Contains(text, want) {
				t.Errorf("%q is missing", want)
			}
		}
	}
}

// A text stays a text, whole, whatever it begins with and however long it is.
func TestWhatPeopleWriteStaysText(t *testing.T) {
	r := rehearsed(t, "bomb-threat", 1)
	long := strings.Repeat("dài lắm 😀 ", 6000)
	texts := []string{"=cmd()|' /C calc'!A0", "+1+1", "-2", "@SUM(A1)", `<b>"&amp;</b>`, "\u202egnp.\u202c", "bell\x07", long}
	for i, s := range texts {
		r.Timeline[i].What = engine.Same(s)
		r.Card.Items[i].Do = engine.Same(s)
	}
	_, f := written(t, r, engine.EN)
	var column strings.Builder
	for i, row := range rowsOf(t, f, 3) {
		at := "F" + strconv.Itoa(i+1)
		if formula, err := f.GetCellFormula(f.GetSheetList()[3], at); err != nil || formula != "" {
			t.Errorf("%s is a formula: %s (%v)", at, formula, err)
		}
		if len(row) > 5 {
			column.WriteString(row[5])
			if len(row[0]) > 0 {
				continue
			}
		}
	}
	for _, s := range texts {
		if !strings.Contains(column.String(), strings.ReplaceAll(s, "\x07", "")) {
			t.Errorf("the log lacks %.40q", s)
		}
	}
}

// A drill in which nothing happened has a workbook without a total.
func TestADrillWithNothingInIt(t *testing.T) {
	r := rehearsed(t, "bomb-threat", 0)
	r.Card.Total, r.Card.Items, r.Timeline, r.Plan = nil, nil, nil, nil
	_, f := written(t, r, engine.VI)
	if got, _ := f.GetCellValue(f.GetSheetList()[0], "A7"); !strings.Contains(got, "Không có gì để chấm") {
		t.Errorf("it says %q", got)
	}
}

// A rubric with a formula of its own is reckoned by it.
func TestARubricsOwnFormula(t *testing.T) {
	r := rehearsed(t, "bomb-threat", 1)
	r.Card.Rubric.Total = "60*T + 30*C + 10*O - penalty"
	_, f := written(t, r, engine.VI)
	got, err := f.CalcCellValue(f.GetSheetList()[0], "E11", excelize.Options{RawCellValue: true})
	c := r.Card
	share := func(x *engine.Ratio) float64 { return float64(*x) / float64(engine.Whole) }
	want := 60*share(c.Timeliness) + 30*share(c.Correctness) + 10*share(c.Order.Share) - float64(c.PenaltyTotal)/100
	if err != nil || !same(got, math.Round(want*100)/100) {
		t.Errorf("the formula comes to %s, want %.2f (%v)", got, want, err)
	}
	r.Card.Rubric.Total = "max(0, 60*T + 4_0*min(C, O) - penalty)"
	_, f = written(t, r, engine.VI)
	if formula, _ := f.GetCellFormula(f.GetSheetList()[0], "E11"); formula != "ROUND(ROUND(MAX(0,MIN(100,MAX(0,60*D7+40*MIN(D8,D9)-E10))),9),2)" {
		t.Errorf("the formula is %s", formula)
	}
}

// Another program reckons the same total from the cells alone.
func TestLibreOfficeReckonsTheSame(t *testing.T) {
	office, err := exec.LookPath("soffice")
	switch {
	case err != nil && os.Getenv("CI") == "true":
		t.Fatal("no LibreOffice on this machine: nobody reckons the workbook again")
	case err != nil:
		t.Skip("no LibreOffice on this machine (apt-get install libreoffice-calc)")
	case testing.Short():
		t.Skip("runs another program: left out of -short")
	}
	dir := t.TempDir()
	for _, id := range []string{"bomb-threat", "hostage"} {
		r := rehearsed(t, id, 1)
		data, f := written(t, r, engine.VI)
		file := filepath.Join(dir, id+".xlsx")
		if err := os.WriteFile(file, spoiled(t, f, data), 0o644); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(office, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,1", "--outdir", dir, file).CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		lists, err := filepath.Glob(filepath.Join(dir, id+"*.csv"))
		if err != nil || len(lists) == 0 {
			t.Fatalf("nothing was reckoned: %s", out)
		}
		csv, err := os.ReadFile(lists[0])
		if err != nil {
			t.Fatal(err)
		}
		line := ""
		for _, l := range strings.Split(string(csv), "\n") {
			if strings.HasPrefix(l, "TỔNG ĐIỂM") {
				line = l
			}
		}
		if cells := strings.Split(line, ","); len(cells) < 5 || !same(strings.Trim(cells[4], `"`), float64(*r.Card.Total)/100) {
			t.Errorf("%s: it reckons %q, the scorecard says %s", id, line, r.Card.Total)
		}
	}
}

// spoiled is the workbook with another figure where the total was kept, so
// that only reckoning brings it back.
func spoiled(t *testing.T, f *excelize.File, data []byte) []byte {
	t.Helper()
	sheet := f.GetSheetList()[0]
	formula, err := f.GetCellFormula(sheet, "E13")
	if err != nil || formula == "" {
		t.Fatalf("no formula for the total (%v)", err)
	}
	if err := f.SetCellValue(sheet, "E13", 12345.0); err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellFormula(sheet, "E13", formula); err != nil {
		t.Fatal(err)
	}
	b, err := f.WriteToBuffer()
	if err != nil || bytes.Equal(b.Bytes(), data) {
		t.Fatal("the workbook was not changed", err)
	}
	return b.Bytes()
}
