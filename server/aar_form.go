package server

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"saban/engine"
	"saban/report"
	"saban/report/aar"
	"saban/scenarios"
	"saban/scoring"
)

// planForm is a review as a form: a field for each finding, cause and list,
// and the rows of the improvement plan.
type planForm struct {
	Version string // of what is kept
	Base    string // marks of what the form was filled with, to tell what was changed where
	Fields  []planField
	Rows    []planRow
}

// planField is a text of a review.
type planField struct {
	Name    string // finding.…, root.…, lessons, proposals
	Kind    string // strength, weakness, note, root, lessons, proposals
	Title   string
	Facts   []string // what is known beside
	Drafted string   // the program's words
	Text    string
	Drop    bool
	Gone    bool   // the report does not have it any more
	Other   string // what was saved elsewhere meanwhile
	Fault   string
}

// planRow is a row of the improvement plan. Of and Events are ids and numbers
// with spaces between.
type planRow struct {
	Of, Events, Issue, Measure, Capability, Element, Owner, Start, Due, Priority, Done string

	Elsewhere bool              `json:"-"` // saved elsewhere meanwhile
	Faults    map[string]string `json:"-"`
}

// planColumns are the fields of a row.
var planColumns = []struct {
	name string
	of   func(*planRow) *string
}{
	{"of", func(r *planRow) *string { return &r.Of }}, {"events", func(r *planRow) *string { return &r.Events }},
	{"issue", func(r *planRow) *string { return &r.Issue }}, {"measure", func(r *planRow) *string { return &r.Measure }},
	{"capability", func(r *planRow) *string { return &r.Capability }}, {"element", func(r *planRow) *string { return &r.Element }},
	{"owner", func(r *planRow) *string { return &r.Owner }}, {"start", func(r *planRow) *string { return &r.Start }},
	{"due", func(r *planRow) *string { return &r.Due }}, {"priority", func(r *planRow) *string { return &r.Priority }},
	{"done", func(r *planRow) *string { return &r.Done }},
}

// line is all of a row, to compare rows by.
func (r *planRow) line() string {
	var b strings.Builder
	for _, c := range planColumns {
		b.WriteString(strconv.Quote(*c.of(r)))
	}
	return b.String()
}

func (r *planRow) mark() string   { return fingerprint("row", r.line()) }
func (f *planField) mark() string { return fingerprint(f.Name, f.Text, strconv.FormatBool(f.Drop)) }

// fingerprint is short and tells one content of a form from another.
func fingerprint(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:5])
}

// marks are those of the whole form.
func (f *planForm) marks() string {
	var all []string
	for i := range f.Fields {
		all = append(all, f.Fields[i].mark())
	}
	for i := range f.Rows {
		all = append(all, f.Rows[i].mark())
	}
	return strings.Join(all, " ")
}

// formOf fills the form with a review, or with the draft where there is none.
func formOf(r *report.Report, k *kept, lang engine.Lang) *planForm {
	f := &planForm{Version: k.version}
	for _, list := range [][]scoring.Finding{r.Weaknesses, r.Strengths, r.Notes} {
		for i := range list {
			f.Fields = append(f.Fields, findingField(&list[i], k.AAR.Findings, lang))
		}
	}
	for i := range r.Causes {
		f.Fields = append(f.Fields, causeField(&r.Causes[i], k.AAR.Roots, lang))
	}
	f.Fields = append(f.Fields, f.gone("finding.", k.AAR.Findings, lang)...)
	f.Fields = append(f.Fields, f.gone("root.", k.AAR.Roots, lang)...)
	proposals := k.AAR.Proposals
	if len(proposals) == 0 {
		proposals = r.Proposals
	}
	f.Fields = append(f.Fields,
		planField{Name: "lessons", Kind: "lessons", Facts: inLang(r.Lessons, lang), Text: lines(k.AAR.Lessons, lang)},
		planField{Name: "proposals", Kind: "proposals", Drafted: lines(r.Proposals, lang), Text: lines(proposals, lang)})
	f.Rows = rowsOf(k.AAR.Plan, r, lang)
	if len(k.AAR.Plan) == 0 {
		f.Rows = rowsOf(aar.Draft(r, lang).Plan, r, lang)
	}
	f.Base = f.marks()
	return f
}

