package server

import (
	"context"
	"html/template"
	"net/http"
	"slices"

	"saban/engine"
	"saban/live"
	"saban/report/figure"
)

// registerWatch: what an observer sees of a drill: how it stands and what has
// happened. Nothing on it acts.
func (s *Server) registerWatch() {
	s.page(Observer|Evaluator|Facilitator, "GET /drills/{drill}/watch", func(w http.ResponseWriter, r *http.Request, who session) error {
		room, err := s.room(r.PathValue("drill"))
		if err != nil {
			return err
		}
		watched, err := s.watch(r.Context(), room, room.Look(), s.langOf(r))
		if err != nil {
			return err
		}
		watched.Title = s.titleOf(r, room.id)
		return s.show(w, r, who, http.StatusOK, "watch", watched.Title, watched)
	})
	s.page(Observer|Evaluator|Facilitator, "GET /drills/{drill}/watch/live", func(w http.ResponseWriter, r *http.Request, _ session) error {
		room, err := s.room(r.PathValue("drill"))
		if err != nil {
			return err
		}
		lang := s.langOf(r)
		return s.stream(w, r, feed{room: room.Room, changed: room.Changed, still: s.still(r), draw: func(_ context.Context, v *live.View) ([]region, error) {
			return s.watchRegions(room, v, lang)
		}})
	})
}

// watchRegions draws the page once for all who watch.
func (s *Server) watchRegions(r *room, v *live.View, lang engine.Lang) ([]region, error) {
	d := v.Once("watch "+string(lang), func() any {
		watched, err := s.watch(s.ctx, r, v, lang)
		if err != nil {
			return drawn{err: err}
		}
		html, err := part("watch-state", page{Lang: lang, Data: watched})
		return drawn{[]region{newRegion("state", html)}, err}
	}).(drawn)
	return d.regions, d.err
}

// watched is a drill as an observer sees it.
type watched struct {
	Drill, Title, Phase, State string
	Lanes                      template.HTML
	LanesCaption               string
	Lines                      []FeedLine // the newest first
}

func (s *Server) watch(ctx context.Context, r *room, v *live.View, lang engine.Lang) (*watched, error) {
	names, err := s.names(ctx, r.id)
	if err != nil {
		return nil, err
	}
	w := &watched{Drill: r.id, Phase: v.Phase, State: stateTitle(v.Scenario, v.State, lang)}
	size := laneSize(v)
	size.Coming = false
	lanes := figure.Lanes(v.Scenario, &v.Card, v.Injects, v.Log, lang, figure.LaneSize(size))
	w.Lanes, w.LanesCaption = template.HTML(lanes.SVG()), lanes.Caption
	for i := range v.Log {
		if line, ok := feedLine(v, &v.Log[i], names, lang); ok {
			w.Lines = append(w.Lines, line)
		}
	}
	slices.Reverse(w.Lines)
	return w, nil
}
