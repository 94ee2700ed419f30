package server

import (
	"encoding/json"
	"errors"
	"net/http"

	qrcode "github.com/skip2/go-qrcode"

	"saban/engine"
	"saban/live"
)

// watchers may see the room's screen.
const watchers = Projector | Observer | Evaluator | Facilitator

// registerScreen: the page for the projector, and the code it shows.
func (s *Server) registerScreen() {
	s.page(watchers, "GET /drills/{drill}/screen", func(w http.ResponseWriter, r *http.Request, who session) error {
		room, err := s.room(r.PathValue("drill"))
		if err != nil {
			return err
		}
		screen, err := s.screen(r, room, room.Peek())
		if err != nil {
			return err
		}
		return s.show(w, r, who, http.StatusOK, "screen", screen.Title, screen)
	})
	s.page(watchers, "GET /drills/{drill}/screen/live", func(w http.ResponseWriter, r *http.Request, _ session) error {
		room, err := s.room(r.PathValue("drill"))
		if err != nil {
			return err
		}
		ask := r.Clone(s.ctx) // the stream outlives the request
		return s.stream(w, r, feed{room: room.Room, changed: room.Changed, still: s.still(r), brief: func(v *live.Brief) ([]region, error) {
			return s.screenRegions(ask, room, v)
		}})
	})
	s.page(watchers, "GET /drills/{drill}/screen/qr.png", func(w http.ResponseWriter, r *http.Request, _ session) error {
		plan, err := s.plan(r.Context(), r.PathValue("drill"))
		if err != nil {
			return err
		}
		png, err := qrcode.Encode(s.Phones+"/j/"+plan.Code, qrcode.Medium, -8)
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "image/png")
		_, _ = w.Write(png)
		return nil
	})
}

func (s *Server) screen(r *http.Request, room *room, v *live.Brief) (*Screen, error) {
	plan, err := s.plan(r.Context(), room.id)
	if err != nil {
		return nil, err
	}
	guests, err := s.nameless(r.Context(), room.id)
	if err != nil {
		return nil, err
	}
	lang := s.langOf(r)
	out := screenOf(room, v, plan, s.Phones, reader{Lang: lang, Wall: s.Time.Wall(), Called: func(string) string { return "" }})
	if v.Phase == "waiting" { // who has come in holds a seat from StartEx on
		out.Joined = len(guests)
		out.held(room, guests, lang)
	}
	return out, nil
}

// held counts the roles somebody has come in for.
func (s *Screen) held(room *room, guests []Guest, lang engine.Lang) {
	s.Roles = 0
	for i := range room.file.Scenario.Roles {
		role := &room.file.Scenario.Roles[i]
		for j := range s.Teams {
			if t := &s.Teams[j]; t.Title == role.Title.In(lang) {
				t.Held = false
				for g := range guests {
					t.Held = t.Held || has(guests[g].Roles, role.ID)
				}
				if t.Held {
					s.Roles++
				}
			}
		}
	}
}

// screenParts are the parts of the room's screen that change by themselves.
var screenParts = []string{"stages", "word", "teams", "lobby"}

func (s *Server) screenRegions(r *http.Request, room *room, v *live.Brief) ([]region, error) {
	type drawn struct {
		regions []region
		err     error
	}
	lang := s.langOf(r)
	d := v.Once("screen "+string(lang), func() any {
		var out drawn
		data, err := s.screen(r, room, v)
		out.err = err
		for _, name := range screenParts {
			if err != nil {
				break
			}
			html, err := part("screen-"+name, page{Lang: lang, Data: data})
			out.regions, out.err = append(out.regions, newRegion(name, html)), errors.Join(out.err, err)
		}
		return out
	}).(drawn)
	return d.regions, d.err
}

// ClockJSON is the drill's clock as the script takes it from the stream too.
func (s *Screen) ClockJSON() (string, error) {
	text, err := json.Marshal(s.Clock)
	return string(text), err
}
