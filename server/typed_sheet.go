package server

import (
	"net/url"
	"slices"
	"strings"

	"saban/engine"
	"saban/live"
	"saban/paper"
	"saban/scenarios"
)

// typedSheet is all that the papers say about one inject: when it was given
// out, when each response was seen done, what was ticked on each slip.
type typedSheet struct {
	Inject  *engine.Inject
	Planned string
	Out     *typedLine
	Done    []doneLine
	Slips   []slipLine
}

// doneLine is an expected response on the sheet.
type doneLine struct {
	*typedLine
	Response *engine.Response
	More     []int // numbers of further rows about it
}

// slipLine is a slip, with the choices as it prints them.
type slipLine struct {
	*typedLine
	Role  string
	Slip  *live.Question
	Reads bool // the role is addressed, and not told by others
}

// The keys that stand on a sheet alone.
const (
	leftOut = "left_out" // the inject was not given out
	undone  = "undone"   // the response was not done
	ticked  = "yes"
)

// sheetOf draws up the sheet of an inject.
func (t *typing) sheetOf(in *engine.Inject, lang engine.Lang) *typedSheet {
	s := &typedSheet{Inject: in, Out: t.outLine(in)}
	for i := range t.file.Scenario.Injects {
		if t.file.Scenario.Injects[i].ID == in.ID {
			s.Planned = paper.Planned(t.file.Compiled, i, lang)
		}
	}
	for i := range in.Expects {
		s.Done = append(s.Done, t.doneLine(&in.Expects[i], lang))
	}
	for _, ask := range in.AskList() {
		s.Slips = append(s.Slips, t.slipLine(in, ask.Role))
	}
	return s
}

// rowsWhere are the rows with one of the values under a key.
func (t *typing) rowsWhere(key string, values ...string) (rows []int) {
	for i := range t.sheet.Rows() {
		if got := t.sheet.Value(i, key); len(got) == 1 && slices.Contains(values, got[0]) {
			rows = append(rows, i)
		}
	}
	return rows
}

// drawn has a line say what its row says, if there is one.
func (t *typing) drawn(l *typedLine) *typedLine {
	if l.Row >= 0 {
		l.fill(t.sheet)
	}
	l.Was = l.print()
	return l
}

// outLine is when an inject was given out, or that it was not.
func (t *typing) outLine(in *engine.Inject) *typedLine {
	l := &typedLine{Key: "out", Row: -1, Fields: []typedField{
		{Key: "at", Kind: timeField, Label: engine.Both("Phát lúc", "Given out at"), Empty: engine.Both("như dự kiến", "as planned")},
		{Key: leftOut, Kind: tickField, Label: engine.Both("Không phát", "Not given out")},
		{Key: "reason", Kind: plainField, Label: engine.Both("Lý do", "Reason")},
	}}
	if rows := t.rowsWhere("release", in.ID); len(rows) > 0 {
		l.Row = rows[0]
	} else if rows := t.rowsWhere("skip", in.ID); len(rows) > 0 {
		l.Row = rows[0]
		l.field(leftOut).Value = ticked
	}
	return t.drawn(l)
}

// doneLine is when a response was seen done, by whom, with what content.
func (t *typing) doneLine(r *engine.Response, lang engine.Lang) doneLine {
	l := &typedLine{Key: "done." + r.ID, Row: -1, fixed: []scenarios.Field{{Key: "done", Value: r.ID}}, Fields: []typedField{
		{Key: "at", Kind: timeField, Label: engine.Both("Làm lúc", "Done at")},
		{Key: "by", Kind: pickField, Label: engine.Both("Vai", "Role"), Options: t.roles(lang), Value: r.By},
	}}
	ids := []string{r.ID}
	if len(r.Ways) > 0 {
		way := typedField{Key: "done", Kind: pickField, Label: engine.Both("Cách làm", "Way"), Value: r.Ways[0].ID}
		for _, w := range r.Ways {
			ids, way.Options = append(ids, w.ID), append(way.Options, option{w.ID, w.Do.In(lang)})
		}
		l.Fields, l.fixed = append(l.Fields, way), nil
	}
	rows := t.rowsWhere("done", ids...)
	if len(rows) > 0 {
		l.Row = rows[0]
	}
	boxes, any := t.boxes(r.ID, lang)
	if !any || l.Row >= 0 && t.sheet.Value(l.Row, "content") != nil {
		boxes = contentShare()
	}
	l.Fields = append(l.Fields, boxes, typedField{Key: undone, Kind: tickField, Label: engine.Both("Không làm", "Not done")})
	if has(t.Undone, r.ID) {
		l.field(undone).Value = ticked
	}
	if way := t.drawn(l).field("done"); way.Value == r.ID { // which means the first way
		way.Value = r.Ways[0].ID
		l.Was = l.print()
	}
	d := doneLine{typedLine: l, Response: r}
	for _, row := range rows[min(1, len(rows)):] {
		d.More = append(d.More, row+1)
	}
	return d
}

