package server

import (
	"bytes"
	"compress/gzip"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"saban/engine"
	"saban/handbook"
	"saban/paper"
	"saban/report/figure"
	"saban/scenarios"
	"saban/scoring"
)

//go:embed web
var web embed.FS

// pages holds the templates of every page and region; each file in
// web/templates defines one or more by name.
var pages = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").Funcs(helpers).ParseFS(web, "web/templates/*.html"))
})

// helpers are what templates may call.
var helpers = template.FuncMap{
	"asset":  assetURL,
	"icon":   icon,
	"sprite": sprite,
	"sym":    sym,
	"says":   phoneWords,
	"wall":   wallClock,

	"readings": readings,
	"channel":  channelName,
	"glyph":    glyph,
	"clock":    func(at engine.Millis) string { return at.Clock() },
	"ms":       func(at engine.Millis) int64 { return int64(at) },
	"add":      func(a, b int) int { return a + b },
	"last":     func(list []string) int { return len(list) - 1 },

	"day":     func(wall int64) string { return time.UnixMilli(wall).Format("15:04 02/01/2006") },
	"words":   func(lang engine.Lang, m engine.Millis) string { return m.Words().In(lang) },
	"secs":    func(s scoring.Seconds) string { return engine.Millis(s).Clock() },
	"points":  func(lang engine.Lang, p scoring.Points) string { return p.In(lang) },
	"factors": func() []string { return []string{"1", "1.5", "2"} },
	"count":   countItems,

	"access":  accessTitle,
	"may":     accessMay,
	"capital": capital,
	"bars":    bars,
	"track":   track,
	"shares":  shares,
	"share":   share,
	"ratings": func() []scoring.Rating { return allRatings },
	"between": func(from, to engine.Millis) string { return (to - from).Clock() },

	"channels":  func() []string { return []string{"phone", "radio", "cctv", "scada_alarm", "superior_order"} },
	"shortcuts": handbook.Shortcuts,
	"parts":     func() []paper.Part { return paper.Parts },
	"minutes":   func() []int { return []int{1, 2, 5, 10} },
}

// allRatings are the ratings, the best first.
var allRatings = []scoring.Rating{scoring.Performed, scoring.Some, scoring.Major, scoring.Unable}

// countItems counts the responses that were asked, or that came out some way.
func countItems(card scoring.Scorecard, what string) (n int) {
	for i := range card.Items {
		it := &card.Items[i]
		onTime := it.Actual != nil && *it.Actual <= it.Target
		if it.Triggered && (what == "asked" || what == "on" && it.Done && onTime || what == "slow" && it.Done && !onTime || what == "missed" && !it.Done && !it.Pending) {
			n++
		}
	}
	return n
}

// glyph draws a mark of timing beside a word.
func glyph(name string) template.HTML {
	return template.HTML(`<svg class="st" width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">` + figure.Glyphs()[figure.Glyph(name)] + `</svg>`)
}

// channelName heads an inject with how it arrives.
func channelName(lang engine.Lang, channel string) string {
	name := engine.Both("tin", "message").In(lang)
	if channel != "" {
		name = scenarios.ChannelTitle(channel).In(lang)
	}
	return capital(name)
}

// capital begins a text with a large letter.
func capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + text[size:]
}

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
	if err := pages().ExecuteTemplate(&out, name, p); err != nil {
		return fmt.Errorf("page %s: %w", name, err)
	}
	if lang := engine.Lang(r.URL.Query().Get("lang")); lang == p.Lang {
		s.keepLang(w, lang)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Language", string(p.Lang))
	send(w, r, status, out.Bytes())
	return nil
}

// keepLang has a browser ask in this language from now on.
func (s *Server) keepLang(w http.ResponseWriter, lang engine.Lang) {
	http.SetCookie(w, &http.Cookie{Name: langCookie, Value: string(lang), Path: "/", MaxAge: 365 * 86400, SameSite: http.SameSiteLaxMode, Secure: s.TLS, HttpOnly: true})
}

// send writes an answer, packed where the reader can unpack it.
func send(w http.ResponseWriter, r *http.Request, status int, text []byte) {
	if packed(r) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Add("Vary", "Accept-Encoding")
		text = pack(text, gzip.BestSpeed)
	}
	w.WriteHeader(status)
	_, _ = w.Write(text) // the reader may have gone
}

// packed reports whether whoever asks can unpack.
func packed(r *http.Request) bool {
	for _, one := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		if name, how, _ := strings.Cut(strings.TrimSpace(one), ";"); name == "gzip" && strings.TrimSpace(how) != "q=0" {
			return true
		}
	}
	return false
}

func pack(text []byte, level int) []byte {
	var out bytes.Buffer
	z, _ := gzip.NewWriterLevel(&out, level) // a level that is there
	_, _ = z.Write(text)                     // memory takes everything
	_ = z.Close()
	return out.Bytes()
}

// part renders one region of a page.
func part(name string, p page) (string, error) {
	var out strings.Builder
	if err := pages().ExecuteTemplate(&out, name, p); err != nil {
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
	if who := s.who(r); errors.Is(err, errSignIn) && strings.HasPrefix(r.URL.Path, "/p") {
		err = s.showOutside(w, r, who)
	} else {
		err = s.show(w, r, who, p.Status, "problem", p.Title, p)
	}
	if err != nil {
		s.Log.Error("page failed", "path", r.URL.Path, "error", err)
	}
}
