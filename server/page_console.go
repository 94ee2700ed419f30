package server

import (
	"net/http"

	"saban/engine"
	"saban/live"
)

// registerConsole: the facilitator's live page.
func (s *Server) registerConsole() {
	s.page(Facilitator, "GET /drills/{drill}", func(w http.ResponseWriter, r *http.Request, who session) error {
		room, err := s.room(r.PathValue("drill"))
		if err != nil {
			return err
		}
		return s.show(w, r, who, http.StatusOK, "console", room.file.Scenario.Title.In(s.langOf(r)), consoleOf(room, room.Look(), s.langOf(r)))
	})
	s.page(Facilitator, "GET /drills/{drill}/live", func(w http.ResponseWriter, r *http.Request, _ session) error {
		room, err := s.room(r.PathValue("drill"))
		if err != nil {
			return err
		}
		lang := s.langOf(r)
		return s.stream(w, r, room.Room, func(v *live.View) ([]region, error) { return consoleRegions(room, v, lang) }, s.still(r))
	})
}

// Console is all that the facilitator's page shows.
type Console struct {
	Drill string
	Title string
	Phase string
	Clock Clock
	Next  *live.Upcoming
	Queue []live.Upcoming
}

func consoleOf(r *room, v *live.View, lang engine.Lang) *Console {
	queue := live.Queue(&v.Snapshot)
	return &Console{Drill: r.id, Title: r.file.Scenario.Title.In(lang), Phase: v.Phase, Clock: clockOf(v), Next: live.Next(queue), Queue: queue}
}

// consoleRegions renders the parts of the console that change, once for every
// tab.
func consoleRegions(r *room, v *live.View, lang engine.Lang) ([]region, error) {
	type drawn struct {
		regions []region
		err     error
	}
	d := v.Once("console "+string(lang), func() any {
		p := page{Lang: lang, Data: consoleOf(r, v, lang)}
		html, err := part("console-queue", p)
		return drawn{[]region{newRegion("queue", html)}, err}
	}).(drawn)
	return d.regions, d.err
}
