package server

import (
	"errors"
	"net/http"

	"saban/engine"
)

// joinForm is the page on which somebody comes into a drill.
type joinForm struct {
	Code  string
	Name  string
	Lobby *Lobby
	Held  []string // roles this phone holds already
	Wrong string
}

// Holds reports whether this phone holds a role, or asked for it.
func (f joinForm) Holds(role string) bool { return has(f.Held, role) }

// Closed reports whether a role has no place left for this phone.
func (f joinForm) Closed(p Place) bool { return p.Free == 0 && !f.Holds(p.ID) }

// registerJoin: the way in for participants.
func (s *Server) registerJoin() {
	s.page(Anybody, "GET /j", func(w http.ResponseWriter, r *http.Request, who session) error {
		code := r.URL.Query().Get("code")
		if code != "" {
			return s.showJoin(w, r, who, http.StatusOK, joinForm{Code: code})
		}
		return s.show(w, r, who, http.StatusOK, "join", s.say(r, "Tham gia diễn tập", "Join the drill"), joinForm{})
	})
	s.page(Anybody, "GET /j/{code}", func(w http.ResponseWriter, r *http.Request, who session) error {
		return s.showJoin(w, r, who, http.StatusOK, joinForm{Code: r.PathValue("code")})
	})
	s.page(Anybody, "POST /j", func(w http.ResponseWriter, r *http.Request, who session) error {
		if err := r.ParseForm(); err != nil {
			return err
		}
		form := joinForm{Code: r.FormValue("code"), Name: r.FormValue("name"), Held: r.Form["role"]}
		token, _, err := s.join(r.Context(), who, Join{Code: form.Code, Name: form.Name, Roles: r.Form["role"]})
		if p := tellOr(err, s.langOf(r)); p != nil {
			if p.Status >= http.StatusInternalServerError {
				return err
			}
			form.Wrong = p.Detail
			return s.showJoin(w, r, who, p.Status, form)
		}
		http.SetCookie(w, s.cookie(token, participantStay))
		http.Redirect(w, r, "/p", http.StatusSeeOther)
		return nil
	})
}

// showJoin shows the roles a code opens, or asks for the code again.
func (s *Server) showJoin(w http.ResponseWriter, r *http.Request, who session, status int, form joinForm) error {
	lobby, err := s.lobby(r.Context(), form.Code, s.langOf(r))
	switch {
	case errors.Is(err, errCode):
		status, form.Wrong = http.StatusNotFound, engine.Both("Không có buổi diễn tập mang mã này. Xem lại 6 số trên màn hình.", "No drill has this code. Look at the 6 digits on the screen again.").In(s.langOf(r))
	case err != nil:
		return err
	default:
		form.Lobby, form.Code = &lobby, lobby.Code
		if who.Access == Participant && form.Held == nil {
			form.Held = who.Roles
		}
	}
	return s.show(w, r, who, status, "join", s.say(r, "Tham gia diễn tập", "Join the drill"), form)
}
