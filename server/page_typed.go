package server

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"

	"saban/engine"
	"saban/scenarios"
)

// registerTyped: a drill held on paper is typed in, in any order, and becomes
// a drill once. It makes a drill, so it is the administrator's.
func (s *Server) registerTyped() {
	s.page(Administrator, "GET /typed/new", s.newTyped)
	s.page(Administrator, "POST /typed", s.postTyped)
	s.page(Administrator, "POST /typed/upload", s.uploadTyped)
	s.page(Administrator, "GET /typed/{draft}", s.showTyped)
	s.page(Administrator, "POST /typed/{draft}/sheet", s.postTypedSheet)
	s.page(Administrator, "POST /typed/{draft}/row", s.postTypedRow)
	s.page(Administrator, "GET /typed/{draft}/head", func(w http.ResponseWriter, r *http.Request, who session) error {
		t, err := s.openTyped(r.Context(), r.PathValue("draft"))
		if err != nil {
			return err
		}
		return s.showHead(w, r, who, http.StatusOK, s.headOf(t, s.langOf(r)))
	})
	s.page(Administrator, "POST /typed/{draft}/head", s.postTypedHead)
	s.page(Administrator, "GET /typed/{draft}/check", func(w http.ResponseWriter, r *http.Request, who session) error {
		return s.showTypedCheck(w, r, who, http.StatusOK)
	})
	s.page(Administrator, "POST /typed/{draft}/finish", s.postTypedFinish)
	s.page(Administrator, "GET /typed/{draft}/file", s.typedFile)
	s.page(Administrator, "POST /typed/{draft}/copy", func(w http.ResponseWriter, r *http.Request, _ session) error {
		id, err := s.copyTyped(r.Context(), r.PathValue("draft"))
		if err != nil {
			return err
		}
		return toTyped(w, r, id, nil)
	})
	s.page(Administrator, "GET /typed/{draft}/drop", func(w http.ResponseWriter, r *http.Request, who session) error {
		t, err := s.openTyped(r.Context(), r.PathValue("draft"))
		if err != nil {
			return err
		}
		return s.show(w, r, who, http.StatusOK, "typed-drop", s.say(r, "Bỏ bản nháp", "Throw the draft away"), t)
	})
	s.page(Administrator, "POST /typed/{draft}/drop", func(w http.ResponseWriter, r *http.Request, _ session) error {
		if err := s.dropTyped(r.Context(), r.PathValue("draft")); err != nil {
			return err
		}
		http.Redirect(w, r, "/drills", http.StatusSeeOther)
		return nil
	})
}

// typedStart is the page on which a draft is begun: first the scenario, or a
// file; then what stands at the top of the papers.
type typedStart struct {
	All   []Offered
	Head  *typedHead
	Form  struct{ Site, Title string } // what a file that was uploaded is to be of
	File  string                       // what was uploaded and is not taken
	Found []foundItem
}

// foundItem is a finding as check words it.
type foundItem struct{ Place, Text, Hint, Excerpt string }

func (s *Server) newTyped(w http.ResponseWriter, r *http.Request, who session) error {
	q := r.URL.Query()
	if q.Get("scenario") == "" && q.Get("drill") == "" {
		return s.showStart(w, r, who, http.StatusOK, &typedStart{All: s.offered(s.langOf(r))})
	}
	h, err := s.headFor(r, q)
	if err != nil {
		return err
	}
	return s.showHead(w, r, who, http.StatusOK, h)
}

func (s *Server) showStart(w http.ResponseWriter, r *http.Request, who session, status int, start *typedStart) error {
	return s.show(w, r, who, status, "typed-new", s.say(r, "Nhập buổi diễn tập trên giấy", "Type in a drill held on paper"), start)
}

func (s *Server) showHead(w http.ResponseWriter, r *http.Request, who session, status int, h *typedHead) error {
	return s.showStart(w, r, who, status, &typedStart{Head: h})
}

func (s *Server) postTyped(w http.ResponseWriter, r *http.Request, who session) error {
	h, err := s.headFor(r, r.Form)
	if err != nil {
		return err
	}
	h.filled(r.Form)
	id, err := s.begin(r, h)
	switch {
	case err != nil:
		return err
	case id == "":
		return s.showHead(w, r, who, http.StatusUnprocessableEntity, h)
	}
	return toTyped(w, r, id, nil)
}

