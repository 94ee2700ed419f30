package server

import (
	"net/http"
	"strings"

	"saban/engine"
	"saban/live"
)

// registerPhone: the one page of a participant and what it sends without
// script.
func (s *Server) registerPhone() {
	s.page(Participant, "GET /p", func(w http.ResponseWriter, r *http.Request, who session) error {
		room, err := s.room(who.Drill)
		if err != nil {
			return err
		}
		p := phoneOf(room, room.Look(), who.Roles, s.langOf(r))
		return s.show(w, r, who, http.StatusOK, "phone", p.Title, p)
	})
	s.page(Participant, "GET /p/live", func(w http.ResponseWriter, r *http.Request, who session) error {
		room, err := s.room(who.Drill)
		if err != nil {
			return err
		}
		lang := s.langOf(r)
		room.Here(who.Device, who.Person, who.Roles)
		defer room.Gone(who.Device)
		return s.stream(w, r, room.Room, func(v *live.View) ([]region, error) { return phoneRegions(room, v, who.Roles, lang) }, s.still(r))
	})
	s.page(Participant, "POST /p/answer", s.postAnswer)
	s.page(Participant, "POST /p/relay", func(w http.ResponseWriter, r *http.Request, who session) error {
		_, err := s.relay(who, Relay{Key: r.FormValue("key"), Inject: r.FormValue("inject"), To: r.FormValue("to")})
		return s.backToPhone(w, r, err)
	})
	s.page(Participant, "POST /p/note", func(w http.ResponseWriter, r *http.Request, who session) error {
		_, err := s.message(who, Message{Key: r.FormValue("key"), Inject: r.FormValue("inject"), Text: r.FormValue("text")})
		return s.backToPhone(w, r, err)
	})
}

// still reports, as a stream goes on, whether its session does.
func (s *Server) still(r *http.Request) func() bool {
	before := s.who(r)
	return func() bool { return s.who(r).Person == before.Person }
}

// phoneRegions renders what the holders of some roles see, once for all of
// them.
func phoneRegions(r *room, v *live.View, roles []string, lang engine.Lang) ([]region, error) {
	type drawn struct {
		regions []region
		err     error
	}
	d := v.Once("phone "+string(lang)+" "+strings.Join(roles, " "), func() any {
		p := page{Lang: lang, Data: phoneOf(r, v, roles, lang)}
		html, err := part("phone-main", p)
		return drawn{[]region{newRegion("main", html)}, err}
	}).(drawn)
	return d.regions, d.err
}

// postAnswer takes an answer as a plain form.
func (s *Server) postAnswer(w http.ResponseWriter, r *http.Request, who session) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	a := Answer{Key: r.FormValue("key"), Inject: r.FormValue("inject"), Role: r.FormValue("role"), Choices: r.Form["choice"], Text: r.FormValue("text")}
	for name, ids := range r.Form {
		if choice, ok := strings.CutPrefix(name, "boxes."); ok {
			a.Boxes = append(a.Boxes, Boxed{choice, ids})
		}
	}
	_, err := s.answer(who, a)
	return s.backToPhone(w, r, err)
}

func (s *Server) backToPhone(w http.ResponseWriter, r *http.Request, err error) error {
	if err != nil {
		return err
	}
	http.Redirect(w, r, "/p", http.StatusSeeOther)
	return nil
}
