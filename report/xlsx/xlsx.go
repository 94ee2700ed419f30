// Package xlsx writes a report as a workbook to reckon with: the scores, each
// expected response, the injects as they were played, the log, the
// improvement plan, what was said at the hot wash and how it compares with the
// drill before, a sheet each. Times, dates and points are numbers; the total is
// a chain of formulas over the items, the penalties and the gates, beside the
// total that the scorecard gives, so that anybody can follow it.
//
// A text is never a formula, whatever it begins with. One that is longer than
// a cell can be goes on in the row below.
package xlsx

import (
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"saban/engine"
	"saban/report"
	"saban/report/figure"
)

// Write writes the workbook of a report in one language. Its error is what w
// failed with.
func Write(w io.Writer, r report.Report, lang engine.Lang) error {
	b := &book{f: excelize.NewFile(), r: &r, lang: lang}
	return errors.Join(b.write(w), b.f.Close())
}

func (b *book) write(w io.Writer) error {
	if err := b.look(); err != nil {
		return err
	}
	names := b.names()
	for i, sheet := range []struct {
		fill func(string) error
		on   bool
	}{{b.scores, true}, {b.items, true}, {b.injects, true}, {b.log, true}, {b.plan, true}, {b.said, len(b.r.Said) > 0}, {b.compared, b.r.Compared != nil}} {
		if !sheet.on {
			continue
		}
		if err := b.open(names[i], i == 0); err != nil {
			return err
		}
		if err := sheet.fill(names[i]); err != nil {
			return err
		}
	}
	b.f.SetActiveSheet(0)
	_, err := b.f.WriteTo(w)
	return err
}

// book is a workbook in the making.
type book struct {
	f    *excelize.File
	r    *report.Report
	lang engine.Lang
	s    styles
}

// names are of the sheets, in their order.
func (b *book) names() [7]string {
	if b.lang == engine.EN {
		return [7]string{"Scores", "Items", "MSEL as played", "Log", "Plan", "Hot wash", "Drill before"}
	}
	return [7]string{"Điểm", "Từng việc", "Tình huống", "Nhật ký", "Kế hoạch", "Ý kiến", "Đợt trước"}
}

func (b *book) pick(vi, en string) string { return engine.Text{VI: vi, EN: en}.In(b.lang) }

func (b *book) text(t engine.Text) string { return t.In(b.lang) }

// name is what an id stands for, or the id.
func (b *book) name(id string) string {
	if t, ok := b.r.Names[id]; ok {
		return b.text(t)
	}
	return id
}

// styles are the looks of cells.
type styles struct{ title, head, text, code, number, points, share, span, day, moment, total int }

func (b *book) look() error {
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	middle := &excelize.Alignment{Vertical: "top", Horizontal: "center"}
	line := []excelize.Border{{Type: "bottom", Color: figure.Rule2.Hex(), Style: 1}}
	format := func(s string) *string { return &s }
	for _, one := range []struct {
		id    *int
		style excelize.Style
	}{
		{&b.s.title, excelize.Style{Font: &excelize.Font{Bold: true, Size: 14}, Alignment: &excelize.Alignment{Vertical: "top"}}},
		{&b.s.head, excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: top, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{figure.Rule.Hex()}}, Border: []excelize.Border{{Type: "bottom", Color: figure.Ink.Hex(), Style: 2}}}},
		{&b.s.text, excelize.Style{Alignment: top, Border: line}},
		{&b.s.code, excelize.Style{Alignment: top, Border: line, Font: &excelize.Font{Bold: true}}},
		{&b.s.number, excelize.Style{Alignment: middle, Border: line, CustomNumFmt: format("0")}},
		{&b.s.points, excelize.Style{Alignment: middle, Border: line, CustomNumFmt: format("0.00")}},
		{&b.s.share, excelize.Style{Alignment: middle, Border: line, CustomNumFmt: format("0.000")}},
		{&b.s.span, excelize.Style{Alignment: middle, Border: line, CustomNumFmt: format("[h]:mm:ss")}},
		{&b.s.day, excelize.Style{Alignment: middle, Border: line, CustomNumFmt: format("dd/mm/yyyy")}},
		{&b.s.moment, excelize.Style{Alignment: middle, Border: line, CustomNumFmt: format("dd/mm/yyyy hh:mm:ss")}},
		{&b.s.total, excelize.Style{Alignment: middle, Border: []excelize.Border{{Type: "top", Color: figure.Ink.Hex(), Style: 2}, {Type: "bottom", Color: figure.Ink.Hex(), Style: 2}}, Font: &excelize.Font{Bold: true}, CustomNumFmt: format("0.00")}},
	} {
		id, err := b.f.NewStyle(&one.style)
		if err != nil {
			return err
		}
		*one.id = id
	}
	return b.f.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: new(true)})
}

// open makes a sheet that prints on landscape A4, as wide as the page, its
// head on each.
func (b *book) open(name string, first bool) error {
	var err error
	if first {
		err = b.f.SetSheetName("Sheet1", name)
	} else {
		_, err = b.f.NewSheet(name)
	}
	if err != nil {
		return err
	}
	if err := b.f.SetPageLayout(name, &excelize.PageLayoutOptions{Size: new(9), Orientation: new("landscape"), FitToWidth: new(1), FitToHeight: new(0)}); err != nil {
		return err
	}
	if err := b.f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: new(true)}); err != nil {
		return err
	}
	foot := strings.ReplaceAll(cut(b.r.Proof.Scenario.Name+" "+b.r.Letterhead.Date, 60), "&", "&&")
	return b.f.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddHeader: "&C" + b.text(b.r.Marking), OddFooter: "&L" + foot + "&R&P/&N"})
}

func cut(s string, most int) string {
	letters := []rune(strings.TrimSpace(s))
	return string(letters[:min(len(letters), most)])
}

// cell is a value and its look, or a text; a formula carries what it comes to.
type cell struct {
	value   any
	style   int
	formula string
}

func (b *book) str(s string) cell { return cell{value: s, style: b.s.text} }

func (b *book) num(n int) cell { return cell{value: n, style: b.s.number} }

func (b *book) yes(on bool) cell {
	if on {
		return b.str(b.pick("có", "yes"))
	}
	return b.str("")
}

// span is exercise time or a length of time, in days as sheets count.
func (b *book) span(ms int64) cell { return cell{value: float64(ms) / 86_400_000, style: b.s.span} }

func (b *book) events(list []int64) cell {
	texts := make([]string, len(list))
	for i, n := range list {
		texts[i] = "#" + strconv.FormatInt(n, 10)
	}
	return b.str(strings.Join(texts, ", "))
}

// mostUnits is how long a text in a cell can be, in UTF-16.
const mostUnits = 32767

// pieces cuts a text that is longer than a cell can be, and leaves out what
// no sheet can hold: control characters.
func pieces(s string) []string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	var out []string
	from, n := 0, 0
	for i, r := range s {
		if n += utf16.RuneLen(r); n > mostUnits {
			out, from, n = append(out, s[from:i]), i, utf16.RuneLen(r)
		}
	}
	return append(out, s[from:])
}
