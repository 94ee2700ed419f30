package server

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"

	qrcode "github.com/skip2/go-qrcode"

	"saban/engine"
)

// registerDrills: the list, a new drill, what is there before StartEx, and
// drills that are over.
func (s *Server) registerDrills() {
	s.page(Facilitator, "GET /drills", func(w http.ResponseWriter, r *http.Request, who session) error {
		list, err := s.listed(r.Context(), s.langOf(r))
		if err != nil {
			return err
		}
		return s.show(w, r, who, http.StatusOK, "drills", s.say(r, "Các buổi diễn tập", "Drills"), list)
	})
	s.page(Facilitator, "GET /drills/new", func(w http.ResponseWriter, r *http.Request, who session) error {
		return s.show(w, r, who, http.StatusOK, "new-drill", s.say(r, "Buổi diễn tập mới", "New drill"), s.offered(s.langOf(r)))
	})
	s.page(Facilitator, "POST /drills", func(w http.ResponseWriter, r *http.Request, _ session) error {
		speed, ok := engine.ParseRatio(r.FormValue("speed"))
		if !ok {
			speed = engine.Whole
		}
		made, err := s.create(r.Context(), NewDrill{Scenario: r.FormValue("scenario"), Site: r.FormValue("site"), Title: r.FormValue("title"), Speed: speed})
		if err != nil {
			return err
		}
		http.Redirect(w, r, "/drills/"+url.PathEscape(made.ID)+"/check", http.StatusSeeOther)
		return nil
	})
	s.page(Facilitator, "GET /drills/{drill}/file", s.download)
	s.page(Facilitator, "POST /drills/import", s.upload)
	s.page(Facilitator, "GET /drills/{drill}/qr.png", func(w http.ResponseWriter, r *http.Request, _ session) error {
		plan, err := s.plan(r.Context(), r.PathValue("drill"))
		if err != nil {
			return err
		}
		png, err := qrcode.Encode(s.Phones+"/j/"+plan.Code, qrcode.Medium, 512)
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "image/png")
		_, _ = w.Write(png)
		return nil
	})
}

// download hands a drill file out.
func (s *Server) download(w http.ResponseWriter, r *http.Request, _ session) error {
	id := r.PathValue("drill")
	var out bytes.Buffer
	if err := s.Store.Export(r.Context(), id, &out); err != nil {
		return err
	}
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' {
			return r
		}
		return '_'
	}, id)
	w.Header().Set("Content-Type", "application/jsonl")
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`.drill.jsonl"`)
	_, _ = out.WriteTo(w)
	return nil
}

// upload keeps a drill file that was played elsewhere.
func (s *Server) upload(w http.ResponseWriter, r *http.Request, _ session) error {
	file, _, err := r.FormFile("file")
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	if _, err := s.Store.Import(r.Context(), file); err != nil {
		return err
	}
	http.Redirect(w, r, "/drills", http.StatusSeeOther)
	return nil
}
