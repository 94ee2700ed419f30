package report

import (
	"strconv"
	"strings"

	"saban/engine"
	"saban/report/document"
	"saban/scoring"
)

// Document draws a report up in one language for every format to render: the
// official part in the order of custom, findings first; the pages with
// pictures; and as annexes the evaluation sheets, the injects as they were
// played with the whole log, and every item with the events behind it.
//
// Pictures, and the account of every item, need the scenario and the log,
// which only a report from Build holds; one that was read from JSON is drawn
// up without them.
func Document(r Report, lang engine.Lang) *document.Document {
	d := &draft{r: &r, lang: lang, rows: map[int64]bool{}}
	for i := range r.Timeline {
		d.rows[r.Timeline[i].Event] = true
	}
	for i := range r.Said {
		d.rows[r.Said[i].Events[0]] = true
	}
	if r.accounts != nil {
		d.accounts = r.accounts()
	}
	return &document.Document{
		Lang:    lang,
		Title:   d.text(r.Subject),
		Subject: d.text(r.Verdict),
		Marking: d.text(r.Marking),
		Running: d.running(),
		Seal:    d.seal(),
		Date:    r.Letterhead.Date,
		Parts:   []document.Part{d.official(), d.graphic(), d.sheets(), d.played(), d.detail()},
	}
}

// draft is a document in the making.
type draft struct {
	r        *Report
	lang     engine.Lang
	rows     map[int64]bool // events that have a row of their own
	accounts []scoring.ItemAccount
	tables   int
	pictures int
}

// running says at the foot of a page what it is a page of.
func (d *draft) running() string {
	parts := []string{d.pick("Báo cáo rút kinh nghiệm", "After-action report"), d.r.Proof.Scenario.Name, d.text(d.r.About), d.day(d.r.Letterhead.Date)}
	kept := parts[:0]
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, " · ")
}

// seal shortens the head hash to what an eye compares.
func (d *draft) seal() string {
	head := d.r.Proof.Head
	if len(head) > 12 {
		head = head[:6] + "…" + head[len(head)-6:]
	}
	if head == "" {
		return ""
	}
	return d.pick("Nhật ký SHA-256 ", "Log SHA-256 ") + head + d.status()
}

// status is whether people have approved the words, once there are such.
func (d *draft) status() string {
	switch {
	case d.r.Approval != nil:
		return d.pick(" · đã duyệt ", " · approved ") + d.r.Approval.SHA256[:min(12, len(d.r.Approval.SHA256))]
	case d.r.Reviewed:
		return d.pick(" · DỰ THẢO", " · DRAFT")
	}
	return ""
}

// pick chooses between two fixed texts.
func (d *draft) pick(vi, en string) string { return engine.Text{VI: vi, EN: en}.In(d.lang) }

func (d *draft) text(t engine.Text) string { return t.In(d.lang) }

// name is what an id stands for, or the id.
func (d *draft) name(id string) string {
	if t, ok := d.r.Names[id]; ok {
		return d.text(t)
	}
	return id
}

func (d *draft) blank() document.Run {
	return document.Run{Blank: true, Text: d.pick("ban tổ chức điền", "to be filled in")}
}

// or is a text, or a blank where there is none.
func (d *draft) or(s string) []document.Run {
	if s == "" {
		return []document.Run{d.blank()}
	}
	return document.Plain(s)
}

func bold(s string) document.Run { return document.Run{Text: s, Bold: true} }

func code(s string) []document.Run { return []document.Run{{Text: s, Code: true}} }

// numbers names events: #4, #7–#9. Runs of three and more are drawn together;
// what has a row in the log leads there.
func (d *draft) numbers(events []int64) []document.Run {
	var runs []document.Run
	say := func(s string, event int64) {
		r := document.Run{Text: s}
		if d.rows[event] {
			r.Link = rowOf(event)
		}
		runs = append(runs, r)
	}
	for i := 0; i < len(events); i++ {
		if i > 0 {
			runs = append(runs, document.Run{Text: ", "})
		}
		j := i
		for j+1 < len(events) && events[j+1] == events[j]+1 {
			j++
		}
		say(numberOf(events[i]), events[i])
		if j-i >= 2 {
			runs = append(runs, document.Run{Text: "–"})
			say(numberOf(events[j]), events[j])
			i = j
		}
	}
	return runs
}

func numberOf(event int64) string { return "#" + strconv.FormatInt(event, 10) }

func rowOf(event int64) string { return "e" + strconv.FormatInt(event, 10) }

// refs puts events in brackets behind a text.
func (d *draft) refs(runs []document.Run, events []int64) []document.Run {
	if len(events) == 0 {
		return runs
	}
	runs = append(runs, document.Run{Text: " ("})
	runs = append(runs, d.numbers(events)...)
	return append(runs, document.Run{Text: ")"})
}

// says is a text of the report with the events that bear it out.
func (d *draft) says(t engine.Text, events []int64) []document.Run {
	return d.refs(document.Plain(d.text(t)), events)
}

func (d *draft) para(style document.Style, runs ...document.Run) *document.Paragraph {
	return &document.Paragraph{Style: style, Runs: runs}
}

// line is a paragraph of fixed text.
func (d *draft) line(vi, en string) *document.Paragraph {
	return d.para(document.Body, document.Run{Text: d.pick(vi, en)})
}

func (d *draft) head(level int, number, vi, en, id string) *document.Heading {
	return &document.Heading{Level: level, Number: number, Text: d.pick(vi, en), ID: id}
}

// col is a column of a table: titles in both languages, its share of the line.
func (d *draft) col(vi, en string, width float64, align document.Align) document.Column {
	return document.Column{Title: d.pick(vi, en), Width: width, Align: align}
}

// table numbers its caption.
func (d *draft) table(vi, en string, columns []document.Column, rows []document.Row, none engine.Text) *document.Table {
	d.tables++
	caption := d.pick("Bảng ", "Table ") + strconv.Itoa(d.tables) + ". " + d.pick(vi, en)
	return &document.Table{Caption: caption, Columns: columns, Rows: rows, Empty: d.text(none)}
}

func row(id string, cells ...[]document.Run) document.Row {
	return document.Row{ID: id, Cells: cells}
}

func plain(s string) []document.Run { return document.Plain(s) }

// day writes 2026-05-04 as it is read here: 04/05/2026.
func (d *draft) day(iso string) string { return day(iso, d.lang) }

func day(iso string, lang engine.Lang) string {
	date, ok := parseDay(iso)
	if !ok {
		return iso
	}
	return date.Format(engine.Text{VI: "02/01/2006", EN: "2 January 2006"}.In(lang))
}

func (d *draft) clock(m *engine.Millis) string {
	if m == nil {
		return ""
	}
	return m.Clock()
}
