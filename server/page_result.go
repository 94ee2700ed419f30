package server

import (
	"context"
	"html/template"
	"net/http"

	"saban/engine"
	"saban/live"
	"saban/report/figure"
	"saban/scoring"
)

// resultView is how a drill came out.
type resultView struct {
	Drill, Title string
	Card         scoring.Scorecard
	Lanes, Way   template.HTML
	LanesCaption string
	WayCaption   string
	Head         string
	Open         bool // marks and corrections are still taken
	Over         bool
	Reported     bool // there is a report of it: it is over, or was played elsewhere
	Phase        string
	Photos       int // by evaluators
	Roles        map[string]string
}

// result shows the score of a drill, while it is open and when it is closed.
func (s *Server) result(w http.ResponseWriter, r *http.Request, who session) error {
	id, lang := r.PathValue("drill"), s.langOf(r)
	drill, err := s.room(id)
	open := err == nil
	if !open {
		if drill, err = s.read(r.Context(), id); err != nil {
			return err
		}
	}
	events, err := s.Store.Events(r.Context(), id, 0)
	if err != nil {
		return err
	}
	view := resultView{Drill: id, Title: drill.file.Scenario.Title.In(lang), Open: open, Roles: map[string]string{}}
	view.Card = scoring.Score(drill.file.Scenario, drill.rubric, events)
	if open {
		view.Phase = drill.Peek().Phase
	}
	if view.Photos, err = keptPhotos(r.Context(), s.Store, id); err != nil {
		return err
	}
	view.Over = !view.Card.Provisional
	view.Reported = view.Over || !open
	for _, role := range drill.file.Scenario.Roles {
		view.Roles[role.ID] = role.Title.In(lang)
	}
	if plan, err := s.plan(r.Context(), id); err == nil && plan.Title != "" {
		view.Title = plan.Title
	}
	if !open {
		if entry, ok := s.entry(r.Context(), id); ok {
			view.Head = entry.Head
		}
	}
	view.draw(drill, events, lang)
	return s.show(w, r, who, http.StatusOK, "result", view.Title, view)
}

// resultLive tells the page of a result nothing but the phase: that a real
// incident has stopped the drill, or that it goes on.
func (s *Server) resultLive(w http.ResponseWriter, r *http.Request, _ session) error {
	room, err := s.room(r.PathValue("drill"))
	if err != nil {
		return err
	}
	return s.stream(w, r, feed{room: room.Room, changed: room.Changed, still: s.still(r), draw: func(context.Context, *live.View) ([]region, error) { return nil, nil }})
}

func (v *resultView) draw(drill *room, events []engine.Event, lang engine.Lang) {
	snapshot := engine.Replay(drill.file.Compiled, events).Snapshot()
	size := figure.LaneSize{W: 940, Names: 150, Row: 34, Until: max(drill.file.Scenario.Duration, engine.Millis(v.Card.At))}
	lanes := figure.Lanes(drill.file.Scenario, &v.Card, snapshot.Injects, events, lang, size)
	way := figure.Machine(drill.file.Scenario, v.Card.Path, lang, 940)
	v.Lanes, v.LanesCaption = template.HTML(lanes.SVG()), lanes.Caption
	v.Way, v.WayCaption = template.HTML(way.SVG()), way.Caption
}