func (s *Server) postTypedHead(w http.ResponseWriter, r *http.Request, who session) error {
	t, err := s.openTyped(r.Context(), r.PathValue("draft"))
	if err != nil {
		return err
	}
	h := s.headOf(t, s.langOf(r))
	h.filled(r.Form)
	good, err := s.changeHead(r, h)
	switch {
	case err != nil:
		return err
	case !good:
		return s.showHead(w, r, who, http.StatusUnprocessableEntity, h)
	}
	return toTyped(w, r, t.id, nil)
}

// toTyped leads on to the page of a draft.
func toTyped(w http.ResponseWriter, r *http.Request, id string, query url.Values) error {
	at := "/typed/" + url.PathEscape(id)
	if len(query) > 0 {
		at += "?" + query.Encode()
	}
	http.Redirect(w, r, at, http.StatusSeeOther)
	return nil
}

// uploadTyped begins a draft with an X.paper.yaml. What is wrong in it is
// shown beside its text, which can be mended there.
func (s *Server) uploadTyped(w http.ResponseWriter, r *http.Request, who session) error {
	r.Body = http.MaxBytesReader(w, r.Body, mostDraft+4<<10)
	text, err := uploadedText(r)
	if err != nil {
		return err
	}
	name := scenarios.DraftScenario(text)
	src := scenarios.Source{Name: "X.paper.yaml", Bytes: text}
	if find(s.Scenarios(), name+".yaml") == nil {
		_, found := scenarios.ReadDraft(src, &engine.Scenario{ID: name})
		return s.showFound(w, r, who, text, found, unknownFile(name))
	}
	file, header, err := s.pin(name, r.FormValue("site"))
	if err != nil {
		return s.showFound(w, r, who, text, nil, err)
	}
	if _, found := scenarios.ReadDraft(src, file.Scenario); found.Failed() {
		return s.showFound(w, r, who, text, found, nil)
	}
	id, err := s.beginTyped(r.Context(), header, typed{Title: cleanName(r.FormValue("title")), Scenario: file.Scenario.Title, Text: string(text)})
	if err != nil {
		return err
	}
	return toTyped(w, r, id, nil)
}

// mostDraft is the largest draft that is taken.
const mostDraft = 1 << 20

func uploadedText(r *http.Request) ([]byte, error) {
	file, _, err := r.FormFile("file")
	if _, big := errors.AsType[*http.MaxBytesError](err); big {
		return nil, err
	}
	if text := r.FormValue("text"); text != "" {
		return []byte(text), nil
	}
	if err != nil {
		return nil, &engine.Refusal{Code: engine.BadValue, Why: engine.Both("chưa chọn tệp nào", "no file was chosen"), Try: engine.Both("chọn một tệp *.paper.yaml", "choose a *.paper.yaml file")}
	}
	defer func() { _ = file.Close() }()
	return io.ReadAll(file)
}

func (s *Server) showFound(w http.ResponseWriter, r *http.Request, who session, text []byte, found scenarios.Findings, why error) error {
	lang := s.langOf(r)
	start := &typedStart{All: s.offered(lang), File: string(text)}
	start.Form.Site, start.Form.Title = r.FormValue("site"), cleanName(r.FormValue("title"))
	if why != nil {
		p := tell(why, lang)
		start.Found = append(start.Found, foundItem{"scenario", p.Detail, p.Try, ""})
	}
	for _, f := range found {
		start.Found = append(start.Found, foundItem{strconv.Itoa(f.Line) + ":" + strconv.Itoa(f.Col), f.Text.In(lang) + " [" + string(f.Code) + "]", f.Hint.In(lang), f.Excerpt})
	}
	return s.showStart(w, r, who, http.StatusUnprocessableEntity, start)
}

// showTyped is the page of a draft, with the sheet or the row asked for.
func (s *Server) showTyped(w http.ResponseWriter, r *http.Request, who session) error {
	t, err := s.openTyped(r.Context(), r.PathValue("draft"))
	if err != nil {
		return err
	}
	lang, q := s.langOf(r), r.URL.Query()
	v := t.viewOf(lang)
	v.Focus, v.Moved = q.Get("at"), q.Has("moved")
	if row, err := strconv.Atoi(q.Get("kept")); err == nil {
		v.Kept = t.said(row-1, lang)
	}
	row, err := strconv.Atoi(q.Get("row"))
	switch {
	case err == nil && row >= 1 && row <= t.sheet.Rows():
		v.Verb = typedVerbOf(t.verbAt(row - 1))
		v.Line, v.Focus = t.line(v.Verb.Key, row-1, lang), "row"
	case typedVerbOf(q.Get("add")) != nil:
		v.Verb = typedVerbOf(q.Get("add"))
		v.Line, v.Focus = t.line(v.Verb.Key, -1, lang), "row"
	default:
		in := t.played.FindInject(q.Get("sheet"))
		if in == nil {
			in = t.played.FindInject(v.first())
		}
		if in != nil {
			v.open(t.sheetOf(in, lang))
		}
	}
	return s.showDraft(w, r, who, http.StatusOK, v)
}

