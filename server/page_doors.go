package server

import (
	"net/http"
	"net/url"
	"strings"

	"saban/engine"
)

// registerSignIn: the way in for the facilitator, and the home page.
func (s *Server) registerSignIn() {
	s.page(Anybody, "GET /{$}", s.home)
	s.page(Anybody, "GET /sign-in", func(w http.ResponseWriter, r *http.Request, who session) error {
		return s.show(w, r, who, http.StatusOK, "sign-in", s.say(r, "Đăng nhập", "Sign in"), signInForm{Next: r.URL.Query().Get("next")})
	})
	s.page(Anybody, "POST /sign-in", s.postSignIn)
	s.page(signedIn, "POST /sign-out", func(w http.ResponseWriter, r *http.Request, who session) error {
		if err := s.signOut(r.Context(), who); err != nil {
			return err
		}
		http.Redirect(w, r, "/", http.StatusSeeOther)
		return nil
	})
	s.page(Anybody, "GET /setup/{token}", func(w http.ResponseWriter, r *http.Request, who session) error {
		if !s.fitsSetup(r.PathValue("token")) {
			return errMissing
		}
		return s.show(w, r, who, http.StatusOK, "setup", s.say(r, "Đặt mật khẩu", "Set the passphrase"), setupForm{Token: r.PathValue("token")})
	})
	s.page(Anybody, "POST /setup/{token}", s.postSetup)
	s.page(Anybody, "POST /lang", func(w http.ResponseWriter, r *http.Request, _ session) error {
		lang := engine.Lang(r.FormValue("lang"))
		if lang == engine.VI || lang == engine.EN {
			s.keepLang(w, lang)
		}
		http.Redirect(w, r, ownPath(r.FormValue("back")), http.StatusSeeOther)
		return nil
	})
}

type signInForm struct {
	Next  string
	Wrong string
}

type setupForm struct {
	Token string
	Wrong string
}

func (s *Server) say(r *http.Request, vi, en string) string {
	return engine.Text{VI: vi, EN: en}.In(s.langOf(r))
}

// home leads everybody to where they left off.
func (s *Server) home(w http.ResponseWriter, r *http.Request, who session) error {
	to := "/j"
	switch {
	case who.Access.Leads():
		to = "/drills"
	case who.Access.Plays():
		to = "/p"
	case who.Access != 0:
		to = s.seatOf(who)
	case local(r):
		to = "/sign-in"
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

func (s *Server) postSignIn(w http.ResponseWriter, r *http.Request, who session) error {
	if !s.mayLead(r) {
		return errElsewhere
	}
	token, err := s.signIn(r.Context(), r.FormValue("passphrase"))
	if p := tellOr(err, s.langOf(r)); p != nil {
		if p.Status >= http.StatusInternalServerError {
			return err
		}
		return s.show(w, r, who, p.Status, "sign-in", s.say(r, "Đăng nhập", "Sign in"), signInForm{r.FormValue("next"), p.Detail})
	}
	http.SetCookie(w, s.cookie(token, facilitatorStay))
	next := ownPath(r.FormValue("next"))
	if next == "/" {
		next = "/drills"
	}
	http.Redirect(w, r, next, http.StatusSeeOther)
	return nil
}

func (s *Server) postSetup(w http.ResponseWriter, r *http.Request, who session) error {
	token := r.PathValue("token")
	if !s.fitsSetup(token) {
		return errMissing
	}
	secret := r.FormValue("passphrase")
	wrong := PassphraseFault(secret)
	if wrong.Empty() && secret != r.FormValue("again") {
		wrong = engine.Both("hai lần gõ không giống nhau", "the two entries differ")
	}
	if !wrong.Empty() {
		return s.show(w, r, who, http.StatusUnprocessableEntity, "setup", s.say(r, "Đặt mật khẩu", "Set the passphrase"), setupForm{token, wrong.In(s.langOf(r))})
	}
	if err := s.setPassphrase(r.Context(), secret); err != nil {
		return err
	}
	session, err := s.signIn(r.Context(), secret)
	if err != nil {
		return err
	}
	http.SetCookie(w, s.cookie(session, facilitatorStay))
	http.Redirect(w, r, "/drills", http.StatusSeeOther)
	return nil
}

func tellOr(err error, lang engine.Lang) *Problem {
	if err == nil {
		return nil
	}
	return tell(err, lang)
}

// ownPath keeps a way back on this server.
func ownPath(to string) string {
	u, err := url.Parse(to)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n") {
		return "/"
	}
	return to
}
