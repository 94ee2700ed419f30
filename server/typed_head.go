package server

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"saban/engine"
	"saban/scenarios"
	"saban/store"
)

// typedHead is the form of what stands at the top of the papers.
type typedHead struct {
	Draft    string // "": it is not kept yet
	Drill    string // whose papers were printed, if they are of one
	Scenario Offered
	Site     string
	Title    string
	Elapsed  bool
	Fields   []typedField // day, start, end, seed
	Roles    []headRole
	Wrong    []string
}

// headRole is who played a role.
type headRole struct {
	ID, Title              string
	Persons, Cover, Factor string
}

func headFields() []typedField {
	return []typedField{
		{Key: "day", Kind: plainField, Label: engine.Both("Ngày (năm-tháng-ngày)", "Day (year-month-day)"), Must: true},
		{Key: "start", Kind: timeField, Label: engine.Both("Bắt đầu lúc", "Started at"), Must: true},
		{Key: "end", Kind: timeField, Label: engine.Both("Kết thúc lúc, hoặc sau bao lâu", "Ended at, or after how long")},
		{Key: "seed", Kind: valueField, Label: engine.Both("Thứ tự lựa chọn (số ở chân trang giấy)", "Order of choices (at the foot of the papers)")},
	}
}

// headFor is the form for a scenario of today, or for the papers of a drill.
func (s *Server) headFor(r *http.Request, form url.Values) (*typedHead, error) {
	lang := s.langOf(r)
	if drill := form.Get("drill"); drill != "" {
		of, err := s.read(r.Context(), drill)
		if err != nil {
			return nil, err
		}
		h := s.headOver(of.file.Scenario, lang)
		h.Drill = drill
		h.set("seed", strconv.FormatUint(of.header.Seed, 10))
		return h, nil
	}
	all, id := s.offered(lang), form.Get("scenario")
	i := slices.IndexFunc(all, func(o Offered) bool { return o.ID == id })
	if i < 0 {
		return nil, unknownFile(id)
	}
	return s.newHead(all[i]), nil
}

// headOver is the form over a scenario that is pinned.
func (s *Server) headOver(sc *engine.Scenario, lang engine.Lang) *typedHead {
	return s.newHead(Offered{ID: sc.ID, Title: sc.Title.In(lang), Duration: sc.Duration, Roles: offeredRoles(sc, lang)})
}

// newHead is the form before anything is typed.
func (s *Server) newHead(o Offered) *typedHead {
	h := &typedHead{Scenario: o, Fields: headFields()}
	h.set("day", s.Time.Wall().In(scenarios.Zone).Format("2006-01-02"))
	h.set("end", o.Duration.String())
	h.set("seed", "1")
	for _, r := range o.Roles {
		h.Roles = append(h.Roles, headRole{ID: r.ID, Title: r.Title})
	}
	return h
}

func (h *typedHead) set(key, value string) {
	for i := range h.Fields {
		if h.Fields[i].Key == key {
			h.Fields[i].Value = value
		}
	}
}

// headOf is the form of a draft that is kept.
func (s *Server) headOf(t *typing, lang engine.Lang) *typedHead {
	h := s.headOver(t.file.Scenario, lang)
	h.Draft, h.Title, h.Elapsed = t.id, t.Title, t.Elapsed
	for i := range h.Fields {
		h.Fields[i].Value = strings.Join(t.sheet.Head(h.Fields[i].Key), " ")
	}
	for i := range h.Roles {
		r := &h.Roles[i]
		r.Persons = strings.Join(t.sheet.Head("holders/"+r.ID), " ")
		r.Cover = strings.Join(t.sheet.Head("covers/"+r.ID), "")
		r.Factor = strings.Join(t.sheet.Head("factors/"+r.ID), "")
	}
	return h
}

// filled takes what was typed into the form.
func (h *typedHead) filled(form url.Values) {
	h.Site, h.Title, h.Elapsed = form.Get("site"), cleanName(form.Get("title")), form.Get("times") == "elapsed"
	for i := range h.Fields {
		h.Fields[i].Value = cleanText(form.Get(h.Fields[i].Key))
	}
	for i := range h.Roles {
		r := &h.Roles[i]
		r.Persons, r.Cover, r.Factor = cleanText(form.Get("persons."+r.ID)), form.Get("cover."+r.ID), form.Get("factor."+r.ID)
	}
}

