package server

import (
	"context"
	"errors"
	"html/template"
	"io"
	"net/http"
	"strconv"

	"saban/engine"
	"saban/live"
	"saban/report/figure"
)

// registerConsole: the facilitator's live page.
func (s *Server) registerConsole() {
	s.page(Facilitator, "GET /drills/{drill}", func(w http.ResponseWriter, r *http.Request, who session) error {
		room, err := s.room(r.PathValue("drill"))
		if errors.Is(err, errNoDrill) {
			return to(w, r, "result") // over and closed, or played elsewhere
		}
		if err != nil {
			return err
		}
		d, err := s.desk(r.Context(), room, room.Look(), s.langOf(r))
		if err != nil {
			return err
		}
		return s.show(w, r, who, http.StatusOK, "console", d.Title, d)
	})
	s.page(Facilitator, "GET /drills/{drill}/lanes", s.zoomed)
	s.page(Facilitator, "GET /drills/{drill}/live", func(w http.ResponseWriter, r *http.Request, _ session) error {
		room, err := s.room(r.PathValue("drill"))
		if err != nil {
			return err
		}
		lang := s.langOf(r)
		return s.stream(w, r, feed{room: room.Room, changed: room.Changed, still: s.still(r), draw: func(ctx context.Context, v *live.View) ([]region, error) {
			return s.consoleRegions(ctx, room, v, lang)
		}})
	})
}

// zoomed draws a part of the timeline for one who looks closer.
func (s *Server) zoomed(w http.ResponseWriter, r *http.Request, _ session) error {
	room, err := s.room(r.PathValue("drill"))
	if err != nil {
		return err
	}
	v, lang := room.Look(), s.langOf(r)
	zoom, _ := strconv.Atoi(r.URL.Query().Get("zoom"))
	from, err := strconv.ParseInt(r.URL.Query().Get("from"), 10, 64)
	if err != nil {
		from = -1
	}
	size := laneSize(v).closer(zoom, engine.Millis(from))
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = io.WriteString(w, figure.Lanes(v.Scenario, &v.Card, v.Injects, v.Log, lang, figure.LaneSize(size)).SVG()) // the reader may have gone
	return nil
}

// desk is the console with its pictures drawn.
type desk struct {
	*Console
	Machine, Lanes template.HTML
	MachineWords   string
	LanesTable     figure.Table
}

// Widths the pictures are drawn for, in their own units.
const (
	machineWidth = 784
	lanesWidth   = 784
)

func (s *Server) desk(ctx context.Context, r *room, v *live.View, lang engine.Lang) (*desk, error) {
	plan, err := s.plan(ctx, r.id)
	if err != nil {
		return nil, err
	}
	guests, err := s.guests(ctx, r.id)
	if err != nil {
		return nil, err
	}
	d := &desk{Console: consoleOf(r, v, plan, guests, lang)}
	machine := figure.Machine(v.Scenario, v.Card.Path, lang, machineWidth)
	lanes := figure.Lanes(v.Scenario, &v.Card, v.Injects, v.Log, lang, figure.LaneSize(laneSize(v)))
	d.Machine, d.MachineWords = template.HTML(machine.SVG()), machine.Name
	d.Lanes, d.LanesTable = template.HTML(lanes.SVG()), lanes.Table
	return d, nil
}

// laneSize fits the lanes to how many rows there are and how far the drill is.
func laneSize(v *live.View) span {
	players := 0
	for i := range v.Scenario.Roles {
		if !v.Scenario.Roles[i].Simulated {
			players++
		}
	}
	row := min(max(250/float64(max(players, 1)), 30), 49)
	until := max(v.Scenario.Duration, v.Now()+5*engine.Minute)
	return span{W: lanesWidth, Names: 132, Row: row, Until: until, Now: v.Now(), Coming: true}
}

// span is how much of the timeline is drawn.
type span figure.LaneSize

const mostZoom = 16

// closer is a part of it, from a time on or around the present.
func (s span) closer(zoom int, from engine.Millis) span {
	zoom = min(max(zoom, 1), mostZoom)
	part := max(s.Until/engine.Millis(zoom), 2*engine.Minute)
	if from < 0 {
		from = s.Now - part*2/3
	}
	s.From = max(min(from, s.Until-part), 0)
	s.Until = s.From + part
	return s
}

// consoleParts are the parts of the console that change by themselves.
var consoleParts = []string{"top", "next", "left", "machine", "lanes", "notes", "score", "mark", "feed", "alerts", "force", "facts", "seen", "alarm", "real"}

// consoleRegions renders them once for every tab of a language.
func (s *Server) consoleRegions(ctx context.Context, r *room, v *live.View, lang engine.Lang) ([]region, error) {
	d := v.Once("console "+string(lang), func() any {
		var out drawn
		data, err := s.desk(context.WithoutCancel(ctx), r, v, lang)
		if err != nil {
			return drawn{err: err}
		}
		for _, name := range consoleParts {
			html, err := part("console-"+name, page{Lang: lang, Data: data})
			if err != nil {
				return drawn{err: err}
			}
			out.regions = append(out.regions, newRegion(name, html))
		}
		return out
	}).(drawn)
	return d.regions, d.err
}