func (s *Server) showDraft(w http.ResponseWriter, r *http.Request, who session, status int, v *typedView) error {
	v.Unsaved = status != http.StatusOK
	title := v.Title
	if title == "" {
		title = v.Scenario.In(s.langOf(r))
	}
	return s.show(w, r, who, status, "typed", title, v)
}

// postTypedSheet keeps what was typed on a sheet. Where all of it is kept, one
// goes on with the next line.
func (s *Server) postTypedSheet(w http.ResponseWriter, r *http.Request, who session) error {
	id, lang := r.PathValue("draft"), s.langOf(r)
	var t *typing
	var sheet *typedSheet
	var next string
	var kept int
	moved := false
	err := s.changeTyped(r.Context(), id, func(now *typing) (err error) {
		in := now.played.FindInject(r.FormValue("sheet"))
		if in == nil {
			return errMissing
		}
		t, moved = now, r.FormValue("version") != strconv.Itoa(now.Version)
		sheet, next, kept, err = now.saveSheet(in, r.Form, lang)
		return err
	})
	if err != nil {
		return err
	}
	if sheet.faulty() {
		v := t.viewOf(lang).open(sheet)
		v.Moved = moved
		return s.showDraft(w, r, who, http.StatusUnprocessableEntity, v)
	}
	q := url.Values{"sheet": {sheet.Inject.ID}, "at": {next}}
	if v := t.viewOf(lang).open(sheet); r.Form.Has("next") && v.Next() != nil {
		q = url.Values{"sheet": {v.Next().ID}}
	}
	if moved && kept > 0 {
		q.Set("moved", "")
	}
	return toTyped(w, r, id, q)
}

// postTypedRow keeps a row, or takes it out.
func (s *Server) postTypedRow(w http.ResponseWriter, r *http.Request, who session) error {
	id, lang := r.PathValue("draft"), s.langOf(r)
	verb := typedVerbOf(r.FormValue("verb"))
	if verb == nil {
		return errMissing
	}
	var t *typing
	var l *typedLine
	good, moved := false, false
	err := s.changeTyped(r.Context(), id, func(now *typing) (err error) {
		t, moved = now, r.FormValue("version") != strconv.Itoa(now.Version)
		l, good, err = now.saveRow(verb.Key, r.Form, lang)
		return err
	})
	switch {
	case err != nil:
		return err
	case !good:
		v := t.viewOf(lang)
		v.Verb, v.Line, v.Focus, v.Moved = verb, l, l.Key, moved
		return s.showDraft(w, r, who, http.StatusUnprocessableEntity, v)
	}
	q := url.Values{"add": {verb.Key}}
	if !r.Form.Has("drop") {
		q.Set("kept", strconv.Itoa(l.Row+1))
	}
	if moved {
		q.Set("moved", "")
	}
	return toTyped(w, r, id, q)
}

func (s *Server) showTypedCheck(w http.ResponseWriter, r *http.Request, who session, status int) error {
	t, err := s.openTyped(r.Context(), r.PathValue("draft"))
	if err != nil {
		return err
	}
	return s.show(w, r, who, status, "typed-check", s.say(r, "Dựng lại diễn biến", "How it went"), t.checked(s.langOf(r)))
}

func (s *Server) postTypedFinish(w http.ResponseWriter, r *http.Request, who session) error {
	drill, found, err := s.finishTyped(r.Context(), r.PathValue("draft"))
	switch {
	case err != nil:
		return err
	case found.Failed():
		return s.showTypedCheck(w, r, who, http.StatusConflict)
	}
	http.Redirect(w, r, "/drills/"+url.PathEscape(drill)+"/result", http.StatusSeeOther)
	return nil
}

// typedFile hands the draft out, to go on with saban enter or to keep.
func (s *Server) typedFile(w http.ResponseWriter, r *http.Request, _ session) error {
	t, err := s.openTyped(r.Context(), r.PathValue("draft"))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/yaml; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+t.name()+`"`)
	_, _ = io.WriteString(w, t.Text) // the reader may have gone
	return nil
}
