package server

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"saban/engine"
	"saban/scenarios"
)

// typedField is a field of a form, under the key it has in a row of a draft.
type typedField struct {
	Key     string
	Kind    fieldKind
	Label   engine.Text
	Empty   engine.Text // what nothing stands for
	Must    bool
	Options []option
	Value   string
	Picked  []string // of several
	Wrong   string
	Hint    string
}

type option struct{ ID, Text string }

// fieldKind is how a field is filled in, and how it stands in a draft.
type fieldKind string

const (
	timeField  fieldKind = "time"
	spanField  fieldKind = "span"
	plainField fieldKind = "plain"
	areaField  fieldKind = "area"
	valueField fieldKind = "value" // a number or a share, as it stands
	pickField  fieldKind = "pick"
	toField    fieldKind = "to"    // a role, or all
	slipField  fieldKind = "slip"  // numbers of choices
	ticksField fieldKind = "ticks" // boxes
	tickField  fieldKind = "tick"  // in the form alone
	keptField  fieldKind = "kept"  // stays as it is, a text in two languages
)

// typedLine is the form of one row.
type typedLine struct {
	Key    string // before the names of its fields
	Row    int    // -1: there is none yet
	Fields []typedField
	Was    string // what the row was when the form was drawn
	Drawn  string // what it was about then, which tells it from one that has taken its place
	Wrong  string
	Hint   string

	fixed []scenarios.Field // what the row has besides
}

func (l *typedLine) field(key string) *typedField {
	for i := range l.Fields {
		if l.Fields[i].Key == key {
			return &l.Fields[i]
		}
	}
	return &typedField{}
}

// Number is that of the row in the draft, from 1; 0: it is not there yet.
func (l *typedLine) Number() int { return l.Row + 1 }

// Line is the form itself, of what is built on one.
func (l *typedLine) Line() *typedLine { return l }

// Name is what a field is called in the form.
func (l *typedLine) Name(f typedField) string { return l.Key + "." + f.Key }

// print tells whether two forms say the same.
func (l *typedLine) print() string {
	h := fnv.New64a()
	for i := range l.Fields {
		f := &l.Fields[i]
		_, _ = fmt.Fprintf(h, "%s=%q%q\n", f.Key, f.Value, f.Picked) // never fails, says its documentation
	}
	return fmt.Sprintf("%016x", h.Sum64())
}

// fill has a form say what a row says.
func (l *typedLine) fill(sheet *scenarios.Sheet) {
	for i := range l.Fields {
		f := &l.Fields[i]
		got := sheet.Value(l.Row, f.Key)
		switch {
		case sheet.Value(l.Row, f.Key+"/vi") != nil, sheet.Value(l.Row, f.Key+"/en") != nil:
			f.Kind = keptField
		case len(got) > 1 && (f.Kind == toField || f.Kind == pickField): // no option of one
			f.Kind, f.Value = keptField, ""
		case f.Kind == ticksField:
			if got != nil {
				f.Picked = f.known(got)
			}
		case f.Kind != tickField:
			f.Value = strings.Join(got, " ")
		}
	}
}

// known are those of the picked that can be picked, in the order of the form.
func (f *typedField) known(picked []string) (out []string) {
	for _, o := range f.Options {
		if slices.Contains(picked, o.ID) {
			out = append(out, o.ID)
		}
	}
	return out
}

// typed is the form as somebody filled it in.
func (l *typedLine) typed(form url.Values) *typedLine {
	out := *l
	out.Fields = slices.Clone(l.Fields)
	for i := range out.Fields {
		f := &out.Fields[i]
		if f.Kind == ticksField {
			f.Picked = f.known(form[l.Name(*f)])
			continue
		}
		f.Value = cleanText(strings.ReplaceAll(form.Get(l.Name(*f)), "\r", ""))
	}
	return &out
}

// complete says beside each field that has to be filled in and is not.
func (l *typedLine) complete(lang engine.Lang) bool {
	whole := true
	for i := range l.Fields {
		if f := &l.Fields[i]; f.Must && f.Value == "" && f.Kind != keptField {
			f.Wrong = engine.Both("chưa điền", "not filled in").In(lang)
			whole = false
		}
	}
	return whole
}

// row is what the form makes of the row.
func (l *typedLine) row(elapsed bool) (out []scenarios.Field) {
	for i := range l.Fields {
		if f := &l.Fields[i]; f.Kind != tickField && f.Kind != keptField {
			out = append(out, f.written(elapsed))
		}
	}
	return slices.Insert(out, min(1, len(out)), l.fixed...) // behind the time
}

// written is a field as it stands in a draft, without a value where it does
// not.
func (f *typedField) written(elapsed bool) scenarios.Field {
	out := scenarios.Quoted(f.Key, f.Value)
	switch {
	case f.Kind == ticksField:
		return f.boxes()
	case f.Value == "":
		out.Value = ""
	case f.Kind == timeField:
		return scenarios.TimeField(f.Key, f.Value, elapsed)
	case f.Kind == spanField:
		return scenarios.TimeField(f.Key, f.Value, true)
	case f.Kind == toField && f.Value != "all":
		out.Value = listOf(f.Value)
	case f.Kind == slipField:
		out.Value = "[" + strings.Join(slipChoices(f.Value), ", ") + "]"
	case f.Kind == valueField && strings.Trim(f.Value, "0123456789./") == "", f.Kind == pickField && engine.ValidID(f.Value):
		out.Value = f.Value
	}
	return out
}

