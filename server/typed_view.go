package server

import (
	"slices"

	"saban/engine"
	"saban/paper"
	"saban/scenarios"
	"saban/scoring"
)

// typedView is a draft as its page shows it: the sheets with what is missing,
// one of them or the form of one row, and all rows in order of occurrence.
type typedView struct {
	*typing
	Sheets []sheetItem
	Sheet  *typedSheet
	Verb   *typedVerb
	Line   *typedLine
	Rows   []rowItem
	Out    []string // injects that did not come out, as far as is typed in
	Unsaid int      // responses asked of which nothing is said
	Refuse int      // rows the engine does not take
	Focus  string   // the line to go on at
	Kept   string
	Moved  bool // another window has changed the draft since
	Verbs  []typedVerb

	Unsaved bool // what is typed on it is not kept
}

// sheetItem is a sheet in the list of all.
type sheetItem struct {
	ID, Title, At string
	Unsaid        []string // ids
	Off           bool     // it did not come out
	Current       bool
}

// rowItem is a row in the list of all.
type rowItem struct {
	Number          int
	Clock, At, Text string
	Wrong, Hint     string
}

// viewOf is the page of a draft but for what is open on it.
func (t *typing) viewOf(lang engine.Lang) *typedView {
	v := &typedView{typing: t, Verbs: typedVerbs}
	log, found := paper.Log(t.file, t.draft)
	v.Rows = t.rowItems(found, lang)
	for i := range v.Rows {
		if v.Rows[i].Wrong != "" {
			v.Refuse++
		}
	}
	shot := engine.Replay(t.file.Compiled, log).Snapshot()
	for _, i := range t.order() {
		in := &t.played.Injects[i]
		item := sheetItem{ID: in.ID, Title: in.Title.In(lang), Off: true}
		if item.Title == "" {
			item.Title = in.Text.In(lang)
		}
		for k := range shot.Injects {
			if one := &shot.Injects[k]; one.Inject.ID == in.ID && one.Received {
				item.Off, item.At = false, t.draft.TimeOfDay(one.ReceivedAt)
			}
		}
		for k := range shot.Responses {
			if r := &shot.Responses[k]; r.Inject == in.ID && r.Triggered && !r.Done && !has(t.Undone, r.Response.ID) {
				item.Unsaid = append(item.Unsaid, r.Response.ID)
			}
		}
		if v.Unsaid += len(item.Unsaid); item.Off && len(t.rowsWhere("skip", in.ID)) == 0 {
			v.Out = append(v.Out, in.ID)
		}
		v.Sheets = append(v.Sheets, item)
	}
	return v
}

// order is that of the papers, with what was written on the spot behind.
func (t *typing) order() []int {
	order := paper.Order(t.file.Compiled)
	for i := len(order); i < len(t.played.Injects); i++ {
		order = append(order, i)
	}
	return order
}

func (t *typing) rowItems(found scenarios.Findings, lang engine.Lang) (out []rowItem) {
	for _, step := range t.draft.InOrder() {
		item := rowItem{Number: step.Number, Text: paper.Happened(t.played, step, lang)}
		if step.Given() != "" {
			item.Clock, item.At = t.draft.TimeOfDay(step.At), step.At.Clock()
		}
		if i := slices.IndexFunc(found, func(f scenarios.Finding) bool { return t.draft.Row(f) == step.Number }); i >= 0 {
			item.Wrong, item.Hint = found[i].Text.In(lang), found[i].Hint.In(lang)
		}
		out = append(out, item)
	}
	return out
}

// open shows a sheet.
func (v *typedView) open(sheet *typedSheet) *typedView {
	v.Sheet = sheet
	if all := sheet.lines(); !slices.ContainsFunc(all, func(l sheetLine) bool { return l.Key == v.Focus }) {
		v.Focus = all[min(1, len(all)-1)].Key
	}
	for i := range v.Sheets {
		v.Sheets[i].Current = v.Sheets[i].ID == sheet.Inject.ID
	}
	return v
}

// Field is a part of the page about one field of a line; what is typed next
// goes in the time of the line in focus.
func (v *typedView) Field(p page, l *typedLine, f typedField) page {
	return p.With([]any{l, f, f.Key == "at" && v.Focus == l.Key})
}

// RoleTitle is what a role is called.
func (v *typedView) RoleTitle(lang engine.Lang, id string) string {
	if r := v.played.Role(id); r != nil {
		return r.Title.In(lang)
	}
	return id
}

// Next is the sheet after the one that is open.
func (v *typedView) Next() *sheetItem {
	for i := range v.Sheets[:max(len(v.Sheets)-1, 0)] {
		if v.Sheets[i].Current {
			return &v.Sheets[i+1]
		}
	}
	return nil
}

// first is the sheet to begin with: one of which something is missing.
func (v *typedView) first() string {
	i := slices.IndexFunc(v.Sheets, func(s sheetItem) bool { return len(s.Unsaid) > 0 })
	if i = max(i, 0); i < len(v.Sheets) {
		return v.Sheets[i].ID
	}
	return ""
}

// typedCheck is what the engine makes of a draft.
type typedCheck struct {
	*typedView
	Card  scoring.Scorecard
	Path  []stateItem
	Wrong []rowItem
}

type stateItem struct{ Clock, At, Title string }

func (t *typing) checked(lang engine.Lang) *typedCheck {
	v := t.viewOf(lang)
	log, _ := paper.Log(t.file, t.draft)
	c := &typedCheck{typedView: v, Card: scoring.Score(t.file.Scenario, t.rubric, log)}
	for _, p := range c.Card.Path {
		item := stateItem{t.draft.TimeOfDay(p.AtMS), p.AtMS.Clock(), p.State}
		if st := t.file.Scenario.State(p.State); st != nil {
			item.Title = st.Title.In(lang)
		}
		c.Path = append(c.Path, item)
	}
	for _, row := range v.Rows {
		if row.Wrong != "" {
			c.Wrong = append(c.Wrong, row)
		}
	}
	return c
}