func findingField(x *scoring.Finding, said []scenarios.Remark, lang engine.Lang) planField {
	name := report.FindingName(x)
	f := planField{Name: "finding." + name, Kind: string(x.Kind), Title: strings.Join(x.IDs, ", "), Facts: eventNumbers(x.Events), Drafted: x.Text.In(lang), Text: x.Text.In(lang)}
	if own := remarkOn(said, name); own != nil {
		f.Drop = own.Drop
		if !own.Text.Empty() && own.Text.In(lang) != aar.Unwritten && !report.Within(own.Text, x.Text) {
			f.Text = own.Text.In(lang)
		}
	}
	return f
}

func causeField(c *report.Cause, said []scenarios.Remark, lang engine.Lang) planField {
	f := planField{Name: "root." + c.ID, Kind: "root", Title: c.ID + " · " + c.Text.In(lang)}
	for _, shown := range c.Shown {
		f.Facts = append(f.Facts, shown.Text.In(lang))
	}
	if own := remarkOn(said, c.ID); own != nil && own.Text.In(lang) != aar.Unwritten {
		f.Text = own.Text.In(lang)
	}
	return f
}

// gone are the remarks on what the report does not have any more.
func (f *planForm) gone(prefix string, said []scenarios.Remark, lang engine.Lang) (out []planField) {
	for _, m := range said {
		name := prefix + m.Of
		if f.field(name) == nil && m.Text.In(lang) != aar.Unwritten {
			out = append(out, planField{Name: name, Kind: "gone", Title: m.Of, Text: m.Text.In(lang), Drop: m.Drop, Gone: true})
		}
	}
	return out
}

func (f *planForm) field(name string) *planField {
	if i := slices.IndexFunc(f.Fields, func(x planField) bool { return x.Name == name }); i >= 0 {
		return &f.Fields[i]
	}
	return nil
}

// Of are the fields of some kinds, for a part of the page.
func (f *planForm) Of(kinds ...string) (out []planField) {
	for _, x := range f.Fields {
		if slices.Contains(kinds, x.Kind) {
			out = append(out, x)
		}
	}
	return out
}

func inLang(texts []engine.Text, lang engine.Lang) (out []string) {
	for _, t := range texts {
		out = append(out, strings.Join(strings.Fields(t.In(lang)), " "))
	}
	return out
}

// lines is a list as a field has it: a line each.
func lines(texts []engine.Text, lang engine.Lang) string {
	return strings.Join(inLang(texts, lang), "\n")
}

func eventNumbers(events []int64) (out []string) {
	for _, e := range events {
		out = append(out, "#"+strconv.FormatInt(e, 10))
	}
	return out
}

func rowsOf(plan []scenarios.Improvement, r *report.Report, lang engine.Lang) []planRow {
	rows := make([]planRow, len(plan))
	for i := range plan {
		a := &plan[i]
		rows[i] = planRow{Of: strings.Join(a.Of, " "), Events: strings.Join(eventNumbers(a.Events), " "), Issue: a.Issue.In(lang), Measure: a.Measure.In(lang),
			Capability: string(a.Capability), Element: a.Element, Owner: roleIn(r, a.Owner, lang), Start: a.Start, Due: a.Due, Done: a.Done}
		if a.Priority > 0 {
			rows[i].Priority = strconv.Itoa(a.Priority)
		}
	}
	return rows
}

// roleIn is who is responsible, a role by its title in the reader's language.
func roleIn(r *report.Report, owner string, lang engine.Lang) string {
	for _, t := range r.Names {
		if owner != "" && (owner == t.VI || owner == t.EN) {
			return t.In(lang)
		}
	}
	return owner
}