// written is the head as it stands in a draft.
func (h *typedHead) written() []scenarios.Field {
	out := []scenarios.Field{{Key: "scenario", Value: h.Scenario.ID}}
	for i := range h.Fields {
		out = append(out, h.Fields[i].written(false))
	}
	for _, group := range []struct {
		key string
		of  func(r *headRole) string
	}{
		{"holders", func(r *headRole) string { return listOf(r.Persons) }},
		{"covers", func(r *headRole) string { return quoted(r.Cover) }},
		{"factors", func(r *headRole) string { return shareOf(r.Factor) }},
	} {
		var parts []string
		for i := range h.Roles {
			if text := group.of(&h.Roles[i]); text != "" {
				parts = append(parts, h.Roles[i].ID+": "+text)
			}
		}
		f := scenarios.Field{Key: group.key}
		if len(parts) > 0 {
			f.Value = "{" + strings.Join(parts, ", ") + "}"
		}
		out = append(out, f)
	}
	return out
}

func quoted(text string) string {
	switch {
	case text == "":
		return ""
	case engine.ValidID(text):
		return text
	}
	return scenarios.Quoted("", text).Value
}

// listOf writes ids typed with spaces or commas between them.
func listOf(text string) string {
	var out []string
	for _, one := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' || r == ';' || r == '\n' }) {
		out = append(out, quoted(one))
	}
	if len(out) == 0 {
		return ""
	}
	return "[" + strings.Join(out, ", ") + "]"
}

// shareOf writes a time factor; 1 is what a role has without one.
func shareOf(text string) string {
	switch {
	case text == "1":
		return ""
	case strings.Trim(text, "0123456789.") == "":
		return text
	}
	return quoted(text)
}

// tell says findings beside the fields they are about.
func (h *typedHead) tell(found scenarios.Findings, d *scenarios.Draft, lang engine.Lang) {
	for _, f := range found.Only(scenarios.Error) {
		text := f.Text.In(lang)
		if hint := f.Hint.In(lang); hint != "" {
			text += " (" + hint + ")"
		}
		beside := false
		for i := range h.Fields {
			if one := &h.Fields[i]; one.Key == f.Key() && d.Row(f) == 0 {
				one.Wrong, beside = cmp.Or(one.Wrong, text), true
			}
		}
		if row := d.Row(f); !beside && row > 0 {
			text = engine.Both("việc %d: %s", "entry %d: %s", row, text).In(lang)
		}
		if !beside {
			h.Wrong = append(h.Wrong, text)
		}
	}
}

// complete says what has to be filled in and is not.
func (h *typedHead) complete(lang engine.Lang) bool {
	l := &typedLine{Fields: h.Fields}
	return l.complete(lang)
}

// begin makes a draft of the form, or says what is wrong with it.
func (s *Server) begin(r *http.Request, h *typedHead) (id string, err error) {
	lang := s.langOf(r)
	if !h.complete(lang) {
		return "", nil
	}
	file, header, err := s.pinFor(r.Context(), h)
	if err != nil {
		return "", err
	}
	sheet, err := scenarios.NewSheet()
	if err == nil {
		err = sheet.SetHead(h.written()...)
	}
	if err != nil {
		return "", errForm
	}
	text := sheet.Bytes()
	draft, found := scenarios.ReadDraft(scenarios.Source{Name: file.Scenario.ID + ".paper.yaml", Bytes: text}, file.Scenario)
	if found.Failed() {
		h.tell(found, draft, lang)
		return "", nil
	}
	return s.beginTyped(r.Context(), header, typed{Title: h.Title, Scenario: file.Scenario.Title, Text: string(text), Elapsed: h.Elapsed})
}

// pinFor begins the header of a draft: that of the drill whose papers it is,
// as it was played, or one of today.
func (s *Server) pinFor(ctx context.Context, h *typedHead) (*scenarios.File, store.Header, error) {
	if h.Drill == "" {
		return s.pin(h.Scenario.ID, h.Site)
	}
	of, err := s.read(ctx, h.Drill)
	if err != nil {
		return nil, store.Header{}, err
	}
	return of.file, store.Header{Engine: engine.Version, Scenario: of.header.Scenario, Site: of.header.Site, Rubric: of.header.Rubric}, nil
}

// changeHead has a draft begin otherwise, or says what is wrong with that.
func (s *Server) changeHead(r *http.Request, h *typedHead) (good bool, err error) {
	lang := s.langOf(r)
	if !h.complete(lang) {
		return false, nil
	}
	err = s.changeTyped(r.Context(), h.Draft, func(t *typing) error {
		found, err := t.try(func(sheet *scenarios.Sheet) error { return sheet.SetHead(h.written()...) })
		if err != nil {
			return errForm
		}
		if h.tell(found, t.draft, lang); found.Failed() {
			return nil
		}
		good, t.Title, t.Elapsed = true, h.Title, h.Elapsed
		return nil
	})
	return good, err
}
