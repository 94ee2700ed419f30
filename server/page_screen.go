package server

import (
	"context"
	"errors"
	"net/http"
	"slices"

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
		screen, err := s.screen(r.Context(), room, room.Peek(), s.langOf(r))
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
		lang := s.langOf(r)
		return s.stream(w, r, feed{room: room.Room, changed: room.Changed, still: s.still(r), brief: func(v *live.Brief) ([]region, error) {
			return s.screenRegions(room, v, lang)
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

func (s *Server) screen(ctx context.Context, room *room, v *live.Brief, lang engine.Lang) (*Screen, error) {
	plan, err := s.plan(ctx, room.id)
	if err != nil {
		return nil, err
	}
	out := screenOf(room, v, plan, s.Phones, reader{Lang: lang, Wall: s.Time.Wall(), Called: func(string) string { return "" }})
	if v.Phase == "over" {
		at, err := s.washAt(ctx, room.id)
		if err != nil {
			return nil, err
		}
		out.Wash = screenWashOf(v, at, room.Look, lang)
	}
	if v.Phase == "waiting" { // who has come in holds a seat from StartEx on
		guests, err := s.nameless(ctx, room.id)
		if err != nil {
			return nil, err
		}
		out.Joined = len(guests)
		for i := range out.Teams {
			t := &out.Teams[i]
			t.Held = slices.ContainsFunc(guests, func(g Guest) bool { return has(g.Roles, t.ID) })
		}
	}
	return out, nil
}

// screenParts are the parts of the room's screen that change by themselves.
var screenParts = []string{"stages", "word", "teams", "lobby", "wash"}

func (s *Server) screenRegions(room *room, v *live.Brief, lang engine.Lang) ([]region, error) {
	d := v.Once("screen "+string(lang), func() any {
		var out drawn
		data, err := s.screen(s.ctx, room, v, lang)
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
