package server

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"saban/engine"
)

// newForm is the page on which a drill is made: first the scenario, then what
// fits it to the site.
type newForm struct {
	All    []Offered
	Chosen *Offered
}

func (s *Server) newDrill(w http.ResponseWriter, r *http.Request, who session) error {
	lang := s.langOf(r)
	form := newForm{All: s.offered(lang)}
	if id := r.URL.Query().Get("scenario"); id != "" {
		i := slices.IndexFunc(form.All, func(o Offered) bool { return o.ID == id })
		if i < 0 {
			return unknownFile(id)
		}
		form.Chosen = &form.All[i]
	}
	return s.show(w, r, who, http.StatusOK, "new-drill", s.say(r, "Buổi diễn tập mới", "New drill"), form)
}

// postDrill makes a drill of the form and leads to what comes before StartEx.
func (s *Server) postDrill(w http.ResponseWriter, r *http.Request, _ session) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	n := NewDrill{Scenario: r.FormValue("scenario"), Site: r.FormValue("site"), Title: r.FormValue("title"), Places: map[string]int{}}
	var ok bool
	if n.Speed, ok = engine.ParseRatio(r.FormValue("speed")); !ok || n.Speed <= 0 {
		n.Speed = engine.Whole
	}
	n.Covers, n.Factors = coversOf(r.Form), factorsOf(r.Form)
	for name, values := range r.Form {
		if role, ok := strings.CutPrefix(name, "places."); ok {
			if places, err := strconv.Atoi(values[0]); err == nil && places >= 0 && places <= mostGuests {
				n.Places[role] = places
			}
		}
	}
	made, err := s.create(r.Context(), n)
	if err != nil {
		return err
	}
	http.Redirect(w, r, "/drills/"+url.PathEscape(made.ID)+"/check", http.StatusSeeOther)
	return nil
}

// coversOf reads who does whose work, in the order of the roles' ids.
func coversOf(form url.Values) (out []engine.Cover) {
	for _, name := range sorted(form, "cover.") {
		if by := form.Get("cover." + name); by != "" && by != name {
			out = append(out, engine.Cover{Role: name, By: by})
		}
	}
	return out
}

// factorsOf reads the time factors of roles.
func factorsOf(form url.Values) (out []engine.Seat) {
	for _, name := range sorted(form, "factor.") {
		if f, ok := engine.ParseRatio(form.Get("factor." + name)); ok && f > engine.Whole && f <= 10*engine.Whole {
			out = append(out, engine.Seat{Role: name, Factor: f})
		}
	}
	return out
}

func sorted(form url.Values, prefix string) (out []string) {
	for name := range form {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			out = append(out, rest)
		}
	}
	slices.Sort(out)
	return out
}
