package server

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"strings"

	"saban/engine"
)

//go:embed web
var web embed.FS

// pages holds the templates of every page and region; each file in
// web/templates defines one or more by name.
var pages = template.Must(template.New("").Funcs(template.FuncMap{"asset": assetURL}).ParseFS(web, "web/templates/*.html"))

// page is what a template works with.
type page struct {
	Lang  engine.Lang
	Title string
	Who   session
	Here  string // path of this page, for the way back
	Data  any
}

// Say picks the sentence of the reader's language.
func (p page) Say(vi, en string, args ...any) string { return engine.Both(vi, en, args...).In(p.Lang) }

// In picks the language of a text of the scenario.
func (p page) In(t engine.Text) string { return t.In(p.Lang) }

// With is the same page about something else, for a part of it.
func (p page) With(data any) page {
	p.Data = data
	return p
}

// show renders a whole page.
func (s *Server) show(w http.ResponseWriter, r *http.Request, who session, status int, name, title string, data any) error {
	p := page{Lang: s.langOf(r), Title: title, Who: who, Here: r.URL.Path, Data: data}
	var out bytes.Buffer
	if err := pages.ExecuteTemplate(&out, name, p); err != nil {
		return fmt.Errorf("page %s: %w", name, err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Language", string(p.Lang))
	w.WriteHeader(status)
	_, _ = out.WriteTo(w) // the reader may have gone
	return nil
}

// part renders one region of a page.
func part(name string, p page) (string, error) {
	var out strings.Builder
	if err := pages.ExecuteTemplate(&out, name, p); err != nil {
		return "", fmt.Errorf("region %s: %w", name, err)
	}
	return out.String(), nil
}

const langCookie = "lang"

// langOf is the language a reader has chosen, or the server's.
func (s *Server) langOf(r *http.Request) engine.Lang {
	if lang := engine.Lang(r.URL.Query().Get("lang")); lang == engine.VI || lang == engine.EN {
		return lang
	}
	if c, err := r.Cookie(langCookie); err == nil {
		if lang := engine.Lang(c.Value); lang == engine.VI || lang == engine.EN {
			return lang
		}
	}
	return s.Lang
}

// failPage tells a browser, or a program, what went wrong. What nobody has
// signed in for leads to where one signs in.
func (s *Server) failPage(w http.ResponseWriter, r *http.Request, err error) {
	lang := s.langOf(r)
	p := tell(err, lang)
	if p.Status >= http.StatusInternalServerError {
		s.Log.Error("page failed", "method", r.Method, "path", r.URL.Path, "error", err)
	}
	if strings.HasPrefix(r.URL.Path, "/api/") {
		writeProblem(w, p)
		return
	}
	if err := s.show(w, r, s.who(r), p.Status, "problem", p.Title, p); err != nil {
		s.Log.Error("page failed", "path", r.URL.Path, "error", err)
	}
}