// posted is what was sent, over the form that was filled in. What was written
// about a finding that the report does not have any more is kept too.
func (f *planForm) posted(v url.Values) *planForm {
	out := &planForm{Version: v.Get("version"), Base: v.Get("base"), Fields: slices.Clone(f.Fields)}
	for i := range out.Fields {
		x := &out.Fields[i]
		if v.Has(x.Name) {
			x.Text, x.Drop = cleanText(v.Get(x.Name)), v.Has("drop."+x.Name)
		}
	}
	for _, prefix := range []string{"finding.", "root."} {
		for _, of := range sorted(v, prefix) {
			x := planField{Name: prefix + of, Kind: "gone", Title: of, Text: cleanText(v.Get(prefix + of)), Drop: v.Has("drop." + prefix + of), Gone: true}
			if out.field(x.Name) == nil && !strings.Contains(out.Base, x.mark()) {
				out.Fields = append(out.Fields, x)
			}
		}
	}
	for n := 0; ; n++ {
		at := "row." + strconv.Itoa(n) + "."
		if !v.Has(at + "issue") {
			break
		}
		var row planRow
		for _, c := range planColumns {
			*c.of(&row) = cleanText(v.Get(at + c.name))
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// meet brings a form that was filled in together with what was saved since:
// what only one of the two changed is as that one has it; where both did, both
// stand there. It reports whether somebody has to look at it.
func (f *planForm) meet(now *planForm) {
	before := func(mark string) bool { return strings.Contains(f.Base, mark) }
	for i := range f.Fields {
		mine := &f.Fields[i]
		theirs := now.field(mine.Name)
		switch {
		case theirs == nil || theirs.mark() == mine.mark() || before(theirs.mark()):
		case before(mine.mark()):
			mine.Text, mine.Drop = theirs.Text, theirs.Drop
		default:
			mine.Other = theirs.Text
			if theirs.Drop {
				mine.Other += " ✕"
			}
		}
	}
	rows := slices.DeleteFunc(f.Rows, func(r planRow) bool {
		return before(r.mark()) && !slices.ContainsFunc(now.Rows, func(o planRow) bool { return o.mark() == r.mark() })
	})
	for _, theirs := range now.Rows {
		if !before(theirs.mark()) && !slices.ContainsFunc(rows, func(o planRow) bool { return o.mark() == theirs.mark() }) {
			theirs.Elsewhere = true
			rows = append(rows, theirs)
		}
	}
	f.Rows, f.Version, f.Base = rows, now.Version, now.Base
}

// rowView is a row where it stands on the page.
type rowView struct {
	planRow
	N, No int // from 0, and as people count
	Page  *planPage
}

// Row is a row for the page.
func (p *planPage) Row(n int) rowView { return rowView{p.Form.Rows[n], n, n + 1, p} }

// Name is what a field of the row is sent as.
func (r rowView) Name(column string) string { return fmt.Sprintf("row.%d.%s", r.N, column) }

// Small are the columns beside the words.
func (r rowView) Small() []string {
	return []string{"capability", "element", "owner", "priority", "start", "due", "done"}
}

// cellView is a field of a row and what is wrong with it.
type cellView struct {
	ID    string
	Title engine.Text
	Fault string
}

// At is a field of the row.
func (r rowView) At(column string) cellView {
	return cellView{fmt.Sprintf("row-%d-%s", r.N, column), columnTitles[column], r.Faults[column]}
}

var columnTitles = map[string]engine.Text{
	"issue": {VI: "Tồn tại", EN: "Issue"}, "measure": {VI: "Biện pháp khắc phục", EN: "Corrective action"}, "capability": {VI: "Năng lực", EN: "Capability"},
	"element": {VI: "Mặt", EN: "Element"}, "owner": {VI: "Chủ trì", EN: "Responsible"}, "priority": {VI: "Ưu tiên", EN: "Priority"},
	"start": {VI: "Bắt đầu", EN: "Start"}, "due": {VI: "Hạn", EN: "Due"}, "done": {VI: "Xong ngày", EN: "Done on"},
}

// ID is what the field is called on the page.
func (f planField) ID() string { return "f" + fingerprint(f.Name) }

// Lines is how high the field is to begin with.
func (f planField) Lines() int {
	switch f.Kind {
	case "lessons", "proposals":
		return max(3, strings.Count(f.Text, "\n")+2)
	}
	return 2
}