// slipLine is what a role ticked on its slip.
func (t *typing) slipLine(in *engine.Inject, role string) slipLine {
	l := &typedLine{Key: "slip." + role, Row: -1, fixed: []scenarios.Field{{Key: "respond/inject", Value: in.ID}, {Key: "respond/role", Value: role}}, Fields: []typedField{
		{Key: "at", Kind: timeField, Label: engine.Both("Xong lúc", "Done at")}, slipNumbers(), writtenBesides(),
	}}
	for _, row := range t.rowsWhere("respond/inject", in.ID) {
		if got := t.sheet.Value(row, "respond/role"); l.Row < 0 && len(got) == 1 && got[0] == role {
			l.Row = row
		}
	}
	return slipLine{t.drawn(l), role, paper.Slip(t.file.Compiled, in, role, t.draft.Seed), in.Reads(role)}
}

// lines are the forms of a sheet in order, each with how it is kept.
func (s *typedSheet) lines() (out []sheetLine) {
	out = append(out, sheetLine{s.Out, s.saveOut})
	for _, d := range s.Done {
		out = append(out, sheetLine{d.typedLine, d.saveDone})
	}
	for _, l := range s.Slips {
		out = append(out, sheetLine{l.typedLine, l.saveSlip})
	}
	return out
}

type sheetLine struct {
	*typedLine
	keep func(t *typing, l *typedLine, lang engine.Lang) (bool, error)
}

// saveSheet keeps what was typed on a sheet, line by line: a line with a fault
// is told and keeps nobody else's. It says where to go on, and how many lines
// were kept.
func (t *typing) saveSheet(in *engine.Inject, form url.Values, lang engine.Lang) (sheet *typedSheet, next string, kept int, err error) {
	number := len(t.sheetOf(in, lang).lines())
	faults := map[int]*typedLine{}
	last := -1
	for i := range number {
		now := t.sheetOf(in, lang).lines()[i] // rows before it may have come or gone
		l := now.typed(form)
		was := form.Get(l.Key + ".was")
		switch said := l.print(); {
		case !form.Has(l.Key+".was") || said == was || said == now.print():
		case was != now.print():
			l.elsewhere(now.typedLine, t.said(now.Row, lang), lang)
			faults[i] = l
		default:
			good, err := now.keep(t, l, lang)
			if err != nil {
				return nil, "", kept, err
			}
			if !good {
				faults[i] = l
				break
			}
			kept, last = kept+1, i
		}
	}
	sheet = t.sheetOf(in, lang)
	all := sheet.lines()
	for i, l := range faults {
		l.Row, l.Was = all[i].Row, all[i].Was
		*all[i].typedLine = *l
	}
	if last+1 < number {
		next = all[last+1].Key
	}
	return sheet, next, kept, nil
}

// said is a row in words, or that there is none.
func (t *typing) said(row int, lang engine.Lang) string {
	if row < 0 || row >= len(t.draft.Steps) {
		return engine.Both("không có gì", "nothing").In(lang)
	}
	step := &t.draft.Steps[row]
	return strings.TrimPrefix(step.Given()+" · "+paper.Happened(t.played, step, lang), " · ")
}

// cleared reports a line without a time, and takes its row out. What is typed
// beside an empty time asks for one.
func (l *typedLine) cleared(t *typing, lang engine.Lang, beside bool) (done, good bool, err error) {
	at := l.field("at")
	switch {
	case at.Value != "":
		return false, false, nil
	case beside:
		at.Wrong = engine.Both("chưa có giờ", "no time is given").In(lang)
		return true, false, nil
	case l.Row >= 0:
		err = l.drop(t, lang)
		return true, l.Wrong == "", err
	}
	return true, true, nil
}

func (s *typedSheet) saveOut(t *typing, l *typedLine, lang engine.Lang) (bool, error) {
	out := l.field(leftOut).Value == ticked
	if done, good, err := l.cleared(t, lang, out || l.field("reason").Value != ""); done {
		return good, err
	}
	released, skipped := scenarios.Field{Key: "release", Value: s.Inject.ID}, scenarios.Field{Key: "skip"}
	if out {
		released.Value, skipped.Value = "", s.Inject.ID
		l.field("reason").Must = true
	}
	l.fixed = []scenarios.Field{released, skipped}
	return l.save(t, lang)
}

func (d doneLine) saveDone(t *typing, l *typedLine, lang engine.Lang) (bool, error) {
	not := l.field(undone)
	if not.Value == ticked && l.field("at").Value != "" {
		not.Wrong = engine.Both("đã có giờ làm", "there is a time it was done at").In(lang)
		return false, nil
	}
	asked := not.Value == ticked || has(t.Undone, d.Response.ID)
	done, good, err := l.cleared(t, lang, l.Row < 0 && !asked)
	if !done {
		good, err = l.save(t, lang)
	}
	if good {
		t.Undone = slices.DeleteFunc(slices.Clone(t.Undone), func(id string) bool { return id == d.Response.ID })
		if not.Value == ticked {
			t.Undone = append(t.Undone, d.Response.ID)
		}
	}
	return good, err
}

func (slipLine) saveSlip(t *typing, l *typedLine, lang engine.Lang) (bool, error) {
	if done, good, err := l.cleared(t, lang, l.field("respond/choices").Value != "" || l.field("respond/text").Value != ""); done {
		return good, err
	}
	return l.save(t, lang)
}

// faulty reports whether something is wrong with one of the lines.
func (s *typedSheet) faulty() bool {
	for _, l := range s.lines() {
		if l.Wrong != "" || slices.ContainsFunc(l.Fields, func(f typedField) bool { return f.Wrong != "" }) {
			return true
		}
	}
	return false
}