// boxes leaves out a list of all: that is what a row without one says.
func (f *typedField) boxes() scenarios.Field {
	if len(f.Picked) == len(f.Options) {
		return scenarios.Field{Key: f.Key}
	}
	return scenarios.Field{Key: f.Key, Value: "[" + strings.Join(f.Picked, ", ") + "]"}
}

// slipChoices are the choices ticked on a slip: numbers or ids, however they
// are kept apart.
func slipChoices(text string) (out []string) {
	for _, one := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' || r == ';' || r == '\n' || r == '+' }) {
		if strings.Trim(one, "0123456789") != "" && !engine.ValidID(one) {
			one = scenarios.Quoted("", one).Value
		}
		out = append(out, one)
	}
	return out
}

// save puts the row in the draft, or says beside its fields what is wrong.
func (l *typedLine) save(t *typing, lang engine.Lang) (bool, error) {
	if !l.complete(lang) {
		return false, nil
	}
	at := l.Row
	found, err := t.try(func(sheet *scenarios.Sheet) error {
		row := l.row(t.Elapsed)
		if at < 0 {
			at = sheet.Rows()
			return sheet.Add(row...)
		}
		return sheet.Change(at, row...)
	})
	if err != nil {
		l.Wrong = engine.Both("không đọc được dòng này", "this row cannot be read").In(lang)
		return false, nil //nolint:nilerr // it is told beside the row
	}
	for _, f := range found {
		l.told(f, t.draft, at, lang)
	}
	if len(found) == 0 {
		l.Row = at
	}
	return len(found) == 0, nil
}

// told says a finding beside the field it is about.
func (l *typedLine) told(f scenarios.Finding, d *scenarios.Draft, at int, lang engine.Lang) {
	row, text, hint := d.Row(f), f.Text.In(lang), f.Hint.In(lang)
	if row != at+1 {
		if row > 0 {
			text = engine.Both("việc %d: ", "entry %d: ", row).In(lang) + text
		}
		l.Wrong, l.Hint = cmp.Or(l.Wrong, text), cmp.Or(l.Hint, hint)
		return
	}
	key := f.Key()
	if key == "steps" {
		key = "at"
	}
	for i := range l.Fields {
		if one := &l.Fields[i]; one.Key == key || strings.HasSuffix(one.Key, "/"+key) {
			one.Wrong, one.Hint = cmp.Or(one.Wrong, text), cmp.Or(one.Hint, hint)
			return
		}
	}
	l.Wrong, l.Hint = cmp.Or(l.Wrong, text), cmp.Or(l.Hint, hint)
}

// drop takes the row out of the draft.
func (l *typedLine) drop(t *typing, lang engine.Lang) error {
	found, err := t.try(func(sheet *scenarios.Sheet) error {
		sheet.Drop(l.Row)
		return nil
	})
	for _, f := range found {
		l.Wrong, l.Hint = cmp.Or(l.Wrong, f.Text.In(lang)), cmp.Or(l.Hint, f.Hint.In(lang))
	}
	return err
}

// elsewhere says that another window has changed the row; who saves once more
// writes over it.
func (l *typedLine) elsewhere(now *typedLine, said string, lang engine.Lang) {
	l.Was = now.print()
	l.Wrong = engine.Both("cửa sổ khác vừa sửa dòng này, hiện ghi: %s", "another window has changed this row, it now says: %s", said).In(lang)
	l.Hint = engine.Both("lưu lần nữa thì ghi theo lời ở đây", "save again to have what stands here").In(lang)
}

// saveRow keeps a row as it was typed, adds it, or takes it out. A row another
// window has changed since is told and left.
func (t *typing) saveRow(verb string, form url.Values, lang engine.Lang) (*typedLine, bool, error) {
	row, err := strconv.Atoi(form.Get("number"))
	if err != nil || row < 1 {
		l := t.line(verb, -1, lang).typed(form)
		good, err := l.save(t, lang)
		return l, good, err
	}
	now := t.find(verb, row-1, form.Get("row.was"), lang)
	if now == nil {
		return t.lost(verb, row-1, form, lang), false, nil
	}
	l := now.typed(form)
	if form.Has("drop") {
		err := l.drop(t, lang)
		return l, l.Wrong == "", err
	}
	good, err := l.save(t, lang)
	return l, good, err
}

// find is the row that a form was drawn of, wherever it stands now.
func (t *typing) find(verb string, row int, was string, lang engine.Lang) *typedLine {
	for _, i := range append([]int{row}, numbers(t.sheet.Rows())...) {
		if i < t.sheet.Rows() && t.verbAt(i) == verb {
			if l := t.line(verb, i, lang); l.Was == was {
				return l
			}
		}
	}
	return nil
}

func numbers(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// lost is what was typed about a row that is not what it was any more: another
// window has changed it, or taken it out.
func (t *typing) lost(verb string, row int, form url.Values, lang engine.Lang) *typedLine {
	if now := t.line(verb, min(row, t.sheet.Rows()-1), lang); now.Row == row && t.verbAt(row) == verb && now.Drawn == form.Get("about") {
		l := now.typed(form)
		l.elsewhere(now, t.said(row, lang), lang)
		return l
	}
	l := t.line(verb, -1, lang).typed(form)
	l.Wrong = engine.Both("cửa sổ khác đã bỏ dòng này", "another window has taken this row out").In(lang)
	l.Hint = engine.Both("lưu lần nữa thì ghi thành dòng mới", "save again to add it anew").In(lang)
	return l
}
